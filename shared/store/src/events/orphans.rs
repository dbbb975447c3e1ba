use std::collections::HashSet;

use jiff::Timestamp;
use kabar_domain::events::{Poster, PosterObject};
use serde::{Deserialize, Serialize};

use super::{Events, items::keyed, poster_item::PosterItem};
use crate::{
    Result,
    db::{condition, n},
    instant::Millis,
    keys,
};

#[derive(Serialize, Deserialize)]
struct SweepItem {
    after: Option<String>,
    due_at: Millis,
    version: u64,
}

/// How far the sweep for pictures without a poster is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrphanSweep {
    /// The name of the last object that was looked at; nothing at the start of a round.
    pub after: Option<String>,
    /// When it is to go on.
    pub due_at: Timestamp,
    /// How often it has gone on.
    pub version: u64,
}

impl Events {
    /// How far the sweep is; due since ever if it never ran. One read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn orphan_sweep(&self) -> Result<OrphanSweep> {
        let found: Option<SweepItem> = self.0.get(keys::orphan_sweep()).await?;
        Ok(match found {
            Some(item) => OrphanSweep {
                after: item.after,
                due_at: item.due_at.into(),
                version: item.version,
            },
            None => OrphanSweep {
                after: None,
                due_at: Timestamp::UNIX_EPOCH,
                version: 0,
            },
        })
    }

    /// Moves the sweep on from where it was read. `false`: somebody else did.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn move_orphan_sweep(&self, to: &OrphanSweep) -> Result<bool> {
        let item = SweepItem {
            after: to.after.clone(),
            due_at: to.due_at.into(),
            version: to.version,
        };
        let put = self
            .0
            .client
            .put_item()
            .table_name(&self.0.table)
            .set_item(Some(keyed(keys::orphan_sweep(), None, &item)?))
            .condition_expression("attribute_not_exists(pk) OR version < :version")
            .expression_attribute_values(":version", n(to.version));
        condition("PutItem", put.send().await)
    }

    /// Those of these objects that a poster looks for; a read for each hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn with_posters(&self, objects: &[PosterObject]) -> Result<HashSet<PosterObject>> {
        // Two objects may look for one poster, but no key may be asked for twice.
        let posters: HashSet<_> = objects
            .iter()
            .map(|object| (object.event, object.poster))
            .collect();
        let keys = posters.into_iter().map(|(event, id)| keys::poster(event, id));
        let items: Vec<PosterItem> = self.0.get_many(keys.collect(), true).await?;
        let found = items.into_iter().map(|item| Ok(Poster::try_from(item)?.object()));
        found.collect()
    }
}
