//! Who holds a ticket is told once what becomes of the event, however often it changes within a minute.

use jiff::{SignedDuration, Timestamp};
use kabar_app::{Expected, events::EventChange};
use kabar_domain::{
    events::EventStatus,
    news::{Kind, Status},
};
use kabar_testkit::{House, dies_after};

use crate::{
    common::{ANNA, JOHN, SARI, count},
    events_common::{hours, organizer},
    holders::{Concert, change, concert, concert_in, holds, move_to, of_kind},
};

/// An event tomorrow that three people hold tickets for, one of them two.
async fn held_by_three(house: &House) -> Concert {
    let host = organizer(house, "Host").await;
    let concert = concert(house, &host, "Konser", hours(house, 24), &["Festival", "VIP"]).await;
    for person in [SARI, ANNA, JOHN] {
        let user = house.user(person).await;
        holds(house, &user, &concert.tickets[0]).await;
        if person.name == SARI.name {
            holds(house, &user, &concert.tickets[1]).await;
        }
    }
    concert
}

fn status(to: EventStatus) -> EventChange {
    EventChange {
        status: Some(to),
        ..EventChange::default()
    }
}

fn subjects_to(house: &House, to: &str) -> Vec<String> {
    let mails = house.ses.mails();
    let theirs = mails.into_iter().filter(|mail| mail.to == to);
    theirs.map(|mail| mail.subject).collect()
}

#[tokio::test]
async fn moved_five_times_in_a_minute_is_one_mail_that_says_where_it_ended() {
    let house = House::new().await;
    let concert = held_by_three(&house).await;
    for later in 1..=5 {
        move_to(&house, &concert, hours(&house, 24 + later)).await;
        house.drain().await;
        house.world.pass_seconds(10);
    }
    house.settle().await;
    let mails = house.ses.mails();
    assert_eq!(mails.len(), 3, "one for each who holds a ticket");
    let to_anna = mails.iter().find(|mail| mail.to == "anna@example.com").unwrap();
    assert_eq!(to_anna.subject, "Konser has a new time");
    // 10:00 in UTC and five hours and forty seconds later, said in Berlin.
    for fact in [
        "Sunday, 22 November 2026, 16:00 CET",
        "Sunday, 22 November 2026, 11:00 CET",
    ] {
        assert!(to_anna.text.contains(fact), "{fact:?} in\n{}", to_anna.text);
    }
    house
        .assert_all_ended(of_kind(&house, Kind::EventChanged).await[0].notice.id)
        .await;
}

#[tokio::test]
async fn two_changes_minutes_apart_are_two_mails_with_rising_sequences() {
    let house = House::new().await;
    let concert = held_by_three(&house).await;
    move_to(&house, &concert, hours(&house, 30)).await;
    house.settle().await;
    house.world.pass_seconds(120);
    move_to(&house, &concert, hours(&house, 36)).await;
    house.settle().await;
    let sequences: Vec<u32> = house
        .ses
        .mails()
        .iter()
        .filter(|mail| mail.to == "anna@example.com")
        .map(sequence)
        .collect();
    assert_eq!(sequences.len(), 2);
    assert!(sequences[0] < sequences[1], "{sequences:?}");
}

fn sequence(mail: &kabar_testkit::Mail) -> u32 {
    let raw = String::from_utf8_lossy(&mail.raw);
    let line = raw.lines().find_map(|line| line.strip_prefix("SEQUENCE:"));
    line.unwrap().trim().parse().unwrap()
}

#[tokio::test]
async fn what_is_back_where_it_was_is_no_news() {
    let house = House::new().await;
    let concert = held_by_three(&house).await;
    move_to(&house, &concert, hours(&house, 48)).await;
    move_to(&house, &concert, concert.event.start).await;
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 0);
    let notice = of_kind(&house, Kind::EventChanged).await[0].notice.id;
    assert_eq!(count(&house, notice, Status::Cancelled).await, 3);
}

#[tokio::test]
async fn what_makes_no_difference_to_visitors_is_no_news() {
    let house = House::new().await;
    let concert = held_by_three(&house).await;
    let details = EventChange {
        description: Some("Now with a choir.".to_owned()),
        category: Some("Jazz".to_owned()),
        quota: Some(900),
        ..EventChange::default()
    };
    change(&house, &concert, details).await;
    house.settle().await;
    assert!(of_kind(&house, Kind::EventChanged).await.is_empty());
}

