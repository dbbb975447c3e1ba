use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use kabar_domain::{
    ids::UserId,
    news::{Preferences, Topic},
    power::Channel,
};
use serde::{Deserialize, Serialize};

use super::People;
use crate::{
    Result, StoreError,
    db::{condition, item, n},
    keys,
};

#[derive(Default, Serialize, Deserialize)]
pub(super) struct PreferencesItem {
    version: u64,
    /// The channels by which somebody does not want to be told, by topic.
    silenced: BTreeMap<String, Vec<String>>,
}

impl From<&Preferences> for PreferencesItem {
    fn from(preferences: &Preferences) -> Self {
        let mut silenced: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (topic, channel) in preferences.silenced() {
            let channels = silenced.entry(topic.name().to_owned()).or_default();
            channels.push(channel.name().to_owned());
        }
        Self {
            version: preferences.version,
            silenced,
        }
    }
}

impl TryFrom<PreferencesItem> for Preferences {
    type Error = StoreError;

    fn try_from(item: PreferencesItem) -> Result<Self> {
        let mut silenced = Vec::new();
        for (topic, channels) in item.silenced {
            for channel in channels {
                silenced.push((Topic::parse(&topic)?, Channel::parse(&channel)?));
            }
        }
        Ok(Self::without(silenced, item.version))
    }
}

impl People {
    /// Writes what a user wants to be told, if it was last written as the version before. `false`: it was not, or the
    /// user is gone.
    ///
    /// They lie with the user and go with the user: no preference outlives its person.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn set_preferences(&self, user: UserId, after: &Preferences) -> Result<bool> {
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::user(user).attributes()))
            .update_expression("SET preferences = :after")
            .expression_attribute_values(":after", AttributeValue::M(item(&PreferencesItem::from(after))?));
        let update = match after.version.saturating_sub(1) {
            0 => update.condition_expression("attribute_exists(pk) AND attribute_not_exists(preferences)"),
            before => update
                .condition_expression("preferences.version = :before")
                .expression_attribute_values(":before", n(before)),
        };
        condition("UpdateItem", update.send().await)
    }

    /// What these users want to be told, as they last said. Those who never said anything, or are gone, are left out.
    /// One read for every hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn preferences(
        &self,
        users: impl IntoIterator<Item = UserId>,
    ) -> Result<HashMap<UserId, Preferences>> {
        #[derive(Deserialize)]
        struct Found {
            pk: String,
            #[serde(default)]
            preferences: Option<PreferencesItem>,
        }
        // Not the whole user, who comes with the hash of their password.
        let only = KeysAndAttributes::builder()
            .consistent_read(true)
            .projection_expression("pk, preferences");
        let keys = users.into_iter().map(keys::user).collect();
        let mut preferences = HashMap::new();
        for found in self.0.get_parts::<Found>(keys, only).await? {
            if let Some((user, said)) = keys::user_of(&found.pk).zip(found.preferences) {
                preferences.insert(user, said.try_into()?);
            }
        }
        Ok(preferences)
    }
}
