//! When a session is over, and what the first page of one weighs.

use axum::http::header;
use kabar_domain::people::Role;

use crate::{
    browser::Browser,
    html::{attribute, tags},
    site::Site,
};

async fn is_inside(browser: &Browser) -> bool {
    let page = browser.get("/").await;
    if page.status == 200 {
        return true;
    }
    assert_eq!((page.status, page.header(header::LOCATION)), (303, "/login"));
    false
}

#[tokio::test]
async fn a_cookie_is_good_for_nothing_once_its_session_is_over() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let ulla = site.person("ulla", &[]).await;
    let again = site.log_in("ulla", ulla.user).await;

    let gone = ulla.post("/logout", &[]).await;
    assert_eq!(gone.header(header::LOCATION), "/login?done=left");
    assert!(
        gone.header(header::SET_COOKIE).contains("Max-Age=0"),
        "{:?}",
        gone.headers
    );
    let door = ulla.get("/login?done=left").await;
    door.has(&["role=\"status\">You are logged out.<"]);
    assert!(!is_inside(&ulla).await, "logged out");
    assert!(is_inside(&again).await, "the other browser stays");

    let path = format!("/users/{}/do/delete", ulla.user.unwrap());
    let removed = susi.post(&path, &[]).await;
    assert_eq!(removed.status, 303, "{}", removed.text);
    assert!(!is_inside(&again).await, "there is no such account");
    assert!(is_inside(&susi).await);
    site.house.drain().await;
}

#[tokio::test]
async fn a_new_password_ends_what_was_open_with_the_old_one() {
    let site = Site::new().await;
    let ulla = site.person("ulla", &[]).await;
    site.nobody()
        .post("/forgot", &[("email", "ulla@example.com")])
        .await;
    site.house.drain().await;
    let code = site.house.code_for("ulla@example.com").unwrap();
    let sent = [("token", code.as_str()), ("password", "battery staple")];
    let set = site.nobody().post("/reset", &sent).await;
    assert_eq!(set.header(header::LOCATION), "/login?done=reset", "{}", set.text);
    assert!(!is_inside(&ulla).await);
}

#[tokio::test]
async fn while_secrets_cannot_be_read_only_pages_for_everybody_open() {
    let site = Site::new().await;
    let ulla = site.person("ulla", &[]).await;
    let region = site.house.region("Bandung").await;
    let mut here = site.without_secrets();
    here.cookie.clone_from(&ulla.cookie);
    here.csrf.clone_from(&ulla.csrf);
    here.open(&format!("/status/{}", region.id)).await;
    here.open("/login").await;
    assert_eq!(here.get("/").await.status, 503);

    let _ = site.house.meter().take();
    assert_eq!(here.post("/me/logout", &[]).await.status, 503);
    site.nothing_was_written("a form that cannot be known");
    assert!(is_inside(&ulla).await);
}

#[tokio::test]
async fn the_first_page_with_its_style_and_script_is_light() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let page = susi.get("/").await;
    let style = attribute(tags(&page.text, "link").last().unwrap(), "href").unwrap();
    let script = attribute(tags(&page.text, "script").last().unwrap(), "src").unwrap();
    let mut weight = page.text.len();
    for path in [style, script] {
        let asset = susi.get(path).await;
        assert_eq!(asset.status, 200, "{path}");
        assert!(asset.header(header::CACHE_CONTROL).contains("immutable"));
        weight += asset.text.len();
    }
    assert!(weight <= 60_000, "{weight} bytes");
}
