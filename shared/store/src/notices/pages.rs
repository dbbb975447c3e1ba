use aws_sdk_dynamodb::types::ReturnValue;
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::{NoticeId, PageId},
    news::Lane,
};
use serde::Deserialize;

use super::Notices;
use crate::{
    Result,
    db::{n, read, s},
    keys,
    notices::plans::LOOK_AGAIN,
};

/// The longest time between two looks at a page that waits in its lane.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

impl Notices {
    /// Notices to plan and pages to put into their lanes (again), by `time`, in one shard, at most `limit`.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn due(&self, shard: u8, time: Timestamp, limit: u16) -> Result<(Vec<NoticeId>, Vec<PageId>)> {
        let due = self.0.due(shard, time, limit).await?;
        let notices = due.iter().filter_map(|key| keys::notice_of(&key.pk));
        let pages = due.iter().filter_map(|key| keys::page_of(&key.pk));
        Ok((notices.collect(), pages.collect()))
    }

    /// Moves a due page to its next look, which doubles with its age: a page that stands in a long lane is not
    /// put into it again and again. Returns its lane; nothing when it is no longer due.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn nudge(&self, page: PageId, now: Timestamp) -> Result<Option<Lane>> {
        #[derive(Deserialize)]
        struct Old {
            lane: String,
        }
        let wait = now
            .duration_since(page.notice().created_at())
            .clamp(LOOK_AGAIN, LONGEST);
        let (_, time) = keys::due(now + wait, &keys::page(page));
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::page(page).attributes()))
            .update_expression("SET due_sk = :time")
            .condition_expression(
                "due_sk <= :until AND (attribute_not_exists(claimed_until) OR claimed_until < :now)",
            )
            .expression_attribute_values(":time", s(time))
            .expression_attribute_values(":until", s(keys::due_until(now)))
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .return_values(ReturnValue::AllOld);
        let Some(answer) = self.0.updated(update).await? else {
            return Ok(None);
        };
        let old: Old = read(answer.attributes.unwrap_or_default())?;
        Ok(Some(if old.lane == Lane::Bulk.name() {
            Lane::Bulk
        } else {
            Lane::Urgent
        }))
    }
}
