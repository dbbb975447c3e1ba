use std::time::Duration;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use jiff::{SignedDuration, Timestamp};
use kabar_app::telling::Sender;
use kabar_courier::LaneWork;
use kabar_kit::{cause_chain, each, invocation_end};
use lambda_runtime::{Error, LambdaEvent};

use crate::report::report;

/// How long a page may keep its sender: then it goes to the end of its lane, so that a short notice is next within
/// seconds even while a city's worth of messages is on its way.
const TURN: SignedDuration = SignedDuration::from_secs(10);
/// What is begun just before the end still has time: the longest try, and this for the writes after it.
const WRITES: SignedDuration = SignedDuration::from_secs(7);
/// A claim outlives the invocation that holds it by this: then its holder is certainly gone.
const AFTER_THE_END: SignedDuration = SignedDuration::from_secs(2);

/// Sends the pages of a batch. `longest_try` is how long the provider may take for a message.
///
/// # Errors
/// Never: what could not be done is named in the response.
pub async fn send(
    sender: &Sender,
    longest_try: Duration,
    event: LambdaEvent<SqsEvent>,
) -> Result<SqsBatchResponse, Error> {
    let end = invocation_end(&event.context, sender.world.now());
    let work = async |message: &SqsMessage| {
        let stop = (end - longest_try - WRITES).min(sender.world.now() + TURN);
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
    let page = match work.map_err(|error| tracing::error!(%error, "not sent"))? {
        LaneWork::Send(page) => page,
        LaneWork::Amend(page, from) => {
            let amended = sender.amend(page, from, stop).await;
            return amended.map_err(|error| {
                tracing::error!(notice = %page.notice(), page = page.number(), cause = cause_chain(&error), "not amended");
            });
        }
    };
    match sender.send(page, stop, lease_end).await {
        Ok(sent) => {
            report(page, &sent, sender.world.now());
            Ok(())
        }
        Err(error) => {
            tracing::error!(notice = %page.notice(), page = page.number(), cause = cause_chain(&error), "not sent");
            Err(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_events_carry_a_page() {
        for sample in [
            include_str!("../../../events/sqs-email-sender.json"),
            include_str!("../../../events/sqs-sms-sender.json"),
            include_str!("../../../events/sqs-telegram-sender.json"),
        ] {
            let batch: SqsEvent = serde_json::from_str(sample).unwrap();
            let body = batch.records[0].body.as_deref().unwrap();
            assert!(LaneWork::parse(body).is_ok(), "{body}");
        }
    }
}
