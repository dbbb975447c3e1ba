use futures_util::future::join_all;
use serde_json::Value;

use super::{FIRST, shown, text};
use crate::{
    entity::{Cell, Kind},
    web::Reader,
    words::values,
};

/// An event, and how many of its seats are taken.
pub(super) struct Sales {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) start: Cell,
    pub(super) state: Cell,
    /// None where that could not be read.
    pub(super) seats: Option<Seats>,
}

/// The seats of an event.
pub(super) struct Seats {
    /// By all of its tickets.
    pub(super) taken: u64,
    /// By the event's own count.
    pub(super) free: u64,
    pub(super) quota: u64,
}

impl Seats {
    /// Of what the API says is left.
    fn read(left: &Value) -> Option<Self> {
        let tickets = left["tickets"].as_array()?.iter();
        let taken = tickets
            .filter_map(|ticket| {
                ticket["quota"]
                    .as_u64()?
                    .checked_sub(ticket["remaining"].as_u64()?)
            })
            .sum();
        Some(Self {
            taken,
            free: left["remaining"].as_u64()?,
            quota: left["quota"].as_u64()?,
        })
    }

    /// Whether what its tickets took and what the event has left make all of it: they are counted apart.
    pub(super) const fn adds_up(&self) -> bool {
        self.taken + self.free == self.quota
    }
}

/// Events ahead, the earliest first: of everybody, or of one organizer.
pub(super) async fn ahead(reader: &Reader, organizer: Option<&str>) -> Option<Vec<Sales>> {
    let now = reader.console.app.world.now();
    let of = organizer.map_or_else(String::new, |id| format!("&organizer={id}"));
    let path = format!("/api/events/?from={now}&limit={FIRST}{of}");
    let found = reader.get(path).await.ok()?.value;
    let all = found["events"]
        .as_array()?
        .iter()
        .map(|event| sales(reader, event));
    Some(join_all(all.collect::<Vec<_>>()).await)
}

/// Their own events ahead, if they may have any.
pub(super) async fn own(reader: &Reader) -> Option<Vec<Sales>> {
    match reader.is_organizer() {
        true => ahead(reader, reader.me["id"].as_str()).await,
        false => None,
    }
}

async fn sales(reader: &Reader, event: &Value) -> Sales {
    let id = text(event, "id");
    let left = reader.get(format!("/api/events/{id}/availability/")).await;
    Sales {
        href: format!("/events/{id}"),
        name: text(event, "name"),
        start: shown(reader, "start_time", Kind::Time, event),
        state: shown(reader, "status", Kind::Choice(values::EVENT_STATUS), event),
        seats: left.ok().and_then(|left| Seats::read(&left.value)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Seats;

    #[test]
    fn seats_add_up_only_where_both_counts_agree() {
        let seats = |remaining: u64| {
            let tickets = json!([{ "quota": 30, "remaining": 10 }, { "quota": 20, "remaining": 19 }]);
            Seats::read(&json!({ "quota": 50, "remaining": remaining, "tickets": tickets })).unwrap()
        };
        assert!(seats(29).adds_up());
        assert!(!seats(30).adds_up());
        assert_eq!((seats(29).taken, seats(29).free), (21, 29));
        assert!(Seats::read(&json!({})).is_none());
    }
}
