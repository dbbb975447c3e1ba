use crate::{
    entity::{Entity, Kind, NO_ENTITY, field},
    words::{fields as f, mine as m, things, values},
};

/// What a person was told, as they see it.
pub(crate) static OWN_MESSAGES: Entity = Entity {
    name: "me/messages",
    path: "/api/users/me/messages",
    list: "messages",
    title: "kind",
    one: things::MESSAGE,
    many: m::MY_MESSAGES,
    columns: &[
        field("kind", f::KIND, Kind::Choice(values::NEWS)),
        field("because", m::WHY, Kind::Choice(values::BECAUSE)),
        field("channel", f::CHANNEL, Kind::Choice(values::CHANNELS)),
        field("created_at", f::AT, Kind::Time),
        field("status", f::STATE, Kind::Choice(values::MESSAGE_STATUS)),
    ],
    facts: Some(&[
        field("sent_at", f::SENT, Kind::Time),
        field("region", f::REGION, Kind::Reference("regions")),
        field("home", f::HOME, Kind::Reference("homes")),
        field("event", f::EVENT, Kind::Reference("events")),
        field("registration", f::REGISTRATION, Kind::Reference("registrations")),
    ]),
    ..NO_ENTITY
};
