use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use kabar_domain::{
    World,
    ids::{AddressId, PageId, SuppressionId},
    news::{Answer, Brake, Feedback, Limits, Reason, Reputation, Source, Suppression, Topic},
};
use kabar_store::{
    Result, StoreError,
    notices::{Bounced, Heard, Notices, PageRecord},
};

use super::address_id;

/// How many writes the answers of one step may lead to: with the page and its counters fewer than the hundred items of
/// a transaction.
const MOST_WRITES: usize = 90;
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

/// One step on a page: what is written together.
#[derive(Default)]
struct Step {
    heard: Heard,
    suppressions: BTreeMap<SuppressionId, Suppression>,
    verdicts: Vec<(usize, Verdict)>,
    reputation: Reputation,
    answers: BTreeMap<Answer, u32>,
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

    /// What is to be written next, given how the page stands.
    async fn step(
        &self,
        record: &PageRecord,
        topic: Option<Topic>,
        feedback: &[Feedback],
        indices: &[usize],
    ) -> Result<Step> {
        let mut bounced = self.bounced(feedback, indices).await?;
        let mut step = Step::default();
        let mut writes = 0;
        for &index in indices {
            let one = &feedback[index];
            let place = one.message.place();
            if let Some(verdict) = judge(record, one) {
                step.verdicts.push((index, verdict));
                continue;
            }
            let known = match step.heard.answers.get(&place) {
                Some(answer) => Some(*answer),
                None => record.answer(place)?,
            };
            if known >= Some(one.answer) {
                step.verdicts.push((index, Verdict::Known));
                continue;
            }
            writes += most_writes(one.answer);
            if writes > MOST_WRITES {
                break;
            }
            self.mark(&mut step, &mut bounced, topic, one);
            step.heard.answers.insert(place, one.answer);
            step.verdicts.push((index, Verdict::Marked));
            *step.answers.entry(one.answer).or_default() += 1;
            step.reputation.answered += u32::from(known.is_none());
            step.reputation.bounced += u32::from(one.answer == Answer::HardBounce);
            step.reputation.complained += u32::from(one.answer == Answer::Complaint);
        }
        step.heard.suppressions = std::mem::take(&mut step.suppressions).into_values().collect();
        Ok(step)
    }

    /// The soft bounces of the addresses for which they matter.
    async fn bounced(&self, feedback: &[Feedback], indices: &[usize]) -> Result<HashMap<AddressId, Bounced>> {
        let matters = |one: &&Feedback| matches!(one.answer, Answer::Delivered | Answer::SoftBounce);
        let all = indices.iter().map(|&index| &feedback[index]).filter(matters);
        self.notices.bounced(all.map(|one| address_id(&one.email))).await
    }

    /// Notes what follows from one answer that is new.
    fn mark(
        &self,
        step: &mut Step,
        bounced: &mut HashMap<AddressId, Bounced>,
        topic: Option<Topic>,
        one: &Feedback,
    ) {
        let address = address_id(&one.email);
        if one.answer == Answer::SoftBounce {
            bounced.entry(address).or_default();
        }
        // A delivery matters only where something bounced before, which is seldom.
        let mut has_soft_bounced = false;
        if let Some(found) = bounced.get_mut(&address) {
            found.soft.note(one.answer, one.message, one.at);
            has_soft_bounced = found.soft.are_too_many();
            step.heard.bounced.insert(address, found.clone());
        }
        let Some(reason) = Reason::of(one.answer, has_soft_bounced) else {
            return;
        };
        for topic in reason.topics(topic) {
            let id = address.suppression(topic);
            step.suppressions.entry(id).or_insert_with(|| Suppression {
                id,
                email: one.email.clone(),
                topic,
                reason,
                source: Source::Ses,
                message: Some(one.message),
                since: self.world.now(),
            });
        }
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

/// Why feedback is not to be written now, if so.
fn judge(record: &PageRecord, one: &Feedback) -> Option<Verdict> {
    let place = usize::from(one.message.place());
    if !(1..=record.page.people.len()).contains(&place) {
        return Some(Verdict::Refused("it names no message of ours"));
    }
    let Some(row) = record.row(one.message.place()) else {
        // The provider is faster than our record of what it took.
        return Some(Verdict::Later);
    };
    let is_same = row.provider_id.as_ref() == Some(&one.provider_id);
    // Of a message in doubt the provider may have taken two, and we know the name of one at most.
    if is_same || row.in_doubt {
        None
    } else if row.status.is_terminal() {
        Some(Verdict::Refused("the provider took it under another name"))
    } else {
        Some(Verdict::Later)
    }
}

/// How many writes can follow from an answer.
const fn most_writes(answer: Answer) -> usize {
    match answer {
        // Soft bounces that no longer count.
        Answer::Delivered => 1,
        // Two topics, and one more soft bounce.
        Answer::SoftBounce => 3,
        // Three topics.
        Answer::HardBounce => 3,
        // The mail's own topic, and mailings.
        Answer::Complaint => 2,
    }
}
