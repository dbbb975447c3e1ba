use kabar_domain::{
    ids::MailingId,
    mailings::{MailingStatus, Order},
};

use super::{Mailed, mailing::open};
use crate::{App, Expected, Result};

/// All of these are for staff, which the routes have made sure of.
impl App {
    /// Has a mailing stand still: what is on its way arrives, and nothing more is sent until it is resumed or its end
    /// comes. Pausing one that stands still changes nothing.
    ///
    /// # Errors
    /// [`crate::Failure::NotFound`], or [`crate::Failure::Conflict`] when it is over.
    pub async fn pause_mailing(&self, id: MailingId) -> Result<Mailed> {
        self.order(id, Order::Pause).await
    }

    /// Lets a mailing go on that stands still. Resuming one that goes changes nothing.
    ///
    /// # Errors
    /// As [`Self::pause_mailing`].
    pub async fn resume_mailing(&self, id: MailingId) -> Result<Mailed> {
        self.order(id, Order::Go).await
    }

    /// Calls a mailing off: whoever has not been told is told no more. Calling it off twice changes nothing.
    ///
    /// # Errors
    /// [`crate::Failure::NotFound`], or [`crate::Failure::Conflict`] when it is finished.
    pub async fn cancel_mailing(&self, id: MailingId) -> Result<Mailed> {
        self.order(id, Order::Cancel).await
    }

    async fn order(&self, id: MailingId, order: Order) -> Result<Mailed> {
        Expected::Any.settle(|| self.order_once(id, order)).await
    }

    async fn order_once(&self, id: MailingId, order: Order) -> Result<Mailed> {
        let before = self.mailing(id).await?;
        if before.mailing.order == order && before.status != MailingStatus::Finished {
            return Ok(before);
        }
        open(before.status)?;
        let mut after = before.mailing.clone();
        after.order = order;
        self.write_mailing(&before.mailing, after, order == Order::Cancel)
            .await
    }
}
