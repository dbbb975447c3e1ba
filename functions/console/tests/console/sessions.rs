//! When a session is over, and what the first page of one weighs.

use axum::http::header;

use crate::{
    html::{attribute, tags},
    site::{Browser, Site},
};

async fn is_inside(site: &Site, browser: &Browser) -> bool {
    let page = site.get(browser, "/").await;
    if page.status == 200 {
        return true;
    }
    assert_eq!((page.status, page.header(header::LOCATION)), (303, "/login"));
    false
}

#[tokio::test]
async fn a_cookie_is_good_for_nothing_once_its_session_is_over() {
    let site = Site::new().await;
    let susi = site.person("susi", "superuser").await;
    let ulla = site.person("ulla", "").await;
    let again = site.log_in("ulla", ulla.user).await;

    let gone = site.post(&ulla, "/logout", &[]).await;
    assert_eq!(gone.header(header::LOCATION), "/login?done=left");
    assert!(
        gone.header(header::SET_COOKIE).contains("Max-Age=0"),
        "{:?}",
        gone.headers
    );
    let door = site.get(&ulla, "/login?done=left").await;
    door.has(&["role=\"status\">You are logged out.<"]);
    assert!(!is_inside(&site, &ulla).await, "logged out");
    assert!(is_inside(&site, &again).await, "the other browser stays");

    let path = format!("/users/{}/do/delete", ulla.user.unwrap());
    let removed = site.post(&susi, &path, &[]).await;
    assert_eq!(removed.status, 303, "{}", removed.text);
    assert!(!is_inside(&site, &again).await, "there is no such account");
    assert!(is_inside(&site, &susi).await);
    site.house.drain().await;
}

#[tokio::test]
async fn a_new_password_ends_what_was_open_with_the_old_one() {
    let site = Site::new().await;
    let ulla = site.person("ulla", "").await;
    site.post(
        &crate::site::nobody(),
        "/forgot",
        &[("email", "ulla@example.com")],
    )
    .await;
    site.house.drain().await;
    let code = site.house.code_for("ulla@example.com").unwrap();
    let sent = [("token", code.as_str()), ("password", "battery staple")];
    let set = site.post(&crate::site::nobody(), "/reset", &sent).await;
    assert_eq!(set.header(header::LOCATION), "/login?done=reset", "{}", set.text);
    assert!(!is_inside(&site, &ulla).await);
}

#[tokio::test]
async fn the_first_page_with_its_style_and_script_is_light() {
    let site = Site::new().await;
    let susi = site.person("susi", "superuser").await;
    let page = site.get(&susi, "/").await;
    let style = attribute(tags(&page.text, "link").last().unwrap(), "href").unwrap();
    let script = attribute(tags(&page.text, "script").last().unwrap(), "src").unwrap();
    let mut weight = page.text.len();
    for path in [style, script] {
        let asset = site.get(&susi, path).await;
        assert_eq!(asset.status, 200, "{path}");
        assert!(asset.header(header::CACHE_CONTROL).contains("immutable"));
        weight += asset.text.len();
    }
    assert!(weight <= 60_000, "{weight} bytes");
}
