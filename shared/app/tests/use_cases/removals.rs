//! What is removed is gone at once, and then nothing of it is left.

use kabar_app::Expected;
use kabar_domain::{
    events::{Event, Payment, PaymentStatus, Registration, Removal, Ticket},
    ids::EventId,
    people::Caller,
};
use kabar_testkit::{House, dies_after};

use crate::events_common::{
    ALL, assert_in_balance, event, hours, is_conflict, is_gone, listed, newcomer, organizer, pay, quiet,
    staff, ticket,
};

/// All rows of the table of events that say this anywhere.
pub(crate) async fn rows_with(house: &House, text: &str) -> Vec<String> {
    let mut rows = Vec::new();
    let mut start = None;
    loop {
        let scan = house.engine.client().scan().table_name("events");
        let part = scan.set_exclusive_start_key(start).send().await.unwrap();
        let said = part.items().iter().map(|item| format!("{item:?}"));
        rows.extend(said.filter(|row| row.contains(text)));
        start = part.last_evaluated_key;
        if start.is_none() {
            return rows;
        }
    }
}

/// Nothing of an event is left, but how often its tickets had changed, and pages kept of them: the table forgets those.
async fn assert_nothing_left(house: &House, event: EventId) {
    let mut rows = rows_with(house, &event.to_string()).await;
    rows.retain(|row| !row.contains("S(\"cache#tickets#"));
    assert!(rows.is_empty(), "{} rows are left: {rows:#?}", rows.len());
}

struct Sold {
    host: Caller,
    event: Event,
    tickets: [Ticket; 2],
    sales: Vec<(Caller, Registration, Payment)>,
}

/// An event with two kinds of ticket that alternate, each seat paid for.
async fn sold(house: &House, seats: usize) -> Sold {
    let host = organizer(house, "Host").await;
    let event = event(house, &host, 1_000).await;
    let tickets = [
        ticket(house, &host, &event, 500).await,
        ticket(house, &host, &event, 500).await,
    ];
    let mut sales = Vec::new();
    for n in 0..seats {
        let (who, held) = newcomer(house, &tickets[n % 2]).await;
        let status = [PaymentStatus::Completed, PaymentStatus::Pending][n / 2 % 2];
        let payment = pay(house, &held, status).await;
        let held = house.app.registration(&who, held.id).await.unwrap();
        sales.push((who, held, payment));
    }
    Sold {
        host,
        event,
        tickets,
        sales,
    }
}

#[tokio::test]
async fn a_removed_event_is_gone_at_once_and_then_to_the_last_row() {
    let house = quiet().await;
    let Sold {
        host,
        event,
        tickets,
        sales,
    } = sold(&house, 250).await;
    let staff = staff(&house);
    let (guest, held, payment) = &sales[0];
    assert_eq!(listed(&house, &staff).await, (250, 250));
    let kept = house.app.event(event.id).await;
    kept.unwrap();
    house.app.tickets(Some(event.id), &ALL).await.unwrap();
    house.app.tickets(None, &ALL).await.unwrap();
    house
        .app
        .remove_event(&host, event.id, Expected::Any)
        .await
        .unwrap();

    assert!(is_gone(&house.app.event(event.id).await));
    assert!(is_gone(&house.app.seats(event.id).await));
    assert!(is_gone(&house.app.ticket(tickets[0].id).await));
    for caller in [&staff, &host, guest] {
        assert!(is_gone(&house.app.registration(caller, held.id).await));
        assert!(is_gone(&house.app.payment(caller, payment.id).await));
        assert_eq!(listed(&house, caller).await, (0, 0));
    }
    for list in [Some(event.id), None] {
        assert!(house.app.tickets(list, &ALL).await.unwrap().0.entries.is_empty());
    }
    let events = house.app.events(&Default::default(), &ALL).await.unwrap();
    assert!(events.entries.is_empty());
    let late = house.app.cancel_registration(guest, held.id, Expected::Any);
    assert!(is_gone(&late.await));
    let held = house
        .app
        .events
        .holdings_after(event.id, None, 500)
        .await
        .unwrap();
    assert_eq!(held.registrations.len(), 250);

    // What they held is needed until it is known who is told.
    house.drain().await;
    assert_eq!(house.app.events.removals().await.unwrap().len(), 1);
    house.sweep().await;
    house.remover.sweep(hours(&house, 1)).await.unwrap();
    assert!(house.app.events.removals().await.unwrap().is_empty());
    assert_eq!(listed(&house, &staff).await, (0, 0));
    assert_nothing_left(&house, event.id).await;
    // Nor of what does not name the event.
    let of_host = rows_with(&house, &host.user.to_string()).await;
    assert!(of_host.is_empty(), "{of_host:#?}");
}

