use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use kabar_domain::{
    ids::{RegionId, UserId},
    people::Profile,
    power::{Channel, Following},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::{Grid, followers::FollowingItem};
use crate::{Result, StoreError, db::s, keys, keys::Key};

/// A region that somebody follows.
#[derive(Deserialize)]
struct Followed {
    region: String,
    row: String,
    channels: Vec<String>,
}

impl Grid {
    /// The regions that a person follows; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn followed_by(&self, user: UserId) -> Result<Vec<RegionId>> {
        let found: Vec<Followed> = self.followed(user).await?;
        Ok(found
            .iter()
            .filter_map(|one| RegionId::parse(&one.region))
            .collect())
    }

    /// The same, with how they are told and since when; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn followings_of(&self, user: UserId) -> Result<Vec<Following>> {
        let found: Vec<FollowingItem> = self.followed(user).await?;
        found.into_iter().map(Following::try_from).collect()
    }

    /// Where copies of a person's profile stand.
    pub(crate) async fn copies_of(&self, user: UserId) -> Result<Vec<Key>> {
        let copy = |one: Followed| {
            let region = RegionId::parse(&one.region).ok_or_else(|| StoreError::unreadable("a following"))?;
            Ok(Key {
                pk: keys::followers(region),
                sk: one.row,
            })
        };
        let followed = self.followed::<Followed>(user).await?.into_iter();
        // What is told otherwise than by mail has no copy of a profile.
        let by_mail = followed.filter(|one| {
            one.channels
                .iter()
                .any(|channel| channel == Channel::Email.name())
        });
        by_mail.map(copy).collect()
    }

    async fn followed<T: DeserializeOwned>(&self, user: UserId) -> Result<Vec<T>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :user AND begins_with(sk, :follows)")
            .expression_attribute_values(":user", s(keys::followings(user)))
            .expression_attribute_values(":follows", s(keys::FOLLOWS))
            .consistent_read(true);
        self.0.all_rows(query).await
    }

    /// Brings a follower up to date, unless they follow no more.
    ///
    /// The row stays where it is: a planner that cuts pages in the order of rows would meet a moved one twice, or
    /// never. Language and zone stand in its key, and beside it when they are others by now.
    pub(crate) fn write_copy(&self, copy: &Key, profile: &Profile) -> Result<TransactWriteItem> {
        let (language, zone, _) =
            keys::follower_of(&copy.sk).ok_or_else(|| StoreError::unreadable("a follower's key"))?;
        let mut update = Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(copy.clone().attributes()))
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#language", "language")
            .expression_attribute_names("#zone", "time_zone")
            .expression_attribute_values(":email", s(profile.email.as_str()))
            .expression_attribute_values(":first", s(&profile.first_name));
        let (mut set, mut remove) = (vec!["email = :email", "first_name = :first"], Vec::new());
        if profile.language == language {
            remove.push("#language");
        } else {
            set.push("#language = :language");
            update = update.expression_attribute_values(":language", s(profile.language.code()));
        }
        if profile.zone == zone {
            remove.push("#zone");
        } else {
            set.push("#zone = :zone");
            update = update.expression_attribute_values(":zone", s(profile.zone.name()));
        }
        let mut expression = format!("SET {}", set.join(", "));
        if !remove.is_empty() {
            expression.push_str(&format!(" REMOVE {}", remove.join(", ")));
        }
        let update = update.update_expression(expression).build();
        Ok(TransactWriteItem::builder()
            .update(update.map_err(StoreError::unreadable)?)
            .build())
    }
}
