//! What the bot answers, and what it does once however often it is asked.

use kabar_domain::{Language, power::Channel, telegram::Inactive};
use kabar_testkit::House;

use crate::{
    change_user::myself,
    chats_common::{added, connect, follow, known, say},
    common::{ANNA, SARI, cut, mend},
};

async fn said(house: &House, update: i64, chat: i64, text: &str) -> String {
    say(house, update, chat, text).await.expect("an answer").html
}

#[tokio::test]
async fn a_link_connects_one_chat_once_and_for_a_quarter_of_an_hour() {
    let house = House::new().await;
    let sari = house.user(SARI).await;
    let link = house.app.link_chat(&myself(&sari)).await.unwrap();
    let (bot, token) = link.url.split_once("?start=").unwrap();
    assert_eq!(bot, "https://t.me/kabar_test_bot");
    assert!(
        token.len() == 43
            && token
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    );
    let start = format!("/start {token}");
    let connected = said(&house, 1, 100, &start).await;
    assert!(connected.starts_with("✅ Obrolan ini terhubung"), "{connected}");
    assert_eq!(
        said(&house, 1, 100, &start).await,
        connected,
        "the same update again"
    );
    let chat = known(&house, 100).await.unwrap();
    assert_eq!(
        (chat.user, chat.language, chat.title.as_str()),
        (Some(sari.id), Language::Id, "Sari")
    );
    let used = said(&house, 2, 200, &start).await;
    assert!(used.starts_with("This link has been used"), "{used}");
    assert!(known(&house, 200).await.is_none());

    let late = house.app.link_chat(&myself(&sari)).await.unwrap();
    house.world.pass_seconds(15 * 60);
    let (_, token) = late.url.split_once("?start=").unwrap();
    assert!(
        said(&house, 3, 200, &format!("/start {token}"))
            .await
            .starts_with("This link")
    );
    for forged in ["x", "", &"A".repeat(43), "../..", &"é".repeat(64)] {
        let answer = said(&house, 4, 200, &format!("/start {forged}")).await;
        assert!(
            answer.starts_with("This link") || answer.starts_with("👋"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn who_connects_another_chat_leaves_the_first() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.user(SARI).await;
    follow(&house, &sari, region.id, &[Channel::Telegram]).await;
    connect(&house, &sari, 100).await;
    connect(&house, &sari, 200).await;
    let left = known(&house, 100).await.unwrap();
    assert_eq!((left.user, left.inactive), (None, Some(Inactive::Stopped)));
    cut(&house, &region).await;
    house.settle().await;
    assert_eq!((house.bot.told(100).len(), house.bot.told(200).len()), (0, 1));

    // Anna connects the chat that was Sari's: it is hers now.
    let anna = house.user(ANNA).await;
    connect(&house, &anna, 200).await;
    assert!(house.app.grid.chat_of(sari.id).await.unwrap().is_none());
    assert_eq!(known(&house, 200).await.unwrap().user, Some(anna.id));
}

#[tokio::test]
async fn an_update_is_acted_on_once_however_late_it_comes_again() {
    let house = House::new().await;
    added(&house, 100, None).await;
    assert!(said(&house, 1, 100, "/stop").await.contains("/start"));
    assert_eq!(
        known(&house, 100).await.unwrap().inactive,
        Some(Inactive::Stopped)
    );
    assert!(said(&house, 2, 100, "/start").await.starts_with("✅"));
    // Telegram has not heard of the first answer.
    assert!(said(&house, 1, 100, "/stop").await.contains("/start"));
    let chat = known(&house, 100).await.unwrap();
    assert_eq!((chat.inactive, chat.version), (None, 3), "the second word stands");

    // Also what changed nothing is acted on once.
    said(&house, 8, 100, "/start").await;
    said(&house, 9, 100, "/stop").await;
    said(&house, 8, 100, "/start").await;
    assert_eq!(
        known(&house, 100).await.unwrap().inactive,
        Some(Inactive::Stopped)
    );

    let (english, indonesian) = ("From now on I speak English", "Mulai sekarang saya berbahasa");
    assert!(said(&house, 3, 100, "/lang en").await.starts_with(english));
    assert!(
        said(&house, 4, 100, "/lang@kabar_test_bot id")
            .await
            .starts_with(indonesian)
    );
    said(&house, 3, 100, "/lang en").await;
    assert_eq!(known(&house, 100).await.unwrap().language, Language::Id);
}

#[tokio::test]
async fn where_the_power_is_on_and_which_outages_there_were_is_said_by_the_reader_s_clock() {
    let house = House::new().await;
    let (bandung, medan) = (house.region("Bandung <b>&").await, house.region("Medan").await);
    let anna = house.user(ANNA).await;
    follow(&house, &anna, bandung.id, &[Channel::Email]).await;
    connect(&house, &anna, 100).await;
    added(&house, 200, None).await;
    added(&house, 300, Some(vec![medan.id])).await;
    assert_eq!(
        said(&house, 1, 100, "/status").await,
        "❔ Bandung &lt;b&gt;&amp;: nothing is known"
    );
    assert!(
        said(&house, 2, 100, "/history")
            .await
            .starts_with("There was no outage")
    );

    cut(&house, &bandung).await;
    house.settle().await;
    let dark = "⚡\u{fe0f} <b>Bandung &lt;b&gt;&amp;</b>: out since Saturday, 21 November 2026, 11:00 CET";
    assert_eq!(said(&house, 3, 100, "/status").await, dark);
    let all = said(&house, 4, 200, "/status").await;
    assert!(
        all.starts_with("⚡\u{fe0f} <b>Bandung") && all.contains("padam sejak Sabtu"),
        "{all}"
    );
    assert!(
        said(&house, 5, 300, "/status")
            .await
            .contains("Medan: belum ada kabar")
    );
    let history = said(&house, 6, 100, "/history").await;
    assert!(
        history.ends_with("Saturday, 21 November 2026, 11:00 CET, not over yet"),
        "{history}"
    );

    house.world.pass_seconds(3599);
    mend(&house, &bandung).await;
    house.settle().await;
    assert!(said(&house, 7, 100, "/status").await.contains("on since"));
    assert!(
        said(&house, 8, 100, "/history")
            .await
            .ends_with("11:00 CET, for 1 hour")
    );
    assert!(
        said(&house, 9, 200, "/status")
            .await
            .contains("Tidak ada wilayah")
    );
}

#[tokio::test]
async fn strangers_are_told_how_to_begin_and_groups_are_left_in_peace() {
    let house = House::new().await;
    for text in ["/start", "/status", "/history", "/homes", "/stop", "/lang id"] {
        let answer = said(&house, 1, 555, text).await;
        assert!(
            answer.starts_with("👋") && answer.contains("555"),
            "{text}: {answer}"
        );
    }
    assert!(known(&house, 555).await.is_none(), "nothing is kept of them");
    assert!(said(&house, 2, 555, "/help").await.starts_with("/status"));
    for text in ["Hello", "", "/status@another_bot"] {
        assert!(say(&house, 3, -555, text).await.is_none(), "{text:?}");
    }
}

#[tokio::test]
async fn a_list_of_long_names_fits_a_message() {
    let house = House::new().await;
    let mut regions = Vec::new();
    for number in 0..40 {
        let name = format!("{number:02} {}", "👨\u{200d}👩\u{200d}👧\u{200d}👦".repeat(20));
        regions.push(house.region(&name).await.id);
    }
    added(&house, 100, Some(regions)).await;
    let status = said(&house, 1, 100, "/status").await;
    assert!(status.encode_utf16().count() <= 4096);
    assert!(status.contains("lainnya"), "{status}");
}
