//! Who registers after the others were reminded.

use jiff::SignedDuration;
use kabar_app::events::NewRegistration;
use kabar_domain::World;
use kabar_testkit::House;

use crate::{
    change_user::myself,
    common::{ANNA, JOHN, SARI},
    events_common::{organizer, register, staff},
    holders::{concert, concert_in, holds, minutes_pass},
};

/// The usual time before a start.
const LEAD: SignedDuration = SignedDuration::from_hours(2);

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
    let callers = [&anna, &sari].map(myself);
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
    let late = NewRegistration {
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
        let caller = myself(&john);
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
