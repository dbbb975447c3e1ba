use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use super::Anyone;
use crate::{answer, language::preferred};

/// What is asked for by its own name never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A file of the console, called by its content.
pub(crate) struct Asset {
    /// Where it is.
    pub(crate) path: String,
    kind: &'static str,
    bytes: String,
}

impl Asset {
    fn new(bytes: String, ending: &str, kind: &'static str) -> Self {
        let hash = Sha256::digest(&bytes);
        let name: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self {
            path: format!("/assets/{name}.{ending}"),
            kind,
            bytes,
        }
    }
}

/// The style of the console: that of the public pages, and its own.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let style = [answer::STYLE, include_str!("../../templates/console.css")].concat();
    Asset::new(style, "css", "text/css; charset=utf-8")
});

/// What makes forms and lists pleasant where scripts run.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let script = include_str!("../../templates/console.js").to_owned();
    Asset::new(script, "js", "text/javascript; charset=utf-8")
});

/// `GET /assets/{file}`.
pub(crate) async fn asset(_: Anyone, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let known = [&*STYLE, &*SCRIPT];
    let Some(asset) = known
        .into_iter()
        .find(|asset| asset.path.ends_with(&format!("/{file}")))
    else {
        let mut gone = answer::sorry(&kabar_app::Failure::NotFound, preferred(&headers));
        *gone.status_mut() = StatusCode::NOT_FOUND;
        return gone;
    };
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, FOR_EVER),
    ];
    (headers, asset.bytes.as_str()).into_response()
}
