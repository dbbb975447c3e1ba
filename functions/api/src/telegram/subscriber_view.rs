use jiff::Timestamp;
use kabar_domain::telegram::{ChatId, Coverage, Inactive, Subscriber};
use serde::Serialize;
use utoipa::ToSchema;

use crate::frame::Listing;

pub(super) const LISTING: Listing = Listing {
    name: "subscribers",
    is_sort_key: |key| {
        key.split_once('#').is_some_and(|(added, chat)| {
            added.bytes().all(|byte| byte.is_ascii_digit()) && ChatId::parse(chat).is_some()
        })
    },
};

/// A chat in Telegram that is told, or was.
#[derive(Serialize, ToSchema)]
#[schema(as = Subscriber)]
pub(crate) struct SubscriberView {
    #[schema(example = 1_001)]
    chat_id: i64,
    /// What it is called; perhaps empty.
    #[schema(example = "Neighbours")]
    title: String,
    /// The person whose chat it is, who is told here of the regions that they follow by Telegram.
    user: Option<String>,
    /// The regions that staff have it told of; null for all.
    regions: Option<Vec<String>>,
    /// `en` or `id`.
    #[schema(example = "id")]
    language: &'static str,
    #[schema(example = "Asia/Jakarta")]
    time_zone: String,
    active: bool,
    /// Why it is not told any more: `stopped`, `blocked`, `deactivated`, `kicked`, `not_found`, `forbidden` or `moved`;
    /// null while it is.
    #[schema(example = "blocked")]
    reason: Option<&'static str>,
    /// Since when it is told, or not told any more.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

impl From<Subscriber> for SubscriberView {
    fn from(subscriber: Subscriber) -> Self {
        Self {
            chat_id: subscriber.chat.number(),
            title: subscriber.title,
            user: subscriber.user.map(|user| user.to_string()),
            regions: match subscriber.regions {
                Coverage::All => None,
                Coverage::These(regions) => Some(regions.iter().map(ToString::to_string).collect()),
            },
            language: subscriber.language.code(),
            time_zone: subscriber.zone.name().to_owned(),
            active: subscriber.inactive.is_none(),
            reason: subscriber.inactive.map(Inactive::name),
            since: subscriber.since,
        }
    }
}

/// A part of the list of chats.
#[derive(Serialize, ToSchema)]
pub(crate) struct SubscriberList {
    pub(super) subscribers: Vec<SubscriberView>,
    /// Give as `cursor` to go on; null at the end.
    pub(super) next: Option<String>,
}

/// A test message that is on its way.
#[derive(Serialize, ToSchema)]
#[schema(as = TelegramTesting)]
pub(crate) struct TestView {
    #[schema(example = "A test message is on its way.")]
    pub(super) message: &'static str,
    pub(super) chat_id: i64,
    /// The notice whose message tells what became of it.
    pub(super) notice: String,
}
