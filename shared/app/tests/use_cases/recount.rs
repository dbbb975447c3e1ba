//! An operator counts the seats, and repairs them when told to.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use kabar_app::{
    Expected, Failure,
    events::{count_seats, repair_seats},
};
use kabar_domain::{events::Event, ids::EventId};
use kabar_testkit::House;

use crate::events_common::{assert_in_balance, event, newcomer, organizer, quiet, register, ticket};

/// Has one more seat taken than there are registrations.
async fn lose_a_seat(house: &House, event: &Event) {
    let events = &house.app.events;
    let seats = events.seats(event.id).await.unwrap().unwrap();
    let taken = seats.tickets.iter().map(|(&ticket, stock)| (ticket, stock.taken));
    let mut said: BTreeMap<_, _> = taken.collect();
    *said.values_mut().next().unwrap() += 1;
    assert!(events.repair_seats(&seats, &said).await.unwrap());
}

#[tokio::test]
async fn seats_that_agree_are_left_alone_and_those_that_do_not_are_repaired_once() {
    let house = quiet().await;
    let events = &house.app.events;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let tickets = [
        ticket(&house, &host, &event, 5).await,
        ticket(&house, &host, &event, 5).await,
    ];
    for n in 0..3 {
        newcomer(&house, &tickets[n % 2]).await;
    }
    let count = count_seats(events, event.id).await.unwrap().unwrap();
    assert!(count.is_balanced());
    assert_eq!(count.registrations(), 3);

    lose_a_seat(&house, &event).await;
    let count = count_seats(events, event.id).await.unwrap().unwrap();
    assert!(!count.is_balanced());
    assert_eq!((count.seats.taken, count.registrations()), (4, 3));
    assert_eq!(
        house.app.seats(event.id).await.unwrap().taken,
        4,
        "a count changes nothing"
    );
    repair_seats(events, &count).await.unwrap();
    assert_in_balance(&house, event.id).await;
    assert!(matches!(
        repair_seats(events, &count).await,
        Err(Failure::Changed)
    ));
    assert_in_balance(&house, event.id).await;
}

#[tokio::test]
async fn a_repair_never_undoes_a_sale_that_came_between() {
    let house = quiet().await;
    let events = &house.app.events;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let ticket = ticket(&house, &host, &event, 10).await;
    lose_a_seat(&house, &event).await;
    let count = count_seats(events, event.id).await.unwrap().unwrap();
    newcomer(&house, &ticket).await;
    assert!(matches!(
        repair_seats(events, &count).await,
        Err(Failure::Changed)
    ));
    let count = count_seats(events, event.id).await.unwrap().unwrap();
    repair_seats(events, &count).await.unwrap();
    assert_in_balance(&house, event.id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_while_seats_are_sold_finds_nothing_wrong() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 60).await;
    let ticket = ticket(&house, &host, &event, 60).await;
    let people: Vec<_> = (0..60).map(|_| house.caller(&[])).collect();
    let sales = join_all(people.iter().map(|who| register(&house.app, who, &ticket)));
    let counts = async {
        for _ in 0..20 {
            match count_seats(&house.app.events, event.id).await {
                Ok(Some(count)) => assert!(count.is_balanced(), "{count:?}"),
                Err(Failure::Changed) => {}
                other => panic!("{other:?}"),
            }
        }
    };
    let (sold, ()) = tokio::join!(sales, counts);
    assert!(sold.iter().all(Result::is_ok));
}

#[tokio::test]
async fn tickets_that_are_going_and_events_that_are_gone_count_for_nothing() {
    let house = quiet().await;
    let events = &house.app.events;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let ticket = ticket(&house, &host, &event, 5).await;
    newcomer(&house, &ticket).await;
    house
        .app
        .remove_ticket(&host, ticket.id, Expected::Any)
        .await
        .unwrap();
    let count = count_seats(events, event.id).await.unwrap().unwrap();
    assert!(count.is_balanced(), "{count:?}");
    assert_eq!(count.registrations(), 0);
    house.drain().await;
    assert!(
        count_seats(events, EventId::from_bytes([7; 16]))
            .await
            .unwrap()
            .is_none()
    );
}
