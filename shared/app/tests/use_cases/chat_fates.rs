//! What becomes of a message when its chat or Telegram fails (D12 of SPEC §11: an older system lost its one alert when the
//! network was down, and never noticed who had blocked it).

use kabar_domain::{World, news::Status, telegram::Inactive};
use kabar_testkit::{ChatFate, Fault, House};

use crate::{
    chats_common::{added, ends, id, in_telegram, known},
    common::{cut, mend},
};

#[tokio::test]
async fn who_cannot_be_reached_is_told_no_more_until_they_are_added_again() {
    for (fate, reason) in [
        (ChatFate::Blocked, Inactive::Blocked),
        (ChatFate::Deactivated, Inactive::Deactivated),
        (ChatFate::Kicked, Inactive::Kicked),
        (ChatFate::NotFound, Inactive::NotFound),
    ] {
        let house = House::new().await;
        let begin = house.world.now();
        let region = house.region("Bandung").await;
        added(&house, 100, Some(vec![region.id])).await;
        added(&house, 200, None).await;
        house.bot.set_fate(100, Some(fate));
        cut(&house, &region).await;
        house.settle().await;
        let why = format!("the chat cannot be reached: {}", reason.name());
        assert_eq!(
            ends(&house, in_telegram(&house).await).await,
            [(100, Status::Failed, Some(why)), (200, Status::Sent, None)]
        );
        let lost = known(&house, 100).await.unwrap();
        assert_eq!((lost.inactive, lost.since), (Some(reason), begin));

        house.bot.set_fate(100, None);
        mend(&house, &region).await;
        house.settle().await;
        assert!(house.bot.told(100).is_empty(), "{reason:?}");
        assert_eq!(
            ends(&house, in_telegram(&house).await).await,
            [(200, Status::Sent, None)]
        );

        added(&house, 100, Some(vec![region.id])).await;
        cut(&house, &region).await;
        house.settle().await;
        assert_eq!(house.bot.told(100).len(), 1, "{reason:?}");
        assert_eq!(house.bot.told(200).len(), 3);
    }
}

#[tokio::test]
async fn a_group_that_moves_is_followed_and_where_to_is_remembered() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    added(&house, -100, Some(vec![region.id])).await;
    house.bot.set_fate(-100, Some(ChatFate::Migrated(-900)));
    cut(&house, &region).await;
    house.settle().await;
    assert_eq!(house.bot.told(-900).len(), 1);
    assert_eq!(
        ends(&house, in_telegram(&house).await).await,
        [(-100, Status::Sent, None)]
    );
    let moved = known(&house, -900).await.unwrap();
    assert_eq!((moved.id, moved.chat), (id(-100), id(-900)));
    let listed = house.app.chats(&kabar_store::Window::first(9)).await;
    assert_eq!(listed.unwrap().entries.len(), 1, "it is one chat");

    house.bot.set_fate(-100, Some(ChatFate::NotFound));
    mend(&house, &region).await;
    house.settle().await;
    assert_eq!(house.bot.told(-900).len(), 2, "and asked for nowhere else");
    house.app.remove_chat(id(-900)).await.unwrap();
    assert!(known(&house, -100).await.is_none() && known(&house, -900).await.is_none());
}

#[tokio::test]
async fn a_group_that_moves_to_one_that_is_told_is_told_there_once() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    added(&house, -100, Some(vec![region.id])).await;
    added(&house, -900, None).await;
    house.bot.set_fate(-100, Some(ChatFate::Migrated(-900)));
    cut(&house, &region).await;
    house.settle().await;
    assert_eq!(house.bot.told(-900).len(), 1);
    assert_eq!(known(&house, -100).await.unwrap().inactive, Some(Inactive::Moved));
    let ends = ends(&house, in_telegram(&house).await).await;
    assert_eq!(
        (ends[0].1, ends[1].1),
        (Status::Sent, Status::Suppressed),
        "{ends:?}"
    );
}

