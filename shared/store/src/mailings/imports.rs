use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{ids::ImportId, mailings::ImportStatus};
use serde::{Deserialize, Serialize};

use super::Mailings;
use crate::{
    List, Result, StoreError, Window,
    db::{Transaction, condition, keyed, read, s},
    instant::Millis,
    keys,
};

/// For how long an import can be looked at.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How many parts of the refused rows are read at once; each has up to a hundred.
const PARTS_AT_ONCE: i32 = 4;
/// The last line that a file may have.
const LAST_LINE: u64 = 9_999_999_999;

/// A file of clients, and how far its import is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientImport {
    /// Which.
    pub id: ImportId,
    /// Whether to say what would be done, and do nothing.
    pub is_dry_run: bool,
    /// The names of columns that are not called as their fields are, by field.
    pub columns: BTreeMap<String, String>,
    /// Since when it is asked for.
    pub created_at: Timestamp,
    /// Where it stands.
    pub status: ImportStatus,
    /// Why it failed, for people.
    pub failure: Option<String>,
    /// How many bytes the file has, and which version of it is imported; nothing before the start.
    pub file: Option<(u64, String)>,
    /// How many bytes are done.
    pub done: u64,
    /// Clients who are new.
    pub created: u64,
    /// Clients who were others before.
    pub changed: u64,
    /// Clients who were so before.
    pub unchanged: u64,
    /// Rows that are not imported.
    pub refused: u64,
    /// How often it has gone on.
    pub version: u64,
}

/// A row that is not imported: its line, and what is wrong with which field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// The line of the file that it begins on, from 1.
    pub line: u64,
    /// Each field with what is wrong with it.
    pub errors: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct ImportItem {
    id: String,
    is_dry_run: bool,
    columns: BTreeMap<String, String>,
    created_at: Millis,
    status: String,
    failure: Option<String>,
    size: Option<u64>,
    etag: Option<String>,
    done: u64,
    created: u64,
    changed: u64,
    unchanged: u64,
    refused: u64,
    version: u64,
    /// In seconds, as DynamoDB has it.
    expires_at: i64,
}

/// The rows of a step that are refused.
#[derive(Serialize, Deserialize)]
struct RefusedItem {
    rows: Vec<RefusedRow>,
    expires_at: i64,
}

impl Mailings {
    /// Adds an import. Adding the very same again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_import(&self, import: &ClientImport) -> Result<()> {
        let put = self
            .0
            .client
            .put_item()
            .table_name(&self.0.table)
            .set_item(Some(keyed(
                keys::import(import.id),
                None,
                &ImportItem::from(import),
            )?))
            .condition_expression("attribute_not_exists(pk)");
        condition("PutItem", put.send().await).map(drop)
    }

    /// An import; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn import(&self, id: ImportId) -> Result<Option<ClientImport>> {
        let found: Option<ImportItem> = self.0.get(keys::import(id)).await?;
        found.map(ClientImport::try_from).transpose()
    }

    /// Moves an import on from the version before `to`, together with the rows that this step refused. `false`: somebody
    /// else did.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn move_import(&self, to: &ClientImport, refused: &[RefusedRow]) -> Result<bool> {
        let own = keyed(keys::import(to.id), None, &ImportItem::from(to))?;
        let mut writes = vec![self.0.replace(own, to.version - 1)?];
        if let Some(first) = refused.first() {
            let part = RefusedItem {
                rows: refused.to_vec(),
                expires_at: expiry(to.created_at),
            };
            writes.push(
                self.0
                    .put(keyed(keys::refused(to.id, first.line), None, &part)?)?,
            );
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Rows of an import that are refused, in the order of the file; a window goes on behind a line.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn refused_rows(&self, id: ImportId, window: &Window) -> Result<List<RefusedRow>> {
        let after = window
            .after
            .as_deref()
            .and_then(|line| line.parse().ok())
            .unwrap_or_default();
        let limit = usize::from(window.limit);
        // The part that has the line in it begins on it, or is the last one before it.
        let last = self.parts(id, 0, after, false, 1).await?;
        let mut rows: Vec<RefusedRow> = last.into_iter().flat_map(|part| part.rows).collect();
        rows.retain(|row| row.line > after);
        let mut from = after + 1;
        while rows.len() <= limit {
            let parts = self.parts(id, from, LAST_LINE, true, PARTS_AT_ONCE).await?;
            let Some(begins) = parts.last().and_then(|part| part.rows.first()) else {
                break;
            };
            from = begins.line + 1;
            rows.extend(parts.into_iter().flat_map(|part| part.rows));
        }
        let goes_on = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| goes_on).map(|row| row.line.to_string());
        Ok(List { entries: rows, next })
    }

    /// The lines of all rows of an import that are refused. Only they are kept of what is read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn refused_lines(&self, id: ImportId) -> Result<Vec<u64>> {
        let (mut lines, mut from) = (Vec::new(), 0);
        loop {
            let parts = self.parts(id, from, LAST_LINE, true, PARTS_AT_ONCE).await?;
            let Some(begins) = parts.last().and_then(|part| part.rows.first()) else {
                return Ok(lines);
            };
            from = begins.line + 1;
            lines.extend(parts.iter().flat_map(|part| &part.rows).map(|row| row.line));
        }
    }

    /// Parts whose first row begins between two lines, so many of them.
    async fn parts(
        &self,
        id: ImportId,
        from: u64,
        to: u64,
        is_forward: bool,
        limit: i32,
    ) -> Result<Vec<RefusedItem>> {
        let (first, last) = (keys::refused(id, from), keys::refused(id, to));
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :import AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":import", s(first.pk))
            .expression_attribute_values(":first", s(first.sk))
            .expression_attribute_values(":last", s(last.sk))
            .scan_index_forward(is_forward)
            .limit(limit)
            .consistent_read(true);
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        answer.items.unwrap_or_default().into_iter().map(read).collect()
    }
}

fn expiry(created_at: Timestamp) -> i64 {
    (created_at + KEPT).as_second()
}

impl From<&ClientImport> for ImportItem {
    fn from(import: &ClientImport) -> Self {
        let (size, etag) = import.file.clone().unzip();
        Self {
            id: import.id.to_string(),
            is_dry_run: import.is_dry_run,
            columns: import.columns.clone(),
            created_at: import.created_at.into(),
            status: import.status.name().to_owned(),
            failure: import.failure.clone(),
            size,
            etag,
            done: import.done,
            created: import.created,
            changed: import.changed,
            unchanged: import.unchanged,
            refused: import.refused,
            version: import.version,
            expires_at: expiry(import.created_at),
        }
    }
}

impl TryFrom<ImportItem> for ClientImport {
    type Error = StoreError;

    fn try_from(item: ImportItem) -> Result<Self> {
        let id = ImportId::parse(&item.id).ok_or_else(|| StoreError::unreadable("an import's id"))?;
        Ok(Self {
            id,
            is_dry_run: item.is_dry_run,
            columns: item.columns,
            created_at: item.created_at.into(),
            status: ImportStatus::parse(&item.status)?,
            failure: item.failure,
            file: item.size.zip(item.etag),
            done: item.done,
            created: item.created,
            changed: item.changed,
            unchanged: item.unchanged,
            refused: item.refused,
            version: item.version,
        })
    }
}
