//! What a listener writes together: a part of what is said of one page, and all that follows from it.

use std::collections::{BTreeMap, HashMap};

use kabar_domain::{
    ids::{AddressId, SuppressionId},
    news::{Answer, Feedback, Reason, Reputation, Source, Suppression, Topic},
};
use kabar_store::{
    Result,
    notices::{Bounced, Heard, PageRecord},
};

use super::{Listener, Verdict, address_id};

/// How many writes the answers of one step may lead to: with the page and its counters fewer than the hundred items of
/// a transaction.
const MOST_WRITES: usize = 90;
/// One step on a page: what is written together.
#[derive(Default)]
pub(super) struct Step {
    pub(super) heard: Heard,
    suppressions: BTreeMap<SuppressionId, Suppression>,
    /// Which pieces of feedback it deals with, by index.
    pub(super) verdicts: Vec<(usize, Verdict)>,
    pub(super) reputation: Reputation,
    pub(super) answers: BTreeMap<Answer, u32>,
}

impl Listener {
    /// What is to be written next, given how the page stands.
    pub(super) async fn step(
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
                Some((answer, _)) => Some(*answer),
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
            step.heard.answers.insert(place, (one.answer, one.at));
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
