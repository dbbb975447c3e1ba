use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kabar_domain::World;

/// A world whose clock stands still until it is moved, and whose chance repeats with its seed.
#[derive(Debug)]
pub struct StillWorld(Mutex<State>);

#[derive(Debug)]
struct State {
    now: Timestamp,
    drawn: u64,
}

impl StillWorld {
    /// A world at this moment, with this seed.
    #[must_use]
    pub fn new(now: Timestamp, seed: u64) -> Self {
        Self(Mutex::new(State { now, drawn: seed }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the clock on.
    pub fn pass(&self, time: SignedDuration) {
        self.state().now += time;
    }

    /// Moves the clock on by so many seconds.
    pub fn pass_seconds(&self, seconds: i64) {
        self.pass(SignedDuration::from_secs(seconds));
    }

    /// Sets the clock, backwards too.
    pub fn set(&self, now: Timestamp) {
        self.state().now = now;
    }

    /// A number below `bound`.
    #[must_use]
    pub fn below(&self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(splitmix(&mut self.state().drawn) % bound).unwrap_or_default()
    }
}

impl World for StillWorld {
    fn now(&self) -> Timestamp {
        self.state().now
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        let mut state = self.state();
        for chunk in bytes.chunks_mut(8) {
            let drawn = splitmix(&mut state.drawn).to_le_bytes();
            chunk.copy_from_slice(&drawn[..chunk.len()]);
        }
    }
}

/// `SplitMix64`: short, and good enough to tell ids apart.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
