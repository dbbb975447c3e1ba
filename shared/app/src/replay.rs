//! The world as it was when a request with an idempotency key was first tried.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use jiff::Timestamp;
use kabar_domain::World;
use sha2::{Digest, Sha256};

/// Draws the same ids and salts, at the same time, whenever it is made from the same seed: a second try of a request
/// whose first one died makes the very same things, and finds them made.
pub struct Replay {
    seed: String,
    at: Timestamp,
    drawn: AtomicU64,
}

impl Replay {
    /// The world of this seed and time.
    #[must_use]
    pub fn of(seed: String, at: Timestamp) -> Arc<dyn World> {
        Arc::new(Self {
            seed,
            at,
            drawn: AtomicU64::new(0),
        })
    }
}

impl World for Replay {
    fn now(&self) -> Timestamp {
        self.at
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let n = self.drawn.fetch_add(1, Ordering::Relaxed);
            let block = Sha256::new()
                .chain_update(&self.seed)
                .chain_update(n.to_be_bytes())
                .finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}
