//! A notice to so many people, from what begins it to the last page's end: the check that opens an outage, or the
//! request that makes a mailing.

use std::collections::BTreeMap;

use kabar_domain::news::SENDERS_IN_LANE;

use crate::{
    failure::Result,
    pipeline::{Occasion, Pipeline, Told},
    platform::{Ses, Use},
    price,
    table::Table,
};

/// The urgent lane's concurrency in `template.yaml`.
pub(crate) const SENDERS: usize = SENDERS_IN_LANE;
/// Mails per second: so many that no sender ever waits for its beat.
pub(crate) const UNLIMITED: u32 = 1_000_000;

pub(crate) async fn measure(occasion: Occasion, audiences: &[u32]) -> Result<()> {
    let what = match occasion {
        Occasion::Outage => "An outage",
        Occasion::Start => "A reminder",
        Occasion::Mailing => "A mailing",
    };
    let mut costs = Table::new(&[
        "people",
        "pages",
        "requests",
        "read units",
        "write units",
        "refused writes",
        "USD a million",
    ]);
    let mut speeds = Table::new(&[
        "people",
        "a second",
        "a CPU second",
        "sender µs",
        "dispatch µs",
        "sender MB",
        "dispatch MB",
        "check MB",
        "stand-ins µs",
    ]);
    let mut last = None;
    for &people in audiences {
        let told = Pipeline::start(SENDERS, UNLIMITED, Ses::default())
            .await?
            .tell(people, occasion)
            .await?;
        let each = f64::from(people);
        let sum = total(&told);
        costs.row([
            people.to_string(),
            told.pages.to_string(),
            format!("{:.3}", sum.requests / each),
            format!("{:.3}", sum.read / each),
            format!("{:.3}", sum.write / each),
            format!("{:.0}", sum.refused),
            format!("{:.2}", price::of_a_million(&told.uses, each)),
        ]);
        speeds.row(speed(&told, each));
        last = Some((told, each));
    }
    costs.print(&format!(
        "{what}, for each person told: planned, claimed, sent, recorded, counted"
    ));
    speeds.print("Speed for each person told, and peak memory");
    if let Some((told, each)) = last {
        by_operation(&told.uses, each);
    }
    Ok(())
}

fn total(told: &Told) -> Use {
    let mut sum = Use::default();
    for used in told.uses.values() {
        sum += *used;
    }
    sum
}

fn speed(told: &Told, each: f64) -> Vec<String> {
    let micros = |cpu: std::time::Duration| format!("{:.0}", cpu.as_secs_f64() * 1e6 / each);
    let cpu: f64 = told.fleets.iter().map(|cost| cost.cpu.as_secs_f64()).sum();
    let of = |name: &str| told.fleets.iter().find(|cost| cost.name == name);
    let time = |name| of(name).map(|cost| micros(cost.cpu)).unwrap_or_default();
    let peak = |name| {
        of(name)
            .map(|cost| format!("{:.1}", cost.peak))
            .unwrap_or_default()
    };
    vec![
        format!("{each}"),
        format!("{:.0}", each / told.elapsed.as_secs_f64()),
        format!("{:.0}", each / cpu),
        time("email-sender"),
        time("mailing-dispatch"),
        peak("email-sender"),
        peak("mailing-dispatch"),
        peak("power-check"),
        micros(told.own_cpu),
    ]
}

fn by_operation(uses: &BTreeMap<(String, String), Use>, each: f64) {
    let mut table = Table::new(&[
        "function",
        "operation",
        "requests",
        "read units",
        "write units",
        "refused writes",
    ]);
    for ((function, operation), used) in uses {
        table.row([
            function.clone(),
            operation.clone(),
            format!("{}", used.requests),
            format!("{:.4}", used.read / each),
            format!("{:.4}", used.write / each),
            format!("{}", used.refused),
        ]);
    }
    table.print(&format!(
        "The requests of the notice to {each}, in all, and their units for each person"
    ));
}
