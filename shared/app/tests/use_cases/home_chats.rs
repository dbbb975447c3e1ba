//! Homes in Telegram: their people are told there, once, and can ask.

use jiff::Timestamp;
use kabar_domain::{
    news::{Kind, Topic},
    people::User,
    power::{Channel, Home, Region, Word},
};
use kabar_testkit::House;

use crate::{
    change_user::myself,
    chats_common::{added, connect, follow, say},
    common::{ANNA, SARI, cut, mend},
    homes_common::{home, join, minutes, say_by_hand, subjects},
};

const SARIS: i64 = 100;
const ANNAS: i64 = 200;

struct Setting {
    house: House,
    region: Region,
    sari: User,
    anna: User,
    home: Home,
}

/// Sari's home, of which Anna is a member; both have a chat. It has power, as two others of the region, so that it is dark
/// alone.
async fn setting() -> Setting {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let (sari, anna) = (house.user(SARI).await, house.user(ANNA).await);
    let first = home(&house, &sari, region.id).await;
    join(&house, &first, anna.id).await;
    for other in house.crowd(region.id, 2).await {
        let other = house.app.people.account(other).await.unwrap().unwrap().user;
        let other = home(&house, &other, region.id).await;
        say_by_hand(&house, &other, Word::On).await;
    }
    say_by_hand(&house, &first, Word::On).await;
    connect(&house, &sari, SARIS).await;
    connect(&house, &anna, ANNAS).await;
    minutes(&house, 1, &[]).await;
    Setting {
        house,
        region,
        sari,
        anna,
        home: first,
    }
}

impl Setting {
    async fn says(&self, word: Word) {
        self.house.world.pass_seconds(60);
        say_by_hand(&self.house, &self.home, word).await;
        minutes(&self.house, 1, &[]).await;
        self.house.settle().await;
    }

    fn told(&self) -> (usize, usize) {
        (self.house.bot.told(SARIS).len(), self.house.bot.told(ANNAS).len())
    }
}

#[tokio::test]
async fn a_home_s_people_are_told_in_their_chats_and_the_message_says_that_it_is_over() {
    let setting = setting().await;
    let house = &setting.house;
    house.world.set("2026-11-21T10:58:00Z".parse().unwrap());
    setting.says(Word::Off).await;
    assert_eq!(
        house.bot.told(SARIS),
        ["⚡\u{fe0f} <b>Listrik padam di Rumah Sari</b>\nSejak Sabtu, 21 November 2026, pukul 17.59 WIB"]
    );
    assert_eq!(
        house.bot.told(ANNAS),
        [
            "⚡\u{fe0f} <b>Power is out at Rumah Sari</b>\nSince Saturday, 21 November 2026, 11:59 CET\n\
          There: Saturday, 21 November 2026, 17:59 WIB"
        ]
    );
    minutes(house, 130, &[]).await;
    setting.says(Word::On).await;
    let [_, back] = <[String; 2]>::try_from(house.bot.told(ANNAS)).unwrap();
    assert!(
        back.starts_with("💡 <b>Power is back at Rumah Sari</b>"),
        "{back}"
    );
    assert!(back.ends_with("It was out for 2 hours 12 minutes"), "{back}");
    assert_eq!(setting.told(), (2, 2));
    let edits = house.bot.edits();
    assert_eq!(edits.len(), 2, "each first message, once");
    let over = edits.iter().find(|edit| edit.chat == ANNAS).unwrap();
    assert!(
        over.html
            .starts_with("✅ <b>Power was out at Rumah Sari</b>\nFrom "),
        "{}",
        over.html
    );
    assert_eq!(subjects(house, &setting.sari).len(), 2, "and by mail, as ever");
    let filter = kabar_store::power::OutageFilter {
        place: Some(kabar_domain::power::Place::Home(setting.home.id)),
        ..Default::default()
    };
    let window = kabar_store::Window::first(9);
    let sari = myself(&setting.sari);
    let found = house.app.outages(Some(&sari), &filter, &window).await.unwrap();
    assert_eq!(found.entries[0].people_told, 4, "two people by two channels");
}

