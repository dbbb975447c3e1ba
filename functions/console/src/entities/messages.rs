use crate::{
    entity::{Entity, Field, Kind, NO_ENTITY, Who, field, newest_by},
    words::{fields as f, things, values},
};

const STATUS: Field = field("status", f::STATE, Kind::Choice(values::MESSAGE_STATUS));
const COLUMNS: &[Field] = &[
    field("id", f::ID, Kind::Id),
    STATUS,
    field("channel", f::CHANNEL, Kind::Choice(values::CHANNELS)),
    field("created_at", f::CREATED, Kind::Time),
    field("sent_at", f::SENT, Kind::Time),
    field("attempts", f::ATTEMPTS, Kind::Number),
    field("error", f::ERROR, Kind::Text),
    field("client", things::CLIENT, Kind::Reference("clients")),
    field("user", f::USER, Kind::Reference("users")),
];

pub(super) static MESSAGES: Entity = Entity {
    name: "messages",
    path: "/api/messages",
    list: "messages",
    title: "id",
    one: things::MESSAGE,
    many: things::MESSAGES,
    who: Who::Staff,
    columns: COLUMNS,
    facts: Some(&[
        field("mailing", things::MAILING, Kind::Reference("mailings")),
        field("notice", f::NOTICE, Kind::Reference("notices")),
        field("in_doubt", f::IN_DOUBT, Kind::Flag),
    ]),
    filters: &[STATUS],
    beside: Some(crate::why::why),
    ..NO_ENTITY
};

/// The messages of one mailing or notice.
pub(super) static MESSAGES_WITHIN: Entity = Entity {
    name: "messages",
    path: "/messages",
    list: "messages",
    title: "id",
    one: things::MESSAGE,
    many: things::MESSAGES,
    columns: COLUMNS,
    order: Some(newest_by("created_at")),
    filters: &[STATUS],
    elsewhere: Some("/messages"),
    ..NO_ENTITY
};
