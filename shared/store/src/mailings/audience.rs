use aws_sdk_dynamodb::types::Select;
use futures_util::{StreamExt, TryStreamExt, stream};
use kabar_domain::{
    Language, Zone,
    ids::ClientId,
    mailings::{Audience, Client, ClientTerm},
};
use serde::Deserialize;

use super::{Mailings, items::ClientItem};
use crate::{
    Result, StoreError,
    db::{read, s},
    keys,
    keys::Key,
};

/// How many parts of an audience are counted at a time.
const COUNTED_AT_ONCE: usize = 8;

/// A client as planning reads them, with their place in the audience.
#[derive(Clone, Debug)]
pub struct AudienceRow {
    /// Where to go on reading after this one.
    pub cursor: String,
    /// The part of the audience that they are in.
    pub shard: u8,
    /// The term by which they were found.
    pub term: ClientTerm,
    /// Who it is, with what it takes to reach them.
    pub client: Client,
}

/// Clients of one part of an audience, in its order.
#[derive(Clone, Debug)]
pub struct AudiencePart {
    /// Who they are.
    pub rows: Vec<AudienceRow>,
    /// Whether the part ends with them.
    pub is_end_of_part: bool,
    /// Whether the whole audience does.
    pub is_last: bool,
}

#[derive(Deserialize)]
struct Row {
    pk: String,
    sk: String,
    #[serde(flatten)]
    client: ClientItem,
}

impl Mailings {
    /// The next clients of an audience, at most `limit`.
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
    ) -> Result<AudiencePart> {
        let place = cursor.and_then(keys::audience_place);
        let parts = keys::audiences(&audience.terms());
        let mut left = parts
            .into_iter()
            .filter(|part| place.is_none_or(|(at, _)| part.key.as_str() >= at))
            .peekable();
        while let Some(part) = left.next() {
            let after = place
                .filter(|(at, _)| *at == part.key)
                .map_or(" ", |(_, after)| after);
            let query = self
                .0
                .query()
                .key_condition_expression("pk = :part AND sk > :after")
                .expression_attribute_values(":part", s(&part.key))
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
                    shard: part.shard,
                    term: part.term.clone(),
                    client: row.client.try_into()?,
                })
            });
            let rows: Vec<AudienceRow> = rows.collect::<Result<_>>()?;
            let is_end_of_part = answer.last_evaluated_key.is_none();
            if !rows.is_empty() {
                return Ok(AudiencePart {
                    rows,
                    is_end_of_part,
                    is_last: is_end_of_part && left.peek().is_none(),
                });
            }
        }
        Ok(AudiencePart {
            rows: Vec::new(),
            is_end_of_part: true,
            is_last: true,
        })
    }

    /// How many clients an audience has. It reads all of them, a megabyte at a time, in several parts at once.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn count_audience(&self, audience: &Audience) -> Result<u64> {
        let parts = keys::audiences(&audience.terms());
        let counts = stream::iter(parts)
            .map(|part| self.count_part(part.key))
            .buffer_unordered(COUNTED_AT_ONCE);
        counts
            .try_fold(0, |sum, count| async move { Ok(sum + count) })
            .await
    }

    async fn count_part(&self, part: String) -> Result<u64> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :part")
            .expression_attribute_values(":part", s(part))
            .select(Select::Count);
        let (mut sum, mut start) = (0, None);
        loop {
            let answer = query.clone().set_exclusive_start_key(start).send().await;
            let answer = answer.map_err(StoreError::unavailable("Query"))?;
            sum += u64::try_from(answer.count).unwrap_or_default();
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(sum);
            }
        }
    }

    /// The clients of a stretch of an audience, as they are now. One read for every megabyte, which is thousands.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clients_on(&self, stretch: &Stretch<'_>) -> Result<Vec<Client>> {
        let sk = |client| keys::audience_sk(stretch.zone, stretch.language, client);
        let part = keys::audience(keys::audience_shard(stretch.first), stretch.term);
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :part AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":part", s(part))
            .expression_attribute_values(":first", s(sk(stretch.first)))
            .expression_attribute_values(":last", s(sk(stretch.last)))
            .consistent_read(true);
        let found: Vec<ClientItem> = self.0.all_rows(query).await?;
        found.into_iter().map(Client::try_from).collect()
    }

    /// These clients, in no order; one read for every hundred. Whoever is gone is left out.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clients_by_id(&self, ids: impl IntoIterator<Item = ClientId>) -> Result<Vec<Client>> {
        let keys: Vec<Key> = ids.into_iter().map(keys::client).collect();
        let found: Vec<ClientItem> = self.0.get_many(keys, true).await?;
        found.into_iter().map(Client::try_from).collect()
    }
}

/// Clients of one part of an audience, with one zone and one language, from the first to the last.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'s> {
    /// What they are found by.
    pub term: &'s ClientTerm,
    /// Where their clocks stand.
    pub zone: &'s Zone,
    /// What they read.
    pub language: Language,
    /// The first.
    pub first: ClientId,
    /// The last.
    pub last: ClientId,
}
