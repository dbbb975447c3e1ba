use jiff::Timestamp;

use super::{Cause, Home, OutageKey, Power, Region, Verdict, Word};

/// What a check of a region or a home found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing that anybody has to be told.
    Quiet {
        /// What was decided.
        status: Power,
        /// Since when it is so.
        since: Timestamp,
    },
    /// The power went.
    Open {
        /// When it went.
        started_at: Timestamp,
    },
    /// The power came back.
    Close {
        /// When it came.
        ended_at: Timestamp,
    },
}

impl Change {
    /// What was decided, and since when it is so.
    #[must_use]
    pub const fn comes_to(self) -> (Power, Timestamp) {
        match self {
            Self::Quiet { status, since } => (status, since),
            Self::Open { started_at } => (Power::Off, started_at),
            Self::Close { ended_at } => (Power::On, ended_at),
        }
    }
}

/// Decides what became of a region: the operator's word, else what its homes say. Also says who decided.
///
/// An outage opens when the decision is *off* and none is open, and closes when it is *on*. *Unknown* does
/// neither: not knowing is no evidence that the power is back. Nothing begins before what it ends did, though the word of a
/// home comes late: the cuts of a region never overlap.
#[must_use]
pub fn check(region: &Region) -> (Change, Cause) {
    let (decided, since, cause) = match region.word {
        Word::On => (Power::On, region.word_at, Cause::Operator),
        Word::Off => (Power::Off, region.word_at, Cause::Operator),
        Word::Auto => (
            region.homes.power(),
            region.homes_at.max(region.word_at),
            Cause::Homes,
        ),
    };
    let since = if decided == region.status {
        region.since
    } else {
        since.max(region.since)
    };
    (change(decided, since, region.outage), cause)
}

/// What a verdict on a home makes of it, by the same rule.
#[must_use]
pub fn check_home(home: &Home, verdict: &Verdict) -> Change {
    change(verdict.status, verdict.since, home.outage)
}

fn change(status: Power, since: Timestamp, open: Option<OutageKey>) -> Change {
    match (status, open) {
        (Power::Off, None) => Change::Open { started_at: since },
        (Power::On, Some(outage)) => Change::Close {
            ended_at: since.max(outage.started_at),
        },
        _ => Change::Quiet { status, since },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Zone,
        ids::{OutageId, RegionId},
        power::{HomeTally, Place},
    };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn region(word: Word, homes: HomeTally, is_cut: bool) -> Region {
        let id = RegionId::from_bytes([1; 16]);
        let mut region = Region::new(id, "Bandung".into(), Zone::utc(), None, at(0));
        region.say(word, at(100));
        region.homes = homes;
        region.homes_at = at(160);
        region.outage = is_cut.then(|| OutageKey {
            place: Place::Region(id),
            started_at: at(50),
            id: OutageId::from_bytes([2; 16]),
        });
        region
    }

    const DARK: HomeTally = HomeTally {
        on: 1,
        off: 1,
        unknown: 7,
    };
    const LIT: HomeTally = HomeTally {
        on: 2,
        off: 1,
        unknown: 0,
    };
    const SILENT: HomeTally = HomeTally {
        on: 0,
        off: 0,
        unknown: 3,
    };

    #[test]
    fn the_operators_word_outranks_the_homes() {
        assert_eq!(
            check(&region(Word::Off, LIT, false)).0,
            Change::Open { started_at: at(100) }
        );
        assert_eq!(
            check(&region(Word::On, DARK, true)).0,
            Change::Close { ended_at: at(100) }
        );
    }

    #[test]
    fn without_a_word_half_of_the_known_homes_decide() {
        assert_eq!(
            check(&region(Word::Auto, DARK, false)).0,
            Change::Open { started_at: at(160) }
        );
        assert_eq!(
            check(&region(Word::Auto, LIT, true)).0,
            Change::Close { ended_at: at(160) }
        );
    }

    #[test]
    fn an_open_outage_opens_no_other_and_silence_closes_none() {
        for region in [region(Word::Off, LIT, true), region(Word::Auto, SILENT, true)] {
            assert!(matches!(check(&region).0, Change::Quiet { .. }));
        }
    }

    #[test]
    fn what_a_home_says_late_begins_nothing_before_the_last_cut_was_over() {
        let mut region = region(Word::Auto, DARK, false);
        region.status = Power::On;
        region.since = at(200);
        assert_eq!(check(&region).0, Change::Open { started_at: at(200) });
    }

    #[test]
    fn an_outage_never_ends_before_it_began() {
        let mut region = region(Word::On, LIT, true);
        region.word_at = at(10);
        assert_eq!(check(&region).0, Change::Close { ended_at: at(50) });
    }
}
