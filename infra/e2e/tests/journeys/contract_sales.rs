//! The contract of events, tickets, registrations and payments.

use kabar_testkit::pictures::PNG;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::{client::Client, contract::Cast};

const SALE: [&str; 2] = ["2026-01-01 00:00", "2099-12-05T11:59:59"];

fn new_event(organizer: &str) -> Value {
    json!({
        "name": "Jazz di Bandung", "description": "Tiga band.", "location": "Gedung Merdeka",
        "start_time": "2099-12-05 12:00", "end_time": "2099-12-05T23:00:00+07:00", "category": "music", "quota": 3,
        "organizer_id": organizer,
    })
}

fn new_ticket(event: &str, name: &str, quota: u32) -> Value {
    let [start, end] = SALE;
    json!({ "event_id": event, "name": name, "price": 150000.5, "sales_start": start, "sales_end": end, "quota": quota })
}

/// From an organizer's first event to its end.
pub(crate) async fn events(cast: &Cast) {
    let [organizer, _] = &cast.ids;
    cast.user.post("/api/events", new_event(organizer), 403).await;
    cast.nobody.post("/api/events", new_event(organizer), 401).await;
    cast.other_organizer
        .post("/api/events", new_event(organizer), 403)
        .await;
    let unknown = cast.admin.post("/api/events", new_event("no one"), 400).await;
    assert!(
        unknown.json["errors"]["organizer_id"].is_array(),
        "{}",
        unknown.json
    );
    let made = cast
        .organizer
        .post("/api/events", new_event(organizer), 201)
        .await;
    assert_eq!(made.text("start_time"), "2099-12-05T12:00:00Z");
    assert_eq!(made.text("end_time"), "2099-12-05T16:00:00Z");
    assert_eq!(
        (made.text("status"), made.text("organizer")),
        ("scheduled".to_owned(), organizer.clone())
    );
    let event = made.id();
    let at = format!("/api/events/{event}");

    for source in ["database", "cache"] {
        assert_eq!(cast.nobody.get(&at, 200).await.headers["x-data-source"], source);
    }
    cast.other_organizer
        .patch(&at, json!({ "name": "Mine" }), 403)
        .await;
    cast.admin.patch(&at, json!({ "name": "Jazz lagi" }), 200).await;
    let read = cast.nobody.get(&at, 200).await;
    assert_eq!(
        (read.text("name"), &read.headers["x-data-source"]),
        ("Jazz lagi".to_owned(), &"database".parse().unwrap())
    );
    let mut whole = new_event(organizer);
    whole["end_time"] = json!("2099-12-05 11:00");
    let inverted = cast.organizer.put(&at, whole, 200).await;
    assert_eq!(inverted.json["warnings"][0]["field"], "end_time");
    cast.organizer.put(&at, new_event(organizer), 200).await;
    let found = cast
        .nobody
        .get(
            &format!("/api/events?q=jazz&category=music&status=scheduled&organizer={organizer}"),
            200,
        )
        .await;
    assert_eq!(found.json["events"][0]["id"], event.as_str());
    cast.nobody.get("/api/events/no-such-event", 404).await;

    let tickets = tickets(cast, &event).await;
    let registration = registrations(cast, &event, &tickets).await;
    payments(cast, &registration).await;
    cancel(cast, &event, &registration).await;
    posters(cast, &event).await;

    cast.other_organizer.delete(&at, 403).await;
    cast.organizer.delete(&at, 204).await;
    for gone in [
        at,
        format!("/api/tickets/{}", tickets[1]),
        format!("/api/events/{event}/availability"),
    ] {
        cast.nobody.get(&gone, 404).await;
    }
}

