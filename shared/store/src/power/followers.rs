use aws_sdk_dynamodb::types::{ConditionCheck, TransactWriteItem};
use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    ids::{RegionId, UserId},
    news::{Addressee, Reader, Recipient},
    people::{Email, User},
    power::{Channel, Following},
};
use serde::{Deserialize, Serialize};

use super::Grid;
use crate::{
    List, Result, StoreError, Window,
    db::{Transaction, item, s},
    instant::Millis,
    keys,
    keys::Key,
    people::People,
};

/// A person's side of it: found by person and region, listed by region.
#[derive(Serialize, Deserialize)]
pub(super) struct FollowingItem {
    pk: String,
    sk: String,
    list_pk: String,
    list_sk: String,
    region: String,
    user: String,
    channels: Vec<String>,
    since: Millis,
    /// Where the other side stands.
    row: String,
}

/// The region's side of it: what a sender needs, in the order in which pages are cut.
#[derive(Serialize, Deserialize)]
struct FollowerItem {
    pk: String,
    sk: String,
    email: String,
    first_name: String,
    /// Absent on the oldest rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<Millis>,
    /// What they read now, if that is not what the key says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    /// Where their clock stands now, if that is not where the key says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
}

/// What came of following a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// They follow it now.
    Now,
    /// They followed it before.
    Before,
    /// There is no such region.
    NoRegion,
    /// The person has changed since they were read, or is gone.
    Stale,
}

/// A follower as planning reads them, with their place in the audience.
#[derive(Clone, Debug)]
pub struct FollowerRow {
    /// Where to go on reading after this one.
    pub cursor: String,
    /// Who it is.
    pub reader: Reader,
}

/// A stretch of an audience: the people of a page, and perhaps others that came between them since.
#[derive(Clone, Debug)]
pub struct Stretch<'a> {
    /// The region they follow.
    pub region: RegionId,
    /// What they read.
    pub language: Language,
    /// Where their clocks stand.
    pub zone: &'a Zone,
    /// The first of them.
    pub first: UserId,
    /// The last of them.
    pub last: UserId,
    /// Only those who began to follow by then.
    pub by: Option<Timestamp>,
}

