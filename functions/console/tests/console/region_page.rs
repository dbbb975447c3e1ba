use axum::http::header;
use kabar_app::{
    Expected,
    power::{NewHome, NewPlan},
};
use kabar_domain::{
    Language, World,
    ids::SessionId,
    people::Caller,
    power::{Cut, Foreseen, Word},
};
use kabar_testkit::{House, JAKARTA, Person};

use crate::{
    browser::Browser,
    common::{cut, open, says},
};

#[tokio::test]
async fn a_region_that_is_out_says_so_since_when_and_what_was() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    says(&house, &region, Word::On).await;
    house.world.pass_seconds(3600);
    cut(&house, &region, 130).await;
    house.world.pass_seconds(600);
    says(&house, &region, Word::Off).await;
    house.world.pass_seconds(300);

    let page = open(&house, &format!("/status/{}", region.id)).await;
    assert_eq!(page.status, 200);
    page.has(&[
        "<title>Bandung: The power is out · Kabar</title>",
        "<h1>Bandung</h1>",
        "The power is out",
        "since <time datetime=\"2026-11-21T13:20:00Z\">Saturday, 21 November 2026, 20:20 WIB</time> (5 minutes)",
        "aria-current=\"page\">30 days",
        "Outages</dt><dd>2</dd>",
        "Without power</dt><dd>2 hours 15 minutes</dd>",
        "Longest outage</dt><dd>2 hours 10 minutes</dd>",
        "Latest outages",
        "<strong>Still out</strong>, 5 minutes",
        "18:00 WIB</time>",
        "20:10 WIB</time>, lasted 2 hours 10 minutes",
        "Planned cuts of this region are not known.",
        &format!("https://t.me/kabar_test_bot?start={}", region.id),
    ]);
    assert!(
        !page.text.contains("SAIDI"),
        "a region of no homes has no figures of homes"
    );
    assert!(!page.text.contains("<script"), "it runs nothing");
}

#[tokio::test]
async fn a_page_lets_a_browser_load_nothing_from_elsewhere_and_is_kept_for_a_moment() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let page = open(&house, &format!("/status/{}/", region.id)).await;
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert_eq!(page.header(header::CACHE_CONTROL), "public, max-age=30");
    assert_eq!(page.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    for place in ["src=\"http", "href=\"//", "url("] {
        assert!(!page.text.contains(place), "{place}");
    }
}

#[tokio::test]
async fn every_period_is_shown_and_another_one_is_the_usual() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    for (asked, shown, bars) in [
        ("24h", "24 hours", 24),
        ("7d", "7 days", 7),
        ("30d", "30 days", 30),
        ("1y", "A year", 12),
        ("2y", "30 days", 30),
        ("%3Cscript%3E", "30 days", 30),
    ] {
        let page = open(&house, &format!("/status/{}?period={asked}", region.id)).await;
        page.has(&[&format!("aria-current=\"page\">{shown}")]);
        assert_eq!(page.text.matches("class=\"track\"").count(), bars, "{asked}");
        assert_eq!(
            page.text.matches("<th scope=\"row\">").count(),
            bars,
            "the same as a table"
        );
    }
}

#[tokio::test]
async fn of_many_planned_cuts_the_first_are_shown_and_that_there_are_more() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let cut = |number: i64| {
        let start = house.world.now() + jiff::SignedDuration::from_hours(number);
        Foreseen {
            uid: number.to_string(),
            time: Cut {
                start,
                end: start + jiff::SignedDuration::from_mins(30),
            },
            reason: format!("Reason {number}."),
            is_cancelled: false,
        }
    };
    let plan = |count: i64| NewPlan {
        cuts: (1..=count).map(cut).collect(),
        valid_until: None,
        is_whole: true,
    };
    let path = format!("/status/{}", region.id);
    house
        .app
        .take_plan(region.id, Expected::Any, plan(20))
        .await
        .unwrap();
    open(&house, &path)
        .await
        .has(&["Reason 1.", "Reason 20.", "These are all that are planned until"]);
    house
        .app
        .take_plan(region.id, Expected::Any, plan(21))
        .await
        .unwrap();
    let page = open(&house, &path).await;
    page.has(&["Reason 1.", "Reason 20.", "More are planned later on."]);
    assert!(!page.text.contains("Reason 21."));
}

#[tokio::test]
async fn figures_of_fewer_than_five_homes_are_not_published() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let owner = house
        .user(Person {
            name: "Sari",
            language: Language::Id,
            zone: JAKARTA,
        })
        .await;
    let owner = Caller {
        user: owner.id,
        session: SessionId::new(&*house.world),
        roles: Vec::new(),
    };
    let path = format!("/status/{}", region.id);
    for homes in 1..=5 {
        let new = NewHome {
            name: format!("Rumah {homes}"),
            region: region.id,
            zone: None,
        };
        house.app.add_home(&owner, new).await.unwrap();
        let page = open(&house, &path).await;
        assert_eq!(page.text.contains("Time with power"), homes == 5, "{homes}");
        assert_eq!(page.text.contains("class=\"chart\""), homes == 5, "{homes}");
    }
}

#[tokio::test]
async fn what_few_homes_noticed_is_not_published_and_what_the_operator_declared_is() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    let region = house.region("Bandung").await;
    let id = region.id.to_string();
    let fields = [("name", "Rumah"), ("region", id.as_str())];
    let home = visitor.made("/homes", &fields).await;
    for status in ["on", "off", "on"] {
        visitor
            .post(&format!("{home}/do/say"), &[("status", status)])
            .await;
        house.check().await;
        house.drain().await;
        house.world.pass_seconds(600);
    }
    let (path, feed) = (format!("/status/{id}"), format!("/status/{id}/feed.xml"));
    let page = open(&house, &path).await;
    page.has(&[
        "only outages are listed that its operator declared",
        "There were none.",
    ]);
    assert!(!open(&house, &feed).await.text.contains("<item>"));
    cut(&house, &region, 130).await;
    open(&house, &path)
        .await
        .has(&["declared", "lasted 2 hours 10 minutes"]);
    assert_eq!(open(&house, &feed).await.text.matches("<item>").count(), 2);
    for _ in 0..4 {
        visitor.made("/homes", &fields).await;
    }
    let page = open(&house, &path).await;
    page.has(&["lasted 2 hours 10 minutes", "lasted 10 minutes"]);
    assert!(!page.text.contains("declared"), "five homes are many");
    assert_eq!(open(&house, &feed).await.text.matches("<item>").count(), 4);
}

#[tokio::test]
async fn a_hostile_name_is_only_a_name() {
    let house = House::new().await;
    let region = house.region("<script>alert(1)</script>\"'&").await;
    for path in ["", "/feed.xml", "/badge.svg"] {
        let page = open(&house, &format!("/status/{}{path}", region.id)).await;
        assert_eq!(page.status, 200);
        assert!(!page.text.contains("<script>"), "{path}");
    }
    let all = open(&house, "/status/").await;
    assert!(all.text.contains("&#60;script&#62;") && !all.text.contains("<script>"));
}
