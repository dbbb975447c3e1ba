use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use jiff::Timestamp;
use kabar_domain::{ids::UserId, news::Notice, people::ASKING_WINDOW};
use serde::{Deserialize, Serialize};

use super::{Account, People};
use crate::{
    Result, StoreError,
    db::{Transaction, condition, item, n, s},
    instant::Millis,
    keys,
    keys::Key,
    notices::Notices,
};

/// A code for a new password that was mailed to the owner of an account. It lies with them under the hash of its
/// secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reset {
    /// When it was drawn, in milliseconds since 1970.
    pub drawn_at: i64,
    /// When it is no longer good, in milliseconds since 1970.
    pub expires_at: i64,
}

/// Codes by the hashes of their secrets.
pub type Resets = HashMap<String, Reset>;

/// Another request for a new password at one address, whoever has it.
#[derive(Clone, Copy, Debug)]
pub struct ResetRequest<'a> {
    /// The address, as a hash.
    pub whose: &'a str,
    /// The requests for it that are on record.
    pub before: &'a [Timestamp],
    /// Those that count with this one, which is the last.
    pub after: &'a [Timestamp],
}

#[derive(Serialize, Deserialize)]
struct RequestsItem {
    pk: String,
    sk: String,
    at: Vec<Millis>,
    /// For `DynamoDB`'s time to live: seconds.
    expires_at: i64,
}

impl People {
    /// When a new password was asked for at an address; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn reset_requests(&self, whose: &str) -> Result<Vec<Timestamp>> {
        let found: Option<RequestsItem> = self.0.get(keys::resets(whose)).await?;
        let at = found.map(|found| found.at).unwrap_or_default();
        Ok(at.into_iter().map(Timestamp::from).collect())
    }

    /// Counts a request and, for an address that `is_known`, writes its notice; for another one makes sure that the
    /// notice is not there, which asks the same tables for as many things and takes as long. `false`: another
    /// request was counted meanwhile.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn request_reset(
        &self,
        request: ResetRequest<'_>,
        notices: &Notices,
        notice: &Notice,
        is_known: bool,
    ) -> Result<bool> {
        let writes = vec![
            self.count_request(request)?,
            if is_known {
                notices.put(notice)?
            } else {
                notices.put_nothing(notice.id)?
            },
        ];
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => true,
            // A notice that is there was written, and counted, by an earlier try of the same request.
            Transaction::Refused(failed) => failed.contains(&1),
        })
    }

    fn count_request(&self, request: ResetRequest<'_>) -> Result<TransactWriteItem> {
        let Key { pk, sk } = keys::resets(request.whose);
        let last = request.after.last().copied().unwrap_or(Timestamp::UNIX_EPOCH);
        let counted = RequestsItem {
            pk,
            sk,
            at: request.after.iter().copied().map(Millis::from).collect(),
            expires_at: (last + ASKING_WINDOW).as_second(),
        };
        let put = Put::builder()
            .table_name(&self.0.table)
            .set_item(Some(item(&counted)?));
        let put = if request.before.is_empty() {
            put.condition_expression("attribute_not_exists(pk)")
        } else {
            let before = request.before.iter().map(|at| n(at.as_millisecond()));
            put.condition_expression("#at = :before")
                .expression_attribute_names("#at", "at")
                .expression_attribute_values(":before", AttributeValue::L(before.collect()))
        };
        let put = put.build().map_err(StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// Writes the codes of a user whose codes and address are still as they were read. `false`: they are not, or the
    /// user is gone.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn set_resets(&self, account: &Account, after: &Resets) -> Result<bool> {
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::user(account.user.id).attributes()))
            .update_expression("SET resets = :after")
            .expression_attribute_values(":email", s(account.user.profile.email.as_str()))
            .expression_attribute_values(":after", AttributeValue::M(item(after)?));
        let update = if account.resets.is_empty() {
            update.condition_expression("profile.email = :email AND attribute_not_exists(resets)")
        } else {
            update
                .condition_expression("profile.email = :email AND resets = :before")
                .expression_attribute_values(":before", AttributeValue::M(item(&account.resets)?))
        };
        condition("UpdateItem", update.send().await)
    }

    /// Trades a code for a new password: ends all sessions of the user, and all of their codes. `false`: the code is
    /// not good `now`.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn reset_password(
        &self,
        user: UserId,
        code_hash: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let result = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::user(user).attributes()))
            .update_expression("SET password = :password, sessions = :none REMOVE resets")
            .condition_expression("resets.#code.expires_at > :now")
            .expression_attribute_names("#code", code_hash)
            .expression_attribute_values(":password", s(password_hash))
            .expression_attribute_values(":none", AttributeValue::M(HashMap::new()))
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .send()
            .await;
        condition("UpdateItem", result)
    }
}
