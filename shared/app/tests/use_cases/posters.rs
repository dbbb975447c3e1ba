//! Posters have their pictures, and pictures their posters, whatever fails.

use jiff::SignedDuration;
use kabar_app::{App, Expected, Failure, replay::Replay};
use kabar_domain::{
    World,
    events::{MOST_POSTERS, Removal},
    ids::{EventId, PosterId},
};
use kabar_testkit::{BucketFault, House, dies_after, pictures, polls};

use crate::{
    events_common::{conflict, event, hours, is_gone, is_not_allowed, names_field, organizer, person, staff},
    posters_common::{expected_objects, objects, picture, upload},
    removals::rows_with,
};

#[tokio::test]
async fn a_poster_is_listed_with_a_link_that_opens_its_picture_for_a_quarter_of_an_hour() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    assert_eq!(house.app.posters(event.id).await.unwrap(), []);
    for (bytes, content_type) in [
        (pictures::JPEG, "image/jpeg"),
        (pictures::PNG, "image/png"),
        (pictures::GIF, "image/gif"),
        (pictures::WEBP, "image/webp"),
    ] {
        house.world.pass_seconds(1);
        let added = house
            .app
            .add_poster(&host, picture(event.id, bytes))
            .await
            .unwrap();
        let listed = house.app.posters(event.id).await.unwrap();
        assert_eq!(listed[0], added, "the newest first");
        let link = house.app.poster_link(&added).await.unwrap();
        house.world.pass_seconds(15 * 60 - 1);
        let opened = house.bucket.open(&link).unwrap();
        assert_eq!(
            (opened.bytes.as_slice(), opened.content_type.as_str()),
            (bytes, content_type)
        );
        assert!(link.contains("response-content-disposition=inline"), "{link}");
        house.world.pass_seconds(1);
        assert_eq!(house.bucket.open(&link), None);
    }
    let _ = house.meter().take();
    assert_eq!(house.app.posters(event.id).await.unwrap().len(), 4);
    let used = house.meter().take_total();
    assert!(used.requests <= 2 && used.read <= 2.0, "{used}");
    assert_eq!(objects(&house), expected_objects(&house, event.id).await);
}

#[tokio::test]
async fn a_removed_poster_is_gone_with_its_picture_and_is_removed_once() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    let poster = upload(&house.app, &host, event.id).await.unwrap();
    let kept = upload(&house.app, &host, event.id).await.unwrap();
    let link = house.app.poster_link(&poster).await.unwrap();
    let (a, b) = tokio::join!(
        house.app.remove_poster(&host, event.id, poster.id),
        house.app.remove_poster(&host, event.id, poster.id)
    );
    assert!(
        a.is_ok() != b.is_ok() && (is_gone(&a) || is_gone(&b)),
        "{a:?} {b:?}"
    );
    assert_eq!(house.bucket.open(&link), None);
    assert_eq!(house.app.posters(event.id).await.unwrap(), [kept]);
    assert_eq!(objects(&house), expected_objects(&house, event.id).await);
}

#[tokio::test]
async fn posters_are_looked_after_by_whoever_looks_after_the_event() {
    let house = House::new().await;
    let (host, other) = (organizer(&house, "Host").await, organizer(&house, "Other").await);
    let guest = person(&house, "Guest", &[]).await;
    let event = event(&house, &host, 1).await;
    let poster = upload(&house.app, &host, event.id).await.unwrap();
    for caller in [&other, &guest] {
        assert!(is_not_allowed(&upload(&house.app, caller, event.id).await));
        assert!(is_not_allowed(
            &house.app.remove_poster(caller, event.id, poster.id).await
        ));
    }
    assert_eq!(objects(&house), [poster.object().to_string()]);
    let staff = staff(&house);
    let theirs = upload(&house.app, &staff, event.id).await.unwrap();
    house
        .app
        .remove_poster(&staff, event.id, theirs.id)
        .await
        .unwrap();
    house.app.remove_poster(&host, event.id, poster.id).await.unwrap();

    let nowhere = EventId::new(&*house.world);
    assert!(names_field(&upload(&house.app, &staff, nowhere).await, "event"));
    assert!(is_gone(&house.app.posters(nowhere).await));
    assert!(is_gone(
        &house.app.remove_poster(&staff, nowhere, poster.id).await
    ));
    let none = PosterId::new(&*house.world);
    assert!(is_gone(&house.app.remove_poster(&staff, event.id, none).await));
    assert!(objects(&house).is_empty());
}

