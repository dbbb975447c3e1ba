use std::collections::HashMap;

use kabar_domain::news::{Answer, Page, PageState};

use super::{Outcome, answers::Answers};
use crate::Result;

/// A page with what became of its messages: what its senders recorded, and what the provider said afterwards.
#[derive(Clone, Debug)]
pub struct PageRecord {
    /// The page.
    pub page: Page,
    pub(super) state: String,
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

    /// Where the messages stand: as their senders recorded, unless the provider said more.
    pub(super) fn outcomes(&self) -> Result<HashMap<u8, Outcome>> {
        let outcome = |(place, row): (&u8, &Outcome)| {
            let mut outcome = row.clone();
            if let Some(answer) = self.answer(*place)? {
                outcome.status = answer.status();
                outcome.error = (answer != Answer::Delivered).then(|| answer.name().to_owned());
            }
            Ok((*place, outcome))
        };
        self.rows.iter().map(outcome).collect()
    }

    /// Whether the notice's counters have the page's messages.
    pub(super) fn is_closed(&self) -> bool {
        self.state == PageState::Closed.name()
    }
}
