//! Guessing: ten tries in a quarter of an hour, by account and by address, whether or not there is such an account.

use std::net::IpAddr;

use futures_util::future::join_all;
use kabar_app::{Failure, people::TokenPair};
use kabar_domain::people::TryWindow;
use kabar_testkit::{House, PASSWORD, Use};

use crate::{
    common::{ANNA, SARI},
    sign_up::sign_up,
};

async fn house_of_two() -> House {
    let house = House::new().await;
    sign_up(&house, ANNA.profile()).await.unwrap();
    sign_up(&house, SARI.profile()).await.unwrap();
    house
}

fn at(address: &str) -> Option<IpAddr> {
    Some(address.parse().unwrap())
}

fn is_wrong(result: &Result<TokenPair, Failure>) -> bool {
    matches!(result, Err(Failure::WrongCredentials))
}

fn is_refused(result: &Result<TokenPair, Failure>) -> bool {
    matches!(result, Err(Failure::TooManyTries { .. }))
}

#[tokio::test]
async fn after_ten_failed_tries_an_account_is_closed_until_the_window_ends_and_so_is_one_that_is_none() {
    let house = house_of_two().await;
    let start = TryWindow::at(kabar_domain::World::now(&*house.world)).start;
    house.world.set(start);
    for name in ["anna", "nobody", "nobody@example.com", "no name at all"] {
        for n in 0..10 {
            let guess = house.app.log_in(name, &format!("guess {n}"), None).await;
            assert!(is_wrong(&guess), "{name} {n}: {guess:?}");
        }
        let eleventh = house.app.log_in(name, PASSWORD, None).await;
        let Err(Failure::TooManyTries { retry_after }) = eleventh else {
            panic!("{name}: {eleventh:?}");
        };
        assert_eq!(retry_after, 900);
    }
    house.app.log_in("sari", PASSWORD, None).await.unwrap();
    house.world.pass_seconds(899);
    let last = house.app.log_in("anna", PASSWORD, None).await;
    assert!(
        matches!(last, Err(Failure::TooManyTries { retry_after: 1 })),
        "{last:?}"
    );
    house.world.pass_seconds(1);
    house.app.log_in("anna", PASSWORD, None).await.unwrap();
}

#[tokio::test]
async fn of_two_hundred_guesses_at_once_ten_are_looked_at() {
    let house = house_of_two().await;
    let guesses = (0..200).map(|n| {
        let house = &house;
        async move { house.app.log_in("anna", &format!("guess {n}"), None).await }
    });
    let answers = join_all(guesses).await;
    let count = |is: fn(&Result<TokenPair, Failure>) -> bool| answers.iter().filter(|a| is(a)).count();
    assert_eq!((count(is_wrong), count(is_refused)), (10, 190));
}

#[tokio::test]
async fn what_is_refused_to_an_address_is_not_refused_to_another() {
    let ends = [
        ("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2"),
        // Whoever has one address of IPv6 has the whole /64.
        ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"),
    ];
    for (address, same, other) in ends {
        let house = house_of_two().await;
        for n in 0..10 {
            let guess = house.app.log_in(&format!("name{n}"), PASSWORD, at(address)).await;
            assert!(is_wrong(&guess), "{guess:?}");
        }
        for from in [address, same] {
            let refused = house.app.log_in("anna", PASSWORD, at(from)).await;
            assert!(is_refused(&refused), "{from}: {refused:?}");
        }
        house.app.log_in("anna", PASSWORD, at(other)).await.unwrap();
        house.app.log_in("anna", PASSWORD, None).await.unwrap();
    }
}

#[tokio::test]
async fn logins_that_succeed_are_not_counted_and_forgive_nothing() {
    let house = house_of_two().await;
    let from = at("192.0.2.1");
    for _ in 0..9 {
        assert!(is_wrong(&house.app.log_in("anna", "a guess", from).await));
    }
    for name in ["anna", "sari"].repeat(6) {
        house.app.log_in(name, PASSWORD, from).await.unwrap();
    }
    assert!(is_wrong(
        &house.app.log_in("Anna@Example.com", "a guess", None).await
    ));
    for name in ["anna", "ANNA", "anna@example.com"] {
        assert!(
            is_refused(&house.app.log_in(name, PASSWORD, None).await),
            "{name}"
        );
    }
    house.app.log_in("sari", PASSWORD, from).await.unwrap();
}

#[tokio::test]
async fn a_refused_try_is_not_counted_against_anybody_else() {
    let house = house_of_two().await;
    for _ in 0..10 {
        assert!(is_wrong(&house.app.log_in("anna", "a guess", None).await));
    }
    for _ in 0..20 {
        let refused = house.app.log_in("anna", "a guess", at("192.0.2.1")).await;
        assert!(is_refused(&refused));
    }
    house.app.log_in("sari", PASSWORD, at("192.0.2.1")).await.unwrap();
}

#[tokio::test]
async fn a_name_that_nobody_has_costs_what_a_wrong_password_costs() {
    let house = house_of_two().await;
    let cost = async |name: &str| -> Use {
        let _ = house.meter().take();
        let _ = house.app.log_in(name, "a guess", at("192.0.2.1")).await;
        house.meter().take_total()
    };
    let pairs = [("anna", "anni"), ("anna@example.com", "anni@example.com")];
    for (known, unknown) in pairs {
        assert_eq!(cost(known).await, cost(unknown).await, "{known} {unknown}");
    }
    for _ in 0..6 {
        cost("anna").await;
    }
    assert_eq!(cost("anna").await.requests, 2, "refused");
    assert_eq!(cost("anni").await.requests, 2, "refused");
}

#[tokio::test]
async fn no_name_or_address_lies_in_the_table_for_having_been_tried() {
    let house = House::new().await;
    for name in ["anni", "anni@example.com"] {
        assert!(is_wrong(
            &house.app.log_in(name, "a guess", at("192.0.2.1")).await
        ));
    }
    let scan = house.engine.client().scan().table_name("people").send().await;
    let items = scan.unwrap().items.unwrap();
    assert_eq!(items.len(), 3, "two names and an address");
    let all = format!("{items:?}");
    for word in ["anni", "192", "example", "guess"] {
        assert!(!all.contains(word), "{word} in {all}");
    }
    let end = |item: &std::collections::HashMap<_, _>| format!("{:?}", item["expires_at"]);
    let until = TryWindow::at(kabar_domain::World::now(&*house.world))
        .end
        .as_second();
    assert!(
        items.iter().all(|item| end(item).contains(&until.to_string())),
        "{all}"
    );
}
