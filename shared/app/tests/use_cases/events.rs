//! Events are found by what they are, and changed by whose they are.

use kabar_app::{
    Expected, Failure,
    events::{EventChange, NewEvent},
};
use kabar_domain::{
    Zone,
    events::{Event, EventFilter, EventStatus, words},
    ids::{EventId, RegionId},
    people::Role,
};
use kabar_store::Window;
use kabar_testkit::House;

use crate::events_common::{
    ALL, assert_in_balance, event, hours, is_conflict, is_gone, is_not_allowed, names_field, new_event,
    newcomer, organizer, paged, person, staff, ticket,
};

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
                for (from, to) in [
                    (None, None),
                    (Some(hours(house, 5)), Some(hours(house, 15))),
                    (Some(events[9].start), None),
                    (None, Some(events[9].start)),
                ] {
                    for text in ["", "jazz", "BANDUNG jazz", "2026"] {
                        filters.push(EventFilter {
                            status,
                            category: category.clone(),
                            organizer,
                            from,
                            to,
                            words: words(text),
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
        if filter.is_by_start() {
            expected.sort_unstable();
        } else {
            expected.reverse();
        }
        found_in_all += expected.len();
        for limit in [1, 2, 3, 50] {
            let read = async |window: Window| house.app.events(&filter, &window).await.unwrap();
            let found = paged(limit, read).await;
            let found: Vec<_> = found.iter().map(|event| (event.start, event.id)).collect();
            assert_eq!(found, expected, "by {limit}: {filter:?}");
        }
    }
    assert!(found_in_all > 200, "{found_in_all}");
}

#[tokio::test]
async fn a_changed_event_is_found_by_what_it_is_now_and_no_longer_by_what_it_was() {
    let house = House::new().await;
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
        assert_eq!(found, [after.clone()], "{new:?}");
    }
    let all = house.app.events(&EventFilter::default(), &ALL).await.unwrap();
    assert_eq!(all.entries, [after]);
}

#[tokio::test]
async fn an_event_cannot_have_fewer_seats_than_are_taken() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let ticket = ticket(&house, &host, &event, 10).await;
    for _ in 0..3 {
        newcomer(&house, &ticket).await;
    }
    let quota = |quota| EventChange {
        quota: Some(quota),
        ..EventChange::default()
    };
    let refused = house
        .app
        .change_event(&host, event.id, Expected::Any, quota(2))
        .await;
    assert!(is_conflict(&refused), "{refused:?}");
    assert_eq!(house.app.event(event.id).await.unwrap().0.quota, 10);
    assert_eq!(house.app.seats(event.id).await.unwrap().quota, 10);
    let done = house
        .app
        .change_event(&host, event.id, Expected::Any, quota(3))
        .await;
    done.unwrap();
    assert_eq!(house.app.seats(event.id).await.unwrap().free(), 0);
    assert_in_balance(&house, event.id).await;
}

#[tokio::test]
async fn a_lost_update_of_an_event_is_refused() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let old = Expected::Version(event.version);
    let change = EventChange::default;
    let done = house.app.change_event(&host, event.id, old, change()).await;
    assert_eq!(done.unwrap().version, 2);
    for stale in [old, Expected::Never] {
        let refused = house.app.change_event(&host, event.id, stale, change()).await;
        assert!(matches!(refused, Err(Failure::Changed)), "{refused:?}");
        let refused = house.app.remove_event(&host, event.id, stale).await;
        assert!(matches!(refused, Err(Failure::Changed)), "{refused:?}");
    }
    let twice = tokio::join!(
        house
            .app
            .change_event(&host, event.id, Expected::Version(2), change()),
        house
            .app
            .change_event(&host, event.id, Expected::Version(2), change())
    );
    assert!(twice.0.is_ok() != twice.1.is_ok(), "{twice:?}");
}

#[tokio::test]
async fn organizers_look_after_their_own_events_and_staff_after_all() {
    let house = House::new().await;
    let (host, other) = (organizer(&house, "Host").await, organizer(&house, "Other").await);
    let guest = person(&house, "Guest", &[]).await;
    let event = event(&house, &host, 10).await;
    assert_eq!((event.organizer, event.zone.name()), (host.user, "Asia/Jakarta"));
    let mut former = host.clone();
    former.roles = Vec::new();
    for caller in [&other, &guest, &former] {
        let change = house
            .app
            .change_event(caller, event.id, Expected::Any, EventChange::default());
        assert!(is_not_allowed(&change.await));
        assert!(is_not_allowed(
            &house.app.remove_event(caller, event.id, Expected::Any).await
        ));
        let for_host = NewEvent {
            organizer: Some(host.user),
            ..new_event(&house, "Jazz", 1)
        };
        assert!(is_not_allowed(&house.app.add_event(caller, for_host).await));
    }
    assert!(is_not_allowed(
        &house.app.add_event(&guest, new_event(&house, "Jazz", 1)).await
    ));
    let root = house.caller(&[Role::Superuser]);
    for caller in [staff(&house), root, host] {
        let change = house
            .app
            .change_event(&caller, event.id, Expected::Any, EventChange::default());
        change.await.unwrap();
    }
    let gone = EventId::new(&*house.world);
    let change = house
        .app
        .change_event(&other, gone, Expected::Any, EventChange::default());
    assert!(is_gone(&change.await));
}

#[tokio::test]
async fn an_event_names_only_what_exists_and_ends_after_it_begins() {
    let house = House::new().await;
    let staff = staff(&house);
    let host = organizer(&house, "Host").await;
    let new = |organizer| NewEvent {
        organizer: Some(organizer),
        zone: Some(Zone::utc()),
        ..new_event(&house, "Jazz", 1)
    };
    let nobody = house.caller(&[]).user;
    assert!(names_field(
        &house.app.add_event(&staff, new(nobody)).await,
        "organizer_id"
    ));
    let late = NewEvent {
        end: hours(&house, 23),
        ..new(host.user)
    };
    assert!(names_field(&house.app.add_event(&staff, late).await, "end_time"));
    let nowhere = Some(RegionId::new(&*house.world));
    let elsewhere = NewEvent {
        region: nowhere,
        ..new(host.user)
    };
    assert!(names_field(
        &house.app.add_event(&staff, elsewhere).await,
        "region"
    ));
    let event = house.app.add_event(&staff, new(host.user)).await.unwrap();
    for (change, field) in [
        (
            EventChange {
                organizer: Some(nobody),
                ..EventChange::default()
            },
            "organizer_id",
        ),
        (
            EventChange {
                region: Some(nowhere),
                ..EventChange::default()
            },
            "region",
        ),
    ] {
        let refused = house
            .app
            .change_event(&staff, event.id, Expected::Any, change)
            .await;
        assert!(names_field(&refused, field), "{refused:?}");
    }
    assert_eq!(house.app.event(event.id).await.unwrap().0, event);
}
