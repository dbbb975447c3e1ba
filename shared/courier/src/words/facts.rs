use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    news::{EventFacts, News, PlannedFacts},
};
use minijinja::{Value, context};

use super::{
    duration, moment,
    names::{one_line, paragraphs},
    speech,
};

/// What the words of this news are filled with, for a reader of this language in this zone.
///
/// What happens somewhere is said by the reader's clock and by the one there; `elsewhere`: the two show different times.
pub(super) fn facts(news: &News, language: Language, zone: &Zone) -> Value {
    let code = language.code();
    let here = |instant: Timestamp| moment(instant, zone, language);
    let of_event = |event: &EventFacts| of_event(event, language, zone);
    match news {
        News::Outage {
            outage,
            region,
            zone: there,
        } => {
            let started = here(outage.started_at);
            let started_there = moment(outage.started_at, there, language);
            let (region, elsewhere) = (one_line(region), started != started_there);
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
            let (region, elsewhere) = (one_line(region), started != started_there || ended != ended_there);
            let duration = duration(ended_at.duration_since(outage.started_at), language);
            context! {
                language => code, accent => "#15803d", region, elsewhere,
                started, started_there, ended, ended_there, duration,
            }
        }
        News::HomeOutage {
            outage,
            home,
            zone: there,
            is_silence,
        } => {
            let started = here(outage.started_at);
            let started_there = moment(outage.started_at, there, language);
            let (home, elsewhere) = (one_line(home), started != started_there);
            context! { language => code, accent => "#c2410c", home, is_silence, elsewhere, started, started_there }
        }
        News::HomeRestored {
            outage,
            ended_at,
            home,
            zone: there,
            is_silence,
        } => {
            let (started, ended) = (here(outage.started_at), here(*ended_at));
            let started_there = moment(outage.started_at, there, language);
            let ended_there = moment(*ended_at, there, language);
            let (home, elsewhere) = (one_line(home), started != started_there || ended != ended_there);
            let duration = duration(ended_at.duration_since(outage.started_at), language);
            context! {
                language => code, accent => "#15803d", home, is_silence, elsewhere,
                started, started_there, ended, ended_there, duration,
            }
        }
        News::PlannedCut { cut } => context! { accent => "#b45309", ..of_planned(cut, language, zone) },
        News::PlannedCutChanged { was, cut } => {
            let accent = if cut.is_cancelled { "#15803d" } else { "#b45309" };
            let (new_start, new_end) = (was.start != cut.time.start, was.end != cut.time.end);
            let (was_starts, was_ends) = (here(was.start), here(was.end));
            context! { accent, new_start, new_end, was_starts, was_ends, ..of_planned(cut, language, zone) }
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
            let (ticket, registered) = (one_line(ticket), here(*registered_at));
            context! { accent => EVENT, ticket, registered, ..of_event(event) }
        }
        News::RegistrationChanged {
            event, was, ticket, ..
        } => {
            let (was, ticket) = (one_line(&was.name), one_line(&ticket.name));
            context! { accent => EVENT, was, ticket, ..of_event(event) }
        }
        News::RegistrationCancelled { event, ticket, .. } => {
            let ticket = one_line(ticket);
            context! { accent => GONE, ticket, ..of_event(event) }
        }
        News::PaymentCompleted {
            event,
            ticket,
            amount,
            method,
            paid_at,
            ..
        } => {
            let (ticket, paid) = (one_line(ticket), here(*paid_at));
            let (amount, method) = (
                speech::amount(*amount, language),
                speech::method(*method, language),
            );
            context! { accent => EVENT, ticket, amount, method, paid, ..of_event(event) }
        }
        News::EventChanged { was, event } => {
            let accent = if event.is_cancelled { GONE } else { EVENT };
            let new_start = was.starts_at != event.starts_at;
            let new_end = was.ends_at != event.ends_at && event.ends_at > event.starts_at;
            let new_place = one_line(&was.location) != one_line(&event.location);
            // Also an end that was wrong and still is: what then is new is the time.
            let new_time = new_start || new_end || !new_place;
            let was = of_event(was);
            context! { accent, was, new_start, new_end, new_time, new_place, ..of_event(event) }
        }
        News::Mailing { subject, text, .. } => {
            let headline = subject
                .as_ref()
                .map(|subject| one_line(subject.as_str()))
                .unwrap_or_default();
            let paragraphs = paragraphs(text.as_str());
            context! { language => code, accent => "#0f766e", headline, paragraphs }
        }
        News::Test { requested_at } => {
            let asked = here(*requested_at);
            context! { language => code, asked }
        }
        News::Reminder { event, .. } => context! { accent => EVENT, ..of_event(event) },
    }
}

fn of_planned(cut: &PlannedFacts, language: Language, zone: &Zone) -> Value {
    let here = |instant: Timestamp| moment(instant, zone, language);
    let there = |instant: Timestamp| moment(instant, &cut.zone, language);
    let (starts, ends) = (here(cut.time.start), here(cut.time.end));
    let (starts_there, ends_there) = (there(cut.time.start), there(cut.time.end));
    let elsewhere = starts != starts_there || ends != ends_there;
    let length = duration(cut.time.end.duration_since(cut.time.start), language);
    context! {
        language => language.code(), region => one_line(&cut.called), reason => one_line(&cut.reason),
        is_cancelled => cut.is_cancelled, elsewhere, starts, starts_there, ends, ends_there, length,
    }
}

/// The colour of news of an event.
const EVENT: &str = "#6d28d9";
/// The colour of what will not be.
const GONE: &str = "#b91c1c";

/// `ends` is nothing while the organizer has it before the start.
fn of_event(event: &EventFacts, language: Language, zone: &Zone) -> Value {
    let starts = moment(event.starts_at, zone, language);
    let starts_there = moment(event.starts_at, &event.zone, language);
    let elsewhere = starts != starts_there;
    let ends = (event.ends_at > event.starts_at).then(|| moment(event.ends_at, zone, language));
    context! {
        language => language.code(), event => one_line(&event.name), location => one_line(&event.location),
        is_cancelled => event.is_cancelled, elsewhere, starts, starts_there, ends,
    }
}
