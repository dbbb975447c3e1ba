//! What staff order of a mailing that runs.

use kabar_app::{Expected, Failure};
use kabar_domain::{World, mailings::MailingStatus, news::Status};
use kabar_testkit::{BERLIN, House, JAKARTA};

use crate::mailings_common::{assert_counted, clients, hours, mailed, pass, says, window};

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
