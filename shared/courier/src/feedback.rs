//! What Amazon SES says of mails that it took, as SNS puts it on the queue.

use std::collections::HashMap;

use jiff::Timestamp;
use kabar_domain::{
    ids::MessageId,
    news::{Answer, Feedback},
    people::Email,
};
use serde::Deserialize;

/// The tag under which a mail carries our name for it: SES hands it back with all that it says of the mail.
pub(crate) const MESSAGE_TAG: &str = "message";

/// Why a message on the queue is no feedback that can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotFeedback(&'static str);

/// What SNS wraps around what is published to a topic.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Notification {
    r#type: String,
    topic_arn: String,
    message: String,
}

/// An event that SES publishes: one of the three is there, as `event_type` says.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    event_type: String,
    mail: Mail,
    bounce: Option<Bounce>,
    complaint: Option<At>,
    delivery: Option<At>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mail {
    message_id: String,
    destination: Vec<String>,
    tags: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    timestamp: Timestamp,
}

#[derive(Deserialize)]
struct At {
    timestamp: Timestamp,
}

/// Reads a message of the queue, which has to come by way of this topic.
///
/// Whom it concerns is whom the mail was sent to: what bounces may name a mailbox that the reader forwards to, which
/// we never mail. Of a bounce that SES cannot explain (`Undetermined`) nothing is known for good, so it is a soft one.
///
/// # Errors
/// When it is not what SES says of a mail of ours. SES's own greeting to a new topic is among these.
pub fn parse_feedback(body: &str, topic: &str) -> Result<Feedback, NotFeedback> {
    let refused = |why| move |_| NotFeedback(why);
    let notification: Notification =
        serde_json::from_str(body).map_err(refused("it is no notification of SNS"))?;
    if notification.r#type != "Notification" {
        return Err(NotFeedback("it is no notification of SNS"));
    }
    if notification.topic_arn != topic {
        return Err(NotFeedback("it comes from another topic"));
    }
    let event: Event = serde_json::from_str(&notification.message)
        .map_err(refused("it is no event of SES that is read here"))?;
    let (answer, at) = match (
        event.event_type.as_str(),
        event.bounce,
        event.complaint,
        event.delivery,
    ) {
        ("Bounce", Some(bounce), _, _) if bounce.bounce_type == "Permanent" => {
            (Answer::HardBounce, bounce.timestamp)
        }
        ("Bounce", Some(bounce), _, _) => (Answer::SoftBounce, bounce.timestamp),
        ("Complaint", _, Some(complaint), _) => (Answer::Complaint, complaint.timestamp),
        ("Delivery", _, _, Some(delivery)) => (Answer::Delivered, delivery.timestamp),
        _ => return Err(NotFeedback("it is no event of SES that is read here")),
    };
    let Mail {
        message_id,
        destination,
        tags,
    } = event.mail;
    let message = named(&tags);
    let email = match destination.as_slice() {
        [address] => Email::parse(address).ok(),
        _ => None,
    };
    let (message, email) = message
        .zip(email)
        .ok_or(NotFeedback("it names no message of ours"))?;
    Ok(Feedback {
        message,
        provider_id: message_id,
        email,
        answer,
        at,
    })
}

/// The message of ours that a mail was tagged with.
fn named(tags: &HashMap<String, Vec<String>>) -> Option<MessageId> {
    match tags.get(MESSAGE_TAG).map(Vec::as_slice) {
        Some([id]) => MessageId::parse(id),
        _ => None,
    }
}

/// The message that feedback is about, whoever sent it: to show it, not to believe it.
pub(crate) fn message_of(body: &str) -> Option<MessageId> {
    let notification: Notification = serde_json::from_str(body).ok()?;
    let event: Event = serde_json::from_str(&notification.message).ok()?;
    named(&event.mail.tags)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const TOPIC: &str = "arn:aws:sns:eu-west-1:123456789012:kabar-feedback";
    const MESSAGE: &str = "01990000-0000-7000-8000-000000000101";

    fn event(what: Value) -> Value {
        let mut event = json!({
            "mail": { "messageId": "0102", "destination": ["sari@example.com"], "tags": { "message": [MESSAGE] } },
        });
        for (name, value) in what.as_object().unwrap() {
            event[name] = value.clone();
        }
        event
    }

    fn bounce(kind: &str) -> Value {
        let bounce = json!({ "bounceType": kind, "timestamp": "2026-11-21T10:00:01.000Z" });
        event(json!({ "eventType": "Bounce", "bounce": bounce }))
    }

    fn notified(event: &Value) -> Value {
        json!({ "Type": "Notification", "TopicArn": TOPIC, "Message": event.to_string() })
    }

    fn read(notification: &Value) -> Result<Feedback, NotFeedback> {
        parse_feedback(&notification.to_string(), TOPIC)
    }

    #[test]
    fn each_kind_of_event_is_an_answer() {
        let at = json!({ "timestamp": "2026-11-21T10:00:01.000Z" });
        let complaint = event(json!({ "eventType": "Complaint", "complaint": at }));
        let delivery = event(json!({ "eventType": "Delivery", "delivery": at }));
        for (event, answer) in [
            (bounce("Permanent"), Answer::HardBounce),
            (bounce("Transient"), Answer::SoftBounce),
            (bounce("Undetermined"), Answer::SoftBounce),
            (complaint, Answer::Complaint),
            (delivery, Answer::Delivered),
        ] {
            let feedback = read(&notified(&event)).unwrap();
            assert_eq!(feedback.answer, answer);
            assert_eq!(feedback.message.to_string(), MESSAGE);
            assert_eq!(feedback.provider_id, "0102");
            assert_eq!(feedback.email.as_str(), "sari@example.com");
            assert_eq!(feedback.at, "2026-11-21T10:00:01Z".parse().unwrap());
        }
    }

    #[test]
    fn whatever_is_not_feedback_of_ours_is_refused() {
        let good = notified(&bounce("Permanent"));
        assert!(read(&good).is_ok());
        let with = |pointer: &str, value: Value| {
            let mut event = bounce("Permanent");
            *event.pointer_mut(pointer).unwrap() = value;
            notified(&event)
        };
        let mut other_topic = good.clone();
        other_topic["TopicArn"] = json!("arn:aws:sns:eu-west-1:210987654321:kabar-feedback");
        let mut other_type = good.clone();
        other_type["Type"] = json!("SubscriptionConfirmation");
        let mut greeting = good;
        greeting["Message"] = json!("Successfully validated SNS topic for Amazon SES event publishing.");
        for bad in [
            json!(null),
            json!({}),
            other_topic,
            other_type,
            greeting,
            with("/eventType", json!("Open")),
            with("/eventType", json!("Delivery")),
            with("/bounce/timestamp", json!("yesterday")),
            with("/mail/tags", json!({})),
            with("/mail/tags/message", json!(["x"])),
            with("/mail/tags/message", json!([MESSAGE, MESSAGE])),
            with("/mail/destination", json!([])),
            with(
                "/mail/destination",
                json!(["sari@example.com", "budi@example.com"]),
            ),
            with("/mail/destination", json!(["Sari <sari@example.com>"])),
        ] {
            assert!(read(&bad).is_err(), "{bad}");
        }
        assert!(parse_feedback("", TOPIC).is_err());
    }
}
