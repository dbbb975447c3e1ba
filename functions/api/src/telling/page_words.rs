use kabar_domain::{Language, news::Topic};

use super::page::Page;

/// What stands on a page.
pub(super) struct Words {
    pub(super) heading: &'static str,
    /// `{topic}` is what the mails are about.
    pub(super) text: &'static str,
    pub(super) button: &'static str,
    pub(super) note: &'static str,
}

impl Page {
    /// The words, as long as such mails are wanted, or no longer.
    pub(super) const fn words(self, language: Language, is_wanted: bool) -> Words {
        match language {
            Language::En => Words {
                heading: match (self, is_wanted) {
                    (Self::Asks, true) => "Stop these mails?",
                    (Self::Done, true) => "You get these mails again",
                    (_, false) => "You get no more of these mails",
                },
                text: if is_wanted {
                    "We mail you {topic}."
                } else {
                    "We no longer mail you {topic}."
                },
                button: if is_wanted { "Stop them" } else { "Send them again" },
                note: "Mail that you ask for, such as for a new password or a ticket, comes in any case.",
            },
            Language::Id => Words {
                heading: match (self, is_wanted) {
                    (Self::Asks, true) => "Hentikan email ini?",
                    (Self::Done, true) => "Anda menerima email ini lagi",
                    (_, false) => "Anda tidak lagi menerima email ini",
                },
                text: if is_wanted {
                    "Kami mengirimi Anda {topic}."
                } else {
                    "Kami tidak lagi mengirimi Anda {topic}."
                },
                button: if is_wanted { "Hentikan" } else { "Kirim lagi" },
                note: "Email yang Anda minta, misalnya untuk kata sandi baru atau tiket, tetap dikirim.",
            },
        }
    }
}

/// What mails are about, in the middle of a sentence.
pub(super) const fn topic(topic: Topic, language: Language) -> &'static str {
    match (language, topic) {
        (Language::En, Topic::Reminders) => "reminders of events that you hold a ticket for",
        (Language::En, Topic::Outages) => "when the power in a region that you follow goes out, or is back",
        (Language::En, Topic::Mailings) => "what the people behind Kabar have to say to many",
        (Language::Id, Topic::Reminders) => "pengingat acara yang tiketnya Anda miliki",
        (Language::Id, Topic::Outages) => {
            "kabar ketika listrik di wilayah yang Anda ikuti padam atau menyala kembali"
        }
        (Language::Id, Topic::Mailings) => "surat edaran dari pengelola Kabar",
    }
}
