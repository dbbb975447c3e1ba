use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    ids::{AddressId, PageId},
    news::{Answer, Suppression},
};

use super::{Bounced, Notices, PageRecord};
use crate::{Result, db::Transaction, keys};

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
        let after = record.answers.with(&heard.answers).into_item(page)?;
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
