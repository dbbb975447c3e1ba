//! Homes: whose they are, who may see them, who joins them, and what goes when somebody goes.

use kabar_app::{
    Expected, Failure,
    power::{HomeChange, NewHome},
};
use kabar_domain::{
    World,
    ids::{HomeId, RegionId},
    people::{Caller, Role, Username},
    power::{INVITATION_LIFETIME, MOST_HOMES, MOST_INVITATIONS, MOST_MEMBERS, Means, Power, Word},
};
use kabar_store::Window;
use kabar_testkit::{House, dies_after, polls};

use crate::{
    common::{ANNA, JOHN, SARI},
    homes_common::{caller, device, heartbeat, home, join, known, say_by_hand},
};

const ALL: Window = Window::first(50);

async fn ids(house: &House, caller: &Caller, region: Option<RegionId>) -> Vec<HomeId> {
    let found = house.app.homes(caller, region, &ALL).await.unwrap();
    found.entries.iter().map(|home| home.id).collect()
}

#[tokio::test]
async fn a_home_is_seen_by_its_owner_its_members_and_staff_alone() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let (sari, anna, john) = (
        house.user(SARI).await,
        house.user(ANNA).await,
        house.user(JOHN).await,
    );
    let home = home(&house, &sari, region.id).await;
    assert_eq!(home.zone, region.zone, "as the region's unless said");
    join(&house, &home, anna.id).await;
    let staff = house.caller(&[Role::Admin]);
    for who in [&caller(&house, sari.id), &caller(&house, anna.id), &staff] {
        assert_eq!(
            house.app.home(who, home.id).await.unwrap().home.members,
            [anna.id]
        );
        assert_eq!(ids(&house, who, None).await, [home.id]);
        assert_eq!(ids(&house, who, Some(region.id)).await, [home.id]);
        let elsewhere = RegionId::new(&*house.world);
        assert!(ids(&house, who, Some(elsewhere)).await.is_empty());
    }
    let stranger = caller(&house, john.id);
    let hidden = house.app.home(&stranger, home.id).await;
    assert!(matches!(hidden, Err(Failure::NotFound)));
    assert!(ids(&house, &stranger, None).await.is_empty());
}

#[tokio::test]
async fn only_its_owner_changes_a_home_and_its_region_counts_it() {
    let house = House::new().await;
    let (here, there) = (house.region("Bandung").await, house.region("Cimahi").await);
    let (sari, anna) = (house.user(SARI).await, house.user(ANNA).await);
    let home = home(&house, &sari, here.id).await;
    join(&house, &home, anna.id).await;
    let rename = HomeChange {
        name: Some("Gudang".to_owned()),
        region: Some(there.id),
        zone: None,
    };
    for who in [caller(&house, anna.id), house.caller(&[Role::Superuser])] {
        let refused = house
            .app
            .change_home(&who, home.id, Expected::Any, rename.clone())
            .await;
        assert!(matches!(refused, Err(Failure::NotAllowed)));
        let refused = house.app.remove_home(&who, home.id, Expected::Any).await;
        assert!(matches!(refused, Err(Failure::NotAllowed)));
    }
    let owner = caller(&house, sari.id);
    let stale = house
        .app
        .change_home(&owner, home.id, Expected::Version(1), rename.clone())
        .await;
    assert!(matches!(stale, Err(Failure::Changed)), "Anna joined");
    let changed = house
        .app
        .change_home(&owner, home.id, Expected::Any, rename)
        .await
        .unwrap()
        .home;
    assert_eq!(known(&house, home.id).await.version, changed.version);
    let counts = |region: RegionId| {
        let house = &house;
        async move { house.app.region(region).await.unwrap().homes.total() }
    };
    assert_eq!((counts(here.id).await, counts(there.id).await), (0, 1));
    let full = house.app.remove_region(there.id, Expected::Any).await;
    assert!(matches!(full, Err(Failure::Conflict(_))), "a home lies in it");
    house
        .app
        .remove_home(&owner, home.id, Expected::Any)
        .await
        .unwrap();
    assert_eq!(counts(there.id).await, 0);
    house.app.remove_region(there.id, Expected::Any).await.unwrap();
}

