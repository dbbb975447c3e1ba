use serde::{Deserialize, Serialize};

use super::{BeatKey, Grid};
use crate::{Result, db::item, keys};

/// Our own device, with its key as it is.
#[derive(Serialize, Deserialize)]
struct CanaryItem {
    key_hash: String,
    key: String,
}

impl Grid {
    /// What our own device calls with: `key`, unless another was put before; one read, or one write more.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn canary(&self, drawn: &BeatKey<'_>, key: &str) -> Result<String> {
        let at = keys::beat(drawn.home, drawn.detector);
        if let Some(found) = self.0.get::<CanaryItem>(at.clone()).await? {
            return Ok(found.key);
        }
        let device = CanaryItem {
            key_hash: drawn.hash.to_owned(),
            key: key.to_owned(),
        };
        let put = self.0.put_unless_there(at.clone(), item(&device)?)?;
        self.0.transact(vec![put]).await?;
        let found: Option<CanaryItem> = self.0.get(at).await?;
        Ok(found.map_or_else(|| key.to_owned(), |found| found.key))
    }
}
