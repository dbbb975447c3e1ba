//! Lists that go both ways.

use kabar_domain::{ids::RegionId, power::Word};
use serde_json::{Value, json};

use crate::{
    mailings,
    site::{Site, Who},
};

/// The lists, each with the words of its two ways: first the one that it goes unless asked.
const LISTS: [(&str, &str, &str, &str); 9] = [
    ("/api/events/", "events", "newest", "oldest"),
    ("/api/events/?status=scheduled", "events", "earliest", "latest"),
    ("/api/registrations/", "registrations", "newest", "oldest"),
    ("/api/payments/", "payments", "newest", "oldest"),
    ("/api/outages/", "outages", "newest", "oldest"),
    ("/api/mailings/", "mailings", "newest", "oldest"),
    ("/api/notices/", "notices", "newest", "oldest"),
    ("/api/messages/", "messages", "newest", "oldest"),
    ("/api/messages/?status=sent", "messages", "newest", "oldest"),
];

/// Five of everything; events begin in another order than that in which they were added.
async fn full() -> Site {
    let site = Site::with(&[Who::Superuser]).await;
    let region = RegionId::parse(&site.region().await).unwrap();
    let made = async |path: &str, body: Value| {
        let made = site.call(Who::Superuser, "POST", path, body).await;
        assert_eq!(made.status, 201, "{path}: {}", made.json);
        made.id()
    };
    for number in [1, 2] {
        made(
            "/api/clients/",
            json!({ "phone": format!("7916000000{number}"), "time_zone": "Asia/Jakarta",
                "email": format!("c{number}@example.com") }),
        )
        .await;
    }
    for number in [3, 1, 5, 2, 4] {
        let event = made(
            "/api/events/",
            json!({ "name": "Jazz", "description": "", "location": "Gedung Merdeka", "category": "music", "quota": 5,
                "start_time": format!("2026-12-0{number}T12:00:00Z"), "end_time": "2026-12-09T12:00:00Z" }),
        )
        .await;
        let ticket = made(
            "/api/tickets/",
            json!({ "event_id": event, "name": "Balcony", "price": 10, "quota": 5,
                "sales_start": "2026-11-01T00:00:00Z", "sales_end": "2026-12-01T00:00:00Z" }),
        )
        .await;
        let registration = made("/api/registrations/", json!({ "ticket_id": ticket })).await;
        made(
            "/api/payments/",
            json!({ "registration_id": registration, "payment_method": "CASH", "payment_status": "pending",
                "amount_paid": 10 }),
        )
        .await;
        made("/api/mailings/", mailings::body()).await;
        for word in [Word::Off, Word::On] {
            site.house.world.pass_seconds(60);
            site.house.say(region, word).await;
            site.house.check().await;
        }
        site.house.drain().await;
    }
    site
}

/// The ids of a list, two at a time.
async fn walked(site: &Site, list: (&str, &str), query: &str) -> Vec<String> {
    let (path, member) = list;
    let mark = if path.contains('?') { '&' } else { '?' };
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("{path}{mark}limit=2&{query}{cursor}");
        let part = site.get(Who::Superuser, &path).await;
        assert_eq!(part.status, 200, "{path}: {}", part.json);
        let entries = part.json[member].as_array().unwrap().iter();
        ids.extend(entries.map(|entry| entry["id"].as_str().unwrap().to_owned()));
        match part.json["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn both_ways_have_every_entry_once_and_one_is_the_other_backwards() {
    let site = full().await;
    for (path, member, usual, other) in LISTS {
        let one = walked(&site, (path, member), &format!("order={usual}")).await;
        let mut back = walked(&site, (path, member), &format!("order={other}")).await;
        assert!(one.len() >= 5, "{path}: {one:?}");
        back.reverse();
        assert_eq!(one, back, "{path}");
        let mut once = one.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), one.len(), "{path}");
        if usual == "newest" {
            assert_eq!(
                walked(&site, (path, member), "").await,
                one,
                "{path} unless asked"
            );
        }
    }
    let by_start = walked(&site, ("/api/events/", "events"), "from=2026-12-02T00:00:00Z").await;
    let latest = "from=2026-12-02T00:00:00Z&order=latest";
    let mut latest = walked(&site, ("/api/events/", "events"), latest).await;
    latest.reverse();
    assert_eq!(
        (by_start.len(), &by_start),
        (4, &latest),
        "the earliest unless asked"
    );
    let all = walked(&site, ("/api/events/", "events"), "order=earliest").await;
    assert_eq!(all[1..], by_start);
    site.house.settle().await;
}

#[tokio::test]
async fn a_cursor_of_one_way_is_none_of_the_other_and_what_is_no_way_is_named() {
    let site = full().await;
    for (path, _, usual, other) in LISTS {
        let mark = if path.contains('?') { '&' } else { '?' };
        let asked = async |query: String| {
            let path = format!("{path}{mark}limit=1&{query}");
            site.get(Who::Superuser, &path).await
        };
        for (one, another) in [(usual, other), (other, usual)] {
            let first = asked(format!("order={one}")).await;
            let next = first.json["next"].as_str().unwrap();
            let refused = asked(format!("order={another}&cursor={next}")).await;
            assert_eq!(refused.status, 400, "{path}");
            assert_eq!(refused.bad_fields(), ["cursor"], "{path}");
        }
        for bad in ["", "sideways", "NEWEST"] {
            let refused = asked(format!("order={bad}")).await;
            assert_eq!(refused.status, 400, "{path}");
            assert_eq!(refused.bad_fields(), ["order"], "{path}");
        }
    }
    for order in ["newest", "oldest"] {
        let path = format!("/api/events/?order={order}&from=2026-12-02T00:00:00Z");
        let refused = site.get(Who::Superuser, &path).await;
        assert_eq!(
            refused.bad_fields(),
            ["order"],
            "those go by when they were added"
        );
    }
    site.house.settle().await;
}
