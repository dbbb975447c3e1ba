use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use jiff::{SignedDuration, Timestamp};
use kabar_app::telling::{PageReport, Sender, Sent};
use kabar_courier::LaneWork;
use kabar_kit::{
    cause_chain, each, invocation_end,
    metrics::{self, Unit},
};
use lambda_runtime::{Error, LambdaEvent};

/// How long a page may keep its sender: then it goes to the end of its lane, so that a short outage notice is next
/// within seconds even while a city's worth of mail is on its way.
const TURN: SignedDuration = SignedDuration::from_secs(10);
/// What is begun just before the end still has time: the longest try of SES, and the writes after it.
const MARGIN: SignedDuration = SignedDuration::from_secs(12);
/// A claim outlives the invocation that holds it by this: then its holder is certainly gone.
const AFTER_THE_END: SignedDuration = SignedDuration::from_secs(2);

/// Sends the pages of a batch.
pub(crate) async fn send(sender: &Sender, event: LambdaEvent<SqsEvent>) -> Result<SqsBatchResponse, Error> {
    let end = invocation_end(&event.context, sender.world.now());
    let work = async |message: &SqsMessage| {
        let stop = (end - MARGIN).min(sender.world.now() + TURN);
        page(sender, message, stop, end + AFTER_THE_END).await
    };
    Ok(each(event.payload, work).await)
}

async fn page(
    sender: &Sender,
    message: &SqsMessage,
    stop: Timestamp,
    lease_end: Timestamp,
) -> Result<(), ()> {
    let work = LaneWork::parse(message.body.as_deref().unwrap_or_default());
    let LaneWork::Send(page) = work.map_err(|error| tracing::error!(%error, "not sent"))?;
    match sender.send(page, stop, lease_end).await {
        Ok(Sent::Nothing) => Ok(()),
        Ok(Sent::Held) => {
            metrics::put("Braked", Unit::Count, 1, &[], sender.world.now());
            tracing::warn!(notice = %page.notice(), page = page.number(), "held: mailings stand still");
            Ok(())
        }
        Ok(Sent::Page(report)) => {
            measure(&report, sender.world.now());
            tracing::info!(
                notice = %page.notice(),
                page = page.number(),
                lane = report.lane.name(),
                ended = report.ended.total(),
                told = report.ended.told(),
                in_doubt = report.ended.in_doubt,
                errors = report.errors,
                closed = report.is_closed,
                take_over = report.is_take_over,
                "sent"
            );
            Ok(())
        }
        Err(error) => {
            tracing::error!(notice = %page.notice(), page = page.number(), cause = cause_chain(&error), "not sent");
            Err(())
        }
    }
}

fn measure(report: &PageReport, now: Timestamp) {
    for (status, count) in &report.ended.by_status {
        let dimensions = [("Kind", report.kind.name()), ("Outcome", status.name())];
        metrics::put("Messages", Unit::Count, (*count).into(), &dimensions, now);
    }
    if report.is_closed {
        metrics::put(
            "Lateness",
            Unit::Milliseconds,
            report.lateness_ms,
            &[("Lane", report.lane.name())],
            now,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_event_carries_a_page() {
        let batch: SqsEvent =
            serde_json::from_str(include_str!("../../../events/sqs-email-sender.json")).unwrap();
        let body = batch.records[0].body.as_deref().unwrap();
        assert!(LaneWork::parse(body).is_ok(), "{body}");
    }
}
