use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::update_item::builders::UpdateItemFluentBuilder,
    primitives::Blob,
    types::{AttributeValue, ReturnValue},
};
use jiff::Timestamp;
use kabar_domain::{
    ids::{ClaimId, PageId},
    news::{IN_FLIGHT, Page, PageState, Tally},
};

use super::{Notices, Outcome, items::PageItem, plans::LOOK_AGAIN};
use crate::{
    Result,
    db::{n, read, s},
    keys,
};

const TAKE: &str =
    "SET #state = :claimed, claim = :claim, claimed_until = :until, due_pk = :shard, due_sk = :time";

/// A sender's right to work on a page until its lease ends.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The page.
    pub page: Page,
    /// Which claim on it.
    pub id: ClaimId,
    /// Whether nobody has worked on the page before.
    pub is_first: bool,
    /// Whether the claim before it lapsed without giving the page back: perhaps its holder died.
    pub is_take_over: bool,
    /// The places whose messages may have been on their way when a holder died.
    pub doubtful: Vec<u8>,
    /// The page's slot in its lane.
    pub(super) slot: u8,
    /// What the notice's counters have of the page.
    pub(super) counted: Tally,
    /// The places whose messages the breakdown has, a bit for each.
    pub(super) broken_down: Vec<u8>,
}

impl Notices {
    /// Claims a page that is in its lane, or whose last claim has lapsed. Nothing: there is nothing to do on it now.
    /// One write; when a claim lapsed, a read of the page and of its rows as well.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn claim(
        &self,
        page: PageId,
        id: ClaimId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Claim>> {
        let take = self
            .take(page, id, until)
            .condition_expression("#state = :queued AND not_before <= :now")
            .expression_attribute_values(":queued", s(PageState::Queued.name()))
            .expression_attribute_values(":now", n(now.as_millisecond()));
        if let Some(old) = self.taken(take).await? {
            return old.into_claim(page, id).map(Some);
        }
        let Some(old) = self.0.get::<PageItem>(keys::page(page)).await? else {
            return Ok(None);
        };
        let is_lapsed = old
            .claimed_until
            .is_some_and(|until| Timestamp::from(until) < now);
        match old.claim.as_deref().and_then(ClaimId::parse) {
            Some(dead) if is_lapsed && old.state == PageState::Claimed.name() => {
                self.take_over(old.into_claim(page, id)?, dead, until).await
            }
            _ => Ok(None),
        }
    }

    /// Takes a page from a claim that lapsed. What its holder leaves in doubt is written on the page in the same
    /// step, for whoever takes over may die or run out of time as well, before coming to those people.
    async fn take_over(&self, old: Claim, dead: ClaimId, until: Timestamp) -> Result<Option<Claim>> {
        let rows = self.recorded(old.page.id).await?;
        let mut doubtful = on_their_way(&old.page, dead, &rows);
        doubtful.extend(&old.doubtful);
        doubtful.sort_unstable();
        doubtful.dedup();
        let take = self
            .take(old.page.id, old.id, until)
            .update_expression(format!("{TAKE}, doubtful = :doubtful"))
            .condition_expression("#state = :claimed AND claim = :dead")
            .expression_attribute_values(":dead", s(dead.to_string()))
            .expression_attribute_values(":doubtful", AttributeValue::B(Blob::new(doubtful.clone())));
        Ok(self.taken(take).await?.map(|_| Claim {
            is_take_over: true,
            doubtful,
            ..old
        }))
    }

    /// The start of a write that claims a page.
    fn take(&self, page: PageId, id: ClaimId, until: Timestamp) -> UpdateItemFluentBuilder {
        let (shard, time) = keys::due(until, &keys::page(page));
        self.0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::page(page).attributes()))
            .update_expression(TAKE)
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":claimed", s(PageState::Claimed.name()))
            .expression_attribute_values(":claim", s(id.to_string()))
            .expression_attribute_values(":until", n(until.as_millisecond()))
            .expression_attribute_values(":shard", s(shard))
            .expression_attribute_values(":time", s(time))
            .return_values(ReturnValue::AllOld)
    }

    /// Gives a page back that stays in its lane, to be taken again at `not_before`. `false`: the claim had lapsed.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn release(&self, claim: &Claim, not_before: Timestamp) -> Result<bool> {
        let (shard, time) = keys::due(not_before + LOOK_AGAIN, &keys::page(claim.page.id));
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::page(claim.page.id).attributes()))
            .update_expression("SET #state = :queued, not_before = :at, due_pk = :shard, due_sk = :time")
            .condition_expression("claim = :claim AND #state = :claimed")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":queued", s(PageState::Queued.name()))
            .expression_attribute_values(":claimed", s(PageState::Claimed.name()))
            .expression_attribute_values(":claim", s(claim.id.to_string()))
            .expression_attribute_values(":at", n(not_before.as_millisecond()))
            .expression_attribute_values(":shard", s(shard))
            .expression_attribute_values(":time", s(time));
        Ok(self.0.updated(update).await?.is_some())
    }

    /// The page as it was before it was claimed; nothing if the condition did not hold.
    async fn taken(&self, take: UpdateItemFluentBuilder) -> Result<Option<PageItem>> {
        let answer = self.0.updated(take).await?;
        answer
            .map(|answer| read(answer.attributes.unwrap_or_default()))
            .transpose()
    }
}

/// The places whose messages may have been on their way when the holder of the claim `dead` died.
///
/// A turn begins its messages in order of place, with at most [`IN_FLIGHT`] unrecorded at a time. So these are the
/// first ones that had no end and of which the dead turn recorded nothing; anything later had not been begun.
fn on_their_way(page: &Page, dead: ClaimId, rows: &HashMap<u8, Outcome>) -> Vec<u8> {
    let was_open = |place: &u8| {
        rows.get(place)
            .is_none_or(|row| !row.status.is_terminal() && row.claim != Some(dead))
    };
    page.places()
        .map(|(place, _)| place)
        .filter(was_open)
        .take(IN_FLIGHT)
        .collect()
}
