//! Tickets belong to an event, and to whoever looks after it.

use futures_util::future::join_all;
use kabar_app::{
    Expected, Failure,
    events::{NewTicket, TicketChange},
};
use kabar_domain::{
    events::{MOST_TICKETS, Ticket},
    ids::EventId,
};
use kabar_store::Window;

use crate::events_common::{
    ALL, assert_in_balance, event, hours, is_conflict, is_gone, is_not_allowed, names_field, new_ticket,
    newcomer, organizer, paged, quiet, staff, ticket,
};

#[tokio::test]
async fn tickets_are_listed_newest_first_each_once_however_small_the_page() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let events = [event(&house, &host, 9).await, event(&house, &host, 9).await];
    let mut made: Vec<Ticket> = Vec::new();
    for n in 0..9 {
        house.world.pass_seconds(1);
        made.push(ticket(&house, &host, &events[n % 2], 9).await);
    }
    made.reverse();
    for of in [None, Some(events[0].id), Some(events[1].id)] {
        let mut expected = made.clone();
        expected.retain(|ticket| of.is_none_or(|event| ticket.event == event));
        for limit in [1, 2, 3, 50] {
            // The second time from the cache.
            for _ in 0..2 {
                let read = async |window: Window| house.app.tickets(of, &window).await.unwrap().0;
                assert_eq!(paged(limit, read).await, expected, "by {limit}");
            }
        }
    }
    let none = house.app.tickets(Some(EventId::new(&*house.world)), &ALL).await;
    assert!(none.unwrap().0.entries.is_empty());
}

#[tokio::test]
async fn there_cannot_be_fewer_tickets_than_are_taken() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let ticket = ticket(&house, &host, &event, 10).await;
    for _ in 0..3 {
        newcomer(&house, &ticket).await;
    }
    let quota = |quota| TicketChange {
        quota: Some(quota),
        ..TicketChange::default()
    };
    let refused = house
        .app
        .change_ticket(&host, ticket.id, Expected::Any, quota(2))
        .await;
    assert!(is_conflict(&refused), "{refused:?}");
    assert_eq!(house.app.ticket(ticket.id).await.unwrap().0, ticket);
    let done = house
        .app
        .change_ticket(&host, ticket.id, Expected::Any, quota(3))
        .await;
    done.unwrap();
    let seats = house.app.seats(event.id).await.unwrap();
    assert_eq!((seats.tickets[&ticket.id].free(), seats.free()), (0, 7));
    assert_in_balance(&house, event.id).await;
}

#[tokio::test]
async fn a_lost_update_of_a_ticket_is_refused() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let ticket = ticket(&house, &host, &event, 10).await;
    let old = Expected::Version(1);
    let done = house
        .app
        .change_ticket(&host, ticket.id, old, TicketChange::default())
        .await;
    assert_eq!(done.unwrap().version, 2);
    for stale in [old, Expected::Never] {
        let refused = house
            .app
            .change_ticket(&host, ticket.id, stale, TicketChange::default())
            .await;
        assert!(matches!(refused, Err(Failure::Changed)), "{refused:?}");
        let refused = house.app.remove_ticket(&host, ticket.id, stale).await;
        assert!(matches!(refused, Err(Failure::Changed)), "{refused:?}");
    }
    assert!(house.app.ticket(ticket.id).await.is_ok());
}

#[tokio::test]
async fn organizers_look_after_their_own_tickets_and_staff_after_all() {
    let house = quiet().await;
    let (host, other) = (organizer(&house, "Host").await, organizer(&house, "Other").await);
    let event = event(&house, &host, 10).await;
    let ticket = ticket(&house, &host, &event, 10).await;
    for caller in [&other, &house.caller(&[])] {
        let new = new_ticket(&house, event.id, 1);
        assert!(is_not_allowed(&house.app.add_ticket(caller, new).await));
        let change = house
            .app
            .change_ticket(caller, ticket.id, Expected::Any, TicketChange::default());
        assert!(is_not_allowed(&change.await));
        assert!(is_not_allowed(
            &house.app.remove_ticket(caller, ticket.id, Expected::Any).await
        ));
    }
    for caller in [&host, &staff(&house)] {
        let new = house
            .app
            .add_ticket(caller, new_ticket(&house, event.id, 1))
            .await
            .unwrap();
        let removed = house.app.remove_ticket(caller, new.id, Expected::Any).await;
        removed.unwrap();
        assert!(is_gone(
            &house.app.remove_ticket(caller, new.id, Expected::Any).await
        ));
    }
    house.drain().await;
}

#[tokio::test]
async fn a_ticket_stays_with_its_event_and_its_sale_ends_after_it_begins() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let (one, other) = (event(&house, &host, 10).await, event(&house, &host, 10).await);
    let ticket = ticket(&house, &host, &one, 10).await;
    for (change, field) in [
        (
            TicketChange {
                event: Some(other.id),
                ..TicketChange::default()
            },
            "event_id",
        ),
        (
            TicketChange {
                sales_end: Some(hours(&house, -1)),
                ..TicketChange::default()
            },
            "sales_end",
        ),
    ] {
        let refused = house
            .app
            .change_ticket(&host, ticket.id, Expected::Any, change)
            .await;
        assert!(names_field(&refused, field), "{refused:?}");
    }
    let late = NewTicket {
        sales_end: hours(&house, -1),
        ..new_ticket(&house, one.id, 1)
    };
    assert!(names_field(&house.app.add_ticket(&host, late).await, "sales_end"));
    let nowhere = new_ticket(&house, EventId::new(&*house.world), 1);
    assert!(names_field(
        &house.app.add_ticket(&host, nowhere).await,
        "event_id"
    ));
    assert_eq!(house.app.ticket(ticket.id).await.unwrap().0, ticket);
}

#[tokio::test]
async fn an_event_with_as_many_tickets_as_it_can_have_takes_no_more_and_is_still_removed() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    for _ in 2..MOST_TICKETS {
        ticket(&house, &host, &event, 1).await;
    }
    let wishes = (0..4).map(|_| house.app.add_ticket(&host, new_ticket(&house, event.id, 1)));
    let added = join_all(wishes).await;
    assert_eq!(
        added.iter().filter(|result| result.is_ok()).count(),
        2,
        "{added:?}"
    );
    assert_eq!(
        house.app.seats(event.id).await.unwrap().tickets.len(),
        MOST_TICKETS
    );
    let removed = house.app.remove_event(&host, event.id, Expected::Any).await;
    removed.unwrap();
    assert!(house.app.tickets(None, &ALL).await.unwrap().0.entries.is_empty());
    house.drain().await;
}
