//! Logins: tokens that rotate, families that are revoked, and an end to all of it.

use jiff::SignedDuration;
use kabar_app::Failure;
use kabar_domain::ids::{SessionId, UserId};
use kabar_store::people::Session;
use kabar_testkit::{House, PASSWORD};

use crate::{
    common::{ANNA, SARI},
    sign_up::sign_up,
};

async fn house_of_anna() -> House {
    let house = House::new().await;
    sign_up(&house, ANNA.profile()).await.unwrap();
    house
}

#[tokio::test]
async fn one_logs_in_with_a_name_or_an_address_in_any_case() {
    let house = house_of_anna().await;
    for name in ["anna", "ANNA", "anna@example.com", "Anna@EXAMPLE.com"] {
        house.app.log_in(name, PASSWORD, None).await.unwrap();
    }
    for (name, password) in [
        ("anna", "wrong horse"),
        ("anna", ""),
        ("nobody", PASSWORD),
        ("", PASSWORD),
    ] {
        let refused = house.app.log_in(name, password, None).await;
        assert!(
            matches!(refused, Err(Failure::WrongCredentials)),
            "{name:?}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn an_access_token_says_who_until_it_expires() {
    let house = house_of_anna().await;
    let tokens = house.app.log_in("anna", PASSWORD, None).await.unwrap();
    let caller = house.app.authenticate(&tokens.access).await.unwrap();
    assert_eq!(house.app.me(&caller).await.unwrap().profile, ANNA.profile());
    house.world.pass(SignedDuration::from_hours(3));
    assert!(matches!(
        house.app.authenticate(&tokens.access).await,
        Err(Failure::NotLoggedIn)
    ));
    house.app.refresh(&tokens.refresh).await.unwrap();
}

#[tokio::test]
async fn a_session_that_nobody_refreshes_ends_after_a_day() {
    let house = house_of_anna().await;
    let tokens = house.app.log_in("anna", PASSWORD, None).await.unwrap();
    house.world.pass(SignedDuration::from_hours(23));
    let newer = house.app.refresh(&tokens.refresh).await.unwrap();
    house.world.pass(SignedDuration::from_hours(24));
    assert!(matches!(
        house.app.refresh(&newer.refresh).await,
        Err(Failure::NotLoggedIn)
    ));
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_its_family_and_no_other() {
    let house = house_of_anna().await;
    let other = house.app.log_in("anna", PASSWORD, None).await.unwrap();
    let first = house.app.log_in("anna", PASSWORD, None).await.unwrap();
    let second = house.app.refresh(&first.refresh).await.unwrap();
    house.app.authenticate(&second.access).await.unwrap();

    assert!(
        matches!(house.app.refresh(&first.refresh).await, Err(Failure::NotLoggedIn)),
        "an old one"
    );
    assert!(
        matches!(
            house.app.refresh(&second.refresh).await,
            Err(Failure::NotLoggedIn)
        ),
        "its family"
    );
    for access in [&first.access, &second.access] {
        assert!(matches!(
            house.app.authenticate(access).await,
            Err(Failure::NotLoggedIn)
        ));
    }
    house.app.authenticate(&other.access).await.unwrap();
    house.app.refresh(&other.refresh).await.unwrap();
}

#[tokio::test]
async fn the_oldest_token_of_a_family_ends_it_as_well() {
    let house = house_of_anna().await;
    let first = house.app.log_in("anna", PASSWORD, None).await.unwrap();
    let mut newest = first.clone();
    for _ in 0..5 {
        house.world.pass_seconds(3600);
        newest = house.app.refresh(&newest.refresh).await.unwrap();
    }
    house.app.authenticate(&newest.access).await.unwrap();
    assert!(matches!(
        house.app.refresh(&first.refresh).await,
        Err(Failure::NotLoggedIn)
    ));
    assert!(house.app.authenticate(&newest.access).await.is_err());
    assert!(house.app.refresh(&newest.refresh).await.is_err());
}

#[tokio::test]
async fn a_rotation_that_was_done_and_is_asked_for_again_is_no_second_use() {
    let house = house_of_anna().await;
    house.app.log_in("anna", PASSWORD, None).await.unwrap();
    let name = kabar_domain::people::Username::parse("anna").unwrap();
    let people = &house.app.people;
    let id = people.user_named(&name).await.unwrap().unwrap();
    let sessions = people.account(id).await.unwrap().unwrap().sessions;
    let (session, before) = sessions.iter().next().unwrap();
    let session = SessionId::parse(session).unwrap();
    let after = Session {
        secret_hash: "new".to_owned(),
        ..before.clone()
    };
    let other = Session {
        secret_hash: "other".to_owned(),
        ..before.clone()
    };
    let rotate = async |to: &Session| {
        people
            .rotate_session(id, session, &before.secret_hash, to)
            .await
            .unwrap()
    };
    assert!(rotate(&after).await);
    assert!(rotate(&after).await, "the same request again");
    assert!(!rotate(&other).await, "another one with the old token");
}

#[tokio::test]
async fn of_two_refreshes_at_once_at_most_one_gets_a_pair() {
    let house = house_of_anna().await;
    let tokens = house.app.log_in("anna", PASSWORD, None).await.unwrap();
    let (one, other) = tokio::join!(
        house.app.refresh(&tokens.refresh),
        house.app.refresh(&tokens.refresh)
    );
    assert!(!(one.is_ok() && other.is_ok()));
}

#[tokio::test]
async fn logging_out_ends_one_session_or_all() {
    let house = house_of_anna().await;
    let mut sessions = Vec::new();
    for _ in 0..3 {
        sessions.push(house.app.log_in("anna", PASSWORD, None).await.unwrap());
    }
    let caller = house.app.authenticate(&sessions[0].access).await.unwrap();
    house
        .app
        .log_out(&caller, Some(&sessions[1].refresh))
        .await
        .unwrap();
    assert!(house.app.authenticate(&sessions[1].access).await.is_err());
    assert!(house.app.authenticate(&sessions[2].access).await.is_ok());
    house
        .app
        .log_out(&caller, Some(&sessions[1].refresh))
        .await
        .unwrap();

    house.app.log_out(&caller, None).await.unwrap();
    for session in &sessions {
        assert!(house.app.authenticate(&session.access).await.is_err());
        assert!(house.app.refresh(&session.refresh).await.is_err());
    }
    house.app.log_in("anna", PASSWORD, None).await.unwrap();
}

#[tokio::test]
async fn nobody_can_log_out_somebody_else() {
    let house = house_of_anna().await;
    sign_up(&house, SARI.profile()).await.unwrap();
    let anna = house.app.log_in("anna", PASSWORD, None).await.unwrap();
    let sari = house.app.log_in("sari", PASSWORD, None).await.unwrap();
    let caller = house.app.authenticate(&anna.access).await.unwrap();
    for token in [sari.refresh.as_str(), "", "nonsense", anna.access.as_str()] {
        let refused = house.app.log_out(&caller, Some(token)).await;
        assert!(
            matches!(refused, Err(Failure::Invalid(_))),
            "{token:?}: {refused:?}"
        );
    }
    house.app.authenticate(&sari.access).await.unwrap();
}

#[tokio::test]
async fn beyond_ten_logins_the_one_that_would_end_first_makes_room() {
    let house = house_of_anna().await;
    let mut sessions = Vec::new();
    for _ in 0..11 {
        house.world.pass_seconds(1);
        sessions.push(house.app.log_in("anna", PASSWORD, None).await.unwrap());
    }
    assert!(house.app.authenticate(&sessions[0].access).await.is_err());
    for session in &sessions[1..] {
        assert!(house.app.authenticate(&session.access).await.is_ok());
    }
    // Sessions that have run out make room as well.
    house.world.pass(SignedDuration::from_hours(25));
    house.app.log_in("anna", PASSWORD, None).await.unwrap();
    let caller = kabar_domain::people::Username::parse("anna").unwrap();
    let id: UserId = house.app.people.user_named(&caller).await.unwrap().unwrap();
    assert_eq!(
        house
            .app
            .people
            .account(id)
            .await
            .unwrap()
            .unwrap()
            .sessions
            .len(),
        1
    );
}
