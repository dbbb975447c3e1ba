//! Events as people find them who want to come, and as organizers make them.

use axum::http::header;
use kabar_domain::people::Role;
use kabar_testkit::{
    House,
    pictures::{JPEG, jpeg_of},
};

use crate::{
    browser::{Browser, place},
    html::hidden,
};

/// Makes a thing by its form; gives its address.
async fn made(browser: &Browser, kind: &str, fields: &[(&str, &str)]) -> String {
    let page = browser.get(&format!("/{kind}/new")).await;
    let once = hidden(&page.text, "once");
    let fields: Vec<(&str, &str)> = [("once", once.as_str())]
        .into_iter()
        .chain(fields.iter().copied())
        .collect();
    let answer = browser.post(&format!("/{kind}"), &fields).await;
    place(&answer).split('?').next().unwrap().to_owned()
}

pub(crate) async fn event(organizer: &Browser) -> String {
    let fields = [
        ("name", "Jazz <di> Bandung"),
        ("location", "Gedung Merdeka"),
        ("category", "music"),
        ("start_time", "2026-12-05T19:00"),
        ("end_time", "2026-12-05T23:00"),
        ("quota", "3"),
    ];
    made(organizer, "events", &fields).await
}

pub(crate) async fn ticket(organizer: &Browser, event: &str, name: &str, sale: [&str; 2]) -> String {
    let fields = [
        ("event_id", event.trim_start_matches("/events/")),
        ("name", name),
        ("price", "150000"),
        ("quota", "1"),
        ("sales_start", sale[0]),
        ("sales_end", sale[1]),
    ];
    made(organizer, "tickets", &fields).await
}

pub(crate) const NOW: [&str; 2] = ["2026-11-01T00:00", "2026-12-05T17:00"];
const LATER: [&str; 2] = ["2026-12-01T08:00", "2026-12-05T17:00"];
const BEFORE: [&str; 2] = ["2026-11-01T00:00", "2026-11-02T00:00"];

