use std::fmt;

use crate::{
    ids::{ClientId, UserId},
    telegram::ChatId,
};

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Addressee {
    /// Somebody with an account.
    User(UserId),
    /// A client of mailings.
    Client(ClientId),
    /// A chat in Telegram.
    Chat(ChatId),
}

impl Addressee {
    /// The account, if it is one.
    #[must_use]
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::User(id) => Some(id),
            Self::Client(_) | Self::Chat(_) => None,
        }
    }

    /// The client, if it is one.
    #[must_use]
    pub const fn client(self) -> Option<ClientId> {
        match self {
            Self::Client(id) => Some(id),
            Self::User(_) | Self::Chat(_) => None,
        }
    }

    /// The chat, if it is one.
    #[must_use]
    pub const fn chat(self) -> Option<ChatId> {
        match self {
            Self::Chat(id) => Some(id),
            Self::User(_) | Self::Client(_) => None,
        }
    }

    /// The sixteen bytes of the id; what kind it is of has to be known beside.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        match self {
            Self::User(id) => id.to_bytes(),
            Self::Client(id) => id.to_bytes(),
            Self::Chat(id) => id.to_bytes(),
        }
    }
}

impl fmt::Display for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => id.fmt(f),
            Self::Client(id) => id.fmt(f),
            Self::Chat(id) => id.fmt(f),
        }
    }
}
