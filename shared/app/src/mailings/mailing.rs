use std::collections::HashMap;

use kabar_courier::DispatchWork;
use kabar_domain::{
    ids::{MailingId, NoticeId},
    mailings::{Mailing, MailingChange, MailingSays, MailingStatus, Order},
    news::Tally,
};
use kabar_store::{List, Window, notices::Told};

use crate::{App, Expected, Failure, FieldError, Result};

/// A mailing with what became of its messages so far.
#[derive(Clone, Debug)]
pub struct Mailed {
    /// The mailing.
    pub mailing: Mailing,
    /// Where it stands.
    pub status: MailingStatus,
    /// How many people it is for, as far as they are planned.
    pub people: u32,
    /// Where their messages stand.
    pub tally: Tally,
}

/// All of these are for staff, which the routes have made sure of.
impl App {
    /// Adds a mailing. One whose time has come begins at once.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when it would end before it begins, or has.
    pub async fn add_mailing(&self, says: MailingSays) -> Result<Mailed> {
        let mailing = self.new_mailing(says)?;
        let notice = mailing.to_notice();
        self.mailings
            .add_mailing(&self.notices, &mailing, &notice)
            .await?;
        self.plan_soon(&notice).await;
        Ok(self.mailed(mailing, None))
    }

    /// A mailing as it would be added.
    pub(super) fn new_mailing(&self, says: MailingSays) -> Result<Mailing> {
        let now = self.world.now();
        refuse(says.problems(now))?;
        Ok(Mailing {
            id: MailingId::new(&*self.world),
            notice: NoticeId::new(&*self.world),
            says,
            order: Order::Go,
            created_at: now,
            version: 1,
        })
    }

    /// A mailing, its counters as of the last turn of each page; two reads.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn mailing(&self, id: MailingId) -> Result<Mailed> {
        let mailing = self.mailings.mailing(id).await?.ok_or(Failure::NotFound)?;
        let told = self.notices.counted(mailing.notice).await?;
        Ok(self.mailed(mailing, told))
    }

    /// A mailing, its counters exact at this moment.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn mailing_now(&self, id: MailingId) -> Result<Mailed> {
        let mailing = self.mailings.mailing(id).await?.ok_or(Failure::NotFound)?;
        let told = self.notices.told(mailing.notice).await?;
        Ok(self.mailed(mailing, told))
    }

    /// Mailings, the newest first, with their counters as of the last turn of each page.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn mailings(&self, window: &Window) -> Result<List<Mailed>> {
        let List { entries, next } = self.mailings.mailings(window).await?;
        let notices = entries.iter().map(|mailing| mailing.notice).collect();
        let told = self.notices.told_many(notices).await?.into_iter();
        let mut told: HashMap<NoticeId, Told> = told.map(|told| (told.notice.id, told)).collect();
        let entries = entries.into_iter().map(|mailing| {
            let told = told.remove(&mailing.notice);
            self.mailed(mailing, told)
        });
        Ok(List {
            entries: entries.collect(),
            next,
        })
    }

    /// Changes a mailing, also one that is running: who is not meant any more is not told, who is meant now is, and
    /// nobody is told twice.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::Changed`], [`Failure::Conflict`] when nothing of it can change any more, or
    /// [`Failure::Invalid`].
    pub async fn change_mailing(
        &self,
        id: MailingId,
        expected: Expected,
        change: MailingChange,
    ) -> Result<Mailed> {
        expected
            .settle(|| self.change_mailing_once(id, expected, change.clone()))
            .await
    }

    async fn change_mailing_once(
        &self,
        id: MailingId,
        expected: Expected,
        change: MailingChange,
    ) -> Result<Mailed> {
        let before = self.mailing(id).await?;
        expected.check(before.mailing.version)?;
        let mut after = before.mailing.clone();
        after.says = before.mailing.says.changed(change);
        if after.says == before.mailing.says {
            return Ok(before);
        }
        open(before.status)?;
        let (was, now) = (&before.mailing.says, self.world.now());
        let mut problems = after.says.problems(now);
        if was.start_time <= now {
            let has_begun = || kabar_domain::Invalid::because("Cannot change once the mailing has begun.");
            if after.says.start_time != was.start_time {
                problems.push(("start_time", has_begun()));
            }
            if after.says.channel != was.channel {
                problems.push(("channel", has_begun()));
            }
        }
        refuse(problems)?;
        let again = after.says.is_for_others(was) || after.says.start_time != was.start_time;
        self.write_mailing(&before.mailing, after, again).await
    }

    /// Removes a mailing, also one that is running: whoever has not been told is told no more. What became of its
    /// messages stays with its notice.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::Changed`].
    pub async fn remove_mailing(&self, id: MailingId, expected: Expected) -> Result<()> {
        expected.settle(|| self.remove_mailing_once(id, expected)).await
    }

    async fn remove_mailing_once(&self, id: MailingId, expected: Expected) -> Result<()> {
        let mailing = self.mailings.mailing(id).await?.ok_or(Failure::NotFound)?;
        expected.check(mailing.version)?;
        let now = self.world.now();
        if !self.mailings.remove_mailing(&self.notices, &mailing, now).await? {
            return Err(Failure::Changed);
        }
        let _ = self.dispatch.put(DispatchWork::Plan(mailing.notice), 0).await;
        Ok(())
    }

    /// Writes a mailing that is as it was read, and has its notice looked at.
    pub(super) async fn write_mailing(
        &self,
        before: &Mailing,
        mut after: Mailing,
        again: bool,
    ) -> Result<Mailed> {
        after.version += 1;
        let mut notice = after.to_notice();
        if after.order == Order::Cancel {
            // Nobody has to wait for its start to see that it is over.
            notice.not_before = notice.not_before.min(self.world.now());
        }
        let written = self
            .mailings
            .change_mailing(&self.notices, before.version, &after, &notice, again);
        if !written.await? {
            return Err(Failure::Changed);
        }
        let wait = notice
            .not_before
            .duration_since(self.world.now())
            .as_secs()
            .max(0);
        let _ = self.dispatch.put(DispatchWork::Plan(notice.id), wait).await;
        let told = self.notices.counted(notice.id).await?;
        Ok(self.mailed(after, told))
    }

    fn mailed(&self, mailing: Mailing, told: Option<Told>) -> Mailed {
        let is_done = told.as_ref().is_some_and(Told::is_done);
        let (people, tally) = told
            .map(|told| (told.plan.people, told.tally))
            .unwrap_or_default();
        Mailed {
            status: mailing.status(self.world.now(), is_done),
            mailing,
            people,
            tally,
        }
    }
}

/// Refuses what was called off or is over.
pub(super) fn open(status: MailingStatus) -> Result<()> {
    match status {
        MailingStatus::Cancelled => Err(Failure::Conflict("The mailing was cancelled.")),
        MailingStatus::Finished => Err(Failure::Conflict("The mailing is finished.")),
        MailingStatus::Scheduled | MailingStatus::Running | MailingStatus::Paused => Ok(()),
    }
}

fn refuse(problems: Vec<(&'static str, kabar_domain::Invalid)>) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    let errors = problems
        .into_iter()
        .map(|(field, reason)| FieldError { field, reason });
    Err(Failure::Invalid(errors.collect()))
}
