use kabar_domain::{
    ids::GroupId,
    people::{Group, GroupName},
};
use kabar_store::{List, Window};

use crate::{App, Expected, Failure, Result};

const NAME_TAKEN: &str = "A group with this name exists.";

impl App {
    /// Adds a group.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when its name is taken.
    pub async fn add_group(&self, name: &GroupName) -> Result<Group> {
        self.people
            .add_group(name)
            .await?
            .ok_or_else(|| Failure::field("name", NAME_TAKEN))
    }

    /// A group.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn group(&self, id: GroupId) -> Result<Group> {
        self.people.group(id).await?.ok_or(Failure::NotFound)
    }

    /// All groups, the newest first.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn groups(&self, window: &Window) -> Result<List<Group>> {
        Ok(self.people.groups(window).await?)
    }

    /// Gives a group another name, and with it its members other roles. The name is written on each member before
    /// this answers; if it dies half-way, the same request again finishes it.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::Changed`], or [`Failure::Invalid`] when the name is taken.
    pub async fn rename_group(&self, id: GroupId, expected: Expected, name: &GroupName) -> Result<Group> {
        let before = self.group(id).await?;
        expected.check(before.version)?;
        let mut group = before.clone();
        if before.name != name.as_str() {
            match self.people.rename_group(&before, name).await? {
                None => return Err(Failure::Changed),
                Some(false) => return Err(Failure::field("name", NAME_TAKEN)),
                Some(true) => {
                    name.as_str().clone_into(&mut group.name);
                    group.version += 1;
                }
            }
        }
        let mut last = None;
        loop {
            let members = self.people.members(id, last).await?;
            for &user in &members {
                self.people.show_group_name(&group, user).await?;
            }
            last = members.last().copied();
            if last.is_none() {
                return Ok(group);
            }
        }
    }

    /// Removes a group; first each member leaves it. If it dies half-way, the same request again finishes it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::Changed`].
    pub async fn remove_group(&self, id: GroupId, expected: Expected) -> Result<()> {
        let group = self.group(id).await?;
        expected.check(group.version)?;
        loop {
            let members = self.people.members(id, None).await?;
            for &user in &members {
                self.people.remove_member(&group, user).await?;
            }
            if members.is_empty() {
                break;
            }
        }
        if self.people.remove_empty_group(&group).await? {
            Ok(())
        } else {
            Err(Failure::Changed)
        }
    }
}
