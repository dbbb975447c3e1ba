use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use kabar_courier::{PosterBucket, RemovalQueue, RemovalWork};
use kabar_domain::{
    World,
    events::{Registration, Removal},
    ids::{EventId, UserId},
};
use kabar_store::{
    Window,
    events::{Begun, Cancelled, Events, Whose},
    power::Grid,
};

use crate::{Failure, Result};

/// How many rows are cleared away in one step.
const STEP: u16 = 100;

/// Clears away what hung on something that was removed: everything may be done twice, at once, and be broken off.
pub struct Remover {
    /// The table of events.
    pub events: Events,
    /// The table of power, where followers are.
    pub grid: Grid,
    /// The pictures of posters.
    pub posters: PosterBucket,
    /// Where what is left of a long removal goes.
    pub removals: RemovalQueue,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// After this long an index shows what was written before.
const SETTLES: SignedDuration = SignedDuration::from_secs(60);

/// What clearing away did, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RemovalReport {
    /// Registrations that went.
    pub registrations: u32,
    /// Payments that went.
    pub payments: u32,
    /// Followings that ended.
    pub followings: u32,
    /// Posters that went, with their pictures.
    pub posters: u32,
    /// Pictures without a poster that went.
    pub orphans: u32,
    /// Rows that went from one organizer's lists to another's.
    pub handed_over: u32,
    /// Removals of which nothing is left.
    pub ended: u32,
}

impl RemovalReport {
    fn add(&mut self, other: Self) {
        self.registrations += other.registrations;
        self.payments += other.payments;
        self.followings += other.followings;
        self.posters += other.posters;
        self.orphans += other.orphans;
        self.handed_over += other.handed_over;
        self.ended += other.ended;
    }
}

impl Remover {
    /// Clears away behind all removals under way, and once a day pictures without a poster, until `stop`. One that
    /// cannot be cleared now, for a bucket that does not answer, keeps no other waiting.
    ///
    /// # Errors
    /// The last failure, when store or bucket did not answer; what is left is found by the next sweep.
    pub async fn sweep(&self, stop: Timestamp) -> Result<RemovalReport> {
        let (mut report, mut failed) = (RemovalReport::default(), None);
        for begun in self.events.removals().await? {
            match self.clear(begun.removal, stop).await {
                Ok(cleared) => report.add(cleared),
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        report.orphans += self.sweep_orphans(stop).await?;
        Ok(report)
    }

    /// Clears away behind one removal, to its end or until `stop`. What is left then is queued again.
    ///
    /// # Errors
    /// When store or bucket did not answer; what is left is found by the next sweep.
    pub async fn clear(&self, removal: Removal, stop: Timestamp) -> Result<RemovalReport> {
        let mut report = RemovalReport::default();
        let Some(begun) = self.events.removal(removal).await? else {
            return Ok(report);
        };
        if let Removal::Event(event) = removal {
            self.events.clear_entries(event, &begun.terms).await?;
        }
        loop {
            if self.world.now() >= stop {
                let _ = self.removals.put(RemovalWork::Clear(removal)).await;
                return Ok(report);
            }
            let step = self.step(&begun).await?;
            report.add(step);
            if step == RemovalReport::default() {
                // The index of a person's registrations may lag behind the last of them.
                let is_settled = self.world.now().duration_since(begun.begun_at) >= SETTLES;
                if matches!(removal, Removal::User(_)) && !is_settled {
                    return Ok(report);
                }
                // Last: nothing else is kept waiting by a bucket that does not answer.
                if let Removal::Event(event) = removal {
                    report.posters = self.clear_posters(event).await?;
                }
                report.ended += u32::from(self.events.end(&begun).await?);
                return Ok(report);
            }
        }
    }

    /// Clears away the posters of an event that can get no more. Their pictures go first: what dies in between is found
    /// again by the rows.
    async fn clear_posters(&self, event: EventId) -> Result<u32> {
        let posters = self.events.posters(event).await?;
        for poster in &posters {
            self.posters.delete(poster.object()).await?;
        }
        self.events.clear_posters(event, &posters).await?;
        count(posters.len())
    }

    /// One step; it did nothing when nothing is left.
    async fn step(&self, begun: &Begun) -> Result<RemovalReport> {
        let mut report = RemovalReport::default();
        match begun.removal {
            Removal::Event(event) => {
                let registrations = self.events.holders(event, None, STEP).await?;
                self.events.clear_registrations(&registrations).await?;
                let payments = self.events.payments_of_event(event, STEP).await?;
                self.events.clear_payments(&payments).await?;
                report.registrations = count(registrations.len())?;
                report.payments = count(payments.len())?;
            }
            Removal::Ticket(ticket) => {
                let Some(event) = begun.event else {
                    return Ok(report);
                };
                let held = self.events.holders(event, Some(ticket), STEP).await?;
                report.registrations = self.cancel(&held, false).await?;
            }
            Removal::User(user) => {
                let held = self.events.registrations(Whose::User(user), &all()).await?;
                report.registrations = self.cancel(&held.entries, true).await?;
                for region in self.grid.followed_by(user).await? {
                    report.followings += u32::from(self.grid.unfollow(user, region).await?);
                }
            }
            Removal::Organizer(event) => {
                let Some(former) = begun.organizer else {
                    return Ok(report);
                };
                report.handed_over = self.hand_over(event, former).await?;
            }
        }
        Ok(report)
    }

    /// Cancels registrations one by one; returns how many there were to cancel. One that somebody else changed
    /// meanwhile is among them, and found again by the next step.
    async fn cancel(&self, registrations: &[Registration], has_seat: bool) -> Result<u32> {
        let mut met = 0;
        for row in registrations {
            // A row of an index may outlive its registration for a moment.
            let Some(registration) = self.events.registration(row.id).await? else {
                continue;
            };
            let payments = self.events.payments_for(row.event, row.id).await?;
            let now = self.world.now();
            let done = self
                .events
                .cancel_registration(&registration, &payments, has_seat, now)
                .await?;
            // When the event went as well, its own removal takes the registration.
            let is_ours =
                done == Cancelled::Written || !has_seat || self.events.seats(row.event).await?.is_some();
            met += u32::from(is_ours);
        }
        Ok(met)
    }

    /// Moves an event's rows from its former organizer's lists to those of whoever has it now.
    async fn hand_over(&self, event: EventId, former: UserId) -> Result<u32> {
        let Some(seats) = self.events.seats(event).await? else {
            return Ok(0);
        };
        let mut moved = 0;
        let mut window = all();
        loop {
            let list = self
                .events
                .registrations(Whose::Organizer(former), &window)
                .await?;
            for row in list.entries.iter().filter(|row| row.event == event) {
                moved += u32::from(
                    self.events
                        .hand_over_registration(row.id, former, seats.organizer)
                        .await?,
                );
            }
            window.after = list.next;
            if window.after.is_none() {
                break;
            }
        }
        let mut window = all();
        loop {
            let list = self.events.payments(Whose::Organizer(former), &window).await?;
            for row in list.entries.iter().filter(|row| row.event == event) {
                moved += u32::from(
                    self.events
                        .hand_over_payment(row.id, former, seats.organizer)
                        .await?,
                );
            }
            window.after = list.next;
            if window.after.is_none() {
                return Ok(moved);
            }
        }
    }
}

fn all() -> Window {
    Window {
        limit: STEP,
        after: None,
    }
}

fn count(rows: usize) -> Result<u32> {
    u32::try_from(rows).map_err(|error| Failure::Defect(error.to_string()))
}