#[tokio::test]
async fn people_register_with_one_button_and_see_what_is_left() {
    let house = House::new().await;
    let oki = Browser::of(&house, "oki", &[Role::Organizer]).await;
    let sari = Browser::of(&house, "sari", &[]).await;
    let budi = Browser::of(&house, "budi", &[]).await;
    let event = event(&oki).await;
    sari.get(&event).await.has(&["There are no tickets yet."]);
    let festival = ticket(&oki, &event, "Festival", NOW).await;
    ticket(&oki, &event, "Early", BEFORE).await;
    ticket(&oki, &event, "Door", LATER).await;

    let page = sari.get(&event).await;
    for said in [
        "Jazz &#60;di&#62; Bandung",
        "Register: Festival",
        "on sale from 1 Dec 2026, 08:00",
        "not on sale",
        ">1</td>",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert_eq!(
        page.text.matches("action=\"/registrations\"").count(),
        1,
        "one is on sale"
    );
    assert!(
        !page.text.contains(&format!("{event}/poster/new")),
        "posters are for organizers"
    );
    let (_, form) = page.text.split_once("action=\"/registrations\"").unwrap();
    let [once, id] = ["once", "ticket_id"].map(|name| hidden(form, name));
    assert_eq!(festival, format!("/tickets/{id}"));
    let form = [("once", once.as_str()), ("ticket_id", &id)];
    let registered = sari.post("/registrations", &form).await;
    assert!(place(&registered).starts_with("/registrations/"));
    sari.post("/registrations", &form)
        .await
        .has(&["This was sent before"]);
    sari.get(&event).await.has(&["You are registered", ">0</td>"]);

    let page = budi.get(&event).await;
    page.has(&["Festival", "sold out", ">0</td>"]);
    assert!(
        !page.text.contains(&format!("{event}/edit")),
        "that is for organizers"
    );
    let refused = budi
        .post("/registrations", &[("once", "another"), ("ticket_id", &id)])
        .await;
    assert_eq!(
        refused.status, 409,
        "also for whoever still has the page of before"
    );
    house.drain().await;

    sari.get("/me/tickets").await.has(&[
        "Jazz &#60;di&#62; Bandung",
        "5 Dec 2026, 19:00",
        "Gedung Merdeka",
        "Festival",
    ]);
    for other in [&budi, &oki] {
        other.get("/me/tickets").await.has(&["You hold no ticket"]);
    }

    let registration = place(&registered).split('?').next().unwrap();
    oki.get(&event).await.has(&[registration]);
    let file = format!("{registration}/calendar");
    for page in ["/me/tickets", registration] {
        sari.get(page).await.has(&[&format!("href=\"{file}\" download")]);
    }
    for reader in [&sari, &oki] {
        let calendar = reader.get(&file).await;
        assert_eq!(
            calendar.header(header::CONTENT_TYPE),
            "text/calendar; charset=utf-8"
        );
        calendar.has(&["BEGIN:VCALENDAR", "SUMMARY:Jazz <di> Bandung", "STATUS:CONFIRMED"]);
    }
    assert_eq!(budi.get(&file).await.status, 403);
    for none in ["/registrations/none/calendar", "/registrations/..%2f/calendar"] {
        assert_eq!(sari.get(none).await.status, 404, "{none}");
    }
}

#[tokio::test]
async fn a_poster_is_uploaded_once_and_shown_to_everybody_who_opens_the_event() {
    let house = House::new().await;
    let oki = Browser::of(&house, "oki", &[Role::Organizer]).await;
    let sari = Browser::of(&house, "sari", &[]).await;
    let event = event(&oki).await;
    let form = format!("{event}/poster/new");
    oki.get(&event).await.has(&[&format!("href=\"{form}?\"")]);
    let page = oki.get(&form).await;
    page.has(&[
        "Poster: Jazz",
        "enctype=\"multipart/form-data\"",
        "type=\"file\" id=\"image\"",
    ]);
    let once = hidden(&page.text, "once");
    let once = [("once", once.as_str())];
    let picture = ("image", "p.jpg", "image/jpeg", JPEG);
    assert_eq!(
        place(&oki.post_file(&form, &once, picture).await),
        format!("{event}?done=created")
    );
    oki.post_file(&form, &once, picture)
        .await
        .has(&["This was sent before"]);

    let page = sari.get(&event).await;
    page.has(&[
        "<img src=\"http",
        "width=\"24\" height=\"16\"",
        "alt=\"Poster: Jazz &#60;di&#62; Bandung\"",
    ]);
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(
        policy.contains("img-src 'self' data: https: http://localhost:*;"),
        "{policy}"
    );
    oki.get(&format!("{event}/poster"))
        .await
        .has(&["class=\"thumb\" src=\"http", "image/jpeg"]);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_at_its_field() {
    let house = House::new().await;
    let oki = Browser::of(&house, "oki", &[Role::Organizer]).await;
    let sari = Browser::of(&house, "sari", &[]).await;
    let event = event(&oki).await;
    let form = format!("{event}/poster/new");
    oki.get(&form).await;
    let large = jpeg_of(600_000);
    for bytes in [&b"<svg onload=alert(1)>"[..], b"", &large] {
        let refused = oki
            .post_file(&form, &[("once", "")], ("image", "<b>.jpg", "image/jpeg", bytes))
            .await;
        assert_eq!(refused.status, 400, "{}", bytes.len());
        refused.has(&["role=\"alert\"", "id=\"image-error-1\""]);
        assert!(!refused.text.contains("<b>.jpg"));
    }
    let refused = oki.post(&form, &[("once", "a")]).await;
    assert_eq!(refused.status, 400, "a form without a file");
    let huge = vec![0; 2 << 20];
    let refused = oki
        .post_file(&form, &[], ("image", "p", "image/png", &huge))
        .await;
    assert_eq!(refused.status, 413);
    refused.has(&["This is too large", "500 kB"]);
    sari.get(&form).await;
    let refused = sari
        .post_file(&form, &[("once", "b")], ("image", "p.jpg", "image/jpeg", JPEG))
        .await;
    assert_eq!(refused.status, 403);
    assert_eq!(oki.get("/events/nothing/poster/new").await.status, 404);
}
