use kabar_courier::DispatchWork;
use kabar_domain::{ids::NoticeId, news::Notice};
use kabar_store::{List, Window, notices::Told};

use crate::{App, Failure, Result, mailings::MailedMessage};

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
    pub async fn messages(&self, id: NoticeId, window: &Window) -> Result<List<MailedMessage>> {
        let (notice, plan) = self.notices.notice(id).await?.ok_or(Failure::NotFound)?;
        let mailing = notice.news.mailing();
        let found = self.notices.messages(id, plan.pages, None, window).await?;
        let mailed = |message| MailedMessage { mailing, message };
        Ok(List {
            entries: found.entries.into_iter().map(mailed).collect(),
            next: found.next,
        })
    }

    /// Has a notice planned that a request has just written, now or when it may be told. A queue that does not take it
    /// makes it a minute later, for then the sweep finds it.
    pub(crate) async fn plan_soon(&self, notice: &Notice) {
        let delay = notice.not_before.duration_since(notice.created_at).as_secs();
        let _ = self.dispatch.put(DispatchWork::Plan(notice.id), delay).await;
    }
}
