use jiff::Timestamp;

/// A time without power: whole seconds from its start, up to and without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// When it began.
    pub start: Timestamp,
    /// When it ended, or up to when it is looked at.
    pub end: Timestamp,
}

impl Cut {
    /// How long it lasted, in seconds. What parts of it last adds up to this.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        seconds(self.start, self.end)
    }

    /// Its part from one instant to another; `None` when it has none there.
    #[must_use]
    pub fn within(&self, from: Timestamp, to: Timestamp) -> Option<Self> {
        let (start, end) = (self.start.max(from), self.end.min(to));
        (start < end).then_some(Self { start, end })
    }
}

/// Whole seconds from one instant to another, none if that is before it. What parts of a time last adds up to what it lasts.
pub(super) fn seconds(from: Timestamp, to: Timestamp) -> u64 {
    let seconds = to.as_second().saturating_sub(from.as_second());
    u64::try_from(seconds).unwrap_or_default()
}

/// What cuts came to in a time, or what of it was counted so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Seconds without power.
    pub off_seconds: u64,
    /// Cuts that began.
    pub outages: u32,
    /// How long those lasted that began, in seconds, also beyond this time.
    pub lasted: u64,
    /// How long the longest of those lasted, in seconds.
    pub longest: u64,
}

impl Figures {
    /// Adds the figures of another time.
    pub fn add(&mut self, other: &Self) {
        self.off_seconds += other.off_seconds;
        self.outages += other.outages;
        self.lasted += other.lasted;
        self.longest = self.longest.max(other.longest);
    }

    /// How long a cut lasted on average, in seconds; `None` when none began.
    #[must_use]
    pub fn mean(&self) -> Option<u64> {
        self.lasted.checked_div(u64::from(self.outages))
    }

    /// What a cut adds to the time from one instant to another.
    pub(super) fn of(cut: &Cut, from: Timestamp, to: Timestamp) -> Self {
        let mut figures = Self {
            off_seconds: cut.within(from, to).as_ref().map_or(0, Cut::seconds),
            ..Self::default()
        };
        if from <= cut.start && cut.start < to {
            (figures.outages, figures.lasted, figures.longest) = (1, cut.seconds(), cut.seconds());
        }
        figures
    }
}

/// A time between two instants, and what cuts came to in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// What cuts came to.
    pub figures: Figures,
}

/// Buckets between these starts, the last up to `end`, into which nothing has been counted.
#[must_use]
pub fn buckets(starts: &[Timestamp], end: Timestamp) -> Vec<Bucket> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| Bucket {
            start: *start,
            end,
            figures: Figures::default(),
        })
        .collect()
}

/// Counts a cut in the buckets that it touches.
pub fn count(buckets: &mut [Bucket], cut: &Cut) {
    let first = buckets.partition_point(|bucket| bucket.end <= cut.start);
    let touched = buckets.iter_mut().skip(first);
    for bucket in touched.take_while(|bucket| bucket.start < cut.end || bucket.start <= cut.start) {
        bucket.figures.add(&Figures::of(cut, bucket.start, bucket.end));
    }
}

/// What all buckets come to.
#[must_use]
pub fn total(buckets: &[Bucket]) -> Figures {
    let mut total = Figures::default();
    for bucket in buckets {
        total.add(&bucket.figures);
    }
    total
}
