//! What Kabar says: a folder of words per kind of news and language, filled with facts.

mod draft;
mod facts;
mod names;
mod reply;
mod speech;
mod templates;

use kabar_domain::{Language, Zone, news::News};
use minijinja::Environment;

pub use draft::Draft;
use facts::facts;
pub(crate) use names::one_line;
pub use reply::{Reply, reply};
pub use speech::{duration, moment};

/// A mail's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// A template that cannot be filled: a defect of ours, not of the facts.
#[derive(Debug, thiserror::Error)]
#[error("words cannot be filled: {0}")]
pub struct WordsError(#[from] minijinja::Error);

/// All words. A template is parsed when it is first filled: a page of messages has one kind of news.
pub struct Words(Environment<'static>);

/// What is one reader's own in a letter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Own<'a> {
    /// Their first name; perhaps empty.
    pub name: &'a str,
    /// The code that the letter carries, if it is one that does.
    pub code: Option<&'a str>,
    /// What the tickets are called that they hold for the event of the letter.
    pub tickets: &'a [String],
    /// Where they can ask to be told no more of such news; nothing when they asked for it by what they did.
    pub unsubscribe: Option<&'a str>,
    /// Where they read the letter again, and find what they are told of; nothing where it carries a secret.
    pub link: Option<&'a str>,
}

impl Default for Words {
    fn default() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        environment.add_filter("short", names::short);
        environment.set_loader(|name| Ok(templates::source(name).map(str::to_owned)));
        Self(environment)
    }
}

impl Words {
    /// What this news is in this language, by the clock of this zone.
    #[must_use]
    pub fn draft(&self, news: &News, language: Language, zone: &Zone) -> Draft<'_> {
        Draft {
            words: self,
            folder: format!("{}/{}", news.kind().name(), language.code()),
            language,
            facts: facts(news, language, zone),
        }
    }
}
