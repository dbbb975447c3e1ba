//! A mailing that is edited while it runs.

use kabar_app::Expected;
use kabar_domain::{
    World,
    mailings::{MailingChange, Wording},
    news::Status,
};
use kabar_testkit::{BERLIN, House, JAKARTA};

use crate::mailings_common::{assert_counted, clients, hours, mailed, pass, says, tagged, window};

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
