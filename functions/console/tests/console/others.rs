//! The list of regions, and what is not there.

use kabar_testkit::House;

use crate::common::open;

#[tokio::test]
async fn all_regions_are_listed_a_page_at_a_time() {
    let house = House::new().await;
    open(&house, "/status").await.has(&["There are no regions yet."]);
    for number in 0..51 {
        house.region(&format!("Region {number}")).await;
    }
    let first = open(&house, "/status/").await;
    assert_eq!(first.text.matches("<li class=\"unknown\">").count(), 50);
    let (_, rest) = first.text.split_once("after=").unwrap();
    let (after, _) = rest.split_once('"').unwrap();
    let second = open(&house, &format!("/status/?after={after}")).await;
    for number in 0..51 {
        let name = format!(">Region {number}<");
        assert!(
            first.text.contains(&name) != second.text.contains(&name),
            "{name}"
        );
    }
    assert_eq!(second.text.matches("<li class=\"unknown\">").count(), 1);
    assert!(!second.text.contains("More regions"));
    let odd = open(&house, "/status/?after=nonsense").await;
    assert_eq!(odd.text, first.text, "what is no region begins at the beginning");
}

#[tokio::test]
async fn what_is_not_there_is_a_page_that_says_so() {
    let house = House::new().await;
    let gone = "01912f4e-7b1a-7c3d-8e5f-0123456789ab";
    for path in [
        "/a/b/c/d/e/f",
        "/status/x",
        "/status/x/feed.xml",
        &format!("/status/{gone}"),
        &format!("/status/{gone}/badge.svg"),
        &format!("/status/{gone}/badge.json"),
        "/status/%00",
        "/status/..%2f..%2fetc",
    ] {
        let page = open(&house, path).await;
        assert_eq!(page.status, 404, "{path}");
        page.has(&["There is no such page"]);
    }
    // What an address says twice, or in no words at all, is no reason to show nothing.
    for odd in ["?lang=en&lang=id", "?after=%ff&lang", "?&&=&lang=%00"] {
        assert_eq!(open(&house, &format!("/status/{odd}")).await.status, 200, "{odd}");
    }
}
