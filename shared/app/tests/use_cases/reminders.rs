//! Each holder of a ticket is reminded once before the event starts, however the sweep runs.

use jiff::SignedDuration;
use kabar_app::events::{EventChange, ReminderReport};
use kabar_domain::{
    World,
    events::EventStatus,
    news::{Kind, Status},
};
use kabar_testkit::{Fault, House, dies_after};

use crate::{
    common::{ANNA, JOHN, SARI, count},
    events_common::{organizer, register},
    holders::{change, concert, concert_in, holds, minutes_pass, move_to, of_kind},
};

/// The usual time before a start.
const LEAD: SignedDuration = SignedDuration::from_hours(2);

#[tokio::test]
async fn a_reminder_says_what_where_when_and_all_tickets_and_fits_a_calendar() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let start = house.world.now() + LEAD;
    let concert = concert(&house, &host, "Konser", start, &["Festival", "VIP"]).await;
    let sari = house.user(SARI).await;
    for ticket in &concert.tickets {
        holds(&house, &sari, ticket).await;
    }
    house.remind().await;
    house.drain().await;
    let mails = house.ses.mails();
    assert_eq!(mails.len(), 1);
    for fact in [
        "Konser",
        "Sabtu, 21 November 2026, pukul 19.00 WIB",
        "Bandung",
        "Festival",
        "VIP",
    ] {
        assert!(mails[0].text.contains(fact), "{fact:?} in\n{}", mails[0].text);
    }
    let raw = String::from_utf8_lossy(&mails[0].raw);
    assert!(
        raw.contains(r#"method="REQUEST""#) && raw.contains("invite.ics"),
        "{raw}"
    );
}

#[tokio::test]
async fn nobody_is_reminded_after_the_start() {
    let house = House::new().await;
    let concert = concert_in(&house, 60).await;
    holds(&house, &house.user(SARI).await, &concert.tickets[0]).await;
    // Nobody looked in time.
    house.world.pass_seconds(3_600);
    assert_eq!(
        house.remind().await,
        ReminderReport {
            lapsed: 1,
            is_complete: true,
            ..Default::default()
        }
    );
    assert!(of_kind(&house, Kind::Reminder).await.is_empty());
    assert_eq!(
        house.remind().await,
        ReminderReport {
            is_complete: true,
            ..Default::default()
        }
    );
    // Somebody looked in time, and SES did not.
    let concert = move_to(&house, &concert, house.world.now() + SignedDuration::from_mins(5)).await;
    house.remind().await;
    house.ses.always(Some(Fault::Throttle));
    house.world.set(concert.start);
    house.ses.always(None);
    house.settle().await;
    let reminder = of_kind(&house, Kind::Reminder).await[0].notice.id;
    assert_eq!(count(&house, reminder, Status::Expired).await, 1);
    assert!(
        house
            .ses
            .mails()
            .iter()
            .all(|mail| !mail.subject.contains("dimulai")),
        "{:?}",
        house.ses.mails()
    );
}

#[tokio::test]
async fn an_event_that_moves_by_a_day_is_reminded_of_again_the_next_day() {
    let house = House::new().await;
    let concert = concert_in(&house, 120).await;
    holds(&house, &house.user(SARI).await, &concert.tickets[0]).await;
    minutes_pass(&house, 30).await;
    assert_eq!(of_kind(&house, Kind::Reminder).await.len(), 1);
    let moved = move_to(
        &house,
        &concert,
        concert.event.start + SignedDuration::from_hours(24),
    )
    .await;
    house.settle().await;
    minutes_pass(&house, 60).await;
    assert_eq!(
        of_kind(&house, Kind::Reminder).await.len(),
        1,
        "not before its time"
    );
    house.world.set(moved.start - SignedDuration::from_mins(119));
    minutes_pass(&house, 60).await;
    assert_eq!(of_kind(&house, Kind::Reminder).await.len(), 2);
    let subjects: Vec<String> = house.ses.mails().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(
        subjects.len(),
        3,
        "two reminders, and that it moved: {subjects:?}"
    );
}

#[tokio::test]
async fn an_event_that_moves_away_and_back_is_not_reminded_of_twice() {
    let house = House::new().await;
    let concert = concert_in(&house, 120).await;
    holds(&house, &house.user(SARI).await, &concert.tickets[0]).await;
    minutes_pass(&house, 10).await;
    move_to(
        &house,
        &concert,
        concert.event.start + SignedDuration::from_hours(24),
    )
    .await;
    move_to(&house, &concert, concert.event.start).await;
    // Who registers now is late all the same.
    let john = crate::change_user::myself(&house.user(JOHN).await);
    register(&house.app, &john, &concert.tickets[0]).await.unwrap();
    house.settle().await;
    minutes_pass(&house, 100).await;
    let subjects: Vec<String> = house.ses.mails().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(
        subjects.len(),
        3,
        "a reminder each, and a registration: {subjects:?}"
    );
}

