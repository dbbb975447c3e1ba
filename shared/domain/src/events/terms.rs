use std::{cmp::Reverse, collections::BTreeSet};

use jiff::Timestamp;

use super::{Event, EventStatus};
use crate::ids::UserId;

/// How many words of a name, the longest, an event is found by: its entries then change in one transaction of a hundred items.
const MOST_WORDS: usize = 14;
/// A longer word is found by its beginning of this many characters.
const LONGEST_WORD: usize = 40;

/// Which events are asked for. What is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Those with this status.
    pub status: Option<EventStatus>,
    /// Those of this category, letter case aside.
    pub category: Option<String>,
    /// Those of this organizer.
    pub organizer: Option<UserId>,
    /// Those that begin at this time or later.
    pub from: Option<Timestamp>,
    /// Those that begin before this time.
    pub to: Option<Timestamp>,
    /// Those with all these words in their name.
    pub words: BTreeSet<String>,
    /// By the time when they begin, whenever that is.
    pub by_start: bool,
}

/// What an event is found by: a fact, alone or together with the event's status.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term(String);

impl Term {
    fn new(fact: &str, status: Option<EventStatus>) -> Self {
        Self(match status {
            Some(status) => format!("{fact}&status={}", status.name()),
            None => fact.to_owned(),
        })
    }

    /// As it stands in a key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Term {
    /// Reads what [`Term::as_str`] gave.
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// The words of a name or a search, in lower case.
#[must_use]
pub fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().chars().take(LONGEST_WORD).collect())
        .collect()
}

fn category(category: &str) -> String {
    format!("category={}", category.trim().to_lowercase())
}

/// All that an event is found by.
#[must_use]
pub fn terms(event: &Event) -> BTreeSet<Term> {
    let mut facts = vec![
        "all".to_owned(),
        category(&event.category),
        format!("organizer={}", event.organizer),
    ];
    let mut words: Vec<String> = words(&event.name).into_iter().collect();
    words.sort_by_key(|word| Reverse(word.chars().count()));
    facts.extend(words.iter().take(MOST_WORDS).map(|word| format!("word={word}")));
    let with = |status| facts.iter().map(move |fact| Term::new(fact, status));
    with(None).chain(with(Some(event.status))).collect()
}

impl EventFilter {
    /// The one term that finds the fewest events that do not belong: those found by it still have to be checked, but
    /// for one fact, with or without a status, none is found in vain.
    #[must_use]
    pub fn term(&self) -> Term {
        let word = self.words.iter().max_by_key(|word| word.chars().count());
        let fact = word
            .map(|word| format!("word={word}"))
            .or_else(|| self.organizer.map(|organizer| format!("organizer={organizer}")))
            .or_else(|| self.category.as_deref().map(category))
            .unwrap_or_else(|| "all".to_owned());
        Term::new(&fact, self.status)
    }

    /// Whether events are asked for by the time when they begin; such lists go by it.
    #[must_use]
    pub const fn is_by_start(&self) -> bool {
        self.by_start || self.from.is_some() || self.to.is_some()
    }

    /// Whether an event is asked for.
    #[must_use]
    pub fn fits(&self, event: &Event) -> bool {
        let name = words(&event.name);
        self.status.is_none_or(|status| status == event.status)
            && self
                .organizer
                .is_none_or(|organizer| organizer == event.organizer)
            && self
                .category
                .as_deref()
                .is_none_or(|c| category(c) == category(&event.category))
            && self.from.is_none_or(|from| event.start >= from)
            && self.to.is_none_or(|to| event.start < to)
            && self.words.is_subset(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case_and_whatever_stands_between() {
        let expected: BTreeSet<String> = ["jazz", "di", "bandung", "2026"].map(str::to_owned).into();
        assert_eq!(words("JAZZ di Bandung, 2026!"), expected);
        assert_eq!(words(" -- "), BTreeSet::new());
    }

    #[test]
    fn the_longest_word_is_looked_for_first() {
        let filter = EventFilter {
            words: words("di Bandung"),
            status: Some(EventStatus::Scheduled),
            ..EventFilter::default()
        };
        assert_eq!(filter.term().as_str(), "word=bandung&status=scheduled");
        assert_eq!(EventFilter::default().term().as_str(), "all");
    }
}
