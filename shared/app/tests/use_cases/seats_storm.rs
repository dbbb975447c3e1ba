//! Seats, while people register, cancel and move at random and at once.

use futures_util::future::join_all;
use kabar_app::{
    Expected, Failure,
    events::{EventChange, RegistrationChange, RegistrationFilter, TicketChange},
};
use kabar_domain::{
    events::{Registration, Ticket},
    people::Caller,
};
use kabar_testkit::House;

use crate::events_common::{assert_in_balance, event, organizer, quiet_with_seed, register, ticket};

/// What one of many may do at a time; what is drawn repeats with the house's seed.
async fn act(house: &House, host: &Caller, who: &Caller, tickets: &[Ticket], what: usize, of: usize) {
    let to = &tickets[of % tickets.len()];
    let mine: Vec<Registration> = {
        let all = house
            .app
            .registrations(who, RegistrationFilter::default(), &crate::events_common::ALL)
            .await;
        all.unwrap().entries
    };
    let result = match (what, mine.get(of % mine.len().max(1))) {
        (0..4, _) | (_, None) => register(&house.app, who, to).await.map(drop),
        (4..7, Some(held)) => house.app.cancel_registration(who, held.id, Expected::Any).await,
        (7, Some(_)) => {
            let change = TicketChange {
                quota: Some(u32::try_from(of).unwrap()),
                ..TicketChange::default()
            };
            let done = house.app.change_ticket(host, to.id, Expected::Any, change);
            done.await.map(drop)
        }
        (8, Some(_)) => {
            let change = EventChange {
                quota: Some(u32::try_from(of * 2).unwrap()),
                ..EventChange::default()
            };
            let done = house.app.change_event(host, to.event, Expected::Any, change);
            done.await.map(drop)
        }
        (_, Some(held)) => {
            let change = RegistrationChange {
                ticket: Some(to.id),
                user: None,
            };
            let done = house
                .app
                .change_registration(host, held.id, Expected::Any, change);
            done.await.map(drop)
        }
    };
    match result {
        Ok(()) | Err(Failure::Conflict(_) | Failure::NotFound | Failure::Changed) => {}
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn whatever_people_do_at_once_seats_and_registrations_agree() {
    for seed in 0..6 {
        let house = quiet_with_seed(seed).await;
        let host = organizer(&house, "Host").await;
        let event = event(&house, &host, 9).await;
        let mut tickets = Vec::new();
        for quota in [2, 4, 6] {
            tickets.push(ticket(&house, &host, &event, quota).await);
        }
        let people: Vec<Caller> = (0..10).map(|_| house.caller(&[])).collect();
        let mut was_taken = 0;
        for _ in 0..12 {
            let drawn: Vec<_> = people
                .iter()
                .map(|who| (who, house.world.below(12), house.world.below(8)))
                .collect();
            join_all(
                drawn
                    .into_iter()
                    .map(|(who, what, of)| act(&house, &host, who, &tickets, what, of)),
            )
            .await;
            assert_in_balance(&house, event.id).await;
            was_taken = was_taken.max(house.app.seats(event.id).await.unwrap().taken);
        }
        assert!(was_taken > 2, "seats were taken at all");
    }
}

#[tokio::test]
async fn a_ticket_removed_while_it_sells_takes_exactly_its_own_seats_along() {
    for seed in 0..4 {
        let house = quiet_with_seed(seed).await;
        let host = organizer(&house, "Host").await;
        let event = event(&house, &host, 100).await;
        let (gone, kept) = (
            ticket(&house, &host, &event, 50).await,
            ticket(&house, &host, &event, 50).await,
        );
        let people: Vec<Caller> = (0..30).map(|_| house.caller(&[])).collect();
        let sell = |part: std::ops::Range<usize>| {
            join_all(
                people[part]
                    .iter()
                    .zip([&gone, &kept].into_iter().cycle())
                    .map(|(who, ticket)| register(&house.app, who, ticket)),
            )
        };
        sell(0..20).await;
        let remove = house.app.remove_ticket(&host, gone.id, Expected::Any);
        let (_, removed) = tokio::join!(sell(20..30), remove);
        removed.unwrap();
        let seats = house.app.seats(event.id).await.unwrap();
        assert_eq!((seats.taken, seats.tickets.len()), (15, 1));
        house.drain().await;
        assert_in_balance(&house, event.id).await;
        assert!(house.app.events.removals().await.unwrap().is_empty());
    }
}
