use std::collections::HashMap;

use kabar_domain::{
    ids::{DetectorId, HomeId},
    power::{Beat, Home, Tries},
};

use super::{Grid, beat_items::BeatItem, home_items::HomeItem};
use crate::{
    Result, StoreError,
    db::{Transaction, item, read, s},
    keys,
    people::People,
    writes::updated,
};

/// What was last heard of the devices of a home.
pub type Beats = HashMap<DetectorId, Beat>;

/// A home, and what was last heard of its devices.
#[derive(Clone, Debug)]
pub struct HomeRead {
    /// The home.
    pub home: Home,
    /// What was heard.
    pub beats: Beats,
    /// What came of the tries of its probes.
    pub tries: HashMap<DetectorId, Tries>,
}

/// What came of writing a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeWrite {
    /// It is as asked.
    Written,
    /// The home changed since it was read, or is gone.
    Stale,
    /// There is no such region.
    NoRegion,
    /// There is no such person any more.
    NoUser,
}

impl Grid {
    /// Adds a home to its region, and to what its owner has. Adding the very same one again is no error.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn add_home(&self, home: &Home, people: &People) -> Result<HomeWrite> {
        let writes = vec![
            self.0.put_new(item(&HomeItem::of(home, None))?)?,
            updated(self.count_homes(home.region, None, Some(home.status), home.since))?,
            people.check_user(home.owner)?,
            self.0
                .put(keys::home_of_person(home.owner, home.id).attributes())?,
            self.0.put(keys::home_in(home.region, home.id).attributes())?,
        ];
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => HomeWrite::Written,
            // An earlier try of the same request added it.
            Transaction::Refused(failed) if failed.contains(&0) => HomeWrite::Written,
            Transaction::Refused(failed) if failed.contains(&1) => HomeWrite::NoRegion,
            Transaction::Refused(_) => HomeWrite::NoUser,
        })
    }

    /// A home with what was last heard of its devices; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn home(&self, id: HomeId) -> Result<Option<HomeRead>> {
        let found = self.checked_home(id).await?;
        let found = found.filter(|(_, is_removed)| !is_removed);
        Ok(found.map(|(mut read, _)| {
            let heard = read.beats.values().map(|beat| beat.at).max();
            read.home.last_seen = read.home.last_seen.max(heard);
            read
        }))
    }

    /// What there is to check of a home: what is left of it, and whether it was removed; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn checked_home(&self, id: HomeId) -> Result<Option<(HomeRead, bool)>> {
        let key = keys::home(id);
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :home AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":home", s(key.pk))
            .expression_attribute_values(":first", s(keys::BEAT))
            .expression_attribute_values(":last", s(&key.sk))
            .consistent_read(true);
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let (mut home, mut beats, mut tries) = (None, Beats::new(), HashMap::new());
        for found in answer.items.unwrap_or_default() {
            let is_home = found.get("sk") == Some(&s(&key.sk));
            if is_home {
                home = Some(read::<HomeItem>(found)?);
            } else {
                let found: BeatItem = read(found)?;
                beats.extend(found.heard());
                tries.extend(found.tried());
            }
        }
        let Some(found) = home else { return Ok(None) };
        let is_removed = found.list_pk.is_none();
        let home = found.try_into()?;
        Ok(Some((HomeRead { home, beats, tries }, is_removed)))
    }
}
