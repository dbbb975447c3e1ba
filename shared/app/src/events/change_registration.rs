use kabar_domain::{
    events::Registration,
    ids::{RegistrationId, TicketId, UserId},
    news::Notice,
    people::Caller,
};
use kabar_store::{events::Cancelled, notices::Telling};

use super::{
    news,
    register::{no_seat, no_ticket, no_user},
};
use crate::{App, Expected, Failure, Result};

/// What is to change of a registration; what is absent stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistrationChange {
    /// Another ticket of the same event.
    pub ticket: Option<TicketId>,
    /// Another person.
    pub user: Option<UserId>,
}

impl App {
    /// Moves a registration to another ticket of its event, or to another person, in one step: for staff and the
    /// organizer of the event.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::NotAllowed`], [`Failure::Changed`], [`Failure::Invalid`] when ticket or
    /// person do not exist, or [`Failure::Conflict`] when there is no seat, or they hold one already.
    pub async fn change_registration(
        &self,
        caller: &Caller,
        id: RegistrationId,
        expected: Expected,
        change: RegistrationChange,
    ) -> Result<Registration> {
        expected
            .settle(|| self.change_registration_once(caller, id, expected, change))
            .await
    }

    async fn change_registration_once(
        &self,
        caller: &Caller,
        id: RegistrationId,
        expected: Expected,
        change: RegistrationChange,
    ) -> Result<Registration> {
        let before = self.registration(caller, id).await?;
        let seats = self.events.seats(before.event).await?.ok_or(Failure::NotFound)?;
        Self::must_manage(caller, seats.organizer)?;
        expected.check(before.version)?;
        let mut after = Registration {
            ticket: change.ticket.unwrap_or(before.ticket),
            user: change.user.unwrap_or(before.user),
            version: before.version + 1,
            ..before
        };
        if before.ticket != after.ticket && !seats.tickets.contains_key(&after.ticket) {
            let exists = self.events.ticket(after.ticket).await?.is_some();
            return Err(match exists {
                true => Failure::field("ticket_id", "Is a ticket of another event."),
                false => no_ticket(),
            });
        }
        if before.user != after.user {
            self.people.account(after.user).await?.ok_or_else(no_user)?;
            // Whoever has it now was not reminded with the others.
            after.reminded = seats.reminded;
        }
        for joins in [true, false] {
            let telling = self.telling(&before, &after, joins).await?;
            if let (true, [Telling::By(notice)]) = (before.user == after.user, telling.as_slice()) {
                after.news = Some(notice.id);
            }
            let written = self
                .events
                .change_registration(&before, &after, &self.notices, &telling);
            match written.await? {
                Cancelled::Written => {
                    for telling in &telling {
                        self.plan_telling(telling).await;
                    }
                    return Ok(after);
                }
                Cancelled::Told => {}
                Cancelled::Stale => return Err(Failure::Changed),
                Cancelled::Taken => {
                    return Err(Failure::Conflict(
                        "There is a registration for this ticket and person.",
                    ));
                }
                Cancelled::NoSeat => {
                    let seats = self.events.seats(before.event).await?.ok_or(Failure::NotFound)?;
                    let why = seats.refusal(after.ticket, self.world.now(), true);
                    return Err(why.map_or(Failure::Changed, no_seat));
                }
            }
        }
        Err(Failure::Changed)
    }

    /// What is told of a registration that changes: to its holder, that it is by another ticket, perhaps with other
    /// changes of the last minute (`joins`); or to both, that it is another's.
    async fn telling(
        &self,
        before: &Registration,
        after: &Registration,
        joins: bool,
    ) -> Result<Vec<Telling>> {
        let world = &*self.world;
        if before.user == after.user && before.ticket == after.ticket {
            return Ok(Vec::new());
        }
        let event = self.events.event(before.event).await?.ok_or(Failure::NotFound)?;
        let was = self.events.ticket(before.ticket).await?.ok_or(Failure::Changed)?;
        let ticket = match before.ticket == after.ticket {
            true => was.clone(),
            false => self.events.ticket(after.ticket).await?.ok_or(Failure::Changed)?,
        };
        if before.user == after.user {
            let last = before.news.filter(|_| joins);
            return Ok(vec![news::traded(world, after, last, &event, [&was, &ticket])]);
        }
        let mut told: Vec<Notice> = news::cancelled(world, before, &event, &was.name)
            .into_iter()
            .collect();
        if event.is_ahead(world.now()) {
            told.push(news::registered(world, after, &event, &ticket));
        }
        if after.reminded.is_some() && world.now() < event.start {
            told.push(news::late_reminder(world, after, &event));
        }
        Ok(told.into_iter().map(Box::new).map(Telling::By).collect())
    }

    /// Cancels a registration: for its holder, staff and the organizer of the event. The seat is free again; what
    /// was paid is due to be refunded, what was pending is cancelled. Its holder is told.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::Changed`].
    pub async fn cancel_registration(
        &self,
        caller: &Caller,
        id: RegistrationId,
        expected: Expected,
    ) -> Result<()> {
        expected
            .settle(|| async {
                let registration = self.registration(caller, id).await?;
                expected.check(registration.version)?;
                let (payments, event, ticket) = tokio::try_join!(
                    self.events.payments_for(registration.event, id),
                    self.events.event(registration.event),
                    self.events.ticket(registration.ticket)
                )?;
                let (event, ticket) = (event.ok_or(Failure::Changed)?, ticket.ok_or(Failure::Changed)?);
                let notice = news::cancelled(&*self.world, &registration, &event, &ticket.name);
                let now = self.world.now();
                let told = notice.as_ref().map(|notice| (&self.notices, notice));
                match self
                    .events
                    .cancel_registration(&registration, &payments, true, now, told)
                    .await?
                {
                    Cancelled::Written => {
                        if let Some(notice) = &notice {
                            self.plan_soon(notice).await;
                        }
                        Ok(())
                    }
                    Cancelled::Stale | Cancelled::Taken | Cancelled::NoSeat | Cancelled::Told => {
                        Err(Failure::Changed)
                    }
                }
            })
            .await
    }
}
