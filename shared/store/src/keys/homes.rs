//! Keys of homes and of what is heard of them, in the table of power.

use kabar_domain::ids::{DetectorId, HomeId, RegionId, UserId};

use super::{Key, followings, key};

/// All homes, listed by id.
pub(crate) const HOMES: &str = "homes";
pub(crate) const HOME: &str = "home#";
pub(crate) fn home(id: HomeId) -> Key {
    key(format!("{HOME}{id}"), "home")
}
/// The home of a partition, or of a person's row of it.
pub(crate) fn home_of(key: &str) -> Option<HomeId> {
    HomeId::parse(key.strip_prefix(HOME)?)
}
pub(crate) const BEAT: &str = "beat#";
/// What was last heard of a device. It lies before its home, so that one Query finds both.
pub(crate) fn beat(of: HomeId, detector: DetectorId) -> Key {
    key(home(of).pk, format!("{BEAT}{detector}"))
}
/// The detector of a beat.
pub(crate) fn detector_of(sk: &str) -> Option<DetectorId> {
    DetectorId::parse(sk.strip_prefix(BEAT)?)
}
pub(crate) fn homes_in(region: RegionId) -> String {
    format!("homes#{region}")
}
pub(crate) fn home_in(region: RegionId, id: HomeId) -> Key {
    key(homes_in(region), id.to_string())
}
/// That a person is in a home, with what they follow.
pub(crate) fn home_of_person(user: UserId, id: HomeId) -> Key {
    key(followings(user), format!("{HOME}{id}"))
}
/// Who heard of an outage from a home of the region.
pub(crate) fn heard_in(region: RegionId) -> String {
    format!("heard#{region}")
}
pub(crate) fn heard(region: RegionId, user: UserId, id: HomeId) -> Key {
    key(heard_in(region), format!("{user}#{id}"))
}
/// The person of such a row.
pub(crate) fn hearer_of(sk: &str) -> Option<UserId> {
    UserId::parse(sk.split_once('#')?.0)
}
/// When our own intake of beats is known to have been well.
pub(crate) fn intake() -> Key {
    key("intake".to_owned(), "intake")
}
