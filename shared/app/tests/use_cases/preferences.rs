//! What people want to be told, said from their account or by a link in a mail.

use kabar_app::{Expected, Failure, telling::LinkKey};
use kabar_domain::{
    ids::{NoticeId, SessionId, UserId},
    news::{Status, Topic},
    people::{Caller, User},
    power::Channel,
};
use kabar_testkit::House;

use crate::common::{ANNA, JOHN, cut, mend};

fn caller(house: &House, user: &User) -> Caller {
    Caller {
        user: user.id,
        session: SessionId::new(&*house.world),
        roles: Vec::new(),
    }
}

/// The token of the link in the mail that arrived last at an address, from its envelope and from its words.
fn token(house: &House, address: &str) -> String {
    let mails = house.ses.mails();
    let mail = mails.iter().rev().find(|mail| mail.to == address).unwrap();
    let raw = String::from_utf8(mail.raw.clone()).unwrap();
    let unfolded = raw.replace("\r\n ", " ").replace("\r\n\t", " ");
    let header = unfolded
        .lines()
        .find_map(|line| line.strip_prefix("List-Unsubscribe: "))
        .unwrap();
    let link = header.trim().trim_start_matches('<').trim_end_matches('>');
    assert!(mail.text.contains(link), "the same in the text: {}", mail.text);
    assert!(unfolded.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    let token = link.strip_prefix("https://kabar.example.com/u/");
    token.unwrap().to_owned()
}

async fn error_of(house: &House, notice: NoticeId, user: UserId) -> Option<String> {
    let messages = house.messages(notice).await;
    let message = messages
        .into_iter()
        .find(|message| message.to.user() == Some(user));
    message.unwrap().outcome.error
}

#[tokio::test]
async fn who_wants_to_hear_no_more_of_outages_is_told_of_everything_else() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    house.follower(region.id, JOHN).await;
    let change = [(Topic::Outages, Channel::Email, false)];
    let caller = caller(&house, &anna);
    let said = house
        .app
        .change_preferences(&caller, Expected::Any, &change)
        .await
        .unwrap();
    assert_eq!(
        (said.version, said.wants(Topic::Outages, Channel::Email)),
        (1, false)
    );

    let notice = cut(&house, &region).await;
    house.settle().await;
    house.assert_all_ended(notice).await;
    let mut statuses = house.statuses(notice).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [Status::Sent, Status::Suppressed]);
    let why = error_of(&house, notice, anna.id).await.unwrap();
    assert_eq!(why, "the person wants to be told no more of this");
    assert_eq!(house.ses.mails_to("anna@example.com"), 0);

    house.app.forgot_password(&anna.profile.email).await.unwrap();
    house.mailing(anna.id).await;
    house.settle().await;
    assert_eq!(house.ses.mails_to("anna@example.com"), 2, "a code and a mailing");

    let again = [(Topic::Outages, Channel::Email, true)];
    house
        .app
        .change_preferences(&caller, Expected::Version(1), &again)
        .await
        .unwrap();
    mend(&house, &region).await;
    house.settle().await;
    assert_eq!(house.ses.mails_to("anna@example.com"), 3);
}

#[tokio::test]
async fn a_link_looked_at_a_thousand_times_changes_nothing_and_one_word_does_for_its_topic_only() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    cut(&house, &region).await;
    house.settle().await;
    let token = token(&house, "anna@example.com");
    let _ = house.meter().take();
    for _ in 0..1_000 {
        assert!(house.app.subscription(&token).await.unwrap().is_wanted);
    }
    assert!(house.meter().take_total().write < f64::EPSILON);

    for _ in 0..2 {
        let said = house.app.subscribe(&token, false).await.unwrap();
        assert!(!said.is_wanted);
    }
    let preferences = house.app.preferences(&caller(&house, &anna)).await.unwrap();
    let silenced: Vec<_> = preferences.silenced().collect();
    assert_eq!(silenced, [(Topic::Outages, Channel::Email)]);
    assert_eq!(
        preferences.version, 1,
        "the second time there was nothing to change"
    );
    let restored = mend(&house, &region).await;
    house.settle().await;
    assert_eq!(house.statuses(restored).await, [Status::Suppressed]);

    assert!(house.app.subscribe(&token, true).await.unwrap().is_wanted);
    cut(&house, &region).await;
    house.settle().await;
    assert_eq!(house.ses.mails_to("anna@example.com"), 2);
}