#[tokio::test]
async fn an_event_has_no_more_posters_than_it_may_have_however_many_come_at_once() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    for _ in 0..MOST_POSTERS - 2 {
        upload(&house.app, &host, event.id).await.unwrap();
    }
    let one = || upload(&house.app, &host, event.id);
    let (a, b, c, d) = tokio::join!(one(), one(), one(), one());
    let (added, refused): (Vec<_>, Vec<_>) = [a, b, c, d].into_iter().partition(Result::is_ok);
    assert_eq!((added.len(), refused.len()), (2, 2));
    for refused in refused {
        assert_eq!(conflict(refused), "The event has as many posters as it may have.");
    }
    let posters = house.app.posters(event.id).await.unwrap();
    assert_eq!(posters.len(), usize::from(MOST_POSTERS));
    assert_eq!(objects(&house), expected_objects(&house, event.id).await);
    house
        .app
        .remove_poster(&host, event.id, posters[0].id)
        .await
        .unwrap();
    upload(&house.app, &host, event.id).await.unwrap();
    assert!(upload(&house.app, &host, event.id).await.is_err());
}

#[tokio::test]
async fn a_bucket_that_fails_leaves_no_poster_without_a_picture() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    for fault in [BucketFault::Error, BucketFault::DoneThenFail] {
        house.bucket.fail("PutObject", fault, 1);
        let refused = upload(&house.app, &host, event.id).await;
        assert!(matches!(refused, Err(Failure::Bucket(_))), "{refused:?}");
        assert_eq!(house.app.posters(event.id).await.unwrap(), []);
    }
    let poster = upload(&house.app, &host, event.id).await.unwrap();
    house.bucket.fail("DeleteObject", BucketFault::Error, 1);
    let removed = house.app.remove_poster(&host, event.id, poster.id).await;
    assert!(matches!(removed, Err(Failure::Bucket(_))), "{removed:?}");
    assert_eq!(house.app.posters(event.id).await.unwrap(), []);
    assert_eq!(objects(&house).len(), 2, "one of either failure");
    house.world.pass(SignedDuration::from_hours(26));
    assert_eq!(house.remover.sweep(hours(&house, 1)).await.unwrap().orphans, 2);
    assert!(objects(&house).is_empty());
}

#[tokio::test]
async fn an_upload_that_dies_anywhere_is_made_once_by_a_second_try_with_its_key() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    let mut orphans = 0;
    for times in 1.. {
        let first_try = App {
            world: Replay::of(format!("seed {times}"), house.world.now()),
            ..house.app.clone()
        };
        let is_done = dies_after(times, upload(&first_try, &host, event.id))
            .await
            .is_some();
        let rows = house.app.posters(event.id).await.unwrap();
        orphans += objects(&house).len() - rows.len();
        for row in &rows {
            assert!(
                house.bucket.objects().contains_key(&row.object().to_string()),
                "after {times} polls"
            );
        }
        let second_try = App {
            world: Replay::of(format!("seed {times}"), house.world.now()),
            ..house.app.clone()
        };
        let poster = upload(&second_try, &host, event.id).await.unwrap();
        assert_eq!(
            house.app.posters(event.id).await.unwrap(),
            std::slice::from_ref(&poster)
        );
        assert_eq!(objects(&house), [poster.object().to_string()]);
        house.app.remove_poster(&host, event.id, poster.id).await.unwrap();
        if is_done {
            break;
        }
    }
    assert!(orphans > 0, "it never died between picture and poster");
}

