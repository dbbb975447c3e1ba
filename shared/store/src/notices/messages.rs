use std::collections::HashMap;

use jiff::Timestamp;
use kabar_domain::{
    ids::{ClaimId, MessageId, PageId, UserId},
    mailings::{OperatorCode, Tag},
    news::{Addressee, Answer, PageState, Status},
    power::Channel,
};
use serde::{Deserialize, Serialize};

use super::{
    Notices, PageRecord,
    answers::Answers,
    items::{PageItem, read_tally},
};
use crate::{
    Result, StoreError,
    db::{condition, item, read, s},
    instant::Millis,
    keys,
};

/// What became of one message, as its row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Where it stands.
    pub status: Status,
    /// How often it was tried.
    pub attempts: u32,
    /// When the provider took it.
    pub sent_at: Option<Timestamp>,
    /// Why it stands where it stands, for an operator: a code and a sentence without names or addresses.
    pub error: Option<String>,
    /// The provider's name for it.
    pub provider_id: Option<String>,
    /// Whether the provider may have taken it before: a try was cut off before its answer was known.
    pub in_doubt: bool,
    /// The claim under which it was written; nothing for a message that no row speaks of yet.
    pub claim: Option<ClaimId>,
    /// What the client was found by when they were told, if it is one.
    pub about: Option<About>,
    /// The person with an account who finds it among their own: whom it is to, or whose chat.
    pub user: Option<UserId>,
}

/// What is known of a client when they are told, and stays when they are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Their operator.
    pub operator_code: OperatorCode,
    /// Their tag.
    pub tag: Tag,
}

/// A message as staff see it.
#[derive(Clone, Debug)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// To whom.
    pub to: Addressee,
    /// By which channel.
    pub channel: Channel,
    /// When it was planned.
    pub created_at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// What the provider has said of it, and when, if that is known.
    pub answered: Option<(Answer, Option<Timestamp>)>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct MessageItem {
    pk: String,
    sk: String,
    /// The list of a person with an account; absent of clients, so that their messages are one write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    list_pk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) list_sk: Option<String>,
    status: String,
    attempts: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sent_at: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provider_id: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    in_doubt: bool,
    claim: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operator_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
}

impl Notices {
    /// Writes what became of a message; one write unit, and one more if somebody with an account finds it. `false`: somebody else has recorded its end before.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn record(&self, message: MessageId, outcome: &Outcome) -> Result<bool> {
        let keys::Key { pk, sk } = keys::message(message);
        let row = MessageItem {
            pk,
            sk,
            list_pk: outcome.user.map(keys::messages_of),
            list_sk: outcome.user.map(|_| message.to_string()),
            status: outcome.status.name().to_owned(),
            attempts: outcome.attempts,
            sent_at: outcome.sent_at.map(Millis::from),
            error: outcome.error.clone(),
            provider_id: outcome.provider_id.clone(),
            in_doubt: outcome.in_doubt,
            claim: outcome.claim.map(|claim| claim.to_string()),
            operator_code: outcome
                .about
                .as_ref()
                .map(|about| about.operator_code.as_str().to_owned()),
            tag: outcome.about.as_ref().map(|about| about.tag.as_str().to_owned()),
        };
        let result = self
            .0
            .client
            .put_item()
            .table_name(&self.0.table)
            .set_item(Some(item(&row)?))
            .condition_expression("attribute_not_exists(pk) OR #status = :error")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":error", s(Status::Error.name()))
            .send()
            .await;
        condition("PutItem", result)
    }

    /// What is recorded of the messages of a page, by place, or said of them by the provider; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn recorded(&self, page: PageId) -> Result<HashMap<u8, Outcome>> {
        let record = self.page_record(page).await?;
        record.map_or_else(|| Ok(HashMap::new()), |record| record.outcomes())
    }

    /// A page with all that is known of its messages; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn page_record(&self, id: PageId) -> Result<Option<PageRecord>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :page")
            .expression_attribute_values(":page", s(keys::page(id).pk))
            .consistent_read(true);
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let (mut page, mut rows, mut answers) = (None, HashMap::new(), Answers::default());
        for item in answer.items.unwrap_or_default() {
            let is = |key: keys::Key| item.get("sk").is_some_and(|sk| *sk == s(key.sk));
            if is(keys::page(id)) {
                page = Some(read::<PageItem>(item)?);
            } else if is(keys::answers(id)) {
                answers = read(item)?;
            } else {
                let row: MessageItem = read(item)?;
                let place =
                    keys::place_of(&row.sk).ok_or_else(|| StoreError::unreadable("a message's place"))?;
                rows.insert(place, row.try_into()?);
            }
        }
        let Some(item) = page else { return Ok(None) };
        Ok(Some(PageRecord {
            state: PageState::parse(&item.state)?,
            claim: item.claim.clone(),
            counted: read_tally(&item.counted),
            page: item.into_page(id)?,
            rows,
            answers,
        }))
    }
}

impl Outcome {
    /// What stands for a message that no row speaks of yet.
    pub(super) const fn none(status: Status) -> Self {
        Self {
            status,
            attempts: 0,
            sent_at: None,
            error: None,
            provider_id: None,
            in_doubt: false,
            claim: None,
            about: None,
            user: None,
        }
    }

    /// The same, unless the provider has said more.
    pub(super) fn answered(mut self, answer: Option<Answer>) -> Self {
        if let Some(answer) = answer {
            self.status = answer.status();
            self.error = (answer != Answer::Delivered).then(|| answer.name().to_owned());
        }
        self
    }
}

impl TryFrom<MessageItem> for Outcome {
    type Error = StoreError;

    fn try_from(row: MessageItem) -> Result<Self> {
        let about = match (row.operator_code, row.tag) {
            (Some(code), Some(tag)) => Some(About {
                operator_code: OperatorCode::parse(&code)?,
                tag: Tag::parse(&tag)?,
            }),
            _ => None,
        };
        Ok(Self {
            about,
            user: row.list_pk.as_deref().and_then(keys::told_of),
            status: Status::parse(&row.status)?,
            attempts: row.attempts,
            sent_at: row.sent_at.map(Timestamp::from),
            error: row.error,
            provider_id: row.provider_id,
            in_doubt: row.in_doubt,
            claim: row.claim.as_deref().and_then(ClaimId::parse),
        })
    }
}
