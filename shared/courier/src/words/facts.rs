use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    news::{EventFacts, News},
};
use minijinja::{Value, context};

use super::{duration, moment};

/// What the words of this news are filled with, for a reader of this language in this zone.
///
/// What happens somewhere is said by the reader's clock and by the one there; `elsewhere`: the two show different times.
pub(super) fn facts(news: &News, language: Language, zone: &Zone) -> Value {
    let code = language.code();
    let here = |instant: Timestamp| moment(instant, zone, language);
    match news {
        News::Outage {
            outage,
            region,
            zone: there,
        } => {
            let started = here(outage.started_at);
            let started_there = moment(outage.started_at, there, language);
            let elsewhere = started != started_there;
            context! { language => code, accent => "#c2410c", region, elsewhere, started, started_there }
        }
        News::Restored {
            outage,
            ended_at,
            region,
            zone: there,
        } => {
            let (started, ended) = (here(outage.started_at), here(*ended_at));
            let started_there = moment(outage.started_at, there, language);
            let ended_there = moment(*ended_at, there, language);
            let elsewhere = started != started_there || ended != ended_there;
            let duration = duration(ended_at.duration_since(outage.started_at), language);
            context! {
                language => code, accent => "#15803d", region, elsewhere,
                started, started_there, ended, ended_there, duration,
            }
        }
        News::PasswordReset { requested_at, .. } => {
            let until = here(*requested_at + news.kind().lifetime());
            context! { language => code, accent => "#1d4ed8", until }
        }
        News::Registered {
            event,
            ticket,
            registered_at,
            ..
        } => {
            let registered = here(*registered_at);
            context! { accent => EVENT, ticket, registered, ..of_event(event, language, zone) }
        }
        News::RegistrationChanged {
            event, was, ticket, ..
        } => {
            let (was, ticket) = (&was.name, &ticket.name);
            context! { accent => EVENT, was, ticket, ..of_event(event, language, zone) }
        }
        News::RegistrationCancelled { event, ticket, .. } => {
            context! { accent => GONE, ticket, ..of_event(event, language, zone) }
        }
        News::PaymentCompleted {
            event,
            ticket,
            amount,
            method,
            paid_at,
            ..
        } => {
            let (amount, method, paid) = (amount.to_string(), method.name(), here(*paid_at));
            context! { accent => EVENT, ticket, amount, method, paid, ..of_event(event, language, zone) }
        }
        News::EventChanged { was, event } => {
            let was = of_event(was, language, zone);
            let accent = if event.is_cancelled { GONE } else { EVENT };
            context! { accent, was, ..of_event(event, language, zone) }
        }
        News::Mailing { subject, text, .. } => {
            context! { language => code, accent => "#0f766e", subject, text }
        }
        News::Reminder { event, .. } => context! { accent => EVENT, ..of_event(event, language, zone) },
    }
}

/// The colour of news of an event.
const EVENT: &str = "#6d28d9";
/// The colour of what will not be.
const GONE: &str = "#b91c1c";

fn of_event(event: &EventFacts, language: Language, zone: &Zone) -> Value {
    let starts = moment(event.starts_at, zone, language);
    let starts_there = moment(event.starts_at, &event.zone, language);
    let elsewhere = starts != starts_there;
    context! {
        language => language.code(), event => &event.name, location => &event.location, elsewhere, starts,
        starts_there, is_cancelled => event.is_cancelled,
    }
}