#[tokio::test]
async fn a_code_makes_one_person_a_member_once_and_for_seven_days() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let (sari, anna, john) = (
        house.user(SARI).await,
        house.user(ANNA).await,
        house.user(JOHN).await,
    );
    let home = home(&house, &sari, region.id).await;
    let (owner, anna, john) = (
        caller(&house, sari.id),
        caller(&house, anna.id),
        caller(&house, john.id),
    );
    let is_refused = |result: kabar_app::Result<_>| matches!(result, Err(Failure::Invalid(_)));

    let code = house.app.invite(&owner, home.id, None).await.unwrap().code;
    assert!(is_refused(house.app.join_home(&anna, "x").await));
    assert!(is_refused(house.app.join_home(&anna, &code[1..]).await));
    house.app.join_home(&anna, &format!(" {code}\n")).await.unwrap();
    assert!(is_refused(house.app.join_home(&john, &code).await), "used");

    let for_john = Username::parse("john").unwrap();
    let code = house
        .app
        .invite(&owner, home.id, Some(for_john))
        .await
        .unwrap()
        .code;
    house.app.remove_member(&anna, home.id, anna.user).await.unwrap();
    assert!(is_refused(house.app.join_home(&anna, &code).await), "for John");
    house.world.pass(INVITATION_LIFETIME);
    assert!(is_refused(house.app.join_home(&john, &code).await), "a week old");

    let nobody = Username::parse("nobody").unwrap();
    let unknown = house.app.invite(&owner, home.id, Some(nobody)).await;
    assert!(matches!(unknown, Err(Failure::Invalid(_))));
    assert!(matches!(
        house.app.invite(&john, home.id, None).await,
        Err(Failure::NotFound)
    ));
    for _ in 0..MOST_INVITATIONS {
        house.app.invite(&owner, home.id, None).await.unwrap();
    }
    let too_many = house.app.invite(&owner, home.id, None).await;
    assert!(matches!(too_many, Err(Failure::Conflict(_))));
}

#[tokio::test]
async fn a_member_leaves_or_is_sent_away_and_no_other_member_can_do_that() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let (sari, anna, john) = (
        house.user(SARI).await,
        house.user(ANNA).await,
        house.user(JOHN).await,
    );
    let home = home(&house, &sari, region.id).await;
    for member in [&anna, &john] {
        join(&house, &home, member.id).await;
    }
    let (owner, anna) = (caller(&house, sari.id), caller(&house, anna.id));
    let by_another = house.app.remove_member(&anna, home.id, john.id).await;
    assert!(matches!(by_another, Err(Failure::NotAllowed)));
    let the_owner = house.app.remove_member(&owner, home.id, sari.id).await;
    assert!(matches!(the_owner, Err(Failure::NotFound)), "is no member");
    house.app.remove_member(&owner, home.id, john.id).await.unwrap();
    house.app.remove_member(&anna, home.id, anna.user).await.unwrap();
    assert!(known(&house, home.id).await.members.is_empty());
    assert!(ids(&house, &anna, None).await.is_empty());
}

#[tokio::test]
async fn two_who_use_one_code_at_once_are_one_member() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.user(SARI).await;
    let home = home(&house, &sari, region.id).await;
    let (anna, john) = (house.user(ANNA).await, house.user(JOHN).await);
    let (anna, john) = (caller(&house, anna.id), caller(&house, john.id));
    let code = house
        .app
        .invite(&caller(&house, sari.id), home.id, None)
        .await
        .unwrap()
        .code;
    let (one, other) = tokio::join!(
        house.app.join_home(&anna, &code),
        house.app.join_home(&john, &code)
    );
    assert!(one.is_ok() != other.is_ok());
    assert_eq!(known(&house, home.id).await.members.len(), 1);
}

