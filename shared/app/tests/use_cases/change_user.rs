//! Changing a user: what stays, what is unique, who may, and which sessions end.

use futures_util::future::join_all;
use kabar_app::{
    Expected, Failure, Result,
    people::{TokenPair, UserChange},
};
use kabar_domain::{
    Language, Zone,
    ids::{SessionId, UserId},
    people::{Caller, Email, GroupName, Password, Role, TryWindow, User, Username},
};
use kabar_store::people::{Session, Try, UserWrite};
use kabar_testkit::{BERLIN, House, PASSWORD};

use crate::{
    common::{ANNA, SARI},
    sign_up::{fields, sign_up},
};

pub(crate) fn myself(user: &User) -> Caller {
    Caller {
        user: user.id,
        session: SessionId::from_bytes([7; 16]),
        roles: Vec::new(),
    }
}

pub(crate) async fn change(house: &House, user: &User, change: &UserChange) -> Result<User> {
    house
        .app
        .change_user(&myself(user), user.id, Expected::Any, change)
        .await
}

fn username(raw: &str) -> UserChange {
    UserChange {
        username: Some(Username::parse(raw).unwrap()),
        ..UserChange::default()
    }
}

pub(crate) fn email(raw: &str) -> UserChange {
    UserChange {
        email: Some(Email::parse(raw).unwrap()),
        ..UserChange::default()
    }
}

fn password(raw: &str) -> UserChange {
    UserChange {
        password: Some(Password::parse(raw, None).unwrap()),
        ..UserChange::default()
    }
}

async fn user(house: &House, id: UserId) -> User {
    house.app.people.account(id).await.unwrap().unwrap().user
}

#[tokio::test]
async fn what_is_absent_stays_and_what_is_there_is_written() {
    let house = House::new().await;
    let before = house.user(ANNA).await;
    let everything = UserChange {
        first_name: Some("Anja".to_owned()),
        last_name: Some("Adler".to_owned()),
        zone: Some(Zone::parse("Asia/Tokyo").unwrap()),
        language: Some(Language::Id),
        ..email("anja@example.com")
    };
    let one = change(&house, &before, &username("anja")).await.unwrap();
    assert_eq!((one.profile.username.as_str(), one.version), ("anja", 2));
    assert_eq!(one.profile.email, before.profile.email);
    let all = change(&house, &before, &everything).await.unwrap();
    assert_eq!(all.profile.last_name, "Adler");
    assert_eq!(
        user(&house, before.id).await,
        all,
        "it answers with what is stored"
    );
    let again = change(&house, &before, &everything).await.unwrap();
    assert_eq!(again, all, "the same request again changes nothing");
}

#[tokio::test]
async fn a_new_name_and_address_are_claimed_and_the_old_ones_are_free() {
    let house = House::new().await;
    let anna = sign_up(&house, ANNA.profile()).await.unwrap();
    let both = UserChange {
        email: email("anja@example.com").email,
        ..username("anja")
    };
    change(&house, &anna, &both).await.unwrap();
    for name in ["anja", "anja@example.com"] {
        house.app.log_in(name, PASSWORD, None).await.unwrap();
    }
    for name in ["anna", "anna@example.com"] {
        assert!(house.app.log_in(name, PASSWORD, None).await.is_err(), "{name}");
    }
    sign_up(&house, ANNA.profile()).await.unwrap();
    let back = change(&house, &anna, &username("Anna")).await;
    assert_eq!(fields(back), ["username"]);

    let capital = change(&house, &anna, &username("ANJA")).await.unwrap();
    assert_eq!(capital.profile.username.as_str(), "ANJA");
    house.app.log_in("anja", PASSWORD, None).await.unwrap();
    let twin = sign_up(&house, capital.profile).await;
    assert_eq!(fields(twin), ["username", "email"]);
}

