//! Every page of the console as people see it: on a phone and a desktop, light and dark, in both languages.
//!
//! Pages are found by following links, from the first of each kind to the next, and held to the console's routes: one that
//! is not come by fails the test.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use kabar_console::routes;
use kabar_testkit::PASSWORD;

use crate::{
    browser::{Browser, DESKTOP, Look, PHONE},
    looks_forms,
    looks_site::{LooksSite, ORGANIZER, PERSON, SUPERUSER},
};

/// What a browser keeps as a file or shows in another page.
const FILES: [&str; 6] = ["csv", "export", "feed.xml", "badge.svg", "badge.json", "{file}"];

/// Somebody who looks at one page after another.
pub(crate) struct Walk<'w> {
    pub(crate) site: &'w LooksSite,
    pub(crate) browser: &'w Browser,
    axe: &'w str,
    pub(crate) language: &'static str,
    /// The routes whose pages were seen.
    routes: BTreeSet<String>,
    /// What somebody could not read or use, and where.
    problems: Vec<String>,
}

/// The console's page at an address: its route, and what tells it from others of that route.
fn page(address: &str) -> Option<(String, String)> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let fits = |route: &str| {
        let names: Vec<&str> = route.trim_end_matches('/').split('/').collect();
        let is_variable = |name: &&str| name.starts_with('{');
        let same = names
            .iter()
            .zip(&parts)
            .all(|(name, part)| is_variable(name) || name == part);
        (same && names.len() == parts.len()).then(|| names.iter().filter(|name| !is_variable(name)).count())
    };
    let all = routes().into_iter().map(|(route, _)| route);
    let pages = all.filter(|route| route.method == "GET");
    let (_, route) = pages
        .filter_map(|route| Some((fits(&route.path)?, route.path)))
        .max_by_key(|(known, _)| *known)?;
    let is_id = |name: &str| name.starts_with('{') && !matches!(name, "{kind}" | "{part}" | "{action}");
    let names = route.trim_end_matches('/').split('/').zip(&parts);
    let shape: Vec<&str> = names
        .map(|(name, part)| if is_id(name) { "one" } else { *part })
        .collect();
    Some((route, shape.join("-").trim_start_matches('-').to_owned()))
}

fn is_file(route: &str) -> bool {
    FILES.contains(&route.rsplit('/').next().unwrap_or_default())
}

impl Walk<'_> {
    /// Opens a page, and looks at it.
    pub(crate) async fn open(&mut self, path: &str, name: &str) {
        self.browser.open(&format!("{}{path}", self.site.url)).await;
        self.browser.wait_for("h1").await;
        self.look(name).await;
    }

    /// Looks at the page in every look, and has it looked through in two of them, each theme once.
    pub(crate) async fn look(&mut self, name: &str) {
        let name = if name.is_empty() { "overview" } else { name };
        for (look, is_dark) in [(PHONE, false), (PHONE, true), (DESKTOP, false), (DESKTOP, true)] {
            let theme = if is_dark { "-dark" } else { "" };
            let look = Look { is_dark, ..look };
            self.browser.wear(look).await;
            let width = self
                .browser
                .run("return document.documentElement.scrollWidth")
                .await;
            if width.as_u64() > Some(look.width.into()) {
                self.problems
                    .push(format!("{name} is {width} wide, {look:?}, {}", self.language));
            }
            let picture = format!("looks-{name}-{}{theme}", self.language);
            self.browser.keep_whole_picture(&picture, look).await;
            let is_phone = look.width < 600;
            if is_dark == (self.language == "id") && is_phone == is_dark {
                let found = self.browser.violations(self.axe).await;
                self.problems
                    .extend(found.into_iter().map(|what| format!("{name}, {look:?}: {what}")));
            }
        }
        let lang = self.browser.run("return document.documentElement.lang").await;
        if lang != self.language {
            self.problems.push(format!("{name} is in {lang}"));
        }
    }

    /// Goes wherever links lead, to one page of each shape.
    async fn follow(&mut self, start: &str) {
        let mut found = VecDeque::from([start.to_owned()]);
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        while let Some(address) = found.pop_front() {
            let Some((route, shape)) = page(&address) else {
                continue;
            };
            if is_file(&route) || seen.contains_key(&shape) {
                continue;
            }
            self.open(&address, &shape).await;
            self.routes.insert(route);
            seen.insert(shape, address);
            let links = "return [...document.querySelectorAll('a[href^=\"/\"]')].map(link => link.getAttribute('href'))";
            let links = self.browser.run(links).await;
            let links = links.as_array().unwrap().iter().filter_map(|link| link.as_str());
            found.extend(links.map(str::to_owned));
        }
    }

    async fn log_in(&mut self, name: &str) {
        self.browser
            .open(&format!("{}/login?lang={}", self.site.url, self.language))
            .await;
        self.browser.fill("username", name).await;
        self.browser.fill("password", PASSWORD).await;
        self.browser.click("main form button").await;
        self.browser.wait_for(".who").await;
        if self.browser.run("return document.documentElement.lang").await != self.language {
            self.browser.click("form[action='/me/language'] button").await;
            self.browser
                .wait_for(&format!("html[lang='{}']", self.language))
                .await;
        }
    }

    async fn log_out(&self) {
        self.browser.click("form[action='/logout'] button").await;
        self.browser.wait_for("#password").await;
    }

    /// What anybody can open.
    async fn outside(&mut self) {
        let language = self.language;
        let here = |path: &str| format!("{path}?lang={language}");
        let doors = ["/login", "/sign-up", "/forgot", "/reset", "/status"].map(here);
        for address in doors {
            let (route, shape) = page(&address).unwrap();
            self.open(&address, &shape).await;
            self.routes.insert(route);
        }
        let region = self
            .browser
            .run("return document.querySelector('.regions a').getAttribute('href')")
            .await;
        self.open(region.as_str().unwrap(), "status-one").await;
        let year = region.as_str().unwrap().replace('?', "?period=1y&");
        self.open(&year, "status-one-year").await;
        self.open(&here("/status/nothing"), "status-nothing").await;
        looks_forms::doors(self).await;
    }
}

#[tokio::test]
async fn every_page_can_be_read_and_used_by_everyone_in_every_look() {
    let site = LooksSite::new().await;
    let axe = kabar_local::axe().await.unwrap();
    let browser = Browser::start(DESKTOP).await;
    for language in ["en", "id"] {
        let mut walk = Walk {
            site: &site,
            browser: &browser,
            axe: &axe,
            language,
            routes: BTreeSet::new(),
            problems: Vec::new(),
        };
        walk.outside().await;
        for (name, pages) in [(PERSON, ["/", "/me/tickets"]), (ORGANIZER, ["/", "/events"])] {
            walk.log_in(name).await;
            for path in pages {
                walk.open(path, &format!("{name}{}", path.replace('/', "-")))
                    .await;
            }
            if name == PERSON {
                looks_forms::refusals(&mut walk).await;
            }
            walk.log_out().await;
        }
        walk.log_in(SUPERUSER).await;
        walk.follow("/").await;
        looks_forms::answers(&mut walk).await;
        walk.log_out().await;
        let all = routes().into_iter().map(|(route, _)| route);
        let pages = all.filter(|route| route.method == "GET" && !is_file(&route.path));
        let missed: Vec<String> = pages
            .map(|route| route.path)
            .filter(|path| !walk.routes.contains(path))
            .collect();
        assert!(missed.is_empty(), "nobody came by these: {missed:?}");
        assert!(walk.problems.is_empty(), "{:#?}", walk.problems);
    }
    browser.close().await;
}
