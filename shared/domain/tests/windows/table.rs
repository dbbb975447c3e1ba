//! The window table: every hour, in every IANA zone, on the days around both changes of the clock in 2026 and 2027, held
//! against clocks that are read minute by minute.

use jiff::{SignedDuration, Timestamp, ToSpan, civil::date, tz::TimeZone};

use crate::{readings::Readings, window, zone};

const WINDOWS: [&str; 6] = [
    "08:00-22:00",
    "22:00-06:00",
    "02:30-03:15",
    "01:30-02:00",
    "00:00-00:01",
    "18:45-00:00",
];

/// From how many hours before the midnight of UTC at which the day of a change begins: the day before, by anybody's
/// clock.
const BEFORE: i64 = 36;
/// For how many hours: the day before, the day and the day after, wherever that is.
const AROUND: usize = 96;
/// For how many hours the clocks are read beyond that, so that every window opens once more: a day, and a change.
const BEYOND: usize = 30;

/// The days of 2026 and 2027, by UTC, in which a zone's clocks are changed; any day where they never are.
fn days_of_change(zone: &TimeZone) -> Vec<Timestamp> {
    let days = date(2026, 1, 1).series(1.day());
    let midnights: Vec<_> = days
        .take_while(|day| *day <= date(2028, 1, 1))
        .map(|day| day.to_zoned(TimeZone::UTC).expect("a midnight").timestamp())
        .collect();
    let is_changed = |day: &&[Timestamp]| zone.to_offset(day[0]) != zone.to_offset(day[1]);
    let changed: Vec<_> = midnights
        .windows(2)
        .filter(is_changed)
        .map(|day| day[0])
        .collect();
    if changed.is_empty() {
        vec![midnights[200]]
    } else {
        changed
    }
}

/// Holds a window to the readings: every hour, and where it opens or closes at the first and at the last instant of the
/// minute. Says how many instants that were.
fn check(name: &str, readings: &Readings, hours: &str) -> usize {
    let (zone, window, openings) = (zone(name), window(hours), readings.openings(hours));
    let is_open = |number: usize| openings[number] == Some(number);
    let is_edge =
        |number: usize| is_open(number) != is_open(number - 1) || is_open(number) != is_open(number + 1);
    let minutes = (1..AROUND * 60).filter(|number| number.is_multiple_of(60) || is_edge(*number));
    let instants = minutes.flat_map(|number| {
        let last = is_edge(number).then(|| (number, readings.last(number)));
        [(number, readings.first(number))].into_iter().chain(last)
    });
    let checked = instants.map(|(number, at)| {
        let says = || format!("{name} {hours} at {}", zone.local(at));
        assert_eq!(window.contains(at, &zone), is_open(number), "{}", says());
        let next = || readings.first(openings[number].expect("an opening"));
        let opens = if is_open(number) { at } else { next() };
        assert_eq!(window.opens(at, &zone), opens, "{}", says());
    });
    checked.count()
}

#[test]
fn every_hour_of_every_zone_around_every_change_is_as_the_clocks_show() {
    let (mut zones, mut zones_with_changes, mut checked) = (0, 0, 0);
    for name in jiff::tz::db().available() {
        let zone = TimeZone::get(name.as_str()).expect("a zone");
        let days = days_of_change(&zone);
        zones += 1;
        zones_with_changes += usize::from(days.len() > 1);
        for day in days {
            let start = day - SignedDuration::from_hours(BEFORE);
            let hours = i64::try_from(AROUND + BEYOND).expect("some days");
            let readings = Readings::new(&zone, start, hours);
            let windows = WINDOWS.iter();
            checked += windows
                .map(|hours| check(name.as_str(), &readings, hours))
                .sum::<usize>();
        }
    }
    // So that a database without zones, or a loop that never runs, is no proof.
    assert!(
        zones > 500 && zones_with_changes > 150,
        "{zones_with_changes} of {zones}"
    );
    let least = zones * WINDOWS.len() * (AROUND - 1);
    assert!(checked > least, "{checked} instants, of {least} at least");
}