#[tokio::test]
async fn a_removal_that_dies_anywhere_leaves_no_poster_without_a_picture() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    let poster = upload(&house.app, &host, event.id).await.unwrap();
    let (most, removed) = polls(house.app.remove_poster(&host, event.id, poster.id)).await;
    removed.unwrap();
    for times in 1..most + 3 {
        let poster = upload(&house.app, &host, event.id).await.unwrap();
        dies_after(times, house.app.remove_poster(&host, event.id, poster.id)).await;
        let rows = house.app.posters(event.id).await.unwrap();
        let pictures = objects(&house);
        assert!(rows.len() <= pictures.len(), "after {times} polls");
        house.world.pass(SignedDuration::from_hours(26));
        house.remover.sweep(hours(&house, 1)).await.unwrap();
        assert_eq!(objects(&house), expected_objects(&house, event.id).await);
        for row in rows {
            house.app.remove_poster(&host, event.id, row.id).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_removal_that_dies_between_poster_and_picture_leaves_an_orphan_for_the_sweep() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    let poster = upload(&house.app, &host, event.id).await.unwrap();
    let mut work = Box::pin(house.app.remove_poster(&host, event.id, poster.id));
    while !house.app.posters(event.id).await.unwrap().is_empty() {
        assert!(dies_after(1, &mut work).await.is_none(), "it has not come so far");
    }
    drop(work);
    assert_eq!(objects(&house), [poster.object().to_string()]);
    house.world.pass(SignedDuration::from_hours(26));
    assert_eq!(house.remover.sweep(hours(&house, 1)).await.unwrap().orphans, 1);
    assert!(objects(&house).is_empty());
}

#[tokio::test]
async fn a_removed_event_takes_its_posters_along_wherever_its_remover_dies() {
    let (mut deaths, mut failures) = (0, 0);
    for times in 1.. {
        let house = House::with_seed(u64::from(times)).await;
        let host = organizer(&house, "Host").await;
        let (gone, kept) = (event(&house, &host, 1).await, event(&house, &host, 1).await);
        for event in [gone.id, gone.id, gone.id, kept.id] {
            upload(&house.app, &host, event).await.unwrap();
        }
        let removed = house.app.remove_event(&host, gone.id, Expected::Any);
        removed.await.unwrap();
        house.queues.lose_all();
        assert!(is_gone(&house.app.posters(gone.id).await), "at once");
        assert!(names_field(&upload(&house.app, &host, gone.id).await, "event"));

        let stop = hours(&house, 1);
        let is_done = dies_after(times, house.remover.clear(Removal::Event(gone.id), stop))
            .await
            .is_some();
        house.bucket.fail("DeleteObject", BucketFault::Error, 1);
        failures += u32::from(house.remover.sweep(stop).await.is_err());
        assert!(is_gone(&house.app.posters(gone.id).await), "after {times} polls");
        house.remover.sweep(stop).await.unwrap();
        assert!(house.app.events.removals().await.unwrap().is_empty());
        let left = rows_with(&house, &gone.id.to_string()).await;
        let left: Vec<_> = left
            .iter()
            .filter(|row| !row.contains("S(\"cache#tickets#"))
            .collect();
        assert!(left.is_empty(), "{left:#?}");
        assert_eq!(objects(&house), expected_objects(&house, kept.id).await);
        assert_eq!(objects(&house).len(), 1);
        if is_done {
            break;
        }
        deaths += 1;
    }
    assert!(
        deaths > 3 && failures > 3,
        "it died {deaths} times, and failed {failures} times"
    );
}

#[tokio::test]
async fn an_upload_that_meets_the_removal_of_its_event_leaves_nothing() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 1).await;
    let mut work = Box::pin(upload(&house.app, &host, event.id));
    // The picture is there and the poster is not, when the event goes.
    while objects(&house).is_empty() {
        assert!(dies_after(1, &mut work).await.is_none(), "it has not come so far");
        tokio::task::yield_now().await;
    }
    house
        .app
        .remove_event(&host, event.id, Expected::Any)
        .await
        .unwrap();
    house.drain().await;
    let refused = work.await;
    assert!(names_field(&refused, "event"), "{refused:?}");
    assert!(objects(&house).is_empty());
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_keeps_no_other_removal_waiting() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let events = [event(&house, &host, 1).await, event(&house, &host, 1).await];
    for event in &events {
        upload(&house.app, &host, event.id).await.unwrap();
        let removed = house.app.remove_event(&host, event.id, Expected::Any);
        removed.await.unwrap();
    }
    house.queues.lose_all();
    let left = async || house.app.events.removals().await.unwrap().len();
    house.bucket.fail("DeleteObject", BucketFault::Error, 1);
    assert!(house.remover.sweep(hours(&house, 1)).await.is_err());
    assert_eq!(left().await, 1, "the one whose picture could not be deleted");
    house.remover.sweep(hours(&house, 1)).await.unwrap();
    assert_eq!(left().await, 0);
    assert!(objects(&house).is_empty());
}
