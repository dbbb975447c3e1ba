//! What there is, for whoever comes in.

use axum::{
    body::Body,
    http::{Request, header},
};
use kabar_domain::{people::Role, power::Word};
use kabar_testkit::House;

use crate::{
    browser::Browser,
    common::says,
    composing::{MAILING, clients},
    site::Site,
};

/// An event tomorrow with three seats, for which ten tickets are on sale; gives the ticket's id.
async fn event(visitor: &Browser, name: &str) -> String {
    let fields = [
        ("name", name),
        ("location", "Gedung Merdeka"),
        ("category", "music"),
        ("start_time", "2026-11-22T19:00"),
        ("end_time", "2026-11-22T22:00"),
        ("quota", "3"),
        ("time_zone", "Asia/Jakarta"),
    ];
    let there = visitor.made("/events", &fields).await;
    let fields = [
        ("event_id", there.trim_start_matches("/events/")),
        ("name", "Balcony"),
        ("price", "10"),
        ("quota", "10"),
        ("sales_start", "2026-11-01T00:00"),
        ("sales_end", "2026-11-22T18:00"),
    ];
    let ticket = visitor.made("/tickets", &fields).await;
    ticket.trim_start_matches("/tickets/").to_owned()
}

#[tokio::test]
async fn staff_see_power_sales_mailings_and_what_could_not_be_done() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    visitor.open("/").await.has(&[
        "data-live=\"5\"",
        "There are no regions yet.",
        "No event is ahead.",
        "No mailing is under way.",
    ]);
    let bandung = house.region("Bandung").await;
    house.region("Aceh").await;
    says(&house, &bandung, Word::Off).await;
    let ticket = event(&visitor, "Jazz").await;
    visitor.made("/registrations", &[("ticket_id", &ticket)]).await;
    clients(&visitor).await;
    let mailing = visitor.made("/mailings", &MAILING).await;
    house.drain().await;
    house.queues.park_run("{}", &[]);
    let page = visitor.open("/").await;
    page.has(&[
        "out</span> 1</li>",
        "unknown</span> 1</li>",
        ">Bandung</a>",
        ">Aceh</a>",
        ">Jazz</a>",
        "22 Nov 2026, 19:00",
        "<progress max=\"3\" value=\"1\"",
        "1 taken + 2 free = 3",
        "adds up",
        &format!("href=\"{mailing}\">Open &#60;soon&#62;</a>"),
        "<progress max=\"3\" value=\"2\"",
        "66 %: 2 of 3 messages",
        "href=\"/dead-letters/urgent\"",
        "href=\"/dead-letters/schedule\">schedule</a> <span class=\"tone bad\">1</span>",
        "off: mailings go on",
        "<th scope=\"row\">urgent</th><td>0</td>",
        "<title id=\"late-bulk\">bulk: How late people were told</title><desc id=\"late-bulk-said\">",
        "<title id=\"days-0\">Bandung: without power in 30 days</title><desc id=\"days-0-said\">none</desc>",
        "<details><summary>How late people were told: As tables</summary>",
        "<th scope=\"row\">",
    ]);
    assert!(!page.text.contains("My upcoming tickets"));
}

#[tokio::test]
async fn organizers_see_the_sales_of_their_events_and_nobody_elses() {
    let house = House::new().await;
    let susi = Browser::superuser(&house).await;
    event(&susi, "Opera").await;
    let oki = Browser::of(&house, "oki", &[Role::Organizer]).await;
    let ticket = event(&oki, "Jazz").await;
    let ulla = Browser::of(&house, "ulla", &[]).await;
    ulla.made("/registrations", &[("ticket_id", &ticket)]).await;
    house.drain().await;
    let page = oki.open("/").await;
    page.has(&["My upcoming events", ">Jazz</a>", "1 taken + 2 free = 3"]);
    page.has(&["You hold no ticket for an event ahead."]);
    for others in ["Opera", "Dead letters", "Mailings under way", "Lanes"] {
        assert!(!page.text.contains(others), "{others}");
    }
}

#[tokio::test]
async fn people_see_their_tickets_homes_and_the_power_around_them() {
    let house = House::new().await;
    let susi = Browser::superuser(&house).await;
    let ticket = event(&susi, "Jazz").await;
    let region = house.region("Bandung").await;
    let ulla = Browser::of(&house, "ulla", &[]).await;
    ulla.open("/")
        .await
        .has(&[">Bandung</a>", "You hold no ticket", "There is nothing here yet."]);
    ulla.made("/registrations", &[("ticket_id", &ticket)]).await;
    let home = [("name", "Rumah"), ("region", &region.id.to_string())];
    ulla.made("/homes", &home).await;
    house.drain().await;
    let page = ulla.open("/").await;
    page.has(&[
        ">Jazz</a> · Balcony · ",
        "22 Nov 2026, 19:00",
        "Gedung Merdeka",
        ">Rumah</a>",
    ]);
    assert!(!page.text.contains("My upcoming events") && !page.text.contains("href=\"/brake\""));
    house.world.pass_seconds(2 * 24 * 3600);
    let later = Browser::of(&house, "vera", &[]).await;
    later
        .open("/")
        .await
        .has(&["You hold no ticket for an event ahead."]);
}

#[tokio::test]
async fn what_changes_by_the_day_is_not_asked_for_again_every_few_seconds() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    site.house.region("Bandung").await;
    susi.open("/")
        .await
        .has(&["id=\"overview\"", ">Bandung</a>", "<title id=\"days-0\">"]);
    let again = Request::get("/")
        .header(header::COOKIE, &susi.cookie)
        .header("x-kabar-again", "1");
    let again = site.send(again.body(Body::empty()).unwrap()).await;
    again.has(&["id=\"overview\"", ">Bandung</a>"]);
    assert!(!again.text.contains("days-0"), "{}", again.text);
}
