//! What could not be done is seen, and done again or given up; nothing of it is lost, whoever dies.

use kabar_app::{
    Failure,
    operators::{FoundLetter, Standing},
};
use kabar_courier::Asks;
use kabar_domain::{
    ids::{NoticeId, PageId},
    news::Status,
};
use kabar_testkit::{House, dies_after, polls};

use crate::common::{SARI, count, cut, plan_queued};

/// A notice to people on as many pages, which senders could not take: each is a dead letter of the urgent lane.
async fn buried(house: &House, pages: usize) -> NoticeId {
    let region = house.region("Bandung").await;
    house.crowd_on_pages(region.id, pages, 1).await;
    let notice = cut(house, &region).await;
    plan_queued(house).await;
    bury_all(house);
    notice
}

fn bury_all(house: &House) {
    while let Some(message) = house.queues.take() {
        house.queues.bury(&message);
    }
}

async fn letters(house: &House) -> Vec<FoundLetter> {
    let found = house.app.look_at_letters("urgent", 50).await.unwrap();
    assert_eq!(found.backlog.letters as usize, found.letters.len());
    found.letters
}

fn page_of(letter: &FoundLetter) -> PageId {
    match letter.letter.asks {
        Asks::Send(page) => page,
        ref other => panic!("{other:?}"),
    }
}

/// How many dead letters each queue has that has any.
async fn counts(house: &House) -> Vec<(&'static str, u32)> {
    let queues = house.app.dead_letters().await.unwrap().into_iter();
    let some = queues.filter(|queue| queue.letters > 0);
    some.map(|queue| (queue.queue, queue.letters)).collect()
}

#[tokio::test]
async fn a_page_that_could_not_be_sent_is_seen_redriven_and_told_once() {
    let house = House::new().await;
    assert_eq!(counts(&house).await, []);
    let notice = buried(&house, 1).await;
    let sent_at = house.app.world.now();
    house.world.pass_seconds(60);
    let queues = house.app.dead_letters().await.unwrap();
    let urgent = queues.iter().find(|queue| queue.queue == "urgent").unwrap();
    assert_eq!((urgent.letters, urgent.oldest_sent_at), (1, Some(sent_at)));
    assert_eq!(counts(&house).await, [("urgent", 1)]);

    for _ in 0..2 {
        let found = letters(&house).await;
        assert_eq!(
            page_of(&found[0]),
            notice.page(1),
            "and it is there for the next who looks"
        );
        assert_eq!(found[0].standing, Some(Standing::Open));
        assert!(found[0].letter.received >= 5);
    }
    let (moved, left) = house.app.redrive_letters("urgent", None).await.unwrap();
    assert_eq!((moved.letters, left), (1, 0));
    house.drain().await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.ses.mails().len(), 1);
    assert_eq!(counts(&house).await, []);
}

#[tokio::test]
async fn what_a_sweep_has_done_meanwhile_is_said_to_be_done_and_is_not_done_twice() {
    let house = House::new().await;
    let notice = buried(&house, 2).await;
    house.settle().await;
    let found = letters(&house).await;
    assert!(found.iter().all(|letter| letter.standing == Some(Standing::Done)));
    let id = found[0].letter.id.clone();
    let (dropped, left) = house.app.drop_letters("urgent", &[id]).await.unwrap();
    assert_eq!((dropped.letters, left), (1, 1));
    house.app.redrive_letters("urgent", None).await.unwrap();
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.ses.mails().len(), 2);
}

#[tokio::test]
async fn only_the_letters_that_are_named_are_moved_and_those_that_are_not_there_are_named() {
    let house = House::new().await;
    buried(&house, 3).await;
    let found = letters(&house).await;
    let [first, second, third] = [0, 1, 2].map(|n| found[n].letter.id.clone());
    let ids = [second.clone(), "no-such-letter".to_owned(), second.clone()];
    let (moved, left) = house.app.redrive_letters("urgent", Some(&ids)).await.unwrap();
    assert_eq!((moved.letters, left), (1, 2));
    assert_eq!(moved.missing, ["no-such-letter"]);
    let ids: Vec<String> = letters(&house)
        .await
        .into_iter()
        .map(|found| found.letter.id)
        .collect();
    assert_eq!(ids, [first, third], "the others are there as before");
    let again = house
        .app
        .drop_letters("urgent", std::slice::from_ref(&second))
        .await
        .unwrap();
    assert_eq!((again.0.letters, again.0.missing), (0, vec![second]));
    house.settle().await;
}

