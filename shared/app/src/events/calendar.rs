use kabar_courier::Calendar;
use kabar_domain::{ids::RegistrationId, news::EventFacts, people::Caller};

use crate::{App, Failure, Result};

impl App {
    /// The event of a registration, for a calendar: the same one that mails tell calendars of. For whoever may read the
    /// registration. It is of the moment that the event was last changed, or that they registered if that was later: a
    /// calendar takes it for news when there is some, and the same answer is given until then. What a mail brought since
    /// then, with the same in it, stays.
    ///
    /// # Errors
    /// As [`Self::registration`].
    pub async fn registration_calendar(&self, caller: &Caller, id: RegistrationId) -> Result<Calendar> {
        let registration = self.registration(caller, id).await?;
        let event = self.events.event(registration.event).await?;
        let event = event.ok_or(Failure::NotFound)?;
        let date = event.updated_at.max(registration.registered_at);
        let facts = EventFacts::of(&event, date);
        Ok(Calendar::to_fetch(&facts, &self.mail_from, date))
    }
}
