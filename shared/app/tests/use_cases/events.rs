//! Events are changed by whose they are, and never below what is taken.

use kabar_app::{
    Expected, Failure,
    events::{EventChange, NewEvent},
};
use kabar_domain::{
    Zone,
    ids::{EventId, RegionId},
    people::Role,
};

use crate::events_common::{
    assert_in_balance, event, hours, is_conflict, is_gone, is_not_allowed, names_field, new_event, newcomer,
    organizer, person, quiet, staff, ticket,
};

#[tokio::test]
async fn an_event_cannot_have_fewer_seats_than_are_taken() {
    let house = quiet().await;
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
    let house = quiet().await;
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
    let house = quiet().await;
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
    let house = quiet().await;
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
