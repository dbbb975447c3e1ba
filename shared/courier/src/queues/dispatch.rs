//! Notices that wait to be planned.

use aws_sdk_sqs::Client;
use kabar_domain::ids::NoticeId;

use super::{
    NotOurs, QueueError,
    body::{Work, parse},
    put::send_later,
};
use crate::OnUse;

/// The queue of notices to plan.
#[derive(Clone)]
pub struct DispatchQueue {
    /// How it is reached.
    pub client: OnUse<Client>,
    /// Where it is.
    pub url: String,
}

/// Work for mailing-dispatch: ids only, so that what is done follows what is true when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DispatchWork {
    /// Plan this notice into pages.
    Plan(NoticeId),
}

impl DispatchWork {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn parse(body: &str) -> Result<Self, NotOurs> {
        match parse(body) {
            Some(Work::Notice { notice }) => NoticeId::parse(&notice).map(Self::Plan).ok_or(NotOurs),
            _ => Err(NotOurs),
        }
    }
}

impl DispatchQueue {
    /// Asks for a notice to be planned after `delay` seconds. A longer delay than SQS can hold is left to the sweep that
    /// finds due notices.
    ///
    /// # Errors
    /// When the queue did not take it.
    pub async fn put(&self, DispatchWork::Plan(notice): DispatchWork, delay: i64) -> Result<(), QueueError> {
        let notice = notice.to_string();
        send_later(&self.client, &self.url, Work::Notice { notice }, delay).await
    }
}
