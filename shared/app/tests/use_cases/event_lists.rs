//! Events are found by what they are.

use kabar_app::{
    Expected,
    events::{EventChange, NewEvent},
};
use kabar_domain::{
    events::{Event, EventFilter, EventStatus, words},
    ids::EventId,
};
use kabar_store::{Order, Window};
use kabar_testkit::House;

use crate::events_common::{ALL, event, hours, new_event, organizer, paged, quiet};

/// Two organizers' events of all sorts, the oldest first.
async fn all_sorts(house: &House) -> Vec<Event> {
    let hosts = [organizer(house, "One").await, organizer(house, "Other").await];
    let names = ["Jazz di Bandung", "Lari Pagi Bandung 2026", "JAZZ, Jakarta!"];
    let mut events = Vec::new();
    for n in 0..24_usize {
        house.world.pass_seconds(1);
        // Neither the order in which they were made nor that of their names.
        let start = hours(house, i64::try_from(n * 7 % 24).unwrap());
        let new = NewEvent {
            status: EventStatus::ALL[n % 4],
            category: ["Music", "Sport", "music"][n % 3].to_owned(),
            start,
            end: start,
            ..new_event(house, names[n / 2 % 3], 10)
        };
        events.push(house.app.add_event(&hosts[n / 3 % 2], new).await.unwrap());
    }
    events
}

/// Every combination of some of each criterion.
fn filters(house: &House, events: &[Event]) -> Vec<EventFilter> {
    let mut filters = Vec::new();
    for status in [None, Some(EventStatus::Scheduled), Some(EventStatus::Cancelled)] {
        for category in [None, Some("MUSIC".to_owned())] {
            for organizer in [None, Some(events[0].organizer)] {
                for (from, to, by_start) in [
                    (None, None, false),
                    (None, None, true),
                    (Some(hours(house, 5)), Some(hours(house, 15)), false),
                    (Some(events[9].start), None, true),
                    (None, Some(events[9].start), false),
                ] {
                    for text in ["", "jazz", "BANDUNG jazz", "2026"] {
                        filters.push(EventFilter {
                            status,
                            category: category.clone(),
                            organizer,
                            from,
                            to,
                            words: words(text),
                            by_start,
                        });
                    }
                }
            }
        }
    }
    filters
}

#[tokio::test]
async fn every_filter_finds_exactly_what_fits_in_order_however_small_the_page() {
    let house = House::new().await;
    let events = all_sorts(&house).await;
    let mut found_in_all = 0;
    for filter in filters(&house, &events) {
        // By hand, not by the rule under test.
        let fits = |event: &&Event| {
            let name = event.name.to_lowercase();
            filter.status.is_none_or(|status| event.status == status)
                && (filter.category.is_none() || event.category.to_lowercase() == "music")
                && filter.organizer.is_none_or(|who| event.organizer == who)
                && filter.from.is_none_or(|from| from <= event.start)
                && filter.to.is_none_or(|to| event.start < to)
                && filter.words.iter().all(|word| name.contains(word))
        };
        let mut expected: Vec<(_, EventId)> = events
            .iter()
            .filter(fits)
            .map(|event| (event.start, event.id))
            .collect();
        if filter.by_start || filter.from.is_some() || filter.to.is_some() {
            expected.sort_unstable();
        }
        found_in_all += expected.len();
        for order in [Order::Oldest, Order::Newest] {
            for limit in [1, 50] {
                let read = async |window: Window| {
                    let window = Window { order, ..window };
                    house.app.events(&filter, &window).await.unwrap()
                };
                let found = paged(limit, read).await;
                let found: Vec<_> = found.iter().map(|event| (event.start, event.id)).collect();
                assert_eq!(found, expected, "{order:?} by {limit}: {filter:?}");
            }
            expected.reverse();
        }
    }
    assert!(found_in_all > 200, "{found_in_all}");
}

#[tokio::test]
async fn a_changed_event_is_found_by_what_it_is_now_and_no_longer_by_what_it_was() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let before = event(&house, &host, 10).await;
    let change = EventChange {
        name: Some("Lari Pagi".to_owned()),
        category: Some("Sport".to_owned()),
        status: Some(EventStatus::Ongoing),
        start: Some(hours(&house, 3)),
        ..EventChange::default()
    };
    let done = house.app.change_event(&host, before.id, Expected::Any, change);
    let after = done.await.unwrap();
    let by = |event: &Event| {
        let any = EventFilter::default;
        [
            EventFilter {
                words: words(&event.name),
                ..any()
            },
            EventFilter {
                category: Some(event.category.clone()),
                ..any()
            },
            EventFilter {
                status: Some(event.status),
                ..any()
            },
            EventFilter {
                from: Some(event.start),
                to: Some(event.start + jiff::SignedDuration::from_secs(1)),
                ..any()
            },
        ]
    };
    for (old, new) in by(&before).iter().zip(&by(&after)) {
        let found = house.app.events(old, &ALL).await.unwrap().entries;
        assert!(found.is_empty(), "{old:?} finds {found:?}");
        let found = house.app.events(new, &ALL).await.unwrap().entries;
        assert_eq!(found, std::slice::from_ref(&after), "{new:?}");
    }
    let all = house.app.events(&EventFilter::default(), &ALL).await.unwrap();
    assert_eq!(all.entries, [after]);
}
