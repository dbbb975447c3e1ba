//! News as it lies with its notice: facts, and nothing secret.

use kabar_domain::{
    Zone,
    ids::{EventId, OutageId, RegionId, RegistrationId, UserId},
    news::{EventFacts, News},
    power::OutageKey,
};
use serde::{Deserialize, Serialize};

use super::items::id;
use crate::{Result, StoreError, instant::Millis};

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum NewsItem {
    Outage {
        outage: OutageKeyItem,
        region: String,
        time_zone: String,
    },
    Restored {
        outage: OutageKeyItem,
        ended_at: Millis,
        region: String,
        time_zone: String,
    },
    PasswordReset {
        user: String,
        requested_at: Millis,
    },
    Registration {
        registration: String,
        event: EventFactsItem,
        ticket: String,
        registered_at: Millis,
    },
}

#[derive(Serialize, Deserialize)]
pub(super) struct OutageKeyItem {
    region: String,
    started_at: Millis,
    id: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct EventFactsItem {
    id: String,
    name: String,
    starts_at: Millis,
    location: String,
    time_zone: String,
}

impl From<OutageKey> for OutageKeyItem {
    fn from(key: OutageKey) -> Self {
        Self {
            region: key.region.to_string(),
            started_at: key.started_at.into(),
            id: key.id.to_string(),
        }
    }
}

impl TryFrom<OutageKeyItem> for OutageKey {
    type Error = StoreError;

    fn try_from(item: OutageKeyItem) -> Result<Self> {
        Ok(Self {
            region: id(RegionId::parse(&item.region))?,
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
            location: event.location.clone(),
            time_zone: event.zone.name().to_owned(),
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
            location: item.location,
            zone: Zone::parse(&item.time_zone)?,
        })
    }
}

impl From<&News> for NewsItem {
    fn from(news: &News) -> Self {
        match news {
            News::Outage { outage, region, zone } => Self::Outage {
                outage: (*outage).into(),
                region: region.clone(),
                time_zone: zone.name().to_owned(),
            },
            News::Restored {
                outage,
                ended_at,
                region,
                zone,
            } => Self::Restored {
                outage: (*outage).into(),
                ended_at: (*ended_at).into(),
                region: region.clone(),
                time_zone: zone.name().to_owned(),
            },
            News::PasswordReset { user, requested_at } => Self::PasswordReset {
                user: user.to_string(),
                requested_at: (*requested_at).into(),
            },
            News::Registered {
                registration,
                event,
                ticket,
                registered_at,
            } => Self::Registration {
                registration: registration.to_string(),
                event: event.into(),
                ticket: ticket.clone(),
                registered_at: (*registered_at).into(),
            },
        }
    }
}

impl TryFrom<NewsItem> for News {
    type Error = StoreError;

    fn try_from(item: NewsItem) -> Result<Self> {
        Ok(match item {
            NewsItem::Outage {
                outage,
                region,
                time_zone,
            } => Self::Outage {
                outage: outage.try_into()?,
                region,
                zone: Zone::parse(&time_zone)?,
            },
            NewsItem::Restored {
                outage,
                ended_at,
                region,
                time_zone,
            } => Self::Restored {
                outage: outage.try_into()?,
                ended_at: ended_at.into(),
                region,
                zone: Zone::parse(&time_zone)?,
            },
            NewsItem::PasswordReset { user, requested_at } => Self::PasswordReset {
                user: id(UserId::parse(&user))?,
                requested_at: requested_at.into(),
            },
            NewsItem::Registration {
                registration,
                event,
                ticket,
                registered_at,
            } => Self::Registered {
                registration: id(RegistrationId::parse(&registration))?,
                event: event.try_into()?,
                ticket,
                registered_at: registered_at.into(),
            },
        })
    }
}
