//! Pages that answer forms: each kind of answer once.

use std::{fs, path::Path};

use crate::console_looks::Walk;

const PLAN: &str =
    "uid,start,end,reason\\nc,2026-11-30T09:00:00+07:00,2026-11-30T12:00:00+07:00,New transformer";
const CLIENTS: &str =
    "phone,time_zone,first_name\n79161112233,Asia/Jakarta,Sari\nunknown,Asia/Jakarta,Budi\n";

impl Walk<'_> {
    async fn show(&self, path: &str) {
        self.browser.open(&format!("{}{path}", self.site.url)).await;
        self.browser.wait_for("h1").await;
    }

    /// Presses something, and looks at what comes of it.
    async fn press(&mut self, button: &str, then: &str, name: &str) {
        self.browser.click(button).await;
        self.browser.wait_for(then).await;
        self.look(name).await;
    }

    /// Sets a field as if it were typed, whatever the browser makes of keys there.
    async fn set(&self, field: &str, value: &str) {
        let script = format!("document.getElementById('{field}').value = \"{value}\"");
        self.browser.run(&script).await;
    }

    /// Where the first link of a list leads.
    async fn first(&self, list: &str) -> String {
        self.show(list).await;
        let script =
            format!("return document.querySelector(\"tbody a[href^='{list}/']\").getAttribute('href')");
        self.browser.run(&script).await.as_str().unwrap().to_owned()
    }
}

/// Whoever is not logged in, and mistyped.
pub(crate) async fn doors(walk: &mut Walk<'_>) {
    for (path, name) in [
        ("/login", "login-refused"),
        ("/sign-up", "sign-up-refused"),
        ("/reset", "reset-refused"),
    ] {
        walk.show(&format!("{path}?lang={}", walk.language)).await;
        walk.press("main form button", "[aria-invalid]", name).await;
    }
    walk.show(&format!("/login?lang={}", walk.language)).await;
    walk.set("username", "nobody").await;
    walk.set("password", "wrong horse").await;
    walk.press("main form button", ".refused", "login-wrong").await;
}

/// What somebody without a role finds closed.
pub(crate) async fn refusals(walk: &mut Walk<'_>) {
    walk.open("/clients/import", "not-theirs").await;
    walk.open("/nothing", "nothing").await;
    walk.open("/events/nothing", "event-nothing").await;
    walk.open(&format!("/me/preferences?lang={}", walk.language), "forms-only")
        .await;
    walk.show("/me").await;
    walk.browser
        .run("document.querySelector('form[action=\"/me\"] [name=csrf]').value = ''")
        .await;
    walk.press("form[action='/me'] button", "main:not(:has(form))", "forged")
        .await;
    walk.show("/me").await;
    walk.press(
        "form[action='/me/home'] button",
        "[aria-invalid]",
        "me-join-refused",
    )
    .await;
    walk.show("/me/delete").await;
    walk.press("main form button", "[aria-invalid]", "me-delete-refused")
        .await;
    walk.show("/me").await;
    walk.press(
        "form[action='/me/telegram'] button",
        "main code",
        "me-telegram-link",
    )
    .await;
    let event = walk.first("/events").await;
    walk.open(&event, "event-for-people").await;
}

/// What staff do.
pub(crate) async fn answers(walk: &mut Walk<'_>) {
    walk.show("/events/new").await;
    walk.press("main form button", "[aria-invalid]", "event-refused")
        .await;
    walk.show("/mailings").await;
    walk.browser.click("tbody input[type=checkbox]").await;
    walk.press("button[value=pause]", "input[name=sure]", "mailings-many")
        .await;
    walk.press("main form button", "main .note", "mailings-many-done")
        .await;
    let home = walk.first("/homes").await;
    let device = walk.first(&format!("{home}/detectors")).await;
    walk.open(&format!("{device}/do/key"), "detector-key").await;
    walk.press("main form button", "main code", "detector-key-shown")
        .await;
    plan(walk).await;
    compose(walk).await;
    import(walk).await;
    walk.open("/dead-letters/urgent", "dead-letters-urgent").await;
    walk.open("/stuck-pages", "stuck-pages-there").await;
}

async fn plan(walk: &mut Walk<'_>) {
    let region = walk.first("/regions").await;
    walk.show(&format!("{region}/planned-cuts/new")).await;
    walk.set("plan", "uid,start,end\\nc,soon,later").await;
    walk.press("main form button", ".refused", "plan-refused").await;
    walk.set("plan", PLAN).await;
    walk.press("main form button", "[role=status]", "plan-taken")
        .await;
}

async fn compose(walk: &mut Walk<'_>) {
    walk.show("/mailings/new").await;
    for (field, value) in [
        ("channel", "email"),
        ("subject", "Open on Sunday"),
        (
            "text",
            "Dear {{first_name|friend}}, we are open on Sunday from ten to five, and there is cake.",
        ),
        ("start_time", "2026-11-28T10:00"),
        ("end_time", "2026-11-28T18:00"),
    ] {
        walk.set(field, value).await;
    }
    walk.press("button[formaction]", "#preview .letter", "mailing-looked-at")
        .await;
    walk.set("text", "Dear {{nobody}}").await;
    walk.press("button[formaction]", "#preview .refused", "mailing-lacking")
        .await;
}

async fn import(walk: &mut Walk<'_>) {
    let file = std::env::temp_dir().join(format!("kabar-looks-{}.csv", std::process::id()));
    // A client who was imported before is not worth it.
    fs::write(&file, CLIENTS.replace("Sari", walk.language)).unwrap();
    walk.show("/clients/import").await;
    walk.browser.attach("file", Path::new(&file)).await;
    walk.press("main form.card button", "#outcome", "import-looked-at")
        .await;
    walk.browser.click("section form button").await;
    walk.browser.wait_for("section:not(:has(form)) #outcome").await;
    walk.look("import-done").await;
    walk.browser.open(&format!("{}/", walk.site.url)).await;
    fs::remove_file(file).unwrap();
}
