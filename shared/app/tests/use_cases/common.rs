//! What several concerns share.

use kabar_domain::{
    Language,
    ids::NoticeId,
    news::Status,
    power::{Region, Word},
};
use kabar_testkit::{BERLIN, House, JAKARTA, Person, Queue};

/// Reads Indonesian in Jakarta.
pub(crate) const SARI: Person<'static> = Person {
    name: "Sari",
    language: Language::Id,
    zone: JAKARTA,
};
/// Reads English in Berlin.
pub(crate) const ANNA: Person<'static> = Person {
    name: "Anna",
    language: Language::En,
    zone: BERLIN,
};
/// Reads English in Jakarta.
pub(crate) const JOHN: Person<'static> = Person {
    name: "John",
    language: Language::En,
    zone: JAKARTA,
};

/// A region that three people follow.
pub(crate) async fn region_with_three(house: &House) -> Region {
    let region = house.region("Bandung").await;
    for person in [SARI, ANNA, JOHN] {
        house.follower(region.id, person).await;
    }
    region
}

/// Says that the power is out and lets the check run; returns the notice of it.
pub(crate) async fn cut(house: &House, region: &Region) -> NoticeId {
    house.say(region.id, Word::Off).await;
    assert_eq!(house.check().await.outages_opened, 1);
    house.told().await.last().expect("a notice").notice.id
}

/// A second later says that the power is back and lets the check run; returns the notice of it.
pub(crate) async fn mend(house: &House, region: &Region) -> NoticeId {
    house.world.pass_seconds(1);
    house.say(region.id, Word::On).await;
    assert_eq!(house.check().await.outages_closed, 1);
    house.told().await.last().expect("a notice").notice.id
}

/// How many messages of a notice have this status.
pub(crate) async fn count(house: &House, notice: NoticeId, status: Status) -> usize {
    house
        .messages(notice)
        .await
        .iter()
        .filter(|message| message.outcome.status == status)
        .count()
}

/// Plans what is to be planned, and leaves the pages on their lanes.
pub(crate) async fn plan_queued(house: &House) {
    for _ in house.queues.waiting() {
        let message = house.queues.take().expect("a message that can be taken");
        assert_eq!(message.queue, Queue::Dispatch);
        house.deliver(&message).await;
    }
}
