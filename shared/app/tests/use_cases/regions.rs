//! Regions stand in each other, and take everything along when they go.

use kabar_app::{
    Expected, Failure,
    power::{NewRegion, RegionChange},
};
use kabar_domain::{
    Zone,
    ids::RegionId,
    power::{Region, Word},
};
use kabar_store::{Window, power::OutageFilter};
use kabar_testkit::House;

use crate::common::{cut, region_with_three};

const ALL: Window = Window::first(50);

async fn inside(house: &House, name: &str, parent: Option<RegionId>) -> Result<Region, Failure> {
    house
        .app
        .add_region(NewRegion {
            name: name.to_owned(),
            zone: Zone::utc(),
            parent,
        })
        .await
}

async fn move_to(house: &House, region: &Region, parent: Option<RegionId>) -> Result<Region, Failure> {
    let change = RegionChange {
        parent: Some(parent),
        ..RegionChange::default()
    };
    house.app.change_region(region.id, Expected::Any, change).await
}

fn names_parent(result: &Result<Region, Failure>) -> bool {
    matches!(result, Err(Failure::Invalid(errors)) if errors.iter().any(|e| e.field == "parent"))
}

#[tokio::test]
async fn a_region_cannot_lie_in_itself_or_in_what_lies_in_it() {
    let house = House::new().await;
    let country = inside(&house, "Indonesia", None).await.unwrap();
    let province = inside(&house, "Jawa Barat", Some(country.id)).await.unwrap();
    let city = inside(&house, "Bandung", Some(province.id)).await.unwrap();
    for below in [country.id, province.id, city.id] {
        assert!(
            names_parent(&move_to(&house, &country, Some(below)).await),
            "a circle"
        );
    }
    assert_eq!(
        move_to(&house, &city, Some(country.id)).await.unwrap().parent,
        Some(country.id)
    );
}

#[tokio::test]
async fn two_moves_at_once_cannot_make_a_circle() {
    for seed in 0..8 {
        let house = House::with_seed(seed).await;
        let a = inside(&house, "A", None).await.unwrap();
        let b = inside(&house, "B", None).await.unwrap();
        let moves = tokio::join!(move_to(&house, &a, Some(b.id)), move_to(&house, &b, Some(a.id)));
        assert!(!(moves.0.is_ok() && moves.1.is_ok()), "both moved: {moves:?}");
    }
}

#[tokio::test]
async fn regions_stand_at_most_eight_deep() {
    let house = House::new().await;
    let mut parent = None;
    for n in 0..8 {
        parent = Some(inside(&house, &format!("Level {n}"), parent).await.unwrap().id);
    }
    assert!(names_parent(&inside(&house, "Too deep", parent).await));
}

#[tokio::test]
async fn a_parent_that_does_not_exist_is_refused() {
    let house = House::new().await;
    let gone = RegionId::new(&*house.world);
    assert!(names_parent(&inside(&house, "Bandung", Some(gone)).await));
    let region = house.region("Bandung").await;
    assert!(names_parent(&move_to(&house, &region, Some(gone)).await));
}

#[tokio::test]
async fn a_region_with_regions_in_it_cannot_be_removed() {
    let house = House::new().await;
    let country = inside(&house, "Indonesia", None).await.unwrap();
    let other = inside(&house, "Malaysia", None).await.unwrap();
    let city = inside(&house, "Kuching", Some(country.id)).await.unwrap();
    let refused = house.app.remove_region(country.id, Expected::Any).await;
    assert!(matches!(refused, Err(Failure::Conflict(_))), "{refused:?}");

    move_to(&house, &city, Some(other.id)).await.unwrap();
    house.app.remove_region(country.id, Expected::Any).await.unwrap();
    assert!(matches!(
        house.app.remove_region(other.id, Expected::Any).await,
        Err(Failure::Conflict(_))
    ));
    house.app.remove_region(city.id, Expected::Any).await.unwrap();
    house.app.remove_region(other.id, Expected::Any).await.unwrap();
    assert!(house.app.regions(&ALL).await.unwrap().entries.is_empty());
}

#[tokio::test]
async fn moving_up_past_the_old_parent_keeps_the_counts_of_children() {
    let house = House::new().await;
    let country = inside(&house, "Indonesia", None).await.unwrap();
    let province = inside(&house, "Jawa Barat", Some(country.id)).await.unwrap();
    let city = inside(&house, "Bandung", Some(province.id)).await.unwrap();
    let city = move_to(&house, &city, Some(country.id)).await.unwrap();
    let city = move_to(&house, &city, Some(province.id)).await.unwrap();
    move_to(&house, &city, None).await.unwrap();
    house.app.remove_region(province.id, Expected::Any).await.unwrap();
    house.app.remove_region(country.id, Expected::Any).await.unwrap();
}

#[tokio::test]
async fn a_lost_update_is_refused() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let rename = |name: &str| RegionChange {
        name: Some(name.to_owned()),
        ..RegionChange::default()
    };
    let version = Expected::Version(region.version);
    house
        .app
        .change_region(region.id, version, rename("Kota Bandung"))
        .await
        .unwrap();
    let stale = house
        .app
        .change_region(region.id, version, rename("Bandoeng"))
        .await;
    assert!(matches!(stale, Err(Failure::Changed)), "{stale:?}");
    assert!(matches!(
        house.app.say(region.id, version, Word::Off).await,
        Err(Failure::Changed)
    ));
    assert!(matches!(
        house.app.remove_region(region.id, version).await,
        Err(Failure::Changed)
    ));
    assert_eq!(house.app.region(region.id).await.unwrap().name, "Kota Bandung");
}

#[tokio::test]
async fn removing_a_region_removes_its_followers_and_its_history() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    house.crowd(region.id, 250).await;
    cut(&house, &region).await;
    house.app.remove_region(region.id, Expected::Any).await.unwrap();
    assert!(
        matches!(house.app.region(region.id).await, Err(Failure::NotFound)),
        "it is gone at once"
    );
    house.check().await;

    let (rows, is_last) = house.app.grid.followers_after(region.id, None, 10).await.unwrap();
    assert!(rows.is_empty() && is_last);
    assert!(
        house
            .app
            .grid
            .followings(region.id, &ALL)
            .await
            .unwrap()
            .entries
            .is_empty()
    );
    assert!(
        house
            .app
            .grid
            .outages(&OutageFilter::default(), &ALL)
            .await
            .unwrap()
            .entries
            .is_empty()
    );
    assert_eq!(house.check().await.regions, 0, "and nothing of it is due");
    house.settle().await;
    assert!(house.ses.mails().is_empty());
}