#[tokio::test]
async fn a_word_said_after_a_page_is_planned_holds_for_it() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    let notice = cut(&house, &region).await;
    crate::common::plan_queued(&house).await;
    let change = [(Topic::Outages, Channel::Email, false)];
    let caller = caller(&house, &anna);
    let said = house.app.change_preferences(&caller, Expected::Any, &change);
    said.await.unwrap();
    house.settle().await;
    assert_eq!(house.statuses(notice).await, [Status::Suppressed]);
}

#[tokio::test]
async fn mail_that_was_asked_for_has_no_link_to_stop_it() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    house.app.forgot_password(&anna.profile.email).await.unwrap();
    house.settle().await;
    let mails = house.ses.mails();
    let raw = String::from_utf8(mails[0].raw.clone()).unwrap();
    assert!(!raw.contains("List-Unsubscribe") && !raw.contains("/u/"), "{raw}");
}

#[tokio::test]
async fn a_link_that_is_none_of_ours_or_whose_person_is_gone_is_not_found() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    cut(&house, &region).await;
    house.settle().await;
    let token = token(&house, "anna@example.com");
    let other = LinkKey::new("the link key of another installation").unwrap();
    let about = house.links.key().read(&token).unwrap();
    for bad in [
        "",
        "x",
        &token[1..],
        &token[..token.len() - 1],
        &other.token(&about),
    ] {
        let found = house.app.subscription(bad).await;
        assert!(matches!(found, Err(Failure::NotFound)), "{bad}");
        let said = house.app.subscribe(bad, false).await;
        assert!(matches!(said, Err(Failure::NotFound)), "{bad}");
    }
    house.app.subscribe(&token, false).await.unwrap();
    house.remove_account(&anna).await;
    house.settle().await;
    let gone = house.app.subscribe(&token, true).await;
    assert!(matches!(gone, Err(Failure::NotFound)), "{gone:?}");
    let left = house.dump("people").await;
    assert!(!left.contains("silenced"), "{left}");
}

#[tokio::test]
async fn words_said_at_once_are_all_heard_and_a_version_that_passed_is_refused() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    let caller = caller(&house, &anna);
    let say = |topic| {
        let (house, caller) = (&house, &caller);
        async move {
            let change = [(topic, Channel::Email, false)];
            house.app.change_preferences(caller, Expected::Any, &change).await
        }
    };
    let (a, b, c) = tokio::join!(say(Topic::Reminders), say(Topic::Outages), say(Topic::Mailings));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    let preferences = house.app.preferences(&caller).await.unwrap();
    assert_eq!(preferences.silenced().count(), 3);
    assert_eq!(preferences.version, 3);
    let change = [(Topic::Outages, Channel::Telegram, false)];
    for stale in [Expected::Version(0), Expected::Version(2), Expected::Never] {
        let refused = house.app.change_preferences(&caller, stale, &change).await;
        assert!(matches!(refused, Err(Failure::Changed)), "{stale:?}");
    }
}

#[tokio::test]
async fn a_change_of_the_profile_leaves_what_they_want_to_be_told_alone() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    let caller = caller(&house, &anna);
    let change = [(Topic::Outages, Channel::Email, false)];
    let said = house.app.change_preferences(&caller, Expected::Any, &change);
    said.await.unwrap();
    let name = kabar_app::people::UserChange {
        first_name: Some("Annika".to_owned()),
        ..Default::default()
    };
    let changed = house
        .app
        .change_user(&caller, anna.id, Expected::Version(anna.version), &name)
        .await;
    assert!(
        changed.is_ok(),
        "preferences have a version of their own: {changed:?}"
    );
    let preferences = house.app.preferences(&caller).await.unwrap();
    assert!(!preferences.wants(Topic::Outages, Channel::Email));
}
