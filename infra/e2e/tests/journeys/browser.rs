//! Real Chromium, driven as WebDriver says (W3C Recommendation), in front of a page.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use fantoccini::{Client, ClientBuilder, Locator, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::stack::{eventually, eventually_in};

/// In what somebody reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// What its pictures are called.
    pub(crate) name: &'static str,
    /// In pixels of CSS.
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) is_dark: bool,
    pub(crate) runs_scripts: bool,
}

pub(crate) const PHONE: Look = Look {
    name: "phone",
    width: 360,
    height: 780,
    is_dark: false,
    runs_scripts: true,
};
pub(crate) const DESKTOP: Look = Look {
    name: "desktop",
    width: 1280,
    height: 900,
    is_dark: false,
    runs_scripts: true,
};

/// A browser of its own, which ends with this.
pub(crate) struct Browser {
    client: Client,
    look: Look,
    /// Where its driver listens, for what only Chromium understands.
    driver: String,
    http: reqwest::Client,
    _driver: Child,
}

impl Browser {
    /// Starts a browser.
    pub(crate) async fn start(look: Look) -> Self {
        let (driver, port) = eventually("chromedriver has a port", driver).await;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(look));
        let url = format!("http://127.0.0.1:{port}");
        let client = builder.connect(&url).await.unwrap();
        Self {
            client,
            look,
            driver: url,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            _driver: driver,
        }
    }

    pub(crate) async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// The texts of all elements that fit a selector, as they are shown.
    pub(crate) async fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.client.find_all(Locator::Css(selector)).await.unwrap();
        let mut texts = Vec::new();
        for element in found {
            texts.push(element.text().await.unwrap());
        }
        texts
    }

    /// Presses the first that fits a selector.
    pub(crate) async fn click(&self, selector: &str) {
        let found = self.client.find(Locator::Css(selector)).await;
        let found = found.unwrap_or_else(|error| panic!("{selector}: {error}"));
        found.click().await.unwrap();
    }

    /// Writes into a field of a form, in the stead of what is there; of a list of choices, chooses what says this.
    pub(crate) async fn fill(&self, field: &str, text: &str) {
        let found = self.client.find(Locator::Id(field)).await;
        let found = found.unwrap_or_else(|error| panic!("{field}: {error}"));
        if found.tag_name().await.unwrap() == "select" {
            return self.choose(field, text).await;
        }
        if found.attr("type").await.unwrap().as_deref() == Some("datetime-local") {
            return found.send_keys(&typed(text)).await.unwrap();
        }
        found.clear().await.unwrap();
        found.send_keys(text).await.unwrap();
    }

    /// Chooses a file for a field of a form.
    pub(crate) async fn attach(&self, field: &str, path: &Path) {
        let found = self.client.find(Locator::Id(field)).await;
        let found = found.unwrap_or_else(|error| panic!("{field}: {error}"));
        found.send_keys(&path.display().to_string()).await.unwrap();
    }

    /// Chooses from a list what says this.
    pub(crate) async fn choose(&self, field: &str, label: &str) {
        let found = self.client.find(Locator::Id(field)).await.unwrap();
        let chosen = found.select_by_label(label).await;
        chosen.unwrap_or_else(|error| panic!("{field} has no {label}: {error}"));
    }

    /// Waits until the page has what fits a selector.
    pub(crate) async fn wait_for(&self, selector: &str) {
        self.wait_until(selector, |_| true).await;
    }

    /// Waits until what fits a selector says this.
    pub(crate) async fn wait_for_text(&self, selector: &str, text: &str) {
        self.wait_until(selector, |said| said == text).await;
    }

    async fn wait_until(&self, selector: &str, is_there: impl Fn(&str) -> bool) {
        let what = format!("{selector} is there");
        eventually_in(Duration::from_secs(30), &what, async || {
            // While a page gives way to the next, what was found is gone before it is read.
            let found = self.client.find(Locator::Css(selector)).await.ok()?;
            let said = found.text().await.ok()?;
            is_there(&said).then_some(())
        })
        .await;
    }

    /// Where it is.
    pub(crate) async fn address(&self) -> String {
        self.client.current_url().await.unwrap().to_string()
    }

    /// What a script says.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// What somebody could not read or use here, by the rules of WCAG 2.2 up to AA and of good practice: nothing, if all is
    /// well.
    pub(crate) async fn violations(&self, axe: &str) -> Vec<String> {
        let look = format!(
            "{axe}; const done = arguments[0]; axe.run({}).then(found => done(found.violations), error => done([{{id: String(error), nodes: []}}]));",
            json!({ "resultTypes": ["violations"] })
        );
        let found = self.client.execute_async(&look, Vec::new()).await.unwrap();
        let said = |violation: &Value| format!("{}: {}", violation["id"], violation["nodes"]);
        found.as_array().unwrap().iter().map(said).collect()
    }

    /// Has the page laid out anew, as narrow and as dark as this look is.
    pub(crate) async fn wear(&self, look: Look) {
        let metrics =
            json!({ "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", metrics).await;
        let scheme = if look.is_dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.command("Emulation.setEmulatedMedia", media).await;
        // Once it is laid out and painted, it can be seen.
        let painted = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done));";
        self.client.execute_async(painted, Vec::new()).await.unwrap();
    }

    /// Keeps a picture of the whole page, down to its end.
    pub(crate) async fn keep_whole_picture(&self, name: &str, look: Look) {
        let height = self.run("return document.documentElement.scrollHeight").await;
        let clip = json!({ "x": 0, "y": 0, "width": look.width, "height": height, "scale": 1 });
        let asked = json!({ "captureBeyondViewport": true, "optimizeForSpeed": true, "clip": clip });
        let picture = self.command("Page.captureScreenshot", asked).await;
        let picture = BASE64.decode(picture["data"].as_str().unwrap()).unwrap();
        std::fs::write(pictures().join(format!("{name}-{}.png", look.name)), picture).unwrap();
    }

    /// What only Chromium understands (Chrome DevTools Protocol).
    async fn command(&self, name: &str, parameters: Value) -> Value {
        let session = self.client.session_id().await.unwrap().unwrap();
        let url = format!("{}/session/{session}/goog/cdp/execute", self.driver);
        let asked = self
            .http
            .post(url)
            .json(&json!({ "cmd": name, "params": parameters }));
        let mut answer: Value = asked.send().await.unwrap().json().await.unwrap();
        assert!(answer["value"]["error"].is_null(), "{name}: {answer}");
        answer["value"].take()
    }

    /// Keeps a picture of what is seen, for people to look at.
    pub(crate) async fn keep_picture(&self, name: &str) {
        let picture = self.client.screenshot().await.unwrap();
        std::fs::write(pictures().join(format!("{name}-{}.png", self.look.name)), picture).unwrap();
    }

    pub(crate) async fn close(self) {
        self.client.close().await.unwrap();
    }
}

