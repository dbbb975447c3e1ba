use crate::{
    entity::{Action, Entity, Field, Kind, NO_ACTION, NO_ENTITY, Who, delete, field},
    words::{fields as f, text, things},
};

const NAME: Field = field("name", f::NAME, Kind::Text).required().hint(text(
    "Members of “admin” and “organizer” have the role of that name.",
    "Anggota “admin” dan “organizer” mendapat peran bernama itu.",
));

pub(super) static GROUPS: Entity = Entity {
    name: "groups",
    path: "/api/groups",
    list: "groups",
    one: things::GROUP,
    many: things::GROUPS,
    who: Who::Superusers,
    columns: &[NAME, field("id", f::ID, Kind::Number)],
    facts: Some(&[]),
    create: &[NAME],
    change: &[NAME],
    actions: &[
        MEMBER,
        NO_MEMBER,
        delete(text(
            "Its members lose the role that it gives.",
            "Anggotanya kehilangan peran dari grup ini.",
        )),
    ],
    ..NO_ENTITY
};

const MEMBER: Action = Action {
    name: "add",
    label: text("Add somebody", "Tambah orang"),
    warning: text(
        "They have the role of this group at once.",
        "Orang itu langsung mendapat peran grup ini.",
    ),
    fields: &[field("user_id", f::USER, Kind::Reference("users")).required()],
    path: "/api/assign-roles",
    named_by: Some("group_id"),
    ..NO_ACTION
};

const NO_MEMBER: Action = Action {
    name: "take",
    label: text("Take somebody out", "Keluarkan orang"),
    warning: text(
        "They lose the role of this group at once.",
        "Orang itu langsung kehilangan peran grup ini.",
    ),
    method: "DELETE",
    is_once: false,
    ..MEMBER
};
