use kabar_courier::DispatchWork;
use kabar_domain::ids::NoticeId;
use kabar_store::{
    List, Window,
    notices::{Message, Told},
};

use crate::{App, Failure, Result};

impl App {
    /// Notices, the newest first, with their counters. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn notices(&self, window: &Window) -> Result<List<Told>> {
        Ok(self.notices.list(window).await?)
    }

    /// A notice with its counters. For staff.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn notice(&self, id: NoticeId) -> Result<Told> {
        self.notices.told(id).await?.ok_or(Failure::NotFound)
    }

    /// What was told to whom by a notice, the last planned first. For staff.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn messages(&self, id: NoticeId, window: &Window) -> Result<List<Message>> {
        let (_, plan) = self.notices.notice(id).await?.ok_or(Failure::NotFound)?;
        Ok(self.notices.messages(id, plan.pages, window).await?)
    }

    /// Has a notice planned now that a request has just written. A queue that does not take it makes it a minute
    /// later, for then the sweep finds it.
    pub(crate) async fn plan_soon(&self, notice: NoticeId) {
        let _ = self.dispatch.put(DispatchWork::Plan(notice)).await;
    }
}
