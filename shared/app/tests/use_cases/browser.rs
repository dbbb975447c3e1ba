//! A session that a browser keeps.

use kabar_app::Failure;
use kabar_domain::people::Caller;
use kabar_testkit::{House, PASSWORD};

use crate::{common::SARI, sign_up::sign_up};

async fn logged_in(house: &House) -> String {
    sign_up(house, SARI.profile()).await.unwrap();
    house.app.log_in("sari", PASSWORD, None).await.unwrap().refresh
}

fn is_refused(entered: &Result<Caller, Failure>) -> bool {
    matches!(entered, Err(Failure::NotLoggedIn))
}

#[tokio::test]
async fn it_enters_as_often_as_pages_are_opened_until_it_ends() {
    let house = House::new().await;
    let refresh = logged_in(&house).await;
    for _ in 0..3 {
        let entered = house.app.enter(&refresh).await.unwrap();
        assert_eq!(entered.roles, []);
        house.world.pass_seconds(6 * 3600);
    }
    house.world.pass_seconds(6 * 3600);
    assert!(is_refused(&house.app.enter(&refresh).await), "a day is over");
}

#[tokio::test]
async fn it_ends_wherever_it_is_ended() {
    let house = House::new().await;
    let refresh = logged_in(&house).await;
    let caller = house.app.enter(&refresh).await.unwrap();
    house.app.log_out(&caller, None).await.unwrap();
    assert!(is_refused(&house.app.enter(&refresh).await));
}

#[tokio::test]
async fn only_the_token_that_is_good_now_enters() {
    let house = House::new().await;
    let refresh = logged_in(&house).await;
    let traded = house.app.refresh(&refresh).await.unwrap().refresh;
    assert!(
        is_refused(&house.app.enter(&refresh).await),
        "it was traded for another"
    );
    house.app.enter(&traded).await.unwrap();
    let forged = refresh.replace(&refresh[60..], &traded[60..]);
    for token in ["", "x", &forged, &traded[1..]] {
        assert!(is_refused(&house.app.enter(token).await), "{token}");
    }
}
