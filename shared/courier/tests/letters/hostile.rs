//! What people chose, or left out, does nothing to the rest of a letter.

use kabar_domain::{Language, news::News};

use crate::samples::samples;

#[test]
fn nothing_that_people_chose_becomes_markup_or_turns_what_follows() {
    for sample in samples() {
        let (name, letter) = (&sample.name, sample.letter());
        for markup in ["<script", "<img"] {
            assert!(
                !letter.html.contains(markup),
                "{name}: {markup} in\n{}",
                letter.html
            );
        }
        // In a mailing they turn a line of its own text and no more.
        let is_free = name.starts_with("mailing");
        for said in [&letter.subject, &letter.text, &letter.html] {
            assert!(
                is_free || !said.contains(['\u{202e}', '\u{202c}']),
                "{name}: {said}"
            );
        }
    }
}

#[test]
fn an_event_without_a_place_has_no_line_for_it() {
    let mut seen = 0;
    for mut sample in samples()
        .into_iter()
        .filter(|sample| sample.name.ends_with("_ordinary"))
    {
        let place = match sample.language {
            Language::En => "Place",
            Language::Id => "Tempat",
        };
        let (News::Registered { event, .. }
        | News::RegistrationChanged { event, .. }
        | News::RegistrationCancelled { event, .. }
        | News::PaymentCompleted { event, .. }
        | News::Reminder { event, .. }) = &mut sample.news
        else {
            continue;
        };
        event.location.clear();
        let letter = sample.letter();
        assert!(
            !letter.text.contains(place) && !letter.html.contains(place),
            "{}",
            letter.text
        );
        seen += 1;
    }
    assert_eq!(seen, 5 * Language::ALL.len());
}
