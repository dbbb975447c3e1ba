//! Pictures without a poster do not stay, and to look for them costs next to nothing.

use jiff::SignedDuration;
use kabar_domain::{
    World,
    events::{ImageKind, PosterObject},
    ids::{EventId, PosterId},
};
use kabar_testkit::{BucketFault, House, Object};

use crate::{
    events_common::{event, hours, organizer},
    posters_common::{expected_objects, objects, upload},
};

/// A picture that no poster looks for.
fn orphan(house: &House) -> String {
    let object = PosterObject {
        event: EventId::new(&*house.world),
        poster: PosterId::new(&*house.world),
        kind: ImageKind::Png,
    };
    put(house, &object.to_string())
}

fn put(house: &House, name: &str) -> String {
    let object = Object {
        content_type: "image/png".to_owned(),
        bytes: Vec::new(),
        written_at: house.world.now(),
    };
    house.bucket.put(name, object);
    name.to_owned()
}

async fn sweep(house: &House) -> u32 {
    house.remover.sweep(hours(house, 1)).await.unwrap().orphans
}

fn lists(house: &House) -> usize {
    let calls = house.bucket.take_calls();
    calls.into_iter().filter(|call| *call == "ListObjectsV2").count()
}

#[tokio::test]
async fn only_old_pictures_without_a_poster_are_deleted() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    for _ in 0..3 {
        upload(&house.app, &host, event.id).await.unwrap();
    }
    orphan(&house);
    let of_another_kind = expected_objects(&house, event.id).await[0].replace(".jpg", ".png");
    put(&house, &of_another_kind);
    // Nobody knows whose these are.
    let others = [put(&house, "posters/readme.txt"), put(&house, "elsewhere/a.png")];
    house
        .world
        .pass(SignedDuration::from_hours(25) - SignedDuration::from_secs(1));
    let young = orphan(&house);
    assert_eq!(sweep(&house).await, 0, "a second try may yet come");
    house.world.pass(SignedDuration::from_hours(24));
    assert_eq!(sweep(&house).await, 2);
    let mut left = expected_objects(&house, event.id).await;
    assert_eq!(left.len(), 3);
    left.extend(others);
    left.push(young);
    left.sort();
    assert_eq!(objects(&house), left);
}

#[tokio::test]
async fn the_bucket_is_listed_once_a_day_and_one_read_says_so() {
    let house = House::new().await;
    assert_eq!(sweep(&house).await, 0);
    assert_eq!(lists(&house), 1);
    house
        .world
        .pass(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    let _ = house.meter().take();
    sweep(&house).await;
    assert_eq!(lists(&house), 0);
    let used = house.meter().take_total();
    assert!(
        used.requests <= 2 && used.read <= 2.0,
        "removals, and whether it is time: {used}"
    );
    house.world.pass_seconds(1);
    sweep(&house).await;
    assert_eq!(lists(&house), 1);
}

#[tokio::test]
async fn a_round_goes_on_where_it_was_broken_off() {
    let house = House::new().await;
    for _ in 0..7 {
        orphan(&house);
    }
    house.bucket.set_page(2);
    house.world.pass(SignedDuration::from_hours(26));
    // The first page is done, and the second fails in the middle.
    house.bucket.fail("ListObjectsV2", BucketFault::Error, 1);
    assert!(house.remover.sweep(hours(&house, 1)).await.is_err());
    let before = house.app.events.orphan_sweep().await.unwrap();
    assert_eq!(before.after, None, "nothing was looked at");
    house.bucket.fail("DeleteObject", BucketFault::DoneThenFail, 1);
    assert!(house.remover.sweep(hours(&house, 1)).await.is_err());
    assert_eq!(objects(&house).len(), 6);
    // Out of time after each page.
    assert_eq!(house.remover.sweep(house.world.now()).await.unwrap().orphans, 0);
    let (a, b) = tokio::join!(sweep(&house), sweep(&house));
    assert!(
        a + b >= 6,
        "two at once may each take the same for an orphan: {a} and {b}"
    );
    assert!(objects(&house).is_empty());
    let _ = house.bucket.take_calls();
    sweep(&house).await;
    assert_eq!(lists(&house), 0, "the round has ended");
}
