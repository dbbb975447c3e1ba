use crate::{
    Language, Zone,
    ids::UserId,
    people::{Email, User},
};

/// A person as a sender needs them: whom to reach, in which words, by which clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub user: UserId,
    /// Where mail reaches them.
    pub email: Email,
    /// How to greet them; perhaps empty.
    pub first_name: String,
    /// What they read.
    pub language: Language,
    /// Where their clock stands.
    pub zone: Zone,
}

impl From<User> for Recipient {
    fn from(user: User) -> Self {
        Self {
            user: user.id,
            email: user.profile.email,
            first_name: user.profile.first_name,
            language: user.profile.language,
            zone: user.profile.zone,
        }
    }
}
