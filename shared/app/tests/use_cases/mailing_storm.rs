//! Several mailings at once over thousands of clients around the world, for two days, with everything that can happen to
//! them: whoever fits is told once, inside their own window, and every message comes to one end. `KABAR_CLIENTS` is how
//! many there are.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use kabar_app::Expected;
use kabar_domain::{
    World,
    ids::MailingId,
    mailings::{Client, LocalWindow, MailingChange, MailingSays},
    news::{Addressee, IN_FLIGHT, Status},
    power::Channel,
};
use kabar_testkit::{Fault, House, Waiting, dies_after, size};

use crate::mailings_common::{assert_counted, clients, hours, of_operator, says, tagged, window};

/// Zones of all hours, with halves and quarters of hours among them.
const ZONES: [&str; 30] = [
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Pacific/Auckland",
    "Asia/Kamchatka",
    "Australia/Lord_Howe",
    "Asia/Vladivostok",
    "Asia/Jayapura",
    "Asia/Irkutsk",
    "Asia/Makassar",
    "Asia/Jakarta",
    "Asia/Yangon",
    "Asia/Omsk",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Yekaterinburg",
    "Asia/Kabul",
    "Europe/Samara",
    "Asia/Tehran",
    "Europe/Moscow",
    "Europe/Kaliningrad",
    "Europe/Berlin",
    "Europe/London",
    "Atlantic/Azores",
    "America/Noronha",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/New_York",
    "America/Denver",
    "America/Los_Angeles",
    "Pacific/Pago_Pago",
];

/// How long the test's steps are: far from a divisor of an hour, so that windows open between them.
const STEP: SignedDuration = SignedDuration::from_mins(17);

/// How many clients there are, unless `KABAR_CLIENTS` says otherwise.
const CLIENTS: u32 = 600;

struct Run {
    id: MailingId,
    says: MailingSays,
}

fn count() -> u32 {
    size("KABAR_CLIENTS", CLIENTS)
}

/// How many messages are delivered in a step, at most: more than so many clients need.
fn deliveries() -> u32 {
    2_000.max(count())
}

async fn start(house: &House, change: impl Fn(&mut MailingSays)) -> Run {
    let mut says = says(house);
    change(&mut says);
    let id = house.app.add_mailing(says.clone()).await.unwrap().mailing.id;
    Run { id, says }
}

/// Delivers a message, perhaps to somebody who dies on it; then it comes again.
async fn deliver(house: &House, message: Waiting, deaths: &mut usize) {
    if house.world.below(12) > 0 {
        house.deliver(&message).await;
        return;
    }
    let moments = u32::try_from(house.world.below(400)).unwrap();
    if dies_after(moments, house.deliver(&message)).await.is_none() {
        *deaths += 1;
        house.queues.put_back(message);
    }
}

/// Lets time pass, in steps, with a sweep at each.
async fn pass(house: &House, until: Timestamp, deaths: &mut usize) {
    while house.world.now() < until {
        let next = (house.world.now() + STEP).min(until);
        // Messages that came back from the dead come again at once; those for later, when it is time.
        for _ in 0..deliveries() {
            let Some(message) = house.queues.take_any() else {
                break;
            };
            deliver(house, message, deaths).await;
        }
        house.world.set(next);
        house.sweep().await;
    }
}

/// Everybody whom a mailing told, as often as they were told.
async fn told(house: &House, run: &Run) -> BTreeMap<Addressee, Vec<Timestamp>> {
    let notice = house.app.mailing(run.id).await.unwrap().mailing.notice;
    let mut told = BTreeMap::<_, Vec<_>>::new();
    for message in house.messages(notice).await {
        assert!(message.outcome.status.is_terminal(), "{message:?}");
        if let Some(at) = message.outcome.sent_at {
            told.entry(message.to).or_default().push(at);
        }
    }
    told
}

/// Each client of the filter was told once, inside their window and before the end, and nobody else was told.
async fn assert_told(house: &House, run: &Run, clients: &[Client], window: Option<LocalWindow>) {
    let told = told(house, run).await;
    let meant: BTreeSet<Addressee> = clients
        .iter()
        .filter(|client| run.says.filter.fits(client))
        .map(|client| Addressee::Client(client.id))
        .collect();
    let reached: BTreeSet<Addressee> = told.keys().copied().collect();
    assert_eq!(reached, meant);
    for client in clients {
        for at in told.get(&Addressee::Client(client.id)).into_iter().flatten() {
            assert!(*at >= run.says.start_time && *at < run.says.end_time);
            let is_open = window.is_none_or(|window| window.contains(*at, &client.zone));
            assert!(is_open, "{} was told at {at}", client.zone.name());
        }
    }
    assert!(told.values().all(|times| times.len() == 1));
}

