//! Whether the senders hold the rate that SES grants, and ask for no more.

use crate::{
    failure::{Failure, Result},
    notice::SENDERS,
    pipeline::{Occasion, Pipeline},
    platform::{Mails, Ses},
    table::Table,
};

/// How long to send.
const SECONDS: u32 = 20;
/// The part of the mails between which the rate is measured: at the end, senders run out of pages one by one.
const STEADY: (f64, f64) = (0.05, 0.8);

pub(crate) async fn measure(rate: u32) -> Result<()> {
    let people = rate * SECONDS;
    let told = Pipeline::start(SENDERS, rate, Ses::at(rate))
        .await?
        .tell(people, Occasion::Outage)
        .await?;
    let held = held(&told.mails, people)?;
    let mut table = Table::new(&[
        "granted a second",
        "people",
        "held a second",
        "held",
        "throttled calls",
    ]);
    table.row([
        rate.to_string(),
        people.to_string(),
        format!("{held:.1}"),
        format!("{:.1} %", held / f64::from(rate) * 100.0),
        throttled(&told.mails, people),
    ]);
    table.print("Pace: the rate that SES grants, and what the senders make of it");
    Ok(())
}

/// How many mails a second there were, once all senders were at work and before they ran out of pages.
pub(crate) fn held(mails: &Mails, people: u32) -> Result<f64> {
    let place = |part: f64| (f64::from(people) * part) as usize;
    let (from, to) = (place(STEADY.0), place(STEADY.1));
    let (Some(first), Some(last)) = (mails.accepted.get(from), mails.accepted.get(to)) else {
        return Err(Failure::from("too few mails for a rate"));
    };
    Ok(f64::from(u32::try_from(to - from)?) / last.duration_since(*first).as_secs_f64())
}

/// The part of the calls that SES refused as too fast.
pub(crate) fn throttled(mails: &Mails, people: u32) -> String {
    let asked = f64::from(people + mails.throttled);
    format!("{:.2} %", f64::from(mails.throttled) / asked * 100.0)
}
