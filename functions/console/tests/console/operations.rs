//! What does not go on by itself: dead letters of a queue, and the brake.

use kabar_domain::{
    World,
    news::{Brake, BrakeReason, Reputation},
    power::Word,
};
use kabar_testkit::{House, JAKARTA, Person};

use crate::browser::Browser;

/// A page of the urgent lane that nobody could send; gives the id of its letter.
async fn buried(house: &House) -> String {
    let region = house.region("Bandung").await;
    let sari = Person {
        name: "sari",
        language: kabar_domain::Language::Id,
        zone: JAKARTA,
    };
    house.follower(region.id, sari).await;
    house.say(region.id, Word::Off).await;
    house.check().await;
    let plan = house.queues.take().unwrap();
    house.deliver(&plan).await;
    let page = house.queues.take().unwrap();
    house.queues.bury(&page)
}

#[tokio::test]
async fn letters_are_looked_at_chosen_and_done_again() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    let id = buried(&house).await;
    visitor
        .open("/dead-letters")
        .await
        .has(&["href=\"/brake\"", "href=\"/dead-letters/urgent\""]);
    visitor.open("/dead-letters/urgent").await.has(&[
        "action=\"/dead-letters/urgent/letters/many\"",
        &format!("name=\"id\" value=\"{id}\""),
        "send a page",
        "It was taken again and again, and not done.",
        "to be done",
        "Have them done again",
        "Give them up",
    ]);
    let many = "/dead-letters/urgent/letters/many";
    let asked = visitor.post(many, &[("action", "redrive"), ("id", &id)]).await;
    asked.has(&["1 selected", "not done twice", "name=\"sure\"", &id]);
    let fields = [
        ("action", "redrive"),
        ("id", &id),
        ("id", "another"),
        ("sure", "1"),
    ];
    let done = visitor.post(many, &fields).await;
    done.has(&[
        "Done for 1.",
        "Still here, about</dt><dd>0",
        "Not done for 1",
        "another: It is gone",
    ]);
    house.drain().await;
    assert_eq!(house.ses.mails().len(), 1);
    visitor
        .open("/dead-letters/urgent")
        .await
        .has(&["This queue has no dead letters."]);
}

#[tokio::test]
async fn all_letters_of_a_queue_are_done_again_and_it_says_how_many_went_and_are_left() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    buried(&house).await;
    let done = visitor.post("/dead-letters/urgent/do/redrive", &[]).await;
    assert_eq!(done.status, 200, "{}", done.text);
    done.has(&[
        "<dt>Went back</dt><dd>1</dd>",
        "<dt>Still here, about</dt><dd>0</dd>",
        "href=\"/dead-letters/urgent\"",
    ]);
    assert!(!done.text.contains("This is shown once"));
    let fields = [
        ("action", "redrive"),
        ("id", "urgent"),
        ("id", "bulk"),
        ("sure", "1"),
    ];
    let again = visitor.post("/dead-letters/many", &fields).await;
    again.has(&[
        "Done for 2.",
        "<h2>bulk</h2>",
        "<dt>Went back</dt><dd>0</dd>",
        "<h2>urgent</h2>",
        "<dt>Still here, about</dt><dd>0</dd>",
    ]);
    house.drain().await;
    assert_eq!(house.ses.mails().len(), 1);
}

#[tokio::test]
async fn letters_are_given_up_and_runs_of_schedules_only_that() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    let id = house.queues.park_run("{}", &[]);
    let page = visitor.open("/dead-letters/schedule").await;
    page.has(&["unknown</span>", "Give them up"]);
    assert!(!page.text.contains("value=\"redrive\"") && !page.text.contains("/do/redrive"));
    let many = "/dead-letters/schedule/letters/many";
    let fields = [("action", "redrive"), ("id", id.as_str()), ("sure", "1")];
    assert_eq!(visitor.post(many, &fields).await.status, 409);
    let fields = [("action", "drop"), ("id", id.as_str())];
    visitor
        .post(many, &fields)
        .await
        .has(&["This cannot be undone.", "class=\"grave\""]);
    let fields = [("action", "drop"), ("id", id.as_str()), ("sure", "1")];
    visitor.post(many, &fields).await.has(&["Done for 1."]);
    visitor
        .open("/dead-letters/schedule")
        .await
        .has(&["This queue has no dead letters."]);
    assert_eq!(visitor.get("/dead-letters/telegraph").await.status, 404);
    let stranger = Browser::of(&house, "ulla", &[]).await;
    assert_eq!(stranger.get("/dead-letters/urgent").await.status, 403);
    assert_eq!(stranger.post(many, &fields).await.status, 403);
}

#[tokio::test]
async fn the_brake_says_why_it_is_on_and_is_let_go() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    let off = visitor.open("/brake").await;
    off.has(&["off: mailings go on", "<dt>Bounced</dt><dd>0</dd>"]);
    assert!(!off.text.contains("Let mailings go on"));
    let now = house.world.now();
    let back = Reputation {
        answered: 1_200,
        bounced: 90,
        complained: 1,
    };
    house.notices().count_answers(&back, now).await.unwrap();
    let brake = Brake {
        reason: BrakeReason::Bounces,
        since: now,
    };
    assert!(house.notices().set_brake(&brake).await.unwrap());
    visitor.open("/brake").await.has(&[
        "on: mailings stand still",
        "too many bounces",
        "<dd>1200</dd>",
        "<dt>Bounced</dt><dd>90 (7.50 %)</dd>",
        "<dt>Called spam</dt><dd>1 (0.08 %)</dd>",
        "Let mailings go on",
    ]);
    visitor
        .open("/")
        .await
        .has(&["Brake of mailings: on: mailings stand still"]);
    let stranger = Browser::of(&house, "ulla", &[]).await;
    assert_eq!(stranger.get("/brake").await.status, 403);
    assert_eq!(stranger.post("/brake", &[]).await.status, 403);
    assert_eq!(visitor.post("/brake", &[]).await.status, 303);
    visitor.open("/brake").await.has(&["off: mailings go on"]);
}
