use std::collections::BTreeMap;

use super::Status;

/// How many messages have come to which end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages by status.
    pub by_status: BTreeMap<Status, u32>,
    /// Messages sent again because nobody can know whether the provider had already taken them.
    pub in_doubt: u32,
}

impl Tally {
    /// Counts one message.
    pub fn add(&mut self, status: Status, in_doubt: bool) {
        *self.by_status.entry(status).or_default() += 1;
        self.in_doubt += u32::from(in_doubt);
    }

    /// How many have this status.
    #[must_use]
    pub fn count(&self, status: Status) -> u32 {
        self.by_status.get(&status).copied().unwrap_or_default()
    }

    /// How many were counted.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.by_status.values().sum()
    }

    /// How many people were told: the provider took the message, whatever came of it afterwards.
    #[must_use]
    pub fn told(&self) -> u32 {
        [
            Status::Sent,
            Status::Delivered,
            Status::Bounced,
            Status::Complained,
        ]
        .map(|s| self.count(s))
        .iter()
        .sum()
    }
}
