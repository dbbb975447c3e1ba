use serde::Deserialize;
use utoipa::ToSchema;

use crate::frame::Sent;

/// A chat that is to be told. Of one that is known, what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewSubscriber)]
pub(crate) struct SubscriberBody {
    #[schema(value_type = i64, required, example = 1_001)]
    pub(super) chat_id: Sent,
    #[schema(value_type = Option<String>, max_length = 255, example = "Neighbours")]
    pub(super) title: Sent,
    /// Regions to tell it of, at most 40; null for all, which is what a new one is told of unless said.
    #[schema(value_type = Option<Vec<String>>)]
    pub(super) regions: Sent,
    /// `en` unless said, or `id`.
    #[schema(value_type = Option<String>, example = "id")]
    pub(super) language: Sent,
    /// `UTC` unless said.
    #[schema(value_type = Option<String>, example = "Asia/Jakarta")]
    pub(super) time_zone: Sent,
}

/// Which chat is to get a test message.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = TelegramTest)]
pub(crate) struct TestBody {
    /// The caller's own unless said.
    #[schema(value_type = Option<i64>, example = 1_001)]
    pub(super) chat_id: Sent,
}
