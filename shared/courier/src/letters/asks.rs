use jiff::Timestamp;
use kabar_domain::{
    events::Removal,
    ids::{ImportId, MessageId, NoticeId, PageId, TaskId},
};
use serde::Deserialize;

use crate::{
    feedback::message_of,
    queues::{DispatchWork, ImportWork, LaneWork, ReminderWork, RemovalWork},
};

/// What work a message of a queue asks for: its kind, and ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// To plan a notice into pages.
    Plan(NoticeId),
    /// To send the messages of a page.
    Send(PageId),
    /// To have the messages of a page say what has become of their news.
    Amend(PageId),
    /// To clear away what hung on something.
    Clear(Removal),
    /// To work on through a file of clients.
    Import(ImportId),
    /// To write the reminders that are due.
    Remind(TaskId),
    /// To mark what became of a message.
    Hear(MessageId),
    /// To run a function.
    Run {
        /// Which; nothing if it is not said.
        function: Option<String>,
        /// As of when.
        time: Option<Timestamp>,
    },
    /// It cannot be told.
    Unknown,
}

/// What Lambda puts into the queue for runs that failed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FailedRun {
    request_context: RunContext,
    request_payload: Schedule,
    #[serde(default)]
    response_payload: Option<RunError>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RunContext {
    function_arn: String,
    condition: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RunError {
    error_message: Option<String>,
}

/// What a schedule gives its function, and the scheduler puts there that could not be delivered.
#[derive(Deserialize)]
struct Schedule {
    time: Timestamp,
}

impl Asks {
    /// Reads a body, and what it says itself of why it is here.
    pub(super) fn read(body: &str) -> (Self, Option<String>) {
        if let Ok(run) = serde_json::from_str::<FailedRun>(body) {
            let said = run.response_payload.and_then(|error| error.error_message);
            let function = function_of(&run.request_context.function_arn);
            let time = Some(run.request_payload.time);
            return (
                Self::Run { function, time },
                said.or(Some(run.request_context.condition)),
            );
        }
        let ours = None
            .or_else(|| {
                DispatchWork::parse(body)
                    .map(|DispatchWork::Plan(id)| Self::Plan(id))
                    .ok()
            })
            .or_else(|| {
                LaneWork::parse(body)
                    .map(|work| match work {
                        LaneWork::Send(id) => Self::Send(id),
                        LaneWork::Amend(id, _) => Self::Amend(id),
                    })
                    .ok()
            })
            .or_else(|| {
                RemovalWork::parse(body)
                    .map(|RemovalWork::Clear(of)| Self::Clear(of))
                    .ok()
            })
            .or_else(|| {
                ReminderWork::parse(body)
                    .map(|ReminderWork::Sweep(id)| Self::Remind(id))
                    .ok()
            })
            .or_else(|| {
                ImportWork::parse(body)
                    .map(|ImportWork::Import(id)| Self::Import(id))
                    .ok()
            })
            .or_else(|| message_of(body).map(Self::Hear));
        let scheduled = || {
            let time = serde_json::from_str(body).ok().map(|Schedule { time }| time)?;
            Some(Self::Run {
                function: None,
                time: Some(time),
            })
        };
        (ours.or_else(scheduled).unwrap_or(Self::Unknown), None)
    }
}

/// `arn:aws:lambda:eu-west-1:123456789012:function:kabar-power-check:$LATEST` → `kabar-power-check`.
fn function_of(arn: &str) -> Option<String> {
    arn.split(':').nth(6).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_failed_says_which_and_why() {
        let record = r#"{"version":"1.0","timestamp":"2026-11-21T10:01:05.568Z",
            "requestContext":{"requestId":"e4b4","functionArn":"arn:aws:lambda:eu-west-1:123456789012:function:kabar-power-check:$LATEST",
                "condition":"RetriesExhausted","approximateInvokeCount":2},
            "requestPayload":{"time":"2026-11-21T10:00:00Z"},
            "responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},
            "responsePayload":{"errorType":"Error","errorMessage":"Query failed"}}"#;
        let run = Asks::Run {
            function: Some("kabar-power-check".to_owned()),
            time: "2026-11-21T10:00:00Z".parse().ok(),
        };
        assert_eq!(Asks::read(record), (run, Some("Query failed".to_owned())));
    }

    #[test]
    fn a_run_that_was_never_delivered_says_as_of_when() {
        let run = Asks::Run {
            function: None,
            time: "2026-11-21T10:00:00Z".parse().ok(),
        };
        assert_eq!(Asks::read(r#"{"time":"2026-11-21T10:00:00Z"}"#), (run, None));
    }

    #[test]
    fn of_what_is_none_of_ours_nothing_is_said() {
        for body in [
            "",
            "null",
            "{}",
            "[1]",
            r#"{"v":2,"kind":"page","page":"x"}"#,
            "sari@example.com",
        ] {
            assert_eq!(Asks::read(body), (Asks::Unknown, None), "{body}");
        }
    }
}
