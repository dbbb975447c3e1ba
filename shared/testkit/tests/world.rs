//! The test world itself.

use kabar_domain::{World, ids::UserId, power::Word};
use kabar_testkit::{House, Queue, dies_after, polls};

#[tokio::test]
#[should_panic(expected = "messages are left on the queues")]
async fn leftovers_on_the_queues_fail_a_test() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.say(region.id, Word::Off).await;
    house.check().await;
}

#[tokio::test]
async fn a_message_with_a_delay_is_not_there_before_its_time() {
    let house = House::new().await;
    let page = kabar_domain::ids::NoticeId::new(&*house.world).page(1);
    let work = kabar_courier::LaneWork::Send(page);
    house
        .queues
        .lanes()
        .put(kabar_domain::news::Lane::Bulk, work, 5)
        .await
        .unwrap();
    assert!(house.queues.take().is_none());
    house.world.pass_seconds(5);
    let message = house.queues.take().unwrap();
    assert_eq!((message.queue, message.at), (Queue::Bulk, house.world.now()));
}

#[tokio::test]
async fn the_same_seed_draws_the_same_ids() {
    let (one, same, other) = (
        House::with_seed(7).await,
        House::with_seed(7).await,
        House::with_seed(8).await,
    );
    let id = |house: &House| UserId::new(&*house.world);
    let first = id(&one);
    assert_eq!(first, id(&same));
    assert_ne!(first, id(&other));
}

#[tokio::test]
async fn work_dies_at_the_poll_it_is_told_to() {
    let work = || async {
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
    };
    let (times, ()) = polls(work()).await;
    assert_eq!(times, 4);
    assert_eq!(dies_after(times - 1, work()).await, None);
    assert_eq!(dies_after(times, work()).await, Some(()));
}
