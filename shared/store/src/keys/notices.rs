//! Keys of the table of notices.

use jiff::Timestamp;
use kabar_domain::{
    ids::{AddressId, MessageId, NoticeId, PageId, SuppressionId, TaskId, UserId},
    news::Topic,
    power::Channel,
};

use super::{Key, key};
use crate::instant::digits;

pub(crate) const NOTICES: &str = "notices";
pub(crate) fn notice(id: NoticeId) -> Key {
    key(format!("notice#{id}"), "notice")
}
pub(crate) fn tally(id: NoticeId) -> Key {
    key(format!("notice#{id}"), "tally")
}
/// Who was told by a notice.
pub(crate) fn broken_down(id: NoticeId) -> Key {
    key(format!("breakdown#{id}"), "breakdown")
}
pub(crate) fn page(id: PageId) -> Key {
    key(format!("page#{id}"), "page")
}
/// Until when the time for sending is taken.
pub(crate) fn pace(channel: Channel) -> Key {
    key(format!("pace#{}", channel.name()), "pace")
}
/// Work that somebody asked for.
pub(crate) fn task(id: TaskId) -> Key {
    key(format!("task#{id}"), "task")
}
pub(crate) const MESSAGE: &str = "message#";
pub(crate) fn message(id: MessageId) -> Key {
    key(page(id.page()).pk, format!("{MESSAGE}{:03}", id.place()))
}
/// The list of what a person with an account was told.
pub(crate) fn messages_of(user: UserId) -> String {
    format!("{MESSAGES_OF}{user}")
}
const MESSAGES_OF: &str = "messages#";
/// The person of such a list.
pub(crate) fn told_of(list: &str) -> Option<UserId> {
    UserId::parse(list.strip_prefix(MESSAGES_OF)?)
}
/// What the provider said of the messages on a page.
pub(crate) fn answers(page_id: PageId) -> Key {
    key(page(page_id).pk, "answers")
}
pub(crate) fn suppression(id: SuppressionId) -> Key {
    key(format!("suppression#{id}"), "suppression")
}
pub(crate) fn suppressions(topic: Topic) -> String {
    format!("suppressions#{}", topic.name())
}
pub(crate) fn suppressed(since: Timestamp, id: SuppressionId) -> String {
    format!("{}#{id}", digits(since))
}
const BOUNCES: &str = "bounces#";
/// The soft bounces of an address.
pub(crate) fn soft_bounces(address: AddressId) -> Key {
    key(format!("{BOUNCES}{address}"), "soft")
}
pub(crate) fn brake() -> Key {
    key("brake".to_owned(), "brake")
}
/// What came back in an hour of the clock.
pub(crate) fn hour(hour: Timestamp) -> Key {
    key(brake().pk, format!("hour#{}", digits(hour)))
}
/// The notice of a partition.
pub(crate) fn notice_of(pk: &str) -> Option<NoticeId> {
    NoticeId::parse(pk.strip_prefix("notice#")?)
}
/// The page of a partition.
pub(crate) fn page_of(pk: &str) -> Option<PageId> {
    PageId::parse(pk.strip_prefix("page#")?)
}
/// The address of a record of soft bounces.
pub(crate) fn bounced_of(pk: &str) -> Option<&str> {
    pk.strip_prefix(BOUNCES)
}
/// The place of a message on its page.
pub(crate) fn place_of(sk: &str) -> Option<u8> {
    sk.strip_prefix(MESSAGE)?.parse().ok()
}

/// What is counted of those who were told: the names of attributes, some of which go on with what is counted.
pub(crate) mod breakdown {
    pub(crate) const HOUR: &str = "hour#";
    pub(crate) const OPERATOR: &str = "operator#";
    pub(crate) const TAG: &str = "tag#";
    pub(crate) const OTHER_TAGS: &str = "other_tags";
    pub(crate) const ATTEMPTS: &str = "attempts";
    pub(crate) const TURNS: &str = "turns";
    /// When the first and the last were told by those who had a slot: each slot has one holder, who writes for it alone.
    pub(crate) const FIRST: &str = "first#";
    pub(crate) const LAST: &str = "last#";
}
