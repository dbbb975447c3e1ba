use std::collections::BTreeMap;

use axum::{Json, http::StatusCode};
use kabar_app::mailings::COLUMNS;
use kabar_domain::{Invalid, ids::ImportId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::file_view::{FileImportList, FileImportMade, FileImportView};
use crate::frame::{
    Entity, Fields, Id, Listing, Params, PerhapsBody, Request, Result, Sent, Staff, read_text,
};

const ERRORS: Listing = Listing {
    name: "import_errors",
    is_sort_key: |key| !key.is_empty() && key.len() < 10 && key.bytes().all(|byte| byte.is_ascii_digit()),
};
/// The longest name of a column, in characters.
const LONGEST_NAME: usize = 200;

/// How a file of clients is to be imported.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewFileImport)]
pub(crate) struct FileImportBody {
    /// Only say what would be done.
    #[schema(value_type = Option<bool>, example = false)]
    dry_run: Sent,
    /// The name of the column of phones, unless `phone`.
    #[schema(value_type = Option<String>, example = "Phone number")]
    phone_column: Sent,
    /// The name of the column of operator codes, unless `operator_code`.
    #[schema(value_type = Option<String>)]
    operator_code_column: Sent,
    /// The name of the column of tags, unless `tag`.
    #[schema(value_type = Option<String>)]
    tag_column: Sent,
    /// The name of the column of time zones, unless `time_zone`.
    #[schema(value_type = Option<String>)]
    time_zone_column: Sent,
    /// The name of the column of addresses, unless `email`.
    #[schema(value_type = Option<String>)]
    email_column: Sent,
    /// The name of the column of first names, unless `first_name`.
    #[schema(value_type = Option<String>)]
    first_name_column: Sent,
    /// The name of the column of languages, unless `language`.
    #[schema(value_type = Option<String>)]
    language_column: Sent,
}

/// Begin the import of a file of up to 200,000 clients.
///
/// The answer has a form: send it as `multipart/form-data` to its `url`, with its `fields` as they are and last the file
/// as `file`, within a quarter of an hour. Then start the import. The file is as for a small import; of a file that is
/// imported, and of one that nobody starts for a week, nothing is kept but the refused rows, for a month.
#[utoipa::path(post, path = "/api/clients/imports/", tag = "mailings", request_body = Option<FileImportBody>,
    responses((status = 201, body = FileImportMade)))]
pub(crate) async fn create_import(
    _: Staff,
    Request(app): Request,
    PerhapsBody(body): PerhapsBody<FileImportBody>,
) -> Result<(StatusCode, Json<FileImportMade>)> {
    let mut fields = Fields::default();
    let is_dry_run = fields.optional("dry_run", &body.dry_run, |value| {
        value
            .as_bool()
            .ok_or_else(|| Invalid::because("Must be true or false."))
    });
    let named: [&Sent; COLUMNS.len()] = [
        &body.phone_column,
        &body.operator_code_column,
        &body.tag_column,
        &body.time_zone_column,
        &body.email_column,
        &body.first_name_column,
        &body.language_column,
    ];
    let mut columns = BTreeMap::new();
    for ((field, parameter), sent) in COLUMNS.into_iter().zip(named) {
        let name = fields.optional(parameter, sent, |value| {
            let name = read_text(value)?.trim();
            let is_name = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
            let too_long = || Invalid::because(format!("Must be 1 to {LONGEST_NAME} characters."));
            is_name.then(|| name.to_owned()).ok_or_else(too_long)
        });
        columns.extend(name.map(|name| (field.to_owned(), name)));
    }
    fields.done()?;
    let made = app.add_import(is_dry_run.unwrap_or_default(), columns).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Work through the file of an import, which is there now. Asking again changes nothing.
#[utoipa::path(post, path = "/api/clients/imports/{id}/start/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 202, body = FileImportView)))]
pub(crate) async fn start_import(
    _: Staff,
    Request(app): Request,
    Id(id): Id<ImportId>,
) -> Result<(StatusCode, Json<FileImportView>)> {
    let started = app.start_import(id).await?;
    Ok((StatusCode::ACCEPTED, Json(started.into())))
}

/// How far an import is.
#[utoipa::path(get, path = "/api/clients/imports/{id}/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = FileImportView)))]
pub(crate) async fn get_import(
    _: Staff,
    Request(app): Request,
    Id(id): Id<ImportId>,
) -> Result<Entity<FileImportView>> {
    let import = app.import(id).await?;
    Ok(Entity::versioned(import.version, import.into()))
}

/// The rows of an import that are refused so far, in the order of the file.
#[utoipa::path(get, path = "/api/clients/imports/{id}/errors/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = FileImportList)))]
pub(crate) async fn list_import_errors(
    _: Staff,
    Request(app): Request,
    Id(id): Id<ImportId>,
    params: Params,
) -> Result<Json<FileImportList>> {
    let found = app.refused_rows(id, &params.window(ERRORS)?).await?;
    let next = found.next.map(|line| ERRORS.cursor(&line));
    Ok(Json(FileImportList::of(found.entries, next)))
}
