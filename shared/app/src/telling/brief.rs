//! What a notice has to say by the time that it is told.

use kabar_domain::{
    events::{Event, EventStatus, PaymentStatus, Registration},
    ids::RegistrationId,
    mailings::{Mailing, Order},
    news::{Audience, EventFacts, Kind, News, Notice, PlannedFacts, TicketFacts},
    power::PlannedCut,
};
use kabar_store::{Result, power::PlannedKey};

use super::Sender;

/// What is to be said: the news as it is by now, or why nobody needs to be told any more.
pub(super) type Brief = std::result::Result<News, &'static str>;

const GONE: &str = "the event is gone";

impl Sender {
    /// What a notice has to say now. Facts that may have changed since it was written are read again, so that several
    /// changes within a minute are one piece of news, and what was taken back is none.
    pub(super) async fn brief(&self, notice: &Notice, mailing: Option<&Mailing>) -> Result<Brief> {
        match &notice.news {
            News::Outage { outage, .. } | News::Restored { outage, .. } => {
                // The region knows whether its outage lasts.
                let region = match outage.place.region() {
                    Some(region) => self.grid.region(region).await?,
                    None => None,
                };
                let Some(region) = region else {
                    return Ok(Err("the region was removed"));
                };
                let is_over = notice.news.kind() == Kind::Outage && region.outage != Some(*outage);
                Ok(match is_over {
                    true => Err("the outage is over"),
                    false => Ok(notice.news.clone()),
                })
            }
            News::HomeOutage { outage, .. } | News::HomeRestored { outage, .. } => {
                let home = match outage.place.home() {
                    Some(home) => self.grid.home(home).await?,
                    None => None,
                };
                let Some(read) = home else {
                    return Ok(Err("the home was removed"));
                };
                let is_over = notice.news.kind() == Kind::HomeOutage && read.home.outage != Some(*outage);
                Ok(match is_over {
                    true => Err("the outage is over"),
                    false => Ok(notice.news.clone()),
                })
            }
            News::PlannedCut { cut } | News::PlannedCutChanged { cut, .. } => self.planned(notice, cut).await,
            News::PasswordReset { .. } | News::Test { .. } => Ok(Ok(notice.news.clone())),
            News::Mailing { .. } => Ok(mailed(notice, mailing)),
            News::EventChanged { was, event } => self.changed(was, event).await,
            News::Reminder { event, registration } => {
                let brief = self.reminder(event).await?;
                match (registration, notice.audience) {
                    (Some(own), Audience::Person(user)) if brief.is_ok() => {
                        let held = self.events.holdings_between(event.id, user, user).await?;
                        Ok(late(*own, &held).map_or(brief, Err))
                    }
                    _ => Ok(brief),
                }
            }
            News::Registered { .. }
            | News::RegistrationChanged { .. }
            | News::RegistrationCancelled { .. }
            | News::PaymentCompleted { .. } => self.own(notice).await,
        }
    }

    /// News of a planned cut, as long as it is that: what changed since is told by a notice of its own.
    async fn planned(&self, notice: &Notice, said: &PlannedFacts) -> Result<Brief> {
        let key = PlannedKey {
            region: said.region,
            start: said.time.start,
            id: said.id,
        };
        let (region, cut) = tokio::try_join!(self.grid.region(said.region), self.grid.planned_cut(key))?;
        if region.is_none() {
            return Ok(Err("the region was removed"));
        }
        let is_so = |cut: &PlannedCut| cut.time == said.time && cut.is_cancelled == said.is_cancelled;
        Ok(match cut.is_some_and(|cut| is_so(&cut)) {
            true => Ok(notice.news.clone()),
            false => Err("the cut was planned anew"),
        })
    }

    async fn changed(&self, was: &EventFacts, last: &EventFacts) -> Result<Brief> {
        let now = self.world.now();
        let event = match self.events.event(was.id).await? {
            Some(event) => EventFacts::of(&event, event.updated_at),
            None => EventFacts {
                is_cancelled: true,
                ..last.clone()
            },
        };
        if !was.is_other_to_visitors(&event) {
            return Ok(Err("it is as it was"));
        }
        if was.is_cancelled && event.is_cancelled {
            return Ok(Err("the event is cancelled, as people know"));
        }
        if !event.is_cancelled && event.starts_at.max(event.ends_at) <= now {
            return Ok(Err("the event is over"));
        }
        let was = was.clone();
        Ok(Ok(News::EventChanged { was, event }))
    }

