use kabar_domain::{
    ids::{MessageId, SuppressionId, UserId},
    news::{Reason, Source, Suppression, Topic},
    people::Email,
};
use serde::{Deserialize, Serialize};

use super::{Notices, items::id};
use crate::{
    List, Result, StoreError, Window,
    db::{Transaction, item, n, s},
    instant::Millis,
    keys,
};
use aws_sdk_dynamodb::types::{Delete, TransactWriteItem};

/// What stands for Amazon SES as a source; anything else is a person's id.
const SES: &str = "ses";

#[derive(Serialize, Deserialize)]
struct SuppressionItem {
    list_pk: String,
    list_sk: String,
    id: String,
    email: String,
    topic: String,
    reason: String,
    source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    since: Millis,
}

impl From<&Suppression> for SuppressionItem {
    fn from(suppression: &Suppression) -> Self {
        Self {
            list_pk: keys::suppressions(suppression.topic),
            list_sk: keys::suppressed(suppression.since, suppression.id),
            id: suppression.id.to_string(),
            email: suppression.email.as_str().to_owned(),
            topic: suppression.topic.name().to_owned(),
            reason: suppression.reason.name().to_owned(),
            source: match suppression.source {
                Source::Ses => SES.to_owned(),
                Source::Staff(user) => user.to_string(),
            },
            message: suppression.message.map(|message| message.to_string()),
            since: suppression.since.into(),
        }
    }
}

impl TryFrom<SuppressionItem> for Suppression {
    type Error = StoreError;

    fn try_from(item: SuppressionItem) -> Result<Self> {
        Ok(Self {
            id: id(SuppressionId::parse(&item.id))?,
            email: Email::parse(&item.email)?,
            topic: Topic::parse(&item.topic)?,
            reason: Reason::parse(&item.reason)?,
            source: match item.source.as_str() {
                SES => Source::Ses,
                user => Source::Staff(id(UserId::parse(user))?),
            },
            message: item.message.map(|raw| id(MessageId::parse(&raw))).transpose()?,
            since: item.since.into(),
        })
    }
}

impl Notices {
    /// The write that puts an address on the list. An entry that is there keeps its reason and its date.
    pub(super) fn put_suppression(&self, suppression: &Suppression) -> Result<TransactWriteItem> {
        let entry = item(&SuppressionItem::from(suppression))?;
        self.0.put_unless_there(keys::suppression(suppression.id), entry)
    }

    /// Puts an address on the list, at most a hundred entries. Those that are there stay as they are.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn suppress(&self, suppressions: &[Suppression]) -> Result<()> {
        let writes = suppressions.iter().map(|one| self.put_suppression(one));
        self.0.transact(writes.collect::<Result<_>>()?).await.map(drop)
    }

    /// Those of these entries that are on the list, in no order; one read for every hundred. None may be asked for
    /// twice. `is_vital`: as the last write left the list, not as it was a moment ago.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn suppressions(
        &self,
        ids: impl IntoIterator<Item = SuppressionId>,
        is_vital: bool,
    ) -> Result<Vec<Suppression>> {
        let keys = ids.into_iter().map(keys::suppression).collect();
        let found: Vec<SuppressionItem> = self.0.get_many(keys, is_vital).await?;
        found.into_iter().map(Suppression::try_from).collect()
    }

    /// The list, the newest first: of these topics, one read for each, which are merged.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn list_suppressions(&self, topics: &[Topic], window: &Window) -> Result<List<Suppression>> {
        let limit = usize::from(window.limit);
        let mut found: Vec<SuppressionItem> = Vec::new();
        for &topic in topics {
            let mut query = self
                .0
                .query()
                .index_name(keys::LIST)
                .expression_attribute_values(":list", s(keys::suppressions(topic)))
                .scan_index_forward(false)
                // One more than the limit says whether the list goes on.
                .limit(i32::from(window.limit) + 1);
            query = match &window.after {
                None => query.key_condition_expression("list_pk = :list"),
                Some(after) => query
                    .key_condition_expression("list_pk = :list AND list_sk < :after")
                    .expression_attribute_values(":after", s(after)),
            };
            found.extend(self.0.rows::<SuppressionItem>(query).await?);
        }
        found.sort_unstable_by(|a, b| b.list_sk.cmp(&a.list_sk));
        let goes_on = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| goes_on).map(|last| last.list_sk.clone());
        let entries = found.into_iter().map(Suppression::try_from);
        Ok(List {
            entries: entries.collect::<Result<_>>()?,
            next,
        })
    }

    /// Takes an entry off the list, as it was read, and forgets the soft bounces of its address. `false`: it is not
    /// there, or another one is.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn lift(&self, suppression: &Suppression) -> Result<bool> {
        let entry = Delete::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::suppression(suppression.id).attributes()))
            .condition_expression("since = :since")
            .expression_attribute_values(":since", n(suppression.since.as_millisecond()))
            .build()
            .map_err(StoreError::unreadable)?;
        let writes = vec![
            TransactWriteItem::builder().delete(entry).build(),
            self.0.delete(keys::soft_bounces(suppression.id.address()))?,
        ];
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }
}
