use axum::http::header;
use kabar_domain::power::Word;
use kabar_testkit::House;

use crate::common::{open, open_in, says};

#[tokio::test]
async fn a_page_speaks_what_its_reader_does_and_links_to_the_other_language() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    says(&house, &region, Word::Off).await;
    let path = format!("/status/{}", region.id);
    let page = open_in(&house, &path, "id-ID,id;q=0.9,en;q=0.5").await;
    page.has(&[
        "<html lang=\"id\">",
        "Bandung: Listrik padam",
        "href=\"?period=30d&amp;lang=en\" lang=\"en\"",
        "pukul 17.00 WIB",
    ]);
    assert_eq!(page.header(header::VARY), "accept-language");
    let page = open(&house, &format!("{path}?lang=id&period=7d")).await;
    page.has(&[
        "<html lang=\"id\">",
        "href=\"?period=7d&amp;lang=en\"",
        "aria-current=\"page\">7 hari",
    ]);
    let page = open_in(&house, "/status/nothing", "id").await;
    assert_eq!(page.status, 404);
    page.has(&["Halaman ini tidak ada"]);
}
