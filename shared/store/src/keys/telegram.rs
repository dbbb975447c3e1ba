//! The keys of what is known of chats in Telegram, in the table of power.

use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    ids::{RegionId, UserId},
    telegram::ChatId,
};

use super::{Key, followings, key};
use crate::instant::digits;

/// Chats, listed by when they were added.
pub(crate) const CHATS: &str = "chats";
/// A chat that is told, by the number under which it was first known.
pub(crate) fn chat(id: ChatId) -> Key {
    key(format!("chat#{id}"), "chat")
}
/// Under which number a chat was first known that has this one by now.
pub(crate) fn moved(chat_id: ChatId) -> Key {
    key(chat(chat_id).pk, "moved")
}
pub(crate) fn added(at: Timestamp, id: ChatId) -> String {
    format!("{}#{id}", digits(at))
}
/// The chat of a sort key of the list.
pub(crate) fn added_of(sort: &str) -> Option<ChatId> {
    ChatId::parse(sort.split_once('#')?.1)
}
/// The chat that a person has connected.
pub(crate) fn own_chat(user: UserId) -> Key {
    key(followings(user), "chat")
}
/// The chats that are told of all regions (`None`) or of one by the word of staff.
pub(crate) fn covered(region: Option<RegionId>) -> String {
    region.map_or_else(|| "chats#all".to_owned(), |region| format!("chats#{region}"))
}
/// Chats stand in order of language and zone, as pages are cut.
pub(crate) fn covered_sk(language: Language, zone: &Zone, id: ChatId) -> String {
    format!("{}#{}#{id}", language.code(), zone.name())
}
pub(crate) fn covered_row(region: Option<RegionId>, sk: &str) -> Key {
    key(covered(region), sk)
}
/// Language, zone and chat of such a row.
pub(crate) fn covered_of(sk: &str) -> Option<(Language, Zone, ChatId)> {
    let (language, rest) = sk.split_once('#')?;
    let (zone, id) = rest.split_once('#')?;
    Some((
        Language::parse(language).ok()?,
        Zone::parse(zone).ok()?,
        ChatId::parse(id)?,
    ))
}
/// Those who follow a region by Telegram, whether or not they have connected a chat.
pub(crate) fn telegram_followers(region: RegionId) -> String {
    format!("telegram-followers#{region}")
}
pub(crate) fn telegram_follower(region: RegionId, user: UserId) -> Key {
    key(telegram_followers(region), user.to_string())
}
/// A link that connects a chat, by the hash of its token.
pub(crate) fn link(hash: &str) -> Key {
    key(format!("link#{hash}"), "link")
}
/// A message of Telegram's that was acted on.
pub(crate) fn update(number: i64) -> Key {
    key(format!("update#{number}"), "update")
}
