use jiff::Timestamp;
use kabar_domain::{
    Zone,
    events::{Event, EventStatus, ReminderRules, Reminders, Removal},
    ids::{EventId, RegionId, UserId},
    people::Caller,
};
use kabar_store::{events::EventWrite, notices::Telling};

use super::news;
use crate::{App, Expected, Failure, Result};

/// What is to change of an event; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct EventChange {
    /// What it is called.
    pub name: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where it is.
    pub location: Option<String>,
    /// When it begins.
    pub start: Option<Timestamp>,
    /// When it is over.
    pub end: Option<Timestamp>,
    /// How far it is.
    pub status: Option<EventStatus>,
    /// What kind of event.
    pub category: Option<String>,
    /// How many people fit in.
    pub quota: Option<u32>,
    /// Whose it is.
    pub organizer: Option<UserId>,
    /// Where its clock stands.
    pub zone: Option<Zone>,
    /// The region that it lies in, or none.
    pub region: Option<Option<RegionId>>,
    /// How long before its start people are reminded, or as usual.
    pub reminders: Option<Option<ReminderRules>>,
}

impl EventChange {
    fn apply(self, before: &Event, now: Timestamp) -> Event {
        let before = before.clone();
        Event {
            id: before.id,
            name: self.name.unwrap_or(before.name),
            description: self.description.unwrap_or(before.description),
            location: self.location.unwrap_or(before.location),
            start: self.start.unwrap_or(before.start),
            end: self.end.unwrap_or(before.end),
            status: self.status.unwrap_or(before.status),
            category: self.category.unwrap_or(before.category),
            quota: self.quota.unwrap_or(before.quota),
            organizer: self.organizer.unwrap_or(before.organizer),
            zone: self.zone.unwrap_or(before.zone),
            region: self.region.unwrap_or(before.region),
            reminders: self.reminders.unwrap_or(before.reminders),
            news: before.news,
            created_at: before.created_at,
            updated_at: now,
            version: before.version + 1,
        }
    }
}

impl App {
    /// Changes an event: staff anybody's, organizers their own. It may for a while end before it begins. Who holds a
    /// ticket is told what makes a difference to them.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::NotAllowed`], [`Failure::Changed`], [`Failure::Invalid`] when organizer or
    /// region do not exist, or [`Failure::Conflict`] when more seats are taken than it is to have.
    pub async fn change_event(
        &self,
        caller: &Caller,
        id: EventId,
        expected: Expected,
        change: EventChange,
    ) -> Result<Event> {
        expected
            .settle(|| self.change_event_once(caller, id, expected, change.clone()))
            .await
    }

    async fn change_event_once(
        &self,
        caller: &Caller,
        id: EventId,
        expected: Expected,
        change: EventChange,
    ) -> Result<Event> {
        let before = self.events.event(id).await?.ok_or(Failure::NotFound)?;
        Self::must_manage(caller, before.organizer)?;
        expected.check(before.version)?;
        let mut after = change.apply(&before, self.world.now());
        if before.organizer != after.organizer {
            Self::must_manage(caller, after.organizer)?;
            self.organizer_zone(after.organizer).await?;
        }
        if before.region != after.region {
            self.region_must_exist(after.region).await?;
        }
        let reminders = self.changed_reminders(&before, &after).await?;
        for joins in [true, false] {
            let telling = news::changed(&*self.world, &before, &after, before.news.filter(|_| joins));
            if let Telling::By(notice) = &telling {
                after.news = Some(notice.id);
            }
            let written =
                self.events
                    .change_event(&before, &after, reminders.as_ref(), &self.notices, &telling);
            match written.await? {
                EventWrite::Written => {
                    self.plan_telling(&telling).await;
                    if before.organizer != after.organizer {
                        self.clear_away(Removal::Organizer(id)).await;
                    }
                    return Ok(after);
                }
                EventWrite::Told => {}
                EventWrite::Stale => return Err(Failure::Changed),
                EventWrite::TooFew => {
                    return Err(Failure::Conflict("More seats are taken than this quota has."));
                }
                EventWrite::Busy => {
                    return Err(Failure::Conflict(
                        "The event changed hands a moment ago; try again in a minute.",
                    ));
                }
            }
        }
        Err(Failure::Changed)
    }

    /// The event's reminders after a change that makes a difference to them; one read.
    async fn changed_reminders(&self, before: &Event, after: &Event) -> Result<Option<Reminders>> {
        if before.start == after.start && before.status == after.status && before.reminders == after.reminders
        {
            return Ok(None);
        }
        let reminders = self.events.reminders(before.id).await?.ok_or(Failure::Changed)?;
        let rules = after.reminders.clone().unwrap_or_else(|| self.reminders.clone());
        let is_on = after.status == EventStatus::Scheduled;
        Ok(Some(reminders.changed(after.start, rules, is_on)))
    }

    /// Removes an event with all its tickets, registrations, payments and posters: staff anybody's, organizers their
    /// own. It is gone at once; who held a ticket is told, and what hangs on it is cleared away behind.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::NotAllowed`] or [`Failure::Changed`].
    pub async fn remove_event(&self, caller: &Caller, id: EventId, expected: Expected) -> Result<()> {
        expected
            .settle(|| self.remove_event_once(caller, id, expected))
            .await
    }

    async fn remove_event_once(&self, caller: &Caller, id: EventId, expected: Expected) -> Result<()> {
        let event = self.events.event(id).await?.ok_or(Failure::NotFound)?;
        Self::must_manage(caller, event.organizer)?;
        expected.check(event.version)?;
        let seats = self.events.seats(id).await?.ok_or(Failure::NotFound)?;
        for joins in [true, false] {
            let telling = match seats.taken {
                0 => Telling::Nothing,
                _ => news::removed(&*self.world, &event, event.news.filter(|_| joins)),
            };
            let now = self.world.now();
            let written = self
                .events
                .remove_event(&event, &seats, now, &self.notices, &telling);
            match written.await? {
                EventWrite::Written => {
                    self.plan_telling(&telling).await;
                    self.clear_away(Removal::Event(id)).await;
                    return Ok(());
                }
                EventWrite::Told => {}
                EventWrite::Stale | EventWrite::TooFew | EventWrite::Busy => return Err(Failure::Changed),
            }
        }
        Err(Failure::Changed)
    }
}
