//! Reminders that somebody asked for at once.

use aws_sdk_sqs::Client;
use kabar_domain::ids::TaskId;

use super::{
    NotOurs, QueueError,
    body::{Work, parse},
    put::send,
};
use crate::OnUse;

/// The queue of reminders that somebody asks for at once.
#[derive(Clone)]
pub struct ReminderQueue {
    /// How it is reached.
    pub client: OnUse<Client>,
    /// Where it is.
    pub url: String,
}

/// Work for reminder-sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReminderWork {
    /// Write the reminders that are due, and count them to this task.
    Sweep(TaskId),
}

impl ReminderWork {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn parse(body: &str) -> Result<Self, NotOurs> {
        match parse(body) {
            Some(Work::Reminders { task }) => TaskId::parse(&task).map(Self::Sweep).ok_or(NotOurs),
            _ => Err(NotOurs),
        }
    }
}

impl ReminderQueue {
    /// Asks for the reminders that are due to be written now.
    ///
    /// # Errors
    /// When the queue did not take it.
    pub async fn put(&self, ReminderWork::Sweep(task): ReminderWork) -> Result<(), QueueError> {
        let task = task.to_string();
        send(&self.client, &self.url, Work::Reminders { task }, 0).await
    }
}
