use jiff::Timestamp;

/// What a rule may not reach for by itself: the time, and chance.
///
/// Functions run in the real world (`kabar_kit`), tests in one that stands still (`kabar_testkit`).
pub trait World: Send + Sync {
    /// The time now, in UTC.
    fn now(&self) -> Timestamp;

    /// Fills `bytes` with unpredictable ones.
    fn fill_random(&self, bytes: &mut [u8]);

    /// A number in `0.0..1.0`, to spread retries.
    fn fraction(&self) -> f64 {
        let mut bytes = [0; 4];
        self.fill_random(&mut bytes);
        f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
    }
}
