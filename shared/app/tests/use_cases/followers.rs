//! Followers who change their address, name, language or zone: the copies beside their regions follow.

use std::collections::HashMap;

use futures_util::future::join_all;
use kabar_app::{Failure, people::UserChange, power::NewFollowing};
use kabar_domain::{
    Language, Zone,
    ids::{RegionId, UserId},
    news::{Recipient, Status},
    people::User,
    power::{Channel, MOST_FOLLOWED},
};
use kabar_store::{
    people::UserWrite,
    power::{Followed, Stretch},
};
use kabar_testkit::{BERLIN, Fault, House, JAKARTA};

use crate::{
    change_user::{change, email, myself},
    common::{ANNA, JOHN, SARI, count, cut, plan_queued},
};

/// Anna moves to Jakarta, and reads Indonesian there.
fn moves() -> UserChange {
    UserChange {
        first_name: Some("Anja".to_owned()),
        zone: Some(Zone::parse(JAKARTA).unwrap()),
        language: Some(Language::Id),
        ..email("anja@example.com")
    }
}

async fn follow(house: &House, user: &User, region: RegionId) -> Result<bool, Failure> {
    let new = NewFollowing {
        user: None,
        channels: vec![Channel::Email],
    };
    let followed = house.app.follow(&myself(user), region, new).await;
    followed.map(|(_, is_new)| is_new)
}

/// The copy beside a region of whoever began to follow it as Anna.
async fn copy(house: &House, region: RegionId, user: UserId) -> Option<Recipient> {
    let stretch = Stretch {
        region,
        language: ANNA.language,
        zone: &Zone::parse(BERLIN).unwrap(),
        first: user,
        last: user,
        by: None,
    };
    house.app.grid.followers_on(&stretch).await.unwrap().pop()
}

fn assert_copied(copy: &Recipient, user: &User) {
    let profile = &user.profile;
    let (address, name) = (copy.email.as_ref(), &copy.first_name);
    assert_eq!((address, name), (Some(&profile.email), &profile.first_name));
    assert_eq!((copy.language, &copy.zone), (profile.language, &profile.zone));
}

/// Anna was told once: at her new address, in her new language, by her new clock.
async fn assert_told_once(house: &House, what: &str) {
    let mails = house.ses.mails();
    let hers: Vec<_> = mails
        .iter()
        .filter(|m| m.to == "anja@example.com" || m.to == "anna@example.com")
        .collect();
    assert_eq!(hers.len(), 1, "{what}: {hers:#?}");
    assert_eq!(hers[0].to, "anja@example.com", "{what}");
    assert_eq!(hers[0].subject, "Listrik padam di Bandung", "{what}");
    assert!(hers[0].text.contains("Anja"), "{what}");
    assert!(
        hers[0].text.contains("Sabtu, 21 November 2026, pukul 17.00 WIB"),
        "{what}: {}",
        hers[0].text
    );
}

#[tokio::test]
async fn whenever_a_follower_changes_they_are_told_once_as_they_are_now() {
    for when in ["before the cut", "before the plan", "before the mail"] {
        let house = House::new().await;
        let region = house.region("Bandung").await;
        let anna = house.follower(region.id, ANNA).await;
        for person in [SARI, JOHN] {
            house.follower(region.id, person).await;
        }
        let moved = async |at: &str| {
            if at == when {
                change(&house, &anna, &moves()).await.unwrap();
            }
        };
        moved("before the cut").await;
        let notice = cut(&house, &region).await;
        moved("before the plan").await;
        plan_queued(&house).await;
        moved("before the mail").await;
        house.settle().await;
        assert_told_once(&house, when).await;
        assert_eq!(count(&house, notice, Status::Sent).await, 3, "{when}");
        house.assert_all_ended(notice).await;
    }
}

#[tokio::test]
async fn a_mail_that_is_tried_again_goes_to_where_they_are_by_then() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    house.ses.fail(Fault::Pause, 1);
    let notice = cut(&house, &region).await;
    house.drain().await;
    assert_eq!(count(&house, notice, Status::Error).await, 1);
    change(&house, &anna, &moves()).await.unwrap();
    house.settle().await;
    assert_told_once(&house, "at the second try").await;
    house.assert_all_ended(notice).await;
}

#[tokio::test]
async fn a_follower_who_changes_keeps_their_place_and_one_who_changes_back_is_as_before() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    house.follower(region.id, SARI).await;
    let order = async || -> Vec<String> {
        let (rows, _) = house.app.grid.followers_after(region.id, None, 10).await.unwrap();
        rows.into_iter().map(|row| row.cursor).collect()
    };
    let before = order().await;
    let moved = change(&house, &anna, &moves()).await.unwrap();
    assert_eq!(order().await, before);
    assert_copied(&copy(&house, region.id, anna.id).await.unwrap(), &moved);
    let back = UserChange {
        first_name: Some(anna.profile.first_name.clone()),
        zone: Some(anna.profile.zone.clone()),
        language: Some(anna.profile.language),
        ..email("anna@example.com")
    };
    let returned = change(&house, &anna, &back).await.unwrap();
    assert_copied(&copy(&house, region.id, anna.id).await.unwrap(), &returned);
    house.app.grid.unfollow(anna.id, region.id).await.unwrap();
    assert_eq!(order().await.len(), 1, "unfollowing finds the row");
}

