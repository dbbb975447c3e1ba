//! All words of the pages, in each language: one that is missing does not compile.

pub(crate) mod clients;
mod clock;
pub(crate) mod fields;
pub(crate) mod mailings;
pub(crate) mod mine;
pub(crate) mod operations;
pub(crate) mod overview;
pub(crate) mod past;
pub(crate) mod plan;
mod reasons;
pub(crate) mod sale;
mod status;
pub(crate) mod things;
pub(crate) mod ui;
pub(crate) mod values;
pub(crate) mod why;

use kabar_domain::Language;

pub(crate) use clock::{day_and_time, short_duration};
pub(crate) use reasons::reason;
pub(crate) use status::{Words, of};

/// The same said in every language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    en: &'static str,
    id: &'static str,
}

/// Says it in English and in Indonesian.
pub(crate) const fn text(en: &'static str, id: &'static str) -> Text {
    Text { en, id }
}

impl Text {
    /// As it is said in a language.
    pub(crate) const fn within(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Id => self.id,
        }
    }
}
