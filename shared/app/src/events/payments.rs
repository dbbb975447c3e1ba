use kabar_domain::{
    events::{MOST_PAYMENTS, Money, Payment, PaymentMethod, PaymentStatus, Registration},
    ids::{PaymentId, RegistrationId},
    people::{Caller, Role},
};
use kabar_store::{List, Window, events::Whose, notices::Telling};

use super::{
    news,
    registrations::{merge, without_handed_over},
};
use crate::{App, Expected, Failure, Result};

/// A payment as it is reported.
#[derive(Clone, Copy, Debug)]
pub struct NewPayment {
    /// What for.
    pub registration: RegistrationId,
    /// How.
    pub method: PaymentMethod,
    /// How far it is.
    pub status: PaymentStatus,
    /// How much.
    pub amount: Money,
}

/// What is to change of a payment; what is absent stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct PaymentChange {
    /// What for, which cannot change.
    pub registration: Option<RegistrationId>,
    /// How.
    pub method: Option<PaymentMethod>,
    /// How far it is.
    pub status: Option<PaymentStatus>,
    /// How much; only while it is pending.
    pub amount: Option<Money>,
}

impl App {
    /// Payments that the caller may know of, by when they were made: staff all, organizers those of their events and their
    /// own, others their own. Staff can ask for those that are due to be refunded.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn payments(
        &self,
        caller: &Caller,
        is_refund_due: bool,
        window: &Window,
    ) -> Result<List<Payment>> {
        let (own, earned, hidden) = tokio::join!(
            async {
                match caller.is_staff() {
                    true if is_refund_due => self.events.refunds_due(window).await,
                    true => self.events.payments(Whose::All, window).await,
                    false => self.events.payments(Whose::User(caller.user), window).await,
                }
            },
            async {
                match !caller.is_staff() && caller.is(Role::Organizer) {
                    true => self
                        .events
                        .payments(Whose::Organizer(caller.user), window)
                        .await
                        .map(Some),
                    false => Ok(None),
                }
            },
            self.events.hidden()
        );
        let (earned, hidden) = (earned?, hidden?);
        let earned =
            earned.map(|list| without_handed_over(list, &hidden, |p| (p.event, p.user), caller.user));
        let mut list = merge(own?, earned, window, |p| p.id);
        list.entries
            .retain(|p| !hidden.has_event(p.event) && (!is_refund_due || p.is_refund_due()));
        Ok(list)
    }

    /// A payment: for staff, who pays, and the organizer of the event.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::NotAllowed`].
    pub async fn payment(&self, caller: &Caller, id: PaymentId) -> Result<Payment> {
        let (found, hidden) = tokio::join!(self.events.payment(id), self.events.hidden());
        let (found, hidden) = (found?.ok_or(Failure::NotFound)?, hidden?);
        if hidden.has_event(found.event) {
            return Err(Failure::NotFound);
        }
        let organizer = found.organizer;
        if found.user == caller.user
            || self
                .manages_event(caller, found.event, organizer, &hidden)
                .await?
        {
            Ok(found)
        } else {
            Err(Failure::NotAllowed)
        }
    }

    /// Adds a payment: staff any, who holds the registration a pending one.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when there is no such registration; [`Failure::NotAllowed`];
    /// [`Failure::Conflict`] when it has too many payments.
    pub async fn add_payment(&self, caller: &Caller, new: NewPayment) -> Result<Payment> {
        let (id, now) = (PaymentId::new(&*self.world), self.world.now());
        let try_once = || async {
            let registration = match self.registration(caller, new.registration).await {
                Err(Failure::NotFound) => {
                    return Err(Failure::field(
                        "registration_id",
                        "There is no such registration.",
                    ));
                }
                found => found?,
            };
            if !caller.is_staff()
                && (registration.user != caller.user || new.status != PaymentStatus::Pending)
            {
                return Err(Failure::NotAllowed);
            }
            let before = self
                .events
                .payments_for(registration.event, registration.id)
                .await?;
            if let Some(made) = before.iter().find(|payment| payment.id == id) {
                return Ok(made.clone());
            }
            if before.len() >= MOST_PAYMENTS as usize {
                return Err(Failure::Conflict(
                    "The registration has as many payments as it can have.",
                ));
            }
            let payment = Payment {
                id,
                registration: registration.id,
                event: registration.event,
                user: registration.user,
                organizer: registration.organizer,
                method: new.method,
                status: PaymentStatus::Pending,
                amount: new.amount,
                paid_at: None,
                created_at: now,
                is_orphaned: false,
                version: 1,
            };
            let payment = payment.moved(new.status, now);
            let telling = match payment.status {
                PaymentStatus::Completed => self.telling_of_payment(&payment, &registration).await?,
                _ => Telling::Nothing,
            };
            let added = self
                .events
                .add_payment(&payment, registration.version, &self.notices, &telling);
            match added.await? {
                true => {
                    self.plan_telling(&telling).await;
                    Ok(payment)
                }
                false => Err(Failure::Changed),
            }
        };
        Expected::Any.settle(try_once).await
    }

    /// Changes a payment by its legal moves. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::Changed`], [`Failure::Invalid`] when it is to be for another registration,
    /// or [`Failure::Conflict`] when it may not become that, or its amount is settled.
    pub async fn change_payment(
        &self,
        caller: &Caller,
        id: PaymentId,
        expected: Expected,
        change: PaymentChange,
    ) -> Result<Payment> {
        let try_once = || async {
            let before = self.payment(caller, id).await?;
            expected.check(before.version)?;
            if change
                .registration
                .is_some_and(|registration| registration != before.registration)
            {
                return Err(Failure::field(
                    "registration_id",
                    "A payment stays with its registration.",
                ));
            }
            let amount = change.amount.unwrap_or(before.amount);
            if amount != before.amount && before.status != PaymentStatus::Pending {
                return Err(Failure::Conflict(
                    "The amount of a payment that is not pending cannot change.",
                ));
            }
            let next = change.status.unwrap_or(before.status);
            if next != before.status && !before.status.may_become(next) {
                return Err(Failure::Conflict(
                    "The payment cannot go from its status to this one.",
                ));
            }
            if next == PaymentStatus::Pending && before.is_orphaned {
                return Err(Failure::Conflict("The registration was cancelled."));
            }
            let mut after = before.clone();
            if next != before.status {
                after = after.moved(next, self.world.now());
            }
            after.amount = amount;
            after.method = change.method.unwrap_or(before.method);
            after.version += 1;
            let is_completed = next == PaymentStatus::Completed && before.status != next;
            let registration = match is_completed {
                true => self.events.registration(before.registration).await?,
                false => None,
            };
            let telling = match registration {
                Some(registration) => self.telling_of_payment(&after, &registration).await?,
                None => Telling::Nothing,
            };
            let changed = self
                .events
                .change_payment(&before, &after, &self.notices, &telling);
            match changed.await? {
                true => {
                    self.plan_telling(&telling).await;
                    Ok(after)
                }
                false => Err(Failure::Changed),
            }
        };
        expected.settle(try_once).await
    }

    /// What is told of a payment that is completed now; nothing if what it is for is gone. Two reads at once.
    async fn telling_of_payment(&self, payment: &Payment, registration: &Registration) -> Result<Telling> {
        let (event, ticket) = tokio::try_join!(
            self.events.event(payment.event),
            self.events.ticket(registration.ticket)
        )?;
        let (Some(paid_at), Some(event), Some(ticket)) = (payment.paid_at, event, ticket) else {
            return Ok(Telling::Nothing);
        };
        let notice = news::paid(&*self.world, payment, paid_at, &event, ticket.name);
        Ok(Telling::By(Box::new(notice)))
    }

    /// Removes a payment. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::Changed`].
    pub async fn remove_payment(&self, caller: &Caller, id: PaymentId, expected: Expected) -> Result<()> {
        let try_once = || async {
            let payment = self.payment(caller, id).await?;
            expected.check(payment.version)?;
            match self.events.remove_payment(&payment).await? {
                true => Ok(()),
                false => Err(Failure::Changed),
            }
        };
        expected.settle(try_once).await
    }
}
