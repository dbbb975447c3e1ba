//! Lists: the newest first, part by part, each entry once.

use std::future::Future;

use kabar_domain::{
    ids::RegionId,
    power::{Outage, Place, Word},
};
use kabar_store::{List, Order, Window, power::OutageFilter};
use kabar_testkit::House;

/// Walks a list in parts of `limit` entries.
async fn walk<T, F: Future<Output = List<T>>>(limit: u16, part: impl Fn(Window) -> F) -> Vec<T> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let found = part(Window {
            limit,
            after,
            ..Window::default()
        })
        .await;
        assert!(
            found.entries.len() <= usize::from(limit),
            "no more than were asked for"
        );
        assert!(
            !found.entries.is_empty() || found.next.is_none(),
            "an empty part is the last"
        );
        all.extend(found.entries);
        after = found.next;
        if after.is_none() {
            return all;
        }
    }
}

/// Two regions with three outages that are over and one that lasts each, a minute apart.
async fn house_with_outages() -> (House, [RegionId; 2]) {
    let house = House::new().await;
    let regions = [house.region("Bandung").await.id, house.region("Bogor").await.id];
    for word in [
        Word::Off,
        Word::On,
        Word::Off,
        Word::On,
        Word::Off,
        Word::On,
        Word::Off,
    ] {
        for region in regions {
            house.world.pass_seconds(60);
            house.say(region, word).await;
        }
        house.check().await;
    }
    house.queues.lose_all();
    (house, regions)
}

#[tokio::test]
async fn outages_are_found_by_region_state_and_time_in_parts_of_any_size() {
    let (house, [bandung, _]) = house_with_outages().await;
    let all = |filter: OutageFilter, order: Order, limit: u16| {
        let house = &house;
        async move {
            let part = |window: Window| {
                let filter = filter.clone();
                let window = Window { order, ..window };
                async move { house.app.grid.outages(&filter, &window).await.unwrap() }
            };
            walk(limit, part).await
        }
    };
    let every = all(OutageFilter::default(), Order::Newest, 50).await;
    assert_eq!(every.len(), 8);
    assert!(every.is_sorted_by_key(|outage| std::cmp::Reverse(outage.key.started_at)));
    let third = every[2].key.started_at;
    for region in [None, Some(bandung)] {
        for is_open in [None, Some(true), Some(false)] {
            for (from, to) in [(None, None), (Some(third), None), (None, Some(third))] {
                let fits = |outage: &&Outage| {
                    region.is_none_or(|region| outage.key.place == Place::Region(region))
                        && is_open.is_none_or(|is_open| outage.ended_at.is_none() == is_open)
                        && from.is_none_or(|from| outage.key.started_at >= from)
                        && to.is_none_or(|to| outage.key.started_at < to)
                };
                let mut expected: Vec<Outage> = every.iter().filter(fits).cloned().collect();
                let filter = OutageFilter {
                    place: region.map(Place::Region),
                    is_open,
                    from,
                    to,
                };
                for order in [Order::Newest, Order::Oldest] {
                    for limit in 1..=5 {
                        assert_eq!(
                            all(filter.clone(), order, limit).await,
                            expected,
                            "{order:?} {filter:?} by {limit}"
                        );
                    }
                    expected.reverse();
                }
            }
        }
    }
}

#[tokio::test]
async fn regions_notices_and_followers_come_in_parts_of_any_size() {
    let (house, [bandung, _]) = house_with_outages().await;
    house.crowd(bandung, 7).await;
    let house = &house;
    for limit in [1, 2, 3, 7, 14, 200] {
        let regions = walk(limit, |window| async move {
            house.app.regions(&window).await.unwrap()
        })
        .await;
        let notices = walk(limit, |window| async move {
            house.app.notices(&window).await.unwrap()
        })
        .await;
        let followers = walk(limit, |window| async move {
            house.app.grid.followings(bandung, &window).await.unwrap()
        })
        .await;
        assert_eq!(
            (regions.len(), notices.len(), followers.len()),
            (2, 14, 7),
            "by {limit}"
        );
    }
}

#[tokio::test]
async fn messages_come_in_parts_of_any_size_across_pages() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd_on_pages(region.id, 6, 3).await;
    let notice = crate::common::cut(&house, &region).await;
    crate::common::plan_queued(&house).await;
    let house = &house;
    for order in [Order::Newest, Order::Oldest] {
        for limit in [1, 2, 3, 4, 17, 18, 200] {
            let part = |window: Window| async move {
                let window = Window { order, ..window };
                house.app.messages(notice, &window).await.unwrap()
            };
            let found = walk(limit, part).await;
            let mut ids: Vec<_> = found.iter().map(|message| message.message.id).collect();
            if order == Order::Newest {
                ids.reverse();
            }
            assert!(ids.is_sorted(), "by when they were planned: {order:?}");
            ids.dedup();
            assert_eq!(ids.len(), 18, "{order:?} by {limit}");
        }
    }
    house.settle().await;
}
