//! The link on a region's public page that has a chat told of it.

use kabar_domain::{Language, telegram::MOST_COVERED};
use kabar_testkit::House;

use crate::{
    chats_common::{added, known, say},
    common::{cut, mend},
};

async fn said(house: &House, update: i64, chat: i64, text: &str) -> String {
    say(house, update, chat, text).await.expect("an answer").html
}

#[tokio::test]
async fn whoever_follows_a_region_from_its_page_is_told_of_each_cut_once() {
    let house = House::new().await;
    let region = house.region("Bandung <b>").await;
    let start = format!("/start {}", region.id);
    let first = said(&house, 1, 100, &start).await;
    assert!(
        first.starts_with("✅ You are told here when the power goes in <b>Bandung &lt;b&gt;</b>"),
        "{first}"
    );
    // The update comes again, and the link is pressed again.
    assert_eq!(said(&house, 1, 100, &start).await, first);
    assert_eq!(said(&house, 2, 100, &start).await, first);
    let chat = known(&house, 100).await.unwrap();
    assert!(chat.regions.has(region.id) && chat.user.is_none());
    assert_eq!((chat.language, chat.zone), (Language::En, region.zone.clone()));
    cut(&house, &region).await;
    house.settle().await;
    mend(&house, &region).await;
    house.settle().await;
    assert_eq!(house.bot.told(100).len(), 2);
}

#[tokio::test]
async fn a_chat_that_had_stopped_is_told_again_and_one_that_is_told_of_all_stays_so() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    added(&house, 100, None).await;
    said(&house, 1, 100, "/stop").await;
    said(&house, 2, 100, &format!("/start {}", region.id)).await;
    let chat = known(&house, 100).await.unwrap();
    assert!(chat.inactive.is_none() && chat.regions == kabar_domain::telegram::Coverage::All);
}

#[tokio::test]
async fn a_region_that_is_gone_and_one_too_many_are_refused_in_words() {
    let house = House::new().await;
    let gone = "01912f4e-7b1a-7c3d-8e5f-0123456789ab";
    let answer = said(&house, 1, 100, &format!("/start {gone}")).await;
    assert_eq!(answer, "There is no such region any more.");
    assert!(known(&house, 100).await.is_none());

    let mut regions = Vec::new();
    for number in 0..=MOST_COVERED {
        regions.push(house.region(&format!("Region {number}")).await.id);
    }
    let last = regions.pop().unwrap();
    added(&house, 200, Some(regions)).await;
    let answer = said(&house, 2, 200, &format!("/start {last}")).await;
    assert_eq!(answer, "Obrolan ini sudah mengikuti wilayah sebanyak mungkin.");
}
