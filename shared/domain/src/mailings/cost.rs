use super::Breakdown;
use crate::{
    news::{PAGE_PEOPLE, Tally},
    power::Channel,
};

/// SES, for a thousand mails, in micro-dollars (Amazon SES pricing, outbound email from applications: $0.10).
const THOUSAND_MAILS: u64 = 100_000;
/// A million write units of DynamoDB on demand, in micro-dollars (Amazon DynamoDB pricing, us-east-1: $0.625).
const MILLION_WRITES: u64 = 625_000;
/// A million read units, in micro-dollars (the same: $0.125).
const MILLION_READS: u64 = 125_000;
/// What a message takes to be recorded, in write units: its row.
const WRITES_A_MESSAGE: u64 = 1;
/// What a turn of a page takes beside its messages, in write units: planned, let in, claimed, counted and closed, with
/// what the pace of its messages takes (`infra/bench`, `mailing`).
const WRITES_A_TURN: u64 = 40;
/// What a turn takes in read units, for a hundred people: who they are, and whom the suppression list has
/// (`infra/bench`, `mailing`).
const READS_A_TURN: u64 = 70;

/// About what a mailing has cost, at list prices of AWS, in micro-dollars. What a gateway takes for text messages is
/// between it and whoever runs Kabar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// For mail.
    pub mail: u64,
    /// For what is written and read on the way.
    pub database: u64,
}

impl Cost {
    /// What a mailing has cost by what was counted of it.
    #[must_use]
    pub fn of(channel: Channel, tally: &Tally, breakdown: &Breakdown) -> Self {
        let mails = match channel {
            Channel::Email => u64::from(tally.told() + tally.in_doubt),
            Channel::Telegram | Channel::Sms => 0,
        };
        Self::at(mails, u64::from(tally.ended()), u64::from(breakdown.turns))
    }

    /// What a mailing to so many people would cost, if each of them is told and the pages are full.
    #[must_use]
    pub const fn ahead(channel: Channel, people: u64) -> Self {
        let mails = match channel {
            Channel::Email => people,
            Channel::Telegram | Channel::Sms => 0,
        };
        Self::at(mails, people, people.div_ceil(PAGE_PEOPLE as u64))
    }

    const fn at(mails: u64, messages: u64, turns: u64) -> Self {
        let writes = messages * WRITES_A_MESSAGE + turns * WRITES_A_TURN;
        let reads = turns * READS_A_TURN;
        Self {
            mail: mails * THOUSAND_MAILS / 1_000,
            database: (writes * MILLION_WRITES + reads * MILLION_READS) / 1_000_000,
        }
    }

    /// All of it.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.mail + self.database
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Status;

    #[test]
    fn a_million_mails_cost_a_hundred_dollars_and_about_one_for_what_is_written() {
        let mut tally = Tally::default();
        tally.add_all(Status::Sent, 1_000_000);
        let breakdown = Breakdown {
            turns: 10_000,
            ..Breakdown::default()
        };
        let cost = Cost::of(Channel::Email, &tally, &breakdown);
        assert_eq!((cost.mail, cost.database), (100_000_000, 962_500));
        assert_eq!(Cost::ahead(Channel::Email, 1_000_000), cost);
        assert_eq!(Cost::ahead(Channel::Sms, 1).mail, 0);
        assert_eq!(Cost::of(Channel::Sms, &tally, &breakdown).mail, 0);
        assert_eq!(
            Cost::of(Channel::Email, &Tally::default(), &Breakdown::default()).total(),
            0
        );
    }
}
