//! Keys of the table of power.

use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    ids::{RegionId, UserId},
    power::OutageKey,
};

use super::{Key, key};
use crate::instant::digits;

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
pub(crate) fn outage(at: OutageKey) -> Key {
    key(region(at.region).pk, format!("{OUTAGE}{}", started(at)))
}
pub(crate) fn started(at: OutageKey) -> String {
    format!("{}#{}", digits(at.started_at), at.id)
}
pub(crate) const fn outages(is_open: bool) -> &'static str {
    if is_open { "outages#open" } else { "outages#closed" }
}
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
