//! Homes as they lie in the table.

use jiff::Timestamp;
use kabar_domain::{
    Zone,
    ids::{HomeId, OutageId, RegionId, UserId},
    power::{Detector, Home, Invitation, OutageKey, Place, Power},
};
use serde::{Deserialize, Serialize};

use super::{detector_items::DetectorItem, items::id};
use crate::{Result, StoreError, instant::Millis, keys};

#[derive(Serialize, Deserialize)]
pub(super) struct HomeItem {
    pub(super) pk: String,
    pub(super) sk: String,
    /// Absent once the home is being removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) list_pk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) list_sk: Option<String>,
    /// Absent while only what is heard can change what is known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_pk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_sk: Option<String>,
    pub(super) id: String,
    name: String,
    region: String,
    time_zone: String,
    owner: String,
    members: Vec<String>,
    invitations: Vec<InvitationItem>,
    detectors: Vec<DetectorItem>,
    status: String,
    since: Millis,
    last_seen: Option<Millis>,
    outage_id: Option<String>,
    outage_started_at: Option<Millis>,
    version: u64,
    woken: u64,
}

#[derive(Serialize, Deserialize)]
struct InvitationItem {
    hash: String,
    user: Option<String>,
    expires_at: Millis,
}

impl HomeItem {
    /// A home that a check looks at by `due`.
    pub(super) fn of(home: &Home, due: Option<Timestamp>) -> Self {
        let key = keys::home(home.id);
        let due = due.map(|time| keys::due(time, &key));
        let (due_pk, due_sk) = due.unzip();
        Self {
            pk: key.pk,
            sk: key.sk,
            list_pk: Some(keys::HOMES.to_owned()),
            list_sk: Some(home.id.to_string()),
            due_pk,
            due_sk,
            id: home.id.to_string(),
            name: home.name.clone(),
            region: home.region.to_string(),
            time_zone: home.zone.name().to_owned(),
            owner: home.owner.to_string(),
            members: home.members.iter().map(ToString::to_string).collect(),
            invitations: home.invitations.iter().map(InvitationItem::from).collect(),
            detectors: home.detectors.iter().map(DetectorItem::from).collect(),
            status: home.status.name().to_owned(),
            since: home.since.into(),
            last_seen: home.last_seen.map(Millis::from),
            outage_id: home.outage.map(|outage| outage.id.to_string()),
            outage_started_at: home.outage.map(|outage| outage.started_at.into()),
            version: home.version,
            woken: home.woken,
        }
    }
}

impl TryFrom<HomeItem> for Home {
    type Error = StoreError;

    fn try_from(item: HomeItem) -> Result<Self> {
        let home = id(HomeId::parse(&item.id))?;
        let outage = match (item.outage_id, item.outage_started_at) {
            (Some(outage), Some(started_at)) => Some(OutageKey {
                place: Place::Home(home),
                started_at: started_at.into(),
                id: id(OutageId::parse(&outage))?,
            }),
            _ => None,
        };
        let members = item.members.iter().map(|member| id(UserId::parse(member)));
        let invitations = item.invitations.into_iter().map(Invitation::try_from);
        let detectors = item.detectors.into_iter().map(Detector::try_from);
        Ok(Self {
            id: home,
            name: item.name,
            region: id(RegionId::parse(&item.region))?,
            zone: Zone::parse(&item.time_zone)?,
            owner: id(UserId::parse(&item.owner))?,
            members: members.collect::<Result<_>>()?,
            invitations: invitations.collect::<Result<_>>()?,
            detectors: detectors.collect::<Result<_>>()?,
            status: Power::parse(&item.status)?,
            since: item.since.into(),
            last_seen: item.last_seen.map(Timestamp::from),
            outage,
            version: item.version,
            woken: item.woken,
        })
    }
}

impl From<&Invitation> for InvitationItem {
    fn from(invitation: &Invitation) -> Self {
        Self {
            hash: invitation.hash.clone(),
            user: invitation.user.map(|user| user.to_string()),
            expires_at: invitation.expires_at.into(),
        }
    }
}

impl TryFrom<InvitationItem> for Invitation {
    type Error = StoreError;

    fn try_from(item: InvitationItem) -> Result<Self> {
        let user = item.user.map(|user| id(UserId::parse(&user)));
        Ok(Self {
            hash: item.hash,
            user: user.transpose()?,
            expires_at: item.expires_at.into(),
        })
    }
}
