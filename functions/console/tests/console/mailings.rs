//! A mailing, from the moment it is made until all of its messages have ended.

use axum::http::header;
use kabar_testkit::House;

use crate::{
    browser::Browser,
    composing::{MAILING, clients},
};

#[tokio::test]
async fn a_mailing_says_how_far_it_is_until_everybody_is_told_or_cannot_be() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    clients(&visitor).await;
    let there = visitor.made("/mailings", &MAILING).await;
    let planned = visitor.open(&there).await;
    planned.has(&[
        "id=\"mailing-running\" data-live=\"2\"",
        "it would go to 3 clients",
    ]);
    house.drain().await;
    house.world.pass_seconds(60);
    let running = visitor.open(&there).await;
    running.has(&[
        "id=\"mailing-running\" data-live=\"2\"",
        "<progress max=\"3\" value=\"2\"",
        "66 %</strong>: 2 of 3 messages",
        "waiting for daytime</span> 1",
        "sent</span> 2",
        "<dt>Told</dt><dd>2</dd>",
        "<dt>First sent</dt><dd><time datetime=\"2026-11-21T10:00:00Z\">21 Nov 2026, 17:00</time>",
        "<title id=\"chart\">Told by the hour</title><desc id=\"chart-said\">the most 2, 21 Nov 2026, 17:00</desc>",
        "<th scope=\"row\">21 Nov 2026, 17:00</th><td>2</td>",
        "Told by operator",
        "<th scope=\"row\">916</th><td>2</td>",
        "<th scope=\"row\">vip</th><td>1</td>",
        "/export\">All messages as CSV",
        "/do/test\">Send a test",
        "/do/pause\">Pause",
        "/do/cancel\">Call off",
    ]);
    assert!(!running.text.contains("/do/resume"));
    house.world.pass_seconds(6 * 3600);
    house.settle().await;
    let finished = visitor.open(&there).await;
    finished.has(&[
        "id=\"mailing-finished\">",
        "<progress max=\"3\" value=\"3\"",
        "100 %</strong>: 3 of 3 messages",
        "sent</span> 2",
        "too late</span> 1",
    ]);
    assert!(!finished.text.contains("data-live") && !finished.text.contains("/do/pause"));
}

#[tokio::test]
async fn a_mailing_that_is_paused_goes_on_and_is_called_off_by_buttons() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    clients(&visitor).await;
    let there = visitor.made("/mailings", &MAILING).await;
    for (action, state) in [
        ("pause", "paused"),
        ("resume", "running"),
        ("cancel", "cancelled"),
    ] {
        let done = visitor.post(&format!("{there}/do/{action}"), &[]).await;
        assert_eq!(done.status, 303, "{action}: {}", done.text);
        visitor
            .open(&there)
            .await
            .has(&[&format!("id=\"mailing-{state}\"")]);
    }
    house.drain().await;
    visitor.open(&there).await.has(&["id=\"mailing-cancelled\">"]);
}

#[tokio::test]
async fn messages_come_as_a_file() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    clients(&visitor).await;
    let there = visitor.made("/mailings", &MAILING).await;
    house.drain().await;
    let file = visitor.open(&format!("{there}/export")).await;
    assert_eq!(file.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert!(
        file.header(header::CONTENT_DISPOSITION)
            .starts_with("attachment; filename=\"mailing-")
    );
    file.has(&["id,client,channel,status,"]);
    assert_eq!(file.text.lines().count(), 4, "{}", file.text);
    let stranger = Browser::of(&house, "ulla", &[]).await;
    assert_eq!(stranger.get(&format!("{there}/export")).await.status, 403);
    assert_eq!(visitor.get("/mailings/..%2f/export").await.status, 404);
    assert_eq!(visitor.get("/mailings/none/export").await.status, 404);
}
