//! Who gets in, and whose forms are taken.

use axum::{
    body::Body,
    http::{Request, header},
};
use kabar_console::{Route, Rule, routes};
use kabar_domain::people::Role;

use crate::{browser::Browser, common::HERE, site::Site};

/// The forms that anybody may fill in.
const OPEN_FORMS: [&str; 4] = ["/forgot", "/login", "/reset", "/sign-up"];
const FORM: &str = "application/x-www-form-urlencoded";

fn all(rule: Rule) -> Vec<Route> {
    let all = routes().into_iter().map(|(route, _)| route);
    all.filter(|route| route.rule == rule).collect()
}

/// The address of a thing that could be there.
fn filled(path: &str) -> String {
    let id = "01912f4e-7b1a-7c3d-8e5f-0123456789ab";
    let kind = if path.contains("{part}") {
        "homes"
    } else {
        "events"
    };
    let known = [("kind", kind), ("part", "detectors"), ("action", "delete")];
    let parts = path.split('/').map(|part| match part.strip_prefix('{') {
        Some(name) => {
            let name = name.trim_end_matches('}');
            known
                .iter()
                .find(|(known, _)| *known == name)
                .map_or(id, |(_, value)| value)
        }
        None => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn sent(site: &Site, browser: &Browser, path: &str, body: &str, more: (&'static str, &str)) -> u16 {
    let request = Request::post(path)
        .header(header::COOKIE, &browser.cookie)
        .header(header::CONTENT_TYPE, FORM)
        .header(more.0, more.1);
    site.send(request.body(Body::from(body.to_owned())).unwrap())
        .await
        .status
}

#[tokio::test]
async fn whoever_is_not_logged_in_is_led_to_the_door() {
    let site = Site::new().await;
    let closed = all(Rule::LoggedIn);
    assert!(closed.len() > 20, "{closed:?}");
    let _ = site.house.meter().take();
    for route in closed {
        let path = filled(&route.path);
        for cookie in [
            "",
            "__Host-kabar=",
            "__Host-kabar=x",
            "__Host-kabar=eyJhbGciOiJIUzI1NiJ9.e30.x",
        ] {
            let request = Request::builder().method(route.method).uri(&path);
            let request = request
                .header(header::COOKIE, cookie)
                .header(header::CONTENT_TYPE, FORM);
            let answer = site.send(request.body(Body::from("sure=1")).unwrap()).await;
            let there = answer.header(header::LOCATION);
            assert_eq!(
                answer.status, 303,
                "{} {path}, {cookie:?}: {}",
                route.method, answer.text
            );
            assert!(
                there == "/login" || there.starts_with("/login?next=%2F"),
                "{there}"
            );
            site.nothing_was_written(&path);
        }
    }
}

#[tokio::test]
async fn a_form_that_is_not_of_this_session_changes_nothing() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let other = site.log_in("susi", susi.user).await;
    assert_ne!(other.csrf, susi.csrf, "each session has forms of its own");
    let right = format!("csrf={}", susi.csrf);
    let forms: Vec<Route> = all(Rule::LoggedIn)
        .into_iter()
        .filter(|route| route.method == "POST")
        .collect();
    assert!(forms.len() >= 10, "{forms:?}");
    let _ = site.house.meter().take();
    for route in forms {
        let path = filled(&route.path);
        for secret in [
            String::new(),
            "csrf=".into(),
            "csrf=forged".into(),
            format!("csrf={}", other.csrf),
        ] {
            let status = sent(&site, &susi, &path, &secret, ("origin", HERE)).await;
            assert_eq!(status, 403, "{path} with {secret:?}");
        }
        for foreign in [
            ("origin", "https://evil.example.com"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert_eq!(
                sent(&site, &susi, &path, &right, foreign).await,
                403,
                "{path} from {foreign:?}"
            );
        }
        site.nothing_was_written(&path);
    }
    let request = Request::post("/regions")
        .header(header::COOKIE, &susi.cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(Body::from(
            "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nBandung\r\n--b--\r\n",
        ));
    assert_eq!(site.send(request.unwrap()).await.status, 403);
    site.nothing_was_written("a form of parts");
}

#[tokio::test]
async fn a_form_for_anybody_is_taken_from_our_own_pages_only() {
    let site = Site::new().await;
    let mut open: Vec<String> = all(Rule::Anyone)
        .into_iter()
        .filter(|route| route.method == "POST")
        .map(|route| route.path)
        .collect();
    open.sort_unstable();
    assert_eq!(
        open, OPEN_FORMS,
        "a form that anybody may send has to be known here"
    );
    for path in open {
        for foreign in [
            ("origin", "https://evil.example.com"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
        ] {
            let body = "username=uma&email=uma@example.com&password=correct+horse&token=x";
            assert_eq!(
                sent(&site, &site.nobody(), &path, body, foreign).await,
                403,
                "{path} from {foreign:?}"
            );
        }
        site.nothing_was_written(&path);
    }
}

#[tokio::test]
async fn whoever_logs_in_goes_on_here_and_nowhere_else() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    for (next, there) in [
        ("/events?q=x", "/events?q=x"),
        ("//evil.example.com", "/"),
        ("https://evil.example.com", "/"),
        ("/\\evil.example.com", "/"),
        ("/\r\nset-cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ] {
        let sent = [
            ("username", "susi"),
            ("password", kabar_testkit::PASSWORD),
            ("next", next),
        ];
        let answer = site.nobody().post("/login", &sent).await;
        assert_eq!(answer.header(header::LOCATION), there, "{next:?}");
        let spoken = susi
            .post("/me/language", &[("language", "en"), ("here", next)])
            .await;
        assert_eq!(spoken.header(header::LOCATION), there, "{next:?}");
    }
}