#[tokio::test]
async fn what_somebody_else_has_is_refused_whatever_its_case_and_nothing_is_changed() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    house.user(SARI).await;
    let wish = UserChange {
        email: email("Sari@Example.com").email,
        first_name: Some("Sari".to_owned()),
        ..username("SARI")
    };
    assert_eq!(fields(change(&house, &anna, &wish).await), ["username", "email"]);
    let half = UserChange {
        email: email("free@example.com").email,
        ..username("Sari")
    };
    assert_eq!(fields(change(&house, &anna, &half).await), ["username"]);
    assert_eq!(user(&house, anna.id).await, anna);
    sign_up(&house, {
        let mut other = ANNA.profile();
        other.username = Username::parse("free").unwrap();
        other.email = Email::parse("free@example.com").unwrap();
        other
    })
    .await
    .expect("what was half claimed is free");
}

#[tokio::test]
async fn of_many_who_want_a_name_at_once_one_gets_it() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let ids = house.crowd(region.id, 8).await;
    let wish = username("chosen");
    let results = join_all(ids.iter().map(async |&id| {
        let one = user(&house, id).await;
        change(&house, &one, &wish).await
    }))
    .await;
    let got: Vec<&User> = results.iter().filter_map(|one| one.as_ref().ok()).collect();
    assert_eq!(got.len(), 1, "{results:?}");
    let name = Username::parse("chosen").unwrap();
    let holder = house.app.people.user_named(&name).await.unwrap();
    assert_eq!(holder, Some(got[0].id));
}

#[tokio::test]
async fn only_they_themselves_and_superusers_may_and_others_are_refused_before_anybody_looks() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    let wish = username("anja");
    let _ = house.meter().take();
    for roles in [&[][..], &[Role::Admin], &[Role::Organizer]] {
        for id in [anna.id, UserId::new(&*house.world)] {
            let caller = house.caller(roles);
            let refused = house.app.change_user(&caller, id, Expected::Any, &wish).await;
            assert!(matches!(refused, Err(Failure::NotAllowed)), "{refused:?}");
        }
    }
    assert_eq!(house.meter().take_total().requests, 0);
    let root = house.caller(&[Role::Superuser]);
    let change = async |id| house.app.change_user(&root, id, Expected::Any, &wish).await;
    assert!(change(anna.id).await.is_ok());
    let nobody = change(UserId::new(&*house.world)).await;
    assert!(matches!(nobody, Err(Failure::NotFound)), "{nobody:?}");
}

async fn logins(house: &House, count: usize) -> Vec<TokenPair> {
    let mut all = Vec::new();
    for _ in 0..count {
        all.push(house.app.log_in("anna", PASSWORD, None).await.unwrap());
    }
    all
}

#[tokio::test]
async fn a_new_password_ends_all_sessions_but_the_one_in_which_they_give_it_to_themselves() {
    let house = House::new().await;
    let anna = sign_up(&house, ANNA.profile()).await.unwrap();
    let sessions = logins(&house, 3).await;
    let caller = house.app.authenticate(&sessions[1].access).await.unwrap();
    let app = &house.app;
    app.change_user(&caller, anna.id, Expected::Any, &password("another horse"))
        .await
        .unwrap();
    for (n, session) in sessions.iter().enumerate() {
        assert_eq!(app.authenticate(&session.access).await.is_ok(), n == 1, "{n}");
        assert_eq!(app.refresh(&session.refresh).await.is_ok(), n == 1, "{n}");
    }
    assert!(app.log_in("anna", PASSWORD, None).await.is_err());
    let fresh = app.log_in("anna", "another horse", None).await.unwrap();

    let root = house.caller(&[Role::Superuser]);
    app.change_user(&root, anna.id, Expected::Any, &password(PASSWORD))
        .await
        .unwrap();
    assert!(app.authenticate(&fresh.access).await.is_err());
    assert!(app.authenticate(&sessions[1].access).await.is_err());
}

#[tokio::test]
async fn a_password_may_not_be_the_username_that_will_hold() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    change(&house, &anna, &username("anna-maria")).await.unwrap();
    assert_eq!(
        fields(change(&house, &anna, &password("Anna-Maria")).await),
        ["password"]
    );
    let both = UserChange {
        password: password("anna-maria").password,
        ..username("annika")
    };
    change(&house, &anna, &both).await.unwrap();
    let other_way = UserChange {
        password: password("anna-maria").password,
        ..username("anna-maria")
    };
    assert_eq!(fields(change(&house, &anna, &other_way).await), ["password"]);
}

