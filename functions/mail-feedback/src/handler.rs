use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use jiff::Timestamp;
use kabar_app::telling::{HearReport, Listener, Verdict, address_id};
use kabar_courier::parse_feedback;
use kabar_domain::news::Feedback;
use kabar_kit::{
    cause_chain,
    metrics::{self, Unit},
    together,
};
use lambda_runtime::{Error, LambdaEvent};

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
    let report = listener.hear(&feedback).await;
    for ((place, one), verdict) in places.into_iter().zip(&feedback).zip(&report.verdicts) {
        is_done[place] = *verdict != Verdict::Later;
        if let Verdict::Refused(why) = verdict {
            refused += 1;
            log_refused(one, why);
        }
    }
    log(&report, refused);
    measure(&report, refused, listener.world.now());
    is_done
}

fn log_refused(one: &Feedback, why: &str) {
    let address = address_id(&one.email);
    tracing::warn!(message = %one.message, %address, answer = one.answer.name(), why, "refused");
}

fn log(report: &HearReport, refused: u32) {
    for error in &report.errors {
        tracing::error!(cause = cause_chain(error), "not heard");
    }
    let count = |verdict| report.verdicts.iter().filter(|v| **v == verdict).count();
    tracing::info!(
        marked = count(Verdict::Marked),
        known = count(Verdict::Known),
        later = count(Verdict::Later),
        refused,
        "heard"
    );
    if let Some(brake) = report.brake {
        tracing::error!(
            reason = brake.reason.name(),
            "mailings stand still: too much comes back"
        );
    }
}

fn measure(report: &HearReport, refused: u32, now: Timestamp) {
    for (answer, count) in &report.answers {
        let dimensions = [("Answer", answer.name())];
        metrics::put("Answers", Unit::Count, (*count).into(), &dimensions, now);
    }
    if refused > 0 {
        metrics::put("FeedbackRefused", Unit::Count, refused.into(), &[], now);
    }
    if report.brake.is_some() {
        metrics::put("Braked", Unit::Count, 1, &[], now);
    }
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
