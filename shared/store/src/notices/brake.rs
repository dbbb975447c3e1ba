use jiff::Timestamp;
use kabar_domain::news::{Brake, BrakeReason};
use serde::{Deserialize, Serialize};

use super::{Notices, reputation::HourItem};
use crate::{
    Result,
    db::{condition, item},
    instant::Millis,
    keys,
    keys::Key,
};

#[derive(Serialize, Deserialize)]
struct BrakeItem {
    pk: String,
    sk: String,
    reason: String,
    since: Millis,
}

impl Notices {
    /// The brake, if it is on; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn brake(&self) -> Result<Option<Brake>> {
        let found: Option<BrakeItem> = self.0.get(keys::brake()).await?;
        found
            .map(|item| {
                Ok(Brake {
                    reason: BrakeReason::parse(&item.reason)?,
                    since: item.since.into(),
                })
            })
            .transpose()
    }

    /// Puts the brake on. `false`: it was on already, and stays as it was.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn set_brake(&self, brake: &Brake) -> Result<bool> {
        let Key { pk, sk } = keys::brake();
        let set = BrakeItem {
            pk,
            sk,
            reason: brake.reason.name().to_owned(),
            since: brake.since.into(),
        };
        let result = self
            .0
            .client
            .put_item()
            .table_name(&self.0.table)
            .set_item(Some(item(&set)?))
            .condition_expression("attribute_not_exists(pk)")
            .send()
            .await;
        condition("PutItem", result)
    }

    /// Takes the brake off and forgets what came back until now, so that it does not set it again at once. One read
    /// and one transaction; an answer that is counted between the two is forgotten as well.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn release_brake(&self, now: Timestamp) -> Result<()> {
        let mut deletes = vec![self.0.delete(keys::brake())?];
        for HourItem { pk, sk, .. } in self.hours(now).await? {
            deletes.push(self.0.delete(Key { pk, sk })?);
        }
        self.0.transact(deletes).await.map(drop)
    }
}
