//! Somebody at work with the console.

use crate::{
    browser::{Browser, Look},
    stack::Stack,
};

/// A browser in front of the console, and who looks at what it shows.
pub(crate) struct Desk<'s> {
    pub(crate) stack: &'s Stack,
    pub(crate) browser: Browser,
    look: Look,
    /// Where pages run scripts, so does this, which finds what somebody could not read or use.
    axe: Option<String>,
}

/// What pages say when something was made, or done.
pub(crate) const CREATED: &str = "Created.";
pub(crate) const DONE: &str = "Done.";

pub(crate) const PASSWORD: &str = "correct horse";

impl<'s> Desk<'s> {
    pub(crate) async fn new(stack: &'s Stack, look: Look) -> Self {
        let axe = match look.runs_scripts {
            true => Some(kabar_local::axe().await.unwrap()),
            false => None,
        };
        let browser = Browser::start(look).await;
        Self {
            stack,
            browser,
            look,
            axe,
        }
    }

    /// Opens a page, and looks at it.
    pub(crate) async fn open(&self, path: &str, name: &str) {
        self.show(path).await;
        self.look_at(name).await;
    }

    /// Opens a page.
    pub(crate) async fn show(&self, path: &str) {
        let url = format!("{}{path}", self.stack.local.url());
        self.browser.open(&url).await;
        self.browser.wait_for("h1").await;
    }

    /// Keeps a picture of the page; where scripts run, holds it to fit, and to be of use to everybody.
    pub(crate) async fn look_at(&self, name: &str) {
        self.browser.keep_picture(&format!("console-{name}")).await;
        let Some(axe) = &self.axe else { return };
        let is_wide = "return document.documentElement.scrollWidth > innerWidth";
        assert_eq!(
            self.browser.run(is_wide).await,
            false,
            "{name} fits {:?}",
            self.look
        );
        let found = self.browser.violations(axe).await;
        assert!(found.is_empty(), "{name}, {:?}: {found:#?}", self.look);
    }

    /// Fills in the form of a page and sends it; gives the id in the address of what it made, and waits for the note.
    pub(crate) async fn send(&self, path: &str, name: &str, fields: &[(&str, &str)], note: &str) -> String {
        self.open(path, name).await;
        for (field, text) in fields {
            self.browser.fill(field, text).await;
        }
        self.browser.click("main form button").await;
        self.browser.wait_for_text(".note", note).await;
        self.id().await
    }

    /// The last part of the page's address.
    pub(crate) async fn id(&self) -> String {
        let address = self.browser.address().await;
        let place = address.split(['?', '#']).next().unwrap_or_default();
        place.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Makes an account, and is logged in with it.
    pub(crate) async fn sign_up(&self, name: &str) {
        let email = format!("{name}@example.com");
        let fields = [
            ("username", name),
            ("email", &email),
            ("password", PASSWORD),
            ("first_name", name),
            ("time_zone", "Asia/Jakarta"),
            ("language", "English"),
        ];
        self.send("/sign-up", "sign-up", &fields, "Welcome! Your account is made.")
            .await;
    }

    pub(crate) async fn log_in(&self, name: &str, password: &str) {
        self.open("/login", "login").await;
        self.browser.fill("username", name).await;
        self.browser.fill("password", password).await;
        self.browser.click("main form button").await;
        self.browser.wait_for(".who").await;
    }

    pub(crate) async fn log_in_as_superuser(&self) {
        let local = &self.stack.local;
        self.log_in(local.superuser(), local.superuser_password()).await;
    }

    pub(crate) async fn log_out(&self) {
        self.browser.click("form[action='/logout'] button").await;
        self.browser.wait_for_text(".note", "You are logged out.").await;
    }
}
