//! Clients, and mailings to them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    World, Zone,
    ids::{ClientId, MailingId},
    mailings::{
        Audience, Client, LocalTime, LocalWindow, MailingSays, NewClient, OperatorCode, Phone, Tag, Wording,
    },
    news::Tally,
    people::Email,
    power::Channel,
};
use kabar_store::mailings::ClientWrite;
use kabar_testkit::House;

/// A client of the given number: what they are follows from it.
pub(crate) fn numbered(house: &House, number: u32, zone: &str) -> Client {
    let new = NewClient {
        phone: Phone::parse(&format!("7{:010}", 9_160_000_000_u64 + u64::from(number))).unwrap(),
        operator_code: None,
        tag: Tag::parse(["", "vip", "old"][number as usize % 3]).unwrap(),
        zone: Zone::parse(zone).unwrap(),
        email: Some(Email::parse(&format!("c{number}@example.com")).unwrap()),
        first_name: format!("C{number}"),
        language: None,
    };
    Client::new(ClientId::new(&*house.world), new, house.world.now())
}

/// So many clients, spread over zones.
pub(crate) async fn clients(house: &House, count: u32, zones: &[&str]) -> Vec<Client> {
    let mut all = Vec::new();
    for number in 0..count {
        let client = numbered(house, number, zones[number as usize % zones.len()]);
        let written = house.app.mailings.add_client(&client).await.unwrap();
        assert_eq!(written, ClientWrite::Written);
        all.push(client);
    }
    all
}

pub(crate) fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

pub(crate) fn window(from: &str, to: &str) -> LocalWindow {
    LocalWindow::new(LocalTime::parse(from).unwrap(), LocalTime::parse(to).unwrap()).unwrap()
}

/// A mailing by mail to everybody, at any hour, from now on for two days.
pub(crate) fn says(house: &House) -> MailingSays {
    let now = house.world.now();
    MailingSays {
        start_time: now,
        end_time: now + hours(48),
        subject: Some(Wording::line("News", 200).unwrap()),
        text: Wording::text("Hello {{first_name}}!", 1000).unwrap(),
        filter: Audience::default(),
        channel: Channel::Email,
        window: None,
    }
}

pub(crate) fn tagged(tags: &[&str]) -> Audience {
    Audience {
        operator_codes: BTreeSet::new(),
        tags: tags.iter().map(|tag| Tag::parse(tag).unwrap()).collect(),
    }
}

pub(crate) fn of_operator(code: &str) -> Audience {
    Audience {
        operator_codes: [OperatorCode::parse(code).unwrap()].into(),
        tags: BTreeSet::new(),
    }
}

/// How often mail went to each address.
pub(crate) fn mailed(house: &House) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for mail in house.ses.mails() {
        *times.entry(mail.to).or_default() += 1;
    }
    times
}

/// Lets time pass in steps, with a sweep at each, and delivers what can be delivered.
pub(crate) async fn pass(house: &House, until: Timestamp, step: SignedDuration) {
    house.drain().await;
    while house.world.now() < until {
        let next = (house.world.now() + step).min(until);
        while let Some(at) = house.queues.next_at().filter(|at| *at <= next) {
            house.world.set(at.max(house.world.now()));
            house.drain().await;
        }
        house.world.set(next);
        house.sweep().await;
        house.drain().await;
    }
}

/// The counters of a mailing are its rows, whatever has become of them so far.
pub(crate) async fn assert_counted(house: &House, mailing: MailingId) -> Tally {
    let mailed = house.app.mailing_now(mailing).await.unwrap();
    let mut rows = Tally::default();
    for message in house.messages(mailed.mailing.notice).await {
        rows.add(message.outcome.status, message.outcome.in_doubt);
    }
    assert_eq!(mailed.tally, rows, "the counters are the rows");
    assert_eq!(mailed.people, rows.total());
    rows
}
