use crate::{
    entity::{Action, Entity, Kind, NO_ENTITY, delete, field},
    words::{fields as f, text, things, values},
};

pub(super) static FOLLOWERS: Entity = Entity {
    name: "followers",
    path: "/followers",
    list: "followers",
    id: "user",
    title: "user",
    one: things::FOLLOWER,
    many: things::FOLLOWERS,
    columns: &[
        field("user", f::USER, Kind::Reference("users")),
        field("channels", f::CHANNELS, Kind::Choices(values::PERSON_CHANNELS)),
        field("since", f::SINCE, Kind::Time),
    ],
    create: &[
        field("user_id", f::USER, Kind::Reference("users"))
            .hint(text("Empty: you yourself.", "Kosong: Anda sendiri.")),
        field("channels", f::CHANNELS, Kind::Choices(values::PERSON_CHANNELS)),
    ],
    actions: &[Action {
        is_grave: false,
        ..delete(text(
            "They are not told of this region any more.",
            "Tidak diberi kabar wilayah ini lagi.",
        ))
    }],
    ..NO_ENTITY
};
