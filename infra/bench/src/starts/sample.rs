use std::time::Instant;

use super::Subject;
use crate::{
    failure::Result,
    platform::{Aws, Process, RuntimeApi, unexpected},
};

/// Invocations after the first one.
pub(super) const WARM: u32 = 100;

/// One start, in microseconds and megabytes.
pub(super) struct Sample {
    /// From exec to the question for the first event.
    pub(super) ready: f64,
    pub(super) ready_cpu: f64,
    /// From the first event to its answer.
    pub(super) first: f64,
    pub(super) first_cpu: f64,
    /// Each of the later ones.
    pub(super) warm_cpu: f64,
    /// Requests to services in each of them.
    pub(super) requests: f64,
    pub(super) peak: f64,
    pub(super) peak_after_login: Option<f64>,
}

/// Starts a process, asks it often, and ends it. In each round somebody else logs in, from another address: who guesses too
/// often is refused before a password is hashed.
pub(super) async fn take(subject: &Subject, aws: &Aws, round: u32) -> Result<Sample> {
    let mut runtime = RuntimeApi::start().await?;
    let settings = aws.settings(subject.name, 1_000);
    let process = Process::start(&subject.program, &runtime, &settings)?;
    let asked = runtime.asked().await?;
    let ready_cpu = process.cpu()?;

    let first = ask(&mut runtime, subject.event.as_slice(), subject.answer).await?;
    let first_cpu = process.cpu()?;
    aws.outside.meter.take();
    for _ in 0..WARM {
        ask(&mut runtime, subject.event.as_slice(), subject.answer).await?;
    }
    let warm_cpu = process.cpu()?;
    let requests = aws
        .outside
        .meter
        .take()
        .values()
        .fold(0.0, |sum, used| sum + used.requests);
    let peak = process.peak()?;
    let peak_after_login = match subject.login {
        Some(login) => {
            let [.., high, low] = round.to_be_bytes();
            let login = login
                .replace("192.0.2.10", &format!("10.0.{high}.{low}"))
                .replace("ayu", &format!("ayu{round}"));
            ask(&mut runtime, login.as_bytes(), "\"statusCode\":401").await?;
            Some(process.peak()?)
        }
        None => None,
    };
    let micros = |from: Instant, to: Instant| to.duration_since(from).as_secs_f64() * 1e6;
    let sample = Sample {
        ready: micros(process.begun, asked),
        ready_cpu: ready_cpu.as_secs_f64() * 1e6,
        first,
        first_cpu: (first_cpu - ready_cpu).as_secs_f64() * 1e6,
        warm_cpu: (warm_cpu - first_cpu).as_secs_f64() * 1e6 / f64::from(WARM),
        requests: requests / f64::from(WARM),
        peak,
        peak_after_login,
    };
    process.end().await?;
    Ok(sample)
}

/// One event; how long its answer took, in microseconds.
async fn ask(runtime: &mut RuntimeApi, event: &[u8], expected: &str) -> Result<f64> {
    let sent = runtime.send(event)?;
    let (at, answer) = runtime.answered().await?;
    if !String::from_utf8_lossy(&answer).contains(expected) {
        return Err(unexpected(&answer));
    }
    runtime.asked().await?;
    Ok(at.duration_since(sent).as_secs_f64() * 1e6)
}

/// The middle one.
pub(super) fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
