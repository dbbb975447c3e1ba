//! The page behind a link in a mail, and the POST that mail programs make for their readers (RFC 8058).

use axum::{
    body::Body,
    http::{Request, header},
};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use kabar_app::telling::Subscription;
use kabar_domain::{
    ids::UserId,
    news::{Addressee, Topic},
    power::Channel,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::site::{Answer, Site, Who};

/// The token of a person's link about mailings.
pub(crate) fn token(site: &Site, user: UserId) -> String {
    site.house.links.key().token(&Subscription {
        person: Addressee::User(user),
        topic: Topic::Mailings,
        channel: Channel::Email,
    })
}

/// What a mail program sends when its reader presses its button, or what a browser sends when a link is opened.
pub(crate) async fn press(site: &Site, who: Who, method: &str, url: &str) -> Answer {
    let mut request = site.request(who, method, url, &Value::Null);
    if method == "POST" {
        let kind = "application/x-www-form-urlencoded".parse().unwrap();
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        *request.body_mut() = Body::from("List-Unsubscribe=One-Click");
    }
    site.send(request).await
}

async fn post(site: &Site, url: &str, kind: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post(url).header("content-type", kind);
    site.send(request.body(body.into()).unwrap()).await
}

async fn form(site: &Site, url: &str, body: &str) -> Answer {
    post(
        site,
        url,
        "application/x-www-form-urlencoded; charset=utf-8",
        body.to_owned(),
    )
    .await
}

async fn preferences(site: &Site) -> Value {
    site.get(Who::User, "/api/users/me/preferences").await.json
}

/// What the user is told by mail: reminders, outages, mailings.
async fn by_mail(site: &Site) -> [bool; 3] {
    let said = preferences(site).await;
    ["reminders", "outages", "mailings"].map(|topic| said[topic]["email"].as_bool().unwrap())
}

#[tokio::test]
async fn one_click_stops_one_topic_in_either_form_with_and_without_a_slash() {
    let multipart =
        "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    for (slash, kind, body) in [
        (
            "",
            "application/x-www-form-urlencoded",
            "List-Unsubscribe=One-Click",
        ),
        ("/", "multipart/form-data; boundary=b", multipart),
    ] {
        let site = Site::with(&[Who::User]).await;
        let url = format!("/u/{}{slash}", token(&site, site.id_of(Who::User)));
        for _ in 0..2 {
            let done = post(&site, &url, kind, body).await;
            assert_eq!(done.status, 200, "{}", done.text);
            assert_eq!(by_mail(&site).await, [true, true, false]);
        }
    }
}

#[tokio::test]
async fn looking_at_the_page_a_thousand_times_changes_nothing() {
    let site = Site::with(&[Who::User]).await;
    let url = format!("/u/{}", token(&site, site.id_of(Who::User)));
    let _ = site.house.meter().take();
    for n in 0..1_000 {
        let method = if n % 2 == 0 { "GET" } else { "HEAD" };
        let request = Request::builder().method(method).uri(&url);
        let looked = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(looked.status, 200);
    }
    assert!(site.house.meter().take_total().write < f64::EPSILON);
    assert_eq!(by_mail(&site).await, [true; 3]);
}

#[tokio::test]
async fn the_page_stops_and_resumes_by_its_buttons_in_its_reader_s_language() {
    let site = Site::with(&[Who::User]).await;
    let url = format!("/u/{}/", token(&site, site.id_of(Who::User)));
    let asks = site.get(Who::Nobody, &url).await;
    assert!(asks.text.contains("Stop these mails?") && asks.text.contains("value=\"stop\""));
    let stopped = form(&site, &url, "action=stop").await;
    assert!(stopped.text.contains("You get no more of these mails"));
    assert!(stopped.text.contains("value=\"resume\""));
    assert_eq!(by_mail(&site).await, [true, true, false]);
    let resumed = form(&site, &url, "action=resume").await;
    assert!(resumed.text.contains("You get these mails again"));
    assert_eq!(by_mail(&site).await, [true; 3]);

    let me = format!("/api/users/{}", site.id_of(Who::User));
    site.call(Who::User, "PATCH", &me, json!({ "language": "id" }))
        .await;
    let asks = site.get(Who::Nobody, &url).await;
    assert!(asks.text.contains("Hentikan email ini?") && asks.text.contains("<html lang=\"id\">"));
    for page in [asks, stopped, resumed] {
        assert!(
            !page.text.contains("ulla") && !page.text.contains('@'),
            "{}",
            page.text
        );
        let (_, words) = page.text.split_once("</style>").unwrap();
        assert!(!words.contains('{'), "a place without words: {words}");
    }
}

