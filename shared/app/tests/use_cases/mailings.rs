//! Mailings from their beginning to their end, and whatever staff do with them meanwhile.

use kabar_domain::{World, mailings::MailingStatus, news::Status};
use kabar_testkit::{BERLIN, House, JAKARTA};

use crate::mailings_common::{assert_counted, clients, hours, pass, says, tagged, window};

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
