//! From an empty start to people who are told, by the pages of the console alone: with scripts and without.

use jiff::tz::TimeZone;
use kabar_domain::World;
use kabar_kit::SystemWorld;
use kabar_local::Options;

use crate::{
    browser::{DESKTOP, Look, PHONE},
    console_desk::{Desk, PASSWORD},
    stack::{Stack, eventually},
};

const CREATED: &str = "Created.";

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
    desk.send(&path, "group-add", &[("user_id", "oki")], "Done.")
        .await;
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
    desk.log_out().await;
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

/// The operator says that the power of a region goes, and comes back.
async fn cut(desk: &Desk<'_>) {
    desk.log_in_as_superuser().await;
    let region = [("name", "Bandung"), ("time_zone", "Asia/Jakarta")];
    let region = desk.send("/regions/new", "region-new", &region, CREATED).await;
    let say = format!("/regions/{region}/do/say");
    desk.send(&say, "region-say", &[("status", "out")], "Done.").await;
    desk.stack.invoke("power-check", None).await;
    desk.open("/outages", "outages-open").await;
    let cells = desk.browser.texts("tbody td").await;
    assert!(
        cells.contains(&"Bandung".to_owned()) && cells.contains(&"–".to_owned()),
        "{cells:?}"
    );
    desk.send(&say, "region-say", &[("status", "on")], "Done.").await;
    desk.stack.invoke("power-check", None).await;
    desk.open("/outages", "outages").await;
    assert_eq!(desk.browser.texts("tbody tr").await.len(), 1);
    desk.open(&format!("/regions/{region}"), "region").await;
}

/// A zone in which it is about noon, when nobody minds a mailing.
fn at_noon() -> String {
    let hour = SystemWorld.now().to_zoned(TimeZone::UTC).hour();
    match 12 - hour {
        0 => "Etc/GMT".to_owned(),
        ahead @ 1.. => format!("Etc/GMT-{ahead}"),
        behind => format!("Etc/GMT+{}", -behind),
    }
}

/// Clients are made, and a mailing reaches them.
async fn mail(desk: &Desk<'_>) {
    for (phone, name) in [("79160000001", "Sari"), ("79160000002", "Tom")] {
        let email = format!("{}@example.com", name.to_lowercase());
        let zone = at_noon();
        let client = [
            ("phone", phone),
            ("first_name", name),
            ("email", &email),
            ("time_zone", &zone),
        ];
        desk.send("/clients/new", "client-new", &client, CREATED).await;
    }
    desk.open("/clients", "clients").await;
    let mailing = [
        ("channel", "email"),
        ("subject", "Open on Sunday"),
        ("text", "Dear {{first_name|friend}}, we are open on Sunday."),
        ("start_time", "2026-01-01T00:00"),
        ("end_time", "2099-01-01T00:00"),
    ];
    let mailing = desk.send("/mailings/new", "mailing-new", &mailing, CREATED).await;
    let url = format!("{}/mailings/{mailing}", desk.stack.local.url());
    eventually("the mailing is finished", async || {
        desk.stack.invoke("mailing-dispatch", None).await;
        desk.browser.open(&url).await;
        let states = desk.browser.texts(".tone").await;
        states.contains(&"finished".to_owned()).then_some(())
    })
    .await;
    desk.look_at("mailing").await;
    let mails = desk.stack.mails().await;
    let reached = mails.iter().filter(|(_, subject, _)| subject == "Open on Sunday");
    assert_eq!(reached.count(), 2, "{mails:?}");
}

async fn all(look: Look) {
    let stack = Stack::start(Options::default()).await;
    let desk = Desk::new(&stack, look).await;
    make_organizer(&desk).await;
    make_event(&desk).await;
    register(&desk).await;
    cut(&desk).await;
    mail(&desk).await;
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
