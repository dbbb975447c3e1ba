//! Each holder of a ticket is reminded once before the event starts, however the sweep runs.

use jiff::{SignedDuration, Timestamp};
use kabar_app::events::{EventChange, ReminderReport};
use kabar_domain::{
    World,
    events::EventStatus,
    news::{Kind, Status},
};
use kabar_testkit::{Fault, House, dies_after};

use crate::{
    common::{ANNA, JOHN, SARI, count},
    events_common::{organizer, register, staff},
    holders::{change, concert, concert_in, holds, minutes_pass, move_to, of_kind},
};

/// The usual time before a start.
const LEAD: SignedDuration = SignedDuration::from_hours(2);
/// How many minutes the start slides.
const SLIDE: i64 = 120;

/// How many sweeps there are in a minute of the test.
type Schedule = fn(i64) -> u32;

const fn quarterly(minute: i64) -> u32 {
    (minute % 15 == 7) as u32
}

async fn each_holder_is_reminded_once(name: &str, schedule: Schedule) {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let (sari, anna) = (house.user(SARI).await, house.user(ANNA).await);
    let begin = house.world.now();
    let mut starts = Vec::new();
    for minute in 0..SLIDE {
        let start = begin + LEAD + SignedDuration::from_mins(minute);
        let named = format!("Konser {minute:03}");
        let concert = concert(&house, &host, &named, start, &["Festival", "VIP", "Makan"]).await;
        for ticket in &concert.tickets {
            holds(&house, &sari, ticket).await;
        }
        holds(&house, &anna, &concert.tickets[1]).await;
        starts.push((named, start));
    }
    let mut reminded: Vec<(String, String, Timestamp)> = Vec::new();
    for minute in 0..SLIDE + 130 {
        house.world.set(begin + SignedDuration::from_mins(minute));
        match schedule(minute) {
            0 => {}
            1 => drop(house.remind().await),
            _ => drop(tokio::join!(house.remind(), house.remind())),
        }
        house.drain().await;
        let mails = house.ses.mails();
        let new = mails.iter().skip(reminded.len());
        reminded.extend(new.map(|mail| (mail.to.clone(), mail.subject.clone(), house.world.now())));
    }
    for (named, start) in &starts {
        for to in ["sari@example.com", "anna@example.com"] {
            let theirs = reminded
                .iter()
                .filter(|(who, what, _)| who == to && what.contains(named.as_str()));
            let at: Vec<Timestamp> = theirs.map(|(.., at)| *at).collect();
            assert_eq!(
                at.len(),
                1,
                "{name}: {to} is reminded of {named} once, not at {at:?}"
            );
            assert!(
                at[0] >= *start - LEAD && at[0] < *start,
                "{name}: {named} at {}",
                at[0]
            );
        }
    }
    assert_eq!(
        reminded.len(),
        starts.len() * 2,
        "{name}: nobody else, nothing else"
    );
}

#[tokio::test]
async fn a_sweep_every_quarter_of_an_hour_reminds_each_holder_once() {
    each_holder_is_reminded_once("every 15 minutes", quarterly).await;
}

#[tokio::test]
async fn a_sweep_every_minute_reminds_each_holder_once() {
    each_holder_is_reminded_once("every minute", |_| 1).await;
}

#[tokio::test]
async fn a_sweep_that_stopped_for_forty_minutes_reminds_each_holder_once() {
    let stopped = |minute| {
        if (60..100).contains(&minute) {
            0
        } else {
            quarterly(minute)
        }
    };
    each_holder_is_reminded_once("stopped for 40 minutes", stopped).await;
}

#[tokio::test]
async fn two_sweeps_at_once_remind_each_holder_once() {
    each_holder_is_reminded_once("doubled", |minute| 2 * quarterly(minute)).await;
}

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

#[tokio::test]
async fn who_registers_after_the_reminder_is_reminded_at_once_and_once() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let start = house.world.now() + LEAD;
    let concert = concert(&house, &host, "Konser", start, &["Festival", "VIP"]).await;
    let (sari, anna) = (house.user(SARI).await, house.user(ANNA).await);
    holds(&house, &sari, &concert.tickets[0]).await;
    house.remind().await;
    house.settle().await;
    house.world.set(start - SignedDuration::from_mins(30));
    // Anna is new, and takes two tickets at once; Sari was reminded, and takes another.
    let [festival, vip] = [&concert.tickets[0], &concert.tickets[1]];
    let callers = [&anna, &sari].map(crate::change_user::myself);
    let (a, b) = tokio::join!(
        register(&house.app, &callers[0], festival),
        register(&house.app, &callers[0], vip)
    );
    a.unwrap();
    b.unwrap();
    register(&house.app, &callers[1], vip).await.unwrap();
    house.drain().await;
    minutes_pass(&house, 40).await;
    house.settle().await;
    let reminders = |to: &str, word: &str| {
        let mails = house.ses.mails();
        mails
            .iter()
            .filter(|mail| mail.to == to && mail.subject.contains(word))
            .count()
    };
    assert_eq!(reminders("anna@example.com", "starts on"), 1);
    assert_eq!(reminders("sari@example.com", "dimulai"), 1);
    assert_eq!(
        house.ses.mails().len(),
        2 + 3,
        "two reminders, three registrations"
    );
}

#[tokio::test]
async fn after_the_start_the_box_office_still_sells_and_nobody_is_reminded() {
    let house = House::new().await;
    let concert = concert_in(&house, 120).await;
    house.remind().await;
    house
        .world
        .set(concert.event.start + SignedDuration::from_mins(1));
    let late = kabar_app::events::NewRegistration {
        ticket: concert.tickets[0].id,
        user: Some(house.user(SARI).await.id),
    };
    house.app.register(&staff(&house), late).await.unwrap();
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 1, "that they are registered");
}

#[tokio::test]
async fn who_registers_while_the_reminder_is_written_is_reminded_once() {
    for seed in 0..40 {
        let house = House::with_seed(seed).await;
        let concert = concert_in(&house, 120).await;
        let (sari, john) = (house.user(SARI).await, house.user(JOHN).await);
        holds(&house, &sari, &concert.tickets[0]).await;
        let caller = crate::change_user::myself(&john);
        let remind = async {
            for _ in 0..seed % 8 {
                house.app.seats(concert.event.id).await.unwrap();
            }
            house.remind().await;
            house.drain().await;
        };
        let (_, registered) = tokio::join!(remind, register(&house.app, &caller, &concert.tickets[0]));
        registered.unwrap();
        house.settle().await;
        let mails = house.ses.mails();
        let reminders = mails
            .iter()
            .filter(|mail| mail.to == "john@example.com" && mail.subject.contains("starts on"));
        assert_eq!(reminders.count(), 1, "with seed {seed}: {mails:#?}");
    }
}
