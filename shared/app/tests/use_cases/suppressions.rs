//! Addresses that get no more mail of a topic: by what came back, by staff, and again after a lift.

use kabar_app::{Expected, Failure, telling::SuppressionFilter};
use kabar_domain::{
    ids::NoticeId,
    news::{Answer, Feedback, Reason, Source, Status, Suppression, Topic},
    people::{Email, Role, User},
    power::Region,
};
use kabar_store::Window;
use kabar_testkit::House;

use crate::common::{ANNA, cut, mend};

const ADDRESS: &str = "anna@example.com";
const ALL: Window = Window::first(200);

async fn follower(house: &House) -> (Region, User) {
    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    (region, anna)
}

/// The power goes out, and everybody is told.
async fn told(house: &House, region: &Region) -> NoticeId {
    let notice = cut(house, region).await;
    house.settle().await;
    notice
}

async fn answer(house: &House, notice: NoticeId, answer: Answer) -> Feedback {
    let message = house.only_message(notice).await;
    let feedback = house.feedback(&message, ADDRESS, answer);
    house.hear_one(&feedback).await;
    feedback
}

async fn listed(house: &House, filter: SuppressionFilter) -> Vec<Suppression> {
    house.app.suppressions(&filter, &ALL).await.unwrap().entries
}

async fn of_anna(house: &House) -> Vec<(Topic, Reason)> {
    let email = Some(Email::parse(ADDRESS).unwrap());
    let mut found: Vec<_> = listed(house, SuppressionFilter { email, topic: None })
        .await
        .into_iter()
        .map(|entry| (entry.topic, entry.reason))
        .collect();
    found.sort_unstable_by_key(|(topic, _)| *topic);
    found
}

#[tokio::test]
async fn a_hard_bounce_stops_all_but_what_is_asked_for_until_it_is_lifted() {
    let house = House::new().await;
    let (region, anna) = follower(&house).await;
    let notice = told(&house, &region).await;
    let bounce = answer(&house, notice, Answer::HardBounce).await;
    let expected = Topic::ALL.map(|topic| (topic, Reason::HardBounce));
    assert_eq!(of_anna(&house).await, expected);

    let restored = mend(&house, &region).await;
    let mailing = house.mailing(anna.id).await;
    house.settle().await;
    for notice in [restored, mailing] {
        let message = house.only_message(notice).await;
        assert_eq!(message.outcome.status, Status::Suppressed);
        let why = "the address is on the suppression list: hard_bounce";
        assert_eq!(message.outcome.error.as_deref(), Some(why));
        house.assert_all_ended(notice).await;
    }
    assert_eq!(house.ses.mails_to(ADDRESS), 1);
    house.app.forgot_password(&anna.profile.email).await.unwrap();
    house.settle().await;
    assert_eq!(
        house.ses.mails_to(ADDRESS),
        2,
        "a code for a new password still goes"
    );

    for entry in listed(&house, SuppressionFilter::default()).await {
        assert_eq!((entry.source, entry.message), (Source::Ses, Some(bounce.message)));
        house
            .app
            .lift(entry.id, Expected::Version(entry.version()))
            .await
            .unwrap();
    }
    house.hear_one(&bounce).await;
    assert_eq!(
        of_anna(&house).await,
        [],
        "an old answer, heard again, suppresses nothing anew"
    );
    let mailing = house.mailing(anna.id).await;
    house.settle().await;
    assert_eq!(house.statuses(mailing).await, [Status::Sent]);
}

#[tokio::test]
async fn a_complaint_stops_what_was_complained_of_and_mailings() {
    let house = House::new().await;
    let (region, anna) = follower(&house).await;
    let notice = told(&house, &region).await;
    answer(&house, notice, Answer::Complaint).await;
    let expected = [Topic::Outages, Topic::Mailings].map(|topic| (topic, Reason::Complaint));
    assert_eq!(of_anna(&house).await, expected);

    house.world.pass_seconds(1);
    house.app.forgot_password(&anna.profile.email).await.unwrap();
    house.settle().await;
    let code = house.told().await.last().unwrap().notice.id;
    assert_eq!(house.statuses(code).await, [Status::Sent]);
}

#[tokio::test]
async fn a_complaint_about_mail_that_was_asked_for_stops_mailings_only() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    house.app.forgot_password(&anna.profile.email).await.unwrap();
    house.settle().await;
    let notice = house.told().await[0].notice.id;
    answer(&house, notice, Answer::Complaint).await;
    assert_eq!(of_anna(&house).await, [(Topic::Mailings, Reason::Complaint)]);
    assert_eq!(house.statuses(notice).await, [Status::Complained]);
}

