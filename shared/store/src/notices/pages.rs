use aws_sdk_dynamodb::types::ReturnValue;
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::{NoticeId, PageId},
    news::{Lane, Page, PageState, Status, Tally},
};
use serde::Deserialize;

use super::{
    Notices,
    items::{PageItem, read_tally},
};
use crate::{
    Result, StoreError,
    db::{n, read, s},
    keys,
    notices::plans::LOOK_AGAIN,
};

/// The longest time between two looks at a page that waits in its lane.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// A page that is planned, as planning looks at it again.
#[derive(Clone, Debug)]
pub struct PlannedPage {
    /// The page.
    pub page: Page,
    /// Whether its people are asleep: it stands in its notice's line until their day begins.
    pub is_asleep: bool,
    /// Whether it has a slot in its lane: its messages are recorded, and not counted yet.
    is_in_lane: bool,
    counted: Tally,
}

impl PlannedPage {
    /// Whether it may have messages with this status. What the provider says of a message that was sent is not written
    /// on its page.
    pub(super) fn may_have(&self, status: Status) -> bool {
        let was_sent = matches!(status, Status::Delivered | Status::Bounced | Status::Complained);
        self.is_in_lane || self.counted.count(status) > 0 || was_sent && self.counted.told() > 0
    }
}

impl Notices {
    /// The pages of a notice with these numbers, in no order; one read for every hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn planned_pages(
        &self,
        notice: NoticeId,
        numbers: impl IntoIterator<Item = u32>,
    ) -> Result<Vec<PlannedPage>> {
        let keys: Vec<_> = numbers
            .into_iter()
            .map(|number| keys::page(notice.page(number)))
            .collect();
        let mut pages = Vec::with_capacity(keys.len());
        for hundred in keys.chunks(100) {
            for item in self.0.get_many::<PageItem>(hundred.to_vec(), true).await? {
                let id = keys::page_of(&item.pk).ok_or_else(|| StoreError::unreadable("a page"))?;
                let (state, counted) = (PageState::parse(&item.state)?, read_tally(&item.counted));
                pages.push(PlannedPage {
                    page: item.into_page(id)?,
                    is_asleep: state == PageState::Waiting && counted.count(Status::WrongTime) > 0,
                    is_in_lane: state.is_in_lane(),
                    counted,
                });
            }
        }
        Ok(pages)
    }

    /// Moves a page whose people are asleep to another time. `false`: it does not stand in its line any more, or at
    /// another time.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn reschedule(&self, page: &Page, to: Timestamp) -> Result<bool> {
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::page(page.id).attributes()))
            .update_expression("SET not_before = :to, due_sk = :place")
            .condition_expression("#state = :waiting AND not_before = :from")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":waiting", s(PageState::Waiting.name()))
            .expression_attribute_values(":from", n(page.ready_at.as_millisecond()))
            .expression_attribute_values(":to", n(to.as_millisecond()))
            .expression_attribute_values(":place", s(keys::place_in_line(to, page.id)));
        Ok(self.0.updated(update).await?.is_some())
    }

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
        Ok(Some(Lane::parse(&old.lane)?))
    }
}
