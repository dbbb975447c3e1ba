//! Lists that go both ways.

use kabar_domain::power::Word;
use kabar_testkit::House;

use crate::browser::Browser;

async fn event(visitor: &Browser, name: &str, day: u8) {
    let (start, end) = (format!("2026-12-0{day}T19:00"), format!("2026-12-0{day}T22:00"));
    let fields = [
        ("name", name),
        ("location", "Gedung Merdeka"),
        ("category", "music"),
        ("start_time", start.as_str()),
        ("end_time", end.as_str()),
        ("quota", "3"),
        ("time_zone", "Asia/Jakarta"),
    ];
    visitor.made("/events", &fields).await;
}

#[tokio::test]
async fn events_go_by_their_start_both_ways_and_filters_stay() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    for (name, day) in [("Jazz three", 3), ("Jazz one", 1), ("Jazz two", 2)] {
        house.world.pass_seconds(1);
        event(&visitor, name, day).await;
    }
    visitor.open("/events").await.has(&[
        "aria-sort=\"none\"><a class=\"sorted\" href=\"/events?order=earliest\">Start",
        ">Jazz two</a>",
        ">Jazz one</a>",
        ">Jazz three</a>",
    ]);
    visitor.open("/events?q=jazz&order=earliest").await.has(&[
        "/events/csv?q=jazz&#38;order=earliest",
        "<input type=\"hidden\" name=\"order\" value=\"earliest\">",
        "aria-sort=\"ascending\"><a class=\"sorted\" href=\"/events?q=jazz&#38;order=latest\">Start",
        ">Jazz one</a>",
        ">Jazz two</a>",
        ">Jazz three</a>",
    ]);
    visitor.open("/events?order=latest").await.has(&[
        "aria-sort=\"descending\"><a class=\"sorted\" href=\"/events?order=earliest\">Start",
        ">Jazz three</a>",
        ">Jazz two</a>",
        ">Jazz one</a>",
    ]);
    let file = visitor.open("/events/csv?order=earliest").await;
    file.has(&["Name,Start", "Jazz one", "Jazz two", "Jazz three"]);
    let usual = visitor.open("/events?order=sideways").await;
    usual.has(&[
        "aria-sort=\"none\"",
        ">Jazz two</a>",
        ">Jazz one</a>",
        ">Jazz three</a>",
    ]);
    assert!(
        !usual.text.contains("href=\"/events?order=sideways"),
        "what is no order is none"
    );
}

#[tokio::test]
async fn a_list_says_which_way_it_goes_and_goes_on_in_it() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    let bandung = house.region("Bandung").await;
    for word in [Word::Off, Word::On].into_iter().cycle().take(2 * 51) {
        house.world.pass_seconds(60);
        house.say(bandung.id, word).await;
        house.check().await;
    }
    house.queues.lose_all();
    visitor.open("/outages").await.has(&[
        "aria-sort=\"descending\"><a class=\"sorted\" href=\"/outages?order=oldest\">Start",
        "rel=\"next\"",
    ]);
    let oldest = visitor.open("/outages?order=oldest").await;
    oldest.has(&[
        "aria-sort=\"ascending\"",
        "21 Nov 2026, 17:01</time>",
        "21 Nov 2026, 17:03</time>",
    ]);
    let (_, rest) = oldest.text.split_once("rel=\"next\" href=\"").unwrap();
    let next = rest.split('"').next().unwrap().replace("&#38;", "&");
    visitor.open(&next).await.has(&[
        "aria-sort=\"ascending\"",
        "18:41</time>",
        "href=\"/outages?order=oldest\">First page",
    ]);
    visitor
        .open("/notices?order=oldest")
        .await
        .has(&["aria-sort=\"ascending\"><a class=\"sorted\" href=\"/notices?order=newest\">Created"]);
}
