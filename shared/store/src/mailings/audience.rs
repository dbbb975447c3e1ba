use kabar_domain::mailings::{Audience, Client};
use serde::Deserialize;

use super::{Mailings, items::ClientItem};
use crate::{
    Result, StoreError,
    db::{read, s},
    keys,
    keys::Key,
};

/// A client as planning reads them, with their place in the audience.
#[derive(Clone, Debug)]
pub struct AudienceRow {
    /// Where to go on reading after this one.
    pub cursor: String,
    /// Who it is, with what it takes to reach them.
    pub client: Client,
}

#[derive(Deserialize)]
struct Row {
    pk: String,
    sk: String,
    #[serde(flatten)]
    client: ClientItem,
}

impl Mailings {
    /// The next clients of an audience, at most `limit`, and whether they are the last.
    ///
    /// An audience lies in several parts, each in the order of zone, language and id, so that a page of people with one
    /// clock is one stretch; what is returned at once comes from one part. One read, and one more for each part that
    /// turns out to be empty.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn audience_after(
        &self,
        audience: &Audience,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<(Vec<AudienceRow>, bool)> {
        let place = cursor.and_then(keys::audience_place);
        let parts = keys::audiences(&audience.terms());
        let mut left = parts
            .iter()
            .filter(|part| place.is_none_or(|(at, _)| part.as_str() >= at))
            .peekable();
        while let Some(part) = left.next() {
            let after = place.filter(|(at, _)| at == part).map_or(" ", |(_, after)| after);
            let query = self
                .0
                .query()
                .key_condition_expression("pk = :part AND sk > :after")
                .expression_attribute_values(":part", s(part))
                .expression_attribute_values(":after", s(after))
                .limit(i32::from(limit));
            let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
            let rows = answer.items.unwrap_or_default().into_iter().map(|item| {
                let row: Row = read(item)?;
                let key = Key {
                    pk: row.pk,
                    sk: row.sk,
                };
                Ok(AudienceRow {
                    cursor: keys::audience_cursor(&key),
                    client: row.client.try_into()?,
                })
            });
            let rows: Vec<AudienceRow> = rows.collect::<Result<_>>()?;
            let is_last = answer.last_evaluated_key.is_none() && left.peek().is_none();
            if !rows.is_empty() {
                return Ok((rows, is_last));
            }
        }
        Ok((Vec::new(), true))
    }
}
