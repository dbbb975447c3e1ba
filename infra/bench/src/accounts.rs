//! People with an account and a token, made without the price of a password.

use jiff::SignedDuration;
use kabar_app::people::{Lifetimes, Tokens};
use kabar_domain::{
    Language, World, Zone,
    ids::{SessionId, UserId},
    people::{Email, Profile, TryWindow, User, Username},
};
use kabar_kit::SystemWorld;
use kabar_store::people::{People, Session, Try};

use crate::{
    failure::{Failure, Result},
    platform::{Aws, TOKEN_KEY},
};

/// Two languages in two zones: pages are cut by both, and the last page of each is not full.
pub(crate) const READERS: [(Language, &str); 4] = [
    (Language::En, "Asia/Jakarta"),
    (Language::En, "Asia/Makassar"),
    (Language::Id, "Asia/Jakarta"),
    (Language::Id, "Asia/Makassar"),
];

/// Makes accounts whose tokens the functions take.
pub(crate) struct Accounts {
    people: People,
    tokens: Tokens,
}

/// Somebody who can call.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) token: String,
}

impl Accounts {
    pub(crate) fn of(aws: &Aws) -> Result<Self> {
        let lifetimes = Lifetimes {
            access: SignedDuration::from_hours(3),
            refresh: SignedDuration::from_hours(24),
        };
        Ok(Self {
            people: People::from(aws.table("people")),
            tokens: Tokens::new(TOKEN_KEY, lifetimes).map_err(|_| Failure::from("no key"))?,
        })
    }

    /// Somebody new who is logged in.
    pub(crate) async fn open(&self, is_superuser: bool) -> Result<Account> {
        let (id, now) = (UserId::new(&SystemWorld), SystemWorld.now());
        let zone = Zone::parse("Asia/Jakarta").map_err(|_| Failure::from("no zone"))?;
        let mut user = person(id, &format!("{id}@example.com"), Language::Id, zone)?;
        user.is_superuser = is_superuser;
        add(&self.people, &user).await?;
        let account = self.people.account(id).await?.ok_or("no account")?;
        let session = SessionId::new(&SystemWorld);
        let value = Session {
            secret_hash: "none".to_owned(),
            expires_at: now.as_second() + 86_400,
        };
        let login = Try {
            against: Vec::new(),
            window: TryWindow::at(now),
        };
        let is_open = self
            .people
            .open_session(&account, session, &value, &[], &login)
            .await?;
        if !is_open {
            return Err(Failure::from("a session of the bench was not opened"));
        }
        let token = self.tokens.access(id, session, now)?;
        Ok(Account {
            id: id.to_string(),
            token,
        })
    }
}

/// A person of the bench, not yet added.
pub(crate) fn person(id: UserId, email: &str, language: Language, zone: Zone) -> Result<User> {
    let invalid = |_| Failure::from("a person of the bench is none");
    Ok(User {
        id,
        profile: Profile {
            username: Username::parse(&id.to_string()).map_err(invalid)?,
            email: Email::parse(email).map_err(invalid)?,
            first_name: "Ayu".to_owned(),
            last_name: String::new(),
            zone,
            language,
        },
        is_superuser: false,
        groups: Vec::new(),
        date_joined: SystemWorld.now(),
        version: 1,
    })
}

/// Adds a person who cannot log in.
pub(crate) async fn add(people: &People, user: &User) -> Result<()> {
    let is_added = people.add_user(user, "no password").await?.is_ok();
    is_added
        .then_some(())
        .ok_or_else(|| Failure::from("a person of the bench is there already"))
}