#[tokio::test]
async fn who_hears_of_the_region_in_telegram_does_not_hear_of_their_home_as_well() {
    let setting = setting().await;
    let house = &setting.house;
    follow(house, &setting.sari, setting.region.id, &[Channel::Telegram]).await;
    cut(house, &setting.region).await;
    house.settle().await;
    assert_eq!(setting.told(), (1, 0), "the region's, for who follows it");
    setting.says(Word::Off).await;
    assert_eq!(setting.told(), (1, 1), "the home's, for who does not");
    setting.says(Word::On).await;
    mend(house, &setting.region).await;
    house.settle().await;
    assert_eq!(setting.told(), (2, 2), "and each once of the end");
    assert!(
        subjects(house, &setting.sari).is_empty(),
        "by the channel that was chosen"
    );
}

#[tokio::test]
async fn who_heard_from_their_home_does_not_hear_of_the_region_that_goes_dark_after_it() {
    let setting = setting().await;
    let house = &setting.house;
    follow(
        house,
        &setting.sari,
        setting.region.id,
        &[Channel::Telegram, Channel::Email],
    )
    .await;
    setting.says(Word::Off).await;
    assert_eq!(setting.told(), (1, 1));
    cut(house, &setting.region).await;
    house.settle().await;
    assert_eq!(
        (setting.told(), subjects(house, &setting.sari).len()),
        ((1, 1), 1)
    );
    mend(house, &setting.region).await;
    house.settle().await;
    assert_eq!(
        (setting.told(), subjects(house, &setting.sari).len()),
        ((1, 1), 1)
    );
    setting.says(Word::On).await;
    assert_eq!(
        (setting.told(), subjects(house, &setting.sari).len()),
        ((2, 2), 2)
    );
}

#[tokio::test]
async fn what_staff_have_a_chat_told_of_is_told_there_and_swallows_the_home() {
    let setting = setting().await;
    let house = &setting.house;
    added(house, ANNAS, Some(vec![setting.region.id])).await;
    cut(house, &setting.region).await;
    house.settle().await;
    assert_eq!(setting.told(), (0, 1), "the region's");
    setting.says(Word::Off).await;
    assert_eq!(
        setting.told(),
        (1, 1),
        "the home's, where the region's was not told"
    );
}

#[tokio::test]
async fn who_left_the_home_stopped_the_bot_or_wants_no_outages_is_not_told() {
    let setting = setting().await;
    let house = &setting.house;
    let no_outages = [(Topic::Outages, Channel::Telegram, false)];
    let (caller, any) = (myself(&setting.sari), kabar_app::Expected::Any);
    let changed = house.app.change_preferences(&caller, any, &no_outages);
    changed.await.unwrap();
    // Anna leaves when the news of it is written and not yet told.
    house.world.pass_seconds(60);
    say_by_hand(house, &setting.home, Word::Off).await;
    house.check().await;
    let anna = myself(&setting.anna);
    house
        .app
        .remove_member(&anna, setting.home.id, setting.anna.id)
        .await
        .unwrap();
    house.settle().await;
    assert_eq!(setting.told(), (0, 0));
    let told = house.told().await;
    let of_home = told
        .iter()
        .filter(|told| told.notice.news.kind() == Kind::HomeOutage);
    assert!(of_home.count() >= 1);
}

#[tokio::test]
async fn homes_are_said_with_their_state_by_the_reader_s_clock() {
    let setting = setting().await;
    let house = &setting.house;
    let second = home(house, &setting.anna, setting.region.id).await;
    let now: Timestamp = "2026-11-21T11:00:00Z".parse().unwrap();
    house.world.set(now);
    say_by_hand(house, &setting.home, Word::Off).await;
    minutes(house, 1, &[]).await;
    let ask = async |chat: i64, update: i64| say(house, update, chat, "/homes").await.unwrap().html;
    assert_eq!(
        ask(ANNAS, 1).await,
        "❔ Rumah Anna: nothing is known\n\
         ⚡\u{fe0f} <b>Rumah Sari</b>: out since Saturday, 21 November 2026, 12:00 CET"
    );
    assert_eq!(
        ask(SARIS, 2).await,
        "⚡\u{fe0f} <b>Rumah Sari</b>: padam sejak Sabtu, 21 November 2026, pukul 18.00 WIB"
    );
    let anna = myself(&setting.anna);
    let removed = house.app.remove_home(&anna, second.id, kabar_app::Expected::Any);
    removed.await.unwrap();
    house
        .app
        .remove_member(&anna, setting.home.id, setting.anna.id)
        .await
        .unwrap();
    assert_eq!(ask(ANNAS, 3).await, "You are of no home on Kabar yet.");
    added(house, 300, None).await;
    assert!(ask(300, 4).await.starts_with("👋"), "a chat of nobody's");
    house.settle().await;
}
