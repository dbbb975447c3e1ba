//! What becomes of payments when their registration is cancelled.

use kabar_app::Expected;
use kabar_domain::events::{
    Payment,
    PaymentStatus::{Cancelled, Completed, Failed, Pending, Refunded},
};

use crate::{
    events_common::{ALL, is_conflict, names_field, pay, quiet, quiet_with_seed, staff},
    payments::{Sold, add, go, sold},
};

#[tokio::test]
async fn what_was_paid_for_a_cancelled_seat_is_owed_until_it_is_refunded() {
    let house = quiet().await;
    let Sold { host, guest, held } = sold(&house, "Host").await;
    let (paid, open, failed) = (
        pay(&house, &held, Completed).await,
        pay(&house, &held, Pending).await,
        pay(&house, &held, Failed).await,
    );
    let staff = staff(&house);
    let due = async || house.app.payments(&staff, true, &ALL).await.unwrap().entries;
    assert!(due().await.is_empty());
    let done = house.app.cancel_registration(&host, held.id, Expected::Any);
    done.await.unwrap();
    let owed = due().await;
    assert_eq!(
        (owed.len(), owed[0].id, owed[0].paid_at),
        (1, paid.id, paid.paid_at)
    );
    let read = async |payment: &Payment| house.app.payment(&guest, payment.id).await.unwrap();
    assert_eq!(read(&open).await.status, Cancelled);
    assert_eq!(read(&failed).await.status, Failed);
    assert!(is_conflict(&go(&house, &failed, Pending).await), "for no seat");
    assert!(names_field(
        &add(&house, &guest, &held, Pending).await,
        "registration_id"
    ));
    let refunded = go(&house, &paid, Refunded).await.unwrap();
    assert_eq!(refunded.paid_at, paid.paid_at);
    assert!(due().await.is_empty());
}

#[tokio::test]
async fn a_payment_made_while_its_registration_is_cancelled_is_never_left_open() {
    for seed in 0..10 {
        let house = quiet_with_seed(seed).await;
        let Sold { guest, held, .. } = sold(&house, "Host").await;
        let (added, cancelled) = tokio::join!(
            add(&house, &guest, &held, Pending),
            house.app.cancel_registration(&guest, held.id, Expected::Any)
        );
        cancelled.unwrap();
        let left = house.app.payments(&guest, false, &ALL).await.unwrap().entries;
        assert_eq!(left.len(), usize::from(added.is_ok()));
        assert!(left.iter().all(|p| p.status == Cancelled && p.is_orphaned));
    }
}
