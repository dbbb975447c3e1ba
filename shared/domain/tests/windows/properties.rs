//! Any window, at any time, anywhere.

use jiff::Timestamp;
use kabar_domain::mailings::{LocalTime, LocalWindow};
use proptest::prelude::*;

use crate::zone;

fn any_time() -> impl Strategy<Value = LocalTime> {
    (0..24_u8, 0..60_u8)
        .prop_map(|(hour, minute)| LocalTime::parse(&format!("{hour:02}:{minute:02}")).expect("a time"))
}

fn any_window() -> impl Strategy<Value = LocalWindow> {
    (any_time(), any_time()).prop_filter_map("a window", |(from, to)| LocalWindow::new(from, to).ok())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_096, failure_persistence: None, ..ProptestConfig::default() })]

    /// From the years when towns kept their own mean time, to the minute's fraction, to those for which only rules are
    /// known.
    #[test]
    fn a_window_opens_once_it_is_open_and_not_before(
        window in any_window(),
        name in proptest::sample::select(jiff::tz::db().available().collect::<Vec<_>>()),
        second in -4_000_000_000_i64..8_000_000_000,
        nanosecond in 0..1_000_000_000,
        between in 0.0..1.0_f64,
    ) {
        let (zone, at) = (zone(name.as_str()), Timestamp::new(second, nanosecond).expect("an instant"));
        let opens = window.opens(at, &zone);
        prop_assert!(opens >= at && window.contains(opens, &zone));
        prop_assert_eq!(opens == at, window.contains(at, &zone));
        if opens > at {
            let just_before = opens.as_nanosecond() - 1;
            let before = Timestamp::from_nanosecond(just_before).expect("an instant");
            prop_assert!(!window.contains(before, &zone));
            let somewhere = at + at.duration_until(before).mul_f64(between);
            prop_assert!(!window.contains(somewhere, &zone), "open at {} already", somewhere);
        }
    }
}
