use std::{sync::Mutex, time::Duration};

use tokio::time::{Instant, sleep_until};

/// Keeps one sender to its share of the rate that SES grants the account: a steady beat, without bursts.
#[derive(Debug)]
pub struct Pace {
    interval: Duration,
    next: Mutex<Option<Instant>>,
}

impl Pace {
    /// A pace of so many mails per second.
    #[must_use]
    pub fn per_second(rate: f64) -> Self {
        Self {
            interval: Duration::from_secs_f64(1.0 / rate.max(0.001)),
            next: Mutex::new(None),
        }
    }

    /// Waits for the next beat.
    pub async fn beat(&self) {
        let beat = {
            let now = Instant::now();
            let mut next = self
                .next
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            let beat = next.map_or(now, |next| next.max(now));
            *next = Some(beat + self.interval);
            beat
        };
        // A timer ticks in milliseconds: a fast beat must not be rounded up to them.
        if beat > Instant::now() {
            sleep_until(beat).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn beats_are_evenly_apart_and_what_was_missed_is_not_made_up_for() {
        let pace = Pace::per_second(10.0);
        let start = Instant::now();
        let mut beats = Vec::new();
        for n in 0..6 {
            if n == 3 {
                tokio::time::advance(Duration::from_secs(5)).await;
            }
            pace.beat().await;
            beats.push(start.elapsed().as_millis());
        }
        assert_eq!(beats, [0, 100, 200, 5_200, 5_300, 5_400]);
    }
}
