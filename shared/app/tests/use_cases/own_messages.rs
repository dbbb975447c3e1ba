//! What people with an account were told, as they find it themselves.

use kabar_app::Failure;
use kabar_domain::{
    news::{Because, Status},
    power::Channel,
};
use kabar_store::Window;
use kabar_testkit::House;

use crate::{
    change_user::myself,
    chats_common::{added, connect, follow},
    common::{ANNA, SARI, cut},
};

const FIFTY: Window = Window::first(50);

#[tokio::test]
async fn what_a_chat_was_told_is_found_by_whoever_connected_it_and_worded_as_it_was() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let (sari, anna) = (house.user(SARI).await, house.user(ANNA).await);
    connect(&house, &sari, 100).await;
    connect(&house, &anna, 200).await;
    follow(&house, &sari, region.id, &[Channel::Email, Channel::Telegram]).await;
    added(&house, 300, None).await;
    cut(&house, &region).await;
    house.settle().await;

    let found = house.app.own_messages(&myself(&sari), &FIFTY).await.unwrap();
    let mut told: Vec<_> = found
        .entries
        .iter()
        .map(|own| {
            (
                own.notice.channel().name(),
                own.notice.because(),
                own.outcome.status,
            )
        })
        .collect();
    told.sort_unstable_by_key(|(channel, ..)| *channel);
    assert_eq!(
        told,
        [
            ("email", Because::Follower, Status::Sent),
            ("telegram", Because::Subscriber, Status::Sent)
        ]
    );
    let in_chat = found
        .entries
        .iter()
        .find(|own| own.notice.channel() == Channel::Telegram)
        .unwrap();
    let copy = house.app.own_copy(&myself(&sari), in_chat.id).await.unwrap();
    assert_eq!(house.bot.told(100), [copy.html.unwrap()]);
    assert_eq!((copy.subject, copy.text), (None, None));

    let found = house.app.own_messages(&myself(&anna), &FIFTY).await.unwrap();
    assert!(found.entries.is_empty(), "neither hers nor a group's");
    for own in [
        house.app.own_message(&myself(&anna), in_chat.id).await.map(drop),
        house.app.own_copy(&myself(&anna), in_chat.id).await.map(drop),
    ] {
        assert!(matches!(own, Err(Failure::NotFound)));
    }
}

#[tokio::test]
async fn fifty_messages_are_two_requests_and_one_is_two() {
    let house = House::new().await;
    let sari = house.user(SARI).await;
    for _ in 0..55 {
        house.mailing(sari.id).await;
        house.world.pass_seconds(1);
    }
    house.sweep().await;
    house.settle().await;
    let _ = house.meter().take();
    let found = house.app.own_messages(&myself(&sari), &FIFTY).await.unwrap();
    let used = house.meter().take_total();
    assert_eq!(found.entries.len(), 50);
    assert!(found.next.is_some());
    assert!(
        used.requests <= 2 && used.read <= 52.0,
        "as a list of events: {used}"
    );
    house
        .app
        .own_message(&myself(&sari), found.entries[0].id)
        .await
        .unwrap();
    let used = house.meter().take_total();
    assert!(used.requests <= 2 && used.read <= 2.0, "{used}");
}
