use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use jiff::{SignedDuration, Timestamp};
use kabar_app::events::{RemovalReport, Remover};
use kabar_courier::RemovalWork;
use kabar_kit::{Trigger, cause_chain, each, invocation_end};
use lambda_runtime::{Error, LambdaEvent};
use serde::Deserialize;
use serde_json::{Value, json};

/// A step (some reads, a hundred cancellations) takes a part of this.
const MARGIN: SignedDuration = SignedDuration::from_secs(20);

/// What calls this function.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Call {
    /// The queue, with removals.
    Removals(SqsEvent),
    /// The schedule.
    Sweep(Trigger),
}

/// Clears away behind the removals of a batch, or behind all that are under way.
pub(crate) async fn clear(remover: &Remover, event: LambdaEvent<Call>) -> Result<Value, Error> {
    let stop = invocation_end(&event.context, remover.world.now()) - MARGIN;
    match event.payload {
        Call::Removals(batch) => {
            let one = async |message: &SqsMessage| one(remover, message, stop).await;
            Ok(serde_json::to_value(each(batch, one).await)?)
        }
        Call::Sweep(Trigger { .. }) => {
            let swept = remover.sweep(stop).await;
            let report =
                swept.inspect_err(|error| tracing::error!(cause = cause_chain(error), "sweep failed"))?;
            if report != RemovalReport::default() {
                log(report);
            }
            Ok(json!(report))
        }
    }
}

async fn one(remover: &Remover, message: &SqsMessage, stop: Timestamp) -> Result<(), ()> {
    let work = RemovalWork::parse(message.body.as_deref().unwrap_or_default());
    let RemovalWork::Clear(removal) = work.map_err(|error| tracing::error!(%error, "not cleared"))?;
    match remover.clear(removal, stop).await {
        Ok(report) => {
            log(report);
            Ok(())
        }
        Err(error) => {
            tracing::error!(?removal, cause = cause_chain(&error), "not cleared");
            Err(())
        }
    }
}

fn log(report: RemovalReport) {
    let RemovalReport {
        registrations,
        payments,
        followings,
        homes,
        posters,
        orphans,
        handed_over,
        ended,
    } = report;
    tracing::info!(
        registrations,
        payments,
        followings,
        homes,
        posters,
        orphans,
        handed_over,
        ended,
        "cleared"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_events_are_told_apart() {
        let sqs = include_str!("../../../events/sqs-removal-sweep.json");
        let schedule = include_str!("../../../events/schedule-removal-sweep.json");
        let Ok(Call::Removals(batch)) = serde_json::from_str(sqs) else {
            panic!("not a batch")
        };
        let body = batch.records[0].body.as_deref().unwrap();
        assert!(RemovalWork::parse(body).is_ok(), "{body}");
        assert!(matches!(serde_json::from_str(schedule), Ok(Call::Sweep(_))));
    }
}
