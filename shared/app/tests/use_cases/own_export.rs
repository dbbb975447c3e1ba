//! All that is known of a person, for themselves, in parts where it is much.

use std::collections::BTreeSet;

use kabar_app::people::ExportList;
use kabar_domain::news::Status;
use kabar_store::notices::Outcome;
use kabar_testkit::House;

use crate::{
    change_user::myself,
    common::SARI,
    events_common::{event, organizer, register, ticket},
};

#[tokio::test]
async fn lists_go_on_one_after_the_other_until_each_entry_was_there_once() {
    let house = House::new().await;
    let sari = house.user(SARI).await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 10).await;
    let ticket = ticket(&house, &host, &event, 10).await;
    let held = register(&house.app, &myself(&sari), &ticket).await.unwrap();
    house.settle().await;
    // More than one part has, on pages of a notice that has one.
    let notice = house.mailing(sari.id).await;
    house.sweep().await;
    house.settle().await;
    let row = Outcome {
        status: Status::Sent,
        attempts: 1,
        sent_at: None,
        error: None,
        provider_id: None,
        in_doubt: false,
        claim: None,
        about: None,
        user: Some(sari.id),
    };
    for page in 2..=6 {
        for place in 1..=100 {
            let message = notice.page(page).message(place);
            assert!(house.notices().record(message, &row).await.unwrap());
        }
    }
    let (mut from, mut messages, mut parts) = (None, BTreeSet::new(), 0);
    loop {
        let part = house.app.export(&myself(&sari), from).await.unwrap();
        parts += 1;
        let ids: Vec<_> = part.registrations.iter().map(|one| one.id).collect();
        assert_eq!(ids, if parts == 1 { vec![held.id] } else { Vec::new() });
        assert!(part.payments.is_empty());
        let size = part.messages.len() + ids.len();
        assert!(size <= 500, "{size}");
        let before = messages.len();
        messages.extend(part.messages.iter().map(|own| own.id));
        assert_eq!(messages.len(), before + part.messages.len(), "none comes twice");
        from = part.next;
        match &from {
            Some(next) => assert_eq!(next.list, ExportList::Messages),
            None => break,
        }
    }
    // With that of the registration, and the notice's own.
    assert_eq!((parts, messages.len()), (2, 502));
}
