//! What calendars are told, read back by a parser that is not ours.

use kabar_courier::{Calendar, Method};
use kabar_domain::{
    Language,
    news::{EventFacts, Kind, News},
    people::Email,
};
use proptest::prelude::*;
use vobject::{Component, Property, parse_component};

use crate::{
    samples::{Sample, samples},
    stories,
};

/// What a sample tells calendars: the method and the event's status.
fn told(sample: &Sample) -> Option<(Method, Option<String>)> {
    let calendar = sample.calendar()?;
    let event = the_event(calendar.text());
    let status = event.get_only("STATUS").map(|status| status.raw_value.clone());
    Some((calendar.method(), status))
}

fn the_event(text: &str) -> Component {
    let mut calendar = parse_component(text).unwrap();
    assert_eq!(calendar.name, "VCALENDAR");
    assert_eq!(calendar.subcomponents.len(), 1, "{text}");
    let event = calendar.subcomponents.remove(0);
    assert_eq!(event.name, "VEVENT");
    event
}

/// A TEXT as RFC 5545, §3.3.11 has it read.
fn text_of(property: &Property) -> String {
    let mut chars = property.raw_value.chars();
    let mut text = String::new();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => '\n',
                Some(c @ ('\\' | ';' | ',')) => c,
                other => panic!("no escape: {other:?} in {:?}", property.raw_value),
            },
            ';' | ',' => panic!("not escaped: {:?}", property.raw_value),
            c => c,
        });
    }
    text
}

/// A parameter as RFC 6868 has it read.
fn name_of(person: &Property) -> Option<String> {
    let said = person.params.get("CN")?;
    Some(said.replace("^^", "\0").replace("^'", "\"").replace('\0', "^"))
}

