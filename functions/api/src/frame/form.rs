use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, OptionalFromRequest, Request, multipart::MultipartError},
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
