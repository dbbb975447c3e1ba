use std::sync::Arc;

use jiff::Timestamp;
use kabar_courier::{DispatchQueue, DispatchWork};
use kabar_domain::{
    World,
    events::{Due, Reminders},
    ids::{EventId, TaskId},
    news::{Audience, EventFacts, News, Notice},
};
use kabar_store::{DUE_SHARDS, events::Events, notices::Notices};

use crate::Result;

/// How many events of a shard a sweep takes on at a time.
const DUE_PER_SHARD: u16 = 100;

/// Reminds people of the events that they hold tickets for.
pub struct Reminder {
    /// The table of events.
    pub events: Events,
    /// The table of notices.
    pub notices: Notices,
    /// Where reminders go to be planned at once.
    pub dispatch: DispatchQueue,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// What a sweep did, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ReminderReport {
    /// Events of which people are reminded.
    pub events: u32,
    /// Events that started before anybody could be reminded.
    pub lapsed: u32,
    /// Whether all that was due is done.
    pub is_complete: bool,
}

impl Reminder {
    /// Writes the reminders that are due at `time` and were not written yet, until `stop`; whichever sweep comes first
    /// writes each of them, however late. What it writes is counted to the task that asked for it. An event that
    /// cannot be reminded of now keeps no other waiting.
    ///
    /// # Errors
    /// The last failure, when the store did not answer; what was not done is still due.
    pub async fn sweep(
        &self,
        time: Timestamp,
        stop: Timestamp,
        task: Option<TaskId>,
    ) -> Result<ReminderReport> {
        let (mut report, mut failed) = (ReminderReport::default(), None);
        for shard in 0..DUE_SHARDS {
            let mut due = self.events.reminders_due(shard, time, DUE_PER_SHARD).await?;
            while !due.is_empty() {
                let mut moved_on = false;
                for event in &due {
                    if self.world.now() >= stop {
                        return Ok(report);
                    }
                    match self.remind(*event, time, task, &mut report).await {
                        Ok(is_done) => moved_on |= is_done,
                        Err(error) => failed = Some(error),
                    }
                }
                if due.len() < usize::from(DUE_PER_SHARD) || !moved_on {
                    break;
                }
                due = self.events.reminders_due(shard, time, DUE_PER_SHARD).await?;
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        if let Some(task) = task {
            self.notices.end_task(task, self.world.now()).await?;
        }
        report.is_complete = true;
        Ok(report)
    }

    /// Reminds of one event, if that is still due. `false`: it is not; the index shows things for a moment longer.
    async fn remind(
        &self,
        id: EventId,
        time: Timestamp,
        task: Option<TaskId>,
        report: &mut ReminderReport,
    ) -> Result<bool> {
        let (Some(reminders), Some(event)) = (self.events.reminders(id).await?, self.events.event(id).await?)
        else {
            return Ok(false);
        };
        match reminders.due(time) {
            Due::Nothing => Ok(false),
            Due::Lapse => {
                let is_done = self.events.lapse(&reminders.told(time, None)).await?;
                report.lapsed += u32::from(is_done);
                Ok(is_done)
            }
            Due::Remind => {
                let news = News::Reminder {
                    event: EventFacts::of(&event, self.world.now()),
                    registration: None,
                };
                let notice = Notice::new(&*self.world, news, Audience::Holders(id)).until(reminders.start);
                let after = reminders.told(time, Some(notice.id));
                self.write(&after, &notice, task, report).await
            }
        }
    }

    async fn write(
        &self,
        after: &Reminders,
        notice: &Notice,
        task: Option<TaskId>,
        report: &mut ReminderReport,
    ) -> Result<bool> {
        let is_done = self.events.remind(after, &self.notices, notice, task).await?;
        if is_done {
            report.events += 1;
            // The sweep of mailing-dispatch plans what the queue does not take.
            let _ = self.dispatch.put(DispatchWork::Plan(notice.id), 0).await;
        }
        Ok(is_done)
    }
}
