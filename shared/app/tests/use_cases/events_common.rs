//! What the concerns of events share.

use jiff::{SignedDuration, Timestamp};
use kabar_app::{
    App, Failure,
    events::{NewEvent, NewPayment, NewRegistration, NewTicket, RegistrationFilter},
};
use kabar_domain::{
    Language, World,
    events::{Event, EventStatus, Money, Payment, PaymentMethod, PaymentStatus, Registration, Ticket},
    ids::{EventId, SessionId},
    people::{Caller, Role},
};
use kabar_store::{List, Window};
use kabar_testkit::{House, JAKARTA, Person, Queue};

/// More than any test has of anything.
pub(crate) const ALL: Window = Window::first(1_000);

/// A house where nobody is told of what they buy.
pub(crate) async fn quiet() -> House {
    quiet_with_seed(1).await
}

/// The same with other chances.
pub(crate) async fn quiet_with_seed(seed: u64) -> House {
    let house = House::with_seed(seed).await;
    house.queues.lose(Queue::Dispatch);
    house
}

/// So many hours after the house's clock.
pub(crate) fn hours(house: &House, hours: i64) -> Timestamp {
    house.world.now() + SignedDuration::from_hours(hours)
}

/// Staff, without an account.
pub(crate) fn staff(house: &House) -> Caller {
    house.caller(&[Role::Admin])
}

/// A person with an account and these roles.
pub(crate) async fn person(house: &House, name: &str, roles: &[Role]) -> Caller {
    let person = Person {
        name,
        language: Language::Id,
        zone: JAKARTA,
    };
    Caller {
        user: house.user(person).await.id,
        session: SessionId::new(&*house.world),
        roles: roles.to_vec(),
    }
}

/// An organizer with an account.
pub(crate) async fn organizer(house: &House, name: &str) -> Caller {
    person(house, name, &[Role::Organizer]).await
}

/// What a new event is, tomorrow.
pub(crate) fn new_event(house: &House, name: &str, quota: u32) -> NewEvent {
    NewEvent {
        name: name.to_owned(),
        description: String::new(),
        location: "Bandung".to_owned(),
        start: hours(house, 24),
        end: hours(house, 26),
        status: EventStatus::Scheduled,
        category: "Music".to_owned(),
        quota,
        organizer: None,
        zone: None,
        region: None,
        reminders: None,
    }
}

/// An event of this organizer, tomorrow.
pub(crate) async fn event(house: &House, organizer: &Caller, quota: u32) -> Event {
    let new = new_event(house, "Jazz", quota);
    house.app.add_event(organizer, new).await.unwrap()
}

/// What a new ticket is, on sale for a day.
pub(crate) fn new_ticket(house: &House, event: EventId, quota: u32) -> NewTicket {
    NewTicket {
        event,
        name: "Regular".to_owned(),
        price: Money::parse("150000").unwrap(),
        sales_start: house.world.now(),
        sales_end: hours(house, 24),
        quota,
    }
}

/// A kind of ticket, on sale for a day.
pub(crate) async fn ticket(house: &House, organizer: &Caller, event: &Event, quota: u32) -> Ticket {
    let new = new_ticket(house, event.id, quota);
    house.app.add_ticket(organizer, new).await.unwrap()
}

/// Registers the caller.
pub(crate) async fn register(app: &App, caller: &Caller, ticket: &Ticket) -> Result<Registration, Failure> {
    let new = NewRegistration {
        ticket: ticket.id,
        user: None,
    };
    app.register(caller, new).await
}

/// Registers somebody new, without an account; returns them too.
pub(crate) async fn newcomer(house: &House, ticket: &Ticket) -> (Caller, Registration) {
    let caller = house.caller(&[]);
    let registration = register(&house.app, &caller, ticket).await.expect("a free seat");
    (caller, registration)
}

/// Adds a payment of this status, as staff.
pub(crate) async fn pay(house: &House, registration: &Registration, status: PaymentStatus) -> Payment {
    let new = NewPayment {
        registration: registration.id,
        method: PaymentMethod::Qris,
        status,
        amount: Money::parse("150000").unwrap(),
    };
    house.app.add_payment(&staff(house), new).await.unwrap()
}

/// How many registrations and payments somebody sees.
pub(crate) async fn listed(house: &House, caller: &Caller) -> (usize, usize) {
    let registrations = house
        .app
        .registrations(caller, RegistrationFilter::default(), &ALL)
        .await
        .unwrap();
    let payments = house.app.payments(caller, false, &ALL).await.unwrap();
    (registrations.entries.len(), payments.entries.len())
}

/// Holds an event's seats to its registrations: no more taken than there are, and one registration for each.
pub(crate) async fn assert_in_balance(house: &House, event: EventId) {
    let seats = house.app.seats(event).await.unwrap();
    let held = house
        .app
        .events
        .holdings_after(event, None, 5_000)
        .await
        .unwrap()
        .registrations;
    assert_eq!(seats.taken + seats.free(), seats.quota, "of the event: {seats:?}");
    assert_eq!(
        held.len(),
        seats.taken as usize,
        "a registration for each seat: {seats:?}"
    );
    for (id, stock) in &seats.tickets {
        assert_eq!(stock.taken + stock.free(), stock.quota, "of a ticket: {seats:?}");
        let of_it = held
            .iter()
            .filter(|registration| registration.ticket == *id)
            .count();
        assert_eq!(
            of_it, stock.taken as usize,
            "a registration for each ticket: {seats:?}"
        );
    }
    let by_ticket: u32 = seats.tickets.values().map(|stock| stock.taken).sum();
    assert_eq!(by_ticket, seats.taken, "tickets and event agree: {seats:?}");
}

/// All entries of a list that is read in parts of `limit`, in order.
pub(crate) async fn paged<T>(limit: u16, read: impl AsyncFn(Window) -> List<T>) -> Vec<T> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let part = read(Window {
            limit,
            after,
            ..Window::default()
        })
        .await;
        assert!(part.entries.len() <= usize::from(limit), "more than asked for");
        all.extend(part.entries);
        after = part.next;
        if after.is_none() {
            return all;
        }
    }
}

/// Whether it was refused because of the state of things.
pub(crate) fn is_conflict<T>(result: &Result<T, Failure>) -> bool {
    matches!(result, Err(Failure::Conflict(_)))
}

/// The sentence with which it was refused because of the state of things.
pub(crate) fn conflict<T>(result: Result<T, Failure>) -> &'static str {
    match result {
        Err(Failure::Conflict(sentence)) => sentence,
        Err(other) => panic!("refused otherwise: {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

/// Whether there is no such thing, as far as the caller may know.
pub(crate) fn is_gone<T>(result: &Result<T, Failure>) -> bool {
    matches!(result, Err(Failure::NotFound))
}

/// Whether the caller may not.
pub(crate) fn is_not_allowed<T>(result: &Result<T, Failure>) -> bool {
    matches!(result, Err(Failure::NotAllowed))
}

/// Whether this field, and no other, was refused.
pub(crate) fn names_field<T>(result: &Result<T, Failure>, field: &str) -> bool {
    matches!(result, Err(Failure::Invalid(errors)) if errors.len() == 1 && errors[0].field == field)
}
