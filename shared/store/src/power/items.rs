//! Regions and outages as they lie in the table.

use jiff::Timestamp;
use kabar_domain::{
    Zone,
    ids::{HomeId, NoticeId, OutageId, RegionId},
    power::{Cause, Cut, HomeTally, Outage, OutageKey, Place, Plan, Power, Region, Source, Word},
};
use serde::{Deserialize, Serialize};

use crate::{Result, StoreError, instant::Millis, keys};

#[derive(Serialize, Deserialize)]
pub(super) struct RegionItem {
    pub(super) pk: String,
    pub(super) sk: String,
    /// Absent once the region is being removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) list_pk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) list_sk: Option<String>,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) time_zone: String,
    pub(super) parent: Option<String>,
    pub(super) children: u64,
    pub(super) word: String,
    pub(super) word_at: Millis,
    pub(super) homes_on: u32,
    pub(super) homes_off: u32,
    pub(super) homes_unknown: u32,
    /// Absent before the region has had homes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) homes_at: Option<Millis>,
    pub(super) status: String,
    pub(super) since: Millis,
    pub(super) outage_id: Option<String>,
    pub(super) outage_started_at: Option<Millis>,
    #[serde(flatten)]
    pub(super) plan: PlanItem,
    pub(super) version: u64,
}

/// What a region knows of the cuts to come; absent before a schedule was taken in.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct PlanItem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan_imported_at: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan_valid_until: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan_next_start: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan_next_end: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan_version: Option<u64>,
}

impl From<PlanItem> for Plan {
    fn from(item: PlanItem) -> Self {
        let source = |(imported_at, valid_until): (Millis, Millis)| Source {
            imported_at: imported_at.into(),
            valid_until: valid_until.into(),
        };
        let cut = |(start, end): (Millis, Millis)| Cut {
            start: start.into(),
            end: end.into(),
        };
        Self {
            source: item.plan_imported_at.zip(item.plan_valid_until).map(source),
            next: item.plan_next_start.zip(item.plan_next_end).map(cut),
            version: item.plan_version.unwrap_or_default(),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct OutageItem {
    pub(super) pk: String,
    pub(super) sk: String,
    pub(super) list_pk: String,
    pub(super) list_sk: String,
    pub(super) id: String,
    /// Either this or `home`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) home: Option<String>,
    pub(super) started_at: Millis,
    pub(super) ended_at: Option<Millis>,
    pub(super) cause: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    within: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    within_region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    within_started_at: Option<Millis>,
    pub(super) notice: String,
    pub(super) restored_notice: Option<String>,
}

pub(super) fn id<T>(parsed: Option<T>) -> Result<T> {
    parsed.ok_or_else(|| StoreError::unreadable("an id"))
}

/// What an item is of, which names a region or a home.
pub(crate) fn place(region: Option<&str>, home: Option<&str>) -> Result<Place> {
    let region = region.and_then(RegionId::parse).map(Place::Region);
    id(region.or_else(|| home.and_then(HomeId::parse).map(Place::Home)))
}

impl From<&Region> for RegionItem {
    fn from(region: &Region) -> Self {
        let keys::Key { pk, sk } = keys::region(region.id);
        Self {
            pk,
            sk,
            list_pk: Some(keys::REGIONS.to_owned()),
            list_sk: Some(region.id.to_string()),
            id: region.id.to_string(),
            name: region.name.clone(),
            time_zone: region.zone.name().to_owned(),
            parent: region.parent.map(|parent| parent.to_string()),
            children: 0,
            word: region.word.name().to_owned(),
            word_at: region.word_at.into(),
            homes_on: region.homes.on,
            homes_off: region.homes.off,
            homes_unknown: region.homes.unknown,
            homes_at: Some(region.homes_at.into()),
            status: region.status.name().to_owned(),
            since: region.since.into(),
            outage_id: region.outage.map(|outage| outage.id.to_string()),
            outage_started_at: region.outage.map(|outage| outage.started_at.into()),
            plan: PlanItem::default(),
            version: region.version,
        }
    }
}

impl TryFrom<RegionItem> for Region {
    type Error = StoreError;

    fn try_from(item: RegionItem) -> Result<Self> {
        let region = id(RegionId::parse(&item.id))?;
        let outage = match (item.outage_id, item.outage_started_at) {
            (Some(outage), Some(started_at)) => Some(OutageKey {
                place: Place::Region(region),
                started_at: started_at.into(),
                id: id(OutageId::parse(&outage))?,
            }),
            _ => None,
        };
        Ok(Self {
            id: region,
            name: item.name,
            zone: Zone::parse(&item.time_zone)?,
            parent: item.parent.as_deref().and_then(RegionId::parse),
            word: Word::parse(&item.word)?,
            word_at: item.word_at.into(),
            homes: HomeTally {
                on: item.homes_on,
                off: item.homes_off,
                unknown: item.homes_unknown,
            },
            homes_at: item.homes_at.unwrap_or(item.since).into(),
            status: Power::parse(&item.status)?,
            since: item.since.into(),
            outage,
            plan: item.plan.into(),
            version: item.version,
        })
    }
}

impl From<&Outage> for OutageItem {
    fn from(outage: &Outage) -> Self {
        let keys::Key { pk, sk } = keys::outage(outage.key);
        let within_region = outage.within.and_then(|within| within.place.region());
        Self {
            pk,
            sk,
            list_pk: keys::outages(outage.key.place, outage.ended_at.is_none()).to_owned(),
            list_sk: keys::started(outage.key),
            id: outage.key.id.to_string(),
            region: outage.key.place.region().map(|id| id.to_string()),
            home: outage.key.place.home().map(|id| id.to_string()),
            started_at: outage.key.started_at.into(),
            ended_at: outage.ended_at.map(Millis::from),
            cause: outage.cause.name().to_owned(),
            within: outage.within.map(|within| within.id.to_string()),
            within_region: within_region.map(|region| region.to_string()),
            within_started_at: outage.within.map(|within| within.started_at.into()),
            notice: outage.notice.to_string(),
            restored_notice: outage.restored_notice.map(|notice| notice.to_string()),
        }
    }
}

impl TryFrom<OutageItem> for Outage {
    type Error = StoreError;

    fn try_from(item: OutageItem) -> Result<Self> {
        let within = item.within.zip(item.within_region).zip(item.within_started_at);
        let within = within.map(|((outage, region), started_at)| -> Result<OutageKey> {
            Ok(OutageKey {
                place: place(Some(&region), None)?,
                started_at: started_at.into(),
                id: id(OutageId::parse(&outage))?,
            })
        });
        Ok(Self {
            key: OutageKey {
                place: place(item.region.as_deref(), item.home.as_deref())?,
                started_at: item.started_at.into(),
                id: id(OutageId::parse(&item.id))?,
            },
            ended_at: item.ended_at.map(Timestamp::from),
            cause: Cause::parse(&item.cause)?,
            within: within.transpose()?,
            notice: id(NoticeId::parse(&item.notice))?,
            restored_notice: item.restored_notice.as_deref().and_then(NoticeId::parse),
        })
    }
}
