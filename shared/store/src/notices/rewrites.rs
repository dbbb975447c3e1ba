//! Notices that are told anew while they are told: a mailing that is edited, called off or removed.

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, builders::UpdateBuilder};
use jiff::Timestamp;
use kabar_domain::{ids::NoticeId, news::Notice};
use serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value;

use super::{Notices, story::NewsItem};
use crate::{
    Result, StoreError,
    db::{n, s},
    keys,
    writes::updated,
};

/// The audience is gone through from its beginning. Whoever has a message already keeps it and gets no other.
const AGAIN: &str =
    "round = round + :one, is_complete = :false, #cursor = :null, due_pk = :shard, due_sk = :time";

impl Notices {
    /// The write of what a notice says by now. `again`: its audience is gone through once more.
    pub(crate) fn rewrite(&self, notice: &Notice, again: bool) -> Result<TransactWriteItem> {
        let news = to_attribute_value(NewsItem::from(&notice.news)).map_err(StoreError::unreadable)?;
        let says = "news = :news, not_before = :not_before, deadline = :deadline";
        let update = self.0.update(keys::notice(notice.id));
        let update = if again {
            again_at(update, notice.id, notice.not_before).update_expression(format!("SET {says}, {AGAIN}"))
        } else {
            update.update_expression(format!("SET {says}"))
        };
        updated(
            update
                .condition_expression("attribute_exists(pk)")
                .expression_attribute_values(":news", news)
                .expression_attribute_values(":not_before", n(notice.not_before.as_millisecond()))
                .expression_attribute_values(":deadline", n(notice.deadline.as_millisecond())),
        )
    }

    /// The write that has a notice's audience gone through once more, now.
    pub(crate) fn go_through_again(&self, notice: NoticeId, now: Timestamp) -> Result<TransactWriteItem> {
        let update = again_at(self.0.update(keys::notice(notice)), notice, now)
            .update_expression(format!("SET not_before = :now, {AGAIN}"))
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":now", n(now.as_millisecond()));
        updated(update)
    }
}

fn again_at(update: UpdateBuilder, notice: NoticeId, at: Timestamp) -> UpdateBuilder {
    let (shard, time) = keys::due(at, &keys::notice(notice));
    update
        .expression_attribute_names("#cursor", "cursor")
        .expression_attribute_values(":one", n(1))
        .expression_attribute_values(":false", AttributeValue::Bool(false))
        .expression_attribute_values(":null", AttributeValue::Null(true))
        .expression_attribute_values(":shard", s(shard))
        .expression_attribute_values(":time", s(time))
}