    async fn reminder(&self, of: &EventFacts) -> Result<Brief> {
        let Some(event) = self.events.event(of.id).await? else {
            return Ok(Err(GONE));
        };
        if event.status != EventStatus::Scheduled {
            return Ok(Err("the event is not ahead any more"));
        }
        if event.start != of.starts_at {
            return Ok(Err("the event starts at another time by now"));
        }
        Ok(Ok(News::Reminder {
            event: facts(&event, of),
            registration: None,
        }))
    }

    /// News of one person's registration.
    async fn own(&self, notice: &Notice) -> Result<Brief> {
        let mut news = notice.news.clone();
        match &mut news {
            News::Registered {
                registration, event, ..
            } => {
                if self.standing(*registration, notice).await?.is_none() {
                    return Ok(Err("the registration was cancelled"));
                }
                self.refresh(event).await?;
            }
            News::RegistrationChanged {
                registration,
                event,
                was,
                ticket,
            } => {
                let Some(found) = self.standing(*registration, notice).await? else {
                    return Ok(Err("the registration was cancelled"));
                };
                if found.ticket == was.id {
                    return Ok(Err("it is as it was"));
                }
                if found.ticket != ticket.id {
                    let Some(current) = self.events.ticket(found.ticket).await? else {
                        return Ok(Err("the ticket is gone"));
                    };
                    *ticket = TicketFacts {
                        id: current.id,
                        name: current.name,
                    };
                }
                self.refresh(event).await?;
            }
            News::RegistrationCancelled { event, .. } => self.refresh(event).await?,
            News::PaymentCompleted { payment, event, .. } => {
                let found = self.events.payment(*payment).await?;
                if found.is_none_or(|payment| payment.status != PaymentStatus::Completed) {
                    return Ok(Err("the payment was taken back"));
                }
                self.refresh(event).await?;
            }
            News::Outage { .. }
            | News::Restored { .. }
            | News::HomeOutage { .. }
            | News::HomeRestored { .. }
            | News::PlannedCut { .. }
            | News::PlannedCutChanged { .. }
            | News::PasswordReset { .. }
            | News::EventChanged { .. }
            | News::Reminder { .. }
            | News::Mailing { .. }
            | News::Test { .. } => {}
        }
        Ok(Ok(news))
    }

    /// A registration, while it is of the person whom the notice is for.
    async fn standing(&self, id: RegistrationId, notice: &Notice) -> Result<Option<Registration>> {
        let found = self.events.registration(id).await?;
        Ok(found.filter(|found| notice.audience == Audience::Person(found.user)))
    }

    /// Brings what is said of an event up to date, if it is still there.
    async fn refresh(&self, said: &mut EventFacts) -> Result<()> {
        if let Some(event) = self.events.event(said.id).await? {
            *said = facts(&event, said);
        }
        Ok(())
    }
}

/// What a mailing says by now. One to a single reader says what its notice has, whatever became of the mailing.
fn mailed(notice: &Notice, mailing: Option<&Mailing>) -> Brief {
    match (notice.audience, mailing) {
        (Audience::Clients(_), None) => Err("the mailing was removed"),
        (Audience::Clients(_), Some(mailing)) if mailing.order == Order::Cancel => {
            Err("the mailing was cancelled")
        }
        (Audience::Clients(_), Some(mailing)) => Ok(mailing.news()),
        _ => Ok(notice.news.clone()),
    }
}

/// An event as it is, for what was said of it before.
fn facts(event: &Event, before: &EventFacts) -> EventFacts {
    let mut facts = EventFacts::of(event, event.updated_at);
    facts.sequence = facts.sequence.max(before.sequence);
    facts
}

/// Why somebody who registered late does not get a reminder of their own, if so: each person is reminded once, however
/// many tickets they hold.
fn late(own: RegistrationId, held: &[Registration]) -> Option<&'static str> {
    let first = held.iter().map(|registration| registration.id).min();
    if !held.iter().any(|registration| registration.id == own) {
        Some("the registration was cancelled")
    } else if held.iter().any(|registration| registration.reminded.is_none()) {
        Some("the person was reminded with the others")
    } else if first != Some(own) {
        Some("the person is reminded for another ticket")
    } else {
        None
    }
}
