//! Plans of cuts in their three forms: each comes in whole, and the same again changes nothing.

use axum::body::Body;
use serde_json::{Value, json};

use crate::site::{Answer, Site, Who, numbered};

/// The site's clock stands at 2026-11-21T10:00:00Z.
pub(crate) fn body() -> Value {
    json!({ "valid_until": "2026-12-01T00:00:00+07:00", "cuts": [
        { "uid": "dago", "start": "2026-11-23T09:00:00+07:00", "end": "2026-11-23 05:30", "reason": "New transformer" },
        { "uid": "cimahi", "start": "2026-11-24T02:00:00Z", "end": "2026-11-24T04:00:00Z", "cancelled": true },
    ] })
}

const TABLE: &str = "\u{feff}UID;Start;End;Reason;Cancelled;note\r\n\
                     dago;2026-11-23T09:00:00+07:00;2026-11-23 05:30;New transformer;;x\r\n\
                     \r\n\
                     cimahi;2026-11-24T02:00:00Z;2026-11-24T04:00:00Z;;TRUE;\"two\r\nlines\"\r\n\
                     ;;;;;\r\n";

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Grid//EN\r\nMETHOD:PUBLISH\r\n\
    BEGIN:VTIMEZONE\r\nTZID:Asia/Jakarta\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0700\r\n\
    TZOFFSETTO:+0700\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
    BEGIN:VEVENT\r\nUID:dago\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Asia/Jakarta:20261123T090000\r\n\
    DURATION:PT3H30M\r\nSUMMARY:New trans\r\n former\r\nBEGIN:VALARM\r\nTRIGGER:-PT30M\r\nACTION:DISPLAY\r\n\
    END:VALARM\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:cimahi\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261124T020000Z\r\n\
    DTEND:20261124T040000Z\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

pub(crate) fn path(region: &str) -> String {
    format!("/api/regions/{region}/planned-cuts/")
}

/// Sends a plan of this kind.
pub(crate) async fn send(
    site: &Site,
    region: &str,
    kind: &str,
    query: &str,
    plan: impl Into<Body>,
) -> Answer {
    let url = format!("{}{query}", path(region));
    let mut request = site.request(Who::Admin, "PUT", &url, &Value::Null);
    request
        .headers_mut()
        .insert("content-type", kind.parse().unwrap());
    *request.body_mut() = plan.into();
    site.send(request).await
}

pub(crate) async fn calendar(site: &Site, region: &str, text: &str) -> Answer {
    send(site, region, "text/calendar; charset=utf-8", "", text.to_owned()).await
}

pub(crate) async fn cuts(site: &Site, region: &str) -> Vec<Value> {
    let answer = site.get(Who::Nobody, &path(region)).await;
    assert_eq!(answer.status, 200, "{}", answer.json);
    answer.json["planned_cuts"].as_array().unwrap().clone()
}

pub(crate) fn counts(answer: &Answer) -> [u64; 4] {
    assert_eq!(answer.status, 200, "{}", answer.json);
    ["created", "changed", "unchanged", "cancelled"].map(|name| answer.json[name].as_u64().unwrap())
}

#[tokio::test]
async fn each_form_says_the_same_and_the_same_again_changes_nothing() {
    let until = "?valid_until=2026-11-30T17:00:00Z";
    let forms = [
        ("application/json", "", body().to_string()),
        ("text/csv", until, TABLE.to_owned()),
        ("text/calendar", until, CALENDAR.to_owned()),
        ("text/calendar", until, CALENDAR.replace("\r\n", "\n")),
    ];
    let mut lists = Vec::new();
    for (kind, query, plan) in forms {
        let site = Site::with(&[Who::Admin, Who::Superuser]).await;
        let region = site.region().await;
        let first = send(&site, &region, kind, query, plan.clone()).await;
        assert_eq!(counts(&first), [2, 0, 0, 0], "{kind}");
        assert_eq!(first.json["valid_until"], "2026-11-30T17:00:00Z");
        let again = send(&site, &region, kind, query, plan).await;
        assert_eq!(counts(&again), [0, 0, 2, 0], "{kind}");
        let list = site.get(Who::Nobody, &path(&region)).await;
        lists.push(numbered(list.json.clone()));
        let region = site.get(Who::Nobody, &format!("/api/regions/{region}")).await;
        assert_eq!(
            region.json["next_planned_cut"],
            json!({ "start": "2026-11-23T02:00:00Z", "end": "2026-11-23T05:30:00Z" })
        );
        assert_eq!(region.json["planned_cuts_known_until"], "2026-11-30T17:00:00Z");
    }
    assert!(lists.iter().all(|list| *list == lists[0]), "{lists:#?}");
    insta::assert_json_snapshot!("planned_cuts", lists[0]);
}

