use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};

/// The prefix makes browsers refuse it from anybody but this very host over TLS (RFC 6265bis, 4.1.3.2).
const NAME: &str = "__Host-kabar";

/// The refresh token in a browser's cookie.
pub(crate) fn session_of(headers: &HeaderMap) -> Option<String> {
    let sent = headers.get_all(header::COOKIE).iter();
    let sent = sent.filter_map(|value| value.to_str().ok());
    let mut all = sent.flat_map(Cookie::split_parse).filter_map(Result::ok);
    all.find(|cookie| cookie.name() == NAME)
        .map(|cookie| cookie.value().to_owned())
}

/// Gives a browser a session to keep until it is closed, or the session ends.
///
/// No script reads it. It comes along with links from elsewhere, such as those in mails, but not with forms from
/// elsewhere.
pub(crate) fn kept(refresh: &str) -> HeaderValue {
    written(Cookie::new(NAME, refresh))
}

/// Takes the session out of a browser.
pub(crate) fn session_ended() -> HeaderValue {
    let mut cookie = Cookie::new(NAME, "");
    cookie.set_max_age(cookie::time::Duration::ZERO);
    written(cookie)
}

fn written(mut cookie: Cookie<'_>) -> HeaderValue {
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_secure(true);
    cookie.set_same_site(SameSite::Lax);
    // What is no header is no token of ours.
    HeaderValue::from_str(&cookie.to_string()).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_keeps_a_session_from_scripts_and_from_other_sites() {
        let kept = kept("token");
        assert_eq!(
            kept.to_str().unwrap(),
            "__Host-kabar=token; HttpOnly; SameSite=Lax; Secure; Path=/"
        );
        let ended = session_ended();
        assert!(ended.to_str().unwrap().contains("Max-Age=0"), "{ended:?}");
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let headers =
            |value: &'static str| HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(value))]);
        let found = |value| session_of(&headers(value));
        assert_eq!(found("a=b; __Host-kabar=token; c"), Some("token".to_owned()));
        assert_eq!(found("kabar=token; x__Host-kabar=token"), None);
        assert_eq!(session_of(&HeaderMap::new()), None);
    }
}
