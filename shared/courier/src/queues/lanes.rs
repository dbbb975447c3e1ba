//! Pages that wait to be sent.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use kabar_domain::{ids::PageId, news::Lane};

use super::{
    NotOurs, QueueError,
    body::{Work, parse},
    put::send_later,
};
use crate::OnUse;

/// The queues of pages to send.
#[derive(Clone)]
pub struct Lanes {
    /// How they are reached.
    pub client: OnUse<Client>,
    /// Where each lane is that pages are put into from here.
    pub urls: HashMap<Lane, String>,
}

/// Work for a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneWork {
    /// Send the messages of this page.
    Send(PageId),
    /// Have the messages of this page, from this place on, say what has become of their news.
    Amend(PageId, u8),
}

impl LaneWork {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn parse(body: &str) -> Result<Self, NotOurs> {
        match parse(body) {
            Some(Work::Page { page }) => PageId::parse(&page).map(Self::Send).ok_or(NotOurs),
            Some(Work::Amend { page, from }) => {
                let page = PageId::parse(&page).ok_or(NotOurs)?;
                Ok(Self::Amend(page, from))
            }
            _ => Err(NotOurs),
        }
    }
}

impl Lanes {
    pub(super) fn url(&self, lane: Lane) -> Result<&str, QueueError> {
        let unknown = || QueueError(format!("the lane {} is not known here", lane.name()).into());
        Ok(self.urls.get(&lane).ok_or_else(unknown)?)
    }

    /// Puts work into its lane, to come up after `delay` seconds. A longer delay than SQS can hold is left to the
    /// sweep that finds due pages.
    ///
    /// # Errors
    /// When the queue did not take it, or no page is put into that lane from here.
    pub async fn put(&self, lane: Lane, work: LaneWork, delay: i64) -> Result<(), QueueError> {
        let url = self.url(lane)?;
        let body = match work {
            LaneWork::Send(page) => Work::Page {
                page: page.to_string(),
            },
            LaneWork::Amend(page, from) => Work::Amend {
                page: page.to_string(),
                from,
            },
        };
        send_later(&self.client, url, body, delay).await
    }
}
