//! What the API says of bad input, in other languages. The API speaks English; its sentences are the keys.

use kabar_domain::Language;

/// A sentence of the API, with `#` for each number in it, and the same in Indonesian.
const ALL: &[(&str, &str)] = &[
    ("This field is required.", "Isian ini wajib."),
    ("Must be a text.", "Harus berupa teks."),
    ("Must have at least # characters.", "Sedikitnya # karakter."),
    ("Must have at most # characters.", "Paling banyak # karakter."),
];

/// A sentence of the API in the language of whoever reads; one that is not known stays as it is.
pub(crate) fn reason(sentence: &str, language: Language) -> String {
    match language {
        Language::En => sentence.to_owned(),
        Language::Id => translated(sentence).unwrap_or_else(|| sentence.to_owned()),
    }
}

fn translated(sentence: &str) -> Option<String> {
    let numbers = numbers(sentence);
    let mut key = String::new();
    let mut rest = sentence;
    for number in &numbers {
        let (before, after) = rest.split_once(number)?;
        key.push_str(before);
        key.push('#');
        rest = after;
    }
    key.push_str(rest);
    let (_, said) = ALL.iter().find(|(english, _)| *english == key)?;
    let mut numbers = numbers.into_iter();
    let said = said.split('#').enumerate().map(|(place, part)| match place {
        0 => part.to_owned(),
        _ => format!("{}{part}", numbers.next().unwrap_or_default()),
    });
    Some(said.collect())
}

fn numbers(sentence: &str) -> Vec<&str> {
    let parts = sentence.split(|c: char| !c.is_ascii_digit());
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_keeps_its_numbers_in_another_language() {
        let said = |sentence| reason(sentence, Language::Id);
        assert_eq!(
            said("Must have at most 150 characters."),
            "Paling banyak 150 karakter."
        );
        assert_eq!(said("Never heard of 7."), "Never heard of 7.");
        assert_eq!(
            reason("This field is required.", Language::En),
            "This field is required."
        );
    }
}
