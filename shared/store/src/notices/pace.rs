//! The one rate at which messages may go by a channel, shared by all its senders: each takes a stretch of time for itself.

use jiff::{SignedDuration, Timestamp};
use kabar_domain::power::Channel;

use super::Notices;
use crate::{
    Result,
    db::{condition, n},
    keys,
};

/// How often another sender may be faster before this one gives up its try.
const MOST_TRIES: u32 = 20;

impl Notices {
    /// Takes the next free stretch of this length for sending by a channel, which begins `now` at the earliest; nothing if all is
    /// taken until after `latest`. One write; two if nobody has sent for a while.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn take_time(
        &self,
        channel: Channel,
        now: Timestamp,
        length: SignedDuration,
        latest: Timestamp,
    ) -> Result<Option<Timestamp>> {
        #[derive(serde::Deserialize)]
        struct Taken {
            until: i64,
        }
        let length = i64::try_from(length.as_micros()).unwrap_or(i64::MAX);
        let update = || {
            self.0
                .client
                .update_item()
                .table_name(&self.0.table)
                .set_key(Some(keys::pace(channel).attributes()))
                .expression_attribute_names("#until", "until")
                .expression_attribute_values(":now", n(now.as_microsecond()))
        };
        for _ in 0..MOST_TRIES {
            let next = update()
                .update_expression("SET #until = #until + :length")
                .condition_expression("#until BETWEEN :now AND :latest")
                .expression_attribute_values(":length", n(length))
                .expression_attribute_values(":latest", n(latest.as_microsecond()))
                .return_values(aws_sdk_dynamodb::types::ReturnValue::UpdatedNew);
            match next.send().await {
                Ok(answer) => {
                    let taken: Taken = crate::db::read(answer.attributes.unwrap_or_default())?;
                    return Ok(Timestamp::from_microsecond(taken.until - length).ok());
                }
                refused => condition("UpdateItem", refused)?,
            };
            let first = update()
                .update_expression("SET #until = :end")
                .condition_expression("attribute_not_exists(#until) OR #until < :now")
                .expression_attribute_values(":end", n(now.as_microsecond() + length));
            if condition("UpdateItem", first.send().await)? {
                return Ok(Some(now));
            }
            let found: Option<Taken> = self.0.get(keys::pace(channel)).await?;
            if found.is_some_and(|taken| taken.until > latest.as_microsecond()) {
                return Ok(None);
            }
        }
        Ok(None)
    }
}
