//! Calendars as plans of cuts: what they can say in time zones and durations, and what a plan cannot take from them.

use serde_json::json;

use crate::{
    planned_cuts::{body, calendar, check_refused, counts, cuts, path},
    site::{Site, Who},
};

/// A calendar with an event of these lines.
fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
}

#[tokio::test]
async fn times_of_calendars_are_read_by_their_zones() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let new = json!({ "name": "Berlin", "time_zone": "Europe/Berlin" });
    let region = site.call(Who::Admin, "POST", "/api/regions", new).await.id();
    let cases = [
        (
            "DTSTART:20261123T090000Z\nDTEND:20261123T100000Z",
            "09:00",
            "10:00",
        ),
        // Floating times are the region's own.
        ("DTSTART:20261123T090000\nDTEND:20261123T100000", "08:00", "09:00"),
        (
            "DTSTART;TZID=\"Asia/Kathmandu\":20261123T090000\nDTEND;tzid=asia/jakarta:20261123T120000",
            "03:15",
            "05:00",
        ),
        (
            "dtstart;VALUE=DATE-TIME:20261123T090000Z\nduration:PT45M",
            "09:00",
            "09:45",
        ),
        ("DTSTART:20261123T09\n 0000Z\nDURATION:+P0DT1H", "09:00", "10:00"),
        (
            "DTSTART:20261123T090000Z\nDURATION:PT1H\nSUMMARY;LANGUAGE=id:a\\, b\\n c",
            "09:00",
            "10:00",
        ),
    ];
    for (lines, start, end) in cases {
        let answer = calendar(&site, &region, &event(lines)).await;
        assert_eq!(answer.status, 200, "{lines}: {}", answer.json);
        let cut = &cuts(&site, &region).await[0];
        let at = |time: &str| format!("2026-11-23T{time}:00Z");
        assert_eq!(
            (&cut["start"], &cut["end"]),
            (&json!(at(start)), &json!(at(end))),
            "{lines}"
        );
    }
    assert_eq!(cuts(&site, &region).await[0]["reason"], "a, b c");
    // The night in which clocks go from 3:00 back to 2:00, and the day that a duration of days adds to it.
    let night = "DTSTART:20261025T020000\nDURATION:P1D";
    assert_eq!(
        counts(&calendar(&site, &region, &event(night).replace("UID:a", "UID:b")).await)[0],
        1
    );
    let list = cuts(&site, &region).await;
    let night = list.iter().find(|cut| cut["uid"] == "b").unwrap();
    assert_eq!(
        (&night["start"], &night["end"]),
        (&json!("2026-10-25T00:00:00Z"), &json!("2026-10-26T01:00:00Z"))
    );
}

#[tokio::test]
async fn what_a_calendar_can_say_and_a_plan_cannot_is_refused_by_name() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let start = "DTSTART:20261123T090000Z";
    let cases = [
        ("", &["events[0].DTEND", "events[0].DTSTART"][..]),
        (start, &["events[0].DTEND"]),
        (
            "DTSTART;VALUE=DATE:20261123\nDURATION:P1D",
            &["events[0].DTSTART"],
        ),
        (
            "DTSTART:20261123\nDTEND:20261124",
            &["events[0].DTEND", "events[0].DTSTART"],
        ),
        (
            "DTSTART:20261123T090000Z\nDTEND:20261123T100000Z\nDURATION:PT1H",
            &["events[0].DTEND"],
        ),
        (
            "DTSTART:20261123T090000Z\nDTSTART:20261123T090000Z\nDURATION:PT1H",
            &["events[0].DTSTART"],
        ),
        ("DTSTART:20261323T090000Z\nDURATION:PT1H", &["events[0].DTSTART"]),
        (
            "DTSTART:2026-11-23T09:00:00Z\nDURATION:PT1H",
            &["events[0].DTSTART"],
        ),
        (
            "DTSTART;TZID=Mars/Olympus:20261123T090000\nDURATION:PT1H",
            &["events[0].DTSTART"],
        ),
        ("DTSTART:20261123T090000Z\nDURATION:-PT1H", &["events[0].DTEND"]),
        ("DTSTART:20261123T090000Z\nDURATION:PT0S", &["events[0].DTEND"]),
        ("DTSTART:20261123T090000Z\nDURATION:1 hour", &["events[0].DTEND"]),
        ("DTSTART:20261123T090000Z\nDURATION:P9999Y", &["events[0].DTEND"]),
        (
            "DTSTART:20261123T090000Z\nDTEND:20261123T080000Z",
            &["events[0].DTEND"],
        ),
        (
            "DTSTART:20261123T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nrdate:20261124T090000Z",
            &["events[0].RDATE", "events[0].RRULE"],
        ),
        (
            "DTSTART:20261123T090000Z\nDURATION:PT1H\nUID:b",
            &["events[0].UID"],
        ),
    ];
    for (lines, fields) in cases {
        check_refused(&site, "text/calendar", &event(lines), fields).await;
    }
    let twice = event(&format!(
        "{start}\nDURATION:PT1H\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\n{start}\nDURATION:PT1H"
    ));
    check_refused(&site, "text/calendar", &twice, &["events[1].UID"]).await;
}

#[tokio::test]
async fn a_calendar_that_cancels_takes_back_just_what_it_names() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let region = site.region().await;
    let mut plan = body();
    plan["cuts"][1]["cancelled"] = json!(false);
    site.call(Who::Admin, "PUT", &path(&region), plan).await;
    let cancel = "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:dago\nDTSTART:20261123T020000Z\n\
                  DTEND:20261123T053000Z\nEND:VEVENT\nEND:VCALENDAR";
    let answer = calendar(&site, &region, cancel).await;
    assert_eq!(counts(&answer), [0, 0, 0, 1]);
    assert_eq!(
        answer.json["valid_until"], "2026-11-30T17:00:00Z",
        "it says nothing of that"
    );
    let list = cuts(&site, &region).await;
    let cancelled: Vec<_> = list.iter().map(|cut| (&cut["uid"], &cut["cancelled"])).collect();
    assert_eq!(
        cancelled,
        [(&json!("cimahi"), &json!(false)), (&json!("dago"), &json!(true))]
    );
}
