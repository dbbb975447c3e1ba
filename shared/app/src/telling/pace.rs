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
        Self { interval: Duration::from_secs_f64(1.0 / rate.max(0.001)), next: Mutex::new(None) }
    }

    /// Waits for the next beat.
    pub async fn beat(&self) {
        let beat = {
            let now = Instant::now();
            let mut next = self.next.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
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
