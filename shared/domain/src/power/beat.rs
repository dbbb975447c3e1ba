use jiff::Timestamp;

/// What a device says when it calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// That it lives, on mains power.
    Alive,
    /// Outright, that there is power.
    On,
    /// Outright, that there is none.
    Off,
}

impl Says {
    /// Its name in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

/// What was last heard of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// When, by our clock.
    pub at: Timestamp,
    /// What it said.
    pub says: Says,
    /// Since when it has been saying that there is power, without a silence that was noticed.
    pub on_since: Option<Timestamp>,
}

/// When our own intake of beats is known to have been well, without a gap: silence counts only in that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intake {
    /// From when.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
}
