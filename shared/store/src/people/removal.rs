use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    events::Removal,
    ids::{GroupId, UserId},
};

use super::{Account, People};
use crate::{Result, db::Transaction, db::n, events::Events, keys, writes::updated};

/// The most groups that fit a transaction beside the user, two claims and the removal.
const MOST_GROUPS: usize = 48;

/// What came of removing a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserRemoval {
    /// They are gone.
    Written,
    /// They are not as they were read any more.
    Stale,
    /// They are in more groups than one transaction can reach.
    TooManyGroups,
}

impl People {
    /// Removes a user who is still as they were read: with their sessions, their username and address, which others
    /// may have from now on, and their memberships. The same transaction begins the removal of what hangs on them
    /// elsewhere.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn remove_user(
        &self,
        account: &Account,
        events: &Events,
        now: Timestamp,
    ) -> Result<UserRemoval> {
        let user = &account.user;
        if user.groups.len() > MOST_GROUPS {
            return Ok(UserRemoval::TooManyGroups);
        }
        let mut writes = vec![
            self.0.delete_version(keys::user(user.id), user.version)?,
            self.0.delete(keys::username(&user.profile.username.folded()))?,
            self.0.delete(keys::email(&user.profile.email.folded()))?,
            events.begin_in(Removal::User(user.id), None, "", now)?,
        ];
        for (group, _) in &user.groups {
            writes.extend(self.leave(*group, user.id)?);
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => UserRemoval::Written,
            Transaction::Refused(_) => UserRemoval::Stale,
        })
    }

    /// The membership goes, and the group counts one less.
    fn leave(&self, group: GroupId, user: UserId) -> Result<[TransactWriteItem; 2]> {
        let count = self
            .0
            .update(keys::group(group))
            .update_expression("ADD members :by")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":by", n(-1));
        Ok([self.0.delete(keys::member(group, user))?, updated(count)?])
    }
}
