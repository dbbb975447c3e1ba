//! What is told of events, registrations and payments, and to whom.

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    World,
    events::{Event, EventStatus, Payment, Registration, Ticket},
    ids::NoticeId,
    news::{Audience, EventFacts, News, Notice, TicketFacts},
};
use kabar_store::notices::Telling;

use crate::App;

/// Changes within this time are told together.
const TOGETHER: SignedDuration = SignedDuration::from_secs(60);

/// To who registers: they are registered.
pub(super) fn registered(
    world: &dyn World,
    registration: &Registration,
    event: &Event,
    ticket: &Ticket,
) -> Notice {
    let news = News::Registered {
        registration: registration.id,
        event: EventFacts::of(event, world.now()),
        ticket: ticket.name.clone(),
        registered_at: registration.registered_at,
    };
    Notice::new(world, news, Audience::Person(registration.user))
}

/// To who registers after all others were reminded: the event starts soon.
pub(super) fn late_reminder(world: &dyn World, registration: &Registration, event: &Event) -> Notice {
    let news = News::Reminder {
        event: EventFacts::of(event, world.now()),
        registration: Some(registration.id),
    };
    Notice::new(world, news, Audience::Person(registration.user)).until(event.start)
}

/// To who held it: a registration is cancelled. Nothing once the event is over.
pub(super) fn cancelled(
    world: &dyn World,
    registration: &Registration,
    event: &Event,
    ticket: &str,
) -> Option<Notice> {
    let now = world.now();
    let news = News::RegistrationCancelled {
        registration: registration.id,
        event: EventFacts::of(event, now),
        ticket: ticket.to_owned(),
    };
    let notice = || Notice::new(world, news, Audience::Person(registration.user));
    event.is_ahead(now).then(notice)
}

/// To its holder: a registration is by another ticket. Perhaps with what the `last` notice of it has yet to tell.
pub(super) fn traded(
    world: &dyn World,
    registration: &Registration,
    last: Option<NoticeId>,
    event: &Event,
    [was, ticket]: [&Ticket; 2],
) -> Telling {
    let facts = |ticket: &Ticket| TicketFacts {
        id: ticket.id,
        name: ticket.name.clone(),
    };
    let now = world.now();
    let news = News::RegistrationChanged {
        registration: registration.id,
        event: EventFacts::of(event, now),
        was: facts(was),
        ticket: facts(ticket),
    };
    if event.is_ahead(now) {
        together(world, last, news, Audience::Person(registration.user))
    } else {
        Telling::Nothing
    }
}

/// To who pays: a payment is completed.
pub(super) fn paid(
    world: &dyn World,
    payment: &Payment,
    paid_at: Timestamp,
    event: &Event,
    ticket: String,
) -> Notice {
    let news = News::PaymentCompleted {
        payment: payment.id,
        registration: payment.registration,
        event: EventFacts::of(event, world.now()),
        ticket,
        amount: payment.amount,
        method: payment.method,
        paid_at,
    };
    Notice::new(world, news, Audience::Person(payment.user))
}

/// To all who hold a ticket: the event is at another time or place, will not be, or will be after all. Nothing of
/// what makes no difference to them, or of an event that is over. Perhaps with what the `last` notice of it has yet to
/// tell.
pub(super) fn changed(world: &dyn World, before: &Event, after: &Event, last: Option<NoticeId>) -> Telling {
    let now = world.now();
    let (was, event) = (
        EventFacts::of(before, before.updated_at),
        EventFacts::of(after, now),
    );
    if !was.is_other_to_visitors(&event) || !(before.is_ahead(now) || after.is_ahead(now)) {
        return Telling::Nothing;
    }
    let audience = Audience::Holders(before.id);
    together(world, last, News::EventChanged { was, event }, audience)
}

/// To all who held a ticket: the event was removed, so it will not be. At once, for nothing can follow.
pub(super) fn removed(world: &dyn World, event: &Event, last: Option<NoticeId>) -> Telling {
    let after = Event {
        status: EventStatus::Cancelled,
        ..event.clone()
    };
    match changed(world, event, &after, last) {
        Telling::By(notice) => {
            let now = notice.created_at;
            Telling::By(Box::new(notice.not_before(now)))
        }
        told => told,
    }
}

/// A new notice, told in a minute; or what a notice of the last minute will say, which nobody was told yet.
fn together(world: &dyn World, last: Option<NoticeId>, news: News, audience: Audience) -> Telling {
    let now = world.now();
    match last.filter(|last| now.duration_since(last.made_at()) < TOGETHER) {
        Some(last) => Telling::With(last),
        None => {
            let notice = Notice::new(world, news, audience);
            let not_before = now.saturating_add(TOGETHER).unwrap_or(now);
            Telling::By(Box::new(notice.not_before(not_before)))
        }
    }
}

impl App {
    /// Has what a change tells planned when it is time.
    pub(super) async fn plan_telling(&self, telling: &Telling) {
        if let Telling::By(notice) = telling {
            self.plan_soon(notice).await;
        }
    }
}
