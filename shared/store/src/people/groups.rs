use aws_sdk_dynamodb::types::{Delete, ReturnValue, TransactWriteItem, Update};
use kabar_domain::{
    ids::GroupId,
    people::{Group, GroupName},
};
use serde::Deserialize;

use super::{People, items::GroupItem, users::claim};
use crate::{
    List, Result, StoreError, Window,
    db::{Transaction, item, n, read, s},
    keys,
    keys::Key,
};

impl People {
    /// Adds a group. Nothing: the name is taken.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_group(&self, name: &GroupName) -> Result<Option<Group>> {
        let id = self.next_group_id().await?;
        let Key { pk, sk } = keys::group(id);
        let group = GroupItem {
            pk,
            sk,
            id,
            name: name.as_str().to_owned(),
            members: 0,
            version: 1,
        };
        let writes = vec![self.0.put_new(item(&group)?)?, self.claim_group_name(name, id)?];
        let written = self.0.transact(writes).await? == Transaction::Written;
        Ok(written.then(|| group.into()))
    }

    /// Numbers are never used again; a number taken by a refused name is lost, which harms nobody.
    async fn next_group_id(&self) -> Result<GroupId> {
        #[derive(Deserialize)]
        struct Counter {
            value: GroupId,
        }
        let answer = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::group_counter().attributes()))
            .update_expression("ADD #value :one")
            .expression_attribute_names("#value", "value")
            .expression_attribute_values(":one", n(1))
            .return_values(ReturnValue::UpdatedNew)
            .send()
            .await
            .map_err(StoreError::unavailable("UpdateItem"))?;
        let counter: Counter = read(answer.attributes.unwrap_or_default())?;
        Ok(counter.value)
    }

    /// A group; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn group(&self, id: GroupId) -> Result<Option<Group>> {
        let found: Option<GroupItem> = self.0.get(keys::group(id)).await?;
        Ok(found.map(Group::from))
    }

    /// Groups, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn groups(&self, window: &Window) -> Result<List<Group>> {
        let before = window
            .after
            .as_deref()
            .and_then(|id| id.parse().ok())
            .unwrap_or(GroupId::MAX);
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :groups AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":groups", s(keys::GROUPS))
            .expression_attribute_values(":first", s(keys::group(0).sk))
            .expression_attribute_values(":last", s(keys::group(before.saturating_sub(1)).sk))
            .scan_index_forward(false)
            .limit(i32::from(window.limit) + 1);
        let mut found: Vec<GroupItem> = self.0.rows(query).await?;
        let goes_on = found.len() > usize::from(window.limit);
        found.truncate(usize::from(window.limit));
        let next = found.last().filter(|_| goes_on).map(|group| group.id.to_string());
        Ok(List {
            entries: found.into_iter().map(Group::from).collect(),
            next,
        })
    }

    /// Gives a group another name, if it is still the one that was read. `None`: it is not; `false`: the name is taken.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn rename_group(&self, group: &Group, name: &GroupName) -> Result<Option<bool>> {
        let update = Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::group(group.id).attributes()))
            .update_expression("SET #name = :name, version = version + :one")
            .condition_expression("version = :version")
            .expression_attribute_names("#name", "name")
            .expression_attribute_values(":name", s(name.as_str()))
            .expression_attribute_values(":version", n(group.version))
            .expression_attribute_values(":one", n(1))
            .build()
            .map_err(StoreError::unreadable)?;
        let writes = vec![
            TransactWriteItem::builder().update(update).build(),
            self.claim_group_name(name, group.id)?,
            self.0.delete(keys::group_name(&group.name))?,
        ];
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => Some(true),
            Transaction::Refused(failed) if failed.contains(&0) => None,
            Transaction::Refused(_) => Some(false),
        })
    }

    /// Removes a group that has no members left. `false`: it has changed, or somebody is in it again.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_empty_group(&self, group: &Group) -> Result<bool> {
        let delete = Delete::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::group(group.id).attributes()))
            .condition_expression("#name = :name AND members = :none")
            .expression_attribute_names("#name", "name")
            .expression_attribute_values(":name", s(&group.name))
            .expression_attribute_values(":none", n(0))
            .build()
            .map_err(StoreError::unreadable)?;
        let writes = vec![
            TransactWriteItem::builder().delete(delete).build(),
            self.0.delete(keys::group_name(&group.name))?,
        ];
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    fn claim_group_name(&self, name: &GroupName, id: GroupId) -> Result<TransactWriteItem> {
        self.0
            .put_new(item(&claim(keys::group_name(name.as_str()), &id.to_string()))?)
    }
}
