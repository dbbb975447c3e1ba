//! New passwords for those who forgot theirs: for the owner of the address, once, within the hour, and for nobody else.

use jiff::SignedDuration;
use kabar_app::{
    App, Failure,
    people::{UserChange, make_superuser},
    replay::Replay,
};
use kabar_domain::{
    World,
    news::Status,
    people::{Email, Password, User, Username},
};
use kabar_testkit::{Fault, House, PASSWORD, dies_after, polls};

use crate::{
    change_user::{change, email},
    common::{ANNA, count},
    sign_up::sign_up,
};

const ANNAS: &str = "anna@example.com";
const NEW: &str = "another horse";

async fn house_of_anna() -> (House, User) {
    let house = House::new().await;
    let anna = sign_up(&house, ANNA.profile()).await.unwrap();
    (house, anna)
}

async fn forget(app: &App, address: &str) {
    app.forgot_password(&Email::parse(address).unwrap())
        .await
        .unwrap();
}

/// Asks for a code and waits for it to arrive.
async fn code(house: &House) -> String {
    forget(&house.app, ANNAS).await;
    house.drain().await;
    house.code_for(ANNAS).unwrap()
}

async fn bad_fields(house: &House, token: &str, password: &str) -> Vec<&'static str> {
    match house.app.reset_password(token, password).await {
        Err(Failure::Invalid(errors)) => errors.iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_code_gives_a_new_password_once_and_ends_every_session_and_code() {
    let (house, anna) = house_of_anna().await;
    let session = house.app.log_in("anna", PASSWORD, None).await.unwrap();
    let (first, second) = (code(&house).await, code(&house).await);
    assert_ne!(first, second);
    house
        .app
        .reset_password(&format!(" {first}\n"), NEW)
        .await
        .unwrap();

    assert!(house.app.authenticate(&session.access).await.is_err());
    assert!(house.app.refresh(&session.refresh).await.is_err());
    assert!(
        house.app.log_in("anna", PASSWORD, None).await.is_err(),
        "the old password"
    );
    house.app.log_in("anna", NEW, None).await.unwrap();
    for used in [first, second] {
        assert_eq!(bad_fields(&house, &used, "a third horse").await, ["token"]);
    }
    house.app.log_in("anna", NEW, None).await.unwrap();
    let account = house.app.people.account(anna.id).await.unwrap().unwrap();
    assert!(account.resets.is_empty());
}

#[tokio::test]
async fn of_two_resets_at_once_with_one_code_one_is_done() {
    let (house, _) = house_of_anna().await;
    let code = code(&house).await;
    let (one, other) = tokio::join!(
        house.app.reset_password(&code, NEW),
        house.app.reset_password(&code, "a third horse")
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let password = if one.is_ok() { NEW } else { "a third horse" };
    house.app.log_in("anna", password, None).await.unwrap();
}

#[tokio::test]
async fn a_code_is_good_for_an_hour_from_when_it_was_asked_for() {
    let (house, _) = house_of_anna().await;
    forget(&house.app, ANNAS).await;
    house.world.pass(SignedDuration::from_mins(10));
    house.drain().await;
    let code = house.code_for(ANNAS).unwrap();
    house.world.pass(SignedDuration::from_mins(50));
    assert_eq!(bad_fields(&house, &code, NEW).await, ["token"]);
    house.world.pass(-SignedDuration::from_millis(1));
    house.app.reset_password(&code, NEW).await.unwrap();
}

#[tokio::test]
async fn a_request_that_nobody_came_to_within_the_hour_is_not_mailed() {
    let (house, anna) = house_of_anna().await;
    forget(&house.app, ANNAS).await;
    house.world.pass(SignedDuration::from_hours(1));
    house.settle().await;
    let notice = house.told().await.remove(0).notice.id;
    assert_eq!(count(&house, notice, Status::Expired).await, 1);
    assert_eq!(house.ses.calls(), 0);
    let account = house.app.people.account(anna.id).await.unwrap().unwrap();
    assert!(
        account.resets.is_empty(),
        "no code is drawn for a mail that does not go"
    );
}

#[tokio::test]
async fn all_that_is_wrong_is_named_and_nothing_is_changed() {
    let (house, _) = house_of_anna().await;
    let code = code(&house).await;
    let other_secret = format!("{}{}", &code[..63], if code.ends_with('A') { "B" } else { "A" });
    let _ = house.meter().take();
    for (token, password, bad) in [
        (code.as_str(), "short", vec!["password"]),
        (&code, "12345678", vec!["password"]),
        (&other_secret, NEW, vec!["token"]),
        (&other_secret, "short", vec!["token", "password"]),
        ("", NEW, vec!["token"]),
        ("nonsense", "short", vec!["token", "password"]),
        (&code[..62], NEW, vec!["token"]),
    ] {
        assert_eq!(bad_fields(&house, token, password).await, bad, "{password:?}");
    }
    assert!(house.meter().take_total().write < f64::EPSILON);
    house.app.log_in("anna", PASSWORD, None).await.unwrap();
    house.app.reset_password(&code, NEW).await.unwrap();
}

#[tokio::test]
async fn a_new_password_is_held_to_the_username_but_only_with_a_good_code() {
    let house = House::new().await;
    let mut profile = ANNA.profile();
    profile.username = Username::parse("anna.maria").unwrap();
    sign_up(&house, profile).await.unwrap();
    let code = code(&house).await;
    assert_eq!(bad_fields(&house, &code, "Anna.Maria").await, ["password"]);
    house.world.pass(SignedDuration::from_hours(1));
    assert_eq!(bad_fields(&house, &code, "Anna.Maria").await, ["token"]);
}

#[tokio::test]
async fn an_address_that_nobody_has_is_answered_with_the_same_requests() {
    let (house, _) = house_of_anna().await;
    let mut seen = Vec::new();
    for address in ["Anna@Example.com", "nobody@example.com"] {
        let _ = house.meter().take();
        let mut asked = Vec::new();
        // Beyond what is granted, too.
        for _ in 0..4 {
            forget(&house.app, address).await;
            let by_operation = house.meter().take().into_iter();
            let requests: Vec<_> = by_operation.map(|(name, used)| (name, used.requests)).collect();
            asked.push((requests, house.queues.waiting().len()));
        }
        house.drain().await;
        seen.push(asked);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(house.told().await.len(), 3, "all of them Anna's");
    assert_eq!(house.ses.mails_to("nobody@example.com"), 0);
    house.settle().await;
}

#[tokio::test]
async fn an_address_is_granted_three_codes_an_hour() {
    let (house, _) = house_of_anna().await;
    for _ in 0..5 {
        forget(&house.app, "ANNA@example.com").await;
        house.world.pass(SignedDuration::from_mins(14));
    }
    house.settle().await;
    // At 0, 14 and 28 minutes; the one at 42 is refused, and so is that at 56.
    assert_eq!(house.told().await.len(), 3);
    forget(&house.app, ANNAS).await;
    house.settle().await;
    assert_eq!(house.told().await.len(), 4, "an hour after the first");
}

#[tokio::test]
async fn of_many_requests_at_once_three_are_granted() {
    let (house, _) = house_of_anna().await;
    let ask = || forget(&house.app, ANNAS);
    tokio::join!(ask(), ask(), ask(), ask(), ask(), ask());
    house.settle().await;
    assert_eq!(house.told().await.len(), 3);
    assert_eq!(house.ses.mails_to(ANNAS), 3);
}

#[tokio::test]
async fn a_request_that_died_half_way_and_comes_again_is_one_request() {
    let (house, _) = house_of_anna().await;
    let now = house.world.now();
    let replay = |seed: &str| App {
        world: Replay::of(seed.to_owned(), now),
        ..house.app.clone()
    };
    let (moments, ()) = polls(forget(&replay("first"), ANNAS)).await;
    house.settle().await;
    assert_eq!(house.told().await.len(), 1);
    for moment in 0..=moments {
        let (house, _) = house_of_anna().await;
        let app = App {
            world: Replay::of("again".to_owned(), now),
            ..house.app.clone()
        };
        dies_after(moment, forget(&app, ANNAS)).await;
        let app = App {
            world: Replay::of("again".to_owned(), now),
            ..house.app.clone()
        };
        forget(&app, ANNAS).await;
        house.settle().await;
        assert_eq!(house.told().await.len(), 1, "killed after {moment} polls");
        assert_eq!(house.ses.mails_to(ANNAS), 1);
    }
}

#[tokio::test]
async fn a_queue_that_is_down_makes_the_mail_late_and_no_more() {
    let (house, _) = house_of_anna().await;
    house.queues.set_down(true);
    forget(&house.app, ANNAS).await;
    house.queues.set_down(false);
    house.world.pass_seconds(60);
    house.settle().await;
    assert!(house.code_for(ANNAS).is_some());
}

#[tokio::test]
async fn every_code_that_may_have_arrived_is_good_and_the_oldest_of_many_makes_room() {
    let (house, anna) = house_of_anna().await;
    // Each of these arrives, though its sender does not know.
    house.ses.fail(Fault::AcceptThenFail, 3);
    forget(&house.app, ANNAS).await;
    house.settle().await;
    let mails = house.ses.mails();
    let codes: Vec<&str> = mails.iter().map(|mail| mail.code().unwrap()).collect();
    assert_eq!(codes.len(), 4);
    let account = house.app.people.account(anna.id).await.unwrap().unwrap();
    assert_eq!(account.resets.len(), 3);
    assert_eq!(bad_fields(&house, codes[0], NEW).await, ["token"]);
    house.app.reset_password(codes[1], NEW).await.unwrap();
}

#[tokio::test]
async fn being_asked_to_slow_down_draws_one_code() {
    let (house, anna) = house_of_anna().await;
    tokio::time::pause();
    house.ses.fail(Fault::Throttle, 3);
    let code = code(&house).await;
    let account = house.app.people.account(anna.id).await.unwrap().unwrap();
    assert_eq!(account.resets.len(), 1);
    house.app.reset_password(&code, NEW).await.unwrap();
}

#[tokio::test]
async fn a_sender_that_dies_at_any_moment_leaves_codes_that_work() {
    for moments in (0..60).step_by(4) {
        let house = House::new().await;
        let anna = house.user(ANNA).await;
        forget(&house.app, ANNAS).await;
        let notice = house.told().await.remove(0).notice.id;
        house.plan(notice).await;
        dies_after(moments, house.send(notice.page(1))).await;
        house.queues.lose_all();
        house.world.pass_seconds(60);
        house.settle().await;
        house.assert_all_ended(notice).await;
        let account = house.app.people.account(anna.id).await.unwrap().unwrap();
        let arrived = house.ses.mails_to(ANNAS);
        assert!(
            (1..=2).contains(&arrived),
            "{arrived} mails when killed after {moments} polls"
        );
        assert!(
            (arrived..=2).contains(&account.resets.len()),
            "{:?}",
            account.resets
        );
        let code = house.ses.mails()[0].code().unwrap().to_owned();
        house.app.reset_password(&code, NEW).await.unwrap();
    }
}

#[tokio::test]
async fn an_account_that_goes_while_its_page_is_sent_gets_no_code() {
    let (house, anna) = house_of_anna().await;
    forget(&house.app, ANNAS).await;
    let notice = house.told().await.remove(0).notice.id;
    house.plan(notice).await;
    house.remove_account(&anna).await;
    house.settle().await;
    assert_eq!(count(&house, notice, Status::Cancelled).await, 1);
    assert_eq!(house.ses.calls(), 0);
}

#[tokio::test]
async fn the_code_is_in_the_mail_and_nowhere_else() {
    let (house, anna) = house_of_anna().await;
    let code = code(&house).await;
    let mail = &house.ses.mails()[0];
    assert!(mail.html.contains(&code) && !mail.subject.contains(&code));
    for table in ["people", "notices"] {
        let all = house.dump(table).await;
        assert!(all.contains(&anna.id.to_string()) || table == "notices");
        assert!(!all.contains(&code) && !all.contains(&code[24..]), "{table}");
    }
    assert!(
        !house.dump("notices").await.contains("example.com"),
        "no address either"
    );
}

#[tokio::test]
async fn a_password_that_an_operator_sets_voids_the_codes_that_were_mailed() {
    let (house, mut anna) = house_of_anna().await;
    house.remove_account(&anna).await;
    house.queues.lose_all();
    anna.is_superuser = true;
    house
        .app
        .people
        .add_user(&anna, "no password")
        .await
        .unwrap()
        .unwrap();
    let code = code(&house).await;
    let (name, password) = (anna.profile.username, Password::parse(PASSWORD, None).unwrap());
    let app = &house.app;
    make_superuser(
        &app.people,
        &app.passwords,
        &*app.world,
        name,
        anna.profile.email,
        &password,
    )
    .await
    .unwrap();
    assert_eq!(bad_fields(&house, &code, NEW).await, ["token"]);
}

#[tokio::test]
async fn a_new_password_or_address_voids_the_codes_that_were_mailed() {
    let password = UserChange {
        password: Some(Password::parse("a third horse", None).unwrap()),
        ..UserChange::default()
    };
    for new in [password, email("anja@example.com")] {
        let (house, anna) = house_of_anna().await;
        let code = code(&house).await;
        change(&house, &anna, &new).await.unwrap();
        assert_eq!(bad_fields(&house, &code, NEW).await, ["token"], "{new:?}");
    }
    let (house, anna) = house_of_anna().await;
    let code = code(&house).await;
    let name = UserChange {
        first_name: Some("Anja".to_owned()),
        ..UserChange::default()
    };
    change(&house, &anna, &name).await.unwrap();
    house.app.reset_password(&code, NEW).await.unwrap();
}

#[tokio::test]
async fn a_code_never_goes_to_an_address_that_is_no_longer_theirs() {
    for moments in 0..40 {
        let house = House::new().await;
        let anna = house.user(ANNA).await;
        forget(&house.app, ANNAS).await;
        let notice = house.told().await.remove(0).notice.id;
        house.plan(notice).await;
        // The address changes while a sender is at work.
        let turn = house.send(notice.page(1));
        let moved = async {
            for _ in 0..moments {
                tokio::task::yield_now().await;
            }
            change(&house, &anna, &email("anja@example.com")).await.unwrap();
        };
        tokio::join!(turn, moved);
        house.settle().await;
        house.assert_all_ended(notice).await;
        if let Some(code) = house.code_for(ANNAS) {
            assert_eq!(bad_fields(&house, &code, NEW).await, ["token"]);
        } else {
            let code = house.code_for("anja@example.com").unwrap();
            house.app.reset_password(&code, NEW).await.unwrap();
        }
    }
}
