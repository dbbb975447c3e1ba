use std::{collections::BTreeMap, sync::Arc};

use kabar_domain::{
    World,
    ids::PageId,
    news::{Answer, Brake, Feedback, Limits, Reputation},
};
use kabar_store::{Result, StoreError, notices::Notices};

/// How often somebody else may change the same page or address in between.
const MOST_TRIES: u32 = 5;

/// Hears what the provider says of mails that it took: marks messages, suppresses addresses, and stops mailings when
/// too much comes back.
pub struct Listener {
    /// The table of notices.
    pub notices: Notices,
    /// How much may come back before mailings stop.
    pub limits: Limits,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// What became of a piece of feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is new, and written with all that follows from it.
    Marked,
    /// It was heard before, or something weightier was.
    Known,
    /// It may become true: its message is on its way and has no row yet. Or the store did not answer.
    Later,
    /// It is not about a mail that we sent.
    Refused(&'static str),
}

/// What a batch of feedback led to.
#[derive(Debug, Default)]
pub struct HearReport {
    /// What became of each piece, in order.
    pub verdicts: Vec<Verdict>,
    /// How many messages were newly said what of.
    pub answers: BTreeMap<Answer, u32>,
    /// The brake, if this batch put it on.
    pub brake: Option<Brake>,
    /// What the store could not do.
    pub errors: Vec<StoreError>,
}

impl Listener {
    /// Hears a batch of feedback, in any order, repeated, late or forged. What belongs to one page is written together.
    ///
    /// What came back is counted for the brake after it is written: a crash between the two counts too little, never
    /// twice.
    pub async fn hear(&self, feedback: &[Feedback]) -> HearReport {
        let mut report = HearReport {
            verdicts: vec![Verdict::Later; feedback.len()],
            ..HearReport::default()
        };
        let mut by_page: BTreeMap<PageId, Vec<usize>> = BTreeMap::new();
        for (index, one) in feedback.iter().enumerate() {
            by_page.entry(one.message.page()).or_default().push(index);
        }
        let mut reputation = Reputation::default();
        for (page, indices) in by_page {
            let heard = self.hear_page(page, feedback, indices, &mut report, &mut reputation);
            if let Err(error) = heard.await {
                report.errors.push(error);
            }
        }
        match self.count(&reputation).await {
            Ok(brake) => report.brake = brake,
            Err(error) => report.errors.push(error),
        }
        report
    }

    /// Hears what is said of the messages of one page; those of `indices` in `feedback`.
    async fn hear_page(
        &self,
        page: PageId,
        feedback: &[Feedback],
        mut indices: Vec<usize>,
        report: &mut HearReport,
        reputation: &mut Reputation,
    ) -> Result<()> {
        let is_complaint = |index: &usize| feedback[*index].answer == Answer::Complaint;
        let topic = match indices.iter().any(is_complaint) {
            true => self.notices.notice(page.notice()).await?,
            false => None,
        };
        let topic = topic.and_then(|(notice, _)| notice.news.kind().topic());
        let mut tries = 0;
        while !indices.is_empty() {
            let Some(record) = self.notices.page_record(page).await? else {
                for index in indices {
                    report.verdicts[index] = Verdict::Refused("it names no message of ours");
                }
                return Ok(());
            };
            let step = self.step(&record, topic, feedback, &indices).await?;
            let is_written = step.heard.answers.is_empty()
                || self.notices.hear(&record, &step.heard, self.world.now()).await?;
            if is_written {
                indices.retain(|index| step.verdicts.iter().all(|(done, _)| done != index));
                for (index, verdict) in step.verdicts {
                    report.verdicts[index] = verdict;
                }
                for (answer, count) in step.answers {
                    *report.answers.entry(answer).or_default() += count;
                }
                reputation.answered += step.reputation.answered;
                reputation.bounced += step.reputation.bounced;
                reputation.complained += step.reputation.complained;
            } else {
                tries += 1;
                if tries == MOST_TRIES {
                    return Err(StoreError::Contended);
                }
            }
        }
        Ok(())
    }

    /// Counts what came back, and puts the brake on if that is too much. Returns the brake if it was not on before.
    async fn count(&self, more: &Reputation) -> Result<Option<Brake>> {
        if *more == Reputation::default() {
            return Ok(None);
        }
        let now = self.world.now();
        self.notices.count_answers(more, now).await?;
        if more.bounced == 0 && more.complained == 0 {
            return Ok(None);
        }
        let reputation = self.notices.reputation(now).await?;
        let Some(reason) = self.limits.passed_by(&reputation) else {
            return Ok(None);
        };
        let brake = Brake { reason, since: now };
        Ok(self.notices.set_brake(&brake).await?.then_some(brake))
    }
}
