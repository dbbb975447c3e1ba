use std::{collections::HashSet, sync::Arc};

use jiff::Timestamp;
use kabar_courier::{ImportBucket, ImportQueue, ImportWork};
use kabar_domain::{World, ids::ImportId, mailings::ImportStatus};
use kabar_store::mailings::{ClientImport, Mailings};

use super::{MOST_IN_CHUNK, PlacedRow, Sheet, steps::Step};
use crate::Result;

/// How many bytes are read at once; a row has to end within them.
const PART: u64 = 1024 * 1024;
/// The most rows of a file: what is kept of each, so that repeated phones are found, has to fit a small function.
pub const MOST_FILE_ROWS: u64 = 200_000;

/// Works through files of clients, a hundred rows at a time.
pub struct Importer {
    /// The table of mailings, where clients are.
    pub mailings: Mailings,
    /// Where the files are.
    pub files: ImportBucket,
    /// Where a file waits that is not done in time.
    pub queue: ImportQueue,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// How a part of the work ended.
pub(super) enum Went {
    /// There is more to do.
    On,
    /// The time is over.
    Off,
    /// Somebody else did the same, and goes on.
    Lost,
    /// It cannot go on; the sentence says why.
    Wrong(String),
}

impl Importer {
    /// Works on through a file, until it is done or `stop`; then it goes to the end of its queue. Returns how the import
    /// stands, or nothing if there is none.
    ///
    /// Each step of a hundred rows ends with a write that holds to where the step began: whoever runs twice, or goes on
    /// where somebody died, imports the same rows again, which changes nothing, and counts them once. Rows that somebody
    /// imported who then died are counted as unchanged.
    ///
    /// # Errors
    /// When the store, the bucket or the queue did not answer; what is done is done.
    pub async fn work(&self, id: ImportId, stop: Timestamp) -> Result<Option<ClientImport>> {
        let Some(import) = self.mailings.import(id).await? else {
            return Ok(None);
        };
        let file = import.file.clone();
        let (ImportStatus::Running, Some((size, etag))) = (import.status, file) else {
            return Ok(Some(import));
        };
        let mut step = Step::new(self, import, stop);
        let refused = match step.import.done {
            0 => Vec::new(),
            _ => self.mailings.refused_lines(id).await?,
        };
        let went = self
            .walk(&mut step, (size, &etag), &refused.into_iter().collect())
            .await?;
        let done = step.import.done;
        let is_ours = match went {
            Went::On => step.end(ImportStatus::Finished, None, size).await?,
            Went::Wrong(why) => step.end(ImportStatus::Failed, Some(why), done).await?,
            Went::Off => {
                self.queue.put(ImportWork::Import(id)).await?;
                false
            }
            Went::Lost => false,
        };
        if is_ours {
            // The bucket forgets it in a week, should this not be heard.
            let _ = self.files.delete(id).await;
        }
        Ok(Some(step.import))
    }

    /// Walks through the file from its start: over what is done, to know its phones, and then step by step.
    async fn walk(
        &self,
        step: &mut Step<'_>,
        (size, etag): (u64, &str),
        refused: &HashSet<u64>,
    ) -> Result<Went> {
        let (id, columns) = (step.import.id, step.import.columns.clone());
        let (mut at, mut line, mut bytes, mut sheet) = (0, 1, Vec::new(), None);
        loop {
            let from = at + bytes.len() as u64;
            if from < size {
                let Some(more) = self.files.read(id, etag, from, PART).await? else {
                    let gone = "The file is gone, or another one was put in its place.";
                    return Ok(Went::Wrong(gone.to_owned()));
                };
                bytes.extend(more);
            }
            let is_end = at + bytes.len() as u64 >= size;
            let (mut start, sheet) = match &sheet {
                Some(sheet) => (0, sheet),
                None => match Sheet::open(&bytes, |field| columns.get(field).map(String::as_str)) {
                    Ok(opened) => {
                        let (start, first) = opened.start();
                        line = first;
                        (start, &*sheet.insert(opened))
                    }
                    Err(errors) => {
                        let said = errors
                            .iter()
                            .map(|error| format!("{}: {}", error.field, error.reason));
                        return Ok(Went::Wrong(said.collect::<Vec<_>>().join(" ")));
                    }
                },
            };
            let mut rows = sheet.rows(&bytes[start..], line, is_end);
            while let Some(PlacedRow { at: place, row }) = rows.next() {
                if at + ((start + place) as u64) < step.import.done {
                    if let Ok(row) = row
                        && !refused.contains(&row.line)
                    {
                        step.seen.note(&row.phone, row.line);
                    }
                    continue;
                }
                step.rows.push(row);
                if step.rows.len() == MOST_IN_CHUNK {
                    let (next, _) = rows.rest();
                    match step.go(at + (start + next) as u64).await? {
                        Went::On => {}
                        other => return Ok(other),
                    }
                }
            }
            let (rest, next) = rows.rest();
            start += rest;
            if is_end {
                return step.last(size).await;
            }
            if start == 0 && bytes.len() as u64 > PART {
                let why = format!("Line {next}: the row has more than {PART} bytes. Is a quote not closed?");
                return Ok(Went::Wrong(why));
            }
            (at, line) = (at + start as u64, next);
            bytes.drain(..start);
        }
    }
}
