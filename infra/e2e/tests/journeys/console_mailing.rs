//! A thousand clients from a file, and a mailing to them that is looked at, tried, paused and finished: by the pages alone.

use std::{fmt::Write, fs, path::PathBuf, time::Duration};

use jiff::tz::TimeZone;
use kabar_domain::World;
use kabar_kit::SystemWorld;

use crate::{
    console_desk::{CREATED, DONE, Desk},
    stack::{eventually, eventually_in},
};

/// How many rows the file has, and how many of them are no clients.
const ROWS: usize = 1_000;
const BAD: usize = 5;
const SUBJECT: &str = "Open on Sunday";

/// A zone in which it is about noon, when nobody minds a mailing.
fn at_noon() -> String {
    let hour = SystemWorld.now().to_zoned(TimeZone::UTC).hour();
    match 12 - hour {
        0 => "Etc/GMT".to_owned(),
        ahead @ 1.. => format!("Etc/GMT-{ahead}"),
        behind => format!("Etc/GMT+{}", -behind),
    }
}

/// The file, in which every two hundredth row has no phone.
fn file() -> PathBuf {
    let zone = at_noon();
    let mut csv = "phone,first_name,email,time_zone,tag\n".to_owned();
    for row in 1..=ROWS {
        let phone = match row % (ROWS / BAD) {
            0 => "unknown".to_owned(),
            _ => format!("7916{row:07}"),
        };
        writeln!(csv, "{phone},Sari {row},sari{row}@example.com,{zone},reader").unwrap();
    }
    let path = std::env::temp_dir().join(format!("kabar-clients-{}.csv", std::process::id()));
    fs::write(&path, csv).unwrap();
    path
}

/// The file is looked at, and then imported but for its bad rows, each of which is named.
async fn import(desk: &Desk<'_>) {
    let (path, browser) = (file(), &desk.browser);
    desk.open("/clients/import", "import").await;
    browser.attach("file", &path).await;
    browser.click("main form.card button").await;
    browser.wait_for("#outcome").await;
    desk.look_at("import-looked-at").await;
    let rows = browser.texts("tbody th").await;
    assert_eq!(rows.len(), BAD, "{rows:?}");
    let figures = browser.texts("section dd").await;
    assert!(figures.contains(&(ROWS - BAD).to_string()), "{figures:?}");
    browser.click("section form button").await;
    browser.wait_for_text("#outcome", "The file is imported.").await;
    desk.look_at("import-done").await;
    fs::remove_file(path).unwrap();
    desk.open("/clients", "clients").await;
}

/// A mailing that begins far ahead; what it will be is seen before there is one.
async fn compose(desk: &Desk<'_>) -> String {
    let browser = &desk.browser;
    desk.open("/mailings/new", "mailing-new").await;
    for (field, text) in [
        ("channel", "email"),
        ("subject", SUBJECT),
        ("text", "Dear {{first_name|friend}}, we are open on Sunday."),
        ("filter.tag", "reader"),
        ("start_time", "2098-01-01T00:00"),
        ("end_time", "2099-01-01T00:00"),
    ] {
        browser.fill(field, text).await;
    }
    browser.click("button[formaction='/mailings/preview']").await;
    browser.wait_for("#preview .letter").await;
    let shown = browser.texts("#preview").await.join("\n");
    assert!(shown.contains(&(ROWS - BAD).to_string()), "{shown}");
    assert!(
        shown.contains("Dear Sari") && shown.contains("open on Sunday"),
        "{shown}"
    );
    desk.look_at("mailing-looked-at").await;
    browser.click("main form.card button").await;
    browser.wait_for_text(".note", CREATED).await;
    desk.id().await
}

/// It is tried, paused, moved to now, and goes on until everybody is told once.
pub(crate) async fn mail(desk: &Desk<'_>) {
    import(desk).await;
    let mailing = compose(desk).await;
    let at = |rest: &str| format!("/mailings/{mailing}{rest}");
    let tried = [("to", "tester@example.com")];
    desk.send(&at("/do/test"), "mailing-test", &tried, DONE).await;
    eventually("the mailing was tried", async || {
        let mails = desk.stack.mails().await;
        mails.into_iter().find(|(to, ..)| to.contains("tester@"))
    })
    .await;
    desk.send(&at("/do/pause"), "mailing-pause", &[], DONE).await;
    let now = [("start_time", "2026-01-01T00:00")];
    desk.send(&at("/edit"), "mailing-edit", &now, "Saved.").await;
    let states = desk.browser.texts(".tone").await;
    assert!(states.contains(&"paused".to_owned()), "{states:?}");
    desk.send(&at("/do/resume"), "mailing-resume", &[], DONE).await;
    let told = ROWS - BAD;
    let end = format!("100 %: {told} of {told} messages have come to their end");
    eventually_in(Duration::from_secs(180), "the mailing is finished", async || {
        desk.stack.invoke("mailing-dispatch", None).await;
        desk.show(&at("")).await;
        let (bar, states) = (
            desk.browser.texts("#bar-text").await,
            desk.browser.texts(".tone").await,
        );
        (bar == [end.clone()] && states.contains(&"finished".to_owned())).then_some(())
    })
    .await;
    desk.look_at("mailing").await;
    let mails = desk.stack.mails().await;
    let reached = mails
        .iter()
        .filter(|(to, subject, _)| to.contains("sari") && subject == SUBJECT);
    assert_eq!(reached.count(), told);
}
