//! Nobody is offered what they may not do.

use kabar_domain::people::Role;

use crate::{browser::Browser, site::Site};

async fn event(organizer: &Browser) -> String {
    let event = [
        ("name", "Jazz"),
        ("category", "concert"),
        ("location", "Dago"),
        ("start_time", "2026-12-06T19:00"),
        ("end_time", "2026-12-06T22:00"),
        ("quota", "10"),
    ];
    organizer.make("/events", &event).await
}

/// What a page offers of making, changing, removing and saying.
async fn offered(browser: &Browser, path: &str) -> Vec<&'static str> {
    let page = browser.get(path).await;
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
    let (ada, sari) = (
        site.person("ada", &[Role::Admin]).await,
        site.person("sari", &[]).await,
    );
    let region = [("name", "Bandung"), ("time_zone", "Asia/Jakarta")];
    let region = ada.make("/regions", &region).await;
    let path = format!("/regions/{region}");
    assert_eq!(offered(&ada, "/regions").await, ["/new\""]);
    assert!(offered(&sari, "/regions").await.is_empty());
    assert_eq!(
        offered(&ada, &path).await,
        ["/edit\"", "/do/delete\"", "/do/say\"", "/do/follow\""]
    );
    assert_eq!(offered(&sari, &path).await, ["/do/follow\""]);
    let list = sari.get("/regions").await;
    assert!(!list.text.contains("value=\"delete\""), "{}", list.text);
}

#[tokio::test]
async fn events_and_tickets_are_for_organizers_to_keep() {
    let site = Site::new().await;
    let (oki, sari) = (
        site.person("oki", &[Role::Organizer]).await,
        site.person("sari", &[]).await,
    );
    let event = format!("/events/{}", event(&oki).await);
    assert_eq!(offered(&oki, &event).await, ["/edit\"", "/do/delete\""]);
    assert!(offered(&sari, &event).await.is_empty());
    for kind in ["/events", "/tickets"] {
        assert_eq!(offered(&oki, kind).await, ["/new\""], "{kind}");
        assert!(offered(&sari, kind).await.is_empty(), "{kind}");
    }
}