#[tokio::test]
async fn the_page_runs_nothing_is_kept_by_nobody_and_allows_its_own_style_only() {
    let site = Site::with(&[]).await;
    let url = format!("/u/{}/", token(&site, site.id_of(Who::User)));
    let page = site.get(Who::Nobody, &url).await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    let policy = page.header("content-security-policy");
    let (_, style) = page.text.split_once("<style>").unwrap();
    let (style, _) = style.split_once("</style>").unwrap();
    let hash = BASE64.encode(Sha256::digest(style));
    for part in [
        "default-src 'none'",
        &format!("style-src 'sha256-{hash}'"),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{part} is missing in {policy}");
    }
    assert!(
        !page.text.contains("<script") && !page.text.contains("http"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("style="), "a style that the policy forbids");
}

#[tokio::test]
async fn a_link_that_is_none_of_ours_is_not_found_and_says_so_in_the_form_that_is_asked_for() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let good = token(&site, site.id_of(Who::User));
    let mut forged = good.clone().into_bytes();
    forged[5] = if forged[5] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).unwrap();
    let absent = token(
        &site,
        UserId::parse("01a1fdad-0000-7000-8000-000000000000").unwrap(),
    );
    let access = site.token(Who::User).unwrap().replace('.', "");
    let _ = site.house.meter().take();
    for bad in [
        &good[1..],
        &good[..good.len() - 1],
        &forged,
        &absent,
        &access,
        "x",
        "%00",
        "%ff",
        "a%2Fb",
    ] {
        let url = format!("/u/{bad}");
        for answer in [
            site.get(Who::Nobody, &url).await,
            form(&site, &url, "List-Unsubscribe=One-Click").await,
        ] {
            assert_eq!(answer.status, 404, "{bad}");
            assert_eq!(answer.header("content-type"), "application/json", "{bad}");
            assert_eq!(answer.json["type"], "/docs/#problem-not-found", "{bad}");
        }
    }
    assert!(site.house.meter().take_total().write < f64::EPSILON);
    let url = format!("/u/{forged}");
    let asked = (Who::Nobody, "GET", url.as_str(), Value::Null);
    let page = site
        .call_with(asked, ("accept", "text/html,application/xhtml+xml"))
        .await;
    assert_eq!(page.status, 404);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text.contains("This link does not work") && page.text.contains("lang=\"id\""));
    assert!(!page.header("x-request-id").is_empty());

    let me = format!("/api/users/{}", site.id_of(Who::User));
    site.call(Who::Superuser, "DELETE", &me, Value::Null).await;
    site.house.drain().await;
    assert_eq!(
        site.get(Who::Nobody, &format!("/u/{good}")).await.status,
        404,
        "who is gone"
    );
}

#[tokio::test]
async fn a_form_that_says_nothing_known_is_refused_and_changes_nothing() {
    let site = Site::with(&[Who::User]).await;
    let url = format!("/u/{}", token(&site, site.id_of(Who::User)));
    for (body, field) in [
        ("", "action"),
        ("action=", "action"),
        ("action=delete", "action"),
        ("List-Unsubscribe=Two-Clicks", "List-Unsubscribe"),
        ("List-Unsubscribe=One-Click&action=resume", "List-Unsubscribe"),
        ("list-unsubscribe=One-Click", "action"),
        ("%ff=%ff", "action"),
    ] {
        let refused = form(&site, &url, body).await;
        assert_eq!(
            (refused.status.as_u16(), refused.bad_fields()),
            (400, vec![field]),
            "{body}"
        );
    }
    let large = "x".repeat(2 * 1024 * 1024);
    for (kind, body, status) in [
        ("application/json", "{}", 415),
        ("text/plain", "List-Unsubscribe=One-Click", 415),
        ("multipart/form-data", "x", 400),
        ("multipart/form-data; boundary=b", "--b\r\n", 400),
        ("application/x-www-form-urlencoded", large.as_str(), 413),
    ] {
        let refused = post(&site, &url, kind, body.to_owned()).await;
        assert_eq!(refused.status, status, "{kind}: {}", refused.text);
        assert_eq!(refused.json["status"], status);
    }
    assert_eq!(by_mail(&site).await, [true; 3]);
}