#[tokio::test]
async fn a_plan_is_shown_next_to_what_happened_and_its_source_grows_stale() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let region = site.region().await;
    let nothing = site.get(Who::Nobody, &path(&region)).await;
    assert_eq!(
        nothing.json,
        json!({ "planned_cuts": [], "next": null, "source": null })
    );
    let plan =
        json!({ "cuts": [{ "uid": "a", "start": "2026-11-21T10:10:00Z", "end": "2026-11-21T11:00:00Z" }] });
    site.call(Who::Admin, "PUT", &path(&region), plan).await;
    let status = format!("/api/regions/{region}/status");
    for word in ["on", "off"] {
        site.call(Who::Admin, "PUT", &status, json!({ "status": word }))
            .await;
        site.house.check().await;
        site.house.world.pass_seconds(900);
    }
    site.house.settle().await;
    let cut = cuts(&site, &region).await.remove(0);
    assert_eq!(
        (&cut["outcome"], &cut["happened"]),
        (
            &json!("kept"),
            &json!({ "started_at": "2026-11-21T10:15:00Z", "ended_at": null })
        )
    );
    let source = site.get(Who::Nobody, &path(&region)).await.json["source"].clone();
    assert_eq!(
        source,
        json!({ "imported_at": "2026-11-21T10:00:00Z", "valid_until": "2026-11-28T10:00:00Z", "is_stale": false })
    );
    site.house.world.pass(jiff::SignedDuration::from_hours(7 * 24));
    let list = site.get(Who::Nobody, &path(&region)).await;
    assert_eq!(list.json["source"]["is_stale"], true);
}

#[tokio::test]
async fn a_plan_of_another_version_is_refused() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let region = site.region().await;
    let first = site.call(Who::Admin, "PUT", &path(&region), body()).await;
    let mut statuses = Vec::new();
    for _ in 0..2 {
        let mut request = site.request(Who::Admin, "PUT", &path(&region), &body());
        let tag = first.header("etag").parse().unwrap();
        request.headers_mut().insert("if-match", tag);
        statuses.push(site.send(request).await.status.as_u16());
    }
    assert_eq!(statuses, [200, 412]);
}

/// Holds a plan to being refused, with just these fields, and to nothing being stored of it.
pub(crate) async fn check_refused(site: &Site, kind: &str, plan: &str, fields: &[&str]) {
    let region = site.region().await;
    let answer = send(site, &region, kind, "", plan.to_owned()).await;
    assert_eq!(answer.status, 400, "{plan}: {}", answer.json);
    assert_eq!(answer.bad_fields(), fields, "{plan}: {}", answer.json);
    assert!(cuts(site, &region).await.is_empty());
}

