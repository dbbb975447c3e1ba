use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    ids::{AddressId, PageId},
    news::{Answer, Page, PageState, Suppression},
};
use serde::{Deserialize, Serialize};

use super::{Bounced, Notices, Outcome};
use crate::{
    Result,
    db::{Transaction, item},
    keys,
    keys::Key,
};

/// What the provider has said of a page's messages, by place from 1; zero where it has said nothing. One small item
/// for a whole page, so that a hundred deliveries that come together are one write.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Answers {
    pub(super) version: u64,
    #[serde(with = "serde_bytes")]
    by_place: Vec<u8>,
}

#[derive(Serialize)]
struct AnswersItem {
    pk: String,
    sk: String,
    #[serde(flatten)]
    answers: Answers,
}

/// A page with what became of its messages: what its senders recorded, and what the provider said afterwards.
#[derive(Clone, Debug)]
pub struct PageRecord {
    /// The page.
    pub page: Page,
    pub(super) state: String,
    pub(super) rows: HashMap<u8, Outcome>,
    pub(super) answers: Answers,
}

/// What is new from the provider about the messages of a page, and what follows from it.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// What it said, by place.
    pub answers: BTreeMap<u8, Answer>,
    /// Addresses that get no more mail of a topic, each once.
    pub suppressions: Vec<Suppression>,
    /// What is to be remembered of soft bounces, by address.
    pub bounced: HashMap<AddressId, Bounced>,
}

impl Answers {
    fn at(&self, place: u8) -> Result<Option<Answer>> {
        let number = usize::from(place)
            .checked_sub(1)
            .and_then(|index| self.by_place.get(index));
        let number = number.copied().filter(|number| *number > 0);
        Ok(number.map(Answer::numbered).transpose()?)
    }

    fn with(&self, news: &BTreeMap<u8, Answer>) -> Self {
        let mut by_place = self.by_place.clone();
        for (place, answer) in news {
            let index = usize::from(*place).saturating_sub(1);
            by_place.resize(by_place.len().max(index + 1), 0);
            by_place[index] = answer.number();
        }
        Self {
            version: self.version + 1,
            by_place,
        }
    }
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

    fn is_closed(&self) -> bool {
        self.state == PageState::Closed.name()
    }
}

impl Notices {
    /// Writes what the provider said of messages that have rows, and all that follows from it, in one transaction.
    /// `false`: something of it has been written since it was read; read again.
    ///
    /// The notice's counters are moved with it if the page is closed. If it is open, the page is held to staying so:
    /// whoever closes it counts these answers, see [`Self::close`].
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn hear(&self, record: &PageRecord, heard: &Heard, now: Timestamp) -> Result<bool> {
        let page = record.page.id;
        let Key { pk, sk } = keys::answers(page);
        let answers = record.answers.with(&heard.answers);
        let after = item(&AnswersItem { pk, sk, answers })?;
        let mut writes = vec![match record.answers.version {
            0 => self.0.put_new(after)?,
            version => self.0.replace(after, version)?,
        }];
        if record.is_closed() {
            writes.extend(self.recount(record, &heard.answers)?);
        } else {
            writes.push(self.still_open(page)?);
        }
        for suppression in &heard.suppressions {
            writes.push(self.put_suppression(suppression)?);
        }
        for (address, bounced) in &heard.bounced {
            writes.push(self.write_bounced(*address, bounced, now)?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// The write that moves messages in the counters of their notice, from where they stood to where they stand; none
    /// when that is the same.
    fn recount(&self, record: &PageRecord, news: &BTreeMap<u8, Answer>) -> Result<Option<TransactWriteItem>> {
        let before = record.outcomes()?;
        let mut by_status: BTreeMap<&str, i64> = BTreeMap::new();
        for (place, answer) in news {
            if let Some(old) = before.get(place) {
                *by_status.entry(old.status.name()).or_default() -= 1;
                *by_status.entry(answer.status().name()).or_default() += 1;
            }
        }
        by_status.retain(|_, more| *more != 0);
        if by_status.is_empty() {
            return Ok(None);
        }
        self.add_to_tally(record.page.id.notice(), by_status).map(Some)
    }

    /// Holds a transaction to the provider's having said no more of a page than this version has.
    pub(super) fn still_answered(&self, page: PageId, version: u64) -> Result<TransactWriteItem> {
        match version {
            0 => self.0.check_absent(keys::answers(page)),
            version => self.0.check_version(keys::answers(page), version),
        }
    }
}
