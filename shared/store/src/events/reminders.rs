//! How far the reminding of events is.

use jiff::Timestamp;
use kabar_domain::{
    events::{Event, EventStatus, Reminded, ReminderRules, Reminders},
    ids::{EventId, TaskId},
    news::Notice,
};
use serde::{Deserialize, Serialize};

use super::{
    Events,
    items::{keyed, notice, rules, seconds},
};
use crate::{
    Result,
    db::{Item, Transaction, s},
    instant::Millis,
    keys,
    notices::Notices,
};

#[derive(Serialize, Deserialize)]
struct RemindersItem {
    start: Millis,
    /// In seconds before the start.
    rules: Vec<i64>,
    is_on: bool,
    told: Option<RemindedItem>,
    version: u64,
}

#[derive(Serialize, Deserialize)]
struct RemindedItem {
    start: Millis,
    at: Millis,
    notice: Option<String>,
}

impl Events {
    /// The reminders of an event that is new.
    pub(super) fn first_reminders(event: &Event, usual: &ReminderRules) -> Reminders {
        Reminders {
            event: event.id,
            start: event.start,
            rules: event.reminders.clone().unwrap_or_else(|| usual.clone()),
            is_on: event.status == EventStatus::Scheduled,
            told: None,
            version: 1,
        }
    }

    /// Reminders as they lie in the table; in the index of what is due while something is.
    pub(super) fn reminders_item(reminders: &Reminders) -> Result<Item> {
        let key = keys::reminders(reminders.event);
        let value = RemindersItem {
            start: reminders.start.into(),
            rules: seconds(&reminders.rules),
            is_on: reminders.is_on,
            told: reminders.told.map(|told| RemindedItem {
                start: told.start.into(),
                at: told.at.into(),
                notice: told.notice.map(|notice| notice.to_string()),
            }),
            version: reminders.version,
        };
        let mut item = keyed(key.clone(), None, &value)?;
        if let Some(next) = reminders.next() {
            let (shard, time) = keys::due(next, &key);
            item.extend([("due_pk".to_owned(), s(shard)), ("due_sk".to_owned(), s(time))]);
        }
        Ok(item)
    }

    /// The reminders of an event; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn reminders(&self, event: EventId) -> Result<Option<Reminders>> {
        let found: Option<RemindersItem> = self.0.get(keys::reminders(event)).await?;
        found.map(|item| item.of(event)).transpose()
    }

    /// Events of which a reminder is due by `time`, in one shard, at most `limit`, the most overdue first.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn reminders_due(&self, shard: u8, time: Timestamp, limit: u16) -> Result<Vec<EventId>> {
        let due = self.0.due(shard, time, limit).await?;
        Ok(due.iter().filter_map(|key| keys::event_of(&key.pk)).collect())
    }

    /// Writes the reminder of an event and how far its reminding is then, if it is still as it was read; and counts
    /// the notice to the task that asked for it. `false`: it changed, or somebody else was faster.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn remind(
        &self,
        after: &Reminders,
        notices: &Notices,
        notice: &Notice,
        task: Option<TaskId>,
    ) -> Result<bool> {
        let mut writes = vec![
            self.0.replace(Self::reminders_item(after)?, after.version - 1)?,
            notices.put(notice)?,
        ];
        if let Some(last) = after.last() {
            writes.push(self.note_reminded(after.event, last)?);
        }
        if let Some(task) = task {
            writes.push(notices.count_to(task, notice.id)?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Notes that there is nothing to remind of any more, if the reminders are still as they were read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn lapse(&self, after: &Reminders) -> Result<bool> {
        let write = self.0.replace(Self::reminders_item(after)?, after.version - 1)?;
        Ok(self.0.transact(vec![write]).await? == Transaction::Written)
    }
}

impl RemindersItem {
    fn of(self, event: EventId) -> Result<Reminders> {
        let told = |told: RemindedItem| -> Result<Reminded> {
            Ok(Reminded {
                start: told.start.into(),
                at: told.at.into(),
                notice: notice(told.notice)?,
            })
        };
        Ok(Reminders {
            event,
            start: self.start.into(),
            rules: rules(&self.rules)?,
            is_on: self.is_on,
            told: self.told.map(told).transpose()?,
            version: self.version,
        })
    }
}
