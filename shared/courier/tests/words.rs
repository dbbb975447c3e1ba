//! Every letter in every language, as people read it. When words were changed on purpose, read what `cargo insta
//! review` shows, as if it came in the mail, and accept it.
#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]

use jiff::Timestamp;
use kabar_courier::words::{Letter, Own, Words};
use kabar_domain::{
    Language, Zone,
    ids::{EventId, OutageId, RegionId, RegistrationId, UserId},
    news::{EventFacts, Kind, News},
    power::OutageKey,
};

/// A person and a thing that a letter has to get right.
struct Case {
    name: &'static str,
    first_name: String,
    /// What the region, the event, its place and the ticket are called.
    called: String,
    /// Where the reader is; what happens is in Jakarta.
    zone: &'static str,
}

fn cases() -> Vec<Case> {
    let case = |name, first_name: &str, called: &str, zone| Case {
        name,
        first_name: first_name.to_owned(),
        called: called.to_owned(),
        zone,
    };
    vec![
        case("ordinary", "Sari", "Bandung", "Asia/Jakarta"),
        case("same_clock", "Sari", "Bandung", "Asia/Pontianak"),
        case("other_zone", "Anna", "Bandung", "Europe/Berlin"),
        case("no_letters_zone", "Bikash", "Bandung", "Asia/Kathmandu"),
        case("no_name", "", "Bandung", "Asia/Jakarta"),
        case(
            "hostile",
            HOSTILE,
            "<script>alert(1)</script> {% if %} \"A\" & 'B'",
            "Asia/Jakarta",
        ),
        case(
            "long",
            &"Wolfeschlegelstein".repeat(8),
            &"Kabupaten ".repeat(25),
            "America/New_York",
        ),
    ]
}

const HOSTILE: &str = "\"><img src=x onerror=alert(1)> {{ started }} \u{202e}drawkcab\u{202c} \u{200f}";

/// As long as a real one.
const CODE: &str = "AZpMZwsAcACAAAAAAAAAAaNf8n0zkQx-0V1u_h5Jb9yQm7rTe2WcLs4KdXoPiGvE";

fn news(kind: Kind, called: &str) -> News {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let id = RegionId::from_bytes([1; 16]);
    let outage = OutageKey {
        region: id,
        started_at: at("2026-11-21T10:00:00Z"),
        id: OutageId::from_bytes([2; 16]),
    };
    let zone = Zone::parse("Asia/Jakarta").unwrap();
    let region = called.trim().to_owned();
    match kind {
        Kind::Outage => News::Outage { outage, region, zone },
        Kind::Restored => News::Restored {
            outage,
            ended_at: at("2026-11-21T17:10:00Z"),
            region,
            zone,
        },
        Kind::PasswordReset => News::PasswordReset {
            user: UserId::from_bytes([3; 16]),
            requested_at: at("2026-11-21T10:00:00Z"),
        },
        Kind::Registration => News::Registered {
            registration: RegistrationId::from_bytes([4; 16]),
            event: EventFacts {
                id: EventId::from_bytes([5; 16]),
                name: region.clone(),
                starts_at: at("2026-12-05T12:00:00Z"),
                ends_at: at("2026-12-05T16:00:00Z"),
                is_cancelled: false,
                sequence: 0,
                location: region.clone(),
                zone,
            },
            ticket: region,
            registered_at: at("2026-11-21T10:00:00Z"),
        },
    }
}

fn letter(kind: Kind, language: Language, case: &Case) -> Letter {
    let words = Words::new().unwrap();
    let zone = Zone::parse(case.zone).unwrap();
    words
        .draft(&news(kind, &case.called), language, &zone)
        .letter(&Own {
            name: &case.first_name,
            code: (kind == Kind::PasswordReset).then_some(CODE),
            ..Own::default()
        })
        .unwrap()
}

fn each_letter(mut check: impl FnMut(&str, Letter)) {
    for kind in Kind::ALL {
        for language in Language::ALL {
            for case in cases() {
                let name = format!("{}_{}_{}", kind.name(), language.code(), case.name);
                check(&name, letter(kind, language, &case));
            }
        }
    }
}

#[test]
fn letters_read_as_they_should() {
    each_letter(|name, letter| {
        // The head is the same in all of them and has a snapshot of its own.
        let (_, body) = letter.html.split_once("<body>").unwrap();
        let shown = format!("{}\n\n{}\n\n{body}", letter.subject, letter.text);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    });
}

#[test]
fn the_head_of_the_html_is_right() {
    let letter = letter(Kind::Outage, Language::Id, &cases()[0]);
    let (head, _) = letter.html.split_once("<body>").unwrap();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("head", head);
    });
}

#[test]
fn nothing_that_people_chose_becomes_markup() {
    each_letter(|name, letter| {
        for markup in ["<script", "<img"] {
            assert!(
                !letter.html.contains(markup),
                "{name}: {markup} in\n{}",
                letter.html
            );
        }
    });
}

#[test]
fn a_subject_is_one_line_and_no_fact_is_left_empty() {
    each_letter(|name, letter| {
        assert!(
            !letter.subject.is_empty() && !letter.subject.contains(['\n', '\r']),
            "{name}"
        );
        assert!(
            !letter.text.contains("Hello ,") && !letter.text.contains("Halo ,"),
            "{name}"
        );
        assert!(
            !letter.text.contains("\n\n\n"),
            "{name}: a gap in\n{}",
            letter.text
        );
        assert!(
            !letter.text.contains("undefined") && !letter.text.contains("none"),
            "{name}"
        );
    });
}

#[test]
fn an_event_without_a_place_has_no_line_for_it() {
    let words = Words::new().unwrap();
    let mut news = news(Kind::Registration, "Konser");
    let News::Registered { event, .. } = &mut news else {
        panic!("not a registration")
    };
    event.location.clear();
    for (language, place) in [(Language::En, "Place"), (Language::Id, "Tempat")] {
        let letter = words
            .draft(&news, language, &Zone::utc())
            .letter(&Own {
                name: "Sari",
                ..Own::default()
            })
            .unwrap();
        assert!(
            !letter.text.contains(place) && !letter.html.contains(place),
            "{}",
            letter.text
        );
    }
}

#[test]
fn a_code_stands_on_a_line_of_its_own_and_not_in_the_subject() {
    for language in Language::ALL {
        let letter = letter(Kind::PasswordReset, language, &cases()[0]);
        assert!(letter.text.lines().any(|line| line == CODE), "{}", letter.text);
        assert!(
            letter.html.contains(&format!("<code>{CODE}</code>")),
            "{}",
            letter.html
        );
        assert!(!letter.subject.contains(CODE));
    }
}
