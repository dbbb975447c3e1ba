use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use jiff::{SignedDuration, Timestamp};
use kabar_app::events::{Reminder, ReminderReport};
use kabar_courier::ReminderWork;
use kabar_kit::{Trigger, cause_chain, each, invocation_end};
use lambda_runtime::{Error, LambdaEvent};
use serde::Deserialize;
use serde_json::{Value, json};

/// One event (two reads, a transaction, a queue message) takes a fraction of this.
const MARGIN: SignedDuration = SignedDuration::from_secs(8);

/// What calls this function.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Call {
    /// The queue, with tasks.
    Tasks(SqsEvent),
    /// The schedule.
    Sweep(Trigger),
}

/// Writes the reminders that are due, for the tasks of a batch or for the schedule.
pub(crate) async fn remind(reminder: &Reminder, event: LambdaEvent<Call>) -> Result<Value, Error> {
    let stop = invocation_end(&event.context, reminder.world.now()) - MARGIN;
    match event.payload {
        Call::Tasks(batch) => {
            let one = async |message: &SqsMessage| one(reminder, message, stop).await;
            Ok(serde_json::to_value(each(batch, one).await)?)
        }
        Call::Sweep(Trigger { time }) => {
            let swept = reminder.sweep(time, stop, None).await;
            let report =
                swept.inspect_err(|error| tracing::error!(cause = cause_chain(error), "sweep failed"))?;
            if report.events + report.lapsed > 0 || !report.is_complete {
                log(report);
            }
            Ok(json!(report))
        }
    }
}

/// A task whose sweep is not at its end comes again.
async fn one(reminder: &Reminder, message: &SqsMessage, stop: Timestamp) -> Result<(), ()> {
    let work = ReminderWork::parse(message.body.as_deref().unwrap_or_default());
    let ReminderWork::Sweep(task) = work.map_err(|error| tracing::error!(%error, "not reminded"))?;
    match reminder.sweep(reminder.world.now(), stop, Some(task)).await {
        Ok(report) => {
            log(report);
            report.is_complete.then_some(()).ok_or(())
        }
        Err(error) => {
            tracing::error!(%task, cause = cause_chain(&error), "not reminded");
            Err(())
        }
    }
}

fn log(report: ReminderReport) {
    let ReminderReport {
        events,
        lapsed,
        is_complete,
    } = report;
    tracing::info!(events, lapsed, complete = is_complete, "reminded");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_events_are_told_apart() {
        let sqs = include_str!("../../../events/sqs-reminder-sweep.json");
        let schedule = include_str!("../../../events/schedule-reminder-sweep.json");
        let Ok(Call::Tasks(batch)) = serde_json::from_str(sqs) else {
            panic!("not a batch")
        };
        let body = batch.records[0].body.as_deref().unwrap();
        assert!(ReminderWork::parse(body).is_ok(), "{body}");
        assert!(matches!(serde_json::from_str(schedule), Ok(Call::Sweep(_))));
    }
}