#[tokio::test]
async fn more_letters_than_sqs_gives_out_at_once_are_all_shown_and_all_redriven() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.follower(region.id, SARI).await;
    let notice = cut(&house, &region).await;
    let message = house.queues.take().unwrap();
    for _ in 0..34 {
        house.queues.bury(&message);
    }
    let look = async |most| {
        house
            .app
            .look_at_letters("dispatch", most)
            .await
            .unwrap()
            .letters
            .len()
    };
    assert_eq!([look(50).await, look(7).await, look(30).await], [34, 7, 30]);
    let (moved, left) = house.app.redrive_letters("dispatch", None).await.unwrap();
    assert_eq!((moved.letters, left, house.queues.waiting().len()), (34, 0, 34));
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.ses.mails().len(), 1, "planned once, told once");
}

#[tokio::test]
async fn whoever_dies_while_redriving_loses_nothing() {
    let house = House::new().await;
    buried(&house, 2).await;
    let (polls, _) = polls(house.app.redrive_letters("urgent", None)).await;
    house.settle().await;
    for deaths in 0..polls {
        let house = House::new().await;
        let notice = buried(&house, 2).await;
        let died = dies_after(deaths, house.app.redrive_letters("urgent", None)).await;
        assert!(died.is_none());
        let pages = house.queues.waiting().len() + house.queues.dead().len();
        assert!(pages >= 2, "after {deaths} polls only {pages} are left");
        // What was hidden comes up again.
        house.world.pass_seconds(15);
        house.app.redrive_letters("urgent", None).await.unwrap();
        house.drain().await;
        house.assert_all_ended(notice).await;
        assert_eq!(house.ses.mails().len(), 2, "after {deaths} polls");
        assert_eq!(counts(&house).await, []);
    }
}

#[tokio::test]
async fn while_the_queues_are_down_it_is_said_so_and_nothing_moves() {
    let house = House::new().await;
    let notice = buried(&house, 2).await;
    house.queues.set_down(true);
    let failed = house.app.dead_letters().await.unwrap_err();
    assert!(matches!(failed, Failure::Letters(_)), "{failed:?}");
    assert!(house.app.redrive_letters("urgent", None).await.is_err());
    house.queues.set_down(false);
    assert_eq!(counts(&house).await, [("urgent", 2)]);
    house.settle().await;
    house.assert_all_ended(notice).await;
}

#[tokio::test]
async fn a_run_of_a_schedule_says_why_it_failed_and_is_only_dropped() {
    let house = House::new().await;
    let attributes = [
        ("ERROR_CODE", "AWS.Lambda.Throttled"),
        ("ERROR_MESSAGE", "Rate exceeded"),
    ];
    let id = house
        .queues
        .park_run(r#"{"time":"2026-11-21T10:00:00Z"}"#, &attributes);
    let found = house.app.look_at_letters("schedule", 50).await.unwrap();
    let letter = &found.letters[0].letter;
    assert_eq!(
        letter.error.as_deref(),
        Some("AWS.Lambda.Throttled: Rate exceeded")
    );
    assert!(matches!(letter.asks, Asks::Run { time: Some(_), .. }));
    assert!(!found.backlog.can_redrive);
    let refused = house.app.redrive_letters("schedule", None).await.unwrap_err();
    assert!(matches!(refused, Failure::Conflict(_)), "{refused:?}");
    assert_eq!(counts(&house).await, [("schedule", 1)]);
    house.app.drop_letters("schedule", &[id]).await.unwrap();
    assert_eq!(counts(&house).await, []);
    for queue in ["", "bulk-dead-letters", "../urgent"] {
        let none = house.app.look_at_letters(queue, 1).await.unwrap_err();
        assert!(matches!(none, Failure::NotFound), "{queue}: {none:?}");
    }
}

#[tokio::test]
async fn of_feedback_only_the_message_is_shown_and_no_address() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.follower(region.id, SARI).await;
    let notice = cut(&house, &region).await;
    house.drain().await;
    let message = house.only_message(notice).await;
    house.queues.bury(&house.delivery(message.id, "sari@example.com"));
    let found = house.app.look_at_letters("feedback", 50).await.unwrap();
    assert_eq!(found.letters[0].letter.asks, Asks::Hear(message.id));
    assert!(!format!("{found:?}").contains("example.com"));
    house.app.redrive_letters("feedback", None).await.unwrap();
    house.drain().await;
    assert_eq!(count(&house, notice, Status::Delivered).await, 1);
}
