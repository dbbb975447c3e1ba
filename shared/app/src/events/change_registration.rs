use kabar_domain::{
    events::Registration,
    ids::{RegistrationId, TicketId, UserId},
    people::Caller,
};
use kabar_store::events::Cancelled;

use super::register::{no_seat, no_ticket, no_user};
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
        let after = Registration {
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
        }
        match self.events.change_registration(&before, &after).await? {
            Cancelled::Written => Ok(after),
            Cancelled::Stale => Err(Failure::Changed),
            Cancelled::Taken => Err(Failure::Conflict(
                "There is a registration for this ticket and person.",
            )),
            Cancelled::NoSeat => {
                let seats = self.events.seats(before.event).await?.ok_or(Failure::NotFound)?;
                let why = seats.refusal(after.ticket, self.world.now(), true);
                Err(why.map_or(Failure::Changed, no_seat))
            }
        }
    }

    /// Cancels a registration: for its holder, staff and the organizer of the event. The seat is free again; what
    /// was paid is due to be refunded, what was pending is cancelled.
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
                let payments = self.events.payments_for(registration.event, id).await?;
                let now = self.world.now();
                match self
                    .events
                    .cancel_registration(&registration, &payments, true, now)
                    .await?
                {
                    Cancelled::Written => Ok(()),
                    Cancelled::Stale | Cancelled::Taken | Cancelled::NoSeat => Err(Failure::Changed),
                }
            })
            .await
    }
}
