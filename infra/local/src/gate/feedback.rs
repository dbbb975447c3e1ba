//! `POST /_local/outbox/{id}/feedback`: what SES would say of a mail, in the reader's stead.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Gate;
use super::outbox::{Accepted, Channel};
use crate::outside;

/// The topic of the template to which SES publishes.
const TOPIC: &str = "FeedbackTopic";

/// What is to become of a mail.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Delivery,
    /// For good: there is no such mailbox.
    Bounce,
    /// For now: the mailbox is full.
    SoftBounce,
    Complaint,
}

#[derive(Deserialize)]
struct Asked {
    kind: Kind,
}

/// Publishes the event of SES for a mail of the outbox; the emulated SNS brings it to the queue.
pub(super) async fn say(State(gate): State<Gate>, Path(id): Path<String>, body: Bytes) -> Response {
    let message = id.parse().ok().and_then(|id| gate.shared.outbox.find(id));
    let Some(message) = message.filter(|message| message.channel == Channel::Email) else {
        return refuse(StatusCode::NOT_FOUND, "There is no such mail in the outbox.");
    };
    let asked: Asked = match serde_json::from_slice(&body) {
        Ok(asked) => asked,
        Err(error) => return refuse(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let topic = gate.shared.app.get().map(|deployed| deployed.physical_id(TOPIC));
    let topic = match topic {
        Some(Ok(topic)) => topic,
        Some(Err(error)) => return refuse(StatusCode::BAD_GATEWAY, &error.to_string()),
        None => return refuse(StatusCode::SERVICE_UNAVAILABLE, "The stack is not deployed yet."),
    };
    let event = event(&message.accepted, asked.kind, outside::now());
    match gate.shared.cloud.publish(topic, event.to_string()).await {
        Ok(()) => (StatusCode::ACCEPTED, Json(event)).into_response(),
        Err(error) => refuse(StatusCode::BAD_GATEWAY, &error.to_string()),
    }
}

/// The event as SES publishes it (Amazon SES Developer Guide, "Contents of event data"), in the parts that matter.
fn event(mail: &Accepted, kind: Kind, now: Timestamp) -> Value {
    let tags = mail
        .tags
        .iter()
        .map(|(name, value)| (name.clone(), json!([value])));
    let now = format!("{now:.3}");
    let recipients = |extra: Value| -> Vec<Value> {
        let one = |address: &String| {
            let mut recipient = extra.clone();
            recipient["emailAddress"] = json!(address);
            recipient
        };
        mail.to.iter().map(one).collect()
    };
    let (name, part, detail) = match kind {
        Kind::Delivery => (
            "Delivery",
            "delivery",
            json!({"timestamp": now, "recipients": mail.to, "smtpResponse": "250 2.6.0 Message received"}),
        ),
        Kind::Bounce => (
            "Bounce",
            "bounce",
            json!({"timestamp": now, "bounceType": "Permanent", "bounceSubType": "General",
                "bouncedRecipients": recipients(json!({"action": "failed", "status": "5.1.1"}))}),
        ),
        Kind::SoftBounce => (
            "Bounce",
            "bounce",
            json!({"timestamp": now, "bounceType": "Transient", "bounceSubType": "MailboxFull",
                "bouncedRecipients": recipients(json!({"action": "failed", "status": "4.2.2"}))}),
        ),
        Kind::Complaint => (
            "Complaint",
            "complaint",
            json!({"timestamp": now, "complaintFeedbackType": "abuse", "complainedRecipients": recipients(json!({}))}),
        ),
    };
    let mut event = json!({
        "eventType": name,
        "mail": {
            "timestamp": format!("{:.3}", mail.at),
            "messageId": mail.provider_id,
            "destination": mail.to,
            "tags": tags.collect::<serde_json::Map<_, _>>(),
        },
    });
    event[part] = detail;
    event
}

fn refuse(status: StatusCode, problem: &str) -> Response {
    let usage = "{kind: delivery|bounce|soft_bounce|complaint}";
    (status, Json(json!({"error": problem, "usage": usage}))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_names_the_mail_by_both_its_names() {
        let mail = Accepted {
            to: vec!["ayu@example.com".to_owned()],
            tags: [("message".to_owned(), "7".to_owned())].into(),
            provider_id: "010e".to_owned(),
            ..Accepted::default()
        };
        for (kind, name, part) in [
            (Kind::Delivery, "Delivery", "delivery"),
            (Kind::Bounce, "Bounce", "bounce"),
            (Kind::SoftBounce, "Bounce", "bounce"),
            (Kind::Complaint, "Complaint", "complaint"),
        ] {
            let event = event(&mail, kind, Timestamp::UNIX_EPOCH);
            assert_eq!(event["eventType"], name);
            assert_eq!(event[part]["timestamp"], "1970-01-01T00:00:00.000Z");
            assert_eq!(event["mail"]["messageId"], "010e");
            assert_eq!(event["mail"]["tags"]["message"], json!(["7"]));
            assert_eq!(event["mail"]["destination"], json!(["ayu@example.com"]));
        }
        assert!(serde_json::from_str::<Asked>(r#"{"kind": "spam"}"#).is_err());
    }
}