#[tokio::test]
async fn an_event_that_is_cancelled_or_over_is_not_reminded_of() {
    for status in [
        EventStatus::Cancelled,
        EventStatus::Completed,
        EventStatus::Ongoing,
    ] {
        let house = House::new().await;
        let concert = concert_in(&house, 180).await;
        holds(&house, &house.user(SARI).await, &concert.tickets[0]).await;
        let to = EventChange {
            status: Some(status),
            ..EventChange::default()
        };
        change(&house, &concert, to).await;
        house.settle().await;
        minutes_pass(&house, 240).await;
        assert!(of_kind(&house, Kind::Reminder).await.is_empty(), "{status:?}");
        let cancels = house.ses.mails().len();
        assert_eq!(cancels, usize::from(status == EventStatus::Cancelled));
    }
}

#[tokio::test]
async fn an_event_cancelled_between_its_reminder_and_the_mail_is_not_reminded_of() {
    let house = House::new().await;
    let concert = concert_in(&house, 120).await;
    holds(&house, &house.user(SARI).await, &concert.tickets[0]).await;
    house.remind().await;
    let cancelled = EventChange {
        status: Some(EventStatus::Cancelled),
        ..EventChange::default()
    };
    change(&house, &concert, cancelled).await;
    house.settle().await;
    let subjects: Vec<String> = house.ses.mails().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Konser dibatalkan"]);
}

#[tokio::test]
async fn an_event_may_have_its_own_rules_and_what_was_missed_is_one_reminder() {
    let house = House::new().await;
    let concert = concert_in(&house, 3 * 24 * 60).await;
    holds(&house, &house.user(SARI).await, &concert.tickets[0]).await;
    let rules = EventChange {
        reminders: Some(Some("P2D,P1D,PT1H".parse().unwrap())),
        ..EventChange::default()
    };
    change(&house, &concert, rules).await;
    house
        .world
        .set(concert.event.start - SignedDuration::from_hours(12));
    minutes_pass(&house, 5).await;
    assert_eq!(house.ses.mails().len(), 1, "two were missed");
    house
        .world
        .set(concert.event.start - SignedDuration::from_mins(61));
    minutes_pass(&house, 70).await;
    assert_eq!(house.ses.mails().len(), 2);
}

#[tokio::test]
async fn a_sweep_that_dies_anywhere_is_followed_by_one_that_finishes() {
    let mut deaths = 0;
    for times in 1.. {
        let house = House::with_seed(u64::from(times)).await;
        let concert = concert_in(&house, 120).await;
        holds(&house, &house.user(SARI).await, &concert.tickets[0]).await;
        let (now, stop) = (house.world.now(), house.world.now() + LEAD);
        let is_done = dies_after(times, house.reminder.sweep(now, stop, None))
            .await
            .is_some();
        house.queues.lose_all();
        house.remind().await;
        house.queues.lose_all();
        house.settle().await;
        assert_eq!(house.ses.mails().len(), 1, "after {times} polls");
        if is_done {
            break;
        }
        deaths += 1;
    }
    assert!(deaths > 3, "it died {deaths} times");
}

#[tokio::test]
async fn an_event_that_cannot_be_reminded_of_keeps_no_other_waiting() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    for name in ["Konser", "Pasar"] {
        concert(&house, &host, name, house.world.now() + LEAD, &[]).await;
    }
    // As many as one event's transaction is tried.
    house.engine.conflicts().set(12);
    let (now, stop) = (house.world.now(), house.world.now() + LEAD);
    assert!(house.reminder.sweep(now, stop, None).await.is_err());
    assert_eq!(of_kind(&house, Kind::Reminder).await.len(), 1);
    assert_eq!(house.remind().await.events, 1);
    house.settle().await;
}

#[tokio::test]
async fn asked_for_at_once_a_task_says_whom_it_told_and_the_second_tells_nobody() {
    let house = House::new().await;
    let concert = concert_in(&house, 90).await;
    for person in [SARI, ANNA, JOHN] {
        holds(&house, &house.user(person).await, &concert.tickets[0]).await;
    }
    let first = house.app.send_reminders().await.unwrap();
    let before = house.app.task(first).await.unwrap();
    assert!(!before.is_done && before.events == 0, "{before:?}");
    // A queue delivers twice.
    let message = house.queues.take().unwrap();
    house.deliver(&message).await;
    house.deliver(&message).await;
    house.settle().await;
    let second = house.app.send_reminders().await.unwrap();
    house.settle().await;
    let [first, second] = [first, second].map(|task| house.app.task(task));
    let (first, second) = (first.await.unwrap(), second.await.unwrap());
    assert!(first.is_done && second.is_done);
    assert_eq!((first.events, first.people), (1, 3));
    assert_eq!(first.by_status.get(&Status::Sent), Some(&3));
    assert_eq!((second.events, second.people, second.by_status.len()), (0, 0, 0));
    assert_eq!(house.ses.mails().len(), 3);
}
