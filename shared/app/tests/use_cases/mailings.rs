//! Mailings from their beginning to their end, and whatever staff do with them meanwhile.

use kabar_app::{Expected, Failure};
use kabar_domain::{
    World,
    mailings::{MailingChange, MailingStatus, Wording},
    news::Status,
};
use kabar_testkit::{BERLIN, House, JAKARTA};

use crate::mailings_common::{assert_counted, clients, hours, mailed, pass, says, tagged, window};

#[tokio::test]
async fn a_mailing_whose_time_has_come_goes_at_once_to_whoever_it_is_for_in_words_of_their_own() {
    let house = House::new().await;
    clients(&house, 9, &[JAKARTA, BERLIN]).await;
    let mut new = says(&house);
    new.filter = tagged(&["vip"]);
    let mailing = house.app.add_mailing(new).await.unwrap();
    assert_eq!(mailing.status, MailingStatus::Running);
    house.drain().await;
    let told = house.app.mailing(mailing.mailing.id).await.unwrap();
    assert_eq!((told.status, told.people), (MailingStatus::Finished, 3));
    assert_eq!(
        assert_counted(&house, mailing.mailing.id)
            .await
            .count(Status::Sent),
        3
    );
    let mails = house.ses.mails();
    let mail = mails.iter().find(|mail| mail.to == "c4@example.com").unwrap();
    assert_eq!(mail.subject, "News");
    assert!(mail.text.contains("Hello C4!"), "{}", mail.text);
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 3);
}

#[tokio::test]
async fn a_mailing_of_tomorrow_waits_for_its_start() {
    let house = House::new().await;
    clients(&house, 3, &[JAKARTA]).await;
    let mut new = says(&house);
    new.start_time = house.world.now() + hours(20);
    let mailing = house.app.add_mailing(new).await.unwrap();
    assert_eq!(mailing.status, MailingStatus::Scheduled);
    pass(&house, mailing.mailing.says.start_time - hours(1), hours(1)).await;
    assert!(house.ses.mails().is_empty());
    pass(&house, mailing.mailing.says.start_time, hours(1)).await;
    assert_eq!(house.ses.mails().len(), 3);
    house.settle().await;
}

#[tokio::test]
async fn whose_day_has_not_begun_is_told_when_it_does_and_whose_does_not_in_time_never() {
    let house = House::new().await;
    // It is 17:00 in Jakarta and 11:00 in Berlin.
    clients(&house, 6, &[JAKARTA, BERLIN]).await;
    let mut new = says(&house);
    new.window = Some(window("08:00", "17:00"));
    new.end_time = house.world.now() + hours(20);
    let mut short = new.clone();
    short.end_time = house.world.now() + hours(10);
    let (long, short) = (
        house.app.add_mailing(new).await.unwrap().mailing.id,
        house.app.add_mailing(short).await.unwrap().mailing.id,
    );
    house.drain().await;
    for mailing in [long, short] {
        let rows = assert_counted(&house, mailing).await;
        assert_eq!((rows.count(Status::Sent), rows.count(Status::WrongTime)), (3, 3));
    }
    // Eight in the morning in Jakarta is one in the morning of UTC.
    let morning = "2026-11-22T01:00:00Z".parse().unwrap();
    pass(&house, morning - hours(1), hours(1)).await;
    let rows = assert_counted(&house, short).await;
    assert_eq!((rows.count(Status::Sent), rows.count(Status::Expired)), (3, 3));
    assert_eq!(assert_counted(&house, long).await.count(Status::WrongTime), 3);
    assert_eq!(house.ses.mails().len(), 6);
    pass(&house, morning, hours(1)).await;
    assert_eq!(assert_counted(&house, long).await.count(Status::Sent), 6);
    assert_eq!(house.ses.mails().len(), 9);
    house.settle().await;
}

