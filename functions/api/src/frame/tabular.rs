use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};

use super::{Params, Problem, Result, Wanted, csv_part};
use crate::Api;

/// What is asked of a route that answers with JSON or with a table.
pub(crate) struct Tabular {
    /// In which form.
    pub(crate) wanted: Wanted,
    /// The query parameters.
    pub(crate) params: Params,
    uri: Uri,
}

/// A table, or a part of it.
pub(crate) struct Table {
    /// The name of the file.
    pub(crate) name: String,
    /// The rows.
    pub(crate) rows: std::result::Result<Vec<u8>, csv::Error>,
    /// The cursor of the next part.
    pub(crate) next: Option<String>,
}

impl FromRequestParts<Api> for Tabular {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self> {
        Ok(Self {
            wanted: Wanted::from_request_parts(parts, api).await?,
            params: Params::from_request_parts(parts, api).await?,
            uri: parts.uri.clone(),
        })
    }
}

impl Tabular {
    /// The answer as JSON.
    pub(crate) fn json(json: impl IntoResponse) -> Response {
        varied(json.into_response())
    }

    /// The answer as a table.
    pub(crate) fn table(&self, Table { name, rows, next }: Table) -> Result<Response> {
        Ok(varied(csv_part(&name, rows, &self.uri, next.as_deref())?))
    }
}

/// Says that the answer depends on the form that was wanted (RFC 9110 §12.5.5).
fn varied(mut answer: Response) -> Response {
    let accept = HeaderValue::from_static("accept");
    answer.headers_mut().append(header::VARY, accept);
    answer
}
