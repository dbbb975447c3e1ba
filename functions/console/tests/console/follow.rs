//! From the public page of a region to being told of it, and how its planned cuts come in.

use axum::http::header;
use kabar_domain::people::Role;
use kabar_testkit::{House, PASSWORD};

use crate::{
    browser::{Browser, place},
    common::open,
    html::hidden,
};

#[tokio::test]
async fn whoever_wants_to_follow_signs_up_on_the_way_and_comes_back_to_it() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let follow = format!("/regions/{}/do/follow?channels=email", region.id);
    open(&house, &format!("/status/{}", region.id))
        .await
        .has(&[&format!("href=\"{follow}\">Follow by mail")]);

    let mut sari = Browser::of(&house, "sari", &[]).await.nobody();
    let door = place(&sari.get(&follow).await).to_owned();
    let next = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", &follow)
        .finish();
    assert_eq!(door, format!("/login?{next}"));
    sari.get(&door).await.has(&[&format!("href=\"/sign-up?{next}\"")]);
    let page = sari.get(&format!("/sign-up?{next}")).await;
    page.has(&[&format!("href=\"/login?{next}\"")]);
    let next = hidden(&page.text, "next");
    assert_eq!(next, follow);
    let sign_up = |name: &'static str, next: &str| {
        [
            ("next", next.to_owned()),
            ("username", name.to_owned()),
            ("email", format!("{name}@example.com")),
            ("password", PASSWORD.to_owned()),
            ("time_zone", "Asia/Jakarta".to_owned()),
        ]
    };
    let mut inside = sari.post_owned("/sign-up", &sign_up("budi", &next)).await;
    assert_eq!(place(&inside), follow);
    sari.keep(&inside.headers).await;
    let page = sari.get(&follow).await;
    page.has(&[
        "Follow: Bandung",
        "value=\"email\" checked",
        "value=\"telegram\">",
    ]);
    let once = hidden(&page.text, "once");
    let followed = sari
        .post(&follow, &[("once", &once), ("channels", "email")])
        .await;
    assert_eq!(place(&followed), format!("/regions/{}?done=done", region.id));
    inside = sari
        .post_owned("/sign-up", &sign_up("wati", "//evil.example.com"))
        .await;
    assert_eq!(inside.header(header::LOCATION), "/?done=welcome");
}

const TABLE: &str =
    "uid,start,end,reason\r\ndago,2026-11-23T09:00:00+07:00,2026-11-23T12:30:00+07:00,New <transformer>\r\n";
const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nBEGIN:VEVENT\r\nUID:dago\r\n\
    DTSTAMP:20261101T000000Z\r\nDTSTART:20261123T020000Z\r\nDTEND:20261123T053000Z\r\nSUMMARY:New <transformer>\r\n\
    END:VEVENT\r\nEND:VCALENDAR\r\n";
const JSON: &str = r#"{"cuts": [{"uid": "dago", "start": "2026-11-23T09:00:00+07:00", "end": "2026-11-23T12:30:00+07:00",
    "reason": "New <transformer>"}]}"#;

#[tokio::test]
async fn a_plan_comes_in_pasted_or_as_a_file_in_each_of_its_forms() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let adi = Browser::of(&house, "adi", &[Role::Admin]).await;
    let list = format!("/regions/{}/planned-cuts", region.id);
    let form = format!("{list}/new");
    adi.get(&list).await.has(&[&format!("href=\"{form}\"")]);
    adi.get(&form).await.has(&[
        "Planned cuts: Bandung",
        "enctype=\"multipart/form-data\"",
        "<textarea id=\"plan\"",
    ]);
    let taken = adi
        .post(&form, &[("valid_until", "2026-12-01T00:00"), ("plan", TABLE)])
        .await;
    assert_eq!(taken.status, 200, "{}", taken.text);
    taken.has(&[
        "Saved.",
        "<dt>New</dt><dd>1</dd>",
        "<dt>As they were</dt><dd>0</dd>",
        "1 Dec 2026, 00:00",
    ]);
    for plan in [CALENDAR, JSON] {
        let file = ("file", "plan", "application/octet-stream", plan.as_bytes());
        let taken = adi
            .post_file(&form, &[("valid_until", "2026-12-01T00:00"), ("plan", "")], file)
            .await;
        taken.has(&[
            "<dt>New</dt><dd>0</dd>",
            "<dt>As they were</dt><dd>1</dd>",
            "1 Dec 2026, 00:00",
        ]);
    }
    adi.get(&list)
        .await
        .has(&["23 Nov 2026, 09:00", "New &#60;transformer&#62;", "to come"]);
    // People of the region are told of it by the next check.
    house.drain().await;
}

#[tokio::test]
async fn a_plan_that_is_none_is_refused_with_what_is_wrong_and_where() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let adi = Browser::of(&house, "adi", &[Role::Admin]).await;
    let sari = Browser::of(&house, "sari", &[]).await;
    let form = format!("/regions/{}/planned-cuts/new", region.id);
    adi.get(&form).await;
    for (plan, said) in [
        ("", "has no column of this name"),
        ("uid,start\r\nx,y\r\n", "has no column of this name"),
        ("uid,start,end\r\n<b>,soon,later\r\n", "rows[2].start"),
        ("{\"cuts\": [{}]}", "cuts[0].uid"),
        ("{", "role=\"alert\""),
        ("BEGIN:VCALENDAR\r\nnonsense", "role=\"alert\""),
    ] {
        let refused = adi.post(&form, &[("plan", plan)]).await;
        assert_eq!(refused.status, 400, "{plan}");
        refused.has(&["role=\"alert\""]);
        assert!(refused.text.contains(said), "{plan}: {}", refused.text);
        assert!(!refused.text.contains("<b>,"), "{plan}");
    }
    let refused = adi
        .post(&form, &[("valid_until", "2020-01-01T00:00"), ("plan", TABLE)])
        .await;
    refused.has(&["id=\"valid_until-error-1\"", "New &#60;transformer&#62;"]);
    sari.get(&form).await;
    assert_eq!(sari.post(&form, &[("plan", TABLE)]).await.status, 403);
    assert_eq!(adi.get("/regions/nothing/planned-cuts/new").await.status, 404);
}
