//! Chats as an audience: who is told of a region in Telegram.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::{RegionId, UserId},
    news::{Addressee, Reader},
    telegram::ChatId,
};
use serde::Deserialize;

use super::{FollowerRow, Grid};
use crate::{
    Result, StoreError,
    db::{condition, n, s},
    keys,
};

/// How long a chat rests between two messages (Bot API FAQ: "avoid sending more than one message per second").
const REST: SignedDuration = SignedDuration::from_secs(1);

#[derive(Deserialize)]
struct Row {
    sk: String,
}

#[derive(Deserialize)]
struct Rests {
    rests_until: i64,
}

impl Grid {
    /// The next chats that are told of all regions (`None`) or of one by the word of staff, in the order in which pages are
    /// cut, and whether they are the last.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn covered_after(
        &self,
        region: Option<RegionId>,
        cursor: &str,
        limit: u16,
    ) -> Result<(Vec<FollowerRow>, bool)> {
        let (rows, is_last) = self
            .rows_after(self.in_part(keys::covered(region), cursor), limit)
            .await?;
        let read = |row: Row| {
            let (language, zone, id) =
                keys::covered_of(&row.sk).ok_or_else(|| StoreError::unreadable("a chat's key"))?;
            Ok(FollowerRow {
                cursor: row.sk,
                reader: Reader {
                    to: Addressee::Chat(id),
                    language,
                    zone,
                },
            })
        };
        Ok((rows.into_iter().map(read).collect::<Result<_>>()?, is_last))
    }

    /// The next people who follow a region by Telegram, in the order of their ids, and whether they are the last.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn telegram_followers_after(
        &self,
        region: RegionId,
        cursor: &str,
        limit: u16,
    ) -> Result<(Vec<UserId>, bool)> {
        let part = self.in_part(keys::telegram_followers(region), cursor);
        let (rows, is_last) = self.rows_after(part, limit).await?;
        let read =
            |row: Row| UserId::parse(&row.sk).ok_or_else(|| StoreError::unreadable("a follower's key"));
        Ok((rows.into_iter().map(read).collect::<Result<_>>()?, is_last))
    }

    /// Whether anybody may be told of a region in Telegram; three reads of one row at once.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn has_chats(&self, region: RegionId) -> Result<bool> {
        let any = async |part: String| {
            Ok::<_, StoreError>(!self.rows_after(self.in_part(part, ""), 1).await?.0.is_empty())
        };
        let (all, one, followers) = tokio::try_join!(
            any(keys::covered(None)),
            any(keys::covered(Some(region))),
            any(keys::telegram_followers(region)),
        )?;
        Ok(all || one || followers)
    }

    /// Takes a chat's next second for a message; else says when it is free. One write, and a read when it is not; a chat
    /// that is gone needs no rest.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn take_second(&self, id: ChatId, now: Timestamp) -> Result<Option<Timestamp>> {
        let taken = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::chat(id).attributes()))
            .update_expression("SET rests_until = :until")
            .condition_expression(
                "attribute_exists(pk) AND (attribute_not_exists(rests_until) OR rests_until <= :now)",
            )
            .expression_attribute_values(":until", n((now + REST).as_millisecond()))
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .send()
            .await;
        if condition("UpdateItem", taken)? {
            return Ok(None);
        }
        let found: Option<Rests> = self.0.get(keys::chat(id)).await?;
        let until = found
            .map(|rests| rests.rests_until)
            .filter(|until| *until > now.as_millisecond());
        Ok(until.and_then(|until| Timestamp::from_millisecond(until).ok()))
    }

    fn in_part(&self, part: String, cursor: &str) -> QueryFluentBuilder {
        // No row has this sort key, and every one comes after it.
        let cursor = if cursor.is_empty() { " " } else { cursor };
        self.0
            .query()
            .key_condition_expression("pk = :part AND sk > :cursor")
            .expression_attribute_values(":part", s(part))
            .expression_attribute_values(":cursor", s(cursor))
    }

    async fn rows_after(&self, part: QueryFluentBuilder, limit: u16) -> Result<(Vec<Row>, bool)> {
        let answer = part.limit(i32::from(limit)).send().await;
        let answer = answer.map_err(StoreError::unavailable("Query"))?;
        let is_last = answer.last_evaluated_key.is_none();
        let rows = answer.items.unwrap_or_default().into_iter().map(crate::db::read);
        Ok((rows.collect::<Result<_>>()?, is_last))
    }
}
