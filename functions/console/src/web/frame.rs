use kabar_domain::Language;

use super::{Reader, SCRIPT, STYLE};
use crate::{
    entities::{self, Section as Part},
    words::{Text, ui as w},
};

/// What stands around every page of the console.
pub(crate) struct Frame {
    pub(crate) language: Language,
    /// What the page is called.
    pub(crate) title: String,
    /// Who reads, if somebody is logged in.
    pub(crate) name: Option<String>,
    pub(crate) csrf: String,
    /// Where they are, to come back to.
    pub(crate) here: String,
    /// Where a page for anybody is in the other language, if it is there.
    pub(crate) other_language: Option<String>,
    pub(crate) sections: Vec<Section>,
    /// That something was done.
    pub(crate) note: Option<&'static str>,
    pub(crate) style: &'static str,
    pub(crate) script: &'static str,
}

/// A part of the menu.
pub(crate) struct Section {
    pub(crate) title: &'static str,
    pub(crate) links: Vec<Link>,
}

/// Where to go.
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: &'static str,
    pub(crate) is_here: bool,
}

impl Frame {
    /// Around a page for whoever reads.
    pub(crate) fn of(reader: &Reader, title: impl Into<String>) -> Self {
        let say = |text: Text| text.within(reader.language);
        let path = reader.uri.path().trim_end_matches('/');
        let link = |href: String, text: Text| Link {
            is_here: path == href.trim_end_matches('/')
                || (href != "/" && path.starts_with(&format!("{href}/"))),
            text: say(text),
            href,
        };
        // Public pages speak what the browser prefers, unless they are told.
        let power = format!("/status/?lang={}", reader.language.code());
        let mine = [
            ("/", w::HOME),
            ("/me", w::MY_PAGES),
            (power.as_str(), w::POWER_NOW),
        ];
        let first = Section {
            title: "",
            links: mine
                .into_iter()
                .map(|(href, text)| link(href.to_owned(), text))
                .collect(),
        };
        let section = |part: &Part| {
            let shown = part.entities.iter().filter(|entity| entity.who.has(reader));
            let links: Vec<Link> = shown
                .map(|entity| link(format!("/{}", entity.name), entity.many))
                .collect();
            (!links.is_empty()).then(|| Section {
                title: say(part.title),
                links,
            })
        };
        let sections = entities::SECTIONS.iter().filter_map(section);
        let asked = url::form_urlencoded::parse(reader.uri.query().unwrap_or_default().as_bytes());
        let note = asked.into_iter().find(|(name, _)| name == "done");
        Self {
            note: note.map(|(_, what)| say(done(&what))),
            sections: std::iter::once(first).chain(sections).collect(),
            name: reader.me["username"].as_str().map(str::to_owned),
            csrf: reader.csrf.clone(),
            here: reader.here.clone(),
            ..Self::for_anyone(reader.language, title)
        }
    }

    /// Around a page for anybody.
    pub(crate) fn for_anyone(language: Language, title: impl Into<String>) -> Self {
        Self {
            language,
            title: title.into(),
            name: None,
            csrf: String::new(),
            here: String::new(),
            other_language: None,
            sections: Vec::new(),
            note: None,
            style: &STYLE.path,
            script: &SCRIPT.path,
        }
    }

    /// The words of the page's language.
    pub(crate) const fn say(&self, text: Text) -> &'static str {
        text.within(self.language)
    }
}

/// What an address says was done, in words: it chooses among ours, and says nothing of its own.
pub(crate) fn done(what: &str) -> Text {
    match what {
        "created" => w::CREATED,
        "already" => w::ALREADY,
        "saved" => w::SAVED,
        "removed" => w::REMOVED,
        "welcome" => w::WELCOME,
        "none" => w::NONE_SELECTED,
        "left" => w::LOGGED_OUT,
        "reset" => w::PASSWORD_SET,
        _ => w::DONE,
    }
}
