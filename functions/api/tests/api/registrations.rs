//! Registrations as they are found, and as calendars take them.

use kabar_domain::ids::UserId;
use serde_json::{Value, json};
use vobject::{Component, parse_component};

use crate::{
    sales::{self, event_body, sale},
    site::{Answer, Site, Who},
};

const PATH: &str = "/api/registrations";

async fn listed(site: &Site, who: Who, query: &str) -> Answer {
    let listed = site.get(who, &format!("{PATH}?{query}")).await;
    assert_eq!(listed.status, 200, "{query}: {}", listed.json);
    listed
}

/// A member of each registration, as they are listed.
fn each<'a>(answer: &'a Answer, member: &str) -> Vec<&'a str> {
    let registrations = answer.json["registrations"].as_array().unwrap();
    let member = |one: &'a Value| one[member].as_str().unwrap();
    registrations.iter().map(member).collect()
}

/// The ids of the registrations, which may have been made at the same moment, in an order of their own.
fn ids(answer: &Answer) -> Vec<&str> {
    let mut ids = each(answer, "id");
    ids.sort_unstable();
    ids
}

/// A superuser registers somebody; the registration's id.
async fn register(site: &Site, ticket: &str, user: UserId) -> String {
    let body = json!({ "ticket_id": ticket, "user_id": user.to_string() });
    let made = site.call(Who::Superuser, "POST", PATH, body).await;
    assert_eq!(made.status, 201, "{}", made.json);
    site.house.drain().await;
    made.id()
}

#[tokio::test]
async fn everybody_finds_their_own_whatever_else_they_see() {
    let site = Site::new().await;
    let [user, organizer, admin] = [Who::User, Who::Organizer, Who::Admin].map(|who| site.id_of(who));
    let sale = sale(&site, organizer, user).await;
    let own = register(&site, &sale.ticket, organizer).await;
    let staff_s = register(&site, &sale.other_ticket, admin).await;
    for (who, registration) in [
        (Who::User, &sale.registration),
        (Who::Organizer, &own),
        (Who::Admin, &staff_s),
    ] {
        let by_id = format!("user={}", site.id_of(who));
        let here = format!("user=me&event={}", sale.event);
        for query in ["user=me", &by_id, &here] {
            let found = listed(&site, who, query).await;
            assert_eq!(ids(&found), [registration.as_str()], "{who:?} {query}");
            assert_eq!(found.json["next"], Value::Null);
        }
    }
    assert!(ids(&listed(&site, Who::Superuser, "user=me").await).is_empty());
    assert_eq!(
        ids(&listed(&site, Who::Admin, &format!("user={user}")).await),
        [sale.registration.as_str()]
    );
    for (who, query) in [
        (Who::User, format!("user={organizer}")),
        (Who::User, format!("user={organizer}&event={}", sale.event)),
        (Who::Organizer, format!("user={user}")),
    ] {
        assert_eq!(
            site.get(who, &format!("{PATH}?{query}")).await.status,
            403,
            "{who:?} {query}"
        );
    }
}

#[tokio::test]
async fn who_looks_after_an_event_finds_all_who_come_and_others_themselves() {
    let site = Site::new().await;
    let [user, organizer, admin] = [Who::User, Who::Organizer, Who::Admin].map(|who| site.id_of(who));
    let theirs = sale(&site, organizer, user).await;
    let second = register(&site, &theirs.other_ticket, user).await;
    let third = register(&site, &theirs.ticket, admin).await;
    let other = sale(&site, admin, organizer).await;
    let here = format!("event={}", theirs.event);
    let mut own = [&second, &theirs.registration].map(String::as_str);
    let mut all = [&third, &second, &theirs.registration].map(String::as_str);
    own.sort_unstable();
    all.sort_unstable();
    for who in [Who::Organizer, Who::Admin, Who::Superuser] {
        let found = listed(&site, who, &here).await;
        assert_eq!(ids(&found), all, "{who:?}");
        assert!(
            each(&found, "user").is_sorted_by(|a, b| a >= b),
            "the last person first"
        );
    }
    assert_eq!(ids(&listed(&site, Who::User, &here).await), own);
    let of_one = format!("{here}&user={user}");
    assert_eq!(ids(&listed(&site, Who::Organizer, &of_one).await), own);

    let elsewhere = format!("event={}", other.event);
    let found = listed(&site, Who::Organizer, &elsewhere).await;
    assert_eq!(ids(&found), [other.registration.as_str()], "their own alone");
    assert!(ids(&listed(&site, Who::User, &elsewhere).await).is_empty());
    let nowhere = "event=01a1fdad-0000-7000-8000-000000000000";
    for who in Who::ALL.into_iter().filter(|who| *who != Who::Nobody) {
        assert!(ids(&listed(&site, who, nowhere).await).is_empty(), "{who:?}");
    }
}

