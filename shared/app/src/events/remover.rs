use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use kabar_courier::{DispatchQueue, DispatchWork, PosterBucket, RemovalQueue, RemovalWork};
use kabar_domain::{
    World,
    events::{Event, Registration, Removal},
    ids::{EventId, UserId},
};
use kabar_store::{
    Window,
    events::{Begun, Cancelled, Events, Whose},
    notices::Notices,
    power::Grid,
};

use super::news;
use crate::{Failure, Result};

/// How many rows are cleared away in one step.
const STEP: u16 = 100;

/// Clears away what hung on something that was removed: everything may be done twice, at once, and be broken off.
pub struct Remover {
    /// The table of events.
    pub events: Events,
    /// The table of power, where followers are.
    pub grid: Grid,
    /// The table of notices: whose ticket goes is told.
    pub notices: Notices,
    /// Where that news goes to be planned at once.
    pub dispatch: DispatchQueue,
    /// The pictures of posters.
    pub posters: PosterBucket,
    /// Where what is left of a long removal goes.
    pub removals: RemovalQueue,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// How far the holders of a removed ticket have been looked through.
#[derive(Default)]
struct Pass {
    /// Up to whom.
    after: Option<UserId>,
    /// Whether there were any.
    has_met: bool,
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
    /// Homes that went, and memberships of others' that ended.
    pub homes: u32,
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
        self.homes += other.homes;
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
        if !self.is_audience_known(&begun).await? {
            return Ok(report);
        }
        let mut pass = Pass::default();
        loop {
            if self.world.now() >= stop {
                let _ = self.removals.put(RemovalWork::Clear(removal)).await;
                return Ok(report);
            }
            let (step, goes_on) = self.step(&begun, &mut pass).await?;
            report.add(step);
            if !goes_on {
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

    /// Whether it is known whom the notice of the removal is for: what they held says so, and has to stay until then.
    async fn is_audience_known(&self, begun: &Begun) -> Result<bool> {
        let Some(notice) = begun.notice else {
            return Ok(true);
        };
        let found = self.notices.notice(notice).await?;
        Ok(found.is_none_or(|(_, plan)| plan.is_complete))
    }

    /// One step, and whether there may be another.
    async fn step(&self, begun: &Begun, pass: &mut Pass) -> Result<(RemovalReport, bool)> {
        let mut report = RemovalReport::default();
        match begun.removal {
            Removal::Event(event) => {
                let held = self.events.holdings_after(event, None, STEP).await?.registrations;
                self.events.clear_registrations(&held).await?;
                let payments = self.events.payments_of_event(event, STEP).await?;
                self.events.clear_payments(&payments).await?;
                report.registrations = count(held.len())?;
                report.payments = count(payments.len())?;
            }
            Removal::Ticket(ticket) => {
                let Some(event) = begun.event else {
                    return Ok((report, false));
                };
                let found = self.events.holdings_after(event, pass.after, STEP).await?;
                pass.after = found.registrations.last().map(|last| last.user).or(pass.after);
                let mut held = found.registrations;
                held.retain(|registration| registration.ticket == ticket);
                let event = self.events.event(event).await?;
                let of = event.as_ref().map(|event| (event, begun.ticket.as_str()));
                report.registrations = self.cancel(&held, false, of).await?;
                pass.has_met |= report.registrations > 0;
                if found.is_last && pass.has_met {
                    // One that changed while it was cancelled is still there.
                    *pass = Pass::default();
                    return Ok((report, true));
                }
                return Ok((report, !found.is_last));
            }
            Removal::User(user) => {
                let held = self.events.registrations(Whose::User(user), &all()).await?;
                report.registrations = self.cancel(&held.entries, true, None).await?;
                for region in self.grid.followed_by(user).await? {
                    report.followings += u32::from(self.grid.unfollow(user, region).await?);
                }
                report.homes = self.leave_homes(user).await?;
                // A chat that changed at this moment is met again by the next step.
                let is_done = self.grid.disconnect(user, self.world.now()).await?;
                report.followings += u32::from(!is_done);
            }
            Removal::Organizer(event) => {
                let Some(former) = begun.organizer else {
                    return Ok((report, false));
                };
                report.handed_over = self.hand_over(event, former).await?;
            }
        }
        Ok((report, report != RemovalReport::default()))
    }

    /// Removes the homes of somebody who is gone, and has them leave those of others. One that somebody else changed
    /// meanwhile is found again by the next step.
    async fn leave_homes(&self, user: UserId) -> Result<u32> {
        let ids = self.grid.home_ids_of(user).await?;
        let homes = self.grid.homes_by_id(ids.clone()).await?;
        let now = self.world.now();
        for home in homes {
            if home.owner == user {
                self.grid.remove_home(&home, now).await?;
            } else {
                let mut after = home.clone();
                after.members.retain(|member| *member != user);
                self.grid.leave_home(&home, &after, user, now).await?;
            }
        }
        count(ids.len())
    }

    /// Cancels registrations one by one; returns how many there were to cancel. One that somebody else changed
    /// meanwhile is among them, and found again by the next step. Who held a ticket that went is told, `of` which event
    /// it was and what it was called.
    async fn cancel(
        &self,
        registrations: &[Registration],
        has_seat: bool,
        of: Option<(&Event, &str)>,
    ) -> Result<u32> {
        let mut met = 0;
        for row in registrations {
            // A row of an index may outlive its registration for a moment.
            let Some(registration) = self.events.registration(row.id).await? else {
                continue;
            };
            let payments = self.events.payments_for(row.event, row.id).await?;
            let now = self.world.now();
            let notice =
                of.and_then(|(event, ticket)| news::cancelled(&*self.world, &registration, event, ticket));
            let told = notice.as_ref().map(|notice| (&self.notices, notice));
            let done = self
                .events
                .cancel_registration(&registration, &payments, has_seat, now, told)
                .await?;
            if let (Some(notice), Cancelled::Written) = (&notice, done) {
                // The sweep plans what the queue does not take.
                let _ = self.dispatch.put(DispatchWork::Plan(notice.id), 0).await;
            }
            // When the event went as well, its own removal takes the registration.
            let is_ours =
                done == Cancelled::Written || !has_seat || self.events.seats(row.event).await?.is_some();
            met += u32::from(is_ours);
        }
        Ok(met)
    }
}

/// The first rows of a list.
pub(super) fn all() -> Window {
    Window::first(STEP)
}

fn count(rows: usize) -> Result<u32> {
    u32::try_from(rows).map_err(|error| Failure::Defect(error.to_string()))
}
