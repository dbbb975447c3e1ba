//! Payments make their legal moves, and no other.

use kabar_app::{
    Expected, Failure,
    events::{NewPayment, PaymentChange},
};
use kabar_domain::{
    World,
    events::{
        MOST_PAYMENTS, Money, Payment, PaymentMethod,
        PaymentStatus::{self, Cancelled, Completed, Failed, Pending, Refunded},
        Registration,
    },
    people::Caller,
};
use kabar_store::Window;
use kabar_testkit::House;

use crate::events_common::{
    ALL, event, is_conflict, is_gone, is_not_allowed, names_field, newcomer, organizer, paged, pay, quiet,
    staff, ticket,
};

pub(crate) struct Sold {
    pub(crate) host: Caller,
    pub(crate) guest: Caller,
    pub(crate) held: Registration,
}

pub(crate) async fn sold(house: &House, host: &str) -> Sold {
    let host = organizer(house, host).await;
    let event = event(house, &host, 9).await;
    let ticket = ticket(house, &host, &event, 9).await;
    let (guest, held) = newcomer(house, &ticket).await;
    Sold { host, guest, held }
}

pub(crate) async fn add(
    house: &House,
    caller: &Caller,
    held: &Registration,
    status: PaymentStatus,
) -> Result<Payment, Failure> {
    let new = NewPayment {
        registration: held.id,
        method: PaymentMethod::Cash,
        status,
        amount: Money::parse("12.50").unwrap(),
    };
    house.app.add_payment(caller, new).await
}

async fn change(house: &House, payment: &Payment, change: PaymentChange) -> Result<Payment, Failure> {
    let staff = staff(house);
    house
        .app
        .change_payment(&staff, payment.id, Expected::Any, change)
        .await
}

pub(crate) async fn go(house: &House, payment: &Payment, status: PaymentStatus) -> Result<Payment, Failure> {
    let to = PaymentChange {
        status: Some(status),
        ..PaymentChange::default()
    };
    change(house, payment, to).await
}

#[tokio::test]
async fn only_legal_moves_are_made_and_the_time_of_payment_is_kept() {
    let house = quiet().await;
    let Sold { held, .. } = sold(&house, "Host").await;
    let legal = [
        (Pending, Completed),
        (Pending, Failed),
        (Pending, Cancelled),
        (Failed, Pending),
        (Completed, Refunded),
    ];
    for from in PaymentStatus::ALL {
        for to in PaymentStatus::ALL {
            let payment = pay(&house, &held, from).await;
            house.world.pass_seconds(60);
            let moved = go(&house, &payment, to).await;
            if from != to && !legal.contains(&(from, to)) {
                assert!(is_conflict(&moved), "{from:?} to {to:?}: {moved:?}");
            } else {
                assert_eq!(moved.as_ref().unwrap().status, to, "{from:?} to {to:?}");
                let paid_at = match (from, to) {
                    (Pending, Completed) => Some(house.world.now()),
                    _ => payment.paid_at,
                };
                assert_eq!(moved.unwrap().paid_at, paid_at, "{from:?} to {to:?}");
            }
            assert_eq!(payment.paid_at.is_some(), from == Completed);
            let removed = house
                .app
                .remove_payment(&staff(&house), payment.id, Expected::Any)
                .await;
            removed.unwrap();
            assert!(is_gone(&house.app.payment(&staff(&house), payment.id).await));
        }
    }
    assert!(
        house
            .app
            .payments(&staff(&house), false, &ALL)
            .await
            .unwrap()
            .entries
            .is_empty()
    );
}

