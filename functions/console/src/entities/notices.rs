use crate::{
    entity::{Entity, Kind, NO_ENTITY, Who, field, newest_by},
    words::{fields as f, things, values},
};

pub(super) static NOTICES: Entity = Entity {
    name: "notices",
    path: "/api/notices",
    list: "notices",
    title: "kind",
    one: things::NOTICE,
    many: things::NOTICES,
    who: Who::Staff,
    columns: &[
        field("kind", f::KIND, Kind::Choice(values::NEWS)),
        field("created_at", f::CREATED, Kind::Time),
        field("people", f::PEOPLE, Kind::Number),
        field("told", f::TOLD, Kind::Number),
        field("counts", f::COUNTS, Kind::Counts(values::MESSAGE_STATUS)),
        field("lane", f::LANE, Kind::Choice(values::LANES)),
    ],
    order: Some(newest_by("created_at")),
    facts: Some(&[
        field("status", f::STATE, Kind::Choice(values::NOTICE_STATUS)),
        field("not_before", f::NOT_BEFORE, Kind::Time),
        field("deadline", f::DEADLINE, Kind::Time),
        field("in_doubt", f::IN_DOUBT, Kind::Number),
        field("event", f::EVENT, Kind::Reference("events")),
        field("region", f::REGION, Kind::Reference("regions")),
        field("home", f::HOME, Kind::Reference("homes")),
        field("mailing", things::MAILING, Kind::Reference("mailings")),
        field("registration", f::REGISTRATION, Kind::Reference("registrations")),
        field("user", f::USER, Kind::Reference("users")),
    ]),
    parts: &[crate::entity::Part::Within(&super::messages::MESSAGES_WITHIN)],
    ..NO_ENTITY
};
