//! Clients from a file: what would be done is shown first, row by row; then the same file is imported.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    http::{Method, StatusCode},
    response::Response,
};
use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::{
    answer::private,
    entity::{Field, Input, Kind, Source, field, inputs},
    pages::others,
    web::{Call, Filled, Frame, Reader, Refused, Result, Sending, Sent, shown},
    words::{clients as c, fields as f, reason, ui as w},
};

/// What the API calls that which says how a column is called.
const COLUMNS: &[Field] = &[
    field("phone_column", f::PHONE, Kind::Text),
    field("time_zone_column", f::ZONE, Kind::Text),
    field("operator_code_column", f::OPERATOR_CODE, Kind::Text),
    field("tag_column", f::TAG, Kind::Text),
    field("email_column", f::EMAIL, Kind::Text),
    field("first_name_column", f::FIRST_NAME, Kind::Text),
    field("language_column", f::LANGUAGE, Kind::Text),
];

/// A form for a file, and what came of it.
#[derive(Template)]
#[template(path = "import.html")]
struct Page {
    frame: Frame,
    columns: Vec<Input>,
    /// Whether a column goes by another name.
    is_mapped: bool,
    errors: Vec<String>,
    outcome: Option<Outcome>,
    once: String,
}

/// What was done with a file, or would be.
struct Outcome {
    is_trial: bool,
    counts: [(&'static str, u64); 4],
    rows: Vec<Row>,
    /// The file, to be sent once more; none where nothing in it can be imported.
    file: Option<String>,
}

/// A row that is not imported.
struct Row {
    number: u64,
    line: String,
    reasons: Vec<String>,
}

/// `GET /clients/import`.
pub(crate) async fn form(reader: Reader) -> Response {
    match reader.is_staff() {
        true => private(&page(&reader, &Sent::default(), None, None)),
        false => shown::refused(&Refused::not_allowed(), reader.language),
    }
}

/// `POST /clients/import`: says what a file would do; does it with the file that was looked at.
pub(crate) async fn import(reader: Reader, Filled(sent): Filled) -> Response {
    let chosen = sent.files.iter().find(|file| !file.bytes.is_empty());
    let bytes = match (chosen, sent.get("csv")) {
        (Some(file), _) => file.bytes.to_vec(),
        (None, Some(text)) => text.as_bytes().to_vec(),
        (None, None) => {
            let mut refused = Refused::read(StatusCode::BAD_REQUEST, &Value::Null);
            c::NO_FILE.within(reader.language).clone_into(&mut refused.detail);
            return again(&reader, &sent, &refused);
        }
    };
    let is_trial = chosen.is_some() || sent.get("sure").is_none();
    match imported(&reader, &sent, bytes.clone(), is_trial).await {
        Ok(answer) => {
            let outcome = Outcome::read(&answer, &String::from_utf8_lossy(&bytes), &reader);
            private(&page(&reader, &sent, None, Some(outcome)))
        }
        Err(refused) if is_about_file(&refused) => again(&reader, &sent, &refused),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// Whether another file, or other names of columns, would help.
fn is_about_file(refused: &Refused) -> bool {
    let about = [
        StatusCode::BAD_REQUEST,
        StatusCode::PAYLOAD_TOO_LARGE,
        StatusCode::CONFLICT,
        StatusCode::UNPROCESSABLE_ENTITY,
    ];
    about.contains(&refused.status)
}

/// The form once more, with why no row of the file was looked at.
fn again(reader: &Reader, sent: &Sent, refused: &Refused) -> Response {
    let mut answer = private(&page(reader, sent, Some(refused), None));
    *answer.status_mut() = refused.status;
    answer
}

async fn imported(reader: &Reader, sent: &Sent, file: Vec<u8>, is_trial: bool) -> Result<Value> {
    let call = Call {
        body: Sending::Bytes("text/csv; charset=utf-8".to_owned(), file),
        once: sent.get("once").filter(|_| !is_trial),
        ..Call::new(Method::POST, path(sent, is_trial), Some(&reader.caller))
    };
    Ok(reader.console.api.ask(call).await?.value)
}

fn path(sent: &Sent, is_trial: bool) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("dry_run", if is_trial { "true" } else { "false" });
    for column in COLUMNS {
        if let Some(name) = sent.get(column.name).filter(|name| !name.is_empty()) {
            query.append_pair(column.name, name);
        }
    }
    format!("/api/clients/import/?{}", query.finish())
}

fn page(reader: &Reader, sent: &Sent, refused: Option<&Refused>, outcome: Option<Outcome>) -> Page {
    let none = BTreeMap::new();
    let source = Source {
        thing: &Value::Null,
        sent: Some(sent),
        errors: refused.map_or(&none, |refused| &refused.errors),
        known: &BTreeMap::new(),
    };
    let columns = inputs(COLUMNS, &source, &reader.zone, reader.language);
    Page {
        frame: Frame::of(reader, c::IMPORT.within(reader.language)),
        is_mapped: columns
            .iter()
            .any(|column| !column.value.is_empty() || !column.errors.is_empty()),
        columns,
        errors: refused.map_or_else(Vec::new, |refused| others(refused, COLUMNS, reader)),
        outcome,
        once: reader.once(),
    }
}

impl Outcome {
    fn read(answer: &Value, file: &str, reader: &Reader) -> Self {
        let number = |name: &str| answer[name].as_u64().unwrap_or_default();
        let counts = [
            (c::CREATED, "created"),
            (c::CHANGED, "changed"),
            (c::UNCHANGED, "unchanged"),
            (c::REFUSED, "refused"),
        ];
        let lines: Vec<&str> = file.lines().collect();
        let row = |row: &Value| {
            let number = row["row"].as_u64().unwrap_or_default();
            let line = usize::try_from(number.saturating_sub(1)).ok();
            let line = line.and_then(|place| lines.get(place)).copied();
            let errors = row["errors"].as_object().into_iter().flatten();
            let errors = errors.flat_map(|(name, reasons)| {
                let reasons = reasons.as_array().into_iter().flatten();
                reasons.filter_map(move |text| Some((name, text.as_str()?)))
            });
            Row {
                number,
                line: line.unwrap_or_default().to_owned(),
                reasons: errors
                    .map(|(name, text)| format!("{name}: {}", reason(text, reader.language)))
                    .collect(),
            }
        };
        let is_trial = answer["dry_run"] == true;
        let is_worth_it = number("created") + number("changed") > 0;
        Self {
            is_trial,
            counts: counts.map(|(label, name)| (label.within(reader.language), number(name))),
            rows: answer["rows"].as_array().into_iter().flatten().map(row).collect(),
            file: (is_trial && is_worth_it).then(|| file.to_owned()),
        }
    }
}
