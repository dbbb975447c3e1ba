use jiff::Timestamp;
use kabar_domain::World;

/// The real world: the machine's clock and randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemWorld;

impl World for SystemWorld {
    /// To the millisecond, as the store keeps it.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the clock"
    )]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that draws randomness"
    )]
    #[expect(
        clippy::expect_used,
        reason = "a machine without randomness can make neither ids nor secrets"
    )]
    fn fill_random(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the machine gives randomness");
    }
}
