//! What a mailing takes of the store for each person, exactly as `DynamoDB` counts it (DESIGN §3): planned, claimed,
//! sent, recorded and counted.

use kabar_domain::news::Status;
use kabar_testkit::{House, JAKARTA};

use crate::mailings_common::{assert_counted, clients, says, window};

/// Enough for pages to be full, in each of the four parts of an audience.
const PEOPLE: u32 = 1_600;

/// What a mailing took, in write and read units a person; with a window, its people are told in the morning.
async fn units(window_from: Option<(&str, &str)>) -> (f64, f64) {
    let house = House::new().await;
    clients(&house, PEOPLE, &[JAKARTA]).await;
    let mut new = says(&house);
    new.window = window_from.map(|(from, to)| window(from, to));
    let _ = house.meter().take();
    let id = house.app.add_mailing(new).await.unwrap().mailing.id;
    house.settle().await;
    let used = house.meter().take_total();
    let rows = assert_counted(&house, id).await;
    assert_eq!(rows.count(Status::Sent), PEOPLE);
    let people = f64::from(PEOPLE);
    println!(
        "{window_from:?}: {:.3} write and {:.3} read units a person",
        used.write / people,
        used.read / people
    );
    (used.write / people, used.read / people)
}

#[tokio::test]
async fn a_person_of_a_mailing_takes_at_most_one_and_a_half_write_units() {
    let (write, read) = units(None).await;
    assert!(write <= 1.5, "{write} write units");
    assert!(read <= 0.8, "{read} read units");
}

#[tokio::test]
async fn so_does_a_person_who_sleeps_first() {
    let (write, read) = units(Some(("08:00", "16:00"))).await;
    assert!(write <= 1.5, "{write} write units");
    // Fifteen hours of looking every five minutes whether anybody wakes up are a part of it, which does not grow with the
    // audience.
    assert!(read <= 1.0, "{read} read units");
}
