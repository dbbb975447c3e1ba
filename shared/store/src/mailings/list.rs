use kabar_domain::mailings::{Client, ClientTerm};

use super::{Mailings, items::ClientItem};
use crate::{List, Result, StoreError, Window, db::s, keys};

impl Mailings {
    /// The clients that a term finds, the newest first: one read for every megabyte of them, which is two or three
    /// thousand.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clients(&self, term: &ClientTerm, window: &Window) -> Result<List<Client>> {
        let limit = usize::from(window.limit);
        let mut entries: Vec<Client> = Vec::new();
        // One more than the limit says whether the list goes on.
        while entries.len() <= limit {
            let last = entries.last().map(|client| client.id.to_string());
            let query = self
                .0
                .query()
                .index_name(keys::LIST)
                .expression_attribute_values(":list", s(keys::clients(term)))
                .scan_index_forward(false)
                .limit(i32::try_from(limit + 1 - entries.len()).unwrap_or(i32::MAX));
            // The index has one entry for each client and term, so a cursor needs no more than their id.
            let query = match last.as_ref().or(window.after.as_ref()) {
                None => query.key_condition_expression("list_pk = :list"),
                Some(after) => query
                    .key_condition_expression("list_pk = :list AND list_sk < :after")
                    .expression_attribute_values(":after", s(after)),
            };
            let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
            for item in answer.items.unwrap_or_default() {
                entries.push(crate::db::read::<ClientItem>(item)?.try_into()?);
            }
            if answer.last_evaluated_key.is_none() {
                break;
            }
        }
        let goes_on = entries.len() > limit;
        entries.truncate(limit);
        let next = entries
            .last()
            .filter(|_| goes_on)
            .map(|client| client.id.to_string());
        Ok(List { entries, next })
    }
}