#[tokio::test]
async fn there_are_bounds_to_homes_members_and_detectors() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.user(SARI).await;
    let first = home(&house, &sari, region.id).await;
    let owner = caller(&house, sari.id);
    for _ in 1..MOST_HOMES {
        home(&house, &sari, region.id).await;
    }
    let new = NewHome {
        name: "Satu lagi".to_owned(),
        region: region.id,
        zone: None,
    };
    assert!(matches!(
        house.app.add_home(&owner, new).await,
        Err(Failure::Conflict(_))
    ));
    for _ in 0..10 {
        device(&house, &first, heartbeat(60, 30)).await;
    }
    let another = house.app.add_detector(&owner, first.id, heartbeat(60, 30)).await;
    assert!(matches!(another, Err(Failure::Conflict(_))));
    let by_hand = house
        .app
        .say_by_hand(&owner, first.id, Expected::Any, Word::Off)
        .await;
    assert!(
        matches!(by_hand, Err(Failure::Conflict(_))),
        "it would be one more"
    );
    let crowd = house.crowd(region.id, MOST_MEMBERS + 1).await;
    for member in &crowd[..MOST_MEMBERS] {
        join(&house, &first, *member).await;
    }
    let code = house.app.invite(&owner, first.id, None).await.unwrap().code;
    let too_many = house
        .app
        .join_home(&caller(&house, crowd[MOST_MEMBERS]), &code)
        .await;
    assert!(matches!(too_many, Err(Failure::Conflict(_))));
    // All that leads to it goes in one transaction.
    house
        .app
        .remove_home(&owner, first.id, Expected::Any)
        .await
        .unwrap();
    assert!(matches!(
        house.app.home(&owner, first.id).await,
        Err(Failure::NotFound)
    ));
}

#[tokio::test]
async fn whoever_goes_takes_their_homes_along_and_leaves_those_of_others() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let (sari, anna) = (house.user(SARI).await, house.user(ANNA).await);
    let (own, other) = (
        home(&house, &sari, region.id).await,
        home(&house, &anna, region.id).await,
    );
    join(&house, &own, anna.id).await;
    join(&house, &other, sari.id).await;
    let key = device(&house, &own, heartbeat(60, 30)).await.key;
    house
        .app
        .remove_user(&caller(&house, sari.id), sari.id, Expected::Any)
        .await
        .unwrap();
    house.settle().await;
    let owner = caller(&house, anna.id);
    assert_eq!(ids(&house, &owner, None).await, [other.id]);
    assert!(known(&house, other.id).await.members.is_empty());
    assert_eq!(house.app.region(region.id).await.unwrap().homes.total(), 1);
    let unheard = house.app.ping(&key, kabar_domain::power::Says::Alive).await;
    assert!(
        matches!(unheard, Err(Failure::NotFound)),
        "nobody has this key any more"
    );
    house.check().await;
    assert_eq!(
        house.app.grid.checked_home(own.id).await.unwrap().map(|_| ()),
        None,
        "cleared away"
    );
}

#[tokio::test]
async fn a_home_that_is_added_and_dies_on_the_way_is_added_once() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.user(SARI).await;
    let owner = caller(&house, sari.id);
    let new = || NewHome {
        name: "Rumah".to_owned(),
        region: region.id,
        zone: None,
    };
    let (times, _) = polls(house.app.add_home(&owner, new())).await;
    for after in 1..times {
        dies_after(after, house.app.add_home(&owner, new())).await;
    }
    let listed = ids(&house, &owner, None).await;
    let counted = house.app.region(region.id).await.unwrap().homes.total();
    assert_eq!(listed.len(), counted as usize, "what is listed is counted");
    assert_eq!(ids(&house, &house.caller(&[Role::Admin]), None).await, listed);
}

#[tokio::test]
async fn what_is_said_by_hand_decides_within_a_minute_and_the_same_again_changes_nothing() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let (sari, anna) = (house.user(SARI).await, house.user(ANNA).await);
    let home = home(&house, &sari, region.id).await;
    join(&house, &home, anna.id).await;
    let said_at = house.world.now();
    say_by_hand(&house, &home, Word::Off).await;
    house.world.pass_seconds(30);
    let before = known(&house, home.id).await;
    let member = caller(&house, anna.id);
    let again = house
        .app
        .say_by_hand(&member, home.id, Expected::Any, Word::Off)
        .await;
    assert_eq!(again.unwrap().home.version, before.version);
    house.check().await;
    let found = known(&house, home.id).await;
    assert_eq!((found.status, found.since), (Power::Off, said_at));
    assert!(
        found
            .detectors
            .iter()
            .all(|one| matches!(one.means, Means::Manual { .. }))
    );
    let staff = house.caller(&[Role::Superuser]);
    let refused = house
        .app
        .say_by_hand(&staff, home.id, Expected::Any, Word::On)
        .await;
    assert!(matches!(refused, Err(Failure::NotAllowed)));
    house.settle().await;
}
