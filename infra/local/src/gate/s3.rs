//! What is different about S3: its calls say in method and path what they are, and its links are signed for an address.

use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PREFIX: HeaderName = HeaderName::from_static("x-forwarded-prefix");

/// Tells the emulator the address that a link was signed for, for it checks the signature (see `ministack.py`).
pub(super) fn keep_address(headers: &mut HeaderMap) {
    if let Some(host) = headers.get(HOST).cloned() {
        headers.insert(FORWARDED_HOST, host);
    }
    headers.insert(FORWARDED_PREFIX, HeaderValue::from_static("/_local/aws/s3"));
}

/// The name of a call: as the SDK says it, else what follows from method and path for those without `x-id`.
pub(super) fn operation(method: &Method, path: &str) -> Option<String> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parameter = |wanted: &str| {
        let mut pairs = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value)
    };
    if let Some(id) = parameter("x-id") {
        return Some(id.to_owned());
    }
    let has_key = path.trim_matches('/').contains('/');
    let name = match (method.as_str(), has_key) {
        ("GET", false) => parameter("list-type").map(|_| "ListObjectsV2"),
        ("POST", false) => parameter("delete").map(|_| "DeleteObjects"),
        ("HEAD", false) => Some("HeadBucket"),
        ("HEAD", true) => Some("HeadObject"),
        ("GET", true) => Some("GetObject"),
        ("PUT", true) => Some("PutObject"),
        ("DELETE", true) => Some("DeleteObject"),
        _ => None,
    };
    name.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_have_the_names_of_the_api() {
        let name = |method: Method, path| operation(&method, path).unwrap_or_default();
        assert_eq!(name(Method::PUT, "/b/k?x-id=PutObject"), "PutObject");
        assert_eq!(name(Method::GET, "/b/a/k?X-Amz-Expires=60"), "GetObject");
        assert_eq!(name(Method::GET, "/b?list-type=2&prefix=a"), "ListObjectsV2");
        assert_eq!(name(Method::POST, "/b/?delete"), "DeleteObjects");
        assert_eq!(name(Method::HEAD, "/b/k"), "HeadObject");
        assert_eq!(operation(&Method::PUT, "/b"), None);
    }
}
