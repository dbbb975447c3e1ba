use std::collections::BTreeMap;

use jiff::Timestamp;
use kabar_courier::UploadForm;
use kabar_domain::mailings::ImportStatus;
use kabar_store::mailings::{ClientImport, RefusedRow};
use serde::Serialize;
use utoipa::ToSchema;

/// The import of a file of clients, and how far it is.
#[derive(Serialize, ToSchema)]
#[schema(as = FileImport)]
pub(crate) struct FileImportView {
    id: String,
    /// `waiting` for the file and the start, `running`, `finished` or `failed`.
    #[schema(example = "running")]
    status: &'static str,
    /// Why it failed.
    failure: Option<String>,
    dry_run: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// How much of the file is done.
    #[schema(example = 62)]
    done_percent: u64,
    /// How many rows are done.
    rows: u64,
    /// How many clients are new.
    created: u64,
    /// How many were others before.
    changed: u64,
    /// How many were so before. Rows that were imported as a machine died count here too, at most a hundred each time.
    unchanged: u64,
    /// How many rows are not imported.
    refused: u64,
}

/// An import that begins, with the form by which its file comes.
#[derive(Serialize, ToSchema)]
#[schema(as = FileImportMade)]
pub(crate) struct FileImportMade {
    #[serde(flatten)]
    import: FileImportView,
    upload: UploadView,
}

/// A form to send as `multipart/form-data`.
#[derive(Serialize, ToSchema)]
#[schema(as = Upload)]
struct UploadView {
    /// Where to.
    url: String,
    /// Its fields, to be sent as they are, before the file.
    fields: BTreeMap<&'static str, String>,
    /// Until when it is taken.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// A part of the list of refused rows.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportErrorList)]
pub(crate) struct FileImportList {
    errors: Vec<RefusedView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// A row that is not imported, and why.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportError)]
struct RefusedView {
    /// The line of the file that it begins on; the first is 1.
    #[schema(example = 17)]
    row: u64,
    /// What is wrong with which field; with `row`, if it is no row of this file's width or no text.
    errors: BTreeMap<String, Vec<String>>,
}

impl From<ClientImport> for FileImportView {
    fn from(import: ClientImport) -> Self {
        let size = import.file.map_or(0, |(size, _)| size);
        let part = (import.done * 100).checked_div(size).unwrap_or_default();
        Self {
            id: import.id.to_string(),
            status: import.status.name(),
            done_percent: if import.status == ImportStatus::Finished {
                100
            } else {
                part
            },
            failure: import.failure,
            dry_run: import.is_dry_run,
            created_at: import.created_at,
            rows: import.created + import.changed + import.unchanged + import.refused,
            created: import.created,
            changed: import.changed,
            unchanged: import.unchanged,
            refused: import.refused,
        }
    }
}

impl From<(ClientImport, UploadForm)> for FileImportMade {
    fn from((import, form): (ClientImport, UploadForm)) -> Self {
        Self {
            import: import.into(),
            upload: UploadView {
                url: form.url,
                fields: form.fields.into_iter().collect(),
                expires_at: form.expires_at,
            },
        }
    }
}

impl FileImportList {
    pub(super) fn of(rows: Vec<RefusedRow>, next: Option<String>) -> Self {
        let errors = rows.into_iter().map(|row| {
            let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (field, reason) in row.errors {
                errors.entry(field).or_default().push(reason);
            }
            RefusedView {
                row: row.line,
                errors,
            }
        });
        Self {
            errors: errors.collect(),
            next,
        }
    }
}
