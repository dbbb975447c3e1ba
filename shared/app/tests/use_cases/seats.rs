//! No seat is sold twice, and none is lost.

use futures_util::future::join_all;
use kabar_app::{
    Expected, Failure,
    events::{EventChange, NewRegistration, RegistrationChange},
};
use kabar_domain::{
    events::{Event, EventStatus, Registration, Ticket},
    people::Caller,
};
use kabar_testkit::House;

use crate::events_common::{
    assert_in_balance, conflict, event, hours, is_conflict, is_gone, is_not_allowed, names_field, newcomer,
    organizer, person, quiet, register, staff, ticket,
};

async fn move_to(
    house: &House,
    caller: &Caller,
    held: &Registration,
    to: &Ticket,
) -> Result<Registration, Failure> {
    let change = RegistrationChange {
        ticket: Some(to.id),
        user: None,
    };
    house
        .app
        .change_registration(caller, held.id, Expected::Any, change)
        .await
}

async fn cancel(house: &House, caller: &Caller, held: &Registration) -> Result<(), Failure> {
    house
        .app
        .cancel_registration(caller, held.id, Expected::Any)
        .await
}

async fn set_status(house: &House, event: &Event, status: EventStatus) {
    let change = EventChange {
        status: Some(status),
        ..EventChange::default()
    };
    let staff = staff(house);
    let done = house.app.change_event(&staff, event.id, Expected::Any, change);
    done.await.unwrap();
}

/// How many transactions meet another one: none, and each several times.
const CONFLICTS: [u32; 2] = [0, 900];

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_people_at_once_get_fifty_seats() {
    for conflicts in CONFLICTS {
        let house = quiet().await;
        let host = organizer(&house, "Host").await;
        let event = event(&house, &host, 1_000).await;
        let ticket = ticket(&house, &host, &event, 50).await;
        let people: Vec<Caller> = (0..200).map(|_| house.caller(&[])).collect();
        house.engine.conflicts().set(conflicts);
        let results = join_all(people.iter().map(|who| register(&house.app, who, &ticket))).await;
        assert_eq!(house.engine.conflicts().left(), 0);
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 50);
        assert_eq!(results.iter().filter(|result| is_conflict(result)).count(), 150);
        assert_eq!(house.app.seats(event.id).await.unwrap().taken, 50);
        assert_in_balance(&house, event.id).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_people_at_once_get_the_hundred_seats_of_an_event_with_more_tickets() {
    for conflicts in CONFLICTS {
        let house = quiet().await;
        let host = organizer(&house, "Host").await;
        let event = event(&house, &host, 100).await;
        let mut tickets = Vec::new();
        for _ in 0..3 {
            tickets.push(ticket(&house, &host, &event, 80).await);
        }
        let people: Vec<Caller> = (0..300).map(|_| house.caller(&[])).collect();
        house.engine.conflicts().set(conflicts);
        let wishes = people.iter().zip(tickets.iter().cycle());
        let results = join_all(wishes.map(|(who, ticket)| register(&house.app, who, ticket))).await;
        assert_eq!(house.engine.conflicts().left(), 0);
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 100);
        assert_eq!(results.iter().filter(|result| is_conflict(result)).count(), 200);
        assert_eq!(house.app.seats(event.id).await.unwrap().free(), 0);
        assert_in_balance(&house, event.id).await;
    }
}

#[tokio::test]
async fn one_person_who_asks_ten_times_at_once_gets_one_seat() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 20).await;
    let ticket = ticket(&house, &host, &event, 20).await;
    let who = house.caller(&[]);
    let results = join_all((0..10).map(|_| register(&house.app, &who, &ticket))).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert_eq!(results.iter().filter(|result| is_conflict(result)).count(), 9);
    assert_eq!(house.app.seats(event.id).await.unwrap().taken, 1);
    assert_in_balance(&house, event.id).await;
}

#[tokio::test]
async fn a_cancelled_seat_is_sold_again() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    let ticket = ticket(&house, &host, &event, 1).await;
    let (first, held) = newcomer(&house, &ticket).await;
    let second = house.caller(&[]);
    let sentence = conflict(register(&house.app, &second, &ticket).await);
    assert_eq!(sentence, "This ticket is sold out.");
    assert!(
        is_not_allowed(&cancel(&house, &second, &held).await),
        "strangers cancel nothing"
    );
    cancel(&house, &first, &held).await.unwrap();
    assert_eq!(house.app.seats(event.id).await.unwrap().free(), 1);
    assert!(is_gone(&cancel(&house, &first, &held).await), "only once");
    register(&house.app, &second, &ticket).await.unwrap();
    assert!(is_conflict(&register(&house.app, &first, &ticket).await));
    assert_in_balance(&house, event.id).await;
}