#[tokio::test]
async fn a_following_never_copies_a_profile_that_has_changed_since_it_was_read() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let read = house.user(ANNA).await;
    change(&house, &read, &moves()).await.unwrap();
    let following = kabar_domain::power::Following {
        region: region.id,
        user: read.id,
        channels: vec![Channel::Email],
        since: read.date_joined,
    };
    let app = &house.app;
    let followed = app.grid.follow(&following, &read, &app.people).await.unwrap();
    assert_eq!(followed, Followed::Stale);
    assert!(app.grid.following(read.id, region.id).await.unwrap().is_none());
    assert!(follow(&house, &read, region.id).await.unwrap());
}

#[tokio::test]
async fn a_change_misses_no_following_that_began_since_they_were_read() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let anna = house.user(ANNA).await;
    let app = &house.app;
    let read = app.people.account(anna.id).await.unwrap().unwrap();
    house.follows(region.id, &anna).await;
    let after = SARI.profile();
    let write = app.people.change_user(&read, &after, None, &app.grid).await;
    assert_eq!(write.unwrap(), UserWrite::Stale);
    assert_copied(&copy(&house, region.id, anna.id).await.unwrap(), &anna);
}

#[tokio::test]
async fn followings_and_changes_at_once_leave_no_copy_behind() {
    for seed in 0..5 {
        let house = House::with_seed(seed).await;
        let anna = house.user(ANNA).await;
        let mut regions = Vec::new();
        for n in 0..6 {
            regions.push(house.region(&format!("Region {n}")).await.id);
        }
        let changes: Vec<UserChange> = (0..3).map(|n| email(&format!("anna{n}@example.com"))).collect();
        let followings = regions
            .iter()
            .map(async |&region| follow(&house, &anna, region).await);
        let leaving = async {
            for &region in &regions[..2] {
                house.app.unfollow(&myself(&anna), region, anna.id).await.ok();
            }
        };
        let changed = changes.iter().map(async |one| change(&house, &anna, one).await);
        let (followed, (), changed) = tokio::join!(join_all(followings), leaving, join_all(changed));
        assert!(changed.iter().any(Result::is_ok), "{changed:?}");
        let now = house.app.people.account(anna.id).await.unwrap().unwrap().user;
        let mut copies = 0;
        for (&region, followed) in regions.iter().zip(&followed) {
            let copy = copy(&house, region, anna.id).await;
            let following = house.app.grid.following(anna.id, region).await.unwrap();
            assert_eq!(copy.is_some(), following.is_some());
            assert!(followed.is_ok() || copy.is_none(), "{followed:?}");
            if let Some(copy) = copy {
                assert_copied(&copy, &now);
                copies += 1;
            }
        }
        assert!(copies > 0, "with seed {seed}: {followed:?}");
    }
}

#[tokio::test]
async fn a_copy_that_is_gone_does_not_keep_anybody_from_changing() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    let (gone, there) = (house.region("Bandung").await, house.region("Bogor").await);
    for region in [&gone, &there] {
        house.follows(region.id, &anna).await;
    }
    // As a region that is being cleared away leaves it for a moment.
    let client = house.engine.client();
    let scan = client.scan().table_name("power").send().await.unwrap();
    let rows = scan.items.unwrap().into_iter().filter(|item| {
        let pk = item["pk"].as_s().unwrap();
        pk.starts_with("followers#") && pk.ends_with(&gone.id.to_string())
    });
    for row in rows {
        let key: HashMap<_, _> = row
            .into_iter()
            .filter(|(name, _)| name == "pk" || name == "sk")
            .collect();
        let delete = client.delete_item().table_name("power").set_key(Some(key));
        delete.send().await.unwrap();
    }
    let moved = change(&house, &anna, &moves()).await.unwrap();
    assert_copied(&copy(&house, there.id, anna.id).await.unwrap(), &moved);
    assert!(
        copy(&house, gone.id, anna.id).await.is_none(),
        "what is gone stays so"
    );
}

#[tokio::test]
async fn a_person_follows_forty_regions_and_can_change_with_them() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    let mut regions = Vec::new();
    for n in 0..=MOST_FOLLOWED {
        regions.push(house.region(&format!("Region {n}")).await.id);
    }
    for &region in &regions[..MOST_FOLLOWED] {
        assert!(follow(&house, &anna, region).await.unwrap());
    }
    let beyond = follow(&house, &anna, regions[MOST_FOLLOWED]).await;
    assert!(matches!(beyond, Err(Failure::Conflict(_))), "{beyond:?}");
    assert!(
        !follow(&house, &anna, regions[0]).await.unwrap(),
        "again is no more"
    );
    let moved = change(&house, &anna, &moves()).await.unwrap();
    for &region in &regions[..MOST_FOLLOWED] {
        assert_copied(&copy(&house, region, anna.id).await.unwrap(), &moved);
    }
    house
        .app
        .unfollow(&myself(&anna), regions[0], anna.id)
        .await
        .unwrap();
    assert!(follow(&house, &anna, regions[MOST_FOLLOWED]).await.unwrap());
}

#[tokio::test]
async fn more_copies_than_a_transaction_holds_are_a_conflict_and_change_nothing() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    for n in 0..96 {
        let region = house.region(&format!("Region {n}")).await;
        house.follows(region.id, &anna).await;
    }
    let refused = change(&house, &anna, &moves()).await;
    assert!(matches!(refused, Err(Failure::Conflict(_))), "{refused:?}");
    let last_name = UserChange {
        last_name: Some("Adler".to_owned()),
        ..UserChange::default()
    };
    change(&house, &anna, &last_name)
        .await
        .expect("of which there are no copies");
}
