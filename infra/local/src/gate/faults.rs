//! Faults to inject: the next so many calls of a service fail in the chosen way.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use super::calls::lock;

/// A service behind the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Service {
    Ses,
    Dynamodb,
    Sqs,
    S3,
    Sms,
    Telegram,
}

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Refused as too fast.
    Throttle,
    /// Refused as the service's own fault, nothing done.
    Error,
    /// Answered a minute late, or when the faults are deleted.
    Hang,
    /// Done, but answered as the service's own fault.
    AcceptThenFail,
    /// DynamoDB: refused because another transaction holds the item.
    Conflict,
    /// SQS: the message is delivered twice.
    Duplicate,
    /// Telegram: the person blocked the bot.
    Blocked,
    /// Telegram: the person's account is deleted.
    Deactivated,
    /// Telegram: the bot was removed from the group.
    Kicked,
    /// Telegram: there is no such chat.
    NotFound,
    /// Telegram: the group became a supergroup, which is another chat.
    Migrated,
}

/// The next `count` calls that fit fail as `kind`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fault {
    pub(super) service: Service,
    /// Only this operation, such as `SendEmail`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) operation: Option<String>,
    /// Only calls whose request has this text in it, such as the name of a table, queue or object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) contains: Option<String>,
    pub(super) kind: Kind,
    #[serde(default = "once")]
    pub(super) count: u32,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// Why this fault makes no sense, if it does not.
    pub(super) fn problem(&self) -> Option<&'static str> {
        let (of, problem) = match self.kind {
            Kind::Conflict => (Service::Dynamodb, "only dynamodb has transaction conflicts"),
            Kind::Duplicate => (Service::Sqs, "only sqs delivers twice"),
            Kind::Blocked | Kind::Deactivated | Kind::Kicked | Kind::NotFound | Kind::Migrated => {
                (Service::Telegram, "only telegram has chats")
            }
            Kind::Throttle | Kind::Error | Kind::Hang | Kind::AcceptThenFail => (self.service, ""),
        };
        if of != self.service {
            return Some(problem);
        }
        (self.count == 0).then_some("count must be at least 1")
    }

    fn fits(&self, service: Service, operation: &str, request: &[&[u8]]) -> bool {
        let possible = match self.kind {
            Kind::Conflict => is_write(operation),
            Kind::Duplicate => operation.starts_with("SendMessage"),
            Kind::Blocked | Kind::Deactivated | Kind::Kicked | Kind::NotFound | Kind::Migrated => {
                operation == "sendMessage"
            }
            Kind::Throttle | Kind::Error | Kind::Hang | Kind::AcceptThenFail => true,
        };
        let contains = |text: &String| {
            let has = |part: &&[u8]| part.windows(text.len()).any(|window| window == text.as_bytes());
            !text.is_empty() && request.iter().any(has)
        };
        possible
            && self.service == service
            && self.operation.as_ref().is_none_or(|wanted| wanted == operation)
            && self.contains.as_ref().is_none_or(contains)
    }
}

/// Reads outside transactions never conflict.
fn is_write(operation: &str) -> bool {
    operation.starts_with("Transact") || matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem")
}

/// The faults that are still to come, in the order they were asked for.
#[derive(Default)]
pub(super) struct Faults {
    waiting: Mutex<Vec<Fault>>,
    released: Notify,
}

impl Faults {
    pub(super) fn add(&self, fault: Fault) {
        lock(&self.waiting).push(fault);
    }

    pub(super) fn list(&self) -> Vec<Fault> {
        lock(&self.waiting).clone()
    }

    /// Forgets all faults and lets hanging calls go on.
    pub(super) fn clear(&self) {
        lock(&self.waiting).clear();
        self.released.notify_waiters();
    }

    /// Uses up one count of the first fault that fits this call; `request` is what may contain a text, in parts.
    pub(super) fn take(&self, service: Service, operation: &str, request: &[&[u8]]) -> Option<Kind> {
        let mut waiting = lock(&self.waiting);
        let index = waiting
            .iter()
            .position(|fault| fault.fits(service, operation, request))?;
        let kind = waiting[index].kind;
        waiting[index].count -= 1;
        if waiting[index].count == 0 {
            waiting.remove(index);
        }
        Some(kind)
    }

    /// Ends when the faults are deleted.
    pub(super) async fn released(&self) {
        self.released.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: &str) -> Fault {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_fault_is_used_up_by_the_calls_that_fit() {
        let faults = Faults::default();
        faults.add(fault(
            r#"{"service": "dynamodb", "operation": "Query", "kind": "throttle", "count": 2}"#,
        ));
        assert_eq!(faults.take(Service::Dynamodb, "GetItem", &[]), None);
        assert_eq!(faults.take(Service::Sqs, "Query", &[]), None);
        assert_eq!(faults.take(Service::Dynamodb, "Query", &[]), Some(Kind::Throttle));
        assert_eq!(faults.list()[0].count, 1);
        assert_eq!(faults.take(Service::Dynamodb, "Query", &[]), Some(Kind::Throttle));
        assert_eq!(faults.take(Service::Dynamodb, "Query", &[]), None);
    }

    #[test]
    fn a_fault_can_be_meant_for_one_queue() {
        let faults = Faults::default();
        faults.add(fault(
            r#"{"service": "sqs", "contains": "kabar-bulk", "kind": "error"}"#,
        ));
        assert_eq!(
            faults.take(
                Service::Sqs,
                "SendMessage",
                &[b"{\"QueueUrl\": \"kabar-urgent\"}"]
            ),
            None
        );
        assert_eq!(
            faults.take(Service::Sqs, "SendMessage", &[b"{\"QueueUrl\": \"kabar-bulk\"}"]),
            Some(Kind::Error)
        );
    }

    #[test]
    fn conflicts_hit_writes_and_duplicates_hit_sends() {
        let faults = Faults::default();
        faults.add(fault(r#"{"service": "dynamodb", "kind": "conflict"}"#));
        faults.add(fault(r#"{"service": "sqs", "kind": "duplicate"}"#));
        assert_eq!(faults.take(Service::Dynamodb, "Query", &[]), None);
        assert_eq!(faults.take(Service::Sqs, "ReceiveMessage", &[]), None);
        assert_eq!(
            faults.take(Service::Dynamodb, "TransactWriteItems", &[]),
            Some(Kind::Conflict)
        );
        assert_eq!(
            faults.take(Service::Sqs, "SendMessage", &[]),
            Some(Kind::Duplicate)
        );
    }

    #[test]
    fn senseless_faults_are_named() {
        assert!(
            fault(r#"{"service": "ses", "kind": "conflict"}"#)
                .problem()
                .is_some()
        );
        assert!(
            fault(r#"{"service": "dynamodb", "kind": "duplicate"}"#)
                .problem()
                .is_some()
        );
        for kind in ["blocked", "deactivated", "kicked", "not_found", "migrated"] {
            let of = |service: &str| fault(&format!(r#"{{"service": "{service}", "kind": "{kind}"}}"#));
            assert!(of("sms").problem().is_some() && of("telegram").problem().is_none());
        }
        assert!(
            fault(r#"{"service": "ses", "kind": "error", "count": 0}"#)
                .problem()
                .is_some()
        );
        assert!(
            fault(r#"{"service": "ses", "kind": "accept_then_fail"}"#)
                .problem()
                .is_none()
        );
    }
}