#[tokio::test]
async fn a_login_with_the_old_password_that_comes_second_opens_nothing() {
    let house = House::new().await;
    let anna = sign_up(&house, ANNA.profile()).await.unwrap();
    let people = &house.app.people;
    let read = people.account(anna.id).await.unwrap().unwrap();
    change(&house, &anna, &password("another horse")).await.unwrap();
    let session = Session {
        secret_hash: "x".to_owned(),
        expires_at: i64::MAX,
    };
    let login = Try {
        against: vec!["x".to_owned()],
        window: TryWindow::at(anna.date_joined),
    };
    let id = SessionId::new(&*house.world);
    assert!(
        !people
            .open_session(&read, id, &session, &[], &login)
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn a_version_that_is_not_the_one_is_refused_and_sessions_and_followings_make_none() {
    let house = House::new().await;
    let anna = sign_up(&house, ANNA.profile()).await.unwrap();
    let region = house.region("Bandung").await;
    let app = &house.app;
    let version = async || user(&house, anna.id).await.version;
    let pair = app.log_in("anna", PASSWORD, None).await.unwrap();
    app.refresh(&pair.refresh).await.unwrap();
    house.follows(region.id, &anna).await;
    assert_eq!(version().await, 1);
    let group = app
        .add_group(&GroupName::parse("planners").unwrap())
        .await
        .unwrap();
    app.assign_role(anna.id, group.id).await.unwrap();
    assert_eq!(version().await, 2);

    let wish = username("anja");
    for stale in [Expected::Version(1), Expected::Never] {
        let refused = app.change_user(&myself(&anna), anna.id, stale, &wish).await;
        assert!(matches!(refused, Err(Failure::Changed)), "{refused:?}");
    }
    let done = app
        .change_user(&myself(&anna), anna.id, Expected::Version(2), &wish)
        .await
        .unwrap();
    assert_eq!(
        done.groups,
        [(group.id, "planners".to_owned())],
        "which it did not read"
    );
}

#[tokio::test]
async fn what_changes_between_reading_and_writing_is_not_lost() {
    let house = House::new().await;
    let anna = sign_up(&house, ANNA.profile()).await.unwrap();
    let app = &house.app;
    let group = app.add_group(&GroupName::parse("admin").unwrap()).await.unwrap();
    let read = app.people.account(anna.id).await.unwrap().unwrap();
    app.assign_role(anna.id, group.id).await.unwrap();
    let stale = app
        .people
        .change_user(&read, &SARI.profile(), None, &app.grid)
        .await;
    assert_eq!(stale.unwrap(), UserWrite::Stale);

    let names: Vec<UserChange> = (0..4).map(|n| username(&format!("anna{n}"))).collect();
    let changes = names.iter().map(async |name| change(&house, &anna, name).await);
    let others = async {
        app.take_role(anna.id, group.id).await.unwrap();
        app.log_in("anna@example.com", PASSWORD, None).await.unwrap()
    };
    let (changed, pair) = tokio::join!(join_all(changes), others);
    let now = user(&house, anna.id).await;
    let written = u64::try_from(changed.iter().filter(|one| one.is_ok()).count()).unwrap();
    assert_eq!(now.version, 3 + written, "each write is one version");
    assert!(now.groups.is_empty());
    house.app.authenticate(&pair.access).await.unwrap();
    let held = join_all(names.iter().map(async |name| {
        let name = name.username.as_ref().unwrap();
        app.people.user_named(name).await.unwrap()
    }))
    .await;
    assert_eq!(
        held.iter().flatten().count(),
        1,
        "of all names one is claimed in the end"
    );
    assert_eq!(
        app.people.user_named(&now.profile.username).await.unwrap(),
        Some(anna.id)
    );
    assert_eq!(now.profile.zone, Zone::parse(BERLIN).unwrap());
}
