use crate::{
    entity::{Entity, Kind, NO_ENTITY, field},
    words::{fields as f, things, values},
};

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
    ..NO_ENTITY
};
