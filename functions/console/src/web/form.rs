use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Multipart, Request, multipart::MultipartError},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use lambda_http::request::RequestContext;

use super::{Refused, Result, session_of, shown};
use crate::{Console, asked::Asked};

/// More than a poster or a page of a form ever has.
const LARGEST: usize = 1 << 20;

/// What a form sent, in its order.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) files: Vec<File>,
}

/// A file of a form.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) field: String,
    pub(crate) bytes: Bytes,
}

/// A form of ours: it comes from our own pages, and knows what only pages of this session know.
pub(crate) struct Filled(pub(crate) Sent);

/// A form of our own pages that anybody may fill in.
pub(crate) struct OpenForm {
    /// What its address asks for.
    pub(crate) asked: Asked,
    pub(crate) sent: Sent,
    /// Where it came from, by which tries to guess a password are counted.
    pub(crate) from: Option<RequestContext>,
}

impl Sent {
    /// A field; the last one of a name counts.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().rfind(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All fields of a name.
    pub(crate) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        let found = self.fields.iter().filter(move |(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    async fn read(request: Request) -> Result<Self> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let is_multipart = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
        if is_multipart {
            let parts = Multipart::from_request(request, &()).await;
            return Self::of_parts(parts.map_err(|_| Refused::unreadable())?).await;
        }
        let bytes = axum::body::to_bytes(request.into_body(), LARGEST).await;
        let bytes = bytes.map_err(|_| Refused::too_large())?;
        Ok(Self {
            fields: url::form_urlencoded::parse(&bytes).into_owned().collect(),
            files: Vec::new(),
        })
    }

    async fn of_parts(mut parts: Multipart) -> Result<Self> {
        let (mut sent, mut size) = (Self::default(), 0);
        while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
            let field = part.name().ok_or_else(Refused::unreadable)?.to_owned();
            let is_file = part.file_name().is_some();
            let bytes = part.bytes().await.map_err(|error| broken(&error))?;
            size += bytes.len();
            if size > LARGEST {
                return Err(Refused::too_large());
            }
            if is_file {
                sent.files.push(File { field, bytes });
            } else {
                let text = String::from_utf8(bytes.into()).map_err(|_| Refused::unreadable())?;
                sent.fields.push((field, text));
            }
        }
        Ok(sent)
    }
}

/// A body that ends too early, or never.
fn broken(error: &MultipartError) -> Refused {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refused::too_large(),
        _ => Refused::unreadable(),
    }
}

/// Whether a browser says that another site's page sent this. One that says neither is too old for us to know, and has
/// to know the form's secret all the same.
fn is_foreign(headers: &HeaderMap, site: &str) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(relation) = said("sec-fetch-site") {
        return !matches!(relation, "same-origin" | "none");
    }
    said("origin").is_some_and(|origin| origin != site)
}

impl FromRequest<Console> for Filled {
    type Rejection = Response;

    async fn from_request(request: Request, console: &Console) -> std::result::Result<Self, Response> {
        let cookie = session_of(request.headers()).unwrap_or_default();
        let OpenForm { asked, sent, .. } = OpenForm::from_request(request, console).await?;
        let said = sent.get("csrf").unwrap_or_default();
        match console.is_of_session(said, &cookie).await {
            Ok(true) => Ok(Self(sent)),
            Ok(false) => Err(shown::forged(asked.language)),
            Err(refused) => Err(shown::refused(&refused, asked.language)),
        }
    }
}

impl FromRequest<Console> for OpenForm {
    type Rejection = Response;

    async fn from_request(request: Request, console: &Console) -> std::result::Result<Self, Response> {
        let from = request.extensions().get::<RequestContext>().cloned();
        let (mut parts, body) = request.into_parts();
        let Ok(asked) = Asked::from_request_parts(&mut parts, console).await;
        if is_foreign(&parts.headers, &console.site.url) {
            return Err(shown::forged(asked.language));
        }
        match Sent::read(Request::from_parts(parts, body)).await {
            Ok(sent) => Ok(Self { asked, sent, from }),
            Err(refused) => Err(shown::refused(&refused, asked.language)),
        }
    }
}
