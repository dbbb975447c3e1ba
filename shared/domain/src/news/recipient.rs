use super::Addressee;
use crate::{
    Language, Zone,
    mailings::{Client, Phone},
    people::{Email, User},
};

/// A person as a sender needs them: whom to reach, in which words, by which clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub to: Addressee,
    /// Where mail reaches them.
    pub email: Option<Email>,
    /// Where text messages reach them.
    pub phone: Option<Phone>,
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
            to: Addressee::User(user.id),
            email: Some(user.profile.email),
            phone: None,
            first_name: user.profile.first_name,
            language: user.profile.language,
            zone: user.profile.zone,
        }
    }
}

impl From<&Client> for Recipient {
    fn from(client: &Client) -> Self {
        Self {
            to: Addressee::Client(client.id),
            email: client.email.clone(),
            phone: Some(client.phone.clone()),
            first_name: client.first_name.clone(),
            language: client.reads(),
            zone: client.zone.clone(),
        }
    }
}
