use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{FromRequest, Request as Sending},
};
use kabar_app::mailings::{COLUMNS, Import, ImportReport, MOST_IN_CHUNK, RowRefused, Sheet};
use kabar_domain::Invalid;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Api,
    frame::{
        Fields, ListQuery, Params, Problem, ProblemKind, Request, Result, Staff, essence, read_body, utf8,
    },
};

/// How many rows one request may have: their writes take about three seconds of a new table's 4,000 units a second,
/// and if every cell of every row is wrong, the answer still fits an item (400 KB), where an idempotency key keeps it.
const MOST_ROWS: usize = 1_000;

/// What became of an import.
#[derive(Serialize, ToSchema)]
#[schema(as = Import)]
pub(crate) struct ImportView {
    /// Whether it only says what would be done.
    dry_run: bool,
    /// How many clients are new.
    created: u64,
    /// How many were others before.
    changed: u64,
    /// How many were so before.
    unchanged: u64,
    /// How many rows are not imported.
    refused: usize,
    /// The rows that are not imported.
    rows: Vec<RowView>,
}

/// A row that is not imported, and why.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportRow)]
pub(crate) struct RowView {
    /// The line of the file that it begins on; the first is 1.
    #[schema(example = 17)]
    row: u64,
    /// What is wrong with which field; with `row`, if it has another number of cells than the header.
    errors: BTreeMap<&'static str, Vec<String>>,
}

impl From<RowRefused> for RowView {
    fn from(refused: RowRefused) -> Self {
        let mut errors: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for error in refused.errors {
            errors
                .entry(error.field)
                .or_default()
                .push(error.reason.to_string());
        }
        Self {
            row: refused.line,
            errors,
        }
    }
}

/// A body of CSV, decoded.
pub(crate) struct CsvBody(String);

impl FromRequest<Api> for CsvBody {
    type Rejection = Problem;

    async fn from_request(request: Sending, _: &Api) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let bytes = read_body(body).await?;
        if essence(&parts.headers) != "text/csv" {
            let what = "The body must be CSV, as text/csv.";
            return Err(Problem::with_detail(ProblemKind::UnsupportedMediaType, what));
        }
        utf8(&bytes).map(Self)
    }
}

/// Import clients: add those whose phones are new, and change the others.
///
/// At most 1,000 rows are taken at once; a longer file goes by `/api/clients/imports/`. The first row names the columns: `phone`, and as many as there are of `operator_code`, `tag`, `time_zone`,
/// `email`, `first_name` and `language`; others are ignored. Cells are separated by commas, semicolons or tabs. An empty
/// cell of tag, email, first name or language empties the field; any other leaves it as it is. A new client needs a time zone.
#[utoipa::path(post, path = "/api/clients/import/", tag = "mailings",
    request_body(content = String, content_type = "text/csv", example = "phone,tag,time_zone\n79161234567,vip,Europe/Moscow\n"),
    params(("dry_run" = Option<bool>, Query, description = "Only say what would be done"),
           ("phone_column" = Option<String>, Query, description = "The name of the column of phones, unless `phone`"),
           ("operator_code_column" = Option<String>, Query, description = "The name of the column of operator codes, unless `operator_code`"),
           ("tag_column" = Option<String>, Query, description = "The name of the column of tags, unless `tag`"),
           ("time_zone_column" = Option<String>, Query, description = "The name of the column of time zones, unless `time_zone`"),
           ("email_column" = Option<String>, Query, description = "The name of the column of addresses, unless `email`"),
           ("first_name_column" = Option<String>, Query, description = "The name of the column of first names, unless `first_name`"),
           ("language_column" = Option<String>, Query, description = "The name of the column of languages, unless `language`")),
    responses((status = 200, body = ImportView)))]
pub(crate) async fn import_clients(
    _: Staff,
    Request(app): Request,
    params: Params,
    CsvBody(text): CsvBody,
) -> Result<Json<ImportView>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let is_dry_run = query.parameter("dry_run", |raw| {
        raw.parse()
            .map_err(|_| Invalid::because("Must be true or false."))
    });
    let named = |field: &str| {
        let (_, parameter) = COLUMNS.iter().find(|(column, _)| *column == field)?;
        params.get(parameter)
    };
    let sheet = match Sheet::open(text.as_bytes(), named) {
        Ok(sheet) => Some(sheet),
        Err(errors) => {
            for error in errors {
                query.fields.refuse::<()>(error.field, error.reason);
            }
            None
        }
    };
    let sheet = query.fields.all(sheet)?;
    let (start, line) = sheet.start();
    let rows = sheet.rows(&text.as_bytes()[start..], line, true);
    // One more than may be there says whether there are too many, before anything is written.
    let rows: Vec<_> = rows.take(MOST_ROWS + 1).map(|placed| placed.row).collect();
    if rows.len() > MOST_ROWS {
        let what = format!("At most {MOST_ROWS} rows are imported at once.");
        return Err(Problem::with_detail(ProblemKind::TooLarge, what));
    }
    let mut import = Import::new(is_dry_run.unwrap_or_default());
    let mut whole = ImportReport::default();
    let mut good = Vec::new();
    for row in rows {
        match row {
            Ok(row) => good.push(row),
            Err(row) => whole.refused.push(row),
        }
    }
    for chunk in good.chunks(MOST_IN_CHUNK) {
        whole.join(app.import_clients(&mut import, chunk.to_vec()).await?);
    }
    whole.refused.sort_by_key(|row| row.line);
    Ok(Json(ImportView {
        dry_run: import.is_dry_run,
        created: whole.created,
        changed: whole.changed,
        unchanged: whole.unchanged,
        refused: whole.refused.len(),
        rows: whole.refused.into_iter().map(RowView::from).collect(),
    }))
}
