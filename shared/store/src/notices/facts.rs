//! What news tells of, as it lies with its notice.

use kabar_domain::{
    Zone,
    ids::{EventId, OutageId, PlannedCutId, RegionId, TicketId},
    news::{EventFacts, PlannedFacts, TicketFacts},
    power::{Cut, OutageKey},
};
use serde::{Deserialize, Serialize};

use super::items::id;
use crate::{Result, StoreError, instant::Millis, power::place};

#[derive(Serialize, Deserialize)]
pub(super) struct OutageKeyItem {
    /// Either this or `home`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    home: Option<String>,
    started_at: Millis,
    id: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct EventFactsItem {
    id: String,
    name: String,
    starts_at: Millis,
    ends_at: Millis,
    location: String,
    time_zone: String,
    is_cancelled: bool,
    sequence: u32,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TicketFactsItem {
    id: String,
    name: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct PlannedFactsItem {
    id: String,
    region: String,
    called: String,
    time_zone: String,
    time: CutItem,
    reason: String,
    is_cancelled: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct CutItem {
    start: Millis,
    end: Millis,
}

impl From<Cut> for CutItem {
    fn from(cut: Cut) -> Self {
        Self {
            start: cut.start.into(),
            end: cut.end.into(),
        }
    }
}

impl From<CutItem> for Cut {
    fn from(item: CutItem) -> Self {
        Self {
            start: item.start.into(),
            end: item.end.into(),
        }
    }
}

impl From<&PlannedFacts> for PlannedFactsItem {
    fn from(cut: &PlannedFacts) -> Self {
        Self {
            id: cut.id.to_string(),
            region: cut.region.to_string(),
            called: cut.called.clone(),
            time_zone: cut.zone.name().to_owned(),
            time: cut.time.into(),
            reason: cut.reason.clone(),
            is_cancelled: cut.is_cancelled,
        }
    }
}

impl TryFrom<PlannedFactsItem> for PlannedFacts {
    type Error = StoreError;

    fn try_from(item: PlannedFactsItem) -> Result<Self> {
        Ok(Self {
            id: id(PlannedCutId::parse(&item.id))?,
            region: id(RegionId::parse(&item.region))?,
            called: item.called,
            zone: Zone::parse(&item.time_zone)?,
            time: item.time.into(),
            reason: item.reason,
            is_cancelled: item.is_cancelled,
        })
    }
}

impl From<OutageKey> for OutageKeyItem {
    fn from(key: OutageKey) -> Self {
        Self {
            region: key.place.region().map(|id| id.to_string()),
            home: key.place.home().map(|id| id.to_string()),
            started_at: key.started_at.into(),
            id: key.id.to_string(),
        }
    }
}

impl TryFrom<OutageKeyItem> for OutageKey {
    type Error = StoreError;

    fn try_from(item: OutageKeyItem) -> Result<Self> {
        Ok(Self {
            place: place(item.region.as_deref(), item.home.as_deref())?,
            started_at: item.started_at.into(),
            id: id(OutageId::parse(&item.id))?,
        })
    }
}

impl From<&EventFacts> for EventFactsItem {
    fn from(event: &EventFacts) -> Self {
        Self {
            id: event.id.to_string(),
            name: event.name.clone(),
            starts_at: event.starts_at.into(),
            ends_at: event.ends_at.into(),
            location: event.location.clone(),
            time_zone: event.zone.name().to_owned(),
            is_cancelled: event.is_cancelled,
            sequence: event.sequence,
        }
    }
}

impl TryFrom<EventFactsItem> for EventFacts {
    type Error = StoreError;

    fn try_from(item: EventFactsItem) -> Result<Self> {
        Ok(Self {
            id: id(EventId::parse(&item.id))?,
            name: item.name,
            starts_at: item.starts_at.into(),
            ends_at: item.ends_at.into(),
            location: item.location,
            zone: Zone::parse(&item.time_zone)?,
            is_cancelled: item.is_cancelled,
            sequence: item.sequence,
        })
    }
}

impl From<&TicketFacts> for TicketFactsItem {
    fn from(ticket: &TicketFacts) -> Self {
        Self {
            id: ticket.id.to_string(),
            name: ticket.name.clone(),
        }
    }
}

impl TryFrom<TicketFactsItem> for TicketFacts {
    type Error = StoreError;

    fn try_from(item: TicketFactsItem) -> Result<Self> {
        Ok(Self {
            id: id(TicketId::parse(&item.id))?,
            name: item.name,
        })
    }
}
