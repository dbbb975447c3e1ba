//! What becomes of a person's own registration and payment is told to them, once.

use kabar_app::{
    Expected,
    events::{PaymentChange, RegistrationChange},
};
use kabar_domain::{
    events::{PaymentStatus, Registration, Ticket},
    ids::TicketId,
    people::User,
};
use kabar_testkit::House;

use crate::{
    change_user::myself,
    common::{ANNA, SARI},
    events_common::{hours, organizer, pay, staff},
    holders::{Concert, concert, holds},
};

async fn three_kinds(house: &House) -> Concert {
    let host = organizer(house, "Host").await;
    concert(
        house,
        &host,
        "Konser",
        hours(house, 24),
        &["Festival", "VIP", "Makan"],
    )
    .await
}

async fn trade(house: &House, held: &Registration, to: TicketId) {
    let to = RegistrationChange {
        ticket: Some(to),
        user: None,
    };
    house
        .app
        .change_registration(&staff(house), held.id, Expected::Any, to)
        .await
        .unwrap();
}

async fn cancel(house: &House, user: &User, held: &Registration) {
    house
        .app
        .cancel_registration(&myself(user), held.id, Expected::Any)
        .await
        .unwrap();
}

fn subjects(house: &House) -> Vec<String> {
    house.ses.mails().into_iter().map(|mail| mail.subject).collect()
}

fn last(house: &House) -> String {
    String::from_utf8_lossy(&house.ses.mails().last().unwrap().raw).into_owned()
}

#[tokio::test]
async fn who_cancels_is_told_and_the_event_leaves_their_calendar() {
    let house = House::new().await;
    let concert = three_kinds(&house).await;
    let anna = house.user(ANNA).await;
    let held = [
        holds(&house, &anna, &concert.tickets[0]).await,
        holds(&house, &anna, &concert.tickets[1]).await,
    ];
    cancel(&house, &anna, &held[0]).await;
    house.settle().await;
    assert_eq!(subjects(&house), ["One of your tickets for Konser is cancelled"]);
    assert!(!last(&house).contains("text/calendar"), "she still comes");
    cancel(&house, &anna, &held[1]).await;
    house.settle().await;
    assert_eq!(subjects(&house)[1], "You are no longer registered for Konser");
    assert!(last(&house).contains("METHOD:CANCEL"));
}

#[tokio::test]
async fn moved_to_other_tickets_within_a_minute_is_one_mail_and_back_is_none() {
    let house = House::new().await;
    let concert = three_kinds(&house).await;
    let anna = house.user(ANNA).await;
    let [festival, vip, makan] = [0, 1, 2].map(|at: usize| concert.tickets[at].id);
    let held = holds(&house, &anna, &concert.tickets[0]).await;
    for to in [vip, makan, vip, makan] {
        trade(&house, &held, to).await;
        house.drain().await;
        house.world.pass_seconds(5);
    }
    house.settle().await;
    assert_eq!(subjects(&house), ["Your ticket for Konser has changed"]);
    let text = &house.ses.mails()[0].text;
    assert!(
        text.contains("Ticket: Makan") && text.contains("Instead of: Festival"),
        "{text}"
    );
    house.world.pass_seconds(120);
    trade(&house, &held, festival).await;
    trade(&house, &held, makan).await;
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 1, "it is as it was");
}

#[tokio::test]
async fn traded_and_cancelled_within_a_minute_is_one_mail() {
    let house = House::new().await;
    let concert = three_kinds(&house).await;
    let anna = house.user(ANNA).await;
    let held = holds(&house, &anna, &concert.tickets[0]).await;
    trade(&house, &held, concert.tickets[1].id).await;
    cancel(&house, &anna, &held).await;
    house.settle().await;
    assert_eq!(subjects(&house), ["You are no longer registered for Konser"]);
}

#[tokio::test]
async fn a_seat_that_goes_to_another_person_is_told_to_both() {
    let house = House::new().await;
    let concert = three_kinds(&house).await;
    let (anna, sari) = (house.user(ANNA).await, house.user(SARI).await);
    let held = holds(&house, &anna, &concert.tickets[0]).await;
    let to = RegistrationChange {
        ticket: None,
        user: Some(sari.id),
    };
    house
        .app
        .change_registration(&staff(&house), held.id, Expected::Any, to)
        .await
        .unwrap();
    house.settle().await;
    let mut told: Vec<(String, String)> = house
        .ses
        .mails()
        .into_iter()
        .map(|mail| (mail.to, mail.subject))
        .collect();
    told.sort();
    let expected = [
        ("anna@example.com", "You are no longer registered for Konser"),
        ("sari@example.com", "Anda terdaftar untuk Konser"),
    ];
    assert_eq!(
        told,
        expected.map(|(to, subject)| (to.to_owned(), subject.to_owned()))
    );
}

#[tokio::test]
async fn who_loses_a_ticket_with_its_kind_is_told() {
    let house = House::new().await;
    let concert = three_kinds(&house).await;
    let (anna, sari) = (house.user(ANNA).await, house.user(SARI).await);
    let ticket: &Ticket = &concert.tickets[0];
    holds(&house, &anna, ticket).await;
    holds(&house, &sari, &concert.tickets[1]).await;
    let removed = house.app.remove_ticket(&concert.host, ticket.id, Expected::Any);
    removed.await.unwrap();
    house.settle().await;
    assert_eq!(subjects(&house), ["You are no longer registered for Konser"]);
    assert!(house.ses.mails()[0].text.contains("Cancelled: Festival"));
}

#[tokio::test]
async fn a_payment_is_told_when_it_is_completed_and_not_when_it_was_taken_back() {
    let house = House::new().await;
    let concert = three_kinds(&house).await;
    let anna = house.user(ANNA).await;
    let held = holds(&house, &anna, &concert.tickets[0]).await;
    let to = |status| PaymentChange {
        status: Some(status),
        ..PaymentChange::default()
    };
    let payment = pay(&house, &held, PaymentStatus::Pending).await;
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 0, "it is asked for");
    for status in [PaymentStatus::Completed, PaymentStatus::Completed] {
        house
            .app
            .change_payment(&staff(&house), payment.id, Expected::Any, to(status))
            .await
            .unwrap();
    }
    house.settle().await;
    assert_eq!(subjects(&house), ["We have received your payment for Konser"]);
    let refunded = pay(&house, &held, PaymentStatus::Completed).await;
    let back = to(PaymentStatus::Refunded);
    house
        .app
        .change_payment(&staff(&house), refunded.id, Expected::Any, back)
        .await
        .unwrap();
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 1, "taken back before anybody was told");
}
