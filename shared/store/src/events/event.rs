use kabar_domain::{
    events::{Event, ReminderRules, terms},
    ids::EventId,
};

use super::{
    Events,
    items::{EventItem, keyed},
};
use crate::{Result, db::Transaction, keys};

impl Events {
    /// Adds an event with its seats, its reminders (the `usual` ones unless it has its own), and what it is found by.
    /// Adding the very same event again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_event(&self, event: &Event, usual: &ReminderRules) -> Result<()> {
        let item = keyed(keys::event(event.id), None, &EventItem::from(event))?;
        let reminders = Self::reminders_item(&Self::first_reminders(event, usual))?;
        let mut writes = vec![
            self.0.put_new(item)?,
            self.put_seats(event)?,
            self.0.put_new(reminders)?,
        ];
        for term in terms(event) {
            writes.push(self.put_entry(&term, event)?);
        }
        // Only a condition on the event itself can be refused: an earlier try of the same request added it.
        match self.0.transact(writes).await? {
            Transaction::Written | Transaction::Refused(_) => Ok(()),
        }
    }

    /// An event; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn event(&self, id: EventId) -> Result<Option<Event>> {
        let found: Option<EventItem> = self.0.get(keys::event(id)).await?;
        found.map(Event::try_from).transpose()
    }
}
