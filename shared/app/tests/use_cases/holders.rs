//! What the concerns of ticket holders share.

use jiff::{SignedDuration, Timestamp};
use kabar_app::{
    Expected,
    events::{EventChange, NewEvent, NewTicket},
};
use kabar_domain::{
    World,
    events::{Event, Registration, Ticket},
    ids::RegistrationId,
    news::Kind,
    people::{Caller, User},
};
use kabar_store::{events::Seated, notices::Told};
use kabar_testkit::House;

use crate::events_common::{new_event, new_ticket, organizer};

/// An event and its tickets.
pub(crate) struct Concert {
    pub(crate) host: Caller,
    pub(crate) event: Event,
    pub(crate) tickets: Vec<Ticket>,
}

/// An event that starts then, with these tickets on sale until it does.
pub(crate) async fn concert(
    house: &House,
    host: &Caller,
    name: &str,
    start: Timestamp,
    tickets: &[&str],
) -> Concert {
    let new = NewEvent {
        start,
        end: start + SignedDuration::from_hours(2),
        ..new_event(house, name, 1_000)
    };
    let event = house.app.add_event(host, new).await.unwrap();
    let mut concert = Concert {
        host: host.clone(),
        event,
        tickets: Vec::new(),
    };
    for name in tickets {
        let new = NewTicket {
            name: (*name).to_owned(),
            sales_end: start,
            ..new_ticket(house, concert.event.id, 1_000)
        };
        concert
            .tickets
            .push(house.app.add_ticket(host, new).await.unwrap());
    }
    concert
}

/// An event in so many minutes, with one kind of ticket.
pub(crate) async fn concert_in(house: &House, minutes: i64) -> Concert {
    let host = organizer(house, "Host").await;
    let start = house.world.now() + SignedDuration::from_mins(minutes);
    concert(house, &host, "Konser", start, &["Festival"]).await
}

/// Gives somebody a ticket without telling them.
pub(crate) async fn holds(house: &House, user: &User, ticket: &Ticket) -> Registration {
    let event = house.app.events.event(ticket.event).await.unwrap().unwrap();
    let registration = Registration {
        id: RegistrationId::new(&*house.world),
        user: user.id,
        ticket: ticket.id,
        event: event.id,
        organizer: event.organizer,
        registered_at: house.world.now(),
        reminded: None,
        news: None,
        version: 1,
    };
    let seated = house
        .app
        .events
        .register(&registration, None, house.notices(), &[]);
    assert_eq!(seated.await.unwrap(), Seated::Now(registration.clone()));
    registration
}

/// Changes an event as its organizer.
pub(crate) async fn change(house: &House, concert: &Concert, change: EventChange) -> Event {
    let changed = house
        .app
        .change_event(&concert.host, concert.event.id, Expected::Any, change);
    changed.await.unwrap()
}

/// Moves an event to another start, two hours long.
pub(crate) async fn move_to(house: &House, concert: &Concert, start: Timestamp) -> Event {
    let to = EventChange {
        start: Some(start),
        end: Some(start + SignedDuration::from_hours(2)),
        ..EventChange::default()
    };
    change(house, concert, to).await
}

/// Notices of a kind, the oldest first.
pub(crate) async fn of_kind(house: &House, kind: Kind) -> Vec<Told> {
    let mut told = house.told().await;
    told.retain(|told| told.notice.news.kind() == kind);
    told
}

/// Lets some minutes pass, with a sweep for reminders at each, and all that comes of it.
pub(crate) async fn minutes_pass(house: &House, minutes: i64) {
    for _ in 0..minutes {
        house.world.pass_seconds(60);
        house.remind().await;
        house.drain().await;
    }
}
