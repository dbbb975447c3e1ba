use jiff::Timestamp;
use kabar_domain::mailings::ImportStatus;
use kabar_store::mailings::{ClientImport, RefusedRow};

use super::{Import, ImportRow, Importer, MOST_FILE_ROWS, RowRefused, import::Rows, importer::Went};
use crate::Result;

/// A turn on a file: what is done of it, and the rows of the next step.
pub(super) struct Step<'a> {
    importer: &'a Importer,
    stop: Timestamp,
    /// The import, as this turn has left it.
    pub(super) import: ClientImport,
    /// Which phones it has had.
    pub(super) seen: Import,
    /// What is read and not yet done.
    pub(super) rows: Vec<std::result::Result<ImportRow, RowRefused>>,
}

impl<'a> Step<'a> {
    pub(super) fn new(importer: &'a Importer, import: ClientImport, stop: Timestamp) -> Self {
        Self {
            seen: Import::new(import.is_dry_run),
            importer,
            stop,
            import,
            rows: Vec::new(),
        }
    }

    /// Imports the rows that are read, up to this place in the file.
    pub(super) async fn go(&mut self, done: u64) -> Result<Went> {
        let (mut good, mut refused) = (Vec::new(), Vec::new());
        for row in self.rows.drain(..) {
            match row {
                Ok(row) => good.push(row),
                Err(row) => refused.push(row),
            }
        }
        let Importer { mailings, world, .. } = self.importer;
        let rows = Rows {
            mailings,
            world: &**world,
        };
        let report = rows.import(&mut self.seen, good).await?;
        refused.extend(report.refused);
        refused.sort_by_key(|row| row.line);
        let refused: Vec<RefusedRow> = refused.into_iter().map(RefusedRow::from).collect();
        let mut to = self.import.clone();
        to.created += report.created;
        to.changed += report.changed;
        to.unchanged += report.unchanged;
        to.refused += refused.len() as u64;
        to.done = done;
        if !self.save(to, &refused).await? {
            return Ok(Went::Lost);
        }
        let ClientImport {
            created,
            changed,
            unchanged,
            refused,
            ..
        } = self.import;
        if created + changed + unchanged + refused > MOST_FILE_ROWS {
            return Ok(Went::Wrong(format!(
                "The file has more than {MOST_FILE_ROWS} rows."
            )));
        }
        Ok(if world.now() < self.stop {
            Went::On
        } else {
            Went::Off
        })
    }

    /// Imports what is left at the end of the file.
    pub(super) async fn last(&mut self, size: u64) -> Result<Went> {
        if self.rows.is_empty() {
            return Ok(Went::On);
        }
        Ok(match self.go(size).await? {
            // Nothing is left to do, so that the time does not matter.
            Went::Off => Went::On,
            other => other,
        })
    }

    /// Ends the import.
    pub(super) async fn end(
        &mut self,
        status: ImportStatus,
        failure: Option<String>,
        done: u64,
    ) -> Result<bool> {
        let to = ClientImport {
            status,
            failure,
            done,
            ..self.import.clone()
        };
        self.save(to, &[]).await
    }

    /// Moves the import on. `false`: somebody else did, from the same place.
    async fn save(&mut self, to: ClientImport, refused: &[RefusedRow]) -> Result<bool> {
        let to = ClientImport {
            version: self.import.version + 1,
            ..to
        };
        let is_saved = self.importer.mailings.move_import(&to, refused).await?;
        if is_saved {
            self.import = to;
        }
        Ok(is_saved)
    }
}

impl From<RowRefused> for RefusedRow {
    fn from(row: RowRefused) -> Self {
        let errors = row.errors.into_iter();
        Self {
            line: row.line,
            errors: errors
                .map(|error| (error.field.to_owned(), error.reason.to_string()))
                .collect(),
        }
    }
}
