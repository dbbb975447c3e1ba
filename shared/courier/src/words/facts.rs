use jiff::Timestamp;
use kabar_domain::{Language, Zone, news::News};
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
            let starts = here(event.starts_at);
            let starts_there = moment(event.starts_at, &event.zone, language);
            let elsewhere = starts != starts_there;
            context! {
                language => code, accent => "#6d28d9", event => &event.name, location => &event.location, ticket,
                elsewhere, starts, starts_there, registered => here(*registered_at),
            }
        }
    }
}