#[tokio::test]
async fn three_soft_bounces_in_a_row_stop_what_can_be_done_without_and_outages_still_arrive() {
    let house = House::new().await;
    let (region, anna) = follower(&house).await;
    for n in 0..3 {
        assert_eq!(of_anna(&house).await, [], "after {n}");
        let notice = house.mailing(anna.id).await;
        house.settle().await;
        answer(&house, notice, Answer::SoftBounce).await;
        house.world.pass_seconds(60);
    }
    let expected = [Topic::Reminders, Topic::Mailings].map(|topic| (topic, Reason::SoftBounces));
    assert_eq!(of_anna(&house).await, expected);
    let notice = told(&house, &region).await;
    assert_eq!(house.statuses(notice).await, [Status::Sent]);

    // A lift begins to count anew.
    for entry in listed(&house, SuppressionFilter::default()).await {
        house.app.lift(entry.id, Expected::Any).await.unwrap();
    }
    for _ in 0..2 {
        let notice = house.mailing(anna.id).await;
        house.settle().await;
        answer(&house, notice, Answer::SoftBounce).await;
        house.world.pass_seconds(60);
    }
    assert_eq!(of_anna(&house).await, []);
}

#[tokio::test]
async fn a_delivery_in_between_begins_to_count_soft_bounces_anew() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    use Answer::{Delivered, SoftBounce};
    for one in [SoftBounce, SoftBounce, Delivered, SoftBounce, SoftBounce] {
        let notice = house.mailing(anna.id).await;
        house.settle().await;
        answer(&house, notice, one).await;
        house.world.pass_seconds(60);
    }
    assert_eq!(of_anna(&house).await, []);
}

#[tokio::test]
async fn staff_put_an_address_on_the_list_and_what_is_there_stays_as_it_is() {
    let house = House::new().await;
    let (region, anna) = follower(&house).await;
    let notice = told(&house, &region).await;
    answer(&house, notice, Answer::Complaint).await;
    house.world.pass_seconds(60);
    let staff = house.caller(&[Role::Admin]);
    // Letter case makes no other address.
    let email = Email::parse("Anna@Example.com").unwrap();
    for _ in 0..2 {
        let entries = house.app.suppress(&staff, &email, None).await.unwrap();
        let said: Vec<_> = entries.iter().map(|e| (e.topic, e.reason, e.source)).collect();
        let manual = (Topic::Reminders, Reason::Manual, Source::Staff(staff.user));
        let complaint = |topic| (topic, Reason::Complaint, Source::Ses);
        assert_eq!(
            said,
            [manual, complaint(Topic::Outages), complaint(Topic::Mailings)]
        );
        house.world.pass_seconds(60);
    }
    let mailing = house.mailing(anna.id).await;
    house.settle().await;
    assert_eq!(house.statuses(mailing).await, [Status::Suppressed]);
}

#[tokio::test]
async fn a_lift_of_what_is_not_there_or_was_replaced_is_refused() {
    let house = House::new().await;
    let staff = house.caller(&[Role::Admin]);
    let email = Email::parse(ADDRESS).unwrap();
    let first = house
        .app
        .suppress(&staff, &email, Some(Topic::Mailings))
        .await
        .unwrap();
    let [first] = &first[..] else { panic!("{first:?}") };
    house.app.lift(first.id, Expected::Any).await.unwrap();
    let gone = house.app.lift(first.id, Expected::Any).await;
    assert!(matches!(gone, Err(Failure::NotFound)), "{gone:?}");
    house.world.pass_seconds(1);
    house
        .app
        .suppress(&staff, &email, Some(Topic::Mailings))
        .await
        .unwrap();
    let stale = house.app.lift(first.id, Expected::Version(first.version())).await;
    assert!(matches!(stale, Err(Failure::Changed)), "{stale:?}");
}

#[tokio::test]
async fn the_list_is_the_newest_first_and_goes_on_where_it_stopped() {
    let house = House::new().await;
    let staff = house.caller(&[Role::Admin]);
    for n in 0..7 {
        let email = Email::parse(&format!("person{n}@example.com")).unwrap();
        house.app.suppress(&staff, &email, None).await.unwrap();
        house.world.pass_seconds(1);
    }
    let whole = listed(&house, SuppressionFilter::default()).await;
    assert_eq!(whole.len(), 21);
    assert!(whole.is_sorted_by(|a, b| (a.since, a.id) >= (b.since, b.id)));
    let mut parts = Vec::new();
    let mut window = Window::first(4);
    loop {
        let part = house
            .app
            .suppressions(&SuppressionFilter::default(), &window)
            .await
            .unwrap();
        parts.extend(part.entries);
        window.after = part.next;
        if window.after.is_none() {
            break;
        }
    }
    assert_eq!(parts, whole);
    let topic = Some(Topic::Outages);
    let outages = listed(&house, SuppressionFilter { email: None, topic }).await;
    assert_eq!(outages.len(), 7);
    assert!(outages.iter().all(|entry| entry.topic == Topic::Outages));
}
