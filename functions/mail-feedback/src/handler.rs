use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use kabar_app::telling::{Listener, Verdict};
use kabar_courier::parse_feedback;
use kabar_kit::together;
use lambda_runtime::{Error, LambdaEvent};

use crate::report;

/// Hears the feedback of a batch, which has to come by way of this topic.
pub(crate) async fn hear(
    listener: &Listener,
    topic: &str,
    event: LambdaEvent<SqsEvent>,
) -> Result<SqsBatchResponse, Error> {
    let work = async |messages: &[SqsMessage]| all(listener, topic, messages).await;
    Ok(together(event.payload, work).await)
}

/// Which of the messages are done with.
async fn all(listener: &Listener, topic: &str, messages: &[SqsMessage]) -> Vec<bool> {
    let read = |message: &SqsMessage| parse_feedback(message.body.as_deref().unwrap_or_default(), topic);
    let mut is_done = vec![true; messages.len()];
    let (mut places, mut feedback, mut refused) = (Vec::new(), Vec::new(), 0);
    for (place, message) in messages.iter().enumerate() {
        match read(message) {
            Ok(one) => {
                places.push(place);
                feedback.push(one);
            }
            Err(why) => {
                refused += 1;
                tracing::warn!(%why, "refused");
            }
        }
    }
    let heard = listener.hear(&feedback).await;
    for ((place, one), verdict) in places.into_iter().zip(&feedback).zip(&heard.verdicts) {
        is_done[place] = *verdict != Verdict::Later;
        if let Verdict::Refused(why) = verdict {
            refused += 1;
            report::refusal(one, why);
        }
    }
    report::log(&heard, refused);
    report::measure(&heard, refused, listener.world.now());
    is_done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_event_carries_a_bounce() {
        let batch: SqsEvent =
            serde_json::from_str(include_str!("../../../events/sqs-mail-feedback.json")).unwrap();
        let body = batch.records[0].body.as_deref().unwrap();
        let topic = "arn:aws:sns:eu-west-1:123456789012:kabar-feedback";
        let feedback = parse_feedback(body, topic).unwrap();
        assert_eq!(feedback.answer, kabar_domain::news::Answer::HardBounce);
    }
}
