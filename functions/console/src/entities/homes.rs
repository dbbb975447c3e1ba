use crate::{
    entity::{Action, Entity, Field, Kind, NO_ACTION, NO_ENTITY, Part, Who, delete, field},
    words::{fields as f, text, things, values},
};

const NAME: Field = field("name", f::NAME, Kind::Text).required();
const REGION: Field = field("region", f::REGION, Kind::Reference("regions")).required();
const ZONE: Field = field("time_zone", f::ZONE, Kind::Zone).hint(f::ZONE_HINT);

pub(super) static HOMES: Entity = Entity {
    name: "homes",
    path: "/api/homes",
    list: "homes",
    one: things::HOME,
    many: things::HOMES,
    who: Who::Everybody,
    columns: &[
        NAME,
        REGION,
        field("status", f::STATE, Kind::Choice(values::POWER)),
        field("since", f::SINCE, Kind::Time),
        field("last_seen", f::LAST_SEEN, Kind::Time),
    ],
    facts: Some(&[field("owner", f::OWNER, Kind::Reference("users")), ZONE]),
    filters: &[field("region", f::REGION, Kind::Reference("regions"))],
    create: &[NAME, REGION, ZONE],
    change: &[NAME, REGION, ZONE],
    actions: &[
        SAY,
        INVITE,
        delete(text(
            "Its detectors, members and history go with it.",
            "Detektor, anggota, dan riwayatnya ikut terhapus.",
        )),
    ],
    parts: &[
        Part::Within(&super::detectors::DETECTORS),
        Part::By("home", &super::outages::OUTAGES),
        Part::Within(&super::outages::TRANSITIONS),
    ],
    past: Some(crate::past::of_home),
    ..NO_ENTITY
};

const SAY: Action = Action {
    name: "say",
    label: text("Say how the power is", "Nyatakan keadaan listrik"),
    warning: text(
        "For a detector by hand. Members are told of a change.",
        "Untuk detektor manual. Anggota diberi tahu bila berubah.",
    ),
    method: "PUT",
    path: "/status",
    fields: &[field("status", f::STATE, Kind::Choice(values::POWER)).required()],
    is_once: false,
    ..NO_ACTION
};

const INVITE: Action = Action {
    name: "invite",
    label: text("Invite somebody", "Undang orang"),
    warning: text(
        "Members see this home and are told of its power. Give the code to whom you invite, or say who they are.",
        "Anggota melihat rumah ini dan diberi kabar listriknya. Berikan kodenya kepada yang diundang, atau sebutkan namanya.",
    ),
    path: "/invitations",
    fields: &[field("username", f::USERNAME, Kind::Text)],
    reveals: &[
        field("code", f::INVITATION, Kind::Text),
        field("expires_at", f::EXPIRES, Kind::Time),
    ],
    ..NO_ACTION
};
