//! Keys of the table of power.

use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    ids::{PlannedCutId, RegionId, UserId},
    power::{OutageKey, Place},
};

use super::{Key, home, key};
use crate::instant::{digits, from_digits};

pub(crate) const REGIONS: &str = "regions";
pub(crate) fn region(id: RegionId) -> Key {
    key(format!("region#{id}"), "region")
}
pub(crate) fn followers(region: RegionId) -> String {
    format!("followers#{region}")
}
/// Followers stand in order of language and zone, so that a page of them is one stretch of the partition.
pub(crate) fn follower(region: RegionId, language: Language, zone: &str, user: UserId) -> Key {
    key(followers(region), follower_sk(language, zone, user))
}
pub(crate) fn follower_sk(language: Language, zone: &str, user: UserId) -> String {
    format!("{}#{zone}#{user}", language.code())
}
pub(crate) const FOLLOWS: &str = "follows#";
pub(crate) fn following(user: UserId, region: RegionId) -> Key {
    key(followings(user), format!("{FOLLOWS}{region}"))
}
pub(crate) fn followings(user: UserId) -> String {
    format!("user#{user}")
}
pub(crate) fn since(since: Timestamp, user: UserId) -> String {
    format!("{}#{user}", digits(since))
}
pub(crate) const OUTAGE: &str = "outage#";
/// Where all that is known of a place lies.
pub(crate) fn place(place: Place) -> String {
    match place {
        Place::Region(id) => region(id).pk,
        Place::Home(id) => home(id).pk,
    }
}
pub(crate) fn outage(at: OutageKey) -> Key {
    key(place(at.place), format!("{OUTAGE}{}", started(at)))
}
pub(crate) fn started(at: OutageKey) -> String {
    format!("{}#{}", digits(at.started_at), at.id)
}
/// Outages of regions, and those of homes, which are nobody else's business.
pub(crate) const fn outages(place: Place, is_open: bool) -> &'static str {
    match (place, is_open) {
        (Place::Region(_), true) => REGION_OUTAGES[0],
        (Place::Region(_), false) => REGION_OUTAGES[1],
        (Place::Home(_), true) => "home-outages#open",
        (Place::Home(_), false) => "home-outages#closed",
    }
}
/// Outages of regions: those that last, and those that are over.
pub(crate) const REGION_OUTAGES: [&str; 2] = ["outages#open", "outages#closed"];
/// The region of a partition.
pub(crate) fn region_of(pk: &str) -> Option<RegionId> {
    RegionId::parse(pk.strip_prefix("region#")?)
}
/// Language, zone and person of a follower.
pub(crate) fn follower_of(sk: &str) -> Option<(Language, Zone, UserId)> {
    let (language, rest) = sk.split_once('#')?;
    let (zone, user) = rest.split_once('#')?;
    Some((
        Language::parse(language).ok()?,
        Zone::parse(zone).ok()?,
        UserId::parse(user)?,
    ))
}
/// The person of a followers' list sort key.
pub(crate) fn since_of(sort: &str) -> Option<UserId> {
    UserId::parse(sort.split_once('#')?.1)
}
pub(crate) const PLANNED: &str = "planned#";
/// A planned cut lies with its region, in the order of its start.
pub(crate) fn planned(region_id: RegionId, start: Timestamp, id: PlannedCutId) -> Key {
    key(
        region(region_id).pk,
        format!("{PLANNED}{}", planned_at(start, id)),
    )
}
pub(crate) fn planned_at(start: Timestamp, id: PlannedCutId) -> String {
    format!("{}#{id}", digits(start))
}
/// Start and id of a planned cut.
pub(crate) fn planned_of(sk: &str) -> Option<(Timestamp, PlannedCutId)> {
    let (start, id) = sk.strip_prefix(PLANNED)?.split_once('#')?;
    Some((from_digits(start)?, PlannedCutId::parse(id)?))
}
