//! Queues: what waits on them, in which form, and how it gets there.

use aws_sdk_sqs::Client;
use kabar_domain::{
    events::Removal,
    ids::{EventId, NoticeId, PageId, TaskId, TicketId, UserId},
    news::Lane,
};
use serde::{Deserialize, Serialize};

/// The longest delay that SQS takes, in seconds.
const LONGEST_DELAY: i64 = 900;

/// The queue of notices to plan.
#[derive(Clone)]
pub struct DispatchQueue {
    /// How it is reached.
    pub client: Client,
    /// Where it is.
    pub url: String,
}

/// The queues of pages to send.
#[derive(Clone)]
pub struct Lanes {
    /// How they are reached.
    pub client: Client,
    /// Where the urgent lane is.
    pub urgent_url: String,
    /// Where the bulk lane is.
    pub bulk_url: String,
}

/// The queue of what is to be cleared away.
#[derive(Clone)]
pub struct RemovalQueue {
    /// How it is reached.
    pub client: Client,
    /// Where it is.
    pub url: String,
}

/// The queue of reminders that somebody asks for at once.
#[derive(Clone)]
pub struct ReminderQueue {
    /// How it is reached.
    pub client: Client,
    /// Where it is.
    pub url: String,
}

/// A message that could not be put on a queue. What it asked for is found again by the next sweep.
#[derive(Debug, thiserror::Error)]
#[error("a message could not be queued")]
pub struct QueueError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// A body that is no work of a version that this build knows.
#[derive(Debug, thiserror::Error)]
#[error("not a queue message of ours")]
pub struct NotOurs;

/// Work for mailing-dispatch: ids only, so that what is done follows what is true when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DispatchWork {
    /// Plan this notice into pages.
    Plan(NoticeId),
}

/// Work for a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneWork {
    /// Send the messages of this page.
    Send(PageId),
}

/// Work for removal-sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovalWork {
    /// Clear away what hung on this.
    Clear(Removal),
}

/// Work for reminder-sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReminderWork {
    /// Write the reminders that are due, and count them to this task.
    Sweep(TaskId),
}

