use jiff::{
    RoundMode, Timestamp, Unit, Zoned, ZonedRound,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use crate::Invalid;

/// An IANA time zone that this build knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The longest name accepted; the longest one in the IANA database has 32 characters.
    pub const MAX_LENGTH: usize = 64;

    /// Coordinated universal time, for people who have not said where they live.
    #[must_use]
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// Reads an IANA name; letter case is forgiven and the canonical spelling kept.
    ///
    /// # Errors
    /// When the IANA database has no such zone. An offset is not a zone.
    pub fn parse(name: &str) -> Result<Self, Invalid> {
        let unknown = || Invalid::because("Must be an IANA time zone such as Asia/Jakarta.");
        if name.len() > Self::MAX_LENGTH {
            return Err(unknown());
        }
        let zone = TimeZone::get(name).map_err(|_| unknown())?;
        zone.iana_name().ok_or_else(unknown)?;
        Ok(Self(zone))
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// What the clocks of this zone show at `instant`.
    #[must_use]
    pub fn local(&self, instant: Timestamp) -> Zoned {
        instant.to_zoned(self.0.clone())
    }

    /// When a day begins, which is not midnight where the clocks leave midnight out; `None` beyond all calendars.
    #[must_use]
    pub fn day_start(&self, date: Date) -> Option<Timestamp> {
        let noon = date.at(12, 0, 0, 0).to_zoned(self.0.clone()).ok()?;
        Some(noon.start_of_day().ok()?.timestamp())
    }

    /// When the clocks last showed a full hour.
    #[must_use]
    pub fn hour_start(&self, instant: Timestamp) -> Timestamp {
        let round = ZonedRound::new().smallest(Unit::Hour).mode(RoundMode::Trunc);
        let rounded = self.local(instant).round(round);
        rounded.map_or(instant, |hour| hour.timestamp())
    }

    /// The moment at which the clocks of this zone show `local`; where they skip it or show it twice, as they stood before.
    /// Nothing at the ends of time.
    #[must_use]
    pub fn at(&self, local: DateTime) -> Option<Zoned> {
        self.0.to_zoned(local).ok()
    }

    /// When after `instant` the clocks of this zone are next changed, if ever: put forward or back, or merely called
    /// summer time.
    #[must_use]
    pub fn next_change(&self, instant: Timestamp) -> Option<Timestamp> {
        self.0.following(instant).next().map(|change| change.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iana_name_is_taken_in_its_canonical_spelling() {
        assert_eq!(Zone::parse("asia/jakarta").unwrap().name(), "Asia/Jakarta");
        assert_eq!(Zone::parse("UTC").unwrap(), Zone::utc());
    }

    #[test]
    fn offsets_paths_and_inventions_are_refused() {
        for name in ["+07:00", "../etc/passwd", "Asia/Atlantis", "", "Asia/Jakarta\n"] {
            assert!(Zone::parse(name).is_err(), "{name:?} was taken for a zone");
        }
    }
}
