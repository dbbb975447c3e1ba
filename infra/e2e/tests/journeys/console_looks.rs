//! Every page of the console as people see it: on a phone and a desktop, light and dark, in both languages.

use kabar_local::Options;
use serde_json::{Value, json};

use crate::{browser::LOOKS, console_desk::Desk, stack::Stack};

/// Something of many kinds, with names as long as people have them.
async fn furnish(stack: &Stack) -> Vec<(&'static str, String)> {
    let region = stack.region("Kabupaten Bandung Barat").await;
    stack.follower(&region, "sari", "id", "Asia/Jakarta").await;
    for word in ["off", "on", "off"] {
        stack.say(&region, word).await;
        stack.invoke("power-check", None).await;
    }
    let id = |made: Value| made["id"].as_str().unwrap_or_default().to_owned();
    let event = json!({ "name": "Jazz di Bandung: malam tiga band di Gedung Merdeka", "location": "Gedung Merdeka",
        "category": "music", "start_time": "2099-05-01T12:00:00Z", "end_time": "2099-05-01T16:00:00Z", "quota": 100,
        "region": region });
    let event = id(stack.post("/api/events/", event).await);
    let ticket = json!({ "event_id": event, "name": "Regular", "price": "150000.00", "quota": 50,
        "sales_start": "2026-01-01T00:00:00Z", "sales_end": "2099-05-01T12:00:00Z" });
    let ticket = id(stack.post("/api/tickets/", ticket).await);
    let registration = id(stack
        .post("/api/registrations/", json!({ "ticket_id": ticket }))
        .await);
    let home = id(stack
        .post("/api/homes/", json!({ "name": "Rumah Dago", "region": region }))
        .await);
    let client = json!({ "phone": "79160000001", "time_zone": "Asia/Jakarta", "email": "tom@example.com" });
    stack.post("/api/clients/", client).await;
    let mut paths = vec![
        ("overview", "/".to_owned()),
        ("event", format!("/events/{event}")),
        ("event-edit", format!("/events/{event}/edit")),
        ("event-delete", format!("/events/{event}/do/delete")),
        ("registration", format!("/registrations/{registration}")),
        ("region", format!("/regions/{region}")),
        ("region-say", format!("/regions/{region}/do/say")),
        ("home", format!("/homes/{home}")),
        ("detector-new", format!("/homes/{home}/detectors/new")),
        ("mailing-new", "/mailings/new".to_owned()),
        ("refused", "/nothing".to_owned()),
    ];
    for list in [
        "events",
        "tickets",
        "registrations",
        "payments",
        "regions",
        "homes",
        "outages",
        "clients",
        "mailings",
        "messages",
        "suppressions",
        "users",
        "groups",
        "chats",
        "notices",
        "dead-letters",
        "stuck-pages",
    ] {
        paths.push((list, format!("/{list}")));
    }
    paths
}

#[tokio::test]
async fn every_page_can_be_read_and_used_by_everyone_in_every_look() {
    let stack = Stack::start(Options::default()).await;
    let paths = furnish(&stack).await;
    for look in LOOKS {
        let desk = Desk::new(&stack, look).await;
        for (name, path) in [
            ("login", "/login"),
            ("sign-up", "/sign-up?lang=id"),
            ("forgot", "/forgot"),
            ("reset", "/reset?lang=id"),
        ] {
            desk.open(path, name).await;
        }
        desk.log_in_as_superuser().await;
        // Pictures of phones are in Indonesian, and of desktops in English.
        let language = if look.width < 600 { "id" } else { "en" };
        if desk.browser.run("return document.documentElement.lang").await != language {
            desk.browser.click("form[action='/me/language'] button").await;
            desk.browser.wait_for(&format!("html[lang='{language}']")).await;
        }
        for (name, path) in &paths {
            desk.open(path, name).await;
        }
        desk.open("/regions/new", "region-new").await;
        desk.browser.click("main form button").await;
        desk.browser.wait_for("[aria-invalid]").await;
        desk.look_at("region-refused").await;
        desk.browser.close().await;
    }
}