#[tokio::test(start_paused = true)]
async fn four_mailings_around_the_world_tell_everybody_once_in_their_own_day() {
    let house = House::with_seed(11).await;
    let all = clients(&house, count(), &ZONES).await;
    let day = window("08:00", "22:00");
    let runs = [
        start(&house, |says| says.window = Some(day)).await,
        start(&house, |says| {
            says.window = Some(window("20:00", "02:30"));
            says.filter = tagged(&["vip", "old"]);
        })
        .await,
        start(&house, |says| {
            says.start_time += hours(5);
            says.channel = Channel::Sms;
            says.window = Some(window("09:30", "11:15"));
        })
        .await,
        start(&house, |says| says.filter = of_operator("916")).await,
    ];
    house.gateway.fail(Fault::Error, 40);
    house.gateway.fail(Fault::Throttle, 10);
    house.ses.fail(Fault::Error, 20);
    let mut deaths = 0;
    let end = house.world.now() + hours(49);
    while house.world.now() < end {
        pass(&house, house.world.now() + hours(7), &mut deaths).await;
        for run in &runs {
            assert_counted(&house, run.id).await;
        }
    }
    house.settle().await;
    let windows = [
        Some(day),
        Some(window("20:00", "02:30")),
        Some(window("09:30", "11:15")),
        None,
    ];
    for (run, window) in runs.iter().zip(windows) {
        let rows = assert_counted(&house, run.id).await;
        assert_eq!(rows.ended(), rows.total());
        assert_told(&house, run, &all, window).await;
        let told = house.app.mailing_statistics(run.id).await.unwrap();
        assert_eq!(told.breakdown.told(), rows.told(), "the breakdown is the rows");
        assert_eq!(told.breakdown.by_operator.values().sum::<u32>(), rows.told());
        assert_eq!(told.breakdown.by_tag.values().sum::<u32>(), rows.told());
    }
    let sent = house.ses.mails().len() + house.gateway.taken().len();
    let mut messages = 0;
    for run in &runs {
        messages += told(&house, run).await.len();
    }
    println!(
        "{} clients: {messages} messages, {sent} sent, {deaths} deaths",
        all.len()
    );
    assert!(deaths > 0);
    assert!(
        (messages..=messages + deaths * IN_FLIGHT).contains(&sent),
        "{sent} sent of {messages}, {deaths} deaths"
    );
}

#[tokio::test(start_paused = true)]
async fn whatever_staff_do_meanwhile_nobody_is_lost_and_nobody_told_twice() {
    for seed in 0..4 {
        let house = House::with_seed(seed).await;
        let all = clients(&house, 240, &ZONES).await;
        let day = window("08:00", "22:00");
        let edited = start(&house, |says| {
            says.window = Some(day);
            says.filter = tagged(&["vip"]);
        })
        .await;
        let paused = start(&house, |says| says.window = Some(day)).await;
        let removed = start(&house, |says| says.window = Some(day)).await;
        let notice = house.app.mailing(removed.id).await.unwrap().mailing.notice;
        let (mut deaths, now) = (0, house.world.now());
        let (gone, stay) = all.split_at(24);
        let wider = MailingChange {
            filter: Some(tagged(&["vip", "old"])),
            ..MailingChange::default()
        };
        let hours_of = |h: usize| now + hours(i64::try_from(h).unwrap());
        let [edit, pause, resume, remove, delete] = [0, 1, 2, 3, 4].map(|_| house.world.below(9));
        for hour in 0..50 {
            if hour == edit {
                house
                    .app
                    .change_mailing(edited.id, Expected::Any, wider.clone())
                    .await
                    .unwrap();
            }
            if hour == pause {
                house.app.pause_mailing(paused.id).await.unwrap();
            }
            if hour == pause + 1 + resume % 5 {
                house.app.resume_mailing(paused.id).await.unwrap();
            }
            if hour == remove {
                house.app.remove_mailing(removed.id, Expected::Any).await.unwrap();
            }
            if hour == delete {
                for client in gone {
                    house.app.remove_client(client.id, Expected::Any).await.unwrap();
                }
            }
            pass(&house, hours_of(hour + 1), &mut deaths).await;
            for run in [&edited, &paused] {
                assert_counted(&house, run.id).await;
            }
        }
        house.settle().await;
        house.assert_all_ended(notice).await;
        let runs = [
            Run {
                says: MailingSays {
                    filter: tagged(&["vip", "old"]),
                    ..edited.says.clone()
                },
                ..edited
            },
            paused,
        ];
        for run in &runs {
            let told = told(&house, run).await;
            assert!(told.values().all(|times| times.len() == 1), "seed {seed}");
            for client in stay.iter().filter(|client| run.says.filter.fits(client)) {
                let to = Addressee::Client(client.id);
                let at = told
                    .get(&to)
                    .unwrap_or_else(|| panic!("seed {seed}: {client:?} was not told"));
                assert!(day.contains(at[0], &client.zone), "seed {seed}");
            }
            for client in stay.iter().filter(|client| !run.says.filter.fits(client)) {
                assert!(!told.contains_key(&Addressee::Client(client.id)), "seed {seed}");
            }
        }
        let statuses = house.statuses(notice).await;
        assert!(
            statuses
                .iter()
                .all(|status| matches!(status, Status::Sent | Status::Cancelled))
        );
    }
}
