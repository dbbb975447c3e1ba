//! Ticket holders of an event that starts soon.

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::SignedDuration;
use kabar_domain::{
    World, Zone,
    events::{Event, EventStatus, Money, Registration, ReminderRules, Ticket},
    ids::{EventId, RegistrationId, TicketId, UserId},
};
use kabar_kit::SystemWorld;
use kabar_store::{events::Events, notices::Notices, people::People};

use crate::{
    accounts::{self, READERS, person},
    failure::{Failure, Result},
    platform::Aws,
};

/// How many people are added at a time.
const AT_ONCE: usize = 16;

/// An event that starts in 100 minutes, of which so many people hold a ticket and every tenth a second one; they are
/// to be reminded of it two hours before.
pub(crate) async fn add(aws: &Aws, count: u32) -> Result<Event> {
    let (events, people) = (
        Events::from(aws.table("events")),
        People::from(aws.table("people")),
    );
    let notices = Notices::from(aws.table("notices"));
    let event = event(count)?;
    let usual: ReminderRules = "PT2H".parse().map_err(|_| Failure::from("no duration"))?;
    events.add_event(&event, &usual).await?;
    let mut tickets = Vec::new();
    for name in ["Festival", "VIP"] {
        let ticket = ticket(&event, name)?;
        let seats = events.seats(event.id).await?.ok_or("no seats")?;
        events.add_ticket(&seats, &ticket).await?;
        tickets.push(ticket.id);
    }
    let (events, people, notices, event_of) = (&events, &people, &notices, &event);
    let tickets = &tickets;
    let one = |number: u32| async move {
        let (language, zone) = READERS[number as usize % READERS.len()];
        let zone = Zone::parse(zone).map_err(|_| Failure::from("a zone of the bench is none"))?;
        let user = UserId::new(&SystemWorld);
        let reader = person(user, &format!("holder-{number:07}@example.com"), language, zone)?;
        accounts::add(people, &reader).await?;
        let held = if number.is_multiple_of(10) { 2 } else { 1 };
        for ticket in tickets.iter().take(held) {
            let registration = registration(event_of, *ticket, user);
            events.register(&registration, None, notices, &[]).await?;
        }
        Ok::<_, Failure>(())
    };
    stream::iter(0..count)
        .map(one)
        .buffer_unordered(AT_ONCE)
        .try_collect::<Vec<()>>()
        .await?;
    Ok(event)
}

fn event(count: u32) -> Result<Event> {
    let now = SystemWorld.now();
    Ok(Event {
        id: EventId::new(&SystemWorld),
        name: "Jazz di Bandung".to_owned(),
        description: String::new(),
        location: "Gedung Merdeka, Bandung".to_owned(),
        start: now + SignedDuration::from_mins(100),
        end: now + SignedDuration::from_mins(200),
        status: EventStatus::Scheduled,
        category: "music".to_owned(),
        quota: count * 2,
        organizer: UserId::new(&SystemWorld),
        zone: Zone::parse("Asia/Jakarta").map_err(|_| Failure::from("no zone"))?,
        region: None,
        reminders: None,
        news: None,
        created_at: now,
        updated_at: now,
        version: 1,
    })
}

fn ticket(event: &Event, name: &str) -> Result<Ticket> {
    Ok(Ticket {
        id: TicketId::new(&SystemWorld),
        event: event.id,
        name: name.to_owned(),
        price: Money::from_minor(0).ok_or("no money")?,
        sales_start: event.created_at,
        sales_end: event.start,
        quota: event.quota,
        version: 1,
    })
}

fn registration(event: &Event, ticket: TicketId, user: UserId) -> Registration {
    Registration {
        id: RegistrationId::new(&SystemWorld),
        user,
        ticket,
        event: event.id,
        organizer: event.organizer,
        registered_at: event.created_at,
        reminded: None,
        news: None,
        version: 1,
    }
}
