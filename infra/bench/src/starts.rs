//! How each function starts and answers, beside the least that a function can be.

mod sample;
mod subject;

use crate::{
    failure::Result,
    platform::{Aws, Queues, Ses},
    table::Table,
};

use sample::{Sample, median};
use subject::Subject;

pub(crate) async fn measure(runs: u32) -> Result<()> {
    let aws = Aws::start(Queues::default(), Ses::default()).await?;
    let subjects = subject::first(usize::MAX, &aws).await?;
    let mut samples: Vec<Vec<Sample>> = subjects.iter().map(|_| Vec::new()).collect();
    // In turn, so that what else the machine does meets all of them alike; the first round is not counted.
    for round in 0..=runs {
        for (subject, samples) in subjects.iter().zip(&mut samples) {
            let sample = sample::take(subject, &aws, round).await?;
            if round > 0 {
                samples.push(sample);
            }
        }
    }
    let rows: Vec<Row> = subjects
        .iter()
        .zip(&samples)
        .map(|(subject, samples)| Row::new(subject, samples))
        .collect();
    if let [hello, hello_table, ..] = rows.as_slice() {
        print(&rows, hello, hello_table, runs);
    }
    Ok(())
}

/// The CPU time of a call to a service, in microseconds: what a function that makes one has more than one that makes
/// none.
pub(crate) async fn call_cost(aws: &Aws, rounds: u32) -> Result<f64> {
    let subjects = subject::first(2, aws).await?;
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        for (subject, costs) in subjects.iter().zip([&mut without, &mut with]) {
            costs.push(sample::take(subject, aws, round).await?.warm_cpu);
        }
    }
    Ok(median(with.into_iter()) - median(without.into_iter()))
}

/// Medians, in microseconds and megabytes.
struct Row<'s> {
    subject: &'s Subject,
    ready: f64,
    ready_cpu: f64,
    first: f64,
    first_cpu: f64,
    warm_cpu: f64,
    requests: f64,
    peak: f64,
    peak_after_login: Option<f64>,
}

impl<'s> Row<'s> {
    fn new(subject: &'s Subject, samples: &[Sample]) -> Self {
        let of = |figure: fn(&Sample) -> f64| median(samples.iter().map(figure));
        let logins: Vec<f64> = samples
            .iter()
            .filter_map(|sample| sample.peak_after_login)
            .collect();
        Self {
            subject,
            ready: of(|sample| sample.ready),
            ready_cpu: of(|sample| sample.ready_cpu),
            first: of(|sample| sample.first),
            first_cpu: of(|sample| sample.first_cpu),
            warm_cpu: of(|sample| sample.warm_cpu),
            requests: of(|sample| sample.requests),
            peak: of(|sample| sample.peak),
            peak_after_login: (!logins.is_empty()).then(|| median(logins.into_iter())),
        }
    }
}

fn print(rows: &[Row<'_>], hello: &Row<'_>, hello_table: &Row<'_>, runs: u32) {
    let mut cold = Table::new(&[
        "function",
        "MB",
        "gzip MB",
        "ready ms",
        "× hello",
        "ready CPU ms",
        "× hello",
        "first ms",
        "× hello-table",
        "beyond warm, calls",
    ]);
    let mut warm = Table::new(&[
        "function",
        "warm CPU µs",
        "× hello",
        "requests",
        "own µs",
        "peak MB",
        "peak MB after a login",
    ]);
    let call = hello_table.warm_cpu - hello.warm_cpu;
    for row in rows {
        let (bytes, zipped) = row.subject.size;
        cold.row([
            row.subject.name.to_owned(),
            format!("{:.2}", bytes / 1e6),
            format!("{:.2}", zipped / 1e6),
            format!("{:.2}", row.ready / 1e3),
            format!("{:.2}", row.ready / hello.ready),
            format!("{:.2}", row.ready_cpu / 1e3),
            format!("{:.2}", row.ready_cpu / hello.ready_cpu),
            format!("{:.2}", row.first / 1e3),
            format!("{:.2}", row.first / hello_table.first),
            format!("{:.1}", (row.first_cpu - row.warm_cpu) / call),
        ]);
        warm.row([
            row.subject.name.to_owned(),
            format!("{:.0}", row.warm_cpu),
            format!("{:.1}", row.warm_cpu / hello.warm_cpu),
            format!("{:.0}", row.requests),
            format!("{:.0}", row.warm_cpu - row.requests * call),
            format!("{:.1}", row.peak),
            row.peak_after_login
                .map(|peak| format!("{peak:.1}"))
                .unwrap_or_default(),
        ]);
    }
    cold.print(&format!(
        "Cold: exec to ready and the first answer, median of {runs} starts each"
    ));
    warm.print(&format!(
        "Warm: each of {} invocations; a call costs {call:.0} µs here",
        sample::WARM
    ));
}
