//! What chats in Telegram read: every kind that goes there, for ordinary, hostile and long names, elsewhere and in other
//! languages.

use jiff::SignedDuration;
use kabar_courier::words::{Words, WordsError};
use kabar_domain::news::{Kind, News};

use crate::samples::{Sample, samples};

/// The most of a message, in UTF-16 units (Bot API, `sendMessage`).
const LONGEST: usize = 4096;

fn lit() -> Option<SignedDuration> {
    Some(SignedDuration::from_hours(50))
}

/// What a chat reads of a sample, as news and as what it is made to say when it is over.
fn said(sample: &Sample) -> Vec<(&'static str, Result<String, WordsError>)> {
    let words = Words::default();
    let draft = words.draft(&sample.news, sample.language, &sample.zone);
    let mut said = vec![("chat", draft.chat(lit()))];
    if matches!(sample.news.kind(), Kind::Restored | Kind::HomeRestored) {
        said.push(("over", draft.over()));
    }
    said
}

fn is_for_chats(sample: &Sample) -> bool {
    matches!(
        sample.news,
        News::Outage { .. }
            | News::Restored { .. }
            | News::HomeOutage { .. }
            | News::HomeRestored { .. }
            | News::PlannedCut { .. }
            | News::PlannedCutChanged { .. }
    )
}

fn for_chats() -> Vec<Sample> {
    let mut samples = samples();
    samples.retain(is_for_chats);
    samples
}

#[test]
fn every_message_to_a_chat_is_as_it_was_seen() {
    let mut all = String::new();
    for sample in for_chats()
        .iter()
        .filter(|sample| !sample.name.ends_with("_long"))
    {
        for (what, html) in said(sample) {
            all.push_str(&format!("--- {} {what}\n{}\n\n", sample.name, html.unwrap()));
        }
    }
    insta::assert_snapshot!("chats", all);
}

#[test]
fn whatever_a_region_is_called_the_message_is_html_that_telegram_knows_and_not_too_long() {
    let samples = for_chats();
    assert!(samples.iter().any(|sample| sample.name.ends_with("_hostile")));
    for sample in samples {
        for (_, html) in said(&sample) {
            let html = html.unwrap();
            assert!(html.encode_utf16().count() <= LONGEST, "{}", sample.name);
            for tag in html.split('<').skip(1) {
                assert!(tag.starts_with("b>") || tag.starts_with("/b>"), "{html}");
            }
            assert_eq!(
                html.matches("<b>").count(),
                html.matches("</b>").count(),
                "{html}"
            );
            for entity in html.split('&').skip(1) {
                let name = entity.split_once(';').map(|(name, _)| name);
                let is_known =
                    |name: &str| matches!(name, "lt" | "gt" | "amp" | "quot") || name.starts_with('#');
                assert!(name.is_some_and(is_known), "{html}");
            }
        }
    }
}

#[test]
fn a_chat_is_told_nothing_that_is_not_for_chats() {
    let words = Words::default();
    for sample in samples() {
        let draft = words.draft(&sample.news, sample.language, &sample.zone);
        assert_eq!(draft.chat(None).is_ok(), is_for_chats(&sample), "{}", sample.name);
    }
}
