//! One live message per outage: it says that it is over once it is, and nobody hears of that but by the news.

use kabar_domain::news::Status;
use kabar_testkit::{ChatFate, House, Queue};

use crate::{
    chats_common::{added, ends, in_telegram},
    common::{cut, mend},
};

const OVER: &str = "✅ <b>Listrik sempat padam di Bandung</b>\nDari Sabtu, 21 November 2026, pukul 17.00 WIB\n\
                    Sampai Sabtu, 21 November 2026, pukul 18.00 WIB\nSelama 1 jam";

#[tokio::test]
async fn the_message_of_an_outage_says_that_it_is_over_after_the_news_of_it() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    // More than a page, in one language and zone.
    for chat in 1..=105 {
        added(&house, chat, Some(vec![region.id])).await;
    }
    house.bot.set_fate(7, Some(ChatFate::Blocked));
    cut(&house, &region).await;
    house.settle().await;
    let off = house.bot.taken();
    assert!(house.bot.edits().is_empty());
    house.world.set("2026-11-21T10:59:59Z".parse().unwrap());
    mend(&house, &region).await;
    house.drain().await;
    assert!(house.bot.edits().is_empty(), "the news goes first");
    assert_eq!(house.bot.taken().len(), 2 * off.len());
    house.settle().await;
    let edits = house.bot.edits();
    assert_eq!(
        (off.len(), edits.len()),
        (104, 104),
        "each once, and none for who is gone"
    );
    for message in &off {
        let edit = edits
            .iter()
            .find(|edit| (edit.chat, edit.number) == (message.chat, message.number));
        assert_eq!(edit.expect("an edit").html, OVER);
    }
    assert_eq!(house.bot.taken().len(), 2 * off.len(), "nobody is told once more");
}

#[tokio::test]
async fn an_edit_that_fails_is_no_failure_of_the_news() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    for chat in 1..=3 {
        added(&house, chat, Some(vec![region.id])).await;
    }
    cut(&house, &region).await;
    house.settle().await;
    mend(&house, &region).await;
    house.drain().await;
    let notice = in_telegram(&house).await;
    let told = ends(&house, notice).await;
    house.bot.set_fate(1, Some(ChatFate::NotFound));
    house.bot.set_fate(2, Some(ChatFate::Busy(30)));
    house.world.pass_seconds(20);
    house.drain().await;
    assert!(
        house.bot.edits().is_empty(),
        "the second is to wait, and the third with it"
    );
    house.bot.set_fate(2, None);
    house.settle().await;
    let edited: Vec<i64> = house.bot.edits().iter().map(|edit| edit.chat).collect();
    assert_eq!(edited, [2, 3]);
    assert_eq!(ends(&house, notice).await, told);
    assert!(told.iter().all(|(_, status, _)| *status == Status::Sent));
}

#[tokio::test]
async fn an_edit_that_is_delivered_twice_or_too_late_changes_nothing() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    added(&house, 1, Some(vec![region.id])).await;
    cut(&house, &region).await;
    house.settle().await;
    mend(&house, &region).await;
    house.drain().await;
    let all = house.queues.waiting();
    let work = all
        .iter()
        .find(|message| message.queue == Queue::Telegram)
        .unwrap();
    house.world.pass_seconds(20);
    for _ in 0..2 {
        house.deliver(work).await;
        house.world.pass_seconds(2);
    }
    let edits = house.bot.edits();
    assert!(edits.windows(2).all(|two| two[0] == two[1]), "{edits:?}");
    let before = edits.len();
    house.world.pass_seconds(6 * 3600);
    house.settle().await;
    assert_eq!(house.bot.edits().len(), before, "it is no news any more");
}