async fn tickets(cast: &Cast, event: &str) -> [String; 2] {
    cast.user
        .post("/api/tickets", new_ticket(event, "Reguler", 2), 403)
        .await;
    cast.other_organizer
        .post("/api/tickets", new_ticket(event, "Reguler", 2), 403)
        .await;
    cast.organizer
        .post("/api/tickets", new_ticket("no-event", "Reguler", 2), 400)
        .await;
    let made = cast
        .organizer
        .post("/api/tickets", new_ticket(event, "Reguler", 2), 201)
        .await;
    assert_eq!(
        made.fields(),
        [
            "event",
            "id",
            "name",
            "price",
            "quota",
            "sales_end",
            "sales_start"
        ]
    );
    assert_eq!(made.json["price"], json!(150000.5));
    let vip = cast
        .admin
        .post("/api/tickets", new_ticket(event, "VIP", 2), 201)
        .await
        .id();
    let at = format!("/api/tickets/{}", made.id());
    cast.organizer.patch(&at, json!({ "price": "75000" }), 200).await;
    assert_eq!(cast.nobody.get(&at, 200).await.json["price"], json!(75000));
    cast.organizer
        .put(&at, new_ticket(event, "Reguler", 1), 200)
        .await;
    cast.other_organizer
        .put(&at, new_ticket(event, "Mine", 1), 403)
        .await;
    let listed = cast.nobody.get(&format!("/api/tickets?event={event}"), 200).await;
    assert_eq!(listed.json["tickets"].as_array().unwrap().len(), 2);
    let spare = cast
        .organizer
        .post("/api/tickets", new_ticket(event, "Spare", 2), 201)
        .await
        .id();
    cast.other_organizer
        .delete(&format!("/api/tickets/{spare}"), 403)
        .await;
    cast.organizer.delete(&format!("/api/tickets/{spare}"), 204).await;
    [made.id(), vip]
}

/// One seat by the first ticket, and two people who want it.
async fn registrations(cast: &Cast, event: &str, tickets: &[String; 2]) -> String {
    let wish = json!({ "ticket_id": tickets[0] });
    cast.nobody.post("/api/registrations", wish.clone(), 401).await;
    let made = cast.user.post("/api/registrations", wish.clone(), 201).await;
    assert_eq!(
        made.fields(),
        ["event", "id", "registered_at", "status", "ticket", "user"]
    );
    assert_eq!(
        (made.text("user"), made.text("event")),
        (cast.ids[1].clone(), event.to_owned())
    );
    cast.user.post("/api/registrations", wish.clone(), 409).await;
    cast.other_user
        .post("/api/registrations", wish.clone(), 409)
        .await;
    let for_another = json!({ "ticket_id": tickets[1], "user_id": cast.ids[1] });
    for refused in [&cast.other_user, &cast.other_organizer] {
        refused.post("/api/registrations", for_another.clone(), 403).await;
    }
    cast.user
        .post("/api/registrations", json!({ "ticket_id": "none" }), 400)
        .await;
    let box_office = cast.organizer.post("/api/registrations", for_another, 201).await;
    cast.user
        .delete(&format!("/api/registrations/{}", box_office.id()), 204)
        .await;

    let at = format!("/api/registrations/{}", made.id());
    for (caller, status) in [
        (&cast.user, 200),
        (&cast.other_user, 403),
        (&cast.organizer, 200),
        (&cast.other_organizer, 403),
        (&cast.admin, 200),
    ] {
        caller.get(&at, status).await;
        let listed = caller.get("/api/registrations", 200).await;
        let listed = listed.json["registrations"].as_array().unwrap();
        assert_eq!(listed.iter().any(|r| r["id"] == made.json["id"]), status == 200);
    }
    cast.user.put(&at, json!({ "ticket_id": tickets[1] }), 403).await;
    let moved = cast
        .organizer
        .put(&at, json!({ "ticket_id": tickets[1] }), 200)
        .await;
    assert_eq!(moved.text("ticket"), tickets[1]);
    let free = cast
        .nobody
        .get(&format!("/api/events/{event}/availability"), 200)
        .await;
    assert_eq!(
        (&free.json["quota"], &free.json["remaining"]),
        (&json!(3), &json!(2))
    );
    let remaining: u64 = free.json["tickets"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|t| t["remaining"].as_u64())
        .sum();
    assert_eq!(remaining, 2, "one of one, one of two: {}", free.json);
    made.id()
}

