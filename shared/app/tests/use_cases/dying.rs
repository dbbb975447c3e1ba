//! Functions that are killed where they stand: nobody is missed, and whoever is told twice is counted.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kabar_app::telling::Sent;
use kabar_courier::{DispatchWork, LaneWork};
use kabar_domain::{
    World,
    ids::{NoticeId, PageId},
    news::IN_FLIGHT,
};
use kabar_testkit::{Fault, House, dies_after};
use tokio::select;

use crate::common::{cut, plan_queued};

/// Longer than any claim.
const LEASE: SignedDuration = SignedDuration::from_secs(33);

/// A region with so many followers, its power out, planned; returns the notice and its first page.
async fn planned(house: &House, people: usize) -> (NoticeId, PageId) {
    let region = house.region("Bandung").await;
    house.crowd(region.id, people).await;
    let notice = cut(house, &region).await;
    plan_queued(house).await;
    (notice, notice.page(1))
}

/// Lets a sender begin, and kills it when SES has been asked so many times in all.
async fn dies_when_asked(house: &House, page: PageId, times: u32) {
    select! {
        biased;
        () = house.ses.asked(times) => {}
        done = house.try_send(page) => panic!("it should have died, and did {done:?}"),
    }
    house.world.pass(LEASE);
}

/// Everybody was told; those who were told twice are in doubt, and no more than `deaths` can account for.
async fn assert_nobody_missed(house: &House, notice: NoticeId, people: usize, deaths: usize) {
    house.assert_all_ended(notice).await;
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for mail in house.ses.mails() {
        *told
            .entry(mail.message_id.split('@').next().unwrap().to_owned())
            .or_default() += 1;
    }
    let messages = house.messages(notice).await;
    assert_eq!(
        (messages.len(), told.len()),
        (people, people),
        "everybody is told"
    );
    let mut in_doubt = 0;
    for message in messages {
        let times = told[&message.id.to_string()];
        in_doubt += usize::from(message.outcome.in_doubt);
        assert!(
            times == 1 || message.outcome.in_doubt,
            "told {times} times without a doubt: {message:?}"
        );
    }
    assert!(
        in_doubt <= deaths * IN_FLIGHT,
        "{in_doubt} in doubt after {deaths} deaths"
    );
}

#[tokio::test]
async fn a_sender_that_dies_with_mails_on_their_way_is_taken_over() {
    let house = House::new().await;
    let (notice, page) = planned(&house, 30).await;
    house.ses.fail(Fault::AcceptThenHang, 8);
    dies_when_asked(&house, page, 8).await;
    house.settle().await;
    assert_nobody_missed(&house, notice, 30, 1).await;
    assert_eq!(house.ses.mails().len(), 38);
    assert_eq!(house.app.notice(notice).await.unwrap().tally.in_doubt, 8);
}

#[tokio::test]
async fn nobody_takes_over_before_the_lease_ends() {
    let house = House::new().await;
    let (_, page) = planned(&house, 10).await;
    house.ses.fail(Fault::AcceptThenHang, 8);
    dies_when_asked(&house, page, 8).await;
    house.world.pass(-SignedDuration::from_secs(2));
    house.send(page).await;
    assert_eq!(house.ses.calls(), 8);
    house.world.pass_seconds(2);
    house.settle().await;
}

#[tokio::test]
async fn a_sender_that_was_taken_for_dead_and_comes_back_changes_nothing() {
    let house = House::new().await;
    let (notice, page) = planned(&house, 3).await;
    house.ses.fail(Fault::Late, 3);
    let successor = async {
        house.ses.asked(3).await;
        house.world.pass(LEASE);
        house.settle().await;
        house.ses.answer_late();
    };
    let (turn, ()) = tokio::join!(house.send(page), successor);
    assert!(matches!(turn, Sent::Page(_)), "{turn:?}");
    assert_nobody_missed(&house, notice, 3, 1).await;
    let messages = house.messages(notice).await;
    assert!(
        messages
            .iter()
            .all(|message| message.outcome.provider_id.as_deref() == Some("taken"))
    );
}

