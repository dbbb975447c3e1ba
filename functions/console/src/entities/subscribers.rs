use crate::{
    entity::{Action, Entity, Field, Kind, NO_ENTITY, Who, delete, field},
    words::{fields as f, text, things, values},
};

const CHAT: Field = field("chat_id", f::CHAT, Kind::Number).required();
const TITLE: Field = field("title", f::TITLE, Kind::Text);
const LANGUAGE: Field = field("language", f::LANGUAGE, Kind::Choice(values::LANGUAGES));
const ZONE: Field = field("time_zone", f::ZONE, Kind::Zone).hint(f::ZONE_HINT);

pub(super) static SUBSCRIBERS: Entity = Entity {
    name: "chats",
    path: "/api/telegram/subscribers",
    list: "subscribers",
    id: "chat_id",
    title: "title",
    one: things::SUBSCRIBER,
    many: things::SUBSCRIBERS,
    who: Who::Staff,
    columns: &[
        CHAT,
        TITLE,
        field("active", f::ACTIVE, Kind::Flag),
        field("reason", f::REASON, Kind::Choice(values::CHAT_REASONS)),
        field("user", f::USER, Kind::Reference("users")),
        LANGUAGE,
        ZONE,
        field("since", f::SINCE, Kind::Time),
    ],
    create: &[CHAT, TITLE, LANGUAGE, ZONE],
    actions: &[Action {
        is_grave: false,
        ..delete(text(
            "Nothing is sent to this chat any more.",
            "Tidak ada lagi yang dikirim ke obrolan ini.",
        ))
    }],
    ..NO_ENTITY
};
