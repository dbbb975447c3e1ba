use jiff::{SignedDuration, Timestamp};
use lambda_runtime::Context;
use serde::Deserialize;

/// What a schedule sends: its own time, so that a retry decides the same, and a test can play any moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Trigger {
    /// The time the schedule was for.
    pub time: Timestamp,
}

/// When to stop beginning things: `margin` before this invocation is cut off.
#[must_use]
pub fn stop_before(context: &Context, margin: SignedDuration) -> Timestamp {
    let deadline = i64::try_from(context.deadline).unwrap_or(i64::MAX);
    let deadline = Timestamp::from_millisecond(deadline).unwrap_or(Timestamp::MAX);
    deadline.saturating_sub(margin).unwrap_or(deadline)
}