/// What a name is on one line, and without what turns what follows.
fn plain(name: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|c| !"\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}".contains(*c))
        .map(|c| {
            if c.is_control() || "\u{2028}\u{2029}".contains(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    kept.trim().to_owned()
}

fn ordinary(kind: Kind) -> Sample {
    let name = format!("{}_{}_ordinary", kind.name(), Language::En.code());
    samples().into_iter().find(|sample| sample.name == name).unwrap()
}

#[test]
fn each_news_asks_of_calendars_what_it_means() {
    let stays = Some((Method::Request, Some("CONFIRMED".to_owned())));
    for sample in samples() {
        let name = &sample.name;
        let expected = match &sample.news {
            News::Registered { .. }
            | News::RegistrationChanged { .. }
            | News::PaymentCompleted { .. }
            | News::Reminder { .. } => stays.clone(),
            News::EventChanged { event, .. } if event.is_cancelled => {
                Some((Method::Cancel, Some("CANCELLED".to_owned())))
            }
            News::EventChanged { .. } => stays.clone(),
            News::RegistrationCancelled { .. } if name.ends_with("_left") => None,
            News::RegistrationCancelled { .. } => Some((Method::Cancel, None)),
            News::Outage { .. }
            | News::HomeOutage { .. }
            | News::HomeRestored { .. }
            | News::Restored { .. }
            | News::PlannedCut { .. }
            | News::PlannedCutChanged { .. }
            | News::PasswordReset { .. }
            | News::Mailing { .. }
            | News::Test { .. } => None,
        };
        assert_eq!(told(&sample), expected, "{name}");
    }
}

#[test]
fn a_cancelled_event_comes_into_no_calendar_whatever_the_news() {
    let mut sample = ordinary(Kind::Payment);
    if let News::PaymentCompleted { event, .. } = &mut sample.news {
        event.is_cancelled = true;
    }
    assert_eq!(
        told(&sample),
        Some((Method::Cancel, Some("CANCELLED".to_owned())))
    );
}

#[test]
fn a_calendar_reads_as_it_should() {
    let calendar = ordinary(Kind::Reminder).calendar().unwrap();
    insta::assert_snapshot!(calendar.text().replace("\r\n", "\n"), @r#"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//Kabar//Kabar//EN
    CALSCALE:GREGORIAN
    METHOD:REQUEST
    BEGIN:VEVENT
    UID:05050505-0505-0505-0505-050505050505@kabar.example.com
    SEQUENCE:86400
    DTSTAMP:20261121T100005Z
    DTSTART:20261205T120000Z
    DTEND:20261205T150000Z
    SUMMARY:Bandung
    LOCATION:Bandung
    STATUS:CONFIRMED
    ORGANIZER;CN="Kabar":mailto:news@kabar.example.com
    ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE;CN="Sari":mailto:sari@example.com
    END:VEVENT
    END:VCALENDAR
    "#);
}

#[test]
fn what_is_fetched_is_the_same_event_and_names_nobody_who_comes() {
    let sample = ordinary(Kind::Reminder);
    let News::Reminder { event, .. } = &sample.news else {
        panic!("a reminder")
    };
    let date = "2026-11-20T09:00:00Z".parse().unwrap();
    let fetched = |event: &EventFacts| Calendar::to_fetch(event, "Kabar <news@kabar.example.com>", date);
    let calendar = fetched(event);
    assert_eq!(calendar.method(), Method::Publish);
    assert!(calendar.text().contains("\r\nMETHOD:PUBLISH\r\n"));
    let (mailed, fetched_event) = (
        the_event(sample.calendar().unwrap().text()),
        the_event(calendar.text()),
    );
    for same in [
        "UID",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "LOCATION",
        "STATUS",
        "ORGANIZER",
    ] {
        let [mailed, fetched] = [&mailed, &fetched_event].map(|event| event.get_only(same).unwrap());
        assert_eq!(mailed.raw_value, fetched.raw_value, "{same}");
    }
    assert!(fetched_event.get_only("ATTENDEE").is_none());

    let off = fetched(&EventFacts {
        is_cancelled: true,
        ..event.clone()
    });
    let status = the_event(off.text())
        .get_only("STATUS")
        .unwrap()
        .raw_value
        .clone();
    assert_eq!(status, "CANCELLED");
}

#[test]
fn an_event_that_ends_before_it_starts_has_no_end() {
    let mut sample = ordinary(Kind::Reminder);
    if let News::Reminder { event, .. } = &mut sample.news {
        event.ends_at = event.starts_at;
    }
    assert!(
        the_event(sample.calendar().unwrap().text())
            .get_only("DTEND")
            .is_none()
    );
}

/// Texts of all sorts, many of them made of what means something in a calendar.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[;,:\\\\\"^='\r\n\t\u{0}\u{7f} A-Zn\u{202e}\u{2028}\u{a0}é😀]{0,300}",
        "(\r?\n ?|BEGIN:VEVENT|END:VEVENT|ATTENDEE:mailto:x@example.com|\"|\\\\|\u{a0}{0,200}|😀{0,90}){0,9}",
    ]
}

proptest! {
    #[test]
    fn whatever_people_write_comes_back_and_is_one_event(
        called in hostile(), location in hostile(), first_name in hostile(), sender in hostile(),
    ) {
        let event = EventFacts { name: called.clone(), location: location.clone(), ..stories::event("") };
        let sample = Sample { news: News::Reminder { event, registration: None }, first_name: first_name.clone(), ..ordinary(Kind::Reminder) };
        let to = Email::parse("sari+50%@example.com").unwrap();
        // Where the address begins is the sender's own to say.
        let sender = sender.replace(['<', '"'], "");
        let from = format!("{sender} <news@kabar.example.com>");
        let calendar = Calendar::of(&sample.news, &sample.own(), &sample.envelope(&from, &to)).unwrap();

        let text = calendar.text();
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split_terminator("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(char::is_control), "{:?}", line);
        }
        let event = the_event(text);
        let mut names = vec!["ATTENDEE", "DTEND", "DTSTAMP", "DTSTART"];
        names.extend((!plain(&location).is_empty()).then_some("LOCATION"));
        names.extend(["ORGANIZER", "SEQUENCE", "STATUS"]);
        names.extend((!plain(&called).is_empty()).then_some("SUMMARY"));
        names.push("UID");
        prop_assert_eq!(event.props.keys().map(String::as_str).collect::<Vec<_>>(), names);
        prop_assert!(event.props.values().all(|properties| properties.len() == 1));

        let said = |name: &str| event.get_only(name).map(text_of).unwrap_or_default();
        prop_assert_eq!(said("SUMMARY"), plain(&called));
        prop_assert_eq!(said("LOCATION"), plain(&location));
        let (organizer, reader) = (event.get_only("ORGANIZER").unwrap(), event.get_only("ATTENDEE").unwrap());
        let sender = if sender.trim().is_empty() { "Kabar".to_owned() } else { plain(&sender) };
        prop_assert_eq!(name_of(organizer).unwrap_or_default(), sender);
        prop_assert_eq!(&organizer.raw_value, "mailto:news@kabar.example.com");
        prop_assert_eq!(name_of(reader).unwrap_or_default(), plain(&first_name));
        prop_assert_eq!(&reader.raw_value, "mailto:sari+50%25@example.com");
    }
}
