use jiff::{SignedDuration, Timestamp};

use crate::ids::UserId;

/// The most invitations to a home that are open at once.
pub const MOST_INVITATIONS: usize = 10;
/// How long an invitation is good.
pub const INVITATION_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// That whoever has a code can become a member of a home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The hash of the code's secret.
    pub hash: String,
    /// The only person who can use it, if it is for one.
    pub user: Option<UserId>,
    /// Until when.
    pub expires_at: Timestamp,
}
