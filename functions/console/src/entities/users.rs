use crate::{
    entity::{Entity, Field, Kind, NO_ENTITY, Part, Who, delete, field},
    words::{fields as f, text, things, values},
};

const USERNAME: Field = field("username", f::USERNAME, Kind::Text).required();
const EMAIL: Field = field("email", f::EMAIL, Kind::Email).required();
const FIRST_NAME: Field = field("first_name", f::FIRST_NAME, Kind::Text);
const LAST_NAME: Field = field("last_name", f::LAST_NAME, Kind::Text);
const ZONE: Field = field("time_zone", f::ZONE, Kind::Zone).hint(f::ZONE_HINT);
const LANGUAGE: Field = field("language", f::LANGUAGE, Kind::Choice(values::LANGUAGES));
const PASSWORD: Field = field("password", f::PASSWORD, Kind::Password)
    .own("new-password")
    .hint(f::PASSWORD_HINT);

/// Which people say of themselves when they come.
pub(crate) const SIGN_UP: &[Field] = &[
    USERNAME.own("username"),
    EMAIL.own("email"),
    PASSWORD.required(),
    FIRST_NAME.own("given-name"),
    LAST_NAME.own("family-name"),
    ZONE,
    LANGUAGE.own("language"),
];
/// What people change of themselves.
pub(crate) const PROFILE: &[Field] = &[
    USERNAME.own("username"),
    EMAIL.own("email"),
    FIRST_NAME.own("given-name"),
    LAST_NAME.own("family-name"),
    ZONE,
    LANGUAGE.own("language"),
    PASSWORD,
];

pub(super) static USERS: Entity = Entity {
    name: "users",
    path: "/api/users",
    list: "users",
    title: "username",
    one: things::USER,
    many: things::USERS,
    who: Who::Staff,
    columns: &[
        USERNAME,
        EMAIL,
        FIRST_NAME,
        LAST_NAME,
        field("groups", f::GROUPS, Kind::List),
        field("date_joined", f::JOINED, Kind::Time),
    ],
    facts: Some(&[ZONE, LANGUAGE, field("is_superuser", f::SUPERUSER, Kind::Flag)]),
    filters: &[field("q", f::USERNAME_OR_EMAIL, Kind::Text)],
    create: &[
        USERNAME,
        EMAIL,
        PASSWORD.required(),
        FIRST_NAME,
        LAST_NAME,
        ZONE,
        LANGUAGE,
    ],
    change: &[USERNAME, EMAIL, FIRST_NAME, LAST_NAME, ZONE, LANGUAGE, PASSWORD],
    actions: &[delete(text(
        "The account goes for good, with its registrations, its homes and what it follows.",
        "Akun ini dihapus untuk selamanya, bersama pendaftaran, rumah, dan yang diikutinya.",
    ))],
    parts: &[] as &[Part],
    ..NO_ENTITY
};
