use serde_json::Value;

use super::{
    lateness::{Lateness, lateness},
    shown, text,
};
use crate::{
    entity::{Cell, Kind},
    web::Reader,
    words::values,
};

/// Whether mailings stand still.
pub(super) struct Brake {
    pub(super) is_on: bool,
    pub(super) since: Cell,
}

/// A queue, and how many of its dead letters there are.
pub(super) struct Letters {
    pub(super) queue: String,
    pub(super) count: u64,
}

/// A lane, and how much waits in it.
pub(super) struct Lane {
    pub(super) name: Cell,
    pub(super) counts: [u64; 3],
}

pub(super) async fn brake(reader: &Reader) -> Option<Brake> {
    let brake = reader.get("/api/brake/").await.ok()?.value;
    Some(Brake {
        is_on: brake["is_on"] == true,
        since: shown(reader, "since", Kind::Time, &brake),
    })
}

/// It only counts: to look at letters every few seconds would hide them from whoever works on them.
pub(super) async fn letters(reader: &Reader) -> Option<Vec<Letters>> {
    let found = reader.get("/api/dead-letters/?count_only=true").await.ok()?.value;
    let letters = |queue: &Value| Letters {
        queue: text(queue, "queue"),
        count: queue["count"].as_u64().unwrap_or_default(),
    };
    Some(found["dead_letters"].as_array()?.iter().map(letters).collect())
}

/// Every lane, and how late people were told in them.
pub(super) struct Lanes {
    pub(super) all: Vec<Lane>,
    pub(super) lateness: Option<Lateness>,
}

pub(super) async fn lanes(reader: &Reader) -> Option<Lanes> {
    let found = reader.get("/api/queues/").await.ok()?.value;
    let lane = |lane: &Value| Lane {
        name: shown(reader, "lane", Kind::Choice(values::LANES), lane),
        counts: ["waiting", "in_flight", "delayed"].map(|name| lane[name].as_u64().unwrap_or_default()),
    };
    let all = found["queues"].as_array()?;
    Some(Lanes {
        lateness: lateness(reader, all),
        all: all.iter().map(lane).collect(),
    })
}
