use kabar_app::telling::{HearReport, Verdict};
use kabar_domain::{
    World,
    ids::{MailingId, MessageId, NoticeId, UserId},
    mailings::Wording,
    news::{Answer, Audience, Feedback, News, Notice, Status},
    people::Email,
    power::Channel,
};
use kabar_store::notices::Message;

use serde_json::json;

use crate::{House, Queue, Waiting};

/// The topic to which SES publishes what it says of mails.
pub(crate) const FEEDBACK_TOPIC: &str = "arn:aws:sns:eu-west-1:123456789012:kabar-feedback";

impl House {
    /// How it comes that a message to this address was delivered: a message of the queue of feedback.
    #[must_use]
    pub fn delivery(&self, message: MessageId, address: &str) -> Waiting {
        let event = json!({
            "eventType": "Delivery",
            "delivery": { "timestamp": self.world.now().to_string() },
            "mail": { "messageId": "taken", "destination": [address], "tags": { "message": [message.to_string()] } },
        });
        let notification =
            json!({ "Type": "Notification", "TopicArn": FEEDBACK_TOPIC, "Message": event.to_string() });
        Waiting {
            queue: Queue::Feedback,
            body: notification.to_string(),
            at: self.world.now(),
        }
    }

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
