//! What staff find when somebody asks why they got a message, or did not.

use kabar_domain::{Language, people::Role, power::Word};
use kabar_testkit::{House, JAKARTA, Person};

use crate::{browser::Browser, common::says};

#[tokio::test]
async fn a_message_says_on_one_page_why_it_went_to_them_and_what_became_of_it() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let wati = Person {
        name: "Wati",
        language: Language::Id,
        zone: JAKARTA,
    };
    house.follower(region.id, wati).await;
    let adi = Browser::of(&house, "adi", &[Role::Admin]).await;
    let sari = Browser::of(&house, "sari", &[]).await;
    says(&house, &region, Word::Off).await;

    let notices = adi.get("/notices").await;
    // One is to followers, the other to chats, of which there are none.
    let mut told = Vec::new();
    for rest in notices.text.split("<a href=\"/notices/").skip(1) {
        let notice = format!("/notices/{}", rest.split_once('"').unwrap().0);
        let list = adi.get(&notice).await;
        let message = list.text.split_once("<a href=\"/messages/");
        told.extend(message.map(|(_, rest)| {
            let id = rest.split_once('"').unwrap().0;
            (notice, format!("/messages/{id}"))
        }));
    }
    let [(notice, message)] = told.try_into().unwrap();
    let page = adi.get(&message).await;
    page.has(&[
        "wati",
        "Why they got this",
        "the power is out",
        "they follow the region",
        "<a href=\"/regions/",
        "Bandung",
        &format!("<a href=\"{notice}\">Notice</a>"),
        "21 Nov 2026, 17:0",
        "What the provider did and said",
        "took it",
        "The provider&#39;s name for it",
    ]);
    assert_eq!(sari.get(&message).await.status, 403);
    assert_eq!(adi.get("/messages/nothing").await.status, 404);
}
