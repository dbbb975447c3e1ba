//! Where pages stand, for an operator.

use jiff::Timestamp;
use kabar_domain::{
    ids::PageId,
    news::{Page, PageState},
};

use super::{Notices, items::PageItem};
use crate::{Result, StoreError, keys};

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
            page: item.into_page(id)?,
        })
    }
}

impl Notices {
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
}
