//! Who was told of a mailing, counted in one item beside its counters.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::{TransactWriteItem, builders::UpdateBuilder};
use jiff::Timestamp;
use kabar_domain::{
    ids::NoticeId,
    mailings::{Breakdown, OperatorCode, Tag},
};
use serde_json::Value;

use super::Notices;
use crate::{
    Result,
    db::n,
    instant::{digits, from_digits},
    keys::{
        self,
        breakdown::{ATTEMPTS, FIRST, HOUR, LAST, OPERATOR, OTHER_TAGS, TAG, TURNS},
    },
    writes::updated,
};

impl Notices {
    /// Who was told by a notice, counted as of the last turn of each page; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn breakdown(&self, notice: NoticeId) -> Result<Breakdown> {
        let found: Option<HashMap<String, Value>> = self.0.get(keys::broken_down(notice)).await?;
        let mut breakdown = Breakdown::default();
        for (name, value) in found.unwrap_or_default() {
            let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
            let at = || Timestamp::from_millisecond(value.as_i64()?).ok();
            if let Some(hour) = name.strip_prefix(HOUR).and_then(from_digits) {
                breakdown.by_hour.extend(count.map(|count| (hour, count)));
            } else if let Some(code) = name.strip_prefix(OPERATOR) {
                let code = OperatorCode::parse(code)?;
                breakdown.by_operator.extend(count.map(|count| (code, count)));
            } else if let Some(tag) = name.strip_prefix(TAG) {
                let tag = Tag::parse(tag)?;
                breakdown.by_tag.extend(count.map(|count| (tag, count)));
            } else if name.starts_with(FIRST) {
                breakdown.first_sent_at = breakdown.first_sent_at.into_iter().chain(at()).min();
            } else if name.starts_with(LAST) {
                breakdown.last_sent_at = breakdown.last_sent_at.into_iter().chain(at()).max();
            } else {
                let count = count.unwrap_or_default();
                match name.as_str() {
                    OTHER_TAGS => breakdown.other_tags = count,
                    ATTEMPTS => breakdown.attempts = count,
                    TURNS => breakdown.turns = count,
                    _ => {}
                }
            }
        }
        Ok(breakdown)
    }

    /// When the first and the last person was told by a notice of so many pages: as counted of clients, and of others on
    /// the first and the last page; up to three reads.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn sent_between(&self, notice: NoticeId, pages: u32) -> Result<Option<(Timestamp, Timestamp)>> {
        let counted = self.breakdown(notice).await?;
        if let Some(times) = counted.first_sent_at.zip(counted.last_sent_at) {
            return Ok(Some(times));
        }
        let mut times = Vec::new();
        for page in BTreeSet::from([1, pages.max(1)]) {
            let rows = self.recorded(notice.page(page)).await?.into_values();
            times.extend(rows.filter_map(|row| row.sent_at));
        }
        Ok(times.iter().min().copied().zip(times.iter().max().copied()))
    }

    /// The write that adds to a breakdown what a page's turns, in this slot, have brought.
    pub(super) fn add_to_breakdown(
        &self,
        notice: NoticeId,
        slot: u8,
        more: &Breakdown,
    ) -> Result<TransactWriteItem> {
        let hours = more
            .by_hour
            .iter()
            .map(|(hour, count)| (format!("{HOUR}{}", digits(*hour)), *count));
        let operators = more
            .by_operator
            .iter()
            .map(|(code, count)| (format!("{OPERATOR}{}", code.as_str()), *count));
        let tags = more
            .by_tag
            .iter()
            .map(|(tag, count)| (format!("{TAG}{}", tag.as_str()), *count));
        let others = [
            (OTHER_TAGS, more.other_tags),
            (ATTEMPTS, more.attempts),
            (TURNS, more.turns),
        ];
        let others = others.map(|(name, count)| (name.to_owned(), count));
        let counts = hours
            .chain(operators)
            .chain(tags)
            .chain(others)
            .filter(|(_, count)| *count > 0);
        let mut update = self.0.update(keys::broken_down(notice));
        let mut add = Vec::new();
        for (i, (name, count)) in counts.enumerate() {
            add.push(format!("#n{i} :n{i}"));
            update = update
                .expression_attribute_names(format!("#n{i}"), name)
                .expression_attribute_values(format!(":n{i}"), n(count));
        }
        let mut expression = format!("ADD {}", add.join(", "));
        if let Some((first, last)) = more.first_sent_at.zip(more.last_sent_at) {
            expression.push_str(" SET #first = if_not_exists(#first, :first), #last = :last");
            update = times(update, slot, first, last);
        }
        updated(update.update_expression(expression))
    }
}

fn times(update: UpdateBuilder, slot: u8, first: Timestamp, last: Timestamp) -> UpdateBuilder {
    update
        .expression_attribute_names("#first", format!("{FIRST}{slot}"))
        .expression_attribute_names("#last", format!("{LAST}{slot}"))
        .expression_attribute_values(":first", n(first.as_millisecond()))
        .expression_attribute_values(":last", n(last.as_millisecond()))
}
