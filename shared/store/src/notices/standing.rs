//! Where pages stand, for an operator.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::PageId,
    news::{Page, PageState},
};

use super::{Notices, items::PageItem, plans::LOOK_AGAIN};
use crate::{
    DUE_SHARDS, Result, StoreError,
    db::{n, s},
    keys,
};

/// Pages of a shard that are looked at. A notice has four in its lane; with more, the most overdue are looked at.
const MOST: u16 = 100;
/// The longest time between two looks of the sweep at a page: whatever is in a lane is due within it.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// Longer than any back-off of a page whose messages failed.
const LONGEST_BACKOFF: SignedDuration = SignedDuration::from_hours(2);

/// A page, and where it stands.
#[derive(Clone, Debug)]
pub struct PageStanding {
    /// The page.
    pub page: Page,
    /// The name of its state.
    pub state: String,
    /// Since when a sender may take it.
    pub not_before: Timestamp,
    /// When the last claim on it lapses, or lapsed.
    pub claimed_until: Option<Timestamp>,
    /// When a sweep looks at it; never, if it is not in its lane.
    pub due_at: Option<Timestamp>,
    /// Where it stands in the index, which every step of it changes.
    due: Option<String>,
}

impl PageStanding {
    /// Whether it is in this state.
    #[must_use]
    pub fn is(&self, state: PageState) -> bool {
        self.state == state.name()
    }

    /// Whether every message on it has come to an end.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.is(PageState::Closed)
    }

    fn of(item: PageItem) -> Result<Self> {
        let id = keys::page_of(&item.pk).ok_or_else(|| StoreError::unreadable("the key of a page"))?;
        Ok(Self {
            state: item.state.clone(),
            not_before: item.not_before.into(),
            claimed_until: item.claimed_until.map(Timestamp::from),
            due_at: item.due_sk.as_deref().and_then(keys::due_at),
            due: item.due_sk.clone(),
            page: item.into_page(id)?,
        })
    }
}

impl Notices {
    /// The pages that are in a lane, and of those in the lines of notices the first that can go and the first that come
    /// back from a back-off; at most a hundred notices and pages of each shard, the most overdue first. A read of each
    /// shard, two of each line, and one for every hundred pages.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn open_pages(&self, now: Timestamp) -> Result<Vec<PageStanding>> {
        let mut pages = Vec::new();
        for shard in 0..DUE_SHARDS {
            let (notices, due) = self.due(shard, now + LONGEST, MOST).await?;
            pages.extend(due);
            let notices: BTreeSet<_> = notices.into_iter().collect();
            for notice in notices {
                pages.extend(self.ready(notice, now).await?);
                pages.extend(self.in_line(notice, now, now + LONGEST_BACKOFF).await?);
            }
        }
        // A page that changes places while it is looked for is found in both.
        let pages: BTreeSet<_> = pages.into_iter().collect();
        let pages = pages.into_iter().collect();
        self.standings(pages).await
    }

    /// Where these pages stand, in no order; those that there are not are left out. One read for every hundred; none
    /// may be asked for twice.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn standings(&self, pages: Vec<PageId>) -> Result<Vec<PageStanding>> {
        let keys = pages.into_iter().map(keys::page).collect();
        let found: Vec<PageItem> = self.0.get_many(keys, true).await?;
        found.into_iter().map(PageStanding::of).collect()
    }

    /// Lets a page be taken now: it no longer waits for its back-off, and is due again soon; in its notice's line it
    /// stands first. A claim that has lapsed stays on it, so that whoever takes it over sees what is in doubt. `false`: it
    /// has moved meanwhile.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn hasten(&self, standing: &PageStanding, now: Timestamp) -> Result<bool> {
        let key = keys::page(standing.page.id);
        let page = standing.page.id;
        let (shard, time) = if standing.is(PageState::Waiting) {
            (keys::line(page.notice()), keys::place_in_line(now, page))
        } else {
            keys::due(now + LOOK_AGAIN, &key)
        };
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(key.attributes()))
            .update_expression("SET not_before = :now, due_pk = :shard, due_sk = :time")
            .condition_expression("#state = :state AND due_sk = :due")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":state", s(&standing.state))
            .expression_attribute_values(":due", s(standing.due.as_deref().unwrap_or_default()))
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .expression_attribute_values(":shard", s(shard))
            .expression_attribute_values(":time", s(time));
        Ok(self.0.updated(update).await?.is_some())
    }
}
