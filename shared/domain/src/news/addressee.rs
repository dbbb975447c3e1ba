use std::fmt;

use crate::ids::{ClientId, UserId};

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Addressee {
    /// Somebody with an account.
    User(UserId),
    /// A client of mailings.
    Client(ClientId),
}

impl Addressee {
    /// The account, if it is one.
    #[must_use]
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::User(id) => Some(id),
            Self::Client(_) => None,
        }
    }

    /// The client, if it is one.
    #[must_use]
    pub const fn client(self) -> Option<ClientId> {
        match self {
            Self::User(_) => None,
            Self::Client(id) => Some(id),
        }
    }

    /// The sixteen bytes of the id; what kind it is of has to be known beside.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        match self {
            Self::User(id) => id.to_bytes(),
            Self::Client(id) => id.to_bytes(),
        }
    }
}

impl fmt::Display for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => id.fmt(f),
            Self::Client(id) => id.fmt(f),
        }
    }
}
