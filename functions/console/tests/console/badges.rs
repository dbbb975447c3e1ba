//! Badges of a region.

use axum::http::header;
use kabar_domain::power::Word;
use kabar_testkit::House;

use crate::common::{open, says};

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
