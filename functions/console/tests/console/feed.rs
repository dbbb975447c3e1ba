//! The feed of a region.

use axum::http::header;
use kabar_testkit::House;

use crate::common::{cut, open};

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
