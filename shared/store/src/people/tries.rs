use aws_sdk_dynamodb::types::{TransactWriteItem, Update, builders::UpdateBuilder};
use kabar_domain::people::{MOST_TRIES, TryWindow};

use super::People;
use crate::{
    Result, StoreError,
    db::{Transaction, n},
    keys,
};

/// A login that is being tried, as it is counted.
#[derive(Clone, Debug)]
pub struct Try {
    /// Fingerprints of what it counts against: the account, and the address it came from.
    pub against: Vec<String>,
    /// When it was made.
    pub window: TryWindow,
}

impl People {
    /// Counts a try as failed, before anybody knows, so that of many at once no more than are allowed go on. `false`:
    /// there were too many before; this one is not counted, so that they end with their window.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn count_try(&self, login: &Try) -> Result<bool> {
        let updates = self.add(login, 1).into_iter().map(|update| {
            update
                .condition_expression("attribute_not_exists(pk) OR tries < :most")
                .expression_attribute_values(":most", n(MOST_TRIES))
        });
        let writes = updates.map(write).collect::<Result<_>>()?;
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Takes back that a try was counted as failed.
    pub(super) fn give_back(&self, login: &Try) -> Result<Vec<TransactWriteItem>> {
        self.add(login, -1).into_iter().map(write).collect()
    }

    fn add(&self, login: &Try, tries: i8) -> Vec<UpdateBuilder> {
        let one = |fingerprint: &String| {
            Update::builder()
                .table_name(&self.0.table)
                .set_key(Some(keys::tries(fingerprint, login.window.start).attributes()))
                .update_expression("ADD tries :tries SET expires_at = :end")
                .expression_attribute_values(":tries", n(tries))
                .expression_attribute_values(":end", n(login.window.end.as_second()))
        };
        login.against.iter().map(one).collect()
    }
}

fn write(update: UpdateBuilder) -> Result<TransactWriteItem> {
    let update = update.build().map_err(StoreError::unreadable)?;
    Ok(TransactWriteItem::builder().update(update).build())
}
