//! Each holder is reminded once, wherever the start lies between the sweeps, and however those run.

use jiff::{SignedDuration, Timestamp};
use kabar_domain::World;
use kabar_testkit::House;

use crate::{
    common::{ANNA, SARI},
    events_common::organizer,
    holders::{concert, holds},
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
