//! Ten thousand chats of one region.

use std::collections::HashMap;

use futures_util::{StreamExt, stream};
use jiff::SignedDuration;
use kabar_app::telling::{Carrier, ChatPost, Pace, Sender};
use kabar_courier::{LaneWork, words::Words};
use kabar_domain::{
    Language, World, Zone,
    ids::RegionId,
    power::Channel,
    telegram::{Coverage, Subscriber},
};
use kabar_testkit::{Fault, House, JAKARTA, Queue};

use crate::{
    chats_common::{added, id, in_telegram},
    common::{cut, region_with_three},
};

const CHATS: i64 = 10_000;

async fn crowd(house: &House, region: RegionId, chats: i64) {
    let now = house.world.now();
    let add = async |number: i64| {
        let language = if number % 2 == 0 {
            Language::Id
        } else {
            Language::En
        };
        let chat = Subscriber {
            regions: Coverage::These(vec![region]),
            ..Subscriber::new(id(number), language, Zone::parse(JAKARTA).unwrap(), now)
        };
        assert!(house.app.grid.save_chat(None, &chat, now).await.unwrap());
    };
    stream::iter(1..=chats).for_each_concurrent(32, add).await;
}

#[tokio::test]
async fn ten_thousand_chats_are_told_once_each_and_the_mail_is_not_held_up() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    crowd(&house, region.id, CHATS).await;
    cut(&house, &region).await;
    // Only the queues of planning and of mail are worked on.
    let mut chats = Vec::new();
    while let Some(message) = house.queues.take() {
        match message.queue {
            Queue::Telegram => chats.push(message),
            _ => house.deliver(&message).await,
        }
    }
    assert_eq!(house.ses.mails().len(), 3, "the mail waits for no chat");
    assert!(house.bot.taken().is_empty());
    assert_eq!(chats.len(), 4, "as many pages as a notice has in its lane");
    for message in chats {
        house.queues.put_back(message);
    }
    house.settle().await;
    let notice = in_telegram(&house).await;
    house.assert_all_ended(notice).await;
    let mut times = HashMap::new();
    for message in house.bot.taken() {
        *times.entry(message.chat).or_insert(0) += 1;
    }
    assert_eq!(times.len() as i64, CHATS);
    assert!(times.values().all(|times| *times == 1));
}

#[tokio::test]
async fn the_mail_goes_while_telegram_hangs_or_lost_its_pages() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    added(&house, 100, Some(vec![region.id])).await;
    house.bot.always(Some(Fault::Hang));
    house.queues.lose(Queue::Telegram);
    cut(&house, &region).await;
    house.drain().await;
    assert_eq!(house.ses.mails().len(), 3);
}

/// Thirty a second by the bot, one a second by the chat: on a clock that goes.
#[tokio::test]
async fn all_senders_together_keep_to_the_rate_of_a_bot_and_each_chat_has_its_second() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    crowd(&house, region.id, 60).await;
    let rate = 30.0;
    let sender = || Sender {
        people: house.app.people.clone(),
        events: house.app.events.clone(),
        grid: house.app.grid.clone(),
        mailings: house.app.mailings.clone(),
        notices: house.notices().clone(),
        lanes: house.queues.lanes(),
        dispatch: house.queues.dispatch(),
        carrier: Carrier::Telegram(Box::new(ChatPost {
            channel: house.bot.channel(),
            words: Words::default(),
        })),
        pace: Pace::per_second(
            Channel::Telegram,
            rate,
            house.notices().clone(),
            house.world.clone(),
        ),
        world: house.world.clone(),
    };
    cut(&house, &region).await;
    let begin = house.world.now();
    let senders = [sender(), sender()];
    let mut turn = 0;
    while let Some(message) = house.queues.take() {
        let Queue::Telegram = message.queue else {
            house.deliver(&message).await;
            continue;
        };
        let Ok(LaneWork::Send(page)) = LaneWork::parse(&message.body) else {
            panic!("not a page: {message:?}");
        };
        let stop = begin + SignedDuration::from_mins(5);
        let sent = senders[turn % 2].send(page, stop, stop + SignedDuration::from_secs(30));
        sent.await.unwrap();
        turn += 1;
    }
    assert_eq!(house.bot.taken().len(), 60);
    // Whoever takes time now, gets it after what sixty messages take.
    let now = house.world.now();
    let free = house.notices().take_time(
        Channel::Telegram,
        now,
        SignedDuration::ZERO,
        now + SignedDuration::from_mins(5),
    );
    let taken = free.await.unwrap().unwrap().duration_since(begin);
    assert!(
        taken >= SignedDuration::from_secs(2),
        "{taken}: sixty at thirty a second"
    );

    let chat = id(1);
    let grid = &house.app.grid;
    let second = begin + SignedDuration::from_secs(1);
    assert_eq!(
        grid.take_second(chat, begin).await.unwrap(),
        Some(second),
        "the cut took it"
    );
    assert_eq!(grid.take_second(chat, second).await.unwrap(), None);
}
