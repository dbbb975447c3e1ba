use jiff::{SignedDuration, Timestamp};
use lambda_runtime::Context;
use serde::Deserialize;

/// What a schedule sends: its own time, so that a retry decides the same, and a test can play any moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Trigger {
    /// The time the schedule was for.
    pub time: Timestamp,
}

/// How long an invocation may run for which no end is told.
const WITHOUT_END: SignedDuration = SignedDuration::from_secs(30);

/// When this invocation is cut off. `cargo lambda watch` tells a moment of 1970, which is none.
#[must_use]
pub fn invocation_end(context: &Context, now: Timestamp) -> Timestamp {
    let told = i64::try_from(context.deadline).unwrap_or(i64::MAX);
    let told = Timestamp::from_millisecond(told).unwrap_or(Timestamp::MAX);
    if told > now { told } else { now + WITHOUT_END }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_sends_its_own_time() {
        let trigger: Trigger =
            serde_json::from_str(include_str!("../../../events/schedule-power-check.json")).unwrap();
        assert_eq!(trigger.time, "2026-11-21T10:00:00Z".parse().unwrap());
    }

    #[test]
    fn an_end_that_is_long_past_is_none() {
        let now = Timestamp::from_second(1_795_255_200).unwrap();
        let mut context = Context::default();
        context.deadline = 600_000;
        assert_eq!(invocation_end(&context, now), now + WITHOUT_END);
        context.deadline = 1_795_255_210_000;
        assert_eq!(invocation_end(&context, now).as_second(), 1_795_255_210);
    }
}
