use crate::{
    entity::{Entity, Field, Kind, NO_ENTITY, Who, delete, field},
    words::{fields as f, text, things},
};

/// What a poster is made of.
pub(crate) const PICTURE: &[Field] = &[field("image", f::PICTURE, Kind::File)
    .required()
    .hint(f::PICTURE_HINT)];

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
    makers: Who::Organizers,
    create: PICTURE,
    actions: &[delete(text(
        "The picture is gone for good.",
        "Gambarnya dihapus untuk selamanya.",
    ))],
    ..NO_ENTITY
};
