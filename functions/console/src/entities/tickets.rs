use crate::{
    entity::{Action, Entity, Field, Kind, NO_ENTITY, Who, delete, field},
    words::{fields as f, text, things},
};

const NAME: Field = field("name", f::NAME, Kind::Text).required();
const PRICE: Field = field("price", f::PRICE, Kind::Money).required();
const START: Field = field("sales_start", f::SALES_START, Kind::Time).required();
const END: Field = field("sales_end", f::SALES_END, Kind::Time).required();
const QUOTA: Field = field("quota", f::QUOTA, Kind::Number).required();
const EVENT: Field = field("event", f::EVENT, Kind::Reference("events"));

pub(super) static TICKETS: Entity = Entity {
    name: "tickets",
    path: "/api/tickets",
    list: "tickets",
    one: things::TICKET,
    many: things::TICKETS,
    who: Who::Everybody,
    makers: Who::Organizers,
    keepers: Who::Organizers,
    columns: &[NAME, EVENT, PRICE, QUOTA, START, END],
    facts: Some(&[]),
    filters: &[EVENT],
    create: &[
        field("event_id", f::EVENT, Kind::Reference("events")).required(),
        NAME,
        PRICE,
        QUOTA,
        START,
        END,
    ],
    change: &[NAME, PRICE, QUOTA, START, END],
    actions: &[Action {
        who: Who::Organizers,
        ..delete(text(
            "Its registrations and payments go with it.",
            "Pendaftaran dan pembayarannya ikut terhapus.",
        ))
    }],
    ..NO_ENTITY
};