#[tokio::test]
async fn a_cancelled_event_leaves_the_calendars_and_comes_back_into_them() {
    let house = House::new().await;
    let concert = held_by_three(&house).await;
    move_to(&house, &concert, hours(&house, 30)).await;
    change(&house, &concert, status(EventStatus::Cancelled)).await;
    house.settle().await;
    assert_eq!(subjects_to(&house, "john@example.com"), ["Konser is cancelled"]);
    let mails = house.ses.mails();
    assert!(String::from_utf8_lossy(&mails[0].raw).contains("METHOD:CANCEL"));
    // Moving what will not be is nobody's concern.
    house.world.pass_seconds(120);
    move_to(&house, &concert, hours(&house, 40)).await;
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 3);
    change(&house, &concert, status(EventStatus::Scheduled)).await;
    house.settle().await;
    assert_eq!(
        subjects_to(&house, "john@example.com"),
        ["Konser is cancelled", "Konser takes place after all"]
    );
}

#[tokio::test]
async fn who_held_a_ticket_is_told_that_the_event_was_removed() {
    let house = House::new().await;
    let concert = held_by_three(&house).await;
    let removed = house
        .app
        .remove_event(&concert.host, concert.event.id, Expected::Any);
    removed.await.unwrap();
    house.settle().await;
    house.remover.sweep(hours(&house, 1)).await.unwrap();
    assert!(house.app.events.removals().await.unwrap().is_empty());
    assert_eq!(house.ses.mails().len(), 3);
    assert_eq!(subjects_to(&house, "sari@example.com"), ["Konser dibatalkan"]);
    assert_eq!(subjects_to(&house, "anna@example.com"), ["Konser is cancelled"]);
    house
        .assert_all_ended(of_kind(&house, Kind::EventChanged).await[0].notice.id)
        .await;
}

#[tokio::test]
async fn moved_and_removed_within_a_minute_is_one_mail() {
    let house = House::new().await;
    let concert = held_by_three(&house).await;
    move_to(&house, &concert, hours(&house, 30)).await;
    let removed = house
        .app
        .remove_event(&concert.host, concert.event.id, Expected::Any);
    removed.await.unwrap();
    house.settle().await;
    assert_eq!(subjects_to(&house, "john@example.com"), ["Konser is cancelled"]);
    house.remover.sweep(hours(&house, 1)).await.unwrap();
    assert!(house.app.events.removals().await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_is_told_of_an_event_that_is_over() {
    let house = House::new().await;
    let concert = concert_in(&house, 60).await;
    holds(&house, &house.user(SARI).await, &concert.tickets[0]).await;
    house.world.pass(SignedDuration::from_hours(5));
    let elsewhere = EventChange {
        location: Some("Jakarta".to_owned()),
        ..EventChange::default()
    };
    change(&house, &concert, elsewhere).await;
    let removed = house
        .app
        .remove_event(&concert.host, concert.event.id, Expected::Any);
    removed.await.unwrap();
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 0);
}

#[tokio::test]
async fn a_change_is_told_even_when_planning_begins_at_that_moment() {
    for seed in 0..30 {
        let house = House::with_seed(seed).await;
        let concert = held_by_three(&house).await;
        move_to(&house, &concert, hours(&house, 30)).await;
        let notice = of_kind(&house, Kind::EventChanged).await[0].notice.clone();
        house.queues.lose_all();
        // Just within the minute by this clock, just after it by the planner's.
        house.world.set(notice.not_before);
        let plan = async {
            for _ in 0..seed % 6 {
                house.app.seats(concert.event.id).await.unwrap();
            }
            house.plan(notice.id).await;
        };
        let end: Timestamp = hours(&house, 50);
        let late = async {
            house
                .world
                .set(notice.not_before - SignedDuration::from_millis(1));
            move_to(&house, &concert, end).await;
            house.world.set(notice.not_before);
        };
        tokio::join!(late, plan);
        house.settle().await;
        let mails = house.ses.mails();
        let last = mails.iter().rfind(|mail| mail.to == "john@example.com").unwrap();
        assert!(
            last.text.contains("Monday, 23 November 2026, 19:0"),
            "with seed {seed}:\n{}",
            last.text
        );
    }
}

#[tokio::test]
async fn a_planner_that_dies_anywhere_is_followed_by_one_that_finishes() {
    let mut deaths = 0;
    for times in 1.. {
        let house = House::with_seed(u64::from(times)).await;
        let concert = held_by_three(&house).await;
        move_to(&house, &concert, hours(&house, 30)).await;
        house.queues.lose_all();
        house.world.pass_seconds(60);
        let notice = of_kind(&house, Kind::EventChanged).await[0].notice.id;
        let stop = hours(&house, 1);
        let is_done = dies_after(times, house.planner.plan(notice, stop))
            .await
            .is_some();
        house.queues.lose_all();
        house.settle().await;
        assert_eq!(house.ses.mails().len(), 3, "after {times} polls");
        house.assert_all_ended(notice).await;
        if is_done {
            break;
        }
        deaths += 1;
    }
    assert!(deaths > 3, "it died {deaths} times");
}
