use std::collections::BTreeMap;

use kabar_courier::{ImportWork, UploadForm};
use kabar_domain::{ids::ImportId, mailings::ImportStatus};
use kabar_store::{
    List, Window,
    mailings::{ClientImport, RefusedRow},
};

use crate::{App, Expected, Failure, Result};

/// The most bytes of a file: 200,000 rows of 160.
pub const MOST_FILE_BYTES: u64 = 32 * 1024 * 1024;

/// All of these are for staff, which the routes have made sure of.
impl App {
    /// Begins the import of a file, which is sent with the form that is returned. `columns` are the names of columns that
    /// are not called as their fields are, by field.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn add_import(
        &self,
        is_dry_run: bool,
        columns: BTreeMap<String, String>,
    ) -> Result<(ClientImport, UploadForm)> {
        let import = ClientImport {
            id: ImportId::new(&*self.world),
            is_dry_run,
            columns,
            created_at: self.world.now(),
            status: ImportStatus::Waiting,
            failure: None,
            file: None,
            done: 0,
            created: 0,
            changed: 0,
            unchanged: 0,
            refused: 0,
            version: 1,
        };
        let form = self.uploads.form(import.id, MOST_FILE_BYTES).await?;
        self.mailings.add_import(&import).await?;
        Ok((import, form))
    }

    /// Has the file of an import worked through, which is there now. Asking again is no error, and has a queue that forgot
    /// it reminded.
    ///
    /// # Errors
    /// [`Failure::NotFound`]. [`Failure::Conflict`]: the file is not there.
    pub async fn start_import(&self, id: ImportId) -> Result<ClientImport> {
        let import = Expected::Any.settle(|| self.start_once(id)).await?;
        if import.status == ImportStatus::Running {
            self.importing.put(ImportWork::Import(id)).await?;
        }
        Ok(import)
    }

    async fn start_once(&self, id: ImportId) -> Result<ClientImport> {
        let import = self.import(id).await?;
        if import.status != ImportStatus::Waiting {
            return Ok(import);
        }
        let file = self.uploads.bucket.file(id).await?;
        let file = file.ok_or(Failure::Conflict(
            "The file is not there: send it with the form first.",
        ))?;
        let started = ClientImport {
            status: ImportStatus::Running,
            file: Some((file.size, file.etag)),
            version: import.version + 1,
            ..import
        };
        match self.mailings.move_import(&started, &[]).await? {
            true => Ok(started),
            false => Err(Failure::Changed),
        }
    }

    /// How an import stands.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn import(&self, id: ImportId) -> Result<ClientImport> {
        self.mailings.import(id).await?.ok_or(Failure::NotFound)
    }

    /// The rows of an import that are refused so far, in the order of the file.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn refused_rows(&self, id: ImportId, window: &Window) -> Result<List<RefusedRow>> {
        self.import(id).await?;
        Ok(self.mailings.refused_rows(id, window).await?)
    }
}
