use super::{Audience, News, Notice};

/// Why somebody is told of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Because {
    /// They follow the region.
    Follower,
    /// They are of the home: its owner, or a member.
    Member,
    /// They are of a home in the region.
    Resident,
    /// They hold, or held, a ticket for the event.
    TicketHolder,
    /// Somebody asked for it who says that the account is theirs.
    Account,
    /// Their chat in Telegram is told of the region: they follow it there, or staff or they themselves said so.
    Subscriber,
    /// The mailing's filter finds them.
    Client,
    /// Staff tried whether words get there.
    Test,
}

impl Because {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Follower => "follower",
            Self::Member => "member",
            Self::Resident => "resident",
            Self::TicketHolder => "ticket_holder",
            Self::Account => "account",
            Self::Subscriber => "subscriber",
            Self::Client => "client",
            Self::Test => "test",
        }
    }
}

impl Notice {
    /// Why its people are told.
    #[must_use]
    pub const fn because(&self) -> Because {
        match (self.audience, &self.news) {
            (Audience::Followers(_), _) => Because::Follower,
            (Audience::Home { .. } | Audience::HomeChats { .. }, _) => Because::Member,
            (Audience::Residents(_), _) => Because::Resident,
            (Audience::Person(_), News::PasswordReset { .. } | News::Mailing { .. } | News::Test { .. }) => {
                Because::Account
            }
            (Audience::Holders(_) | Audience::Person(_), _) => Because::TicketHolder,
            (Audience::Chats(_), _) => Because::Subscriber,
            (Audience::Clients(_), _) => Because::Client,
            (Audience::Trial(_) | Audience::Chat(_), _) => Because::Test,
        }
    }
}
