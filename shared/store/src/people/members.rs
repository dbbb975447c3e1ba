use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use kabar_domain::{
    ids::{GroupId, UserId},
    people::Group,
};
use serde::Deserialize;

use super::People;
use crate::{
    Result, StoreError,
    db::{Transaction, n, s},
    keys,
};

/// What came of putting a person into a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assigned {
    /// They are in it now.
    Now,
    /// They were in it already.
    Before,
    /// There is no such user.
    NoUser,
    /// There is no such group, or it changed meanwhile.
    NoGroup,
}

impl People {
    /// Puts a person into a group: the membership, the group's count of members and the group's name on the
    /// person, by which roles are looked up in the read of the person alone.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_member(&self, group: &Group, user: UserId) -> Result<Assigned> {
        let shown = self
            .update_user(user)
            .update_expression("SET profile.groups.#id = :name, version = version + :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#id", group.id.to_string())
            .expression_attribute_values(":name", s(&group.name))
            .expression_attribute_values(":one", n(1))
            .build()
            .map_err(StoreError::unreadable)?;
        let writes = vec![
            self.0.put_new(keys::member(group.id, user).attributes())?,
            TransactWriteItem::builder().update(shown).build(),
            self.count_members(group, 1)?,
        ];
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => Assigned::Now,
            Transaction::Refused(failed) if failed.contains(&1) => Assigned::NoUser,
            Transaction::Refused(failed) if failed.contains(&2) => Assigned::NoGroup,
            Transaction::Refused(_) => Assigned::Before,
        })
    }

    /// Takes a person out of a group. `false`: they were not in it.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_member(&self, group: &Group, user: UserId) -> Result<bool> {
        let hidden = self
            .update_user(user)
            .update_expression("REMOVE profile.groups.#id SET version = version + :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#id", group.id.to_string())
            .expression_attribute_values(":one", n(1))
            .build()
            .map_err(StoreError::unreadable)?;
        let writes = vec![
            self.0.delete_there(keys::member(group.id, user))?,
            TransactWriteItem::builder().update(hidden).build(),
            self.count_members(group, -1)?,
        ];
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Writes a group's new name on a member. Nothing happens to one who has left.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn show_group_name(&self, group: &Group, user: UserId) -> Result<()> {
        let update = self
            .update_user(user)
            .update_expression("SET profile.groups.#id = :name, version = version + :one")
            .condition_expression("attribute_exists(profile.groups.#id)")
            .expression_attribute_names("#id", group.id.to_string())
            .expression_attribute_values(":name", s(&group.name))
            .expression_attribute_values(":one", n(1))
            .build()
            .map_err(StoreError::unreadable)?;
        self.0
            .transact(vec![TransactWriteItem::builder().update(update).build()])
            .await
            .map(drop)
    }

    /// Members of a group after the one given, in order of id; at most a hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn members(&self, group: GroupId, after: Option<UserId>) -> Result<Vec<UserId>> {
        #[derive(Deserialize)]
        struct Found {
            sk: String,
        }
        let last_seen = after.map_or_else(|| keys::MEMBER.to_owned(), |user| keys::member(group, user).sk);
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :group AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":group", s(keys::members(group)))
            .expression_attribute_values(":first", s(format!("{last_seen}!")))
            .expression_attribute_values(":last", s(format!("{}~", keys::MEMBER)))
            .consistent_read(true)
            .limit(100);
        let found: Vec<Found> = self.0.rows(query).await?;
        Ok(found.iter().filter_map(|m| keys::member_of(&m.sk)).collect())
    }

    /// Holds a transaction to a person's being there.
    pub(crate) fn check_user(&self, user: UserId) -> Result<TransactWriteItem> {
        self.0.check_there(keys::user(user))
    }

    fn count_members(&self, group: &Group, by: i8) -> Result<TransactWriteItem> {
        let update = Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::group(group.id).attributes()))
            .update_expression("ADD members :by")
            .condition_expression("#name = :name")
            .expression_attribute_names("#name", "name")
            .expression_attribute_values(":name", s(&group.name))
            .expression_attribute_values(":by", n(by))
            .build()
            .map_err(StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }
}