async fn payments(cast: &Cast, registration: &str) {
    let pay = |status: &str| {
        json!({ "registration_id": registration, "payment_method": "QRIS", "payment_status": status,
            "amount_paid": "75000.00" })
    };
    cast.other_user.post("/api/payments", pay("pending"), 403).await;
    cast.user.post("/api/payments", pay("completed"), 403).await;
    cast.user.post("/api/payments", pay("paid"), 400).await;
    let made = cast.user.post("/api/payments", pay("pending"), 201).await;
    assert_eq!(
        (&made.json["amount_paid"], &made.json["paid_at"]),
        (&json!(75000), &Value::Null)
    );
    let at = format!("/api/payments/{}", made.id());
    let to = |status: &str| json!({ "payment_status": status });
    for refused in [&cast.user, &cast.other_user, &cast.organizer] {
        refused.patch(&at, to("completed"), 403).await;
    }
    cast.admin.patch(&at, to("refunded"), 409).await;
    cast.admin.put(&at, pay("completed"), 200).await.text("paid_at");
    for (caller, status) in [(&cast.user, 200), (&cast.other_user, 403), (&cast.organizer, 200)] {
        caller.get(&at, status).await;
    }
    let spare = cast
        .superuser
        .post("/api/payments", pay("pending"), 201)
        .await
        .id();
    cast.user.delete(&format!("/api/payments/{spare}"), 403).await;
    cast.admin.delete(&format!("/api/payments/{spare}"), 204).await;
}

/// A seat that is given back is there for somebody else, and its money is owed.
async fn cancel(cast: &Cast, event: &str, registration: &str) {
    let at = format!("/api/registrations/{registration}");
    let remaining = async |caller: &Client| {
        let free = caller
            .get(&format!("/api/events/{event}/availability"), 200)
            .await;
        free.json["remaining"].as_u64().unwrap()
    };
    assert_eq!(remaining(&cast.nobody).await, 2);
    cast.other_user.delete(&at, 403).await;
    cast.user.delete(&at, 204).await;
    cast.user.get(&at, 404).await;
    assert_eq!(remaining(&cast.nobody).await, 3);
    let due = cast.admin.get("/api/payments?refund_due=true", 200).await;
    assert_eq!(due.json["payments"][0]["registration"], registration);
}

async fn posters(cast: &Cast, event: &str) {
    let form = |event: &str, picture: &'static [u8]| {
        let image = Part::bytes(picture).file_name("poster.png");
        Form::new().text("event", event.to_owned()).part("image", image)
    };
    let path = "/api/events/upload";
    for (caller, status) in [
        (&cast.nobody, 401),
        (&cast.user, 403),
        (&cast.other_organizer, 403),
    ] {
        caller.upload(path, form(event, PNG), status).await;
    }
    cast.organizer.upload(path, form("no-event", PNG), 400).await;
    cast.organizer.upload(path, form(event, b"#!/bin/sh"), 400).await;
    let made = cast.organizer.upload(path, form(event, PNG), 201).await;
    assert_eq!(made.fields(), ["event", "id", "image", "uploaded_at", "url"]);

    let all = format!("/api/events/{event}/poster");
    let listed = cast.nobody.get(&all, 200).await.json;
    assert_eq!(listed[0]["id"], made.json["id"]);
    assert_eq!(listed[0]["content_type"], "image/png");
    let one = format!("{all}/{}", made.id());
    cast.other_organizer.delete(&one, 403).await;
    cast.organizer.delete(&one, 204).await;
    cast.organizer.delete(&one, 404).await;
    assert_eq!(cast.nobody.get(&all, 200).await.json, json!([]));
}
