//! What pages do by themselves, and that whoever does not want it has their peace.

use std::time::Duration;

use kabar_testkit::PASSWORD;
use tokio::time::sleep;

use crate::{
    browser::{Browser, DESKTOP},
    looks_site::{LooksSite, SUPERUSER},
};

/// Longer than a page waits before it looks again.
const A_LOOK: Duration = Duration::from_millis(5_500);
/// Longer than a form waits before it is sent again.
const A_PRESS: Duration = Duration::from_millis(4_500);

const COUNT: &str = "window.asked = 0; const ask = window.fetch; \
                     window.fetch = (...about) => { window.asked += 1; return ask(...about); };";
const HIDE: &str = "Object.defineProperty(document, 'hidden', { get: () => window.isHidden, configurable: true }); \
                    window.isHidden = true; document.dispatchEvent(new Event('visibilitychange'));";
const SHOW: &str = "window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'));";
const PRESS: &str = "const pressed = new Event('submit', { cancelable: true }); \
                     return document.querySelector('main form').dispatchEvent(pressed);";

async fn log_in(site: &LooksSite) -> Browser {
    let browser = Browser::start(DESKTOP).await;
    browser.open(&format!("{}/login", site.url)).await;
    browser.fill("username", SUPERUSER).await;
    browser.fill("password", PASSWORD).await;
    browser.click("main form button").await;
    browser.wait_for("#overview").await;
    browser
}

#[tokio::test]
async fn a_page_looks_again_while_somebody_wants_it_to() {
    let site = LooksSite::new().await;
    let browser = log_in(&site).await;
    let asked = async || browser.run("return window.asked").await.as_u64().unwrap();
    browser.run(COUNT).await;
    sleep(A_LOOK).await;
    assert!(asked().await > 0, "it looks by itself");

    browser.click("button[data-pause]").await;
    browser
        .wait_for_text("button[data-pause]", "Go on updating")
        .await;
    let before = asked().await;
    sleep(A_LOOK).await;
    assert_eq!(asked().await, before, "not while it is paused");
    browser.click("button[data-pause]").await;
    browser.wait_for_text("button[data-pause]", "Pause updates").await;
    assert_eq!(asked().await, before + 1, "at once when it goes on");

    browser.run(HIDE).await;
    sleep(A_LOOK).await;
    assert_eq!(asked().await, before + 1, "not while nobody sees it");
    browser.run(SHOW).await;
    sleep(Duration::from_millis(500)).await;
    assert_eq!(asked().await, before + 2, "when it is seen again");
    browser.close().await;
}

#[tokio::test]
async fn a_form_whose_answer_was_stopped_can_be_sent_again() {
    let site = LooksSite::new().await;
    let browser = log_in(&site).await;
    browser.open(&format!("{}/regions/new", site.url)).await;
    browser.wait_for("main form").await;
    assert_eq!(browser.run(PRESS).await, true);
    assert_eq!(browser.run(PRESS).await, false, "pressed twice, sent once");
    sleep(A_PRESS).await;
    assert_eq!(browser.run(PRESS).await, true, "nothing came of it");
    browser.close().await;
}
