//! Events, tickets, registrations and payments as clients in the field ask for them.

use kabar_domain::ids::UserId;
use serde_json::{Value, json};

use crate::site::{Site, Who};

/// An event with two tickets, a registration by the first, and a payment for it.
pub(crate) struct Sale {
    pub(crate) event: String,
    pub(crate) ticket: String,
    pub(crate) other_ticket: String,
    pub(crate) registration: String,
    pub(crate) payment: String,
}

pub(crate) fn event_body(organizer: Option<UserId>) -> Value {
    let mut body = json!({ "name": "Jazz di Bandung", "description": "Three bands", "location": "Gedung Merdeka",
        "start_time": "2026-12-05 19:00", "end_time": "2026-12-05 23:00", "status": "scheduled", "category": "music",
        "quota": 3 });
    if let Some(organizer) = organizer {
        body["organizer_id"] = organizer.to_string().into();
    }
    body
}

pub(crate) fn ticket_body(event: &str, name: &str) -> Value {
    json!({ "event_id": event, "name": name, "price": 150000.5, "sales_start": "2026-11-01 00:00",
        "sales_end": "2026-12-05 17:00", "quota": 2 })
}

pub(crate) fn payment_body(registration: &str) -> Value {
    json!({ "registration_id": registration, "payment_method": "QRIS", "payment_status": "pending",
        "amount_paid": "150000.50" })
}

/// What a superuser makes of it for an organizer and a holder.
pub(crate) async fn sale(site: &Site, organizer: UserId, holder: UserId) -> Sale {
    let post = async |path: &str, body: Value| {
        let answer = site.call(Who::Superuser, "POST", path, body).await;
        assert_eq!(answer.status, 201, "{path}: {}", answer.json);
        answer.id()
    };
    let event = post("/api/events", event_body(Some(organizer))).await;
    let ticket = post("/api/tickets/", ticket_body(&event, "Festival")).await;
    let other_ticket = post("/api/tickets", ticket_body(&event, "VIP")).await;
    let body = json!({ "ticket_id": ticket, "user_id": holder.to_string() });
    let registration = post("/api/registrations", body).await;
    let payment = post("/api/payments/", payment_body(&registration)).await;
    // The holder is told.
    site.house.drain().await;
    Sale {
        event,
        ticket,
        other_ticket,
        registration,
        payment,
    }
}