#[tokio::test]
async fn a_mailing_that_is_paused_stands_still_and_goes_on_when_it_is_resumed() {
    let house = House::new().await;
    clients(&house, 5, &[JAKARTA]).await;
    let id = house.app.add_mailing(says(&house)).await.unwrap().mailing.id;
    for _ in 0..2 {
        assert_eq!(
            house.app.pause_mailing(id).await.unwrap().status,
            MailingStatus::Paused
        );
    }
    pass(&house, house.world.now() + hours(3), hours(1)).await;
    assert!(house.ses.mails().is_empty());
    assert_counted(&house, id).await;
    assert_eq!(
        house.app.resume_mailing(id).await.unwrap().status,
        MailingStatus::Running
    );
    house.settle().await;
    assert_eq!(mailed(&house).len(), 5);
    assert_eq!(
        house.app.mailing(id).await.unwrap().status,
        MailingStatus::Finished
    );
    for order in [
        house.app.pause_mailing(id).await,
        house.app.cancel_mailing(id).await,
    ] {
        assert!(matches!(order, Err(Failure::Conflict(_))));
    }
}

#[tokio::test]
async fn a_mailing_that_is_called_off_or_removed_ends_at_once_also_for_those_who_sleep() {
    for is_removed in [false, true] {
        let house = House::new().await;
        clients(&house, 12, &[JAKARTA, BERLIN]).await;
        let mut new = says(&house);
        new.window = Some(window("08:00", "17:00"));
        let id = house.app.add_mailing(new).await.unwrap().mailing;
        house.drain().await;
        assert_eq!(house.ses.mails().len(), 6);
        if is_removed {
            house.app.remove_mailing(id.id, Expected::Any).await.unwrap();
        } else {
            let after = house.app.cancel_mailing(id.id).await.unwrap();
            assert_eq!(after.status, MailingStatus::Cancelled);
        }
        house.drain().await;
        house.assert_all_ended(id.notice).await;
        let statuses = house.statuses(id.notice).await;
        let count = |status| statuses.iter().filter(|s| **s == status).count();
        assert_eq!((count(Status::Sent), count(Status::Cancelled)), (6, 6));
        house.settle().await;
    }
}

#[tokio::test]
async fn an_edit_while_it_runs_tells_new_matches_spares_old_ones_and_nobody_twice() {
    let house = House::new().await;
    let all = clients(&house, 30, &[JAKARTA, BERLIN]).await;
    let mut new = says(&house);
    new.filter = tagged(&["vip", ""]);
    new.window = Some(window("08:00", "17:00"));
    let id = house.app.add_mailing(new).await.unwrap().mailing.id;
    house.drain().await;
    assert_eq!(house.ses.mails().len(), 10, "those in Berlin");
    let change = MailingChange {
        filter: Some(tagged(&["vip", "old"])),
        text: Some(Wording::text("Changed", 1000).unwrap()),
        ..MailingChange::default()
    };
    house.app.change_mailing(id, Expected::Any, change).await.unwrap();
    house.drain().await;
    assert_counted(&house, id).await;
    assert_eq!(house.ses.mails().len(), 15, "and those who are old, in Berlin");
    pass(&house, house.world.now() + hours(24), hours(1)).await;
    let rows = assert_counted(&house, id).await;
    assert_eq!((rows.count(Status::Sent), rows.count(Status::Cancelled)), (25, 5));
    let times = mailed(&house);
    assert!(times.values().all(|times| *times == 1), "{times:?}");
    for client in all {
        let is_told = times.contains_key(client.email.as_ref().unwrap().as_str());
        let is_in_berlin = client.zone.name() == BERLIN;
        assert_eq!(is_told, client.tag.as_str() != "" || is_in_berlin, "{client:?}");
    }
    house.settle().await;
}

#[tokio::test]
async fn a_wider_window_wakes_those_who_were_to_sleep() {
    let house = House::new().await;
    clients(&house, 6, &[JAKARTA, BERLIN]).await;
    let mut new = says(&house);
    new.window = Some(window("08:00", "17:00"));
    let id = house.app.add_mailing(new).await.unwrap().mailing.id;
    house.drain().await;
    assert_eq!(house.ses.mails().len(), 3);
    let change = MailingChange {
        window: Some(Some(window("08:00", "22:00"))),
        ..MailingChange::default()
    };
    house.app.change_mailing(id, Expected::Any, change).await.unwrap();
    house.drain().await;
    assert_eq!(house.ses.mails().len(), 6);
    assert_counted(&house, id).await;
    house.settle().await;
}
