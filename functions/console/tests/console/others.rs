//! What stands beside the pages: the list, the feed, the badges, and what is not there.

use axum::http::header;
use kabar_domain::power::Word;
use kabar_testkit::House;

use crate::common::{cut, open, says};

#[tokio::test]
async fn all_regions_are_listed_a_page_at_a_time() {
    let house = House::new().await;
    open(&house, "/status").await.has(&["There are no regions yet."]);
    for number in 0..51 {
        house.region(&format!("Region {number}")).await;
    }
    let first = open(&house, "/status/").await;
    assert_eq!(first.text.matches("<li class=\"unknown\">").count(), 50);
    let (_, rest) = first.text.split_once("after=").unwrap();
    let (after, _) = rest.split_once('"').unwrap();
    let second = open(&house, &format!("/status/?after={after}")).await;
    for number in 0..51 {
        let name = format!(">Region {number}<");
        assert!(
            first.text.contains(&name) != second.text.contains(&name),
            "{name}"
        );
    }
    assert_eq!(second.text.matches("<li class=\"unknown\">").count(), 1);
    assert!(!second.text.contains("More regions"));
    let odd = open(&house, "/status/?after=nonsense").await;
    assert_eq!(odd.text, first.text, "what is no region begins at the beginning");
}

#[tokio::test]
async fn the_feed_has_an_entry_for_each_turn_the_newest_first() {
    let house = House::new().await;
    let region = house.region("Bandung & Co").await;
    cut(&house, &region, 90).await;
    let feed = open(&house, &format!("/status/{}/feed.xml", region.id)).await;
    assert_eq!(
        feed.header(header::CONTENT_TYPE),
        "application/rss+xml; charset=utf-8"
    );
    feed.has(&[
        "<title>Bandung &#38; Co: Latest outages</title>",
        "<title>Bandung &#38; Co: The power is back</title>",
        "lasted 1 hour 30 minutes",
        "/back</guid>",
        "<pubDate>Sat, 21 Nov 2026 11:30:00 +0000</pubDate>",
        "<title>Bandung &#38; Co: The power went out</title>",
        "<pubDate>Sat, 21 Nov 2026 10:00:00 +0000</pubDate>",
    ]);
    assert_eq!(feed.text.matches("<item>").count(), 2);
}

#[tokio::test]
async fn a_badge_is_a_picture_and_a_document_of_the_state() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let path = |kind: &str| format!("/status/{}/badge.{kind}", region.id);
    for (word, said, color) in [
        (None, "unknown", "5b6770"),
        (Some(Word::Off), "out", "b3261e"),
        (Some(Word::On), "on", "1a7335"),
    ] {
        if let Some(word) = word {
            house.world.pass_seconds(1);
            says(&house, &region, word).await;
        }
        let badge = open(&house, &path("svg")).await;
        assert_eq!(badge.header(header::CONTENT_TYPE), "image/svg+xml");
        badge.has(&[
            &format!("aria-label=\"power: {said}\""),
            &format!("fill=\"#{color}\""),
        ]);
        let document = open(&house, &path("json")).await;
        let document: serde_json::Value = serde_json::from_str(&document.text).unwrap();
        assert_eq!(
            document,
            serde_json::json!({"schemaVersion": 1, "label": "power", "message": said, "color": color, "isError": said == "out"})
        );
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_page_that_says_so() {
    let house = House::new().await;
    let gone = "01912f4e-7b1a-7c3d-8e5f-0123456789ab";
    for path in [
        "/",
        "/status/x",
        "/status/x/feed.xml",
        &format!("/status/{gone}"),
        &format!("/status/{gone}/badge.svg"),
        &format!("/status/{gone}/badge.json"),
        "/status/%00",
        "/status/..%2f..%2fetc",
    ] {
        let page = open(&house, path).await;
        assert_eq!(page.status, 404, "{path}");
        page.has(&["There is no such page"]);
    }
}