#[tokio::test]
async fn a_sale_has_the_fields_of_the_contract() {
    let site = Site::new().await;
    let (organizer, holder) = (site.id_of(Who::Organizer), site.id_of(Who::User));
    let sale = sale(&site, organizer, holder).await;

    let event = site
        .get(Who::Nobody, &format!("/api/events/{}/", sale.event))
        .await
        .json;
    assert_eq!(event["start_time"], "2026-12-05T19:00:00Z");
    assert_eq!(event["organizer"], organizer.to_string());
    assert_eq!(event["time_zone"], "Asia/Jakarta", "the organizer's own");
    assert_eq!(event.get("warnings"), None);

    let ticket = site
        .get(Who::Nobody, &format!("/api/tickets/{}", sale.ticket))
        .await
        .json;
    assert_eq!(ticket["price"], json!(150000.5));
    assert_eq!(ticket["event"], sale.event);

    let registration = site
        .get(Who::User, &format!("/api/registrations/{}", sale.registration))
        .await
        .json;
    assert_eq!(registration["user"], holder.to_string());
    assert_eq!(registration["ticket"], sale.ticket);
    assert_eq!(registration["status"], "confirmed");

    let url = format!("/api/payments/{}", sale.payment);
    let payment = site.get(Who::User, &url).await.json;
    assert_eq!(payment["amount_paid"], json!(150000.5));
    assert_eq!(payment["paid_at"], Value::Null);
    let paid = site
        .call(
            Who::Admin,
            "PATCH",
            &url,
            json!({ "payment_status": "completed" }),
        )
        .await;
    assert!(paid.json["paid_at"].is_string(), "{}", paid.json);
    let back = site
        .call(Who::Admin, "PATCH", &url, json!({ "payment_status": "pending" }))
        .await;
    assert_eq!(back.status, 409, "{}", back.json);

    let left = site
        .get(Who::Nobody, &format!("/api/events/{}/availability", sale.event))
        .await
        .json;
    assert_eq!((&left["quota"], &left["remaining"]), (&json!(3), &json!(2)));
    let first = left["tickets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|t| t["id"] == sale.ticket)
        .unwrap();
    assert_eq!(
        (&first["remaining"], &first["on_sale"]),
        (&json!(1), &json!(true))
    );
    site.house.settle().await;
    let told = site.house.ses.mails();
    let told: Vec<&str> = told.iter().map(|mail| mail.subject.as_str()).collect();
    let expected = [
        "You are registered for Jazz di Bandung",
        "We have received your payment for Jazz di Bandung",
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn sold_out_is_a_conflict_and_a_cancelled_seat_is_sold_again() {
    let site = Site::new().await;
    let sale = sale(&site, site.id_of(Who::Organizer), site.id_of(Who::User)).await;
    let register = async |who: Who| {
        let body = json!({ "ticket_id": sale.ticket });
        site.call(who, "POST", "/api/registrations/", body).await
    };
    assert_eq!(register(Who::User).await.status, 409, "they hold one");
    let second = register(Who::Admin).await;
    assert_eq!(second.status, 201, "{}", second.json);
    let third = register(Who::Superuser).await;
    assert_eq!(
        (third.status.as_u16(), third.json["detail"].as_str()),
        (409, Some("This ticket is sold out."))
    );
    let url = format!("/api/registrations/{}/", second.id());
    assert_eq!(
        site.call(Who::Admin, "DELETE", &url, Value::Null).await.status,
        204
    );
    assert_eq!(site.get(Who::Admin, &url).await.status, 404);
    assert_eq!(register(Who::Superuser).await.status, 201);

    let moved = json!({ "ticket_id": sale.other_ticket });
    let url = format!("/api/registrations/{}", sale.registration);
    let answer = site.call(Who::Organizer, "PATCH", &url, moved).await;
    assert_eq!(answer.json["ticket"], sale.other_ticket, "{}", answer.json);

    site.house.settle().await;
    let told = site.house.ses.mails();
    let told: Vec<&str> = told.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        told.len(),
        4,
        "two got a seat, one lost it at once, one changed it: {told:?}"
    );
}

#[tokio::test]
async fn the_source_of_an_answer_is_said_and_a_write_outdates_the_cache() {
    let site = Site::new().await;
    let sale = sale(&site, site.id_of(Who::Organizer), site.id_of(Who::User)).await;
    let urls = [
        (
            format!("/api/events/{}", sale.event),
            json!({ "name": "Jazz lagi" }),
        ),
        (
            format!("/api/tickets/{}/", sale.ticket),
            json!({ "name": "Festival lagi" }),
        ),
    ];
    let source = async |url: &str| {
        site.get(Who::Nobody, url)
            .await
            .header("x-data-source")
            .to_owned()
    };
    for (url, change) in urls {
        assert_eq!(source(&url).await, "database", "{url}");
        assert_eq!(source(&url).await, "cache", "{url}");
        source("/api/tickets").await;
        assert_eq!(source("/api/tickets").await, "cache", "{url}");
        let changed = site.call(Who::Organizer, "PATCH", &url, change).await;
        assert_eq!(changed.status, 200, "{}", changed.json);
        let read = site.get(Who::Nobody, &url).await;
        assert_eq!(read.header("x-data-source"), "database", "{url}");
        assert_eq!(read.json["name"], changed.json["name"]);
        // Only a ticket stands in the list of tickets.
        let expected = if url.contains("tickets") {
            "database"
        } else {
            "cache"
        };
        assert_eq!(source("/api/tickets").await, expected, "{url}");
        assert_eq!(source("/api/tickets").await, "cache", "{url}");
    }
}

#[tokio::test]
async fn an_event_may_pass_through_an_inverted_state_and_says_so() {
    let site = Site::new().await;
    let mut body = event_body(None);
    body["end_time"] = "2026-12-05 18:59".into();
    let refused = site
        .call(Who::Organizer, "POST", "/api/events/", body.clone())
        .await;
    assert_eq!(refused.bad_fields(), ["end_time"]);
    let id = site
        .call(Who::Organizer, "POST", "/api/events/", event_body(None))
        .await
        .id();
    let url = format!("/api/events/{id}");
    let answer = site.call(Who::Organizer, "PUT", &url, body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json["warnings"][0]["field"], "end_time");
    let later = json!({ "end_time": "2026-12-06T03:00:00+07:00" });
    let answer = site.call(Who::Organizer, "PATCH", &url, later).await;
    assert_eq!(answer.json.get("warnings"), None, "20:00 UTC is after 19:00");
    // Nobody holds a ticket who could be told.
    site.house.settle().await;
}

#[tokio::test]
async fn a_deleted_event_takes_everything_along_at_once() {
    let site = Site::new().await;
    let sale = sale(&site, site.id_of(Who::Organizer), site.id_of(Who::User)).await;
    let url = format!("/api/events/{}", sale.event);
    assert_eq!(site.get(Who::Nobody, &url).await.status, 200);
    assert_eq!(
        site.call(Who::Organizer, "DELETE", &url, Value::Null)
            .await
            .status,
        204
    );
    let gone = async || {
        for path in [
            url.clone(),
            format!("{url}/availability"),
            format!("/api/tickets/{}", sale.ticket),
            format!("/api/registrations/{}", sale.registration),
            format!("/api/payments/{}", sale.payment),
        ] {
            assert_eq!(site.get(Who::Superuser, &path).await.status, 404, "{path}");
        }
        for list in ["events", "tickets", "registrations", "payments"] {
            let found = site.get(Who::Superuser, &format!("/api/{list}")).await;
            assert_eq!(found.json[list], json!([]), "{list}");
        }
    };
    gone().await;
    site.house.settle().await;
    gone().await;
}
