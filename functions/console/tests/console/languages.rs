use axum::http::header;
use kabar_console::{Route, routes};
use kabar_domain::{people::Role, power::Word};
use kabar_testkit::House;

use crate::{
    common::{Answer, open, open_in, says},
    html::{attribute, hidden, tags},
    site::Site,
};

#[tokio::test]
async fn a_page_speaks_what_its_reader_does_and_links_to_the_other_language() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    says(&house, &region, Word::Off).await;
    let path = format!("/status/{}", region.id);
    let page = open_in(&house, &path, "id-ID,id;q=0.9,en;q=0.5").await;
    page.has(&[
        "<html lang=\"id\">",
        "Bandung: Listrik padam",
        "href=\"?period=30d&amp;lang=en\" lang=\"en\"",
        "pukul 17.00 WIB",
    ]);
    assert_eq!(page.header(header::VARY), "accept-language");
    let page = open(&house, &format!("{path}?lang=id&period=7d")).await;
    page.has(&[
        "<html lang=\"id\">",
        "href=\"?period=7d&amp;lang=en\"",
        "aria-current=\"page\">7 hari",
    ]);
    let page = open_in(&house, "/status/nothing", "id").await;
    assert_eq!(page.status, 404);
    page.has(&["Halaman ini tidak ada"]);
}

/// Where the switch of a page leads back to.
fn here(page: &Answer) -> String {
    hidden(&page.text, "here")
}

#[tokio::test]
async fn a_door_speaks_the_other_language_without_forgetting_where_it_leads() {
    let site = Site::new().await;
    let door = site.nobody().get("/login?next=%2Fevents%3Fq%3Dx").await;
    door.has(&["href=\"?lang=id&#38;next=%2Fevents%3Fq%3Dx\" lang=\"id\""]);
    let door = site.nobody().get("/login?lang=id&next=%2Fevents").await;
    door.has(&[
        "<html lang=\"id\">",
        "href=\"?lang=en&#38;next=%2Fevents\"",
        "href=\"/sign-up?lang=id&#38;next=%2Fevents\"",
    ]);
    let wrong = site
        .nobody()
        .post(
            "/login?lang=id",
            &[("next", "/events"), ("username", "x"), ("password", "y")],
        )
        .await;
    assert_eq!(wrong.status, 401);
    wrong.has(&["<html lang=\"id\">", "href=\"?lang=en&#38;next=%2Fevents\""]);
    let sent = site
        .nobody()
        .post("/forgot?lang=id", &[("email", "sari@example.com")])
        .await;
    assert_eq!(sent.header(header::LOCATION), "/reset?lang=id");
    site.house.drain().await;
}

#[tokio::test]
async fn from_the_answer_to_a_form_the_switch_leads_to_a_page_that_is_there() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let region = susi
        .make("/regions", &[("name", "Bandung"), ("time_zone", "Asia/Jakarta")])
        .await;
    for (path, fields, there) in [
        (
            "/regions".to_owned(),
            [("name", ""), ("time_zone", "")],
            "/regions/new".to_owned(),
        ),
        (
            format!("/regions/{region}/edit"),
            [("name", ""), ("time_zone", "x")],
            format!("/regions/{region}/edit"),
        ),
        (
            format!("/regions/{region}/do/say"),
            [("status", ""), ("tag", "")],
            format!("/regions/{region}/do/say"),
        ),
        (
            "/mailings/preview".to_owned(),
            [("text", "x"), ("of", "")],
            "/mailings/new".to_owned(),
        ),
        (
            "/regions/many".to_owned(),
            [("action", "delete"), ("id", "x")],
            "/regions".to_owned(),
        ),
        (
            "/me/home".to_owned(),
            [("code", ""), ("once", "o")],
            "/me".to_owned(),
        ),
        (
            "/me/telegram".to_owned(),
            [("x", ""), ("y", "")],
            "/me".to_owned(),
        ),
    ] {
        let answer = susi.post(&path, &fields).await;
        assert_eq!(here(&answer), there, "{path}: {}", answer.status);
        assert_eq!(susi.get(&there).await.status, 200, "{there}");
    }
}

#[tokio::test]
async fn an_address_that_only_takes_forms_says_so_and_leads_to_a_page() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let all: Vec<Route> = routes().into_iter().map(|(route, _)| route).collect();
    let is_page = |path: &str| {
        all.iter()
            .any(|route| route.method == "GET" && route.path == path)
    };
    let forms: Vec<&Route> = all
        .iter()
        .filter(|route| route.method == "POST" && !is_page(&route.path))
        .collect();
    assert!(forms.len() > 8, "{forms:?}");
    for route in forms {
        let path = route
            .path
            .replace("{kind}", "homes")
            .replace("{part}", "detectors")
            .replace("{id}", "x");
        for path in [path.clone(), format!("{path}/?lang=id")] {
            let page = susi.get(&path).await;
            assert_eq!(page.status, 405, "{path}");
            assert_eq!(page.header(header::ALLOW), "POST", "{path}");
            let links = tags(&page.text, "a");
            let link = links
                .iter()
                .find(|tag| attribute(tag, "class") == Some("button"))
                .unwrap();
            let there = attribute(link, "href").unwrap();
            let status = susi.get(there).await.status;
            assert!(matches!(status, 200 | 404), "{path} leads to {there}: {status}");
        }
    }
    susi.get("/me/telegram?lang=id").await.has(&[
        "<html lang=\"id\">",
        "hanya menerima formulir",
        "href=\"/me\"",
    ]);
}

#[tokio::test]
async fn whoever_is_logged_in_is_refused_in_their_own_language() {
    let site = Site::new().await;
    let sari = site.person("sari", &[]).await;
    sari.post("/me/language", &[("language", "id")]).await;
    let nowhere = sari.get("/nothing").await;
    nowhere.has(&["<html lang=\"id\">", "Halaman ini tidak ada"]);
    let mut stranger = sari.clone();
    stranger.csrf = "another".to_owned();
    let forged = stranger.post("/me/telegram", &[]).await;
    assert_eq!(forged.status, 403);
    forged.has(&["<html lang=\"id\">", "sudah kedaluwarsa"]);
}
