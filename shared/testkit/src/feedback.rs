use kabar_app::telling::{HearReport, Verdict};
use kabar_domain::{
    World,
    ids::{MailingId, NoticeId, UserId},
    news::{Answer, Audience, Feedback, News, Notice, Status},
    people::Email,
};
use kabar_store::{notices::Message, people::ResetRequest};

use crate::House;

impl House {
    /// What SES would say of a message to this address.
    #[must_use]
    pub fn feedback(&self, message: &Message, address: &str, answer: Answer) -> Feedback {
        Feedback {
            message: message.id,
            provider_id: "taken".to_owned(),
            email: Email::parse(address).expect("an address"),
            answer,
            at: self.world.now(),
        }
    }

    /// mail-feedback hears it, and the store does what it is asked.
    pub async fn hear(&self, feedback: &[Feedback]) -> HearReport {
        let report = self.listener.hear(feedback).await;
        assert!(report.errors.is_empty(), "{:?}", report.errors);
        report
    }

    /// mail-feedback hears one piece of feedback.
    pub async fn hear_one(&self, feedback: &Feedback) -> Verdict {
        self.hear(std::slice::from_ref(feedback)).await.verdicts[0]
    }

    /// The one message of a notice.
    pub async fn only_message(&self, notice: NoticeId) -> Message {
        let mut messages = self.messages(notice).await;
        assert_eq!(messages.len(), 1, "{messages:#?}");
        messages.remove(0)
    }

    /// Where the messages of a notice stand, in the order in which they were planned.
    pub async fn statuses(&self, notice: NoticeId) -> Vec<Status> {
        let messages = self.messages(notice).await;
        messages.iter().map(|message| message.outcome.status).collect()
    }

    /// Writes the notice of a mailing to one person, which the schedule finds.
    pub async fn mailing(&self, to: UserId) -> NoticeId {
        let news = News::Mailing {
            mailing: MailingId::new(&*self.world),
            channel: Channel::Email,
            subject: Some(Wording::line("Maintenance on Sunday", 100).expect("a line")),
            text: Wording::text("We look after the lines.", 100).expect("a text"),
        };
        let notice = Notice::new(&*self.world, news, Audience::Person(to));
        self.notices().add(&notice).await.expect("a new notice");
        notice.id
    }
}
