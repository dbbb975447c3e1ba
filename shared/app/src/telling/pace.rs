use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{World, news::Lane, power::Channel};
use kabar_store::{Result, notices::Notices};
use tokio::{sync::Mutex, time::sleep};

/// How many messages a sender takes time for at once, and no more than go in a second: a write for each of them would be
/// dear, and others wait while it sends them.
const AT_ONCE: f64 = 16.0;
/// The part of the rate that is used: a provider counts by its own clock, and messages do not all take the same time to
/// get there.
const USED: f64 = 0.98;
/// How far ahead time may be taken for what is urgent: as much as all senders together take.
const URGENT_AHEAD: SignedDuration = SignedDuration::from_mins(1);
/// How far ahead time may be taken for what can wait: hardly at all, so that whoever is urgent goes first.
const BULK_AHEAD: SignedDuration = SignedDuration::from_millis(100);
/// How long to wait when those who are urgent have taken all there is.
const WAIT: Duration = Duration::from_millis(250);
/// A beat that is missed by this is lost: made up for, it would be one too many in somebody else's stretch.
const OVERDUE: SignedDuration = SignedDuration::from_millis(100);

/// Keeps all senders of a channel together to the rate that its provider grants: an even beat, which any of them can have whole
/// while no other needs it, and what is urgent first.
pub struct Pace {
    channel: Channel,
    notices: Notices,
    world: Arc<dyn World>,
    interval: SignedDuration,
    at_once: u32,
    taken: Mutex<Stretch>,
}

/// What a sender has taken and not used.
#[derive(Clone, Copy)]
struct Stretch {
    next: Timestamp,
    left: u32,
}

impl Pace {
    /// A pace for a channel whose provider grants so many messages per second.
    #[must_use]
    pub fn per_second(channel: Channel, rate: f64, notices: Notices, world: Arc<dyn World>) -> Self {
        let taken = Stretch {
            next: world.now(),
            left: 0,
        };
        Self {
            channel,
            notices,
            world,
            at_once: rate.clamp(1.0, AT_ONCE) as u32,
            interval: SignedDuration::from_secs(1).mul_f64(1.0 / (rate * USED).max(0.001)),
            taken: Mutex::new(taken),
        }
    }

    /// Waits for the next beat. `false`: there is none before `stop`, when the sender has to be done. `more`: for how
    /// many messages it has use, this one included; time that it takes and does not use is lost to all.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn beat(&self, lane: Lane, more: u32, stop: Timestamp) -> Result<bool> {
        let Some(beat) = self.next(lane, more, stop).await? else {
            return Ok(false);
        };
        let wait = beat.duration_since(self.world.now());
        // A timer ticks in milliseconds: a fast beat must not be rounded up to them.
        if wait > SignedDuration::ZERO {
            sleep(wait.unsigned_abs()).await;
        }
        Ok(true)
    }

    /// The next beat that this sender has or takes; nothing when there is none before `stop`.
    async fn next(&self, lane: Lane, more: u32, stop: Timestamp) -> Result<Option<Timestamp>> {
        let mut taken = self.taken.lock().await;
        loop {
            let now = self.world.now();
            while taken.left > 0 {
                let beat = taken.next;
                if beat >= stop {
                    return Ok(None);
                }
                taken.next = beat + self.interval;
                taken.left -= 1;
                if now.duration_since(beat) <= OVERDUE {
                    return Ok(Some(beat));
                }
            }
            let ahead = match lane {
                Lane::Urgent | Lane::Telegram => URGENT_AHEAD,
                Lane::Bulk | Lane::Sms => BULK_AHEAD,
            };
            if now >= stop {
                return Ok(None);
            }
            let left = more.clamp(1, self.at_once);
            let length = self.interval * i32::try_from(left).unwrap_or(1);
            let latest = (now + ahead).min(stop);
            match self.notices.take_time(self.channel, now, length, latest).await? {
                Some(next) => *taken = Stretch { next, left },
                None => sleep(WAIT).await,
            }
        }
    }
}
