use kabar_domain::{
    events::{MOST_POSTERS, Poster},
    ids::{EventId, PosterId},
};

use super::{Events, items::keyed, poster_item::PosterItem};
use crate::{
    Result,
    db::{Transaction, n, s},
    keys,
    writes::updated,
};

/// What came of adding a poster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PosterWrite {
    /// It is there.
    Written,
    /// There is no such event.
    NoEvent,
    /// The event has as many as it may have.
    Full,
}

impl Events {
    /// Adds a poster to an event that is there and has room for one. Adding the very same poster again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_poster(&self, poster: &Poster) -> Result<PosterWrite> {
        let item = keyed(
            keys::poster(poster.event, poster.id),
            None,
            &PosterItem::from(poster),
        )?;
        let count = self
            .0
            .update(keys::poster_count(poster.event))
            .update_expression("ADD posters :one")
            .condition_expression("attribute_not_exists(posters) OR posters < :most")
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":most", n(MOST_POSTERS));
        let writes = vec![
            self.0.put_new(item)?,
            // Not its seats, for which people queue.
            self.0.check_there(keys::event(poster.event))?,
            updated(count)?,
        ];
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => PosterWrite::Written,
            Transaction::Refused(failed) if failed.contains(&0) => PosterWrite::Written,
            Transaction::Refused(failed) if failed.contains(&1) => PosterWrite::NoEvent,
            Transaction::Refused(_) => PosterWrite::Full,
        })
    }

    /// The posters of an event, the newest first; one read. Those of an event that is gone may be among them.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn posters(&self, event: EventId) -> Result<Vec<Poster>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :event")
            .expression_attribute_values(":event", s(keys::posters(event)))
            .consistent_read(true)
            .scan_index_forward(false);
        let found: Vec<PosterItem> = self.0.rows(query).await?;
        found.into_iter().map(Poster::try_from).collect()
    }

    /// A poster of an event; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn poster(&self, event: EventId, id: PosterId) -> Result<Option<Poster>> {
        let found: Option<PosterItem> = self.0.get(keys::poster(event, id)).await?;
        found.map(Poster::try_from).transpose()
    }

    /// Removes a poster. `false`: it is not there any more.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_poster(&self, poster: &Poster) -> Result<bool> {
        let count = self
            .0
            .update(keys::poster_count(poster.event))
            .update_expression("ADD posters :minus")
            .expression_attribute_values(":minus", n(-1));
        let writes = vec![
            self.0.delete_there(keys::poster(poster.event, poster.id))?,
            updated(count)?,
        ];
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Clears away the posters of a removed event, and their count.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clear_posters(&self, event: EventId, posters: &[Poster]) -> Result<()> {
        let rows = posters.iter().map(|poster| keys::poster(event, poster.id));
        self.0.delete_all(rows.collect()).await?;
        // Last: whoever removes a poster meanwhile counts it off.
        self.0.delete_all(vec![keys::poster_count(event)]).await
    }
}
