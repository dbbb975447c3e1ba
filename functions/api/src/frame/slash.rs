use axum::{
    Router,
    extract::Request,
    http::{Uri, uri::PathAndQuery},
};
use tower::util::MapRequest;

/// Answers a path with a slash at its end as the path without it (SPEC §1): each route is there once, for a start makes
/// them all.
pub fn either_slash(router: Router) -> Router {
    Router::new().fallback_service(MapRequest::new(router, without_slash))
}

fn without_slash(mut request: Request) -> Request {
    if let Some(uri) = shorter(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

/// The same address without the slash at the end of its path, if there is one that is not the whole path.
fn shorter(uri: &Uri) -> Option<Uri> {
    let path = uri.path().strip_suffix('/').filter(|path| !path.is_empty())?;
    let path = match uri.query() {
        Some(query) => PathAndQuery::try_from(format!("{path}?{query}")),
        None => PathAndQuery::try_from(path),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path.ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slash_is_taken_from_the_end_of_a_path() {
        for (long, short) in [
            ("/api/users/", Some("/api/users")),
            ("/api/users/?q=a/", Some("/api/users?q=a/")),
            (
                "https://kabar.example.com/login/?next=/",
                Some("https://kabar.example.com/login?next=/"),
            ),
            ("/api/users//", Some("/api/users/")),
            ("/api/users", None),
            ("/api/users?q=a/", None),
            ("/", None),
            ("https://kabar.example.com/", None),
            ("*", None),
        ] {
            let found = shorter(&long.parse().unwrap()).map(|uri| uri.to_string());
            assert_eq!(found.as_deref(), short, "{long}");
        }
    }
}
