use crate::{
    entity::{Action, Entity, Field, Kind, NO_ACTION, NO_ENTITY, Part, Who, field},
    words::{fields as f, operations as o, overview::BRAKE, text, things, values},
};

/// A queue that has dead letters, with how many.
pub(super) static DEAD_LETTER_QUEUES: Entity = Entity {
    name: "dead-letters",
    path: "/api/dead-letters",
    list: "dead_letters",
    id: "queue",
    title: "queue",
    one: things::DEAD_LETTER,
    many: things::DEAD_LETTERS,
    who: Who::Staff,
    columns: &[
        field("queue", f::QUEUE, Kind::Text),
        field("count", text("How many", "Berapa"), Kind::Number),
        field("oldest_sent_at", text("The oldest", "Tertua"), Kind::Time),
    ],
    facts: Some(&[field("can_redrive", o::CAN_REDRIVE, Kind::Flag)]),
    actions: &[REDRIVE],
    parts: &[Part::Inside(&LETTERS)],
    above: Some(crate::letters::letters),
    also: Some(("/brake", BRAKE)),
    ..NO_ENTITY
};

/// How many a queue still has.
const LEFT: Field = field(
    "left",
    text("Still here, about", "Masih di sini, kira-kira"),
    Kind::Number,
);

/// A letter of a queue.
pub(crate) static LETTERS: Entity = Entity {
    name: "letters",
    path: "",
    list: "dead_letters",
    title: "id",
    one: things::DEAD_LETTER,
    many: things::DEAD_LETTERS,
    columns: &[
        field("work.kind", f::WORK, Kind::Choice(values::WORKS)),
        field("reason", f::REASON, Kind::Text),
        field("standing", o::STANDING, Kind::Choice(values::WORK_STANDINGS)),
        field("work.notice", f::NOTICE, Kind::Reference("notices")),
        field("work.function", text("Function", "Fungsi"), Kind::Text),
        field("sent_at", o::PUT, Kind::Time),
        field("first_received_at", o::FIRST_TAKEN, Kind::Time),
        field("received", f::TRIES, Kind::Number),
    ],
    actions: &[
        Action {
            name: "redrive",
            label: o::REDRIVE,
            warning: o::REDRIVE_WARNING,
            path: "/redrive",
            says: &[LEFT],
            when: Some(("can_redrive", &["true"])),
            is_for_many: true,
            is_together: true,
            ..NO_ACTION
        },
        Action {
            name: "drop",
            label: o::DROP,
            warning: o::DROP_WARNING,
            path: "/drop",
            says: &[LEFT],
            is_grave: true,
            is_for_many: true,
            is_together: true,
            ..NO_ACTION
        },
    ],
    ..NO_ENTITY
};

const REDRIVE: Action = Action {
    name: "redrive",
    label: text("Have all done again", "Kerjakan semua lagi"),
    warning: text(
        "The letters of this queue go back to where they came from, up to 500 at a time. What was done meanwhile is not done twice.",
        "Surat-surat antrean ini kembali ke tempat asalnya, paling banyak 500 sekaligus. Yang sudah dikerjakan tidak diulang.",
    ),
    path: "/redrive",
    says: &[
        field("count", text("Went back", "Kembali ke asalnya"), Kind::Number),
        LEFT,
    ],
    when: Some(("can_redrive", &["true"])),
    is_for_many: true,
    ..NO_ACTION
};

const COLUMNS: &[Field] = &[
    field("id", f::ID, Kind::Id),
    field("notice", f::NOTICE, Kind::Reference("notices")),
    field("channel", f::CHANNEL, Kind::Choice(values::CHANNELS)),
    field("lane", f::LANE, Kind::Choice(values::LANES)),
    field("people", f::PEOPLE, Kind::Number),
    field("state", f::STATE, Kind::Choice(values::PAGE_STATES)),
    field("due_at", text("Due", "Jatuh tempo"), Kind::Time),
    field("failures", f::FAILURES, Kind::Number),
    field("reason", f::REASON, Kind::Choice(values::STUCK_REASONS)),
];

/// A page of a notice that does not go on.
pub(super) static STUCK_PAGES: Entity = Entity {
    name: "stuck-pages",
    path: "/api/stuck-pages",
    list: "stuck_pages",
    title: "id",
    one: things::STUCK_PAGE,
    many: things::STUCK_PAGES,
    who: Who::Staff,
    columns: COLUMNS,
    actions: &[RELEASE],
    parts: &[] as &[Part],
    ..NO_ENTITY
};

const RELEASE: Action = Action {
    name: "release",
    label: text("Release", "Lepaskan"),
    warning: text(
        "It is told now; whoever was told already is not told again.",
        "Diberitahukan sekarang; yang sudah diberi tahu tidak diulang.",
    ),
    path: "/release",
    is_for_many: true,
    ..NO_ACTION
};
