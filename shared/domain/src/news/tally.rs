use std::collections::BTreeMap;

use super::Status;

/// How many messages stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages by status; none are left out.
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

    /// Counts one message elsewhere than before.
    pub fn move_one(&mut self, from: Status, to: Status) {
        if let Some(count) = self.by_status.get_mut(&from) {
            *count = count.saturating_sub(1);
        }
        self.by_status.retain(|_, count| *count > 0);
        self.add_all(to, 1);
    }

    /// Takes a part of it out and puts another one in its place.
    pub fn replace(&mut self, part: &Self, by: &Self) {
        let (by_status, in_doubt) = by.since(part);
        for (status, more) in by_status {
            let count = i64::from(self.count(status)) + more;
            self.by_status
                .insert(status, u32::try_from(count).unwrap_or_default());
        }
        self.by_status.retain(|_, count| *count > 0);
        let in_doubt = i64::from(self.in_doubt) + in_doubt;
        self.in_doubt = u32::try_from(in_doubt).unwrap_or_default();
    }

    /// How many have this status.
    #[must_use]
    pub fn count(&self, status: Status) -> u32 {
        self.by_status.get(&status).copied().unwrap_or_default()
    }

    /// Counts so many messages that stand in the same place.
    pub fn add_all(&mut self, status: Status, count: u32) {
        if count > 0 {
            *self.by_status.entry(status).or_default() += count;
        }
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.by_status.values().sum()
    }

    /// How many have come to an end.
    #[must_use]
    pub fn ended(&self) -> u32 {
        let ended = self.by_status.iter().filter(|(status, _)| status.is_terminal());
        ended.map(|(_, count)| count).sum()
    }

    /// What has to be added to `before` to make this of it, by status, and how many more are in doubt.
    #[must_use]
    pub fn since(&self, before: &Self) -> (BTreeMap<Status, i64>, i64) {
        let mut more = BTreeMap::new();
        for (status, count) in &self.by_status {
            *more.entry(*status).or_default() += i64::from(*count);
        }
        for (status, count) in &before.by_status {
            *more.entry(*status).or_default() -= i64::from(*count);
        }
        more.retain(|_, count| *count != 0);
        (more, i64::from(self.in_doubt) - i64::from(before.in_doubt))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(counts: &[(Status, u32)]) -> Tally {
        let mut tally = Tally::default();
        for (status, count) in counts {
            tally.add_all(*status, *count);
        }
        tally
    }

    #[test]
    fn what_has_ended_is_a_part_of_all_there_is() {
        let tally = tally(&[
            (Status::Sent, 3),
            (Status::Error, 2),
            (Status::Expired, 1),
            (Status::Failed, 0),
        ]);
        assert_eq!((tally.total(), tally.ended(), tally.told()), (6, 4, 3));
        assert_eq!(tally.by_status.len(), 3, "what is not there is left out");
    }

    #[test]
    fn a_difference_names_what_came_and_what_went() {
        let before = tally(&[(Status::Waiting, 5), (Status::Error, 1)]);
        let after = Tally {
            in_doubt: 1,
            ..tally(&[(Status::Sent, 5), (Status::Error, 1)])
        };
        let more = BTreeMap::from([(Status::Waiting, -5), (Status::Sent, 5)]);
        assert_eq!(after.since(&before), (more, 1));
    }
}