impl Grid {
    /// Makes a person a follower, with a copy of what it takes to reach them, if they are still as they were read.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn follow(&self, following: &Following, person: &User, people: &People) -> Result<Followed> {
        let profile = &person.profile;
        let row = keys::follower(
            following.region,
            profile.language,
            profile.zone.name(),
            following.user,
        );
        let Key { pk, sk } = keys::following(following.user, following.region);
        let mine = FollowingItem {
            pk,
            sk,
            list_pk: keys::followers(following.region),
            list_sk: keys::since(following.since, following.user),
            region: following.region.to_string(),
            user: following.user.to_string(),
            channels: following
                .channels
                .iter()
                .map(|channel| channel.name().to_owned())
                .collect(),
            since: following.since.into(),
            row: row.sk.clone(),
        };
        let theirs = FollowerItem {
            pk: row.pk,
            sk: row.sk,
            email: profile.email.as_str().to_owned(),
            first_name: profile.first_name.clone(),
            since: Some(following.since.into()),
            language: None,
            time_zone: None,
        };
        let check = ConditionCheck::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::region(following.region).attributes()))
            .condition_expression("attribute_exists(list_pk)")
            .build()
            .map_err(StoreError::unreadable)?;
        let mut writes = vec![
            TransactWriteItem::builder().condition_check(check).build(),
            self.0.put_new(item(&mine)?)?,
            people.count_following(following.user, person.version)?,
        ];
        for channel in &following.channels {
            writes.extend(match channel {
                Channel::Email => Some(self.0.put(item(&theirs)?)?),
                Channel::Telegram => {
                    let row = keys::telegram_follower(following.region, following.user);
                    Some(self.0.put(row.attributes())?)
                }
                Channel::Sms => None,
            });
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => Followed::Now,
            Transaction::Refused(failed) if failed.contains(&0) => Followed::NoRegion,
            Transaction::Refused(failed) if failed.contains(&1) => Followed::Before,
            Transaction::Refused(_) => Followed::Stale,
        })
    }

    /// Whether and since when a person follows a region; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn following(&self, user: UserId, region: RegionId) -> Result<Option<Following>> {
        let found: Option<FollowingItem> = self.0.get(keys::following(user, region)).await?;
        found.map(Following::try_from).transpose()
    }

    /// How those of these people follow a region who do; one read for each hundred of them.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn followings_among(&self, region: RegionId, people: &[UserId]) -> Result<Vec<Following>> {
        let rows = people.iter().map(|user| keys::following(*user, region));
        let found: Vec<FollowingItem> = self.0.get_many(rows.collect(), true).await?;
        found.into_iter().map(Following::try_from).collect()
    }

    /// Ends a following. `false`: there was none.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn unfollow(&self, user: UserId, region: RegionId) -> Result<bool> {
        let Some(found) = self.0.get::<FollowingItem>(keys::following(user, region)).await? else {
            return Ok(false);
        };
        let row = Key {
            pk: keys::followers(region),
            sk: found.row,
        };
        let writes = vec![
            self.0.delete_there(keys::following(user, region))?,
            self.0.delete(row)?,
            self.0.delete(keys::telegram_follower(region, user))?,
        ];
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Followers of a region, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn followings(&self, region: RegionId, window: &Window) -> Result<List<Following>> {
        let key_of = |sort: &str| Some(keys::following(keys::since_of(sort)?, region));
        let sort_of = |item: &FollowingItem| item.list_sk.clone();
        let listed = self
            .0
            .list(&keys::followers(region), window, key_of, sort_of)
            .await?;
        let entries = listed
            .entries
            .into_iter()
            .map(Following::try_from)
            .collect::<Result<_>>()?;
        Ok(List {
            entries,
            next: listed.next,
        })
    }

    /// The next followers of a region in the order in which pages are cut, and whether they are the last.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn followers_after(
        &self,
        region: RegionId,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<(Vec<FollowerRow>, bool)> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :followers AND sk > :cursor")
            .expression_attribute_values(":followers", s(keys::followers(region)))
            .expression_attribute_values(":cursor", s(cursor.unwrap_or(" ")))
            .limit(i32::from(limit));
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let is_last = answer.last_evaluated_key.is_none();
        let rows: Vec<FollowerItem> = answer
            .items
            .unwrap_or_default()
            .into_iter()
            .map(crate::db::read)
            .collect::<Result<_>>()?;
        let read = |row: FollowerItem| -> Result<FollowerRow> {
            let (language, zone, user) = parts(&row.sk)?;
            Ok(FollowerRow {
                cursor: row.sk,
                reader: Reader {
                    to: Addressee::User(user),
                    language,
                    zone,
                },
            })
        };
        Ok((rows.into_iter().map(read).collect::<Result<_>>()?, is_last))
    }

    /// The followers on a stretch, with what it takes to reach them now; one read, unless thousands came between them.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn followers_on(&self, stretch: &Stretch<'_>) -> Result<Vec<Recipient>> {
        let at = |user| keys::follower_sk(stretch.language, stretch.zone.name(), user);
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :followers AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":followers", s(keys::followers(stretch.region)))
            .expression_attribute_values(":first", s(at(stretch.first)))
            .expression_attribute_values(":last", s(at(stretch.last)));
        let rows: Vec<FollowerItem> = self.0.all_rows(query).await?;
        let read = |row: FollowerItem| -> Result<Recipient> {
            let (language, zone, user) = parts(&row.sk)?;
            let (their_language, their_zone) = (row.language.as_deref(), row.time_zone.as_deref());
            Ok(Recipient {
                to: Addressee::User(user),
                email: Some(Email::parse(&row.email)?),
                phone: None,
                first_name: row.first_name,
                language: their_language.map_or(Ok(language), Language::parse)?,
                zone: their_zone.map_or(Ok(zone), Zone::parse)?,
            })
        };
        let is_in_time = |row: &FollowerItem| match (stretch.by, row.since) {
            (Some(by), Some(since)) => Timestamp::from(since) <= by,
            _ => true,
        };
        rows.into_iter().filter(is_in_time).map(read).collect()
    }
}

fn parts(sk: &str) -> Result<(Language, Zone, UserId)> {
    keys::follower_of(sk).ok_or_else(|| StoreError::unreadable("a follower's key"))
}

impl TryFrom<FollowingItem> for Following {
    type Error = StoreError;

    fn try_from(item: FollowingItem) -> Result<Self> {
        let unreadable = || StoreError::unreadable("a following");
        Ok(Self {
            region: RegionId::parse(&item.region).ok_or_else(unreadable)?,
            user: UserId::parse(&item.user).ok_or_else(unreadable)?,
            channels: item
                .channels
                .iter()
                .map(|channel| Channel::parse(channel).map_err(StoreError::from))
                .collect::<Result<_>>()?,
            since: Timestamp::from(item.since),
        })
    }
}
