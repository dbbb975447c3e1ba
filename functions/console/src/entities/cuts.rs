use crate::{
    entity::{Entity, Field, Kind, NO_ENTITY, Who, field},
    words::{fields as f, plan as p, things, values},
};

/// What cuts are planned by: all of a region's at once.
pub(crate) const PLAN: &[Field] = &[
    field("valid_until", p::VALID_UNTIL, Kind::Time),
    field("plan", p::PLAN, Kind::LongText),
    field("file", p::FILE, Kind::File),
];

pub(super) static PLANNED_CUTS: Entity = Entity {
    name: "planned-cuts",
    path: "/planned-cuts",
    list: "planned_cuts",
    title: "start",
    one: things::PLANNED_CUT,
    many: things::PLANNED_CUTS,
    columns: &[
        field("start", f::START, Kind::Time),
        field("end", f::END, Kind::Time),
        field("reason", f::REASON, Kind::Text),
        field("outcome", f::OUTCOME, Kind::Choice(values::OUTCOMES)),
    ],
    makers: Who::Staff,
    create: PLAN,
    ..NO_ENTITY
};
