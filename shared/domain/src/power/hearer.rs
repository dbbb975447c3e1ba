use jiff::Timestamp;

use crate::ids::{OutageId, UserId};

/// That a person hears from a home of theirs how it stands there, so that its region need not tell them as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hearer {
    /// Who.
    pub user: UserId,
    /// When the notice of the home's own outage was written, if it had one: one that began while its region had none.
    pub from: Option<Timestamp>,
    /// When the notice of its end was written.
    pub until: Option<Timestamp>,
    /// The region's outage within which they were told that their home is dark, for the region's news had not reached
    /// them.
    pub within: Option<OutageId>,
}

impl Hearer {
    /// Whether they hear from the home of a region's outage, of which the region's news was written at `told_at`: they
    /// had heard by then and knew of no end, or the home told them in its course.
    #[must_use]
    pub fn hears_of(&self, outage: OutageId, told_at: Timestamp) -> bool {
        let had_heard = self.from.is_some_and(|from| from <= told_at);
        let was_dark = self.until.is_none_or(|until| until > told_at);
        had_heard && was_dark || self.within == Some(outage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTAGE: OutageId = OutageId::from_bytes([1; 16]);

    fn hears(from: Option<i64>, until: Option<i64>, within: Option<OutageId>) -> bool {
        let at = |second| Timestamp::from_second(second).unwrap();
        let hearer = Hearer {
            user: UserId::from_bytes([2; 16]),
            from: from.map(at),
            until: until.map(at),
            within,
        };
        hearer.hears_of(OUTAGE, at(100))
    }

    #[test]
    fn whose_home_was_dark_when_the_region_was_told_hears_from_it() {
        assert!(hears(Some(100), None, None) && hears(Some(50), Some(101), None));
        assert!(!hears(Some(101), None, None), "the region was first");
        assert!(!hears(Some(50), Some(100), None), "it was over");
        assert!(!hears(None, None, None) && !hears(None, Some(101), None));
    }

    #[test]
    fn who_was_told_by_the_home_within_the_outage_hears_of_that_one_from_it() {
        assert!(hears(None, None, Some(OUTAGE)));
        assert!(hears(Some(10), Some(20), Some(OUTAGE)), "it went dark again");
        assert!(!hears(None, None, Some(OutageId::from_bytes([3; 16]))));
    }
}
