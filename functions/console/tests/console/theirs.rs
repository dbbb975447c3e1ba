//! What is somebody else's.

use axum::http::header;
use kabar_domain::people::Role;

use crate::{browser::Browser, site::Site};

/// Sales of an organizer to a person, one of each kind.
struct Sales {
    site: Site,
    organizer: Browser,
    holder: Browser,
    event: String,
    ticket: String,
    registration: String,
    payment: String,
}

const EVENT: [(&str, &str); 6] = [
    ("name", "Jazz di Bandung"),
    ("location", "Gedung Merdeka"),
    ("category", "music"),
    ("start_time", "2026-12-05T19:00"),
    ("end_time", "2026-12-05T23:00"),
    ("quota", "10"),
];

async fn sales() -> Sales {
    let site = Site::new().await;
    let organizer = site.person("oki", &[Role::Organizer]).await;
    let holder = site.person("ulla", &[]).await;
    let event = organizer.make("/events", &EVENT).await;
    let ticket = [
        ("event_id", event.as_str()),
        ("name", "Regular"),
        ("price", "100.00"),
        ("quota", "5"),
        ("sales_start", "2026-11-01T00:00"),
        ("sales_end", "2026-12-05T19:00"),
    ];
    let ticket = organizer.make("/tickets", &ticket).await;
    let registration = holder.make("/registrations", &[("ticket_id", &ticket)]).await;
    let payment = [
        ("registration_id", registration.as_str()),
        ("payment_method", "CASH"),
        ("amount_paid", "100.00"),
    ];
    let payment = holder.make("/payments", &payment).await;
    Sales {
        site,
        organizer,
        holder,
        event,
        ticket,
        registration,
        payment,
    }
}

/// That nothing of these can be changed or removed, by address, form or with many others.
async fn cannot_change(sales: &Sales, stranger: &Browser, all: &[(&str, &str)]) {
    let site = &sales.site;
    let _ = site.house.meter().take();
    for (kind, id) in all {
        for path in ["edit", "do/delete"] {
            let path = format!("/{kind}/{id}/{path}");
            let answer = stranger.post(&path, &EVENT).await;
            assert!(
                matches!(answer.status, 403 | 404),
                "{path}: {} {}",
                answer.status,
                answer.text
            );
        }
        let many = [("action", "delete"), ("sure", "1"), ("id", *id)];
        let answer = stranger.post(&format!("/{kind}/many"), &many).await;
        assert_eq!(answer.status, 200);
        answer.has(&["Done for 0.", "Not done for 1:", id]);
        site.nothing_was_written(kind);
    }
}

/// That nothing of these is shown, alone or in a list.
async fn cannot_see(stranger: &Browser, all: &[(&str, &str)]) {
    for (kind, id) in all {
        let one = stranger.get(&format!("/{kind}/{id}")).await;
        assert!(matches!(one.status, 403 | 404), "{kind}: {}", one.text);
        assert!(!one.text.contains("100"), "{}", one.text);
        for list in [format!("/{kind}"), format!("/{kind}/csv"), "/".to_owned()] {
            let list = stranger.get(&list).await;
            assert_eq!(list.status, 200);
            assert!(!list.text.contains(id), "{kind}: {}", list.text);
        }
    }
}

#[tokio::test]
async fn an_organizer_neither_sees_nor_changes_another_s_sales() {
    let sales = sales().await;
    let other = sales.site.person("ola", &[Role::Organizer]).await;
    let (event, ticket) = (("events", &*sales.event), ("tickets", &*sales.ticket));
    let (registration, payment) = (
        ("registrations", &*sales.registration),
        ("payments", &*sales.payment),
    );
    cannot_change(&sales, &other, &[event, ticket, registration, payment]).await;
    cannot_see(&other, &[registration, payment]).await;
    let ticket = [
        ("event_id", &*sales.event),
        ("name", "Mine"),
        ("price", "0"),
        ("quota", "1"),
        ("sales_start", "2026-11-01T00:00"),
        ("sales_end", "2026-12-05T19:00"),
    ];
    let refused = other.post("/tickets", &ticket).await;
    assert_eq!(refused.status, 403, "{}", refused.text);

    let site = &sales.site;
    for (kind, id) in [event, registration, payment] {
        assert_eq!(
            sales.organizer.get(&format!("/{kind}/{id}")).await.status,
            200,
            "{kind}"
        );
    }
    sales
        .organizer
        .get("/registrations")
        .await
        .has(&[&sales.registration]);
    site.house.drain().await;
}

#[tokio::test]
async fn a_person_sees_only_what_is_theirs() {
    let sales = sales().await;
    let site = &sales.site;
    let other = site.person("uma", &[]).await;
    let holder = sales.holder.user.unwrap().to_string();
    let home = sales
        .holder
        .make(
            "/homes",
            &[("name", "Rumah Dago"), ("region", &region(site).await)],
        )
        .await;
    let private = [
        ("registrations", &*sales.registration),
        ("payments", &*sales.payment),
        ("homes", &*home),
    ];
    cannot_change(&sales, &other, &private).await;
    cannot_see(&other, &private).await;
    for path in [format!("/users/{holder}"), format!("/users/{holder}/edit")] {
        assert_eq!(other.get(&path).await.status, 403, "{path}");
    }
    cannot_change(&sales, &other, &[("users", &holder)]).await;
    for kind in [
        "users",
        "groups",
        "clients",
        "mailings",
        "messages",
        "suppressions",
        "notices",
        "dead-letters",
        "stuck-pages",
        "chats",
    ] {
        for path in [format!("/{kind}"), format!("/{kind}/csv")] {
            let refused = other.get(&path).await;
            assert_eq!(refused.status, 403, "{path}: {}", refused.text);
            assert_eq!(refused.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
        }
    }
    sales
        .holder
        .get("/registrations")
        .await
        .has(&[&sales.registration]);
    sales
        .holder
        .get(&format!("/homes/{home}"))
        .await
        .has(&["Rumah Dago"]);
    site.house.drain().await;
}

async fn region(site: &Site) -> String {
    site.house.region("Bandung").await.id.to_string()
}
