use crate::{
    entity::{Action, Entity, Field, Kind, NO_ACTION, NO_ENTITY, Part, Who, delete, field},
    words::{fields as f, text, things, values},
};

const NAME: Field = field("name", f::NAME, Kind::Text).required();
const ZONE: Field = field("time_zone", f::ZONE, Kind::Zone)
    .required()
    .hint(f::ZONE_HINT);
const PARENT: Field = field("parent", f::PARENT, Kind::Reference("regions")).nullable();

pub(crate) static REGIONS: Entity = Entity {
    name: "regions",
    path: "/api/regions",
    list: "regions",
    one: things::REGION,
    many: things::REGIONS,
    who: Who::Everybody,
    makers: Who::Staff,
    keepers: Who::Staff,
    columns: &[
        NAME,
        field("status", f::STATE, Kind::Choice(values::POWER)),
        field("since", f::SINCE, Kind::Time),
        field("homes", f::HOMES, Kind::Number),
        field("outages_open", f::OUTAGES_OPEN, Kind::Number),
        field("next_planned_cut.start", f::NEXT_CUT, Kind::Time),
    ],
    facts: Some(&[
        field(
            "operator_status",
            f::OPERATOR_WORD,
            Kind::Choice(values::SPOKEN_POWER),
        ),
        ZONE,
        PARENT,
    ]),
    create: &[NAME, ZONE, PARENT],
    change: &[NAME, ZONE, PARENT],
    actions: &[
        SAY,
        FOLLOW,
        Action {
            who: Who::Staff,
            ..delete(text(
                "Its history and its followers go with it. Regions with homes or regions in them stay.",
                "Riwayat dan pengikutnya ikut terhapus. Wilayah yang masih berisi rumah atau wilayah tidak dihapus.",
            ))
        },
    ],
    parts: &[
        Part::By("region", &super::outages::OUTAGES),
        Part::Within(&super::cuts::PLANNED_CUTS),
        Part::Within(&super::outages::TRANSITIONS),
        Part::Within(&super::followers::FOLLOWERS),
    ],
    past: Some(crate::past::of_region),
    ..NO_ENTITY
};

const SAY: Action = Action {
    name: "say",
    label: text("Say how the power is", "Nyatakan keadaan listrik"),
    who: Who::Staff,
    warning: text(
        "Your word outranks the detectors until it is “as detectors say”. Followers are told of a change.",
        "Kata Anda mengalahkan detektor sampai kembali ke “menurut detektor”. Pengikut diberi tahu bila berubah.",
    ),
    method: "PUT",
    path: "/status",
    fields: &[field("status", f::STATE, Kind::Choice(values::SPOKEN_POWER)).required()],
    is_once: false,
    ..NO_ACTION
};

const FOLLOW: Action = Action {
    name: "follow",
    label: text("Follow", "Ikuti"),
    warning: text(
        "You are told when the power goes, and when it is back.",
        "Anda diberi tahu bila listrik padam, dan bila menyala kembali.",
    ),
    path: "/followers",
    is_making: true,
    fields: &[field(
        "channels",
        f::CHANNELS,
        Kind::Choices(values::PERSON_CHANNELS),
    )],
    ..NO_ACTION
};