#[tokio::test]
async fn what_is_found_is_walked_by_its_own_cursor_and_read_with_one_query() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let user = site.id_of(Who::User);
    let sale = sale(&site, site.id_of(Who::Organizer), user).await;
    register(&site, &sale.other_ticket, user).await;
    register(&site, &sale.ticket, site.id_of(Who::Admin)).await;
    for (filter, count) in [
        (format!("event={}", sale.event), 3),
        (format!("event={}&user={user}", sale.event), 2),
        (format!("user={user}"), 2),
    ] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let _ = site.house.meter().take();
            let part = listed(&site, Who::Superuser, &format!("{filter}&limit=1{cursor}")).await;
            seen.extend(ids(&part).into_iter().map(str::to_owned));
            match part.json["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let mut each = seen.clone();
        each.sort();
        each.dedup();
        assert_eq!((seen.len(), each.len()), (count, count), "{filter}: {seen:?}");
    }
    let next = |answer: &Answer| answer.json["next"].as_str().unwrap().to_owned();
    let here = format!("event={}&limit=1", sale.event);
    let of_event = next(&listed(&site, Who::Superuser, &here).await);
    let of_all = next(&listed(&site, Who::Superuser, "limit=1").await);
    for (query, cursor) in [("limit=1", of_event), (here.as_str(), of_all)] {
        let refused = site
            .get(Who::Superuser, &format!("{PATH}?{query}&cursor={cursor}"))
            .await;
        assert_eq!(
            (refused.status.as_u16(), refused.bad_fields()),
            (400, vec!["cursor"])
        );
    }
}

#[tokio::test]
async fn filters_that_name_nothing_are_refused_each_by_its_name() {
    let site = Site::with(&[Who::User]).await;
    for (query, fields) in [
        ("user=", vec!["user"]),
        ("user=Me", vec!["user"]),
        ("event=me", vec!["event"]),
        (
            "event=%00&user=%ff&limit=0&cursor=x",
            vec!["cursor", "event", "limit", "user"],
        ),
    ] {
        let refused = site.get(Who::User, &format!("{PATH}?{query}")).await;
        assert_eq!(refused.status, 400, "{query}");
        let mut bad = refused.bad_fields();
        bad.sort_unstable();
        assert_eq!(bad, fields, "{query}");
    }
}

/// The event in a file for calendars.
fn the_event(text: &str) -> Component {
    let mut calendar = parse_component(text).unwrap();
    assert_eq!(
        (calendar.name.as_str(), calendar.subcomponents.len()),
        ("VCALENDAR", 1),
        "{text}"
    );
    calendar.subcomponents.remove(0)
}

fn said(event: &Component, name: &str) -> Option<String> {
    event.get_only(name).map(|property| property.raw_value.clone())
}

fn number(event: &Component) -> u32 {
    said(event, "SEQUENCE").unwrap().parse().unwrap()
}

/// What came with the mail that was sent last.
fn mailed(site: &Site) -> Component {
    let mail = site.house.ses.mails().pop().unwrap();
    let raw = String::from_utf8(mail.raw).unwrap();
    let (_, calendar) = raw.split_once("BEGIN:VCALENDAR").unwrap();
    let (calendar, _) = calendar.split_once("END:VCALENDAR").unwrap();
    // Its lines are short and of ASCII here, so that the post leaves them as they are.
    the_event(&format!("BEGIN:VCALENDAR{calendar}END:VCALENDAR\r\n"))
}

#[tokio::test]
async fn a_calendar_is_of_the_event_that_mails_tell_of_and_rises_with_it() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let event = site
        .call(Who::Superuser, "POST", "/api/events", event_body(None))
        .await
        .id();
    let ticket = sales::ticket_body(&event, "Festival");
    let ticket = site
        .call(Who::Superuser, "POST", "/api/tickets", ticket)
        .await
        .id();
    site.house.world.pass_seconds(600);
    let id = site
        .call(Who::User, "POST", PATH, json!({ "ticket_id": ticket }))
        .await
        .id();
    site.house.settle().await;

    let url = format!("{PATH}/{id}/calendar");
    let file = site.get(Who::User, &url).await;
    assert_eq!(file.status, 200, "{}", file.text);
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"event.ics\""
    );
    assert!(
        !file.text.contains("ulla") && !file.text.contains("ATTENDEE"),
        "{}",
        file.text
    );
    let (fetched, invited) = (the_event(&file.text), mailed(&site));
    for name in [
        "UID",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "LOCATION",
        "STATUS",
        "ORGANIZER",
    ] {
        assert_eq!(said(&fetched, name), said(&invited, name), "{name}");
    }
    assert_eq!(said(&fetched, "STATUS").as_deref(), Some("CONFIRMED"));

    let tag = file.header("etag").to_owned();
    let asked = (Who::User, "GET", url.as_str(), Value::Null);
    site.house.world.pass_seconds(3_600);
    let again = site.call_with(asked, ("if-none-match", &tag)).await;
    assert_eq!(again.status, 304, "nothing is new");

    let path = format!("/api/events/{event}");
    let moved = json!({ "end_time": "2026-12-06 01:00" });
    site.call(Who::Superuser, "PATCH", &path, moved).await;
    let later = the_event(&site.get(Who::User, &url).await.text);
    assert_eq!(said(&later, "DTEND").as_deref(), Some("20261206T010000Z"));
    assert_eq!(said(&later, "UID"), said(&fetched, "UID"));
    assert!(number(&later) > number(&fetched));

    site.house.world.pass_seconds(60);
    let off = json!({ "status": "cancelled" });
    site.call(Who::Superuser, "PATCH", &path, off).await;
    let cancelled = the_event(&site.get(Who::User, &url).await.text);
    assert_eq!(said(&cancelled, "STATUS").as_deref(), Some("CANCELLED"));
    assert!(number(&cancelled) > number(&later));

    site.call(Who::User, "DELETE", &format!("{PATH}/{id}"), Value::Null)
        .await;
    assert_eq!(
        site.get(Who::User, &url).await.status,
        404,
        "who has cancelled was mailed so"
    );
    site.house.settle().await;
}
