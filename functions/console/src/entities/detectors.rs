use crate::{
    entity::{Action, Entity, Field, Kind, NO_ACTION, NO_ENTITY, delete, field},
    words::{fields as f, text, things, values},
};

const NAME: Field = field("name", f::NAME, Kind::Text);
const KIND: Field = field("kind", f::KIND, Kind::Choice(values::DETECTORS)).required();
const PERIOD: Field = field("period_s", f::PERIOD, Kind::Number);
const GRACE: Field = field("grace_s", f::GRACE, Kind::Number);
const TARGET: Field = field("target", f::TARGET, Kind::Text).hint(f::TARGET_HINT);
const MISSES: Field = field("misses", f::MISSES, Kind::Number);
const HITS: Field = field("hits", f::HITS, Kind::Number);
const DWELL: Field = field("dwell_s", f::DWELL, Kind::Number);
const SHOWN_KEY: &[Field] = &[
    field("key", f::KEY, Kind::Text),
    field(
        "ping_url",
        text("Address to call", "Alamat untuk dipanggil"),
        Kind::Text,
    ),
];

pub(super) static DETECTORS: Entity = Entity {
    name: "detectors",
    path: "/detectors",
    list: "detectors",
    one: things::DETECTOR,
    many: things::DETECTORS,
    columns: &[NAME, KIND, PERIOD, GRACE, TARGET],
    facts: Some(&[MISSES, HITS, DWELL]),
    create: &[KIND, NAME, PERIOD, GRACE, TARGET, MISSES, HITS, DWELL],
    change: &[NAME, PERIOD, GRACE, TARGET, MISSES, HITS, DWELL],
    reveals: SHOWN_KEY,
    actions: &[
        KEY,
        delete(text(
            "Its key is good for nothing then.",
            "Kuncinya tidak berlaku lagi.",
        )),
    ],
    ..NO_ENTITY
};

const KEY: Action = Action {
    name: "key",
    label: text("New key", "Kunci baru"),
    warning: text(
        "The old key is good for nothing at once. The new one is shown once.",
        "Kunci lama langsung tidak berlaku. Kunci baru ditampilkan sekali saja.",
    ),
    path: "/key",
    reveals: SHOWN_KEY,
    is_grave: true,
    ..NO_ACTION
};
