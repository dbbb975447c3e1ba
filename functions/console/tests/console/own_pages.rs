//! What a person can say of themselves, and do for themselves.

use axum::http::header;
use kabar_domain::{people::Role, power::Word};
use kabar_testkit::{House, PASSWORD};

use crate::{
    browser::{Browser, place},
    common::says,
    html::hidden,
};

#[tokio::test]
async fn people_change_what_is_said_of_them_and_are_told_what_is_wrong_at_its_field() {
    let house = House::new().await;
    let sari = Browser::of(&house, "sari", &[]).await;
    let page = sari.get("/me").await;
    page.has(&["My account", "value=\"sari\"", "value=\"sari@example.com\""]);
    let tag = hidden(&page.text, "tag");
    let profile = |tag: &str, email: &str| {
        [
            ("tag", tag),
            ("username", "sari"),
            ("email", email),
            ("first_name", "Sari"),
            ("last_name", "<Dewi>"),
            ("time_zone", "Asia/Makassar"),
            ("language", "id"),
            ("password", ""),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send = async |form: [(String, String); 8]| {
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        sari.post("/me", &form).await
    };
    let refused = send(profile(&tag, "nowhere")).await;
    assert_eq!(refused.status, 400);
    refused.has(&[
        "value=\"nowhere\"",
        "aria-invalid=\"true\"",
        "id=\"email-error-1\"",
        "&#60;Dewi&#62;",
    ]);
    assert_eq!(
        place(&send(profile(&tag, "sari@example.com")).await),
        "/me?done=saved"
    );
    assert_eq!(
        send(profile(&tag, "sari@example.com")).await.status,
        412,
        "of a state that is gone"
    );
    let page = sari.get("/me").await;
    page.has(&[
        "<html lang=\"id\">",
        "Akun saya",
        "&#60;Dewi&#62;",
        "Asia/Makassar",
    ]);
}

#[tokio::test]
async fn people_choose_what_they_are_told_and_how() {
    let house = House::new().await;
    let sari = Browser::of(&house, "sari", &[]).await;
    let page = sari.get("/me").await;
    let wish = |name: &str| format!("name=\"{name}\" value=\"1\" aria-label=");
    let (_, rest) = page.text.split_once(&wish("outages.telegram")).unwrap();
    assert!(
        rest.split_once('>').unwrap().0.contains("checked"),
        "all is wanted at first"
    );
    let (_, told) = page.text.split_once("/me/preferences").unwrap();
    let tag = hidden(told, "tag");
    let wishes = [
        ("tag", tag.as_str()),
        ("outages.email", "1"),
        ("reminders.telegram", "1"),
    ];
    assert_eq!(
        place(&sari.post("/me/preferences", &wishes).await),
        "/me?done=saved"
    );
    let page = sari.get("/me?done=saved").await;
    page.has(&["Saved."]);
    for (name, is_wanted) in [
        ("outages.email", true),
        ("outages.telegram", false),
        ("reminders.email", false),
        ("reminders.telegram", true),
        ("mailings.email", false),
    ] {
        let (_, rest) = page.text.split_once(&wish(name)).unwrap();
        assert_eq!(
            rest.split_once('>').unwrap().0.contains("checked"),
            is_wanted,
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_chat_is_connected_by_a_link_that_is_shown_once() {
    let house = House::new().await;
    let sari = Browser::of(&house, "sari", &[]).await;
    sari.get("/me").await;
    let shown = sari.post("/me/telegram", &[]).await;
    shown.has(&[
        "shown once",
        "href=\"https://t.me/kabar_test_bot?start=",
        "Good until",
    ]);
    assert_eq!(shown.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn whoever_has_a_code_joins_the_home_it_is_for_and_a_wrong_one_is_refused_at_its_field() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = Browser::of(&house, "sari", &[]).await;
    let budi = Browser::of(&house, "budi", &[]).await;
    let page = sari.get("/homes/new").await;
    let once = hidden(&page.text, "once");
    let new = [
        ("once", once.as_str()),
        ("name", "Rumah"),
        ("region", &region.id.to_string()),
    ];
    let home = place(&sari.post("/homes", &new).await)
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let page = sari.get(&format!("{home}/do/invite")).await;
    let once = hidden(&page.text, "once");
    let invited = sari.post(&format!("{home}/do/invite"), &[("once", &once)]).await;
    let (_, rest) = invited.text.split_once("<code>").unwrap();
    let code = rest.split_once("</code>").unwrap().0;

    let page = budi.get("/me").await;
    let once = hidden(&page.text, "once");
    let wrong = budi
        .post("/me/home", &[("once", &once), ("code", "no code")])
        .await;
    assert!(matches!(wrong.status, 400 | 409), "{}", wrong.status);
    wrong.has(&["Join a home", "role=\"alert\"", "value=\"no code\""]);
    let once = hidden(&wrong.text, "once");
    let joined = budi.post("/me/home", &[("once", &once), ("code", code)]).await;
    assert_eq!(place(&joined), format!("{home}?done=done"));
    budi.get(&home).await.has(&["Rumah"]);
}

#[tokio::test]
async fn logging_out_everywhere_ends_the_sessions_of_every_browser() {
    let house = House::new().await;
    let sari = Browser::of(&house, "sari", &[]).await;
    let other = house.app.log_in("sari", PASSWORD, None).await.unwrap();
    sari.get("/me").await;
    assert_eq!(place(&sari.post("/me/logout", &[]).await), "/login?done=left");
    assert_eq!(place(&sari.get("/me").await), "/login?next=%2Fme");
    assert!(house.app.enter(&other.refresh).await.is_err());
}

#[tokio::test]
async fn an_account_goes_when_its_owner_types_its_name_and_stays_otherwise() {
    let house = House::new().await;
    let sari = Browser::of(&house, "sari", &[]).await;
    sari.get("/me/delete")
        .await
        .has(&["Delete my account", "cannot be undone"]);
    let refused = sari.post("/me/delete", &[("username", "budi")]).await;
    assert_eq!(refused.status, 400);
    refused.has(&["value=\"budi\"", "That is not your username."]);
    let foreign = sari.nobody().post("/me/delete", &[("username", "sari")]).await;
    assert_eq!(place(&foreign), "/login");
    let gone = sari.post("/me/delete", &[("username", "sari")]).await;
    assert_eq!(place(&gone), "/login?done=removed");
    assert!(gone.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(place(&sari.get("/me").await), "/login?next=%2Fme");
    assert!(house.app.log_in("sari", PASSWORD, None).await.is_err());
    house.drain().await;
}

#[tokio::test]
async fn all_that_is_known_of_somebody_is_a_file_of_theirs() {
    let house = House::new().await;
    let sari = Browser::of(&house, "sari", &[Role::Superuser]).await;
    let _budi = Browser::of(&house, "budi", &[]).await;
    let file = sari.get("/me/export").await;
    assert_eq!(
        file.header(header::CONTENT_DISPOSITION),
        "attachment; filename=\"kabar.json\""
    );
    assert_eq!(file.header(header::CACHE_CONTROL), "no-store");
    file.has(&["\"email\": \"sari@example.com\""]);
    assert!(!file.text.contains("budi"));
    assert_eq!(sari.get("/me/export?cursor=nonsense").await.status, 400);
}

#[tokio::test]
async fn people_read_again_what_they_were_told_and_why() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = Browser::of(&house, "sari", &[]).await;
    let budi = Browser::of(&house, "budi", &[]).await;
    sari.get("/me/messages")
        .await
        .has(&["What I was told", "There is nothing here yet."]);
    let page = sari.get(&format!("/regions/{}/do/follow", region.id)).await;
    let once = hidden(&page.text, "once");
    let follow = [("once", once.as_str()), ("channels", "email")];
    place(
        &sari
            .post(&format!("/regions/{}/do/follow", region.id), &follow)
            .await,
    );
    says(&house, &region, Word::Off).await;

    let list = sari.get("/me/messages").await;
    list.has(&["the power is out", "you follow the region", "email"]);
    let (_, rest) = list
        .text
        .split_once("</thead>")
        .and_then(|(_, rows)| rows.split_once("<a href=\""))
        .unwrap();
    let path = rest.split_once('"').unwrap().0;
    assert!(path.starts_with("/me/messages/"), "{path}");
    let one = sari.get(path).await;
    one.has(&[
        "the power is out",
        "you follow the region",
        "Bandung",
        "What it said",
        "Bandung",
    ]);
    assert_eq!(budi.get(path).await.status, 404, "it is somebody else's");
    assert_eq!(sari.get("/me/messages/csv").await.status, 200);
    assert_eq!(sari.get("/me/messages/..%2f..").await.status, 404);
}

#[tokio::test]
async fn people_stay_where_they_are_when_they_change_the_language() {
    let house = House::new().await;
    let sari = Browser::of(&house, "sari", &[]).await;
    // As API Gateway has it.
    let page = sari.get("https://kabar.example.com/me?done=saved").await;
    let here = hidden(&page.text, "here");
    assert_eq!(here, "/me?done=saved");
    let changed = sari
        .post("/me/language", &[("here", &here), ("language", "id")])
        .await;
    assert_eq!(place(&changed), here);
    sari.get(&here).await.has(&["<html lang=\"id\">", "Disimpan."]);
}
