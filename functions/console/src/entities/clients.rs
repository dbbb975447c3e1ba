use crate::{
    entity::{Entity, Field, Kind, NO_ENTITY, Who, delete, field},
    words::{clients::IMPORT, fields as f, text, things, values},
};

const PHONE: Field = field("phone", f::PHONE, Kind::Text)
    .required()
    .hint(f::PHONE_HINT);
const NAME: Field = field("first_name", f::FIRST_NAME, Kind::Text);
const EMAIL: Field = field("email", f::EMAIL, Kind::Email).nullable();
const TAG: Field = field("tag", f::TAG, Kind::Text);
const OPERATOR: Field = field("operator_code", f::OPERATOR_CODE, Kind::Text).nullable();
const ZONE: Field = field("time_zone", f::ZONE, Kind::Zone)
    .required()
    .hint(f::ZONE_HINT);
const LANGUAGE: Field = field("language", f::LANGUAGE, Kind::Choice(values::LANGUAGES)).nullable();
const UNSUBSCRIBED: Field = field("unsubscribed", f::UNSUBSCRIBED, Kind::Flag);

pub(super) static CLIENTS: Entity = Entity {
    name: "clients",
    path: "/api/clients",
    list: "clients",
    title: "phone",
    one: things::CLIENT,
    many: things::CLIENTS,
    who: Who::Staff,
    columns: &[PHONE, NAME, EMAIL, TAG, OPERATOR, ZONE, UNSUBSCRIBED],
    facts: Some(&[LANGUAGE, field("created_at", f::CREATED, Kind::Time)]),
    filters: &[
        field("phone", f::PHONE, Kind::Text),
        field("tag", f::TAG, Kind::Text),
        field("operator_code", f::OPERATOR_CODE, Kind::Text),
    ],
    create: &[PHONE, NAME, EMAIL, TAG, OPERATOR, ZONE, LANGUAGE],
    change: &[PHONE, NAME, EMAIL, TAG, OPERATOR, ZONE, LANGUAGE, UNSUBSCRIBED],
    actions: &[delete(text(
        "Their data goes for good; what was sent to them stays counted.",
        "Datanya dihapus untuk selamanya; yang pernah dikirim tetap terhitung.",
    ))],
    also: Some(("/clients/import", IMPORT)),
    ..NO_ENTITY
};
