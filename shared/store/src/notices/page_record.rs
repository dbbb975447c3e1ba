use std::collections::HashMap;

use jiff::Timestamp;
use kabar_domain::news::{Answer, Page, PageState, Status, Tally};

use super::{Outcome, answers::Answers};
use crate::Result;

/// A page with what became of its messages: what its senders recorded, and what the provider said afterwards.
#[derive(Clone, Debug)]
pub struct PageRecord {
    /// The page.
    pub page: Page,
    pub(super) state: PageState,
    /// The last claim on it.
    pub(super) claim: Option<String>,
    /// What the notice's counters have of it.
    pub(super) counted: Tally,
    pub(super) rows: HashMap<u8, Outcome>,
    pub(super) answers: Answers,
}

impl PageRecord {
    /// What its senders recorded of a message; nothing as long as none has.
    #[must_use]
    pub fn row(&self, place: u8) -> Option<&Outcome> {
        self.rows.get(&place)
    }

    /// What the provider has said of a message.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn answer(&self, place: u8) -> Result<Option<Answer>> {
        self.answers.at(place)
    }

    /// The same, with when it said so, if that is known.
    pub(super) fn answered(&self, place: u8) -> Result<Option<(Answer, Option<Timestamp>)>> {
        let answer = self.answer(place)?;
        Ok(answer.map(|answer| (answer, self.answers.time(place))))
    }

    /// Where the messages stand: as their senders recorded, unless the provider said more.
    pub(super) fn outcomes(&self) -> Result<HashMap<u8, Outcome>> {
        let outcome = |(place, row): (&u8, &Outcome)| {
            let answer = self.answer(*place)?;
            Ok((*place, row.clone().answered(answer)))
        };
        self.rows.iter().map(outcome).collect()
    }

    /// Where all messages of the page stand, counted.
    pub(super) fn tally(&self) -> Result<Tally> {
        let mut tally = Tally::default();
        let outcomes = self.outcomes()?;
        for outcome in outcomes.values() {
            tally.add(outcome.status, outcome.in_doubt);
        }
        let recorded = u32::try_from(outcomes.len()).unwrap_or(u32::MAX);
        let people = u32::try_from(self.page.people.len()).unwrap_or(u32::MAX);
        tally.add_all(self.unrecorded(), people.saturating_sub(recorded));
        Ok(tally)
    }

    /// Where the messages stand of which nothing is recorded.
    pub(super) fn unrecorded(&self) -> Status {
        let is_asleep = self.counted.count(Status::WrongTime) > 0;
        match self.state {
            PageState::Waiting if is_asleep => Status::WrongTime,
            PageState::Waiting => Status::Waiting,
            PageState::Queued | PageState::Claimed | PageState::Closed => Status::Queued,
        }
    }
}