#[tokio::test]
async fn a_chat_that_was_connected_again_is_not_silenced_by_what_went_before() {
    let house = House::new().await;
    added(&house, 100, None).await;
    let before = house.app.grid.chat(id(100)).await.unwrap().unwrap();
    // It is blocked, and unblocked at the moment at which a sender hears of it.
    added(&house, 100, Some(Vec::new())).await;
    let silent = before
        .subscriber
        .clone()
        .turned(Some(Inactive::Blocked), house.world.now());
    let saved = house
        .app
        .grid
        .save_chat(Some(&before), &silent, house.world.now());
    assert!(!saved.await.unwrap());
    assert_eq!(known(&house, 100).await.unwrap().inactive, None);
}

#[tokio::test(start_paused = true)]
async fn a_chat_that_is_asked_too_fast_gets_its_message_when_telegram_says() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    added(&house, 100, Some(vec![region.id])).await;
    added(&house, 200, Some(vec![region.id])).await;
    house.bot.set_fate(100, Some(ChatFate::Busy(120)));
    // A short wait is waited out within the turn.
    house.bot.fail(Fault::Throttle, 1);
    cut(&house, &region).await;
    house.drain().await;
    let notice = in_telegram(&house).await;
    let busy = (100, Status::Error, Some("asked too fast".to_owned()));
    assert_eq!(ends(&house, notice).await, [busy, (200, Status::Sent, None)]);

    house.bot.set_fate(100, None);
    house.world.pass_seconds(119);
    house.sweep().await;
    house.drain().await;
    assert!(house.bot.told(100).is_empty(), "not before");
    house.settle().await;
    assert_eq!((house.bot.told(100).len(), house.bot.told(200).len()), (1, 1));
    house.assert_all_ended(notice).await;
}

#[tokio::test(start_paused = true)]
async fn a_telegram_that_tells_everybody_to_wait_is_left_alone() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    for chat in 1..=40 {
        added(&house, chat, Some(vec![region.id])).await;
        house.bot.set_fate(chat, Some(ChatFate::Busy(300)));
    }
    cut(&house, &region).await;
    house.drain().await;
    let ends = ends(&house, in_telegram(&house).await).await;
    let tried = ends
        .iter()
        .filter(|(_, status, _)| *status == Status::Error)
        .count();
    assert_eq!(tried, 8, "as many as were on their way");
    for chat in 1..=40 {
        house.bot.set_fate(chat, None);
    }
    house.settle().await;
    assert_eq!(house.bot.taken().len(), 40);
}

#[tokio::test(start_paused = true)]
async fn a_telegram_that_is_slow_or_broken_takes_each_message_in_the_end() {
    for (fault, in_doubt) in [
        (Fault::Pause, 0),
        (Fault::Error, 2),
        (Fault::Hang, 2),
        (Fault::AcceptThenFail, 2),
        (Fault::AcceptThenHang, 2),
    ] {
        let house = House::new().await;
        let region = house.region("Bandung").await;
        for chat in 1..=5 {
            added(&house, chat, Some(vec![region.id])).await;
        }
        house.bot.fail(fault, 2);
        cut(&house, &region).await;
        house.settle().await;
        let notice = in_telegram(&house).await;
        house.assert_all_ended(notice).await;
        let told = house.app.notice(notice).await.unwrap();
        let sent = told.tally.count(Status::Sent);
        assert_eq!((sent, told.tally.in_doubt), (5, in_doubt), "{fault:?}");
        for chat in 1..=5 {
            assert!(!house.bot.told(chat).is_empty(), "{fault:?}");
        }
    }
}

#[tokio::test]
async fn an_alert_outlives_a_network_that_is_down_but_not_its_deadline() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    added(&house, 100, Some(vec![region.id])).await;
    house.bot.always(Some(Fault::Error));
    cut(&house, &region).await;
    for _ in 0..5 {
        house.world.pass_seconds(3600);
        house.sweep().await;
        house.drain().await;
    }
    assert!(house.bot.taken().is_empty() && house.bot.calls() >= 5);
    house.bot.always(None);
    house.settle().await;
    assert_eq!(
        house.bot.told(100).len(),
        1,
        "within the six hours of an outage's news"
    );

    house.bot.always(Some(Fault::Error));
    mend(&house, &region).await;
    house.settle().await;
    house.bot.always(None);
    house.settle().await;
    assert_eq!(
        ends(&house, in_telegram(&house).await).await[0].1,
        Status::Expired
    );
    assert_eq!(house.bot.told(100).len(), 1, "nothing after the deadline");
}
