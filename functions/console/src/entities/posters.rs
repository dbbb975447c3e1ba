use crate::{
    entity::{Entity, Kind, NO_ENTITY, delete, field},
    words::{fields as f, text, things},
};

pub(super) static POSTERS: Entity = Entity {
    name: "poster",
    path: "/poster",
    title: "image",
    one: things::POSTER,
    many: things::POSTERS,
    columns: &[
        field("url", things::POSTER, Kind::Image),
        field("content_type", f::KIND, Kind::Text),
        field("size", text("Size", "Ukuran"), Kind::Bytes),
        field("uploaded_at", f::CREATED, Kind::Time),
    ],
    actions: &[delete(text(
        "The picture is gone for good.",
        "Gambarnya dihapus untuk selamanya.",
    ))],
    ..NO_ENTITY
};
