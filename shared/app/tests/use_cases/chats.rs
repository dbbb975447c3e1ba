//! Outages in Telegram: who is told, once, and of what.

use kabar_domain::{
    Language,
    news::{Audience, Status, Topic},
    power::Channel,
};
use kabar_testkit::House;

use crate::{
    change_user::myself,
    chats_common::{added, connect, ends, follow, in_telegram, known, say},
    common::{ANNA, SARI, cut, mend, region_with_three},
};

#[tokio::test]
async fn a_cut_is_one_message_off_and_one_on_in_each_chat_by_its_own_clock() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    let elsewhere = house.region("Medan").await;
    let anna = house.user(kabar_testkit::Person { name: "Anja", ..ANNA }).await;
    follow(&house, &anna, region.id, &[Channel::Telegram]).await;
    connect(&house, &anna, 300).await;
    added(&house, 100, None).await;
    added(&house, -200, Some(vec![region.id])).await;
    added(&house, 400, Some(vec![elsewhere.id])).await;

    cut(&house, &region).await;
    house.settle().await;
    let notice = in_telegram(&house).await;
    house.assert_all_ended(notice).await;
    let indonesian =
        "⚡\u{fe0f} <b>Listrik padam di Bandung</b>\nSejak Sabtu, 21 November 2026, pukul 17.00 WIB";
    let english = "⚡\u{fe0f} <b>Power is out in Bandung</b>\nSince Saturday, 21 November 2026, 11:00 CET\n\
                   There: Saturday, 21 November 2026, 17:00 WIB";
    assert_eq!(house.bot.told(100), [indonesian]);
    assert_eq!(house.bot.told(-200), [indonesian]);
    assert_eq!(house.bot.told(300), [english]);
    assert!(house.bot.told(400).is_empty(), "of another region");
    assert_eq!(house.ses.mails().len(), 3, "the others by mail, and Anja not");

    house.world.pass_seconds(2 * 3600 + 599);
    mend(&house, &region).await;
    house.settle().await;
    let over = "💡 <b>Listrik menyala kembali di Bandung</b>\nSejak Sabtu, 21 November 2026, pukul 19.10 WIB\n\
                Sebelumnya padam selama 2 jam 10 menit";
    assert_eq!(house.bot.told(100)[1..], [over]);
    assert_eq!(house.bot.taken().len(), 6, "one off and one on for each of three");

    house.world.pass_seconds(5 * 3600);
    cut(&house, &region).await;
    house.settle().await;
    let again = house.bot.told(100).pop().unwrap();
    assert!(again.contains("\nSebelumnya menyala selama 5 jam"), "{again}");
}

#[tokio::test]
async fn a_follower_is_told_by_the_channels_they_chose_once_they_have_a_chat() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let (sari, anna) = (house.user(SARI).await, house.user(ANNA).await);
    follow(&house, &sari, region.id, &[Channel::Email, Channel::Telegram]).await;
    follow(&house, &anna, region.id, &[Channel::Telegram]).await;
    cut(&house, &region).await;
    house.settle().await;
    assert!(house.bot.taken().is_empty(), "nobody has a chat");
    assert_eq!(house.ses.mails().len(), 1, "Sari's mail");

    connect(&house, &sari, 100).await;
    connect(&house, &anna, 200).await;
    mend(&house, &region).await;
    house.settle().await;
    assert_eq!((house.bot.told(100).len(), house.bot.told(200).len()), (1, 1));
    assert_eq!(house.ses.mails().len(), 2);

    // Whoever follows no more, or wants no outages in Telegram, is not told there.
    house
        .app
        .unfollow(&myself(&sari), region.id, sari.id)
        .await
        .unwrap();
    let no_outages = [(Topic::Outages, Channel::Telegram, false)];
    let (caller, any) = (myself(&anna), kabar_app::Expected::Any);
    let changed = house.app.change_preferences(&caller, any, &no_outages);
    changed.await.unwrap();
    cut(&house, &region).await;
    house.settle().await;
    assert_eq!(house.bot.taken().len(), 2);
    let notice = in_telegram(&house).await;
    let why = Some("the person wants to be told no more of this".to_owned());
    assert_eq!(ends(&house, notice).await, [(200, Status::Suppressed, why)]);
}

#[tokio::test]
async fn a_chat_that_is_told_twice_over_is_told_once() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.user(SARI).await;
    follow(&house, &sari, region.id, &[Channel::Telegram]).await;
    connect(&house, &sari, 100).await;
    added(&house, 100, None).await;
    cut(&house, &region).await;
    // Every function runs twice.
    let copies = house.queues.waiting();
    house.settle().await;
    for copy in copies {
        house.deliver(&copy).await;
    }
    house.settle().await;
    assert_eq!(house.bot.told(100).len(), 1);
    let notices = house.told().await;
    let for_chats = notices
        .iter()
        .filter(|told| matches!(told.notice.audience, Audience::Chats(_)));
    assert_eq!(for_chats.count(), 1);
    let outage = house
        .app
        .outages(None, &Default::default(), &window())
        .await
        .unwrap()
        .entries
        .pop();
    assert_eq!(outage.unwrap().people_told, 1, "who is told in Telegram counts");
}

fn window() -> kabar_store::Window {
    kabar_store::Window::first(10)
}

#[tokio::test]
async fn where_nobody_is_told_in_telegram_there_is_nothing_to_tell() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    cut(&house, &region).await;
    house.settle().await;
    assert_eq!(house.told().await.len(), 1);
}

#[tokio::test]
async fn a_chat_reads_its_own_language_from_the_next_message_on() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    added(&house, 100, Some(vec![region.id])).await;
    cut(&house, &region).await;
    // Planned in Indonesian, told in English.
    let plan = house.queues.take().unwrap();
    house.deliver(&plan).await;
    say(&house, 1, 100, "/lang en").await.unwrap();
    assert_eq!(known(&house, 100).await.unwrap().language, Language::En);
    house.settle().await;
    assert!(house.bot.told(100)[0].contains("Power is out"));
}

#[tokio::test]
async fn a_region_and_a_person_that_are_removed_leave_no_row_behind() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.user(SARI).await;
    follow(&house, &sari, region.id, &[Channel::Telegram]).await;
    connect(&house, &sari, 100).await;
    added(&house, 200, Some(vec![region.id])).await;
    assert!(house.app.grid.has_chats(region.id).await.unwrap());
    let removed = house.app.remove_region(region.id, kabar_app::Expected::Any);
    removed.await.unwrap();
    house.check().await;
    assert!(!house.app.grid.has_chats(region.id).await.unwrap());
    assert!(house.app.grid.followed_by(sari.id).await.unwrap().is_empty());

    let (caller, any) = (myself(&sari), kabar_app::Expected::Any);
    house.app.remove_user(&caller, sari.id, any).await.unwrap();
    house.settle().await;
    let chat = known(&house, 100).await.unwrap();
    assert_eq!((chat.user, chat.inactive.is_some()), (None, true));
    assert!(house.app.grid.chat_of(sari.id).await.unwrap().is_none());
}
