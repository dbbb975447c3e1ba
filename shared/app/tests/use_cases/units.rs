//! What each operation asks of the store: requests and units, exactly as `DynamoDB` counts them (DESIGN §3). Who calls
//! is known here; finding that out is a request and a unit more, which `budgets.rs` holds.

use kabar_app::{
    Expected,
    events::{EventChange, NewPayment, PaymentChange, RegistrationChange, RegistrationFilter},
};
use kabar_domain::events::{Money, PaymentMethod, PaymentStatus};
use kabar_store::{Window, events::Source};
use kabar_testkit::{House, Use};

use crate::events_common::{event, new_event, organizer, pay, person, register, staff, ticket};

/// What may be used: requests, read units, write units.
type Budget = (u32, f64, f64);
/// Anything that is asked for by its id.
const ONE: Budget = (2, 2.0, 0.0);
/// The same when the cache missed: it is written then.
const MISS: Budget = (3, 2.0, 4.0);
/// A page of fifty, by its bytes.
const LIST: Budget = (2, 3.5, 0.0);
/// A page of fifty that has what was written a moment ago.
const HELD: Budget = (2, 7.0, 0.0);
/// A page of events: the entries by which they are found, then each by itself.
const EVENTS: Budget = (2, 52.0, 0.0);
/// A page that the cache missed.
const PAGE_MISS: Budget = (3, 5.0, 8.0);
/// Two reads and a transaction, with the notice in it.
const REGISTER: Budget = (3, 2.0, 14.0);

const PAGE: Window = Window::first(50);

/// What has been used since, with the name of what used it.
#[derive(Default)]
struct Bill(Vec<(&'static str, Use, Budget)>);

impl Bill {
    /// Notes what was used since the last note.
    fn add(&mut self, house: &House, what: &'static str, budget: Budget) {
        self.0.push((what, house.meter().take_total(), budget));
    }

    /// Names all that is over its budget, or used nothing.
    fn settle(self) {
        let is_over = |(_, used, (requests, read, write)): &(_, Use, Budget)| {
            used.requests > *requests || used.read > *read || used.write > *write || used.requests == 0
        };
        let over: Vec<_> = self.0.iter().filter(|line| is_over(line)).collect();
        assert!(
            over.is_empty(),
            "used, of (requests, read units, write units): {over:#?}"
        );
    }
}

#[tokio::test]
async fn one_sale_from_the_event_to_the_payment_keeps_to_its_units() {
    let house = House::new().await;
    let host = organizer(&house, "Host").await;
    let guest = person(&house, "Guest", &[]).await;
    let (app, staff) = (&house.app, staff(&house));
    let mut bill = Bill::default();
    let _ = house.meter().take();

    let event = app
        .add_event(&host, new_event(&house, "Jazz", 100))
        .await
        .unwrap();
    bill.add(&house, "create an event", (2, 1.0, 31.0));
    let renamed = EventChange {
        name: Some("Jazz again".to_owned()),
        ..EventChange::default()
    };
    app.change_event(&host, event.id, Expected::Any, renamed)
        .await
        .unwrap();
    bill.add(&house, "change an event", (2, 1.0, 12.0));
    let [ticket, other] = [
        ticket(&house, &host, &event, 50).await,
        ticket(&house, &host, &event, 50).await,
    ];
    let _ = house.meter().take();

    for (source, budget) in [(Source::Database, MISS), (Source::Cache, ONE)] {
        assert_eq!(app.event(event.id).await.unwrap().1, source);
        bill.add(&house, "an event", budget);
        assert_eq!(app.ticket(ticket.id).await.unwrap().1, source);
        bill.add(&house, "a ticket", budget);
    }
    app.seats(event.id).await.unwrap();
    bill.add(&house, "the seats of an event", ONE);

    let held = register(app, &guest, &ticket).await.unwrap();
    bill.add(&house, "register", REGISTER);
    app.registration(&guest, held.id).await.unwrap();
    bill.add(&house, "a registration", ONE);
    let other = RegistrationChange {
        ticket: Some(other.id),
        user: None,
    };
    app.change_registration(&host, held.id, Expected::Any, other)
        .await
        .unwrap();
    bill.add(&house, "move to another ticket", (7, 6.0, 17.0));

    let new = NewPayment {
        registration: held.id,
        method: PaymentMethod::Qris,
        status: PaymentStatus::Pending,
        amount: Money::parse("150000").unwrap(),
    };
    let payment = app.add_payment(&guest, new).await.unwrap();
    bill.add(&house, "create a payment", (4, 3.0, 11.0));
    app.payment(&guest, payment.id).await.unwrap();
    bill.add(&house, "a payment", ONE);
    let paid = PaymentChange {
        status: Some(PaymentStatus::Completed),
        ..PaymentChange::default()
    };
    app.change_payment(&staff, payment.id, Expected::Any, paid)
        .await
        .unwrap();
    bill.add(&house, "change a payment", (6, 5.0, 12.0));
    app.cancel_registration(&guest, held.id, Expected::Any)
        .await
        .unwrap();
    bill.add(&house, "cancel", (6, 5.0, 24.0));
    bill.settle();
    house.settle().await;
}

#[tokio::test]
async fn a_page_of_fifty_takes_two_requests_whatever_is_listed() {
    let house = House::new().await;
    let (app, staff) = (&house.app, staff(&house));
    let host = organizer(&house, "Host").await;
    for n in 0..55 {
        let guest = person(&house, &format!("Guest{n}"), &[]).await;
        let event = event(&house, &host, 10).await;
        let ticket = ticket(&house, &host, &event, 10).await;
        let held = register(app, &guest, &ticket).await.unwrap();
        pay(&house, &held, PaymentStatus::Pending).await;
    }
    let mut bill = Bill::default();
    let _ = house.meter().take();

    let listed = app.users(&PAGE).await.unwrap().entries.len();
    bill.add(&house, "users", LIST);
    assert_eq!(listed, 50);
    let listed = app
        .events(&Default::default(), &PAGE)
        .await
        .unwrap()
        .entries
        .len();
    bill.add(&house, "events", EVENTS);
    assert_eq!(listed, 50);
    for (source, budget) in [(Source::Database, PAGE_MISS), (Source::Cache, LIST)] {
        let (listed, from) = app.tickets(None, &PAGE).await.unwrap();
        bill.add(&house, "tickets", budget);
        assert_eq!((listed.entries.len(), from), (50, source));
    }
    let all = RegistrationFilter::default();
    let found = app.registrations(&staff, all, &PAGE).await.unwrap().entries;
    bill.add(&house, "registrations", LIST);
    assert_eq!(found.len(), 50);
    let of_one = RegistrationFilter {
        user: Some(found[0].user),
        ..all
    };
    let listed = app.registrations(&staff, of_one, &PAGE).await.unwrap();
    bill.add(&house, "registrations of a person", LIST);
    assert!(!listed.entries.is_empty());
    let of_event = RegistrationFilter {
        event: Some(found[0].event),
        ..all
    };
    let listed = app.registrations(&staff, of_event, &PAGE).await.unwrap();
    bill.add(&house, "registrations of an event", HELD);
    assert!(!listed.entries.is_empty());
    let listed = app.payments(&staff, false, &PAGE).await.unwrap().entries.len();
    bill.add(&house, "payments", LIST);
    assert_eq!(listed, 50);
    bill.settle();
    house.drain().await;
}
