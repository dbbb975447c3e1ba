use crate::{
    entity::{Action, Entity, Field, Kind, NO_ENTITY, Who, delete, field},
    words::{fields as f, text, things, values},
};

const EMAIL: Field = field("email", f::EMAIL, Kind::Email).required();
const TOPIC: Field = field("topic", f::TOPIC, Kind::Choice(values::TOPICS));

pub(super) static SUPPRESSIONS: Entity = Entity {
    name: "suppressions",
    path: "/api/suppressions",
    list: "suppressions",
    title: "email",
    one: things::SUPPRESSION,
    many: things::SUPPRESSIONS,
    who: Who::Staff,
    columns: &[
        EMAIL,
        TOPIC,
        field("reason", f::REASON, Kind::Choice(values::SUPPRESSION_REASONS)),
        field("source", f::SOURCE, Kind::Reference("users")),
        field("since", f::SINCE, Kind::Time),
    ],
    facts: Some(&[field("message", things::MESSAGE, Kind::Reference("messages"))]),
    filters: &[field("email", f::EMAIL, Kind::Text), TOPIC],
    create: &[EMAIL, TOPIC],
    actions: &[Action {
        label: text("Lift", "Cabut"),
        ..delete(text(
            "Mail goes to this address again.",
            "Alamat ini dikirimi email lagi.",
        ))
    }],
    ..NO_ENTITY
};
