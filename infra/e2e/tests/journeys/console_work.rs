//! From an empty start to people who are told, by the pages of the console alone: with scripts and without.

use std::path::Path;

use kabar_local::Options;

use crate::{
    browser::{DESKTOP, Look, PHONE},
    console_desk::{CREATED, DONE, Desk, PASSWORD},
    console_mailing,
    stack::{Stack, eventually},
};

/// Somebody signs up, and the superuser makes them an organizer.
async fn make_organizer(desk: &Desk<'_>) {
    desk.sign_up("oki").await;
    desk.look_at("welcome").await;
    desk.log_out().await;
    desk.log_in_as_superuser().await;
    let group = desk
        .send("/groups/new", "group-new", &[("name", "organizer")], CREATED)
        .await;
    let path = format!("/groups/{group}/do/add");
    desk.send(&path, "group-add", &[("user_id", "oki")], DONE).await;
    desk.open("/users", "users").await;
    assert!(desk.browser.texts("td").await.contains(&"organizer".to_owned()));
    desk.log_out().await;
}

/// The organizer makes an event, and a ticket to it from the event's own page.
async fn make_event(desk: &Desk<'_>) {
    desk.log_in("oki", PASSWORD).await;
    let event = [
        ("name", "Jazz di Bandung"),
        ("description", "Three bands, one night."),
        ("location", "Gedung Merdeka"),
        ("category", "music"),
        ("start_time", "2099-05-01T19:00"),
        ("end_time", "2099-05-01T23:00"),
        ("quota", "100"),
    ];
    let event = desk.send("/events/new", "event-new", &event, CREATED).await;
    desk.look_at("event").await;
    let new = format!("a[href='/tickets/new?event={event}']");
    desk.browser.click(&new).await;
    desk.browser.wait_for("#sales_start").await;
    for (field, text) in [
        ("name", "Regular"),
        ("price", "0"),
        ("quota", "50"),
        ("sales_start", "2026-01-01T00:00"),
        ("sales_end", "2099-05-01T19:00"),
    ] {
        desk.browser.fill(field, text).await;
    }
    desk.look_at("ticket-new").await;
    desk.browser.click("main form button").await;
    desk.browser.wait_for_text(".note", CREATED).await;
    desk.look_at("ticket").await;
    hang_poster(desk, &event).await;
    desk.log_out().await;
}

/// A picture of the event, which its page shows from then on.
async fn hang_poster(desk: &Desk<'_>, event: &str) {
    let picture = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/testkit/images/poster.png"
    );
    let picture = Path::new(picture).canonicalize().unwrap();
    desk.open(&format!("/events/{event}/poster/new"), "poster-new")
        .await;
    desk.browser.attach("image", &picture).await;
    desk.browser.click("main form button").await;
    desk.browser.wait_for_text(".note", CREATED).await;
    desk.browser.wait_for(".posters img").await;
    desk.look_at("event-with-poster").await;
}

/// Somebody else registers, and a mail says so.
async fn register(desk: &Desk<'_>) {
    desk.sign_up("ayu").await;
    desk.send(
        "/registrations/new",
        "registration-new",
        &[("ticket_id", "Regular")],
        CREATED,
    )
    .await;
    desk.look_at("registration").await;
    let mail = eventually("the mail of the registration", async || {
        let mails = desk.stack.mails().await;
        mails
            .into_iter()
            .find(|(to, subject, _)| to.contains("ayu@") && subject.contains("Jazz di Bandung"))
    })
    .await;
    assert!(mail.2.contains("Gedung Merdeka"), "{}", mail.2);
    desk.log_out().await;
}

/// The operator says that the power of a region goes, and comes back; whoever follows it is told, and its page draws it.
async fn cut(desk: &Desk<'_>) {
    desk.log_in_as_superuser().await;
    let region = [("name", "Bandung"), ("time_zone", "Asia/Jakarta")];
    let region = desk.send("/regions/new", "region-new", &region, CREATED).await;
    desk.log_out().await;
    desk.log_in("ayu", PASSWORD).await;
    desk.open(&format!("/status/{region}"), "status").await;
    desk.browser
        .click(&format!("a[href^='/regions/{region}/do/follow']"))
        .await;
    desk.browser.wait_for("main form button").await;
    desk.look_at("region-follow").await;
    desk.browser.click("main form button").await;
    desk.browser.wait_for_text(".note", DONE).await;
    desk.log_out().await;

    desk.log_in_as_superuser().await;
    let say = format!("/regions/{region}/do/say");
    desk.send(&say, "region-say", &[("status", "out")], DONE).await;
    desk.stack.invoke("power-check", None).await;
    desk.open("/outages", "outages-open").await;
    let cells = desk.browser.texts("tbody td").await;
    assert!(cells.contains(&"Bandung".to_owned()), "{cells:?}");
    let heads = desk.browser.texts("thead th").await;
    assert!(!heads.contains(&"End".to_owned()), "none has ended: {heads:?}");
    eventually("the mail of the outage", async || {
        let mails = desk.stack.mails().await;
        mails
            .into_iter()
            .find(|(to, _, text)| to.contains("ayu@") && text.contains("The power is out in Bandung"))
    })
    .await;
    desk.send(&say, "region-say", &[("status", "on")], DONE).await;
    desk.stack.invoke("power-check", None).await;
    desk.open("/outages", "outages").await;
    assert_eq!(desk.browser.texts("tbody tr").await.len(), 1);
    desk.open("/notices", "notices").await;
    let told = desk.browser.texts("tbody td").await;
    assert!(told.contains(&"the power is out".to_owned()), "{told:?}");
    desk.open(&format!("/regions/{region}"), "region").await;
    // Another address than before, for a browser keeps a public page for a while.
    desk.open(&format!("/status/{region}?period=24h"), "status-after")
        .await;
    desk.browser.wait_for("svg.chart .dark").await;
}

async fn all(look: Look) {
    let stack = Stack::start(Options::default()).await;
    let desk = Desk::new(&stack, look).await;
    make_organizer(&desk).await;
    make_event(&desk).await;
    register(&desk).await;
    cut(&desk).await;
    console_mailing::mail(&desk).await;
    desk.log_out().await;
    desk.browser.close().await;
}

#[tokio::test]
async fn everything_can_be_done_from_an_empty_start() {
    all(DESKTOP).await;
}

#[tokio::test]
async fn everything_can_be_done_without_scripts() {
    // As narrow as a phone is laid out, and no phone: chromedriver waits for ever where one sends a form without scripts.
    all(Look {
        name: "plain",
        width: 640,
        runs_scripts: false,
        ..PHONE
    })
    .await;
}
