use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, OptionalFromRequest, Request, multipart::MultipartError},
    http::header,
};
use kabar_domain::Invalid;

use super::{Fields, Problem, ProblemKind, Result, body};
use crate::Api;

/// A form as browsers send it with a file (RFC 7578), its fields not yet believed. What a file was called, and of what
/// type it was said to be, is not read.
pub(crate) struct Form(BTreeMap<String, Vec<Bytes>>);

impl FromRequest<Api> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self> {
        let malformed = |what: String| Problem::with_detail(ProblemKind::Malformed, what);
        let broken = |error: MultipartError| malformed(error.body_text());
        let (parts, body) = request.into_parts();
        let whole = Request::from_parts(parts, Body::from(body::read(body).await?));
        let form = <Multipart as OptionalFromRequest<Api>>::from_request(whole, api).await;
        let mut form = form
            .map_err(|error| malformed(error.body_text()))?
            .ok_or_else(|| {
                let what = "The body must be a form, as multipart/form-data.";
                Problem::with_detail(ProblemKind::UnsupportedMediaType, what)
            })?;
        let mut fields: BTreeMap<String, Vec<Bytes>> = BTreeMap::new();
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let value = field.bytes().await.map_err(broken)?;
            fields.entry(name).or_default().push(value);
        }
        Ok(Self(fields))
    }
}

/// A form of short texts, in either way that forms are sent: RFC 8058 §3.2 lets mail programs choose. Of a field that
/// comes more than once the last counts.
pub(crate) struct TextForm(BTreeMap<String, String>);

impl FromRequest<Api> for TextForm {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            let (parts, body) = request.into_parts();
            let whole = Request::from_parts(parts, Body::from(body::read(body).await?));
            let form = axum::Form::from_request(whole, api).await;
            let form =
                form.map_err(|error| Problem::with_detail(ProblemKind::Malformed, error.body_text()))?;
            return Ok(Self(form.0));
        }
        if !essence.eq_ignore_ascii_case("multipart/form-data") {
            let what =
                "The body must be a form, as application/x-www-form-urlencoded or multipart/form-data.";
            return Err(Problem::with_detail(ProblemKind::UnsupportedMediaType, what));
        }
        let Form(fields) = Form::from_request(request, api).await?;
        let text = |(name, values): (String, Vec<Bytes>)| {
            let last = values
                .last()
                .map(|value| String::from_utf8_lossy(value).into_owned());
            (name, last.unwrap_or_default())
        };
        Ok(Self(fields.into_iter().map(text).collect()))
    }
}

impl TextForm {
    /// A field, if it is there.
    pub(crate) fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }
}

impl Form {
    /// A field that must be there, once.
    pub(crate) fn required<T>(
        &self,
        fields: &mut Fields,
        field: &'static str,
        read: impl FnOnce(&Bytes) -> std::result::Result<T, Invalid>,
    ) -> Option<T> {
        let value = match self.0.get(field).map(Vec::as_slice).unwrap_or_default() {
            [] => Err(Invalid::because("This field is required.")),
            [value] => read(value),
            _ => Err(Invalid::because("May be there only once.")),
        };
        value.map_or_else(|reason| fields.refuse(field, reason), Some)
    }
}
