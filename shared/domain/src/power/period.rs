use jiff::{Timestamp, Zoned};

use crate::{Invalid, Zone};

/// How far back statistics look, up to now. It begins where a bucket does, so that all buckets but the last are whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// This hour and the 23 before it.
    Day,
    /// Today and the 6 days before.
    Week,
    /// Today and the 29 days before.
    Month,
    /// This month and the 11 before.
    Year,
}

impl Period {
    /// Every period there is.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Reads a period.
    ///
    /// # Errors
    /// When it is none of the four.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|period| period.name() == raw)
            .ok_or_else(|| Invalid::because("Must be one of 24h, 7d, 30d, 1y."))
    }

    /// Its name in a request.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "24h",
            Self::Week => "7d",
            Self::Month => "30d",
            Self::Year => "1y",
        }
    }

    /// The starts of its buckets by a zone's clocks, the oldest first; `now` is in the last one.
    #[must_use]
    pub fn starts(self, now: Timestamp, zone: &Zone) -> Vec<Timestamp> {
        let local = zone.local(now);
        let mut starts = match self {
            Self::Day => hours(zone.hour_start(now)),
            Self::Week => back(&local, 7, |day| day.yesterday()),
            Self::Month => back(&local, 30, |day| day.yesterday()),
            Self::Year => {
                let month = local.first_of_month().unwrap_or(local);
                back(&month, 12, |month| month.checked_sub(jiff::Span::new().months(1)))
            }
        };
        starts.reverse();
        starts
    }
}

/// The last 24 hours that begin at a full hour of the clock, this one first. Hours are the same length even where the
/// clock shows one twice.
fn hours(first: Timestamp) -> Vec<Timestamp> {
    (0..24)
        .filter_map(|hour| first.checked_sub(jiff::SignedDuration::from_hours(hour)).ok())
        .collect()
}

/// The starts of so many days, each before the one before it.
fn back(
    first: &Zoned,
    count: usize,
    before: impl Fn(&Zoned) -> Result<Zoned, jiff::Error>,
) -> Vec<Timestamp> {
    std::iter::successors(Some(first.clone()), |day| before(day).ok())
        .take(count)
        .filter_map(|day| day.start_of_day().ok())
        .map(|start| start.timestamp())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(period: Period, now: &str, zone: &str) -> Vec<String> {
        let zone = Zone::parse(zone).unwrap();
        let starts = period.starts(now.parse().unwrap(), &zone);
        starts
            .iter()
            .map(|start| zone.local(*start).to_string())
            .collect()
    }

    #[test]
    fn buckets_begin_where_the_clocks_of_the_place_say() {
        let hours = starts(Period::Day, "2026-11-22T09:20:00Z", "Asia/Kathmandu");
        assert_eq!(hours.len(), 24);
        assert_eq!(hours[23], "2026-11-22T15:00:00+05:45[Asia/Kathmandu]");
        let days = starts(Period::Week, "2026-03-30T00:30:00Z", "Europe/Berlin");
        assert_eq!(days[0], "2026-03-24T00:00:00+01:00[Europe/Berlin]");
        assert_eq!(days[6], "2026-03-30T00:00:00+02:00[Europe/Berlin]");
        let months = starts(Period::Year, "2026-11-30T17:30:00Z", "Asia/Jakarta");
        assert_eq!(months.len(), 12);
        assert_eq!(months[0], "2026-01-01T00:00:00+07:00[Asia/Jakarta]");
        assert_eq!(months[11], "2026-12-01T00:00:00+07:00[Asia/Jakarta]");
    }

    #[test]
    fn a_day_that_has_no_midnight_begins_when_it_begins() {
        let days = starts(Period::Week, "2026-09-08T12:00:00Z", "America/Santiago");
        assert!(
            days.contains(&"2026-09-06T01:00:00-03:00[America/Santiago]".to_owned()),
            "{days:?}"
        );
    }
}
