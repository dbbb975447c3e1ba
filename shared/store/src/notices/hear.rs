use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    ids::{AddressId, PageId},
    news::{Answer, PageState, Suppression},
};

use super::{Bounced, Notices, PageRecord, ledger::Entry, turn_ends::counted};
use crate::{
    Result,
    db::{Transaction, s},
    keys,
    writes::{checked, updated},
};

/// What is new from the provider about the messages of a page, and what follows from it.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// What it said and when, by place.
    pub answers: BTreeMap<u8, (Answer, Timestamp)>,
    /// Addresses that get no more mail of a topic, each once.
    pub suppressions: Vec<Suppression>,
    /// What is to be remembered of soft bounces, by address.
    pub bounced: HashMap<AddressId, Bounced>,
}

impl Notices {
    /// Writes what the provider said of messages that have rows, and all that follows from it, in one transaction.
    /// `false`: something of it has been written since it was read; read again.
    ///
    /// The notice's counters are moved with it unless the page is in its lane. If it is, it is held to staying there:
    /// whoever ends its turn counts these answers, see [`Self::leave`].
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
        match record.state {
            PageState::Closed | PageState::Waiting => writes.extend(self.recount(record, &heard.answers)?),
            PageState::Queued | PageState::Claimed => writes.push(self.still_in_lane(page)?),
        }
        for suppression in &heard.suppressions {
            writes.push(self.put_suppression(suppression)?);
        }
        for (address, bounced) in &heard.bounced {
            writes.push(self.write_bounced(*address, bounced, now)?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// The writes that move messages in the counters of their notice, from where they stood to where they stand; none
    /// when that is the same. A page that is set aside is to know what the counters have of it, and to stay so.
    fn recount(
        &self,
        record: &PageRecord,
        news: &BTreeMap<u8, (Answer, Timestamp)>,
    ) -> Result<Vec<TransactWriteItem>> {
        let page = record.page.id;
        let (before, outcomes) = (record.tally()?, record.outcomes()?);
        let mut after = before.clone();
        for (place, (answer, _)) in news {
            if let Some(old) = outcomes.get(place) {
                after.move_one(old.status, answer.status());
            }
        }
        let mut entry = Entry::default();
        entry.count(&before, &after);
        let mut writes: Vec<_> = entry
            .update(self, page.notice())
            .map(updated)
            .into_iter()
            .collect::<Result<_>>()?;
        if let Some(claim) = record
            .claim
            .as_ref()
            .filter(|_| record.state == PageState::Waiting)
        {
            let own = self
                .0
                .update(keys::page(page))
                .update_expression("SET counted = :counted")
                .condition_expression("#state = :waiting AND claim = :claim")
                .expression_attribute_names("#state", "state")
                .expression_attribute_values(":waiting", s(PageState::Waiting.name()))
                .expression_attribute_values(":claim", s(claim))
                .expression_attribute_values(":counted", counted(&after)?);
            writes.push(updated(own)?);
        }
        Ok(writes)
    }

    fn still_in_lane(&self, page: PageId) -> Result<TransactWriteItem> {
        let check = self
            .0
            .check(keys::page(page))
            .condition_expression("#state IN (:queued, :claimed)")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":queued", s(PageState::Queued.name()))
            .expression_attribute_values(":claimed", s(PageState::Claimed.name()));
        checked(check)
    }

    /// Holds a transaction to the provider's having said no more of a page than this version has.
    pub(super) fn still_answered(&self, page: PageId, version: u64) -> Result<TransactWriteItem> {
        match version {
            0 => self.0.check_absent(keys::answers(page)),
            version => self.0.check_version(keys::answers(page), version),
        }
    }
}