#[tokio::test]
async fn a_registration_cancelled_ten_times_at_once_gives_one_seat_back() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 5).await;
    let ticket = ticket(&house, &host, &event, 5).await;
    newcomer(&house, &ticket).await;
    let (who, held) = newcomer(&house, &ticket).await;
    let results = join_all((0..10).map(|_| cancel(&house, &who, &held))).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert_eq!(house.app.seats(event.id).await.unwrap().taken, 1);
    assert_in_balance(&house, event.id).await;
}

#[tokio::test]
async fn the_box_office_sells_outside_of_the_sale_window_and_people_do_not() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 9).await;
    let ticket = ticket(&house, &host, &event, 9).await;
    let (early, late) = (hours(&house, -1), hours(&house, 25));
    for (n, (time, sentence)) in [
        (early, "This ticket is not on sale yet."),
        (late, "This ticket is no longer on sale."),
    ]
    .into_iter()
    .enumerate()
    {
        house.world.set(time);
        let guest = person(&house, &format!("Guest{n}"), &[]).await;
        assert_eq!(conflict(register(&house.app, &guest, &ticket).await), sentence);
        let sale = NewRegistration {
            ticket: ticket.id,
            user: Some(guest.user),
        };
        let refused = house.app.register(&house.caller(&[]), sale).await;
        assert!(is_not_allowed(&refused), "{refused:?}");
        let other = organizer(&house, &format!("Other{n}")).await;
        assert!(is_not_allowed(&house.app.register(&other, sale).await));
        let seller = if n == 0 { host.clone() } else { staff(&house) };
        let sold = house.app.register(&seller, sale).await.unwrap();
        assert_eq!(house.app.registration(&guest, sold.id).await.unwrap(), sold);
    }
    assert_in_balance(&house, event.id).await;
}

#[tokio::test]
async fn an_event_that_is_over_sells_at_the_box_office_only_and_a_cancelled_one_nowhere() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 9).await;
    let ticket = ticket(&house, &host, &event, 9).await;
    let guest = person(&house, "Guest", &[]).await;
    let sale = NewRegistration {
        ticket: ticket.id,
        user: Some(guest.user),
    };
    set_status(&house, &event, EventStatus::Cancelled).await;
    let refused = "The event is cancelled.";
    assert_eq!(conflict(register(&house.app, &guest, &ticket).await), refused);
    assert_eq!(conflict(house.app.register(&host, sale).await), refused);
    set_status(&house, &event, EventStatus::Completed).await;
    assert_eq!(
        conflict(register(&house.app, &guest, &ticket).await),
        "The event is over."
    );
    house.app.register(&host, sale).await.unwrap();
    set_status(&house, &event, EventStatus::Ongoing).await;
    newcomer(&house, &ticket).await;
    assert_in_balance(&house, event.id).await;
}

#[tokio::test]
async fn nobody_registers_by_a_ticket_or_for_a_person_that_does_not_exist() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 9).await;
    let ticket = ticket(&house, &host, &event, 9).await;
    let sale = NewRegistration {
        ticket: ticket.id,
        user: Some(house.caller(&[]).user),
    };
    assert!(names_field(&house.app.register(&host, sale).await, "user_id"));
    let done = house.app.remove_ticket(&host, ticket.id, Expected::Any).await;
    done.unwrap();
    let late = register(&house.app, &house.caller(&[]), &ticket).await;
    assert!(names_field(&late, "ticket_id"), "{late:?}");
    assert_eq!(house.app.seats(event.id).await.unwrap().taken, 0);
    house.drain().await;
}

#[tokio::test]
async fn a_move_to_another_ticket_trades_the_seat_or_changes_nothing() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 3).await;
    let (small, large) = (
        ticket(&house, &host, &event, 1).await,
        ticket(&house, &host, &event, 3).await,
    );
    let (holder, held) = newcomer(&house, &large).await;
    let (_, other) = newcomer(&house, &large).await;
    newcomer(&house, &large).await;
    assert!(
        is_not_allowed(&move_to(&house, &holder, &held, &small).await),
        "not by oneself"
    );
    // The event is full, and a trade needs no seat of it.
    let moved = move_to(&house, &host, &held, &small).await.unwrap();
    assert_eq!(house.app.registration(&holder, held.id).await.unwrap(), moved);
    let before = house.app.seats(event.id).await.unwrap();
    assert_eq!((before.tickets[&small.id].taken, before.taken), (1, 3));
    let refused = conflict(move_to(&house, &host, &other, &small).await);
    assert_eq!(refused, "This ticket is sold out.");
    assert_eq!(house.app.seats(event.id).await.unwrap(), before);
    assert_eq!(
        house.app.registration(&host, other.id).await.unwrap(),
        other,
        "nothing changed"
    );
    assert_in_balance(&house, event.id).await;
}
