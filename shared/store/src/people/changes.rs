use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use kabar_domain::{
    ids::{SessionId, UserId},
    people::Profile,
};

use super::{Account, People, Taken, users::claim};
use crate::{
    Result, StoreError,
    db::{Item, Transaction, item, n, s},
    keys,
    keys::Key,
    power::Grid,
};

/// The most copies of a profile that fit a transaction beside the user, and two claims that move.
const MOST_COPIES: usize = 95;

/// A password that somebody chose in place of their old one.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// Its hash, as a PHC string.
    pub hash: String,
    /// The one session that does not end with the old password.
    pub spared: Option<SessionId>,
}

/// What came of changing a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserWrite {
    /// It is written.
    Written,
    /// The user is not as they were read any more.
    Stale,
    /// Somebody else has the username or the address.
    Taken(Taken),
    /// They follow more regions than one transaction can reach.
    TooManyCopies,
}

impl People {
    /// Writes what a user says of themselves and perhaps a new password, which ends their sessions, if they are still
    /// as they were read. Their username and address are claimed and the old ones let go, and every copy beside the
    /// regions they follow is written, all in one transaction. If there may be copies, one Query finds them.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn change_user(
        &self,
        before: &Account,
        after: &Profile,
        password: Option<&NewPassword>,
        grid: &Grid,
    ) -> Result<UserWrite> {
        let mut copies = if is_copied(&before.user.profile, after) {
            grid.copies_of(before.user.id).await?
        } else {
            Vec::new()
        };
        if copies.len() > MOST_COPIES {
            return Ok(UserWrite::TooManyCopies);
        }
        loop {
            let mut writes = vec![self.write_profile(before, after, password)?];
            let names = self.move_claim(before, [&before.user.profile, after].map(username_key))?;
            let emails = self.move_claim(before, [&before.user.profile, after].map(email_key))?;
            let (has_name, has_email) = (!names.is_empty(), !emails.is_empty());
            let (name_at, email_at) = (writes.len(), writes.len() + names.len());
            writes.extend(names);
            writes.extend(emails);
            let copies_at = writes.len();
            for copy in &copies {
                writes.push(grid.write_copy(copy, after)?);
            }
            let Transaction::Refused(failed) = self.0.transact(writes).await? else {
                return Ok(UserWrite::Written);
            };
            let taken = Taken {
                username: has_name && failed.contains(&name_at),
                email: has_email && failed.contains(&email_at),
            };
            if failed.contains(&0) {
                return Ok(UserWrite::Stale);
            }
            if taken.username || taken.email {
                return Ok(UserWrite::Taken(taken));
            }
            // These followings ended since they were read. None can have begun again unnoticed: the user counts that.
            let mut at = copies_at..;
            copies.retain(|_| at.next().is_some_and(|at| !failed.contains(&at)));
        }
    }

    fn write_profile(
        &self,
        before: &Account,
        after: &Profile,
        password: Option<&NewPassword>,
    ) -> Result<TransactWriteItem> {
        let mut set =
            "SET profile.username = :username, profile.email = :email, profile.first_name = :first, \
                       profile.last_name = :last, profile.time_zone = :zone, profile.#language = :language, \
                       version = version + :one"
                .to_owned();
        let mut holds = "version = :version AND followings = :followings".to_owned();
        let mut update = self
            .update_user(before.user.id)
            .expression_attribute_names("#language", "language")
            .expression_attribute_values(":username", s(after.username.as_str()))
            .expression_attribute_values(":email", s(after.email.as_str()))
            .expression_attribute_values(":first", s(&after.first_name))
            .expression_attribute_values(":last", s(&after.last_name))
            .expression_attribute_values(":zone", s(after.zone.name()))
            .expression_attribute_values(":language", s(after.language.code()))
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":version", n(before.user.version))
            .expression_attribute_values(":followings", n(before.followings));
        if let Some(password) = password {
            set.push_str(", password = :hash, sessions = :sessions");
            let id = password
                .spared
                .map(|session| session.to_string())
                .unwrap_or_default();
            let mut sessions = Item::new();
            if let Some(spared) = before.sessions.get(&id) {
                // It is written as it was read, so it must not have been refreshed meanwhile.
                let spared = AttributeValue::M(item(spared)?);
                holds.push_str(" AND sessions.#spared = :spared");
                update = update
                    .expression_attribute_names("#spared", &id)
                    .expression_attribute_values(":spared", spared.clone());
                sessions.insert(id, spared);
            }
            update = update
                .expression_attribute_values(":hash", s(&password.hash))
                .expression_attribute_values(":sessions", AttributeValue::M(sessions));
        }
        if password.is_some() || before.user.profile.email != after.email {
            // Codes that were mailed belong to the old password, and to whoever reads the old address.
            set.push_str(" REMOVE resets");
        }
        let update = update.update_expression(set).condition_expression(holds).build();
        Ok(TransactWriteItem::builder()
            .update(update.map_err(StoreError::unreadable)?)
            .build())
    }

    /// The new claim first, if the value is another one. The old one is the user's: their version says so.
    fn move_claim(&self, before: &Account, [old, new]: [Key; 2]) -> Result<Vec<TransactWriteItem>> {
        if old == new {
            return Ok(Vec::new());
        }
        let holder = before.user.id.to_string();
        Ok(vec![
            self.put_new(item(&claim(new, &holder))?, &holder)?,
            self.0.delete(old)?,
        ])
    }

    /// Counts that a user, as they were read, begins to follow a region: refused if they have changed since.
    pub(crate) fn count_following(&self, user: UserId, version: u64) -> Result<TransactWriteItem> {
        let update = self
            .update_user(user)
            .update_expression("ADD followings :one")
            .condition_expression("version = :version")
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":version", n(version))
            .build()
            .map_err(StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }
}

/// Whether followers' copies of the two profiles differ.
fn is_copied(before: &Profile, after: &Profile) -> bool {
    before.email != after.email
        || before.first_name != after.first_name
        || before.language != after.language
        || before.zone != after.zone
}

fn username_key(of: &Profile) -> Key {
    keys::username(&of.username.folded())
}

fn email_key(of: &Profile) -> Key {
    keys::email(&of.email.folded())
}
