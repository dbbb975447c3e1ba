use crate::{
    entity::{Action, Entity, Field, Kind, NO_ACTION, NO_ENTITY, Part, Who, delete, field, newest_by},
    words::{fields as f, mailings as m, text, things, values},
};

const CHANNEL: Field = field("channel", f::CHANNEL, Kind::Choice(values::MAILING_CHANNELS));
const SUBJECT: Field = field("subject", f::SUBJECT, Kind::Text).nullable();
const TEXT: Field = field("text", f::TEXT, Kind::LongText)
    .required()
    .hint(f::FIELDS_HINT);
const START: Field = field("start_time", f::START, Kind::Time).required();
const END: Field = field("end_time", f::END, Kind::Time).required();
const TAGS: Field = field("filter.tag", f::TAG, Kind::List).hint(f::LIST_HINT);
const OPERATORS: Field = field("filter.operator_code", f::OPERATOR_CODE, Kind::List).hint(f::LIST_HINT);
const HOURS: Field = field("local_window", m::HOURS, Kind::Hours).hint(m::HOURS_HINT);
/// What a mailing is made of.
pub(crate) const WRITTEN: &[Field] = &[CHANNEL, SUBJECT, TEXT, TAGS, OPERATORS, START, END, HOURS];

pub(crate) static MAILINGS: Entity = Entity {
    name: "mailings",
    path: "/api/mailings",
    list: "mailings",
    title: "subject",
    one: things::MAILING,
    many: things::MAILINGS,
    who: Who::Staff,
    columns: &[
        SUBJECT,
        field("status", f::STATE, Kind::Choice(values::MAILING_STATUS)),
        CHANNEL,
        START,
        END,
        TAGS,
        OPERATORS,
        field("created_at", f::CREATED, Kind::Time),
    ],
    order: Some(newest_by("created_at")),
    facts: Some(&[
        TEXT,
        HOURS,
        field("notice", f::NOTICE, Kind::Reference("notices")),
    ]),
    create: WRITTEN,
    change: WRITTEN,
    actions: &[
        TEST,
        PAUSE,
        RESUME,
        CANCEL,
        delete(text(
            "It ends at once; what was sent stays counted.",
            "Langsung berhenti; yang sudah terkirim tetap terhitung.",
        )),
    ],
    parts: &[Part::Within(&super::messages::MESSAGES_WITHIN)],
    above: Some(crate::mailing::progress),
    is_previewed: true,
    ..NO_ENTITY
};

const TEST: Action = Action {
    name: "test",
    label: text("Send a test", "Kirim uji coba"),
    warning: text(
        "It goes to one address, in the words of the first of its audience.",
        "Dikirim ke satu alamat, dengan kata-kata untuk orang pertama.",
    ),
    path: "/test",
    fields: &[field("to", text("Address or phone", "Alamat atau telepon"), Kind::Text).required()],
    ..NO_ACTION
};

const PAUSE: Action = Action {
    name: "pause",
    label: text("Pause", "Jeda"),
    warning: text(
        "Nobody else is told until it goes on.",
        "Tidak ada lagi yang diberi tahu sampai dilanjutkan.",
    ),
    path: "/pause",
    when: Some(("status", &["scheduled", "running"])),
    is_for_many: true,
    ..NO_ACTION
};

const RESUME: Action = Action {
    name: "resume",
    label: text("Go on", "Lanjutkan"),
    warning: text(
        "It goes on where it stopped; nobody is told twice.",
        "Dilanjutkan dari tempat berhenti; tidak ada yang diberi tahu dua kali.",
    ),
    path: "/resume",
    when: Some(("status", &["paused"])),
    is_for_many: true,
    ..NO_ACTION
};

const CANCEL: Action = Action {
    name: "cancel",
    label: text("Call off", "Batalkan"),
    warning: text(
        "Whoever was not told yet never is.",
        "Yang belum diberi tahu tidak akan diberi tahu.",
    ),
    path: "/cancel",
    when: Some(("status", &["scheduled", "running", "paused"])),
    is_grave: true,
    is_for_many: true,
    ..NO_ACTION
};
