//! Windows on days that somebody can look up.

use jiff::Timestamp;
use kabar_domain::mailings::{LocalTime, LocalWindow};

use crate::{window, zone};

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Where the clocks stand, as UTC has it, a window opens after an instant at another one.
fn check(zone_name: &str, hours: &str, at: &str, opens: &str) {
    let (zone, window) = (zone(zone_name), window(hours));
    assert_eq!(
        window.opens(instant(at), &zone).to_string(),
        opens,
        "{zone_name} {hours} after {at}"
    );
    assert_eq!(window.contains(instant(at), &zone), at == opens);
}

/// D7 of SPEC §11: an older system took the whole hour from 22:00 on for daytime.
#[test]
fn the_window_is_half_open() {
    let (zone, daytime) = (zone("Asia/Jakarta"), window("08:00-22:00"));
    for (local, is_in) in [
        ("07:59:59.999999999", false),
        ("08:00:00", true),
        ("21:59:59.999999999", true),
        ("22:00:00", false),
        ("22:00:00.000000001", false),
        ("22:30:00", false),
        ("22:59:59", false),
    ] {
        let at = instant(&format!("2026-08-01T{local}+07:00"));
        assert_eq!(daytime.contains(at, &zone), is_in, "{local}");
    }
    check(
        "Asia/Jakarta",
        "08:00-22:00",
        "2026-08-01T15:00:00Z",
        "2026-08-02T01:00:00Z",
    );
}

#[test]
fn a_window_may_run_over_midnight_or_end_there() {
    check(
        "UTC",
        "22:00-06:00",
        "2026-08-01T06:00:00Z",
        "2026-08-01T22:00:00Z",
    );
    check(
        "UTC",
        "22:00-06:00",
        "2026-08-01T00:00:00Z",
        "2026-08-01T00:00:00Z",
    );
    check(
        "UTC",
        "22:00-00:00",
        "2026-08-01T23:59:59Z",
        "2026-08-01T23:59:59Z",
    );
    check(
        "UTC",
        "22:00-00:00",
        "2026-08-02T00:00:00Z",
        "2026-08-02T22:00:00Z",
    );
    check(
        "UTC",
        "00:00-00:01",
        "2026-08-01T00:01:00Z",
        "2026-08-02T00:00:00Z",
    );
}

#[test]
fn a_window_has_a_beginning_and_another_end() {
    let noon = LocalTime::parse("12:00").expect("a time");
    let refused = LocalWindow::new(noon, noon).expect_err("refused");
    assert!(refused.to_string().contains("leave the window out"), "{refused}");
    let hours = window("08:00-22:00");
    assert_eq!(format!("{}-{}", hours.from(), hours.to()), "08:00-22:00");
}

#[test]
fn a_window_that_begins_in_a_skipped_hour_opens_when_the_clock_is_put_forward() {
    let before = "2026-03-08T06:59:59Z";
    check("America/New_York", "02:30-03:15", before, "2026-03-08T07:00:00Z");
    check("America/New_York", "02:00-03:00", before, "2026-03-09T06:00:00Z");
}

#[test]
fn an_hour_that_the_clock_shows_twice_is_in_twice() {
    let new_york = "America/New_York";
    check(
        new_york,
        "01:30-02:00",
        "2026-11-01T05:00:00Z",
        "2026-11-01T05:30:00Z",
    );
    check(
        new_york,
        "01:30-02:00",
        "2026-11-01T06:00:00Z",
        "2026-11-01T06:30:00Z",
    );
    // When the clock would come to two it is put back to one: two comes an hour later.
    check(
        new_york,
        "02:00-03:00",
        "2026-11-01T05:45:00Z",
        "2026-11-01T07:00:00Z",
    );
}

#[test]
fn a_day_that_a_zone_leaves_out_has_no_window() {
    // Samoa went from the end of 2011-12-29 straight to 2011-12-31.
    check(
        "Pacific/Apia",
        "08:00-22:00",
        "2011-12-30T09:00:00Z",
        "2011-12-30T18:00:00Z",
    );
    check(
        "Pacific/Apia",
        "22:00-00:00",
        "2011-12-30T07:59:59Z",
        "2011-12-30T08:00:00Z",
    );
    check(
        "Pacific/Apia",
        "00:00-00:01",
        "2011-12-30T09:59:00Z",
        "2011-12-30T10:00:00Z",
    );
}
