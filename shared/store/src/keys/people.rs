//! Keys of the table of people.

use jiff::Timestamp;
use kabar_domain::ids::{GroupId, UserId};

use super::{Key, key};
use crate::instant::digits;

pub(crate) fn user(id: UserId) -> Key {
    key(format!("user#{id}"), "user")
}
pub(crate) const USERS: &str = "users";
pub(crate) fn username(folded: &str) -> Key {
    key(format!("username#{folded}"), "claim")
}
pub(crate) fn email(folded: &str) -> Key {
    key(format!("email#{folded}"), "claim")
}
pub(crate) const GROUPS: &str = "groups";
pub(crate) const GROUP: &str = "group#";
pub(crate) fn group(id: GroupId) -> Key {
    key(GROUPS.to_owned(), format!("{GROUP}{id:010}"))
}
pub(crate) fn group_counter() -> Key {
    key(GROUPS.to_owned(), "counter")
}
pub(crate) fn group_name(name: &str) -> Key {
    key(format!("group-name#{name}"), "claim")
}
pub(crate) const MEMBER: &str = "member#";
pub(crate) fn members(group: GroupId) -> String {
    format!("group#{group:010}")
}
pub(crate) fn member(group: GroupId, user: UserId) -> Key {
    key(members(group), format!("{MEMBER}{user}"))
}
pub(crate) fn answer(scope: &str) -> Key {
    key(format!("answer#{scope}"), "answer")
}
/// Who asked for new passwords at the address with this hash.
pub(crate) fn resets(whose: &str) -> Key {
    key(format!("resets#{whose}"), "resets")
}
pub(crate) fn tries(fingerprint: &str, window: Timestamp) -> Key {
    key(
        format!("tries#{fingerprint}"),
        format!("window#{}", digits(window)),
    )
}
/// The person of a user's partition.
pub(crate) fn user_of(pk: &str) -> Option<UserId> {
    UserId::parse(pk.strip_prefix("user#")?)
}
/// The person of a membership.
pub(crate) fn member_of(sk: &str) -> Option<UserId> {
    UserId::parse(sk.strip_prefix(MEMBER)?)
}
