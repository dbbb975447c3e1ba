use jiff::Timestamp;
use kabar_app::telling::{HearReport, Verdict, address_id};
use kabar_domain::news::Feedback;
use kabar_kit::{
    cause_chain,
    metrics::{self, Unit},
};

/// Says what is refused, with the address as a hash.
pub(crate) fn refusal(one: &Feedback, why: &str) {
    let address = address_id(&one.email);
    tracing::warn!(message = %one.message, %address, answer = one.answer.name(), why, "refused");
}

/// One line for a batch, and one for each thing that went wrong.
pub(crate) fn log(report: &HearReport, refused: u32) {
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

/// What is to be watched.
pub(crate) fn measure(report: &HearReport, refused: u32, now: Timestamp) {
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
