//! Nobody is offered what they may not do.

use crate::site::{Browser, Site};

async fn event(site: &Site, organizer: &Browser) -> String {
    let event = [
        ("name", "Jazz"),
        ("category", "concert"),
        ("location", "Dago"),
        ("start_time", "2026-12-06T19:00"),
        ("end_time", "2026-12-06T22:00"),
        ("quota", "10"),
    ];
    site.make(organizer, "/events", &event).await
}

/// What a page offers of making, changing, removing and saying.
async fn offered(site: &Site, browser: &Browser, path: &str) -> Vec<&'static str> {
    let page = site.get(browser, path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.text);
    let offers = ["/new\"", "/edit\"", "/do/delete\"", "/do/say\"", "/do/follow\""];
    offers
        .into_iter()
        .filter(|offer| page.text.contains(&format!("href=\"{}{offer}", path)))
        .collect()
}

#[tokio::test]
async fn regions_are_for_staff_to_keep_and_for_everybody_to_follow() {
    let site = Site::new().await;
    let (ada, sari) = (site.person("ada", "admin").await, site.person("sari", "").await);
    let region = [("name", "Bandung"), ("time_zone", "Asia/Jakarta")];
    let region = site.make(&ada, "/regions", &region).await;
    let path = format!("/regions/{region}");
    assert_eq!(offered(&site, &ada, "/regions").await, ["/new\""]);
    assert!(offered(&site, &sari, "/regions").await.is_empty());
    assert_eq!(
        offered(&site, &ada, &path).await,
        ["/edit\"", "/do/delete\"", "/do/say\"", "/do/follow\""]
    );
    assert_eq!(offered(&site, &sari, &path).await, ["/do/follow\""]);
    let list = site.get(&sari, "/regions").await;
    assert!(!list.text.contains("value=\"delete\""), "{}", list.text);
}

#[tokio::test]
async fn events_and_tickets_are_for_organizers_to_keep() {
    let site = Site::new().await;
    let (oki, sari) = (
        site.person("oki", "organizer").await,
        site.person("sari", "").await,
    );
    let event = format!("/events/{}", event(&site, &oki).await);
    assert_eq!(offered(&site, &oki, &event).await, ["/edit\"", "/do/delete\""]);
    assert!(offered(&site, &sari, &event).await.is_empty());
    for kind in ["/events", "/tickets"] {
        assert_eq!(offered(&site, &oki, kind).await, ["/new\""], "{kind}");
        assert!(offered(&site, &sari, kind).await.is_empty(), "{kind}");
    }
}
