//! Texts that would do something, in every field of every form.

use axum::http::header;
use kabar_domain::people::Role;

use crate::{
    browser::Browser,
    common::Answer,
    html::{Control, attribute, controls, escaped, first_choice, hidden, tags},
    site::Site,
};

const SCRIPT: &str = "<script>alert(1)</script>";

fn hostile() -> [String; 7] {
    [
        SCRIPT.to_owned(),
        "\"><img src=x onerror='alert(1)'>".to_owned(),
        "=HYPERLINK(\"http://evil.example.com\")".to_owned(),
        "👩‍👩‍👧‍👦 🔌".to_owned(),
        "\u{202e}txt.exe\u{202c} שלום".to_owned(),
        "{{7*7}} ${7*7} %00 '; --".to_owned(),
        "x".repeat(10_000),
    ]
}

/// A value that is taken, for a form that is filled in the `turn`th time.
fn usual(control: &Control, page: &str, turn: usize) -> String {
    match control.name.as_str() {
        "email" => format!("person{turn}@example.com"),
        "username" => format!("person{turn}"),
        "phone" => format!("79{turn:09}"),
        "chat_id" => format!("{}", turn + 1),
        "name" | "subject" | "text" | "location" | "category" => format!("Usual {turn}"),
        "password" => "correct horse".to_owned(),
        "time_zone" => "Asia/Jakarta".to_owned(),
        "price" | "amount_paid" => "10.00".to_owned(),
        "quota" => "1".to_owned(),
        "start_time" | "sales_start" => "2026-12-01T10:00".to_owned(),
        "end_time" | "sales_end" => "2026-12-02T10:00".to_owned(),
        "kind" => "heartbeat".to_owned(),
        "period_s" => "300".to_owned(),
        "channel" => "email".to_owned(),
        "operator_code" => "916".to_owned(),
        // Whose it is, whoever makes it decides by saying nothing.
        "user_id" | "parent" | "region" if !control.tag.contains("aria-required") => String::new(),
        name => first_choice(page, name).unwrap_or_default(),
    }
}

