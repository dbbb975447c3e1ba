use crate::{
    entity::{Entity, Field, Kind, NO_ENTITY, Order, Part, Who, delete, field, newest_by},
    words::{fields as f, mine, text, things, values},
};

const TICKET: Field = field("ticket_id", f::TICKET, Kind::Reference("tickets")).required();
const EVENT: Field = field("event", f::EVENT, Kind::Reference("events"));
const STATUS: Field = field("status", f::STATE, Kind::Choice(values::REGISTRATION_STATUS));

pub(crate) static REGISTRATIONS: Entity = Entity {
    name: "registrations",
    path: "/api/registrations",
    list: "registrations",
    title: "id",
    one: things::REGISTRATION,
    many: things::REGISTRATIONS,
    who: Who::Everybody,
    keepers: Who::Organizers,
    columns: &[
        field("id", f::ID, Kind::Id),
        EVENT,
        field("ticket", f::TICKET, Kind::Reference("tickets")),
        field("user", f::USER, Kind::Reference("users")),
        STATUS,
        field("registered_at", f::REGISTERED, Kind::Time),
    ],
    // Those of an event go by its people.
    order: Some(Order {
        except: Some("event"),
        ..newest_by("registered_at")
    }),
    facts: Some(&[]),
    filters: &[EVENT],
    file: Some(("calendar", mine::TO_CALENDAR)),
    create: &[
        TICKET,
        field("user_id", f::USER, Kind::Reference("users"))
            .hint(text("Empty: for yourself.", "Kosong: untuk Anda sendiri.")),
    ],
    change: &[TICKET],
    actions: &[delete(text(
        "The seat is free again, and whoever held it is told.",
        "Kursinya kosong lagi, dan pemegangnya diberi tahu.",
    ))],
    parts: &[] as &[Part],
    ..NO_ENTITY
};
