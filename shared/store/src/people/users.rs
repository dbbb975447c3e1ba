use std::collections::HashMap;

use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use kabar_domain::{
    ids::UserId,
    news::Preferences,
    people::{Email, User, Username},
};

use super::{
    People, Resets, Session,
    items::{ClaimItem, ListedUser, ProfileItem, UserItem},
};
use crate::{
    List, Result, StoreError, Window,
    db::{Item, Transaction, condition, item, s},
    keys,
    keys::Key,
};

/// A user with what proves that they are it.
#[derive(Debug)]
pub struct Account {
    /// Who.
    pub user: User,
    /// The hash of their password, as a PHC string.
    pub password_hash: String,
    /// Their logins by id.
    pub sessions: HashMap<String, Session>,
    /// The codes for a new password that they were mailed.
    pub resets: Resets,
    /// How often they began to follow a region.
    pub followings: u64,
    /// What they want to be told.
    pub preferences: Preferences,
}

/// Which of a user's unique values somebody else has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The username.
    pub username: bool,
    /// The email address.
    pub email: bool,
}

impl People {
    /// Adds a user whose username and address nobody else has. Adding the very same user again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_user(&self, user: &User, password_hash: &str) -> Result<std::result::Result<(), Taken>> {
        let holder = user.id.to_string();
        let account = UserItem {
            pk: keys::user(user.id).pk,
            sk: keys::user(user.id).sk,
            list_pk: keys::USERS.to_owned(),
            list_sk: holder.clone(),
            version: user.version,
            profile: user.into(),
            followings: 0,
            password: password_hash.to_owned(),
            sessions: HashMap::new(),
            resets: Resets::new(),
            preferences: None,
        };
        let username = keys::username(&user.profile.username.folded());
        let email = keys::email(&user.profile.email.folded());
        let writes = vec![
            self.put_new(item(&account)?, &holder)?,
            self.put_new(item(&claim(username, &holder))?, &holder)?,
            self.put_new(item(&claim(email, &holder))?, &holder)?,
        ];
        match self.0.transact(writes).await? {
            Transaction::Written => Ok(Ok(())),
            // Only the user itself was refused: an earlier try of the same request added it.
            Transaction::Refused(failed) if failed == [0] => Ok(Ok(())),
            Transaction::Refused(failed) => Ok(Err(Taken {
                username: failed.contains(&1),
                email: failed.contains(&2),
            })),
        }
    }

    /// A put of an item that is not there, or is there already from an earlier try of the same person.
    pub(super) fn put_new(&self, item: Item, holder: &str) -> Result<TransactWriteItem> {
        let put = Put::builder()
            .table_name(&self.0.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR holder = :holder")
            .expression_attribute_values(":holder", s(holder))
            .build()
            .map_err(StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// A user with password hash and sessions; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn account(&self, id: UserId) -> Result<Option<Account>> {
        let found: Option<UserItem> = self.0.get(keys::user(id)).await?;
        found
            .map(|item| {
                let user = item.profile.into_user(item.version)?;
                Ok(Account {
                    user,
                    password_hash: item.password,
                    sessions: item.sessions,
                    resets: item.resets,
                    followings: item.followings,
                    preferences: item.preferences.unwrap_or_default().try_into()?,
                })
            })
            .transpose()
    }

    /// These users, as the last writes left them; one read for every hundred. Those that are gone are left out.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn users_by_id(&self, ids: impl IntoIterator<Item = UserId>) -> Result<Vec<User>> {
        #[derive(serde::Deserialize)]
        struct Found {
            profile: ProfileItem,
            version: u64,
        }
        let keys = ids.into_iter().map(keys::user).collect();
        let found: Vec<Found> = self.0.get_many(keys, true).await?;
        found
            .into_iter()
            .map(|found| found.profile.into_user(found.version))
            .collect()
    }

    /// Who has this username, if anybody; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn user_named(&self, username: &Username) -> Result<Option<UserId>> {
        self.user_called(Some(username), None).await
    }

    /// Who has this username, or if nobody has it, this address; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn user_called(
        &self,
        username: Option<&Username>,
        email: Option<&Email>,
    ) -> Result<Option<UserId>> {
        let username = username.map(|name| keys::username(&name.folded()));
        let email = email.map(|email| keys::email(&email.folded()));
        let wanted: Vec<Key> = username.into_iter().chain(email).collect();
        let found: Vec<ClaimItem> = self.0.get_many(wanted.clone(), true).await?;
        let holder = |key: &Key| found.iter().find(|claim| claim.pk == key.pk);
        let claim = wanted.iter().find_map(holder);
        Ok(claim.and_then(|claim| UserId::parse(&claim.holder)))
    }

    /// Users, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn users(&self, window: &Window) -> Result<List<User>> {
        let key_of = |sort: &str| Some(keys::user(UserId::parse(sort)?));
        let listed = self
            .0
            .list(keys::USERS, window, key_of, |user: &ListedUser| {
                user.profile.id.clone()
            })
            .await?;
        let entries = listed
            .entries
            .into_iter()
            .map(|u| u.profile.into_user(u.version))
            .collect::<Result<_>>()?;
        Ok(List {
            entries,
            next: listed.next,
        })
    }

    /// Gives a user a new password and ends all their sessions and codes. Nothing happens to one who is not there.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn set_password(&self, id: UserId, password_hash: &str) -> Result<bool> {
        let result = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::user(id).attributes()))
            .update_expression("SET password = :hash, sessions = :none REMOVE resets")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":hash", s(password_hash))
            .expression_attribute_values(
                ":none",
                aws_sdk_dynamodb::types::AttributeValue::M(HashMap::new()),
            )
            .send()
            .await;
        condition("UpdateItem", result)
    }

    pub(super) fn update_user(&self, id: UserId) -> aws_sdk_dynamodb::types::builders::UpdateBuilder {
        Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::user(id).attributes()))
    }
}

pub(super) fn claim(key: Key, holder: &str) -> ClaimItem {
    ClaimItem {
        pk: key.pk,
        sk: key.sk,
        holder: holder.to_owned(),
    }
}