#[tokio::test]
async fn other_events_are_left_alone() {
    let house = quiet().await;
    let sold = sold(&house, 4).await;
    let other = event(&house, &sold.host, 5).await;
    let kept = ticket(&house, &sold.host, &other, 5).await;
    let (_, held) = newcomer(&house, &kept).await;
    pay(&house, &held, PaymentStatus::Completed).await;
    let removed = house.app.remove_event(&sold.host, sold.event.id, Expected::Any);
    removed.await.unwrap();
    house.sweep().await;
    house.drain().await;
    assert_eq!(listed(&house, &sold.host).await, (1, 1));
    let events = house.app.events(&Default::default(), &ALL).await.unwrap();
    assert_eq!(events.entries, std::slice::from_ref(&other));
    assert_in_balance(&house, other.id).await;
}

#[tokio::test]
async fn a_remover_that_dies_anywhere_is_followed_by_one_that_finishes() {
    let mut deaths = 0;
    for times in 1.. {
        let house = House::with_seed(u64::from(times)).await;
        let sold = sold(&house, 6).await;
        let removed = house.app.remove_event(&sold.host, sold.event.id, Expected::Any);
        removed.await.unwrap();
        house.queues.lose_all();
        house.sweep().await;
        let stop = hours(&house, 1);
        let work = house.remover.clear(Removal::Event(sold.event.id), stop);
        let is_done = dies_after(times, work).await.is_some();
        assert_eq!(
            listed(&house, &staff(&house)).await,
            (0, 0),
            "after {times} polls"
        );
        house.remover.sweep(stop).await.unwrap();
        assert!(house.app.events.removals().await.unwrap().is_empty());
        assert_nothing_left(&house, sold.event.id).await;
        if is_done {
            break;
        }
        deaths += 1;
    }
    assert!(deaths > 3, "it died {deaths} times");
}

#[tokio::test]
async fn a_remover_out_of_time_leaves_the_rest_to_the_queue() {
    let house = quiet().await;
    let sold = sold(&house, 2).await;
    let removed = house.app.remove_event(&sold.host, sold.event.id, Expected::Any);
    removed.await.unwrap();
    house.sweep().await;
    let message = house.queues.take().unwrap();
    assert!(house.queues.waiting().is_empty());
    let report = house
        .remover
        .clear(Removal::Event(sold.event.id), hours(&house, 0))
        .await
        .unwrap();
    assert_eq!(report, Default::default());
    assert_eq!(house.queues.waiting(), [message]);
    house.drain().await;
    assert_nothing_left(&house, sold.event.id).await;
}

#[tokio::test]
async fn a_removed_ticket_takes_its_registrations_along_and_what_was_paid_is_owed() {
    let house = quiet().await;
    let sold = sold(&house, 12).await;
    let staff = staff(&house);
    let gone = &sold.tickets[0];
    let removed = house.app.remove_ticket(&sold.host, gone.id, Expected::Any);
    removed.await.unwrap();
    let (at_once, payments) = listed(&house, &staff).await;
    assert_eq!(
        (at_once, payments),
        (6, 12),
        "payments outlive their registrations"
    );
    assert_eq!(house.app.seats(sold.event.id).await.unwrap().taken, 6);
    let (guest, held, _) = &sold.sales[0];
    assert!(is_gone(&house.app.registration(guest, held.id).await));

    house.drain().await;
    assert_in_balance(&house, sold.event.id).await;
    for (guest, held, payment) in &sold.sales {
        let is_of_it = held.ticket == gone.id;
        assert_eq!(
            is_gone(&house.app.registration(guest, held.id).await),
            is_of_it,
            "{held:?}"
        );
        let after = house.app.payment(guest, payment.id).await.unwrap();
        let expected = match payment.status {
            PaymentStatus::Pending if is_of_it => PaymentStatus::Cancelled,
            status => status,
        };
        assert_eq!((after.status, after.is_orphaned), (expected, is_of_it));
    }
    let due = house.app.payments(&staff, true, &ALL).await.unwrap();
    assert_eq!(due.entries.len(), 3);
    assert!(due.entries.iter().all(Payment::is_refund_due));
    assert!(!is_conflict(
        &house
            .app
            .remove_ticket(&sold.host, sold.tickets[1].id, Expected::Any)
            .await
    ));
    house.drain().await;
    assert_eq!(house.app.seats(sold.event.id).await.unwrap().taken, 0);
}
