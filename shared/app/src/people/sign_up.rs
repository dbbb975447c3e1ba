use kabar_domain::{
    ids::UserId,
    people::{Password, Profile, User},
};
use kabar_store::people::Taken;

use crate::{App, Failure, FieldError, Result};

/// What it takes to become a user.
#[derive(Debug)]
pub struct NewUser {
    /// What they say of themselves.
    pub profile: Profile,
    /// The password they chose.
    pub password: Password,
}

impl App {
    /// Adds a user.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when somebody has the username or the address, naming both if both are taken.
    pub async fn sign_up(&self, new: NewUser) -> Result<User> {
        let user = User {
            id: UserId::new(&*self.world),
            profile: new.profile,
            is_superuser: false,
            groups: Vec::new(),
            date_joined: self.world.now(),
            version: 1,
        };
        let hash = self.passwords.hash(&*self.world, new.password.as_bytes());
        let hash = hash.map_err(|e| Failure::Defect(e.to_string()))?;
        self.people.add_user(&user, &hash).await?.map_err(taken)?;
        Ok(user)
    }
}

pub(super) fn taken(taken: Taken) -> Failure {
    let fields = [
        (taken.username, "username", "A user with this username exists."),
        (taken.email, "email", "A user with this email address exists."),
    ];
    let errors = fields.into_iter().filter(|(is_taken, ..)| *is_taken);
    Failure::Invalid(
        errors
            .map(|(_, field, reason)| FieldError {
                field,
                reason: kabar_domain::Invalid::because(reason),
            })
            .collect(),
    )
}
