use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::People;
use crate::{
    Result, StoreError,
    db::{condition, item, n},
    instant::Millis,
    keys,
};

/// For how long an idempotency key is remembered (SPEC §1).
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// After this long without an answer, whoever had the key is taken for dead: longer than any request may run.
const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// What was answered to a request with an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body, as it was sent.
    pub body: String,
}

/// The first use of an idempotency key, or what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Go on, with chance drawn from this seed and this as the time, so that a second try after a crash makes the
    /// very same things.
    Go {
        /// What ids and salts are drawn from.
        seed: String,
        /// The time of the first try.
        at: Timestamp,
    },
    /// It was answered before.
    Answered(StoredAnswer),
    /// It is being worked on.
    Running,
    /// It was used for another request.
    OtherRequest,
}

/// An idempotency key and what it was used for.
pub struct Answer<'a> {
    /// Who used it for what: a hash.
    pub scope: &'a str,
    /// The hash of the request's body.
    pub request: &'a str,
}

#[derive(Serialize, Deserialize)]
struct AnswerItem {
    pk: String,
    sk: String,
    request: String,
    seed: String,
    at: Millis,
    leased_until: Millis,
    /// For `DynamoDB`'s time to live: seconds.
    expires_at: i64,
    answer: Option<StoredAnswer>,
}

impl People {
    /// Begins to work on a request with an idempotency key.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn begin(&self, key: &Answer<'_>, seed: &str, now: Timestamp) -> Result<Begun> {
        let keys::Key { pk, sk } = keys::answer(key.scope);
        let fresh = AnswerItem {
            pk,
            sk,
            request: key.request.to_owned(),
            seed: seed.to_owned(),
            at: now.into(),
            leased_until: (now + LEASE).into(),
            expires_at: (now + REMEMBERED).as_second(),
            answer: None,
        };
        let put = self
            .0
            .client
            .put_item()
            .table_name(&self.0.table)
            .set_item(Some(item(&fresh)?))
            .condition_expression("attribute_not_exists(pk) OR expires_at < :now")
            .expression_attribute_values(":now", n(now.as_second()))
            .send()
            .await;
        if condition("PutItem", put)? {
            return Ok(Begun::Go {
                seed: fresh.seed,
                at: now,
            });
        }
        let Some(found) = self.0.get::<AnswerItem>(keys::answer(key.scope)).await? else {
            return Ok(Begun::Running);
        };
        if found.request != key.request {
            return Ok(Begun::OtherRequest);
        }
        match found.answer {
            Some(answer) => Ok(Begun::Answered(answer)),
            None => {
                self.take_over(key, found.seed, found.at.into(), found.leased_until, now)
                    .await
            }
        }
    }

    async fn take_over(
        &self,
        key: &Answer<'_>,
        seed: String,
        at: Timestamp,
        leased_until: Millis,
        now: Timestamp,
    ) -> Result<Begun> {
        if Timestamp::from(leased_until) > now {
            return Ok(Begun::Running);
        }
        let until = serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value;
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::answer(key.scope).attributes()))
            .update_expression("SET leased_until = :until")
            .condition_expression("leased_until = :dead")
            .expression_attribute_values(
                ":until",
                until(Millis::from(now + LEASE)).map_err(StoreError::unreadable)?,
            )
            .expression_attribute_values(":dead", until(leased_until).map_err(StoreError::unreadable)?)
            .send()
            .await;
        let is_mine = condition("UpdateItem", update)?;
        Ok(if is_mine {
            Begun::Go { seed, at }
        } else {
            Begun::Running
        })
    }

    /// Remembers what was answered.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remember(&self, scope: &str, answer: &StoredAnswer) -> Result<()> {
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::answer(scope).attributes()))
            .update_expression("SET answer = :answer")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(
                ":answer",
                aws_sdk_dynamodb::types::AttributeValue::M(item(answer)?),
            );
        condition("UpdateItem", update.send().await).map(drop)
    }

    /// Forgets a key whose request failed through no fault of its own, so that it can be tried again at once.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn forget(&self, scope: &str) -> Result<()> {
        let delete = self
            .0
            .client
            .delete_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::answer(scope).attributes()));
        delete
            .send()
            .await
            .map_err(StoreError::unavailable("DeleteItem"))
            .map(drop)
    }
}
