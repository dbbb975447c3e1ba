//! What the page behind the link in a mail shows to whoever has the mail: what it said, why it came, and what its person
//! is told of.

use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    news::{Addressee, Notice, Topic},
    power::Channel,
};

use super::{MessageCopy, Subscribed, Subscription};
use crate::{App, Failure, Result};

/// A letter as the page behind its link shows it.
#[derive(Clone, Debug)]
pub struct LinkedLetter {
    /// What it tells, and why its person was told.
    pub notice: Notice,
    /// To whom it went.
    pub person: Addressee,
    /// What it said, without the links that its person finds beside it here.
    pub copy: MessageCopy,
    /// When it was sent, as soon as that is known.
    pub sent_at: Option<Timestamp>,
    /// What its person reads.
    pub language: Language,
    /// Where their clock stands.
    pub zone: Zone,
    /// What they can ask to be told no more, with the token of its link; nothing where they asked for it by what they did.
    pub subscription: Option<(String, Subscribed)>,
}

impl App {
    /// The letter that the link with this token is about; nothing if it is no longer kept, or its person is gone.
    /// Reading it changes nothing.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the token is none of ours.
    pub async fn linked_letter(&self, token: &str) -> Result<Option<LinkedLetter>> {
        let key = self.links().await?.key();
        let letter = key.read_letter(token).ok_or(Failure::NotFound)?;
        let Some((own, page)) = self.notices.message_to(letter.person, letter.message).await? else {
            return Ok(None);
        };
        let news = &own.notice.news;
        if !news.kind().has_link() {
            return Err(Failure::NotFound);
        }
        let subscribed = |language, topic, is_wanted| {
            let about = Subscription {
                person: letter.person,
                topic,
                channel: Channel::Email,
            };
            let subscribed = Subscribed {
                about,
                language,
                is_wanted,
            };
            (key.token(&about), subscribed)
        };
        let (copy, language, zone, subscription) = match letter.person {
            Addressee::User(id) => {
                let Some(account) = self.people.account(id).await? else {
                    return Ok(None);
                };
                let profile = &account.user.profile;
                let (language, zone) = (profile.language, profile.zone.clone());
                let wants = |topic| account.preferences.wants(topic, Channel::Email);
                // Of what it is about, and no more: a ticket is handed on.
                let topic = news.kind().topic();
                let subscription = topic.map(|topic| subscribed(language, topic, wants(topic)));
                let copy = self.letter_copy(account.user, news, &page, None).await?;
                (copy, language, zone, subscription)
            }
            Addressee::Client(id) => {
                let Some(client) = self.mailed_client(id).await? else {
                    return Ok(None);
                };
                let writer = self.letter_writer().await?;
                let copy = writer.copy_for_client(news, &client, None)?;
                let subscription = subscribed(client.reads(), Topic::Mailings, !client.is_unsubscribed);
                (copy, client.reads(), client.zone, Some(subscription))
            }
            // There are no links for chats.
            Addressee::Chat(_) => return Err(Failure::NotFound),
        };
        Ok(Some(LinkedLetter {
            person: letter.person,
            copy,
            sent_at: own.outcome.sent_at,
            notice: own.notice,
            language,
            zone,
            subscription,
        }))
    }
}
