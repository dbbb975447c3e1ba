//! An event that changes hands takes its registrations and payments along.

use kabar_app::{
    Expected, Failure,
    events::{EventChange, NewRegistration},
};
use kabar_domain::{
    events::{Event, PaymentStatus, Registration, Removal},
    people::Caller,
};
use kabar_testkit::{House, dies_after};

use crate::{
    events_common::{
        ALL, assert_in_balance, conflict, event, hours, is_not_allowed, listed, newcomer, organizer, pay,
        quiet, quiet_with_seed, register, staff, ticket,
    },
    removals::rows_with,
};

struct Handed {
    former: Caller,
    new: Caller,
    event: Event,
    sales: Vec<(Caller, Registration)>,
}

async fn give(house: &House, caller: &Caller, event: &Event, to: &Caller) -> Result<Event, Failure> {
    let change = EventChange {
        organizer: Some(to.user),
        ..EventChange::default()
    };
    house
        .app
        .change_event(caller, event.id, Expected::Any, change)
        .await
}

/// An event with so many paid seats, given by staff to another organizer a moment ago.
async fn handed(house: &House, seats: usize) -> Handed {
    let (former, new) = (organizer(house, "Former").await, organizer(house, "New").await);
    let event = event(house, &former, 500).await;
    let ticket = ticket(house, &former, &event, 500).await;
    let mut sales = Vec::new();
    for _ in 0..seats {
        let (who, held) = newcomer(house, &ticket).await;
        pay(house, &held, PaymentStatus::Completed).await;
        sales.push((who, held));
    }
    let event = give(house, &staff(house), &event, &new).await.unwrap();
    Handed {
        former,
        new,
        event,
        sales,
    }
}

#[tokio::test]
async fn a_former_organizer_sees_nothing_at_once_and_the_new_one_soon_all() {
    let house = quiet().await;
    let Handed {
        former,
        new,
        event,
        sales,
    } = handed(&house, 120).await;
    assert_eq!(listed(&house, &former).await, (0, 0));
    let (guest, held) = &sales[0];
    assert!(is_not_allowed(&house.app.registration(&former, held.id).await));
    assert!(house.app.registration(&new, held.id).await.is_ok(), "at once");
    let paid = house.app.payments(guest, false, &ALL).await.unwrap().entries;
    assert!(is_not_allowed(&house.app.payment(&former, paid[0].id).await));
    assert!(house.app.payment(&new, paid[0].id).await.is_ok(), "at once");
    assert_eq!(listed(&house, guest).await, (1, 1));
    assert_eq!(listed(&house, &staff(&house)).await, (120, 120));

    house.drain().await;
    assert_eq!(listed(&house, &new).await, (120, 120));
    assert_eq!(listed(&house, &former).await, (0, 0));
    assert!(is_not_allowed(&house.app.registration(&former, held.id).await));
    assert!(rows_with(&house, &former.user.to_string()).await.is_empty());
    assert_in_balance(&house, event.id).await;
    let cancelled = house.app.cancel_registration(&new, held.id, Expected::Any);
    cancelled.await.unwrap();
    assert_eq!(listed(&house, &new).await, (119, 120));
}

#[tokio::test]
async fn an_event_is_not_given_on_before_lists_have_caught_up() {
    let house = quiet().await;
    let Handed {
        former, new, event, ..
    } = handed(&house, 2).await;
    let sentence = conflict(give(&house, &staff(&house), &event, &former).await);
    assert!(sentence.contains("changed hands"), "{sentence}");
    assert_eq!(house.app.event(event.id).await.unwrap().0.organizer, new.user);
    house.drain().await;
    give(&house, &staff(&house), &event, &former).await.unwrap();
    house.drain().await;
    assert_eq!(listed(&house, &former).await, (2, 2));
    assert_eq!(listed(&house, &new).await, (0, 0));
}

#[tokio::test]
async fn nobody_but_staff_gives_an_event_away() {
    let house = quiet().await;
    let (one, other) = (organizer(&house, "One").await, organizer(&house, "Other").await);
    let event = event(&house, &one, 5).await;
    assert!(is_not_allowed(&give(&house, &one, &event, &other).await));
    assert!(is_not_allowed(&give(&house, &other, &event, &other).await));
    assert_eq!(house.app.event(event.id).await.unwrap().0.organizer, one.user);
}

#[tokio::test]
async fn a_hand_over_that_dies_anywhere_is_finished_by_the_next() {
    let mut deaths = 0;
    for times in 1.. {
        let house = House::with_seed(u64::from(times)).await;
        let handed = handed(&house, 4).await;
        house.queues.lose_all();
        let stop = hours(&house, 1);
        let work = house.remover.clear(Removal::Organizer(handed.event.id), stop);
        let is_done = dies_after(times, work).await.is_some();
        assert_eq!(
            listed(&house, &handed.former).await,
            (0, 0),
            "after {times} polls"
        );
        house.remover.sweep(stop).await.unwrap();
        assert!(house.app.events.removals().await.unwrap().is_empty());
        assert_eq!(listed(&house, &handed.new).await, (4, 4));
        let left = rows_with(&house, &handed.former.user.to_string()).await;
        assert!(left.is_empty(), "{left:#?}");
        if is_done {
            break;
        }
        deaths += 1;
    }
    assert!(deaths > 3, "it died {deaths} times");
}

#[tokio::test]
async fn who_registers_and_cancels_meanwhile_ends_up_with_the_new_organizer() {
    let house = quiet().await;
    let handed = handed(&house, 20).await;
    let tickets = house.app.tickets(Some(handed.event.id), &ALL).await.unwrap().0;
    let ticket = &tickets.entries[0];
    let guests: Vec<Caller> = (0..10).map(|_| house.caller(&[])).collect();
    let trade = async {
        for (guest, (who, held)) in guests.iter().zip(&handed.sales) {
            register(&house.app, guest, ticket).await.unwrap();
            let cancelled = house.app.cancel_registration(who, held.id, Expected::Any);
            cancelled.await.unwrap();
        }
    };
    tokio::join!(trade, house.drain());
    house.remover.sweep(hours(&house, 1)).await.unwrap();
    assert_eq!(listed(&house, &handed.new).await, (20, 20));
    let left = rows_with(&house, &handed.former.user.to_string()).await;
    assert!(left.is_empty(), "{left:#?}");
    assert_in_balance(&house, handed.event.id).await;
    let sale = NewRegistration {
        ticket: ticket.id,
        user: Some(handed.new.user),
    };
    assert!(is_not_allowed(&house.app.register(&handed.former, sale).await));
}

#[tokio::test]
async fn an_event_removed_while_it_changes_hands_leaves_nothing_with_either_organizer() {
    for seed in 0..8 {
        let house = quiet_with_seed(seed).await;
        let handed = handed(&house, 20).await;
        let (stop, id) = (hours(&house, 1), handed.event.id);
        let remove = async {
            for _ in 0..=seed * 3 {
                house.app.seats(id).await.unwrap();
            }
            let removed = house.app.remove_event(&handed.new, id, Expected::Any);
            removed.await.unwrap();
            house.sweep().await;
            house.remover.clear(Removal::Event(id), stop).await.unwrap();
        };
        let (_, report) = tokio::join!(remove, house.remover.clear(Removal::Organizer(id), stop));
        report.unwrap();
        house.drain().await;
        for organizer in [&handed.former, &handed.new] {
            let left = rows_with(&house, &organizer.user.to_string()).await;
            assert!(left.is_empty(), "{left:#?}");
        }
    }
}
