use kabar_domain::{
    events::{Hidden, Registration},
    ids::{EventId, RegistrationId, UserId},
    people::{Caller, Role},
};
use kabar_store::{List, Window, events::Whose};

use super::manages;
use crate::{App, Failure, Result};

/// Which registrations are asked for; all that there are, unless something is said.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistrationFilter {
    /// Those of this person.
    pub user: Option<UserId>,
    /// Those for this event.
    pub event: Option<EventId>,
}

impl App {
    /// Registrations that the caller may know of: of a person or of everybody, by when they were made, or of an event, in
    /// the order of its people.
    ///
    /// # Errors
    /// [`Failure::NotAllowed`] for others' sake, unless they are asked for by staff, or by the organizer of the event.
    pub async fn registrations(
        &self,
        caller: &Caller,
        filter: RegistrationFilter,
        window: &Window,
    ) -> Result<List<Registration>> {
        let is_own = filter.user == Some(caller.user);
        match filter {
            RegistrationFilter {
                user,
                event: Some(event),
            } => {
                let user = match is_own || self.manages_event_by_id(caller, event).await? {
                    true => user,
                    false if user.is_none() => Some(caller.user),
                    false => return Err(Failure::NotAllowed),
                };
                let (list, hidden) =
                    tokio::join!(self.events.held_of(event, user, window), self.events.hidden());
                Ok(without_hidden(list?, &hidden?))
            }
            RegistrationFilter {
                user: Some(user),
                event: None,
            } => {
                if !is_own && !caller.is_staff() {
                    return Err(Failure::NotAllowed);
                }
                let (list, hidden) = tokio::join!(
                    self.events.registrations(Whose::User(user), window),
                    self.events.hidden()
                );
                Ok(without_hidden(list?, &hidden?))
            }
            RegistrationFilter {
                user: None,
                event: None,
            } => self.all_registrations(caller, window).await,
        }
    }

    /// Staff see all, organizers those of their events and their own, others their own.
    async fn all_registrations(&self, caller: &Caller, window: &Window) -> Result<List<Registration>> {
        let (own, sold, hidden) = tokio::join!(
            async {
                match caller.is_staff() {
                    true => self.events.registrations(Whose::All, window).await,
                    false => self.events.registrations(Whose::User(caller.user), window).await,
                }
            },
            async {
                match !caller.is_staff() && caller.is(Role::Organizer) {
                    true => self
                        .events
                        .registrations(Whose::Organizer(caller.user), window)
                        .await
                        .map(Some),
                    false => Ok(None),
                }
            },
            self.events.hidden()
        );
        let (sold, hidden) = (sold?, hidden?);
        let sold = sold.map(|list| without_handed_over(list, &hidden, |r| (r.event, r.user), caller.user));
        Ok(without_hidden(merge(own?, sold, window, |r| r.id), &hidden))
    }

    /// A registration: for staff, its holder and the organizer of its event.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::NotAllowed`].
    pub async fn registration(&self, caller: &Caller, id: RegistrationId) -> Result<Registration> {
        let (found, hidden) = tokio::join!(self.events.registration(id), self.events.hidden());
        let (found, hidden) = (found?.ok_or(Failure::NotFound)?, hidden?);
        if hidden.has(found.event, found.ticket, found.user) {
            return Err(Failure::NotFound);
        }
        if found.user == caller.user
            || self
                .manages_event(caller, found.event, found.organizer, &hidden)
                .await?
        {
            Ok(found)
        } else {
            Err(Failure::NotAllowed)
        }
    }

    /// Whether the caller looks after an event, of which a row says whose it is: right, unless it is changing hands.
    pub(super) async fn manages_event(
        &self,
        caller: &Caller,
        event: EventId,
        organizer: UserId,
        hidden: &Hidden,
    ) -> Result<bool> {
        if !hidden.is_handed_over(event) {
            return Ok(manages(caller, organizer));
        }
        self.manages_event_by_id(caller, event).await
    }

    /// Whether the caller looks after an event, as it is by now: one read, unless they are staff or nobody's organizer.
    async fn manages_event_by_id(&self, caller: &Caller, event: EventId) -> Result<bool> {
        if caller.is_staff() || !caller.is(Role::Organizer) {
            return Ok(caller.is_staff());
        }
        let seats = self.events.seats(event).await?;
        Ok(seats.is_some_and(|seats| manages(caller, seats.organizer)))
    }
}

/// Leaves out what is being cleared away.
fn without_hidden(mut list: List<Registration>, hidden: &Hidden) -> List<Registration> {
    list.entries.retain(|r| !hidden.has(r.event, r.ticket, r.user));
    list
}

/// Leaves out of an organizer's list what is of events that are being handed over: to whom, only the event knows.
pub(super) fn without_handed_over<T>(
    mut list: List<T>,
    hidden: &Hidden,
    facts: impl Fn(&T) -> (EventId, UserId),
    caller: UserId,
) -> List<T> {
    list.entries.retain(|entry| {
        let (event, user) = facts(entry);
        user == caller || !hidden.is_handed_over(event)
    });
    list
}

/// Two lists in one, in the order that was asked for, each entry once.
pub(super) fn merge<T, I: Ord + ToString>(
    mut own: List<T>,
    other: Option<List<T>>,
    window: &Window,
    id: impl Fn(&T) -> I,
) -> List<T> {
    let Some(other) = other else {
        return own;
    };
    let goes_on = own.next.is_some() || other.next.is_some();
    own.entries.extend(other.entries);
    window.order.sort(&mut own.entries, &id);
    own.entries.dedup_by(|a, b| id(a) == id(b));
    let goes_on = goes_on || own.entries.len() > usize::from(window.limit);
    own.entries.truncate(usize::from(window.limit));
    own.next = own
        .entries
        .last()
        .filter(|_| goes_on)
        .map(|entry| id(entry).to_string());
    own
}
