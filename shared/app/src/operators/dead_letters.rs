use std::collections::{BTreeSet, HashMap};

use futures_util::future::try_join_all;
use jiff::Timestamp;
use kabar_courier::{Asks, DeadLetter, DeadLetterQueue, Moved};
use kabar_domain::ids::{NoticeId, PageId};

use crate::{App, Failure, Result};

/// How many letters are looked at to say since when a queue has some.
const FIRST: usize = 10;

/// How many letters a queue has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// What staff call the queue.
    pub queue: &'static str,
    /// About how many there are.
    pub letters: u32,
    /// When the oldest one was put on its queue, of the few that SQS gives out first. Nothing if there is none, or
    /// somebody else is looking at them.
    pub oldest_sent_at: Option<Timestamp>,
    /// Whether they can go again to where they came from.
    pub can_redrive: bool,
}

/// A look into a queue.
#[derive(Clone, Debug)]
pub struct LettersFound {
    /// How many it has, and since when.
    pub backlog: Backlog,
    /// The letters that SQS gave out, the oldest first.
    pub letters: Vec<FoundLetter>,
}

/// A letter, and whether what it asks for is still to be done.
#[derive(Clone, Debug)]
pub struct FoundLetter {
    /// The letter.
    pub letter: DeadLetter,
    /// Where its work stands; nothing where only doing it would tell.
    pub standing: Option<Standing>,
}

/// Where the work that a letter asks for stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is still to be done.
    Open,
    /// It was done by other means: by a sweep, or by another message.
    Done,
    /// What it was about is no longer there.
    Gone,
}

impl App {
    /// All queues of dead letters. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// When SQS did not answer.
    pub async fn dead_letters(&self) -> Result<Vec<Backlog>> {
        try_join_all(self.letters.queues.iter().map(|queue| self.backlog(queue))).await
    }

    /// The same without a look at the letters, which hides them from whoever else looks, and is counted as one more time
    /// that they were taken: nothing is said of the oldest.
    ///
    /// # Errors
    /// When SQS did not answer.
    pub async fn count_dead_letters(&self) -> Result<Vec<Backlog>> {
        let count = |queue| async move {
            let letters = self.letters.count(queue).await?;
            Ok(backlog_of(queue, letters, &[]))
        };
        try_join_all(self.letters.queues.iter().map(count)).await
    }

    async fn backlog(&self, queue: &DeadLetterQueue) -> Result<Backlog> {
        let letters = self.letters.count(queue).await?;
        let first = match letters {
            0 => Vec::new(),
            _ => self.letters.look(queue, FIRST).await?,
        };
        Ok(backlog_of(queue, letters, &first))
    }

    /// Up to `most` letters of a queue, with what is still to be done of them. For staff.
    ///
    /// # Errors
    /// [`Failure::NotFound`]: there is no such queue.
    pub async fn look_at_letters(&self, queue: &str, most: usize) -> Result<LettersFound> {
        let queue = self.letters.queue(queue).ok_or(Failure::NotFound)?;
        let count = self.letters.count(queue).await?;
        let letters = self.letters.look(queue, most).await?;
        let backlog = backlog_of(queue, count, &letters);
        let (pages, notices) = self.stand(&letters).await?;
        let found = letters.into_iter().map(|letter| {
            let standing = match letter.asks {
                Asks::Send(page) => Some(pages.get(&page).copied().unwrap_or(Standing::Gone)),
                Asks::Plan(notice) => Some(notices.get(&notice).copied().unwrap_or(Standing::Gone)),
                Asks::Clear(_)
                | Asks::Amend(_)
                | Asks::Import(_)
                | Asks::Remind(_)
                | Asks::Hear(_)
                | Asks::Run { .. }
                | Asks::Unknown => None,
            };
            FoundLetter { letter, standing }
        });
        Ok(LettersFound {
            backlog,
            letters: found.collect(),
        })
    }

    /// Where the pages and notices stand that letters are about. Two reads for every hundred.
    async fn stand(
        &self,
        letters: &[DeadLetter],
    ) -> Result<(HashMap<PageId, Standing>, HashMap<NoticeId, Standing>)> {
        let standing = |is_done| if is_done { Standing::Done } else { Standing::Open };
        let (mut pages, mut notices) = (BTreeSet::new(), BTreeSet::new());
        for letter in letters {
            match letter.asks {
                Asks::Send(page) => drop(pages.insert(page)),
                Asks::Plan(notice) => drop(notices.insert(notice)),
                Asks::Clear(_)
                | Asks::Amend(_)
                | Asks::Import(_)
                | Asks::Remind(_)
                | Asks::Hear(_)
                | Asks::Run { .. }
                | Asks::Unknown => {}
            }
        }
        let (pages, notices) = tokio::try_join!(
            self.notices.standings(pages.into_iter().collect()),
            self.notices.told_many(notices.into_iter().collect()),
        )?;
        let pages = pages
            .into_iter()
            .map(|found| (found.page.id, standing(found.is_closed())));
        let notices = notices
            .into_iter()
            .map(|told| (told.notice.id, standing(told.plan.is_complete)));
        Ok((pages.collect(), notices.collect()))
    }

    /// Has the work of dead letters done again: of these, or of all, five hundred at a time. For staff. Returns what
    /// was moved, and about how many letters are left.
    ///
    /// # Errors
    /// [`Failure::NotFound`]: there is no such queue. [`Failure::Conflict`]: its letters have nowhere to go.
    pub async fn redrive_letters(&self, queue: &str, ids: Option<&[String]>) -> Result<(Moved, u32)> {
        let queue = self.letters.queue(queue).ok_or(Failure::NotFound)?;
        let source = queue.source_url.as_deref().ok_or(Failure::Conflict(
            "The next run of the schedule does the same work: drop what is here.",
        ))?;
        let moved = self.letters.redrive(queue, source, ids).await?;
        Ok((moved, self.letters.count(queue).await?))
    }

    /// Gives up the work of these dead letters. For staff. Returns what was dropped, and about how many letters are
    /// left.
    ///
    /// # Errors
    /// [`Failure::NotFound`]: there is no such queue.
    pub async fn drop_letters(&self, queue: &str, ids: &[String]) -> Result<(Moved, u32)> {
        let queue = self.letters.queue(queue).ok_or(Failure::NotFound)?;
        let dropped = self.letters.drop(queue, ids).await?;
        Ok((dropped, self.letters.count(queue).await?))
    }
}

fn backlog_of(queue: &DeadLetterQueue, count: u32, seen: &[DeadLetter]) -> Backlog {
    Backlog {
        queue: queue.name,
        // SQS counts late.
        letters: count.max(u32::try_from(seen.len()).unwrap_or(u32::MAX)),
        oldest_sent_at: seen.iter().map(|letter| letter.sent_at).min(),
        can_redrive: queue.source_url.is_some(),
    }
}
