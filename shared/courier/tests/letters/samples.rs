//! Letters of every kind, in every language, to everybody whom a letter has to get right.

use std::sync::LazyLock;

use jiff::Timestamp;
use kabar_courier::{
    Calendar, Envelope, mime,
    words::{Letter, Own, Words},
};
use kabar_domain::{
    Language, Zone,
    ids::PageId,
    news::{Kind, News},
    people::Email,
};

use crate::stories::{main, others};

/// As long as a real one.
pub(crate) const CODE: &str = "AZpMZwsAcACAAAAAAAAAAaNf8n0zkQx-0V1u_h5Jb9yQm7rTe2WcLs4KdXoPiGvE";
/// As long as a real one.
pub(crate) const UNSUBSCRIBE: &str =
    "https://kabar.example.com/u/AZpMZwsAcACAAAAAAAAAAaNf8n0zkQx-0V1u_h5Jb9yQm7rTe2Wc";
/// As long as a real one.
pub(crate) const LINK: &str =
    "https://kabar.example.com/m/AQGaTGcLAHAAgAAAAAAAAAGanfQSNHAAgAAAAQAAAQfff_J9M5EMftFdbv4eSW_c";

const SENDER: &str = "Kabar <news@kabar.example.com>";
const HOSTILE_NAME: &str = "\"><img src=x onerror=alert(1)> {{ started }} \u{202e}drawkcab\u{202c} \u{200f}";
const HOSTILE: &str = "<script>alert(1)</script> {% if %} \"A\" & 'B' \u{202e}drawkcab";

/// A letter and all that it is made of.
pub(crate) struct Sample {
    /// Kind, language, and what is special about it.
    pub(crate) name: String,
    pub(crate) language: Language,
    pub(crate) news: News,
    pub(crate) first_name: String,
    pub(crate) tickets: Vec<String>,
    pub(crate) zone: Zone,
}

impl Sample {
    pub(crate) fn own(&self) -> Own<'_> {
        let kind = self.news.kind();
        Own {
            name: &self.first_name,
            code: (kind == Kind::PasswordReset).then_some(CODE),
            tickets: &self.tickets,
            unsubscribe: kind.topic().map(|_| UNSUBSCRIBE),
            link: kind.has_link().then_some(LINK),
        }
    }

    pub(crate) fn letter(&self) -> Letter {
        static WORDS: LazyLock<Words> = LazyLock::new(Words::default);
        let draft = WORDS.draft(&self.news, self.language, &self.zone);
        draft.letter(&self.own()).unwrap()
    }

    /// As it goes to SES.
    pub(crate) fn mime(&self) -> Vec<u8> {
        let to = reader();
        mime(
            &self.envelope(SENDER, &to),
            &self.letter(),
            self.calendar().as_ref(),
        )
        .unwrap()
    }

    pub(crate) fn calendar(&self) -> Option<Calendar> {
        let to = reader();
        Calendar::of(&self.news, &self.own(), &self.envelope(SENDER, &to))
    }

    pub(crate) fn envelope<'a>(&self, from: &'a str, to: &'a Email) -> Envelope<'a> {
        let kind = self.news.kind();
        Envelope {
            from,
            to,
            message: PageId::from_bytes(*b"\x01\x9a\x9d\xf4\x12\x34\x70\x00\x80\x00\x00\x01\x00\x00\x01\x00")
                .message(7),
            kind,
            unsubscribe: kind.topic().map(|_| UNSUBSCRIBE),
            date: "2026-11-21T10:00:05Z".parse::<Timestamp>().unwrap(),
        }
    }
}

fn reader() -> Email {
    Email::parse("sari@example.com").unwrap()
}

/// Every kind of news for everybody, and for one reader all else that can be said.
pub(crate) fn samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    for language in Language::ALL {
        for (reader, first_name, called, zone) in readers() {
            // A test goes to chats only.
            for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Test) {
                samples.push(Sample {
                    name: format!("{}_{}_{reader}", kind.name(), language.code()),
                    language,
                    news: main(kind, called.trim()),
                    first_name: first_name.clone(),
                    tickets: tickets(kind, called.trim()),
                    zone: Zone::parse(zone).unwrap(),
                });
            }
        }
        for (what, news, tickets) in others() {
            samples.push(Sample {
                name: format!("{}_{}_{what}", news.kind().name(), language.code()),
                language,
                news,
                first_name: "Sari".to_owned(),
                tickets: tickets.into_iter().map(str::to_owned).collect(),
                zone: Zone::parse("Asia/Jakarta").unwrap(),
            });
        }
    }
    samples
}

/// Whoever is reminded holds two tickets.
fn tickets(kind: Kind, called: &str) -> Vec<String> {
    match kind {
        Kind::Reminder => vec![called.to_owned(), "Festival".to_owned()],
        _ => Vec::new(),
    }
}

/// What they are to us, their first name, what regions, events, places and tickets are called, and where they are; what
/// happens is in Jakarta.
fn readers() -> Vec<(&'static str, String, String, &'static str)> {
    let reader =
        |what, first_name: &str, called: &str, zone| (what, first_name.to_owned(), called.to_owned(), zone);
    let (long_name, long) = ("Wolfeschlegelstein".repeat(8), "Kabupaten ".repeat(25));
    vec![
        reader("ordinary", "Sari", "Bandung", "Asia/Jakarta"),
        reader("same_clock", "Sari", "Bandung", "Asia/Pontianak"),
        reader("other_zone", "Anna", "Bandung", "Europe/Berlin"),
        reader("no_letters_zone", "Bikash", "Bandung", "Asia/Kathmandu"),
        reader("no_name", "", "Bandung", "Asia/Jakarta"),
        reader("hostile", HOSTILE_NAME, HOSTILE, "Asia/Jakarta"),
        reader("long", &long_name, &long, "America/New_York"),
    ]
}
