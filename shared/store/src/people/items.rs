//! Users and groups as they lie in the table.

use std::collections::{BTreeMap, HashMap};

use kabar_domain::{
    Language, Zone,
    ids::{GroupId, UserId},
    people::{Email, Group, Profile, User, Username},
};
use serde::{Deserialize, Serialize};

use super::{Resets, Session, preferences::PreferencesItem};
use crate::{Result, StoreError, instant::Millis};

/// What the list index shows of a user: nothing secret.
#[derive(Serialize, Deserialize)]
pub(super) struct ListedUser {
    pub(super) version: u64,
    pub(super) profile: ProfileItem,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ProfileItem {
    pub(super) id: String,
    pub(super) username: String,
    pub(super) email: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) time_zone: String,
    pub(super) language: String,
    pub(super) is_superuser: bool,
    pub(super) groups: BTreeMap<String, String>,
    pub(super) date_joined: Millis,
}

#[derive(Serialize, Deserialize)]
pub(super) struct UserItem {
    pub(super) pk: String,
    pub(super) sk: String,
    pub(super) list_pk: String,
    pub(super) list_sk: String,
    /// Counts the writes of the profile, the groups in it included, and of the password by its owner. Sessions and
    /// followings come and go without it.
    pub(super) version: u64,
    pub(super) profile: ProfileItem,
    /// How often they began to follow a region, so that a change of the profile misses no copy of it.
    pub(super) followings: u64,
    pub(super) password: String,
    pub(super) sessions: HashMap<String, Session>,
    #[serde(default, skip_serializing_if = "HashMap::is_empty")]
    pub(super) resets: Resets,
    /// Absent while they want to be told everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) preferences: Option<PreferencesItem>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct GroupItem {
    pub(super) pk: String,
    pub(super) sk: String,
    pub(super) id: GroupId,
    pub(super) name: String,
    pub(super) members: u64,
    pub(super) version: u64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ClaimItem {
    pub(super) pk: String,
    pub(super) sk: String,
    /// What holds the value.
    pub(super) holder: String,
}

impl From<&User> for ProfileItem {
    fn from(user: &User) -> Self {
        let profile = &user.profile;
        Self {
            id: user.id.to_string(),
            username: profile.username.as_str().to_owned(),
            email: profile.email.as_str().to_owned(),
            first_name: profile.first_name.clone(),
            last_name: profile.last_name.clone(),
            time_zone: profile.zone.name().to_owned(),
            language: profile.language.code().to_owned(),
            is_superuser: user.is_superuser,
            groups: user
                .groups
                .iter()
                .map(|(id, name)| (id.to_string(), name.clone()))
                .collect(),
            date_joined: user.date_joined.into(),
        }
    }
}

impl ProfileItem {
    pub(super) fn into_user(self, version: u64) -> Result<User> {
        let group = |(id, name): (String, String)| -> Result<(GroupId, String)> {
            Ok((id.parse().map_err(StoreError::unreadable)?, name))
        };
        Ok(User {
            id: UserId::parse(&self.id).ok_or_else(|| StoreError::unreadable("a user id"))?,
            profile: Profile {
                username: Username::parse(&self.username)?,
                email: Email::parse(&self.email)?,
                first_name: self.first_name,
                last_name: self.last_name,
                zone: Zone::parse(&self.time_zone)?,
                language: Language::parse(&self.language)?,
            },
            is_superuser: self.is_superuser,
            groups: self.groups.into_iter().map(group).collect::<Result<_>>()?,
            date_joined: self.date_joined.into(),
            version,
        })
    }
}

impl From<GroupItem> for Group {
    fn from(item: GroupItem) -> Self {
        Self {
            id: item.id,
            name: item.name,
            version: item.version,
        }
    }
}
