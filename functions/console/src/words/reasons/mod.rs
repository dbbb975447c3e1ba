//! What the API says of bad input, in other languages. The API speaks English; its sentences are the keys.

mod events;
mod files;
mod input;
mod mailings;
mod operations;
mod people;
mod plans;
mod power;
mod requests;
#[cfg(test)]
mod sources;

use kabar_domain::Language;

/// A sentence of the API, with `#` for whatever differs from one time to another, and the same in Indonesian.
type Pair = (&'static str, &'static str);

/// What is said of one kind of thing goes before what is said of any.
const ALL: [&[Pair]; 9] = [
    events::ALL,
    mailings::ALL,
    people::ALL,
    power::ALL,
    plans::ALL,
    operations::ALL,
    requests::ALL,
    files::ALL,
    input::ALL,
];

/// A sentence of the API in the language of whoever reads; one that is not known stays as it is.
pub(crate) fn reason(sentence: &str, language: Language) -> String {
    match language {
        Language::En => sentence.to_owned(),
        Language::Id => translated(sentence).unwrap_or_else(|| sentence.to_owned()),
    }
}

fn translated(sentence: &str) -> Option<String> {
    let mut all = ALL.into_iter().flatten();
    all.find_map(|(key, said)| Some(filled(said, &holes(key, sentence)?)))
}

/// What stands in a sentence where its key has `#`; none, if it is another sentence.
fn holes<'s>(key: &str, sentence: &'s str) -> Option<Vec<&'s str>> {
    let (first, others) = key
        .split_once('#')
        .map_or((key, None), |(first, rest)| (first, Some(rest)));
    let rest = sentence.strip_prefix(first)?;
    let Some(others) = others else {
        return rest.is_empty().then(Vec::new);
    };
    let next = others.split('#').next().unwrap_or_default();
    let end = match others {
        "" => rest.len(),
        // The last part is the end of the sentence, the others end at the first place where they can.
        last if last == next => rest.len() - rest.strip_suffix(last).map(|_| last.len())?,
        _ => rest.find(next)?,
    };
    let mut all = vec![&rest[..end]];
    all.extend(holes(others, &rest[end..])?);
    Some(all)
}

fn filled(said: &str, holes: &[&str]) -> String {
    let mut holes = holes.iter();
    let mut parts = said.split('#');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        let hole = holes.next().copied().unwrap_or_default();
        format!("{all}{hole}{part}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_keeps_its_numbers_and_names_in_another_language() {
        let said = |sentence| reason(sentence, Language::Id);
        for (english, indonesian) in [
            ("May have at most 150 characters.", "Paling banyak 150 karakter."),
            (
                "Must be one of on, off, auto.",
                "Harus salah satu dari on, off, auto.",
            ),
            (
                "Must be a whole number from 1 to 5.",
                "Harus bilangan bulat dari 1 sampai 5.",
            ),
            (
                "The body is not JSON: expected a value",
                "Isinya bukan JSON: expected a value",
            ),
            ("There is no such user.", "Pengguna itu tidak ada."),
            ("Never heard of 7.", "Never heard of 7."),
            ("", ""),
        ] {
            assert_eq!(said(english), indonesian);
            assert_eq!(reason(english, Language::En), english);
        }
    }

    #[test]
    fn each_pair_has_as_many_holes_in_both_languages() {
        for (english, indonesian) in ALL.into_iter().flatten() {
            let holes = |text: &str| text.matches('#').count();
            assert_eq!(holes(english), holes(indonesian), "{english}");
        }
    }
}