fn is_harmless(what: &str, page: &Answer) {
    assert!(page.status < 500, "{what}: {} {}", page.status, page.text);
    let kind = page.header(header::CONTENT_TYPE);
    if kind.starts_with("text/html") {
        assert!(
            !page.text.contains("<script>alert") && !page.text.contains("<img src=x"),
            "{what}: {}",
            page.text
        );
    } else {
        let mut lines = csv::Reader::from_reader(page.text.as_bytes());
        let cells = lines
            .records()
            .flat_map(|line| line.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
        let bad: Vec<String> = cells
            .filter(|cell| cell.starts_with(['=', '+', '-', '@']))
            .collect();
        assert!(bad.is_empty(), "{what}: {bad:?}");
    }
}

/// What was refused stands at its field, which keeps what was typed.
fn says_where(what: &str, control: &Control, typed: &str, page: &Answer) {
    let found = controls(&page.text)
        .into_iter()
        .find(|known| known.name == control.name);
    let tag = found.unwrap_or_else(|| panic!("{what}: {}", page.text)).tag;
    assert_eq!(
        attribute(&tag, "aria-invalid"),
        Some("true"),
        "{what}: {}",
        page.text
    );
    // Of a control with several parts, their group says it.
    let described = attribute(&tag, "aria-describedby").map(str::to_owned);
    let described = described
        .unwrap_or_else(|| format!("{}-error-1", control.name.split('.').next().unwrap_or_default()));
    for id in described.split(' ') {
        assert!(page.text.contains(&format!("id=\"{id}\"")), "{what}: {id}");
    }
    let keeps = match control.kind.as_str() {
        "password" => !page.text.contains(&escaped(typed)),
        "select" => true,
        _ => page.text.contains(&escaped(typed)),
    };
    assert!(keeps, "{what}: {}", page.text);
}

/// What was taken is shown as it was typed, and does nothing.
async fn shows(browser: &Browser, (list, there): (&str, &str), typed: &str) {
    let there = there.split('?').next().unwrap();
    for path in [list.to_owned(), format!("{list}/csv"), there.to_owned()] {
        is_harmless(&path, &browser.get(&path).await);
    }
    if there != list {
        let edit = browser.get(&format!("{there}/edit")).await;
        is_harmless(there, &edit);
        assert!(
            edit.status != 200 || edit.text.contains(&escaped(typed.trim())),
            "{there}: {}",
            edit.text
        );
    }
}

async fn every_field(browser: &Browser, list: &str, turn: &mut usize) -> usize {
    let new = browser.get(&format!("{list}/new")).await;
    if new.status != 200 {
        return 0;
    }
    let fields = controls(&new.text);
    let mut taken = 0;
    for control in fields.iter().filter(|control| control.kind != "checkbox") {
        for typed in hostile() {
            *turn += 1;
            let form: Vec<(String, String)> = fields
                .iter()
                .map(|field| match field.name == control.name {
                    true => (field.name.clone(), typed.clone()),
                    false => (field.name.clone(), usual(field, &new.text, *turn)),
                })
                .chain([("once".to_owned(), format!("turn-{turn}"))])
                .collect();
            let form: Vec<(&str, &str)> = form
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let answer = browser.post(list, &form).await;
            let short: String = typed.chars().take(20).collect();
            let what = format!("{list} {} {short}: {}", control.name, answer.status);
            is_harmless(&what, &answer);
            match answer.status {
                303 => {
                    taken += 1;
                    let there = answer.header(header::LOCATION);
                    if control.kind != "password" {
                        shows(browser, (list, there), &typed).await;
                    }
                }
                200 => taken += 1,
                // A home has as many detectors as it can have.
                409 => answer.has(&["class=\"refused\" role=\"alert\""]),
                400 => says_where(&what, control, &typed, &answer),
                _ => panic!("{what}: {}", answer.text),
            }
        }
    }
    taken
}

#[tokio::test]
async fn no_text_in_any_field_of_any_form_does_anything() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let region = susi
        .make("/regions", &[("name", "Bandung"), ("time_zone", "Asia/Jakarta")])
        .await;
    let home = susi
        .make("/homes", &[("name", "Rumah Dago"), ("region", &region)])
        .await;
    let event = [
        ("name", "Jazz"),
        ("location", "Bandung"),
        ("category", "music"),
        ("quota", "900"),
        ("start_time", "2026-12-01T10:00"),
        ("end_time", "2026-12-02T10:00"),
    ];
    let event = susi.make("/events", &event).await;
    let ticket = [
        ("event_id", event.as_str()),
        ("name", "Regular"),
        ("price", "0"),
        ("quota", "900"),
        ("sales_start", "2026-11-01T00:00"),
        ("sales_end", "2026-12-01T00:00"),
    ];
    let ticket = susi.make("/tickets", &ticket).await;
    susi.make("/registrations", &[("ticket_id", &ticket)]).await;

    let menu = susi.get("/").await.text;
    let menu = tags(&menu, "a")
        .into_iter()
        .filter_map(|tag| attribute(tag, "href"));
    let mut lists: Vec<String> = menu
        .filter(|href| href.matches('/').count() == 1)
        .map(str::to_owned)
        .collect();
    lists.extend([
        format!("/homes/{home}/detectors"),
        format!("/regions/{region}/followers"),
    ]);
    lists.sort_unstable();
    lists.dedup();
    let (mut turn, mut taken) = (0, 0);
    for list in &lists {
        taken += every_field(&susi, list, &mut turn).await;
    }
    assert!(
        turn > 250 && taken > 50,
        "{turn} forms of {lists:?}, {taken} taken"
    );
    let regions = susi.get("/regions/csv").await;
    regions.has(&["'=HYPERLINK("]);
    site.house.queues.lose_all();
}

#[tokio::test]
async fn hostile_addresses_are_pages_that_say_what_is_wrong() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    for path in [
        "/events?q=%3Cscript%3Ealert(1)%3C/script%3E&cursor=%27",
        "/events?category=%22%3E%3Cimg%20src=x%20onerror=%27a%27%3E",
        "/events/new?name=%3Cscript%3Ealert(1)%3C/script%3E",
        "/events/%3Cscript%3E",
        "/events/..%2fusers",
        "/events/%00/edit",
        "/homes/x/detectors/y/do/key",
        "/nothing/new?%ff=%ff",
        "/?done=%3Cscript%3Ealert(1)%3C/script%3E",
    ] {
        let page = susi.get(path).await;
        is_harmless(path, &page);
        assert!(
            matches!(page.status, 200 | 400 | 404 | 422),
            "{path}: {}",
            page.status
        );
    }
    let door = site
        .nobody()
        .get("/login?next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        .await;
    is_harmless("the door", &door);
    assert_eq!(hidden(&door.text, "next"), "\"><script>alert(1)</script>");
}
