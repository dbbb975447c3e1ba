//! What letters say. When words were changed on purpose, read what `cargo insta review` shows, as if it came in the
//! mail, and accept it.

use kabar_domain::{Language, news::Kind};

use crate::samples::{CODE, LINK, Sample, UNSUBSCRIBE, samples};

fn named(name: &str) -> Sample {
    samples().into_iter().find(|sample| sample.name == name).unwrap()
}

#[test]
fn letters_read_as_they_should() {
    for sample in samples() {
        let letter = sample.letter();
        // The head is the same in all of them and has a snapshot of its own.
        let (_, body) = letter.html.split_once("<body>").unwrap();
        let shown = format!("{}\n\n{}\n\n{body}", letter.subject, letter.text);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(sample.name, shown);
        });
    }
}

#[test]
fn the_head_of_the_html_is_right() {
    let letter = named("outage_id_ordinary").letter();
    let (head, _) = letter.html.split_once("<body>").unwrap();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("head", head);
    });
}

#[test]
fn a_subject_is_one_short_line_and_no_fact_is_left_empty() {
    for sample in samples() {
        let (name, letter) = (&sample.name, sample.letter());
        assert!(
            !letter.subject.is_empty() && !letter.subject.contains(['\n', '\r']),
            "{name}"
        );
        // An operator's own subject is as long as they want it.
        let length = letter.subject.chars().count();
        assert!(
            length <= 130 || name.starts_with("mailing"),
            "{name}: {length} characters in {}",
            letter.subject
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
    }
}

#[test]
fn a_code_stands_on_a_line_of_its_own_and_not_in_the_subject() {
    for language in Language::ALL {
        let letter = named(&format!("password_reset_{}_ordinary", language.code())).letter();
        assert!(letter.text.lines().any(|line| line == CODE), "{}", letter.text);
        assert!(
            letter.html.contains(&format!("<code>{CODE}</code>")),
            "{}",
            letter.html
        );
        assert!(!letter.subject.contains(CODE));
    }
}

/// Whether a part of a letter has a URL.
fn says(part: &str, url: &str) -> bool {
    part.replace("&#x2f;", "/").contains(url)
}

#[test]
fn what_nobody_asked_for_by_what_they_did_says_how_to_stop_it() {
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Test) {
        for language in Language::ALL {
            let sample = named(&format!("{}_{}_ordinary", kind.name(), language.code()));
            let letter = sample.letter();
            let can_be_stopped = kind.topic().is_some();
            assert_eq!(says(&letter.text, UNSUBSCRIBE), can_be_stopped, "{}", letter.text);
            assert_eq!(says(&letter.html, UNSUBSCRIBE), can_be_stopped, "{}", letter.html);
        }
    }
}

#[test]
fn what_carries_no_secret_ends_with_the_link_to_itself() {
    for sample in samples() {
        let letter = sample.letter();
        let has_link = sample.news.kind() != Kind::PasswordReset;
        let last = letter.text.lines().last().unwrap();
        assert_eq!(last.ends_with(LINK), has_link, "{}", letter.text);
        assert_eq!(says(&letter.html, LINK), has_link, "{}", letter.html);
    }
}
