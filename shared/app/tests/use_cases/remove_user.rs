//! Whoever leaves is gone at once, everywhere, and then nothing that hung on them is left.

use futures_util::future::join_all;
use jiff::SignedDuration;
use kabar_app::{Expected, Failure, Result, events::RegistrationFilter};
use kabar_domain::{
    World,
    events::PaymentStatus,
    ids::UserId,
    people::{Caller, GroupName, Role, User},
};
use kabar_testkit::{House, dies_after};

use crate::{
    change_user::myself,
    common::{ANNA, SARI},
    events_common::{
        ALL, assert_in_balance, event, is_gone, is_not_allowed, organizer, pay, register, staff, ticket,
    },
    sign_up::sign_up,
};

async fn remove(house: &House, caller: &Caller, id: UserId) -> Result<()> {
    house.app.remove_user(caller, id, Expected::Any).await
}

/// Long enough for what was being written when somebody left, and for every index.
async fn clear_away(house: &House) {
    house.drain().await;
    house.world.pass(SignedDuration::from_secs(61));
    let stop = house.world.now() + SignedDuration::from_secs(30);
    house.remover.sweep(stop).await.unwrap();
    house.settle().await;
}

async fn rows_of(house: &House, user: &User) -> Vec<String> {
    let id = user.id.to_string();
    let mut left = Vec::new();
    for table in ["people", "events", "power"] {
        let scan = house
            .engine
            .client()
            .scan()
            .table_name(table)
            .send()
            .await
            .unwrap();
        let rows = scan.items().iter().map(|item| format!("{item:?}"));
        left.extend(rows.filter(|row| row.contains(&id)));
    }
    left
}

#[tokio::test]
async fn whoever_leaves_takes_seats_subscriptions_and_memberships_along() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let ticket = ticket(&house, &host, &event, 10).await;
    let region = house.region("Bandung").await;
    let sari = house.follower(region.id, SARI).await;
    let group = house
        .app
        .add_group(&GroupName::parse("admin").unwrap())
        .await
        .unwrap();
    house.app.assign_role(sari.id, group.id).await.unwrap();
    let held = register(&house.app, &myself(&sari), &ticket).await.unwrap();
    house.drain().await;

    remove(&house, &myself(&sari), sari.id).await.unwrap();
    let staff = staff(&house);
    assert!(is_gone(&house.app.user(&staff, sari.id).await));
    assert!(is_gone(&house.app.registration(&staff, held.id).await));
    assert!(
        house
            .app
            .registrations(&staff, RegistrationFilter::default(), &ALL)
            .await
            .unwrap()
            .entries
            .is_empty()
    );
    assert!(is_gone(&remove(&house, &myself(&sari), sari.id).await));

    clear_away(&house).await;
    let left = rows_of(&house, &sari).await;
    assert!(left.is_empty(), "{left:#?}");
    assert_eq!(house.app.seats(event.id).await.unwrap().taken, 0);
    assert_in_balance(&house, event.id).await;
    house.app.remove_group(group.id, Expected::Any).await.unwrap();
    // The name and the address are free for somebody else.
    house.user(SARI).await;
}

#[tokio::test]
async fn money_of_who_left_stays_on_record_and_is_due_back() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let ticket = ticket(&house, &host, &event, 10).await;
    let sari = house.user(SARI).await;
    let held = register(&house.app, &myself(&sari), &ticket).await.unwrap();
    let paid = pay(&house, &held, PaymentStatus::Completed).await;
    remove(&house, &myself(&sari), sari.id).await.unwrap();
    clear_away(&house).await;
    let due = house.app.payments(&staff(&house), true, &ALL).await.unwrap();
    assert_eq!(due.entries.iter().map(|p| p.id).collect::<Vec<_>>(), [paid.id]);
}

#[tokio::test]
async fn tokens_of_who_left_stop_at_the_next_request() {
    let house = House::new().await;
    let sari = sign_up(&house, SARI.profile()).await.unwrap();
    let tokens = house
        .app
        .log_in("sari", kabar_testkit::PASSWORD, None)
        .await
        .unwrap();
    house.app.authenticate(&tokens.access).await.unwrap();
    remove(&house, &myself(&sari), sari.id).await.unwrap();
    let refused = [
        house.app.authenticate(&tokens.access).await.map(drop),
        house.app.refresh(&tokens.refresh).await.map(drop),
    ];
    for refused in refused {
        assert!(matches!(refused, Err(Failure::NotLoggedIn)), "{refused:?}");
    }
    let again = house.app.log_in("sari", kabar_testkit::PASSWORD, None).await;
    assert!(matches!(again, Err(Failure::WrongCredentials)));
    clear_away(&house).await;
}

#[tokio::test]
async fn only_superusers_remove_others_and_only_the_version_that_they_mean() {
    let house = House::new().await;
    let [sari, anna] = [house.user(SARI).await, house.user(ANNA).await];
    for caller in [myself(&anna), house.caller(&[Role::Admin, Role::Organizer])] {
        assert!(is_not_allowed(&remove(&house, &caller, sari.id).await));
    }
    let superuser = house.caller(&[Role::Superuser]);
    let late = house
        .app
        .remove_user(&superuser, sari.id, Expected::Version(sari.version + 1));
    assert!(matches!(late.await, Err(Failure::Changed)));
    remove(&house, &superuser, sari.id).await.unwrap();
    house.app.user(&superuser, anna.id).await.unwrap();
    clear_away(&house).await;
}

#[tokio::test]
async fn whoever_leaves_twice_at_once_or_dies_leaving_is_there_or_gone() {
    let house = House::new().await;
    let superuser = house.caller(&[Role::Superuser]);
    let sari = house.user(SARI).await;
    let left = join_all((0..3).map(|_| remove(&house, &superuser, sari.id))).await;
    assert_eq!(left.iter().filter(|left| left.is_ok()).count(), 1, "{left:?}");
    for times in 0.. {
        let anna = house.user(ANNA).await;
        let host = organizer(&house, &format!("Host{times}")).await;
        let event = event(&house, &host, 10).await;
        let ticket = ticket(&house, &host, &event, 10).await;
        register(&house.app, &myself(&anna), &ticket).await.unwrap();
        let ended = dies_after(times, remove(&house, &superuser, anna.id)).await;
        let is_there = house.app.user(&superuser, anna.id).await.is_ok();
        if is_there {
            remove(&house, &superuser, anna.id).await.unwrap();
        }
        clear_away(&house).await;
        let rows = rows_of(&house, &anna).await;
        assert!(rows.is_empty(), "after {times} steps: {rows:#?}");
        assert_in_balance(&house, event.id).await;
        if ended.is_some() {
            break;
        }
    }
}
