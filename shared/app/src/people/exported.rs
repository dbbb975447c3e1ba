use kabar_domain::{
    events::{Payment, Registration},
    news::Preferences,
    people::User,
    power::{Following, Home},
    telegram::Subscriber,
};
use kabar_store::notices::OwnMessage;

/// All that is known of a person, or a part of it.
#[derive(Clone, Debug)]
pub struct Export {
    /// Who they are.
    pub user: User,
    /// What they want to be told.
    pub preferences: Preferences,
    /// The homes that they are in, their own and others'.
    pub homes: Vec<Home>,
    /// The regions that they follow.
    pub follows: Vec<Following>,
    /// The chat in Telegram that they have connected.
    pub chat: Option<Subscriber>,
    /// Their registrations, the newest first.
    pub registrations: Vec<Registration>,
    /// Payments for those, the newest first.
    pub payments: Vec<Payment>,
    /// What they were told, the newest first.
    pub messages: Vec<OwnMessage>,
    /// Where the lists go on, if they do.
    pub next: Option<ExportPlace>,
}

/// A list of an export. They come one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportList {
    /// Registrations.
    Registrations,
    /// Payments.
    Payments,
    /// Messages.
    Messages,
}

/// How far an export went: the list, and the sort key after which it goes on there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportPlace {
    /// The list.
    pub list: ExportList,
    /// Nothing at its beginning.
    pub after: Option<String>,
}

impl ExportList {
    /// In the order in which they come.
    pub const ALL: [Self; 3] = [Self::Registrations, Self::Payments, Self::Messages];

    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registrations => "registrations",
            Self::Payments => "payments",
            Self::Messages => "messages",
        }
    }
}
