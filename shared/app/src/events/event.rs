use jiff::Timestamp;
use kabar_domain::{
    Zone,
    events::{Event, EventFilter, EventStatus, ReminderRules, Seats},
    ids::{EventId, RegionId, UserId},
    people::Caller,
};
use kabar_store::{List, Window, events::Source};

use crate::{App, Failure, Result};

/// An event as its organizer describes it.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// What it is called.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Where it is.
    pub location: String,
    /// When it begins.
    pub start: Timestamp,
    /// When it is over.
    pub end: Timestamp,
    /// How far it is.
    pub status: EventStatus,
    /// What kind of event.
    pub category: String,
    /// How many people fit in.
    pub quota: u32,
    /// Whose it is; the caller's unless said.
    pub organizer: Option<UserId>,
    /// Where its clock stands; the organizer's zone unless said.
    pub zone: Option<Zone>,
    /// The region that it lies in.
    pub region: Option<RegionId>,
    /// How long before its start people are reminded; as usual unless said.
    pub reminders: Option<ReminderRules>,
}

impl App {
    /// Events that fit; anyone may read them.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn events(&self, filter: &EventFilter, window: &Window) -> Result<List<Event>> {
        Ok(self.events.events(filter, window).await?)
    }

    /// An event; anyone may read it.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn event(&self, id: EventId) -> Result<(Event, Source)> {
        let found = self.events.cached_event(id, self.world.now()).await?;
        found.ok_or(Failure::NotFound)
    }

    /// The seats of an event as they are now; anyone may read them.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn seats(&self, event: EventId) -> Result<Seats> {
        self.events.seats(event).await?.ok_or(Failure::NotFound)
    }

    /// Adds an event. Organizers add their own; staff add anybody's.
    ///
    /// # Errors
    /// [`Failure::NotAllowed`], or [`Failure::Invalid`] when organizer or region do not exist, or it ends before it
    /// begins.
    pub async fn add_event(&self, caller: &Caller, new: NewEvent) -> Result<Event> {
        let organizer = new.organizer.unwrap_or(caller.user);
        Self::must_manage(caller, organizer)?;
        if new.end < new.start {
            return Err(Failure::field("end_time", "May not be before start_time."));
        }
        let zone = self.organizer_zone(organizer).await?;
        self.region_must_exist(new.region).await?;
        let now = self.world.now();
        let event = Event {
            id: EventId::new(&*self.world),
            name: new.name,
            description: new.description,
            location: new.location,
            start: new.start,
            end: new.end,
            status: new.status,
            category: new.category,
            quota: new.quota,
            organizer,
            zone: new.zone.unwrap_or(zone),
            region: new.region,
            reminders: new.reminders,
            news: None,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        self.events.add_event(&event, &self.reminders).await?;
        Ok(event)
    }

    /// Where the clock of an organizer stands.
    pub(super) async fn organizer_zone(&self, organizer: UserId) -> Result<Zone> {
        let account = self.people.account(organizer).await?;
        let account = account.ok_or_else(|| Failure::field("organizer_id", "There is no such user."))?;
        Ok(account.user.profile.zone)
    }

    pub(super) async fn region_must_exist(&self, region: Option<RegionId>) -> Result<()> {
        match region {
            Some(id) if self.grid.region(id).await?.is_none() => {
                Err(Failure::field("region", "There is no such region."))
            }
            _ => Ok(()),
        }
    }
}
