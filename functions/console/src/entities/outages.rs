use crate::{
    entity::{Entity, Field, Kind, NO_ENTITY, Who, field, newest_by},
    words::{fields as f, things, values},
};

const REGION: Field = field("region", f::REGION, Kind::Reference("regions"));

pub(super) static OUTAGES: Entity = Entity {
    name: "outages",
    path: "/api/outages",
    list: "outages",
    title: "started_at",
    one: things::OUTAGE,
    many: things::OUTAGES,
    who: Who::Everybody,
    columns: &[
        field("started_at", f::START, Kind::Time),
        field("ended_at", f::END, Kind::Time),
        field("duration_s", f::DURATION, Kind::Seconds),
        REGION,
        field("home", f::HOME, Kind::Reference("homes")),
        field("cause", f::CAUSE, Kind::Choice(values::CAUSES)),
        field("people_told", f::TOLD, Kind::Number),
    ],
    order: Some(newest_by("started_at")),
    filters: &[REGION, field("open", f::OPEN, Kind::Choice(values::TRUE_FALSE))],
    ..NO_ENTITY
};

/// What happened in a place, in its order.
pub(super) static TRANSITIONS: Entity = Entity {
    name: "history",
    path: "/history",
    list: "transitions",
    id: "at",
    title: "at",
    one: things::TRANSITION,
    many: things::TRANSITIONS,
    columns: &[
        field("at", f::AT, Kind::Time),
        field("from", f::FROM_STATE, Kind::Choice(values::POWER)),
        field("to", f::TO_STATE, Kind::Choice(values::POWER)),
        field("cause", f::CAUSE, Kind::Choice(values::CAUSES)),
    ],
    ..NO_ENTITY
};