#[tokio::test]
async fn a_doubt_outlives_a_turn_that_ends_before_it_is_settled() {
    let house = House::new().await;
    let (notice, page) = planned(&house, 30).await;
    house.ses.fail(Fault::AcceptThenHang, 8);
    dies_when_asked(&house, page, 8).await;
    let now = house.world.now();
    house.sender.send(page, now, now + LEASE).await.unwrap();
    house.settle().await;
    assert_nobody_missed(&house, notice, 30, 1).await;
}

#[tokio::test]
async fn a_doubt_outlives_a_second_death_that_never_came_to_it() {
    let house = House::new().await;
    let (notice, page) = planned(&house, 30).await;
    house.ses.fail(Fault::Error, 8);
    house.ses.fail(Fault::AcceptThenHang, 8);
    dies_when_asked(&house, page, 16).await;
    house.ses.fail(Fault::Hang, 8);
    dies_when_asked(&house, page, 24).await;
    house.settle().await;
    assert_nobody_missed(&house, notice, 30, 3).await;
}

#[tokio::test]
async fn senders_killed_at_random_moments_again_and_again_miss_nobody() {
    for seed in 0..10 {
        let house = House::with_seed(seed).await;
        let (notice, _) = planned(&house, 25).await;
        let mut deaths = 0;
        for _ in 0..4 {
            let fault = [Fault::Error, Fault::AcceptThenFail, Fault::Throttle][house.world.below(3)];
            house.ses.fail(fault, house.world.below(3));
            while let Some(message) = house.queues.take_any() {
                let moments = u32::try_from(house.world.below(120)).unwrap();
                match LaneWork::parse(&message.body) {
                    Ok(LaneWork::Send(page)) => {
                        deaths += usize::from(dies_after(moments, house.try_send(page)).await.is_none());
                    }
                    // A page was set aside, and the notice is to be looked at: whoever does that can die as well.
                    _ => drop(dies_after(moments, house.deliver(&message)).await),
                }
                // SQS gives what was not deleted again, once it is visible.
                house.world.pass(LEASE);
                if house.world.below(2) == 0 {
                    house.queues.put_back(message);
                    break;
                }
            }
            house.world.pass_seconds(60);
            house.sweep().await;
        }
        house.settle().await;
        // A 500 after which the mail was there is a doubt of its own.
        assert_nobody_missed(&house, notice, 25, deaths + 2).await;
    }
}

#[tokio::test]
async fn planners_killed_at_random_moments_plan_everybody_once() {
    for seed in 0..8 {
        let house = House::with_seed(seed).await;
        let region = house.region("Bandung").await;
        // Three transactions' worth of pages.
        let mut people = house.crowd_on_pages(region.id, 45, 1).await;
        let notice = cut(&house, &region).await;
        let dispatch = house.queues.take().unwrap();
        assert!(DispatchWork::parse(&dispatch.body).is_ok());
        for _ in 0..5 {
            let moments = u32::try_from(house.world.below(70)).unwrap();
            let stop = house.world.now() + LEASE;
            dies_after(moments, house.planner.plan(notice, stop)).await;
        }
        house.deliver(&dispatch).await;
        house.settle().await;
        house.assert_all_ended(notice).await;
        let mut planned: Vec<_> = house
            .messages(notice)
            .await
            .iter()
            .filter_map(|message| message.to.user())
            .collect();
        planned.sort_unstable();
        people.sort_unstable();
        assert_eq!(planned, people, "everybody once");
        assert_eq!(house.ses.mails().len(), 45);
        let plan = house.app.notice(notice).await.unwrap().plan;
        assert_eq!((plan.pages, plan.people), (45, 45));
    }
}

#[tokio::test]
async fn a_check_killed_at_any_moment_is_made_good_by_the_next() {
    for moments in (0..60).step_by(5) {
        let house = House::new().await;
        let region = house.region("Bandung").await;
        house.crowd(region.id, 2).await;
        house.say(region.id, kabar_domain::power::Word::Off).await;
        dies_after(moments, house.checker.check(house.world.now())).await;
        house.queues.lose_all();
        house.world.pass_seconds(60);
        house.check().await;
        house.settle().await;
        assert_eq!(
            house.told().await.len(),
            1,
            "one notice when killed after {moments} polls"
        );
        assert_eq!(house.ses.mails().len(), 2);
    }
}
