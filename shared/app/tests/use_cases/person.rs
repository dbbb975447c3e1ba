//! A notice to one person: told once, as they are when it is sent, or not at all.

use jiff::SignedDuration;
use kabar_app::{
    events::{NewEvent, NewTicket},
    people::UserChange,
};
use kabar_domain::{
    Language, Zone,
    ids::NoticeId,
    news::{Audience, Status},
    people::{Role, User},
};
use kabar_testkit::{BERLIN, Fault, House, dies_after};

use crate::{
    change_user::{change, email, myself},
    common::{SARI, count},
    events_common::{new_event, new_ticket, organizer, register},
};

/// Longer than any claim.
const LEASE: SignedDuration = SignedDuration::from_secs(33);

/// Registers them for a concert; returns the notice of it.
async fn registered(house: &House, user: &User) -> NoticeId {
    let host = house.caller(&[Role::Admin]);
    let new = NewEvent {
        location: "Gedung Sate".to_owned(),
        start: "2026-12-05T12:00:00Z".parse().unwrap(),
        end: "2026-12-05T15:00:00Z".parse().unwrap(),
        organizer: Some(organizer(house, "Host").await.user),
        ..new_event(house, "Konser", 10)
    };
    let event = house.app.add_event(&host, new).await.unwrap();
    let new = NewTicket {
        name: "Festival".to_owned(),
        ..new_ticket(house, event.id, 10)
    };
    let ticket = house.app.add_ticket(&host, new).await.unwrap();
    register(&house.app, &myself(user), &ticket).await.unwrap();
    house.told().await.last().expect("a notice").notice.id
}

#[tokio::test]
async fn a_registration_is_told_once_whatever_runs_twice() {
    let house = House::new().await;
    let sari = house.user(SARI).await;
    let notice = registered(&house, &sari).await;
    tokio::join!(house.plan(notice), house.plan(notice), house.sweep());
    while let Some(message) = house.queues.take_any() {
        tokio::join!(house.deliver(&message), house.deliver(&message));
        house.deliver(&message).await;
    }
    house.settle().await;
    let mails = house.ses.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Anda terdaftar untuk Konser");
    for fact in [
        "Sabtu, 5 Desember 2026, pukul 19.00 WIB",
        "Gedung Sate",
        "Festival",
    ] {
        assert!(
            mails[0].text.contains(fact),
            "{fact} is missing in\n{}",
            mails[0].text
        );
    }
    house.assert_all_ended(notice).await;
    let told = house.app.notice(notice).await.unwrap();
    assert_eq!(told.notice.audience, Audience::Person(sari.id));
    assert_eq!((told.plan.pages, told.plan.people), (1, 1));
}

#[tokio::test]
async fn a_person_who_changed_since_planning_is_told_as_they_are_now() {
    let house = House::new().await;
    let sari = house.user(SARI).await;
    let notice = registered(&house, &sari).await;
    house.plan(notice).await;
    let new = UserChange {
        first_name: Some("Sarah".to_owned()),
        language: Some(Language::En),
        zone: Some(Zone::parse(BERLIN).unwrap()),
        ..email("sarah@example.com")
    };
    change(&house, &sari, &new).await.unwrap();
    house.settle().await;
    let mails = house.ses.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "sarah@example.com");
    for words in [
        "Hello Sarah,",
        "Starts: Saturday, 5 December 2026, 13:00 CET",
        "There: Saturday, 5 December 2026, 19:00 WIB",
    ] {
        assert!(
            mails[0].text.contains(words),
            "{words} is missing in\n{}",
            mails[0].text
        );
    }
}

#[tokio::test]
async fn a_notice_to_an_account_that_is_gone_is_complete_with_nobody() {
    let house = House::new().await;
    let sari = house.user(SARI).await;
    let notice = registered(&house, &sari).await;
    house.remove_account(&sari).await;
    tokio::join!(house.plan(notice), house.plan(notice));
    house.queues.lose_all();
    house.assert_all_ended(notice).await;
    assert_eq!(house.app.notice(notice).await.unwrap().plan.people, 0);
    assert!(!house.is_anything_due().await);
}

#[tokio::test]
async fn a_person_whose_account_goes_after_planning_is_not_told() {
    let house = House::new().await;
    let sari = house.user(SARI).await;
    let notice = registered(&house, &sari).await;
    house.plan(notice).await;
    house.remove_account(&sari).await;
    house.settle().await;
    house.assert_all_ended(notice).await;
    let message = house.messages(notice).await.remove(0);
    assert_eq!(message.outcome.status, Status::Cancelled);
    assert_eq!(message.outcome.error.as_deref(), Some("the account is gone"));
    assert_eq!(house.ses.calls(), 0);
}

#[tokio::test]
async fn a_registration_is_news_for_a_day() {
    let house = House::new().await;
    let sari = house.user(SARI).await;
    let notice = registered(&house, &sari).await;
    house.world.pass(SignedDuration::from_hours(24));
    house.settle().await;
    assert_eq!(count(&house, notice, Status::Expired).await, 1);
    assert_eq!(house.ses.calls(), 0);
}

#[tokio::test]
async fn a_planner_or_sender_that_dies_at_any_moment_misses_nobody() {
    for moments in (0..70).step_by(5) {
        let house = House::new().await;
        let sari = house.user(SARI).await;
        let notice = registered(&house, &sari).await;
        dies_after(moments, house.plan(notice)).await;
        house.queues.lose_all();
        house.world.pass_seconds(60);
        house.sweep().await;
        house.ses.fail(Fault::AcceptThenFail, house.world.below(2));
        dies_after(moments, house.send(notice.page(1))).await;
        house.queues.lose_all();
        house.world.pass(LEASE);
        house.settle().await;
        house.assert_all_ended(notice).await;
        assert_eq!(
            count(&house, notice, Status::Sent).await,
            1,
            "killed after {moments} polls"
        );
        let in_doubt = house.app.notice(notice).await.unwrap().tally.in_doubt as usize;
        assert!(in_doubt > 0 || house.ses.mails().len() == 1);
    }
}
