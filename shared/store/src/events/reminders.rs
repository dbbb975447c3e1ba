//! How far the reminding of events is.

use jiff::Timestamp;
use kabar_domain::{
    events::{Event, EventStatus, ReminderRules, Reminders},
    ids::{EventId, TaskId},
    news::Notice,
};
use serde::{Deserialize, Serialize};

use super::{
    Events,
    items::{keyed, rules, seconds},
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
    told_at: Option<Millis>,
    version: u64,
}

impl Events {
    /// The reminders of an event that is new.
    pub(super) fn first_reminders(event: &Event, usual: &ReminderRules) -> Reminders {
        Reminders {
            event: event.id,
            start: event.start,
            rules: event.reminders.clone().unwrap_or_else(|| usual.clone()),
            is_on: event.status == EventStatus::Scheduled,
            told_at: None,
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
            told_at: reminders.told_at.map(Into::into),
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
        found
            .map(|item| {
                Ok(Reminders {
                    event,
                    start: item.start.into(),
                    rules: rules(&item.rules)?,
                    is_on: item.is_on,
                    told_at: item.told_at.map(Into::into),
                    version: item.version,
                })
            })
            .transpose()
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
        if after.next().is_none() {
            writes.push(self.note_reminded(after.event, notice.id)?);
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