/// The body of every queue message. `v` is the version; a new shape is a new version beside the old one.
#[derive(Serialize, Deserialize)]
struct Body {
    v: u8,
    #[serde(flatten)]
    work: Work,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Work {
    Notice { notice: String },
    Page { page: String },
    Removal { of: String, id: String },
    Reminders { task: String },
}

fn parse(body: &str) -> Option<Work> {
    let body: Body = serde_json::from_str(body).ok()?;
    (body.v == 1).then_some(body.work)
}

impl DispatchWork {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn parse(body: &str) -> Result<Self, NotOurs> {
        match parse(body) {
            Some(Work::Notice { notice }) => NoticeId::parse(&notice).map(Self::Plan).ok_or(NotOurs),
            _ => Err(NotOurs),
        }
    }
}

impl LaneWork {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn parse(body: &str) -> Result<Self, NotOurs> {
        match parse(body) {
            Some(Work::Page { page }) => PageId::parse(&page).map(Self::Send).ok_or(NotOurs),
            _ => Err(NotOurs),
        }
    }
}

impl RemovalWork {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn parse(body: &str) -> Result<Self, NotOurs> {
        let Some(Work::Removal { of, id }) = parse(body) else {
            return Err(NotOurs);
        };
        let removal = match of.as_str() {
            "event" => EventId::parse(&id).map(Removal::Event),
            "ticket" => TicketId::parse(&id).map(Removal::Ticket),
            "user" => UserId::parse(&id).map(Removal::User),
            "organizer" => EventId::parse(&id).map(Removal::Organizer),
            _ => None,
        };
        removal.map(Self::Clear).ok_or(NotOurs)
    }
}

impl ReminderWork {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn parse(body: &str) -> Result<Self, NotOurs> {
        match parse(body) {
            Some(Work::Reminders { task }) => TaskId::parse(&task).map(Self::Sweep).ok_or(NotOurs),
            _ => Err(NotOurs),
        }
    }
}

impl ReminderQueue {
    /// Asks for the reminders that are due to be written now.
    ///
    /// # Errors
    /// When the queue did not take it.
    pub async fn put(&self, ReminderWork::Sweep(task): ReminderWork) -> Result<(), QueueError> {
        let task = task.to_string();
        send(&self.client, &self.url, Work::Reminders { task }, 0).await
    }
}

impl RemovalQueue {
    /// Asks for what hung on something to be cleared away now.
    ///
    /// # Errors
    /// When the queue did not take it.
    pub async fn put(&self, RemovalWork::Clear(removal): RemovalWork) -> Result<(), QueueError> {
        let (of, id) = match removal {
            Removal::Event(id) => ("event", id.to_string()),
            Removal::Ticket(id) => ("ticket", id.to_string()),
            Removal::User(id) => ("user", id.to_string()),
            Removal::Organizer(id) => ("organizer", id.to_string()),
        };
        let of = of.to_owned();
        send(&self.client, &self.url, Work::Removal { of, id }, 0).await
    }
}

impl DispatchQueue {
    /// Asks for a notice to be planned after `delay` seconds. A longer delay than SQS can hold is left to the sweep that
    /// finds due notices.
    ///
    /// # Errors
    /// When the queue did not take it.
    pub async fn put(&self, DispatchWork::Plan(notice): DispatchWork, delay: i64) -> Result<(), QueueError> {
        let notice = notice.to_string();
        send_later(&self.client, &self.url, Work::Notice { notice }, delay).await
    }
}

impl Lanes {
    /// Puts a page into its lane, to come up after `delay` seconds. A longer delay than SQS can hold is left to the
    /// sweep that finds due pages.
    ///
    /// # Errors
    /// When the queue did not take it.
    pub async fn put(
        &self,
        lane: Lane,
        LaneWork::Send(page): LaneWork,
        delay: i64,
    ) -> Result<(), QueueError> {
        let url = match lane {
            Lane::Urgent => &self.urgent_url,
            Lane::Bulk => &self.bulk_url,
        };
        let page = page.to_string();
        send_later(&self.client, url, Work::Page { page }, delay).await
    }
}

async fn send_later(client: &Client, url: &str, work: Work, delay: i64) -> Result<(), QueueError> {
    if delay > LONGEST_DELAY {
        return Ok(());
    }
    send(client, url, work, i32::try_from(delay).unwrap_or_default()).await
}

async fn send(client: &Client, url: &str, work: Work, delay: i32) -> Result<(), QueueError> {
    let body = serde_json::to_string(&Body { v: 1, work }).map_err(|e| QueueError(Box::new(e)))?;
    let sent = client
        .send_message()
        .queue_url(url)
        .message_body(body)
        .delay_seconds(delay)
        .send()
        .await;
    sent.map(drop).map_err(|e| QueueError(Box::new(e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_by_its_version_and_kind_and_nothing_else_passes() {
        let page = PageId::parse("01990000-0000-7000-8000-000000000100").unwrap();
        let body = serde_json::to_string(&Body {
            v: 1,
            work: Work::Page {
                page: page.to_string(),
            },
        })
        .unwrap();
        assert_eq!(
            body,
            r#"{"v":1,"kind":"page","page":"01990000-0000-7000-8000-000000000100"}"#
        );
        assert_eq!(LaneWork::parse(&body).unwrap(), LaneWork::Send(page));
        assert!(
            DispatchWork::parse(&body).is_err(),
            "a page is no work for the planner"
        );
        for other in [
            "",
            "null",
            "{}",
            r#"{"v":2,"kind":"page","page":"x"}"#,
            &body.replace("page\":\"0", "page\":\"9x"),
        ] {
            assert!(LaneWork::parse(other).is_err(), "{other}");
        }
    }
}
