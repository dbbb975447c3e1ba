use kabar_domain::ids::{GroupId, UserId};
use kabar_store::people::Assigned;

use crate::{App, Failure, FieldError, Result};

fn no_group() -> Failure {
    Failure::field("group_id", "There is no such group.")
}

fn no_user() -> Failure {
    Failure::field("user_id", "There is no such user.")
}

impl App {
    /// Puts a user into a group, which may give them a role. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`Failure::Invalid`] naming what does not exist: the user, the group, or both.
    pub async fn assign_role(&self, user: UserId, group: GroupId) -> Result<()> {
        let Some(found) = self.people.group(group).await? else {
            let user_too = self.people.account(user).await?.is_none();
            return Err(if user_too { both() } else { no_group() });
        };
        match self.people.add_member(&found, user).await? {
            Assigned::Now | Assigned::Before => Ok(()),
            Assigned::NoUser => Err(no_user()),
            Assigned::NoGroup => Err(Failure::Changed),
        }
    }

    /// Takes a user out of a group. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`Failure::Invalid`] naming what does not exist: the user, the group, or both.
    pub async fn take_role(&self, user: UserId, group: GroupId) -> Result<()> {
        let found = self.people.group(group).await?;
        let is_user = self.people.account(user).await?.is_some();
        match (found, is_user) {
            (Some(found), true) => Ok(self.people.remove_member(&found, user).await.map(drop)?),
            (Some(_), false) => Err(no_user()),
            (None, true) => Err(no_group()),
            (None, false) => Err(both()),
        }
    }
}

fn both() -> Failure {
    let errors: [Vec<FieldError>; 2] = [no_user(), no_group()].map(|failure| match failure {
        Failure::Invalid(errors) => errors,
        _ => Vec::new(),
    });
    Failure::Invalid(errors.concat())
}
