//! The ledger of a notice: where its messages stand, in numbers, and which of its pages are in the lane.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use jiff::Timestamp;
use kabar_domain::{
    ids::{NoticeId, PageId},
    news::{PAGES_IN_LANE, Status, Tally},
};
use serde::Deserialize;

use super::{
    Notices,
    items::{IN_DOUBT, read_tally},
};
use crate::{
    Result,
    db::{n, s},
    keys,
};

/// A ledger as it was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    /// Where the messages stand, as of the last turn of each page.
    pub(super) tally: Tally,
    /// The pages that are in the lane, by slot.
    pub(super) slots: [Option<PageId>; PAGES_IN_LANE],
    /// When the notice is to be looked at next, as the index has it.
    pub(super) wake: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct LedgerItem {
    pub(super) pk: String,
    due_sk: Option<String>,
    #[serde(flatten)]
    numbers: HashMap<String, serde_json::Value>,
}

impl Ledger {
    /// Whether no page has left its lane or come into it between this reading and another one.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        self.tally == other.tally && self.slots == other.slots
    }
}

/// The changes of one transaction to a ledger.
#[derive(Default)]
pub(super) struct Entry {
    set: Vec<String>,
    remove: Vec<String>,
    add: Vec<String>,
    names: HashMap<String, String>,
    values: HashMap<String, aws_sdk_dynamodb::types::AttributeValue>,
    conditions: Vec<String>,
}

pub(super) fn slot_name(slot: u8) -> String {
    format!("slot_{slot}")
}

impl Entry {
    /// Moves the counters from `before` to `after`.
    pub(super) fn count(&mut self, before: &Tally, after: &Tally) {
        let (by_status, in_doubt) = after.since(before);
        let by_status = by_status.into_iter().map(|(status, more)| (status.name(), more));
        for (name, more) in by_status
            .chain([(IN_DOUBT, in_doubt)])
            .filter(|(_, more)| *more != 0)
        {
            self.add.push(format!("#{name} :{name}"));
            self.names.insert(format!("#{name}"), name.to_owned());
            self.values.insert(format!(":{name}"), n(more));
        }
    }

    /// Gives a slot that is free to a page.
    pub(super) fn take_slot(&mut self, slot: u8, page: PageId) {
        self.conditions
            .push(format!("attribute_not_exists({})", slot_name(slot)));
        self.pass_slot(slot, Some(page));
    }

    /// Passes a slot on to another page, or frees it.
    pub(super) fn pass_slot(&mut self, slot: u8, to: Option<PageId>) {
        let name = slot_name(slot);
        match to {
            Some(page) => {
                self.set.push(format!("{name} = :{name}"));
                self.values.insert(format!(":{name}"), n(page.number()));
            }
            None => self.remove.push(name),
        }
    }

    /// Has the notice looked at by `at`: refused if it is looked at earlier anyhow.
    pub(super) fn wake_by(&mut self, notice: NoticeId, at: Timestamp) {
        self.wake_at(notice, at);
        self.conditions
            .push("(attribute_not_exists(due_sk) OR due_sk > :wake)".to_owned());
    }

    /// Has the notice looked at `at`, whatever was said before.
    pub(super) fn wake_at(&mut self, notice: NoticeId, at: Timestamp) {
        let (shard, time) = keys::due(at, &keys::tally(notice));
        self.set.push("due_pk = :shard, due_sk = :wake".to_owned());
        self.values.insert(":shard".to_owned(), s(shard));
        self.values.insert(":wake".to_owned(), s(time));
    }

    /// Has the notice not looked at any more.
    pub(super) fn sleep(&mut self) {
        self.remove.push("due_pk, due_sk".to_owned());
    }

    /// Refuses the entry if somebody has said meanwhile when the notice is to be looked at.
    pub(super) fn if_wake_is(&mut self, wake: Option<&String>) {
        match wake {
            None => self.conditions.push("attribute_not_exists(due_sk)".to_owned()),
            Some(wake) => {
                self.conditions.push("due_sk = :was".to_owned());
                self.values.insert(":was".to_owned(), s(wake));
            }
        }
    }

    /// The update that writes the entry, if there is anything to write.
    pub(super) fn update(self, notices: &Notices, notice: NoticeId) -> Option<UpdateBuilder> {
        let clause = |verb: &str, parts: Vec<String>| {
            (!parts.is_empty()).then(|| format!("{verb} {}", parts.join(", ")))
        };
        let clauses = [
            clause("SET", self.set),
            clause("REMOVE", self.remove),
            clause("ADD", self.add),
        ];
        let clauses: Vec<String> = clauses.into_iter().flatten().collect();
        if clauses.is_empty() {
            return None;
        }
        let conditions = (!self.conditions.is_empty()).then(|| self.conditions.join(" AND "));
        let update = notices
            .0
            .update(keys::tally(notice))
            .update_expression(clauses.join(" "))
            .set_condition_expression(conditions)
            .set_expression_attribute_names((!self.names.is_empty()).then_some(self.names))
            .set_expression_attribute_values((!self.values.is_empty()).then_some(self.values));
        Some(update)
    }
}

impl Notices {
    /// The ledger of a notice; one read.
    pub(super) async fn ledger(&self, notice: NoticeId) -> Result<Ledger> {
        let found: Option<LedgerItem> = self.0.get(keys::tally(notice)).await?;
        Ok(found.map(|item| item.into_ledger(notice)).unwrap_or_default())
    }
}

impl LedgerItem {
    pub(super) fn into_ledger(self, notice: NoticeId) -> Ledger {
        let number = |name: &str| {
            let number = self.numbers.get(name).and_then(serde_json::Value::as_u64);
            number.and_then(|number| u32::try_from(number).ok())
        };
        let names = Status::ALL.map(Status::name).into_iter().chain([IN_DOUBT]);
        let counts = names
            .filter_map(|name| Some((name.to_owned(), number(name)?)))
            .collect();
        let slots = std::array::from_fn(|slot| {
            let slot = u8::try_from(slot).ok()?;
            number(&slot_name(slot)).map(|page| notice.page(page))
        });
        Ledger {
            tally: read_tally(&counts),
            slots,
            wake: self.due_sk,
        }
    }
}
