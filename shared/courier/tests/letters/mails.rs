//! Letters as they go to SES, read back by a parser that is not the one that wrote them.

use kabar_courier::{Calendar, mime, words::Letter};
use kabar_domain::{
    news::{Kind, News},
    people::Email,
};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use proptest::prelude::*;

use crate::samples::{Sample, UNSUBSCRIBE, samples};

/// What stands on every letter, in this order.
const ALWAYS: [&str; 7] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Feedback-ID",
];

fn named(name: &str) -> Sample {
    samples().into_iter().find(|sample| sample.name == name).unwrap()
}

fn headers(raw: &[u8]) -> Vec<String> {
    let raw = String::from_utf8(raw.to_vec()).unwrap();
    let (head, _) = raw.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    head.split("\r\n").map(str::to_owned).collect()
}

fn names(raw: &[u8]) -> Vec<String> {
    let named = |line: &String| line.split_once(':').unwrap().0.to_owned();
    headers(raw).iter().map(named).collect()
}

/// The types of all parts, outermost first.
fn types(message: &Message<'_>) -> Vec<String> {
    let kind = |part: &mail_parser::MessagePart<'_>| {
        let kind = part.content_type().unwrap();
        format!("{}/{}", kind.ctype(), kind.subtype().unwrap())
    };
    message.parts.iter().map(kind).collect()
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn check_transport(raw: &[u8]) {
    let raw = str::from_utf8(raw).unwrap();
    assert!(raw.is_ascii());
    for line in raw.split("\r\n") {
        assert!(
            line.len() <= 998 && !line.contains(['\r', '\n', '\0']),
            "{line:?}"
        );
    }
}

#[test]
fn a_letter_has_the_headers_of_an_automatic_one_to_one_reader() {
    let headers = headers(&named("reminder_en_ordinary").mime());
    for header in [
        "From: \"Kabar\" <news@kabar.example.com>",
        "To: <sari@example.com>",
        "Date: Sat, 21 Nov 2026 10:00:05 +0000",
        "Message-ID: <019a9df4-1234-7000-8000-000100000107@kabar.example.com>",
        "Auto-Submitted: auto-generated",
        "Feedback-ID: 019a9df4-1234-7000-8000-000100000000:reminder:reminders:kabar",
        &format!("List-Unsubscribe: <{UNSUBSCRIBE}>"),
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "MIME-Version: 1.0",
    ] {
        assert!(
            headers.contains(&header.to_owned()),
            "{header:?} is missing in\n{headers:#?}"
        );
    }
}

#[test]
fn only_what_can_be_stopped_says_how_and_on_one_line() {
    for sample in samples() {
        let raw = String::from_utf8(sample.mime()).unwrap();
        let line = format!("\r\nList-Unsubscribe: <{UNSUBSCRIBE}>\r\n");
        let can_be_stopped = sample.news.kind().topic().is_some();
        assert_eq!(raw.contains(&line), can_be_stopped, "{raw}");
        assert_eq!(
            raw.contains("\r\nList-Unsubscribe-Post:"),
            can_be_stopped,
            "{raw}"
        );
    }
}

#[test]
fn every_letter_comes_out_of_its_mail_as_it_went_in() {
    for sample in samples() {
        let (letter, raw) = (sample.letter(), sample.mime());
        check_transport(&raw);
        let message = MessageParser::default().parse(&raw).unwrap();
        assert_eq!(message.subject(), Some(letter.subject.as_str()));
        assert_eq!(lines(&message.body_text(0).unwrap()), letter.text);
        assert_eq!(lines(&message.body_html(0).unwrap()), letter.html);
        let mut expected = vec!["multipart/alternative", "text/plain", "text/html"];
        if sample.calendar().is_some() {
            expected.insert(0, "multipart/mixed");
            expected.extend(["text/calendar", "application/ics"]);
        }
        assert_eq!(types(&message), expected);
        assert_eq!(raw, sample.mime(), "not the same bytes a second time");
    }
}

#[test]
fn what_is_for_the_calendar_is_an_alternative_and_a_file() {
    let sample = named("event_changed_id_cancelled");
    let calendar = sample.calendar().unwrap();
    let raw = sample.mime();
    let message = MessageParser::default().parse(&raw).unwrap();
    let alternative = message.part(4).unwrap();
    let kind = alternative.content_type().unwrap();
    assert_eq!(
        (kind.attribute("method"), kind.attribute("charset")),
        (Some("CANCEL"), Some("utf-8"))
    );
    assert!(
        matches!(&alternative.body, PartType::Text(text) if text == calendar.text()),
        "{alternative:?}"
    );
    let file = message.part(5).unwrap();
    assert_eq!(file.attachment_name(), Some("invite.ics"));
    assert_eq!(file.contents(), calendar.text().as_bytes());
}

proptest! {
    #[test]
    fn whatever_a_letter_says_it_says_nothing_to_the_post(
        // Words are without control characters, but for the ends of their lines.
        text in r"([^\p{Cc}]|\n|\t){0,300}", html in r"([^\p{Cc}]|\n|\t){0,300}",
        subject in any::<String>(), sender in any::<String>(), called in any::<String>(),
    ) {
        let to = Email::parse("sari@example.com").unwrap();
        let mut sample = named("payment_en_ordinary");
        if let News::PaymentCompleted { event, .. } = &mut sample.news {
            event.name = called;
        }
        let from = format!("{sender} <news@example.com>");
        let envelope = sample.envelope(&from, &to);
        prop_assert_eq!(envelope.kind, Kind::Payment);
        let letter = Letter { subject, text, html };
        let calendar = Calendar::of(&sample.news, &sample.own(), &envelope).unwrap();
        let raw = mime(&envelope, &letter, Some(&calendar)).unwrap();

        check_transport(&raw);
        let mut expected = ALWAYS.to_vec();
        expected.extend(["MIME-Version", "Content-Type"]);
        prop_assert_eq!(names(&raw), expected);
        let message = MessageParser::default().parse(&raw).unwrap();
        prop_assert_eq!(lines(&message.body_text(0).unwrap()), &letter.text[..]);
        prop_assert_eq!(lines(&message.body_html(0).unwrap()), &letter.html[..]);
        prop_assert_eq!(message.part(5).unwrap().contents(), calendar.text().as_bytes());
        prop_assert_eq!(message.to().unwrap().iter().count(), 1);
    }

    #[test]
    fn a_subject_of_one_line_and_a_sender_come_back(subject in "[^\\pC\\pZ][^\\pC]{0,200}[^\\pC\\pZ]", sender in "[^\\pC\\pZ<\"]([^\\pC\\pZ<\"]| [^\\pC\\pZ<\"]){0,80}") {
        let to = Email::parse("sari@example.com").unwrap();
        let from = format!("{sender} <news@example.com>");
        let sample = named("outage_en_ordinary");
        let letter = Letter { subject, text: "Halo".to_owned(), html: "<p>Halo</p>".to_owned() };
        let raw = mime(&sample.envelope(&from, &to), &letter, None).unwrap();
        check_transport(&raw);
        let message = MessageParser::default().parse(&raw).unwrap();
        prop_assert_eq!(message.subject(), Some(letter.subject.as_str()));
        let from = message.from().unwrap().first().unwrap();
        prop_assert_eq!(from.name(), Some(sender.as_str()));
        prop_assert_eq!(from.address(), Some("news@example.com"));
    }
}
