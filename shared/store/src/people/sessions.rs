use std::collections::HashMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use kabar_domain::ids::{SessionId, UserId};
use serde::{Deserialize, Serialize};

use super::{Account, People, Try};
use crate::{
    Result, StoreError,
    db::{Transaction, condition, item, s},
    keys,
};

/// A login, as it lies with its user: looked up with them in one read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The hash of the one refresh token that is good now.
    pub secret_hash: String,
    /// When it ends unless refreshed, in seconds since 1970.
    pub expires_at: i64,
}

impl People {
    /// Opens a session for a try that was no failure and is not counted as one, and drops the sessions named in
    /// `ended`. `false`: the user is gone, or has another password since they were read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn open_session(
        &self,
        account: &Account,
        session: SessionId,
        value: &Session,
        ended: &[String],
        login: &Try,
    ) -> Result<bool> {
        let names: Vec<String> = (0..ended.len()).map(|i| format!("sessions.#e{i}")).collect();
        let remove = if names.is_empty() {
            String::new()
        } else {
            format!(" REMOVE {}", names.join(", "))
        };
        let mut update = self
            .update_user(account.user.id)
            .update_expression(format!("SET sessions.#new = :session{remove}"))
            .condition_expression("password = :verified")
            .expression_attribute_names("#new", session.to_string())
            .expression_attribute_values(":verified", s(&account.password_hash))
            .expression_attribute_values(
                ":session",
                aws_sdk_dynamodb::types::AttributeValue::M(item(value)?),
            );
        for (i, id) in ended.iter().enumerate() {
            update = update.expression_attribute_names(format!("#e{i}"), id);
        }
        let update = update.build().map_err(StoreError::unreadable)?;
        let mut writes = vec![TransactWriteItem::builder().update(update).build()];
        writes.extend(self.give_back(login)?);
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Replaces a session's token, if `old_hash` is still the good one. `false`: it is not. Doing the very same again
    /// is no error, for a client that got no answer asks twice.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn rotate_session(
        &self,
        user: UserId,
        session: SessionId,
        old_hash: &str,
        value: &Session,
    ) -> Result<bool> {
        let result = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::user(user).attributes()))
            .update_expression("SET sessions.#id = :session")
            .condition_expression("sessions.#id.secret_hash IN (:old, :new)")
            .expression_attribute_names("#id", session.to_string())
            .expression_attribute_values(
                ":session",
                aws_sdk_dynamodb::types::AttributeValue::M(item(value)?),
            )
            .expression_attribute_values(":old", s(old_hash))
            .expression_attribute_values(":new", s(&value.secret_hash))
            .send()
            .await;
        condition("UpdateItem", result)
    }

    /// Ends a session, or all of the user's. Ending what has ended is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn end_sessions(&self, user: UserId, only: Option<SessionId>) -> Result<()> {
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::user(user).attributes()))
            .condition_expression("attribute_exists(pk)");
        let update = match only {
            Some(session) => update
                .update_expression("REMOVE sessions.#id")
                .expression_attribute_names("#id", session.to_string()),
            None => update
                .update_expression("SET sessions = :none")
                .expression_attribute_values(
                    ":none",
                    aws_sdk_dynamodb::types::AttributeValue::M(HashMap::new()),
                ),
        };
        condition("UpdateItem", update.send().await).map(drop)
    }
}
