use std::collections::BTreeMap;

use kabar_courier::ReminderWork;
use kabar_domain::{ids::TaskId, news::Status};

use crate::{App, Failure, Result};

/// What became of work that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskCounts {
    /// Which.
    pub id: TaskId,
    /// Whether all of it is done.
    pub is_done: bool,
    /// Events of which people are reminded.
    pub events: u32,
    /// People who are reminded, as far as that is planned.
    pub people: u32,
    /// What became of their messages; those on their way are not counted.
    pub by_status: BTreeMap<Status, u32>,
}

impl App {
    /// Has everybody reminded now whose reminder is due and not written yet. For staff, which the route has made sure
    /// of.
    ///
    /// # Errors
    /// [`Failure::Queue`] when the queue does not take it: it can be asked for again.
    pub async fn send_reminders(&self) -> Result<TaskId> {
        let task = TaskId::new(&*self.world);
        self.notices.add_task(task, self.world.now()).await?;
        self.reminding.put(ReminderWork::Sweep(task)).await?;
        Ok(task)
    }

    /// What became of work that somebody asked for. For staff.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn task(&self, id: TaskId) -> Result<TaskCounts> {
        let task = self.notices.task(id).await?.ok_or(Failure::NotFound)?;
        let mut counts = TaskCounts {
            id,
            is_done: task.written_at.is_some(),
            events: u32::try_from(task.notices.len()).unwrap_or(u32::MAX),
            people: 0,
            by_status: BTreeMap::new(),
        };
        for told in self.notices.told_many(task.notices).await? {
            counts.people += told.plan.people;
            counts.is_done &= told.is_done();
            for (status, count) in told.tally.by_status {
                *counts.by_status.entry(status).or_default() += count;
            }
        }
        Ok(counts)
    }
}
