use jiff::Timestamp;

use super::{Detector, Invitation, OutageKey, Power};
use crate::{
    Zone,
    ids::{DetectorId, HomeId, RegionId, UserId},
};

/// The longest name of a home or of a detector, in characters.
pub const HOME_NAME_MAX: usize = 255;
/// The most homes that a person can be in, their own and others': together they are read in one request.
pub const MOST_HOMES: usize = 50;
/// The most members of a home beside its owner: all go with it in one transaction of at most a hundred items.
pub const MOST_MEMBERS: usize = 50;
/// The most detectors of a home.
pub const MOST_DETECTORS: usize = 10;
/// A metered place: its detectors say whether it has power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Which.
    pub id: HomeId,
    /// What its owner calls it.
    pub name: String,
    /// The region it lies in.
    pub region: RegionId,
    /// Where its clocks stand.
    pub zone: Zone,
    /// Whose it is.
    pub owner: UserId,
    /// Who else is told of it, and may see it.
    pub members: Vec<UserId>,
    /// Who can become a member.
    pub invitations: Vec<Invitation>,
    /// What tells whether it has power.
    pub detectors: Vec<Detector>,
    /// What was decided at the last check.
    pub status: Power,
    /// Since when it is so.
    pub since: Timestamp,
    /// When any of its detectors was last heard of.
    pub last_seen: Option<Timestamp>,
    /// The cut that has not ended.
    pub outage: Option<OutageKey>,
    /// How often it has changed; the entity tag.
    pub version: u64,
    /// How often its check was brought forward.
    pub woken: u64,
}

impl Home {
    /// A home of which nothing is known yet.
    #[must_use]
    pub const fn new(
        id: HomeId,
        owner: UserId,
        name: String,
        region: RegionId,
        zone: Zone,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            name,
            region,
            zone,
            owner,
            members: Vec::new(),
            invitations: Vec::new(),
            detectors: Vec::new(),
            status: Power::Unknown,
            since: now,
            last_seen: None,
            outage: None,
            version: 1,
            woken: 0,
        }
    }

    /// Its owner and its members.
    pub fn people(&self) -> impl Iterator<Item = UserId> {
        std::iter::once(self.owner).chain(self.members.iter().copied())
    }

    /// Whether this is its owner or a member.
    #[must_use]
    pub fn is_of(&self, user: UserId) -> bool {
        self.people().any(|one| one == user)
    }

    /// A detector of it.
    #[must_use]
    pub fn detector(&self, id: DetectorId) -> Option<&Detector> {
        self.detectors.iter().find(|detector| detector.id == id)
    }

    /// Forgets invitations that are not good any more.
    pub fn drop_expired(&mut self, now: Timestamp) {
        self.invitations.retain(|invitation| invitation.expires_at > now);
    }
}
