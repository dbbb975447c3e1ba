use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use jiff::{SignedDuration, Timestamp};
use kabar_app::telling::Planner;
use kabar_courier::DispatchWork;
use kabar_kit::{Trigger, cause_chain, each, invocation_end};
use lambda_runtime::{Error, LambdaEvent};
use serde::Deserialize;
use serde_json::{Value, json};

/// A step of a plan (a read, a transaction, some queue messages) takes a fraction of this.
const MARGIN: SignedDuration = SignedDuration::from_secs(8);

/// What calls this function.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Dispatch {
    /// The queue, with notices to plan.
    Notices(SqsEvent),
    /// The schedule.
    Sweep(Trigger),
}

/// Plans the notices of a batch, or sweeps.
pub(crate) async fn dispatch(planner: &Planner, event: LambdaEvent<Dispatch>) -> Result<Value, Error> {
    let stop = invocation_end(&event.context, planner.world.now()) - MARGIN;
    match event.payload {
        Dispatch::Notices(batch) => {
            let plan = async |message: &SqsMessage| plan(planner, message, stop).await;
            Ok(serde_json::to_value(each(batch, plan).await)?)
        }
        Dispatch::Sweep(trigger) => {
            let swept = planner.sweep(trigger.time, stop).await;
            let report =
                swept.inspect_err(|error| tracing::error!(cause = cause_chain(error), "sweep failed"))?;
            if report.notices + report.pages > 0 {
                tracing::info!(notices = report.notices, pages = report.pages, "swept");
            }
            Ok(json!(report))
        }
    }
}

async fn plan(planner: &Planner, message: &SqsMessage, stop: Timestamp) -> Result<(), ()> {
    let work = DispatchWork::parse(message.body.as_deref().unwrap_or_default());
    let DispatchWork::Plan(notice) = work.map_err(|error| tracing::error!(%error, "not planned"))?;
    match planner.plan(notice, stop).await {
        Ok(report) => {
            let (pages, people, queued) = (report.pages, report.people, report.queued);
            tracing::info!(%notice, pages, people, queued, complete = report.is_complete, "planned");
            Ok(())
        }
        Err(error) => {
            tracing::error!(%notice, cause = cause_chain(&error), "not planned");
            Err(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_events_are_told_apart() {
        let sqs = include_str!("../../../events/sqs-dispatch.json");
        let schedule = include_str!("../../../events/schedule-mailing-dispatch.json");
        let Ok(Dispatch::Notices(batch)) = serde_json::from_str(sqs) else {
            panic!("not a batch")
        };
        let body = batch.records[0].body.as_deref().unwrap();
        assert!(DispatchWork::parse(body).is_ok(), "{body}");
        assert!(matches!(serde_json::from_str(schedule), Ok(Dispatch::Sweep(_))));
    }
}
