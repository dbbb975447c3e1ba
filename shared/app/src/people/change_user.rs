use kabar_domain::{
    Language, Zone,
    ids::UserId,
    people::{Caller, Email, Password, Profile, Role, User, Username},
};
use kabar_store::people::{NewPassword, UserWrite};

use super::sign_up::taken;
use crate::{App, Expected, Failure, FieldError, Result, failure::MOST_TRIES};

/// What is to change of a user; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    /// To log in with.
    pub username: Option<Username>,
    /// To be reached at.
    pub email: Option<Email>,
    /// To log in with.
    pub password: Option<Password>,
    /// Perhaps empty.
    pub first_name: Option<String>,
    /// Perhaps empty.
    pub last_name: Option<String>,
    /// Where their clock stands.
    pub zone: Option<Zone>,
    /// What they read.
    pub language: Option<Language>,
}

impl UserChange {
    fn of(&self, before: &Profile) -> Profile {
        Profile {
            username: self.username.as_ref().unwrap_or(&before.username).clone(),
            email: self.email.as_ref().unwrap_or(&before.email).clone(),
            first_name: self.first_name.as_ref().unwrap_or(&before.first_name).clone(),
            last_name: self.last_name.as_ref().unwrap_or(&before.last_name).clone(),
            zone: self.zone.as_ref().unwrap_or(&before.zone).clone(),
            language: self.language.unwrap_or(before.language),
        }
    }
}

impl App {
    /// Changes a user: themselves, or by a superuser anybody. Others are refused before anybody looks.
    ///
    /// Whoever gives themselves a new password stays logged in where they do it, and nowhere else. One that a
    /// superuser gives to somebody else ends all sessions of that person.
    ///
    /// # Errors
    /// [`Failure::NotAllowed`], [`Failure::NotFound`], [`Failure::Changed`]; [`Failure::Invalid`] when somebody else
    /// has the username or the address, or the password is the username that will hold; [`Failure::Conflict`] when
    /// they follow too many regions to be changed in one step.
    pub async fn change_user(
        &self,
        caller: &Caller,
        id: UserId,
        expected: Expected,
        change: &UserChange,
    ) -> Result<User> {
        if caller.user != id && !caller.is(Role::Superuser) {
            return Err(Failure::NotAllowed);
        }
        // Hashed when it is known to be wanted, and once.
        let mut password = None;
        for _ in 0..MOST_TRIES {
            let Some(before) = self.people.account(id).await? else {
                return Err(Failure::NotFound);
            };
            expected.check(before.user.version)?;
            let after = change.of(&before.user.profile);
            if let Some(chosen) = &change.password {
                chosen.differs_from(&after.username).map_err(|reason| {
                    Failure::Invalid(vec![FieldError {
                        field: "password",
                        reason,
                    }])
                })?;
                if password.is_none() {
                    let hash = self.passwords.hash(&*self.world, chosen.as_bytes());
                    password = Some(NewPassword {
                        hash: hash.map_err(|e| Failure::Defect(e.to_string()))?,
                        spared: (caller.user == id).then_some(caller.session),
                    });
                }
            } else if after == before.user.profile {
                return Ok(before.user);
            }
            let write = self
                .people
                .change_user(&before, &after, password.as_ref(), &self.grid)
                .await?;
            match write {
                UserWrite::Written => {
                    return Ok(User {
                        profile: after,
                        version: before.user.version + 1,
                        ..before.user
                    });
                }
                // A session or a following came between: the version may still be the one that is expected.
                UserWrite::Stale => {}
                UserWrite::Taken(which) => return Err(taken(which)),
                UserWrite::TooManyCopies => {
                    return Err(Failure::Conflict(
                        "They follow too many regions to be changed in one step.",
                    ));
                }
            }
        }
        Err(Failure::Changed)
    }
}
