//! The public page of a region, in real Chromium without scripts; in every look, `console_looks` sees it.

use jiff::SignedDuration;
use kabar_domain::World;
use kabar_kit::SystemWorld;
use kabar_local::Options;
use serde_json::json;

use crate::{
    browser::{Browser, Look, PHONE},
    stack::Stack,
};

/// A region with a past, a present and plans.
async fn dark_region(stack: &Stack) -> String {
    let region = stack.region("Bandung").await;
    for word in ["on", "off", "on", "off"] {
        stack.say(&region, word).await;
        stack.invoke("power-check", None).await;
    }
    let day = |days: i64| SystemWorld.now() + SignedDuration::from_hours(24 * days);
    let plan = json!({ "cuts": [
        { "uid": "a", "start": day(1), "end": day(1) + SignedDuration::from_hours(3), "reason": "New transformer" },
        { "uid": "b", "start": day(2), "end": day(2) + SignedDuration::from_hours(3), "cancelled": true },
    ]});
    let path = format!("/api/regions/{region}/planned-cuts/");
    stack.send(reqwest::Method::PUT, &path, plan).await;
    region
}

#[tokio::test]
async fn a_region_s_page_says_all_without_scripts() {
    let stack = Stack::start(Options::default()).await;
    let region = dark_region(&stack).await;
    let browser = Browser::start(Look {
        name: "no-scripts",
        runs_scripts: false,
        ..PHONE
    })
    .await;
    browser
        .open(&format!("{}/status/{region}", stack.local.url()))
        .await;
    assert_eq!(browser.texts("h1").await, ["Bandung"]);
    assert_eq!(browser.texts(".state").await, ["The power is out"]);
    assert_eq!(browser.texts("#outages + ul li").await.len(), 2);
    let planned = browser.texts("#planned + ul li strong").await;
    assert_eq!(planned, ["to come", "cancelled"]);
    assert_eq!(
        browser.texts("details td").await.len(),
        60,
        "thirty days as a table"
    );
    browser.keep_picture("region").await;
    browser.close().await;

    for (path, kind) in [
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("badge.svg", "image/svg+xml"),
        ("badge.json", "application/json"),
    ] {
        let url = format!("{}/status/{region}/{path}", stack.local.url());
        let answer = stack.http.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], kind);
    }
}