#[tokio::test]
async fn every_bad_field_of_every_cut_is_named_and_nothing_is_stored() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let good = r#"{ "uid": "a", "start": "2026-11-23T09:00Z", "end": "2026-11-23T10:00Z" }"#;
    let json = |cuts: &str| format!(r#"{{ "cuts": [{good}, {cuts}] }}"#);
    let cases = [
        (
            r#"{ "cuts": 1, "valid_until": "2026-11-21T10:00Z" }"#.to_owned(),
            &["cuts", "valid_until"][..],
        ),
        ("{}".to_owned(), &["cuts"]),
        (
            json("1, {}"),
            &["cuts[1]", "cuts[2].end", "cuts[2].start", "cuts[2].uid"],
        ),
        (json("[]"), &["cuts[1]"]),
        (json(good), &["cuts[1].uid"]),
        (
            json(r#"{ "uid": 1, "start": "now", "end": null, "reason": [], "cancelled": "no" }"#),
            &[
                "cuts[1].cancelled",
                "cuts[1].end",
                "cuts[1].reason",
                "cuts[1].start",
                "cuts[1].uid",
            ],
        ),
        (
            json(r#"{ "uid": "b", "start": "2026-11-23T09:00Z", "end": "2026-11-23T09:00Z" }"#),
            &["cuts[1].end"],
        ),
        (
            json(r#"{ "uid": "b", "start": "2026-11-23T09:00Z", "end": "2026-11-30T09:01Z" }"#),
            &["cuts[1].end"],
        ),
        (
            json(r#"{ "uid": "b", "start": "2028-11-23T09:00Z", "end": "2028-11-23T10:00Z" }"#),
            &["cuts[1].start"],
        ),
        (
            json(r#"{ "uid": "b", "start": "-009999-01-01T00:00Z", "end": "9999-11-23T10:00Z" }"#),
            &["cuts[1].start"],
        ),
    ];
    for (plan, fields) in cases {
        check_refused(&site, "application/json", &plan, fields).await;
    }
    let long = format!(
        "uid,start,end,reason\n{},,2026-11-23,{}\n",
        "x".repeat(256),
        "y".repeat(501)
    );
    let tables = [
        ("", &["end", "start", "uid"][..]),
        ("uid,start,end,uid\n", &["uid"]),
        (
            &long,
            &["rows[2].end", "rows[2].reason", "rows[2].start", "rows[2].uid"],
        ),
        (
            "uid,start,end,cancelled\n\na,2026-11-23T09:00Z,2026-11-23T10:00Z,perhaps\nb,c\n",
            &["rows[3].cancelled", "rows[4]"],
        ),
        (
            "uid,start,end\n\"a\nb\",2026-11-23T09:00Z,2026-11-23T10:00Z\na,x,\n",
            &["rows[2].uid", "rows[4].end", "rows[4].start"],
        ),
    ];
    for (plan, fields) in tables {
        check_refused(&site, "text/csv", plan, fields).await;
    }
}

#[tokio::test]
async fn what_is_no_plan_is_refused_however_large_and_however_deep() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let region = site.region().await;
    let mega = 1024 * 1024;
    let fill = |part: &str| part.repeat(mega / part.len());
    let texts = [
        String::new(),
        "garbage".to_owned(),
        "BEGIN:VCARD\nEND:VCARD".to_owned(),
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR".to_owned(),
        "BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR".to_owned(),
        fill("BEGIN:VCALENDAR\r\n"),
        fill("BEGIN:X\nEND:X\n"),
        fill("\r"),
        fill("\n"),
        fill("\n "),
        fill("\r\n\t"),
        fill("x"),
        fill("x:"),
        fill(";x=\""),
        fill("\u{1f50c}"),
        format!(
            "BEGIN:VCALENDAR\n{}",
            fill("A;B=\"c\":d\n").split_at(mega - 100).0
        ),
        "BEGIN:VCALENDAR\nX:\u{0}\u{7f}".to_owned(),
    ];
    for text in texts {
        let answer = calendar(&site, &region, &text).await;
        let start: String = text.chars().take(20).collect();
        assert_eq!(answer.status, 400, "{start:?}: {}", answer.json);
        assert!(answer.json["detail"].is_string());
    }
    let kinds = ["application/json", "text/csv", "text/calendar"];
    for kind in kinds {
        let too_large = send(&site, &region, kind, "", "x".repeat(mega + 1)).await;
        assert_eq!(too_large.status, 413, "{kind}");
        let bytes = send(&site, &region, kind, "", b"\xff\xfe".to_vec()).await;
        assert_eq!(bytes.status, 400, "{kind}");
    }
    let cut =
        |n| json!({ "uid": format!("cut {n}"), "start": "2026-11-23T09:00Z", "end": "2026-11-23T10:00Z" });
    let many: Vec<_> = (0..1_001).map(cut).collect();
    let answer = site
        .call(Who::Admin, "PUT", &path(&region), json!({ "cuts": many }))
        .await;
    assert_eq!(answer.status, 413);
    let many = (0..1_001).map(|n| format!("{n},2026-11-23T09:00Z,2026-11-23T10:00Z\n"));
    let table: String = std::iter::once("uid,start,end\n".to_owned())
        .chain(many)
        .collect();
    assert_eq!(send(&site, &region, "text/csv", "", table).await.status, 413);
    let events = "BEGIN:VEVENT\nEND:VEVENT\n".repeat(1_001);
    let many = format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR");
    assert_eq!(calendar(&site, &region, &many).await.status, 413);
    let late = send(&site, &region, "text/csv", "?valid_until=2026-11-21", TABLE).await;
    assert_eq!(late.bad_fields(), ["valid_until"]);
    assert!(cuts(&site, &region).await.is_empty());
}
