//! How things are shown: to people as they write and call them, in a file as machines do.

use kabar_domain::{people::Role, power::Word};

use crate::{common::says, site::Site};

const EVENT: [(&str, &str); 6] = [
    ("name", "Jazz"),
    ("location", "Bandung"),
    ("category", "music"),
    ("quota", "900"),
    ("start_time", "2026-12-01T10:00"),
    ("end_time", "2026-12-02T10:00"),
];

#[tokio::test]
async fn amounts_ids_and_columns_are_short_in_a_list_and_whole_in_a_file() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let event = susi.make("/events", &EVENT).await;
    let ticket = [
        ("event_id", event.as_str()),
        ("name", "Regular"),
        ("price", "150000"),
        ("quota", "900"),
        ("sales_start", "2026-11-01T00:00"),
        ("sales_end", "2026-12-01T00:00"),
    ];
    let ticket = susi.make("/tickets", &ticket).await;
    susi.get("/tickets").await.has(&[">150,000.00</td>"]);
    susi.get("/tickets/csv").await.has(&[",150000.00,"]);

    let registration = susi.make("/registrations", &[("ticket_id", &ticket)]).await;
    let end = &registration[registration.len() - 8..];
    let list = susi.get("/registrations").await;
    list.has(&[
        &format!("<a href=\"/registrations/{registration}\">…{end}</a>"),
        ">confirmed</span>",
    ]);
    susi.get("/registrations/csv").await.has(&[&registration]);
    let page = susi.get(&format!("/registrations/{registration}")).await;
    page.has(&[
        &format!("<h1>Registration …{end}</h1>"),
        &format!("<dd>{registration}</dd>"),
    ]);
    site.house.drain().await;

    let list = susi.get("/users").await;
    assert!(
        !list.text.contains(">Last name<"),
        "nobody has one: {}",
        list.text
    );
    list.has(&[">First name</th>", "data-label=\"First name\""]);
    susi.get("/users/csv").await.has(&["First name,Last name,Groups"]);
}

#[tokio::test]
async fn an_id_of_what_somebody_cannot_see_is_not_shown_to_them() {
    let site = Site::new().await;
    let oki = site.person("oki", &[Role::Organizer]).await;
    let sari = site.person("sari", &[]).await;
    let event = oki.make("/events", &EVENT).await;
    let path = format!("/events/{event}");
    oki.get(&path).await.has(&["<dt>Organizer</dt>"]);
    let page = sari.get(&path).await;
    page.has(&["<dt>Place</dt>"]);
    assert!(
        !page.text.contains("<dt>Organizer</dt>") && !page.text.contains("<dt>Name</dt>"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn what_the_api_names_in_english_is_said_in_the_language_of_the_reader() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let region = site.house.region("Bandung").await;
    says(&site.house, &region, Word::Off).await;
    susi.post("/me/language", &[("language", "id")]).await;
    susi.get("/outages").await.has(&["pernyataan operator"]);
    let notices = susi.get("/notices").await;
    let (_, rows) = notices.text.split_once("<tbody>").unwrap();
    let (_, rest) = rows.split_once("<a href=\"/notices/").unwrap();
    let id = rest.split_once('"').unwrap().0;
    let page = susi.get(&format!("/notices/{id}")).await;
    page.has(&["<h1>listrik padam</h1>", ">selesai</span>"]);
}
