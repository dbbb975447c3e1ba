//! What tests of chats in Telegram share.

use kabar_app::{
    power::NewFollowing,
    telegram::{ChatChange, Heard, Message},
};
use kabar_domain::{
    Language, Zone,
    ids::{NoticeId, RegionId},
    news::{Audience, Status},
    people::User,
    power::Channel,
    telegram::{ChatId, Coverage, Subscriber},
};
use kabar_testkit::House;

use crate::change_user::myself;

pub(crate) fn id(number: i64) -> ChatId {
    ChatId::new(number).unwrap()
}

/// Staff have a chat told of some regions, or of all, in Indonesian in Jakarta.
pub(crate) async fn added(house: &House, chat: i64, regions: Option<Vec<RegionId>>) -> Subscriber {
    let change = ChatChange {
        title: Some("Neighbours".to_owned()),
        regions: regions.map(Coverage::These),
        language: Some(Language::Id),
        zone: Some(Zone::parse(kabar_testkit::JAKARTA).unwrap()),
    };
    house.app.add_chat(id(chat), change).await.unwrap().0
}

/// A chat as it is known.
pub(crate) async fn known(house: &House, chat: i64) -> Option<Subscriber> {
    house
        .app
        .grid
        .chat(id(chat))
        .await
        .unwrap()
        .map(|chat| chat.subscriber)
}

/// Somebody follows a region by Telegram.
pub(crate) async fn follow(house: &House, user: &User, region: RegionId, channels: &[Channel]) {
    let new = NewFollowing {
        user: None,
        channels: channels.to_vec(),
    };
    house.app.follow(&myself(user), region, new).await.unwrap();
}

/// Somebody writes to the bot.
pub(crate) async fn say(house: &House, update: i64, chat: i64, text: &str) -> Option<Heard> {
    let message = Message {
        update,
        chat: id(chat),
        title: "Sari".to_owned(),
        language: None,
        text: text.to_owned(),
    };
    house.app.hear(&message).await.unwrap()
}

/// Somebody connects a chat.
pub(crate) async fn connect(house: &House, user: &User, chat: i64) {
    let link = house.app.link_chat(&myself(user)).await.unwrap();
    let (_, token) = link.url.split_once("?start=").unwrap();
    let heard = say(house, 7_000 + chat, chat, &format!("/start {token}"))
        .await
        .unwrap();
    assert!(heard.html.contains('✅'), "{}", heard.html);
}

/// The last notice that was told in Telegram.
pub(crate) async fn in_telegram(house: &House) -> NoticeId {
    let told = house.told().await;
    let found = told
        .iter()
        .rfind(|told| matches!(told.notice.audience, Audience::Chats(_)));
    found.expect("a notice for chats").notice.id
}

/// How the messages of a notice ended, by chat.
pub(crate) async fn ends(house: &House, notice: NoticeId) -> Vec<(i64, Status, Option<String>)> {
    let rows = house.messages(notice).await.into_iter();
    let mut ends: Vec<_> = rows
        .map(|row| {
            (
                row.to.chat().unwrap().number(),
                row.outcome.status,
                row.outcome.error,
            )
        })
        .collect();
    ends.sort_unstable_by_key(|(chat, ..)| *chat);
    ends
}
