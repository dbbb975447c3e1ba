//! Queues: what waits on them, in which form, and how it gets there.

mod body;
mod dispatch;
mod imports;
mod lane_counts;
mod lanes;
mod put;
mod reminders;
mod removals;

pub use dispatch::{DispatchQueue, DispatchWork};
pub use imports::{ImportQueue, ImportWork};
pub use lane_counts::LaneCounts;
pub use lanes::{LaneWork, Lanes};
pub use reminders::{ReminderQueue, ReminderWork};
pub use removals::{RemovalQueue, RemovalWork};

/// A queue did not do what it was asked. What a message asks for that it did not take is found again by the next sweep.
#[derive(Debug, thiserror::Error)]
#[error("a queue did not do what it was asked")]
pub struct QueueError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// A body that is no work of a version that this build knows.
#[derive(Debug, thiserror::Error)]
#[error("not a queue message of ours")]
pub struct NotOurs;

#[cfg(test)]
mod tests {
    use kabar_domain::ids::PageId;

    use super::{
        body::{Body, Work},
        *,
    };

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
        let amend = body.replace(r#""kind":"page""#, r#""kind":"amend","from":7"#);
        assert_eq!(LaneWork::parse(&amend).unwrap(), LaneWork::Amend(page, 7));
        for other in [
            "",
            "null",
            "{}",
            r#"{"v":2,"kind":"page","page":"x"}"#,
            &amend.replace('7', "256"),
            &body.replace("page\":\"0", "page\":\"9x"),
        ] {
            assert!(LaneWork::parse(other).is_err(), "{other}");
        }
    }
}
