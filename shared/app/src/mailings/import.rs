use std::collections::{BTreeSet, HashMap};

use futures_util::{StreamExt, stream};
use kabar_domain::{
    Invalid, World,
    ids::ClientId,
    mailings::{Client, ClientChange, NewClient, Phone},
};
use kabar_store::mailings::{ClientWrite, Mailings};

use crate::{App, Failure, FieldError, Result, failure::MOST_TRIES};

/// How many rows are worked through at once: as many as one read takes of phones.
pub const MOST_IN_CHUNK: usize = 100;
/// How many clients are written at the same time; more would only wait for each other on a small function's processor.
const AT_ONCE: usize = 16;

/// A row of a table of clients.
#[derive(Clone, Debug)]
pub struct ImportRow {
    /// The line of the file that it begins on, from 1.
    pub line: u64,
    /// Whose row it is.
    pub phone: Phone,
    /// What it says of them; what it leaves out stays, or is the default of a new client.
    pub says: ClientChange,
}

/// One import, which goes through a file chunk by chunk and in order.
#[derive(Debug, Default)]
pub struct Import {
    /// Whether to say what would be done, and do nothing.
    pub is_dry_run: bool,
    /// The lines of the phones that have been imported, as small as they go: a file may have 200,000.
    lines: HashMap<u64, u32>,
}

/// What became of the rows of a chunk, or of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Clients who are new.
    pub created: u64,
    /// Clients who were others before.
    pub changed: u64,
    /// Clients who were so before.
    pub unchanged: u64,
    /// Rows that are not imported, in the order of the file.
    pub refused: Vec<RowRefused>,
}

/// A row that is not imported, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRefused {
    /// The line of the file that it begins on, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
}

/// What a row does.
enum Done {
    Created,
    Changed,
    Unchanged,
    Refused(FieldError),
}

impl Import {
    /// A new import.
    #[must_use]
    pub fn new(is_dry_run: bool) -> Self {
        Self {
            is_dry_run,
            lines: HashMap::new(),
        }
    }

    /// Takes in that the row on this line was imported before.
    pub(super) fn note(&mut self, phone: &Phone, line: u64) {
        self.lines
            .insert(digits(phone), u32::try_from(line).unwrap_or(u32::MAX));
    }

    fn line_of(&self, phone: &Phone) -> Option<u32> {
        self.lines.get(&digits(phone)).copied()
    }
}

/// Eleven digits, as a number.
fn digits(phone: &Phone) -> u64 {
    phone.as_str().parse().unwrap_or_default()
}

impl ImportReport {
    /// Takes in what became of the next chunk.
    pub fn join(&mut self, next: Self) {
        self.created += next.created;
        self.changed += next.changed;
        self.unchanged += next.unchanged;
        self.refused.extend(next.refused);
    }

    fn add(&mut self, line: u64, done: Done) {
        match done {
            Done::Created => self.created += 1,
            Done::Changed => self.changed += 1,
            Done::Unchanged => self.unchanged += 1,
            Done::Refused(error) => self.refused.push(RowRefused {
                line,
                errors: vec![error],
            }),
        }
    }
}

fn refused(field: &'static str, reason: impl Into<String>) -> Done {
    let reason = Invalid::because(reason);
    Done::Refused(FieldError { field, reason })
}

fn needs_zone() -> Done {
    refused("time_zone", "This field is required for a new client.")
}

impl App {
    /// Imports a chunk of rows, at most [`MOST_IN_CHUNK`]: adds the clients whose phones are new, changes the others to
    /// what the rows say, and refuses a row whose phone another row of the import had before. What is imported already
    /// is left alone, so a chunk may be given again, and an import that died half-way is finished by another one. For
    /// staff, which the route has made sure of.
    ///
    /// # Errors
    /// When the store did not answer; some of the rows may then be imported.
    pub async fn import_clients(&self, import: &mut Import, rows: Vec<ImportRow>) -> Result<ImportReport> {
        let rows_of = Rows {
            mailings: &self.mailings,
            world: &*self.world,
        };
        rows_of.import(import, rows).await
    }
}

/// What rows are imported with.
pub(super) struct Rows<'a> {
    pub(super) mailings: &'a Mailings,
    pub(super) world: &'a dyn World,
}

impl Rows<'_> {
    /// See [`App::import_clients`].
    pub(super) async fn import(&self, import: &mut Import, rows: Vec<ImportRow>) -> Result<ImportReport> {
        let phones: BTreeSet<&Phone> = rows.iter().map(|row| &row.phone).collect();
        let there = self.mailings.clients_with(phones).await?.into_iter();
        let mut there: HashMap<Phone, Client> = there.map(|client| (client.phone.clone(), client)).collect();
        let mut report = ImportReport::default();
        let mut wanted = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(before) = import.line_of(&row.phone) {
                let reason = format!("Repeats the phone of row {before}.");
                report.add(row.line, refused("phone", reason));
            } else if row.says.zone.is_none() && !there.contains_key(&row.phone) {
                report.add(row.line, needs_zone());
            } else {
                import.note(&row.phone, row.line);
                // Ids are drawn here, one after the other, so that a request that is tried again draws the same.
                let before = there.remove(&row.phone);
                wanted.push((row, before, ClientId::new(self.world)));
            }
        }
        let is_dry_run = import.is_dry_run;
        let done = stream::iter(wanted)
            .map(|(row, before, id)| async move {
                let line = row.line;
                let done = self.import_row(row, before, id, is_dry_run).await?;
                Ok::<_, Failure>((line, done))
            })
            .buffered(AT_ONCE);
        let done: Vec<_> = done.collect().await;
        for one in done {
            let (line, done) = one?;
            report.add(line, done);
        }
        report.refused.sort_by_key(|row| row.line);
        Ok(report)
    }

    /// Does one row, and does it again for whoever has the phone now, if that changed since it was read.
    async fn import_row(
        &self,
        row: ImportRow,
        mut before: Option<Client>,
        id: ClientId,
        is_dry_run: bool,
    ) -> Result<Done> {
        for _ in 0..MOST_TRIES {
            let (written, done) = match &before {
                Some(before) => {
                    let after = before.changed(row.says.clone(), self.world.now());
                    if after == *before {
                        return Ok(Done::Unchanged);
                    }
                    if is_dry_run {
                        return Ok(Done::Changed);
                    }
                    let written = self.mailings.change_client(before, &after).await?;
                    (written, Done::Changed)
                }
                None => {
                    let Some(new) = new_client(&row) else {
                        return Ok(needs_zone());
                    };
                    if is_dry_run {
                        return Ok(Done::Created);
                    }
                    let client = Client::new(id, new, self.world.now());
                    (self.mailings.add_client(&client).await?, Done::Created)
                }
            };
            if written == ClientWrite::Written {
                return Ok(done);
            }
            let found = self.mailings.clients_with([&row.phone]).await?;
            before = found.into_iter().find(|client| client.phone == row.phone);
        }
        Err(Failure::Store(kabar_store::StoreError::Contended))
    }
}

fn new_client(row: &ImportRow) -> Option<NewClient> {
    let says = row.says.clone();
    Some(NewClient {
        phone: row.phone.clone(),
        operator_code: says.operator_code.flatten(),
        tag: says.tag.unwrap_or_default(),
        zone: says.zone?,
        email: says.email.flatten(),
        first_name: says.first_name.unwrap_or_default(),
        language: says.language.flatten(),
    })
}