#[tokio::test]
async fn who_holds_a_registration_adds_only_what_is_pending_and_others_nothing() {
    let house = quiet().await;
    let Sold { host, guest, held } = sold(&house, "Host").await;
    for status in [Completed, Failed, Cancelled, Refunded] {
        let refused = add(&house, &guest, &held, status).await;
        assert!(is_not_allowed(&refused), "{status:?}: {refused:?}");
    }
    assert!(is_not_allowed(&add(&house, &host, &held, Pending).await));
    let stranger = add(&house, &house.caller(&[]), &held, Pending).await;
    assert!(is_not_allowed(&stranger), "{stranger:?}");
    assert!(
        house
            .app
            .payments(&guest, false, &ALL)
            .await
            .unwrap()
            .entries
            .is_empty()
    );
    let payment = add(&house, &guest, &held, Pending).await.unwrap();
    let listed = house.app.payments(&guest, false, &ALL).await.unwrap();
    assert_eq!(listed.entries, [payment]);
}

#[tokio::test]
async fn a_payment_stays_with_its_registration_and_keeps_its_amount_once_it_is_settled() {
    let house = quiet().await;
    let (one, other) = (sold(&house, "One").await, sold(&house, "Other").await);
    let payment = pay(&house, &one.held, Pending).await;
    let elsewhere = PaymentChange {
        registration: Some(other.held.id),
        ..PaymentChange::default()
    };
    let refused = change(&house, &payment, elsewhere).await;
    assert!(names_field(&refused, "registration_id"), "{refused:?}");
    let amount = |text: &str| PaymentChange {
        amount: Some(Money::parse(text).unwrap()),
        ..PaymentChange::default()
    };
    let changed = change(&house, &payment, amount("7")).await.unwrap();
    assert_eq!(changed.amount.minor(), 700);
    go(&house, &payment, Completed).await.unwrap();
    assert!(is_conflict(&change(&house, &payment, amount("8")).await));
    let method = PaymentChange {
        method: Some(PaymentMethod::Cash),
        ..amount("7")
    };
    let changed = change(&house, &payment, method).await.unwrap();
    assert_eq!((changed.method, changed.version), (PaymentMethod::Cash, 4));
    let (staff, old) = (staff(&house), Expected::Version(3));
    let stale = house
        .app
        .change_payment(&staff, payment.id, old, PaymentChange::default());
    assert!(matches!(stale.await, Err(Failure::Changed)));
    let stale = house
        .app
        .remove_payment(&staff, payment.id, Expected::Version(3))
        .await;
    assert!(matches!(stale, Err(Failure::Changed)));
}

#[tokio::test]
async fn a_registration_has_at_most_ten_payments() {
    let house = quiet().await;
    let Sold { guest, held, .. } = sold(&house, "Host").await;
    for _ in 0..MOST_PAYMENTS {
        add(&house, &guest, &held, Pending).await.unwrap();
    }
    assert!(is_conflict(&add(&house, &guest, &held, Pending).await));
    let done = house.app.cancel_registration(&guest, held.id, Expected::Any);
    done.await.unwrap();
}

#[tokio::test]
async fn everybody_sees_their_own_payments_organizers_theirs_and_staff_all() {
    let house = quiet().await;
    let (one, other) = (sold(&house, "One").await, sold(&house, "Other").await);
    let mut paid = Vec::new();
    for n in 0..6 {
        let sale = [&one, &other][n % 2];
        paid.push(pay(&house, &sale.held, Pending).await);
        house.world.pass_seconds(1);
    }
    paid.reverse();
    for (caller, wanted) in [
        (&one.guest, Some(one.held.id)),
        (&one.host, Some(one.held.id)),
        (&other.guest, Some(other.held.id)),
        (&staff(&house), None),
    ] {
        let mut own = paid.clone();
        own.retain(|payment| wanted.is_none_or(|registration| payment.registration == registration));
        for limit in 1..=3 {
            let read = async |window: Window| house.app.payments(caller, false, &window).await.unwrap();
            assert_eq!(paged(limit, read).await, own, "by {limit}");
        }
        for payment in &paid {
            assert_eq!(
                house.app.payment(caller, payment.id).await.is_ok(),
                own.contains(payment)
            );
        }
    }
}