/// Where pictures are kept.
fn pictures() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../.local/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A moment as it is typed in a browser that speaks American: `2099-05-01T19:00` as 05 01 2099, on to the hour, 07 00 PM.
fn typed(moment: &str) -> String {
    let moment: jiff::civil::DateTime = moment.parse().unwrap();
    moment.strftime("%m%d%Y\u{e004}%I%M%p").to_string()
}

/// A driver, and where it listens; none where the port that it chose was another's on one of the machine's two addresses.
async fn driver() -> Option<(Child, String)> {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("chromedriver (.ci/browser installs it on Debian)");
    let mut said = BufReader::new(driver.stdout.take().unwrap()).lines();
    loop {
        let line = said.next_line().await.unwrap()?;
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return Some((driver, port.trim_end_matches('.').to_owned()));
        }
    }
}

fn capabilities(look: Look) -> Capabilities {
    let size = format!("--window-size={},{}", look.width, look.height);
    // It opens our own pages only, as root where tests run as root, and asks nobody else for anything.
    let mut arguments = vec![
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en-US",
        // Scroll bars take no room, as on phones; and pictures of posters lie nowhere.
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        &size,
    ];
    if look.is_dark {
        arguments.push("--force-dark-mode");
    }
    let mut chrome = json!({ "args": arguments });
    if !look.runs_scripts {
        chrome["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    if look.width < 600 {
        let metrics = json!({ "width": look.width, "height": look.height, "pixelRatio": 2.0 });
        chrome["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    let all = json!({ "browserName": "chrome", "goog:chromeOptions": chrome });
    serde_json::from_value(all).unwrap()
}
