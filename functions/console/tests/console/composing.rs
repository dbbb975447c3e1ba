//! A mailing while it is written.

use axum::http::header;
use kabar_testkit::House;

use crate::browser::Browser;

/// Two who read English, and one who reads Indonesian.
pub(crate) async fn clients(visitor: &Browser) {
    for (phone, name, language, zone) in [
        ("79160000001", "Ayu", "id", "Asia/Jakarta"),
        ("79160000002", "Boris", "en", "Europe/Moscow"),
        ("79160000003", "", "en", "Pacific/Honolulu"),
    ] {
        let email = format!("{phone}@example.com");
        let fields = [
            ("phone", phone),
            ("first_name", name),
            ("language", language),
            ("time_zone", zone),
            ("email", &email),
            ("tag", if phone.ends_with('1') { "vip" } else { "" }),
        ];
        visitor.made("/clients", &fields).await;
    }
}

/// A mailing to everybody, which is meant, from five in the afternoon in Jakarta until eleven at night.
pub(crate) const MAILING: [(&str, &str); 8] = [
    ("channel", "email"),
    ("subject", "Open <soon>"),
    ("text", "Dear {{first_name|friend}}, we are open."),
    ("start_time", "2026-11-21T17:00"),
    ("end_time", "2026-11-21T23:00"),
    ("local_window.from", "08:00"),
    ("local_window.to", "22:00"),
    ("sure", "1"),
];

#[tokio::test]
async fn what_is_written_is_shown_to_whom_and_when_it_goes_and_nothing_is_kept() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    clients(&visitor).await;
    let form = visitor.open("/mailings/new").await;
    form.has(&[
        "name=\"start_time\" value=\"\"",
        "name=\"local_window.from\" value=\"08:00\"",
        "name=\"local_window.to\" value=\"22:00\"",
        "formaction=\"/mailings/preview\"",
        "What you write is shown here",
    ]);
    let looked = visitor.post("/mailings/preview", &MAILING).await;
    assert_eq!(looked.status, 200, "{}", looked.text);
    looked.has(&[
        "Dear {{first_name|friend}}, we are open.</textarea>",
        "id=\"preview\"",
        "<dd>3 clients</dd>",
        "USD 0.000",
    ]);
    for texts in [
        [
            "Ayu 79160000001 · Indonesian · Asia/Jakarta",
            "21 Nov 2026, 17:00",
            "Open &#60;soon&#62;",
            "Dear Ayu",
        ],
        [
            "Boris 79160000002 · English · Europe/Moscow",
            "21 Nov 2026, 13:00",
            "Dear Boris",
            "data-letter",
        ],
        [
            "79160000003 · English · Pacific/Honolulu",
            "never",
            "Dear friend",
            "<iframe",
        ],
    ] {
        looked.has(&texts);
    }
    visitor
        .open("/mailings")
        .await
        .has(&["There is nothing here yet."]);
}

#[tokio::test]
async fn what_is_not_whole_yet_says_what_it_lacks_and_whom_it_would_reach() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    clients(&visitor).await;
    let begun = [
        ("text", "Hi {{nobody}}"),
        ("filter.tag", "vip"),
        ("start_time", "2026-11-21T17:00"),
    ];
    let looked = visitor.post("/mailings/preview", &begun).await;
    assert_eq!(looked.status, 200, "{}", looked.text);
    looked.has(&[
        "Before it can be sent:",
        "<li>End: ",
        "<li>Text: ",
        "<dd>1 clients</dd>",
        "Ayu 79160000001 ·",
    ]);
    assert!(!looked.text.contains("<iframe"));
    let odd = [("filter.operator_code", "not a code"), ("of", "../users")];
    assert_eq!(visitor.post("/mailings/preview", &odd).await.status, 404);
    let looked = visitor.post("/mailings/preview", &odd[..1]).await;
    looked.has(&["<li>Audience: "]);
    assert!(!looked.text.contains(" clients</dd>"));
}

#[tokio::test]
async fn a_mail_is_shown_in_a_frame_that_can_do_nothing() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    let html = [("html", "<p>Open</p><script>alert(1)</script>")];
    let letter = visitor.post("/mailings/letter", &html).await;
    assert_eq!((letter.status, letter.text.as_str()), (200, html[0].1));
    let policy = letter.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("sandbox; default-src 'none'"), "{policy}");
    let stranger = Browser::of(&house, "ulla", &[]).await;
    let refused = stranger.post("/mailings/preview", &MAILING).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn hours_are_kept_changed_and_left_out() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    let there = visitor.made("/mailings", &MAILING).await;
    visitor
        .open(&there)
        .await
        .has(&["Hours of their own day", "08:00 – 22:00"]);
    let edit = format!("{there}/edit");
    visitor
        .open(&edit)
        .await
        .has(&["name=\"local_window.from\" value=\"08:00\"", "name=\"of\""]);
    let mut changed = MAILING;
    (changed[5].1, changed[6].1) = ("", "");
    assert_eq!(visitor.post(&edit, &changed).await.status, 303);
    visitor
        .open(&edit)
        .await
        .has(&["name=\"local_window.from\" value=\"\""]);
    changed[5].1 = "25:00";
    let refused = visitor.post(&edit, &changed).await;
    assert_eq!(refused.status, 400);
    refused.has(&[
        "name=\"local_window.from\" value=\"25:00\"",
        "id=\"local_window-error-1\"",
    ]);
    house.drain().await;
}

#[tokio::test]
async fn a_mailing_to_everybody_is_made_when_it_is_meant() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    clients(&visitor).await;
    let asked = visitor.post("/mailings", &MAILING[..7]).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    asked.has(&[
        "this goes to everybody",
        "name=\"sure\" value=\"1\"",
        "value=\"Open &#60;soon&#62;\"",
        "<dd>3 clients</dd>",
    ]);
    visitor
        .open("/mailings")
        .await
        .has(&["There is nothing here yet."]);
    let some = [&MAILING[..7], &[("filter.tag", "vip")]].concat();
    let there = visitor.made("/mailings", &some).await;
    let edit = format!("{there}/edit");
    let asked = visitor
        .post(&edit, &[("filter.tag", ""), ("filter.operator_code", "")])
        .await;
    asked.has(&["this goes to everybody"]);
    visitor.open(&there).await.has(&["vip"]);
    visitor.made("/mailings", &MAILING).await;
    house.drain().await;
}
