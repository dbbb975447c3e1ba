//! A part of a table, as a file.

use axum::{
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use csv::{Terminator, WriterBuilder};

use super::{Problem, ProblemKind, Result};

/// An answer with a part of a file of CSV, and with the URL of the next part while there is one.
pub(crate) fn csv_part(
    name: &str,
    rows: std::result::Result<Vec<u8>, csv::Error>,
    uri: &Uri,
    next: Option<&str>,
) -> Result<Response> {
    let rows = rows.map_err(|error| {
        tracing::error!(cause = kabar_kit::cause_chain(&error), "a table was not written");
        Problem::from(ProblemKind::Internal)
    })?;
    let mut response = rows.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    headers.extend(name.map(|name| (header::CONTENT_DISPOSITION, name)));
    if let Some(next) = next {
        headers.insert(header::LINK, link(uri, next)?);
    }
    Ok(response)
}

/// Rows of a table, each with as many cells as there are names of columns.
pub(crate) fn rows<const N: usize>(
    columns: Option<[&str; N]>,
    rows: impl IntoIterator<Item = [String; N]>,
) -> std::result::Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    if let Some(columns) = columns {
        writer.write_record(columns)?;
    }
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The same URL with another cursor (RFC 8288 §3: a reference, relative to the request's own URL).
fn link(uri: &Uri, cursor: &str) -> Result<HeaderValue> {
    let same = uri.query().unwrap_or_default().split('&');
    let same = same.filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let pairs: Vec<String> = same
        .map(str::to_owned)
        .chain([format!("cursor={cursor}")])
        .collect();
    HeaderValue::from_str(&format!("<?{}>; rel=\"next\"", pairs.join("&")))
        .map_err(|_| ProblemKind::Malformed.into())
}
