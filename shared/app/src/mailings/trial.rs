use jiff::SignedDuration;
use kabar_domain::{
    Zone,
    ids::{ClientId, MailingId},
    mailings::{Client, Mailing, MailingSays, NewClient, Phone, Tag, Wording},
    news::{Audience, News, Notice},
    people::Email,
    power::Channel,
};

use crate::{App, Failure, Result};

/// For how long a trial is worth telling: whoever asked for it sits and waits.
const TRIAL: SignedDuration = SignedDuration::from_hours(1);
/// The phone that stands in the text of a trial that goes to an address; no subscriber has it.
const NO_PHONE: &str = "70000000000";

impl App {
    /// Sends a mailing to one address or phone, at once, whatever its hours and whether or not it has begun. What the
    /// fields say is made up of that address alone. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// [`Failure::NotFound`], or [`Failure::Invalid`] when it is no address of the mailing's channel.
    pub async fn try_mailing(&self, id: MailingId, to: &str) -> Result<Notice> {
        let mailing = self.mailings.mailing(id).await?.ok_or(Failure::NotFound)?;
        let reader = self
            .reader(&mailing, to)
            .map_err(|reason| Failure::field("to", reason.to_string()))?;
        let trial = Audience::Trial(reader.id);
        let notice = Notice::new(&*self.world, on_trial(&mailing), trial);
        let notice = notice.until(self.world.now() + TRIAL);
        self.mailings.put_trial(&reader, notice.deadline).await?;
        self.notices.add(&notice).await?;
        self.plan_soon(&notice).await;
        Ok(notice)
    }

    fn reader(&self, mailing: &Mailing, to: &str) -> std::result::Result<Client, kabar_domain::Invalid> {
        let (phone, email) = match mailing.says.channel {
            Channel::Sms => (Phone::parse(to)?, None),
            Channel::Email | Channel::Telegram => (Phone::parse(NO_PHONE)?, Some(Email::parse(to)?)),
        };
        let new = NewClient {
            phone,
            operator_code: None,
            tag: Tag::default(),
            zone: Zone::utc(),
            email,
            first_name: String::new(),
            language: None,
        };
        Ok(Client::new(ClientId::new(&*self.world), new, self.world.now()))
    }
}

/// A mailing's news, with a subject that says what it is.
fn on_trial(mailing: &Mailing) -> News {
    let subject = mailing.says.subject.as_ref().map_or("", Wording::as_str);
    let marked: String = format!("Test: {subject}")
        .chars()
        .take(MailingSays::MAX_SUBJECT)
        .collect();
    News::Mailing {
        mailing: mailing.id,
        channel: mailing.says.channel,
        subject: Wording::line(&marked, MailingSays::MAX_SUBJECT)
            .ok()
            .or_else(|| mailing.says.subject.clone()),
        text: mailing.says.text.clone(),
    }
}
