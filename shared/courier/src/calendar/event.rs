use jiff::Timestamp;
use kabar_domain::news::EventFacts;

use super::{Standing, address::mailto, content::Content};
use crate::Envelope;

/// An event as an `.ics` file for a reader called so.
pub(super) fn written(event: &EventFacts, standing: Standing, name: &str, envelope: &Envelope<'_>) -> String {
    let (sender, address) = envelope.sender();
    let mut content = Content::default();
    content.line("BEGIN", "VCALENDAR");
    content.line("VERSION", "2.0");
    content.line("PRODID", "-//Kabar//Kabar//EN");
    content.line("CALSCALE", "GREGORIAN");
    content.line("METHOD", standing.method().name());
    content.line("BEGIN", "VEVENT");
    content.line("UID", &format!("{}@{}", event.id, envelope.domain()));
    // The most that an INTEGER can be (RFC 5545, §3.3.8), which is an event of 68 years.
    content.line(
        "SEQUENCE",
        &event.sequence.min(i32::MAX.unsigned_abs()).to_string(),
    );
    content.line("DTSTAMP", &utc(envelope.date));
    content.line("DTSTART", &utc(event.starts_at));
    if event.ends_at > event.starts_at {
        content.line("DTEND", &utc(event.ends_at));
    }
    content.text("SUMMARY", &event.name);
    content.text("LOCATION", &event.location);
    // One who is no longer expected is told so by the method alone: a status would be the event's (RFC 5546, §3.2.5).
    match standing {
        Standing::Comes => content.line("STATUS", "CONFIRMED"),
        Standing::Off => content.line("STATUS", "CANCELLED"),
        Standing::Left => {}
    }
    content.person("ORGANIZER", sender, &mailto(address));
    content.person(
        "ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE",
        name,
        &mailto(envelope.to.as_str()),
    );
    content.line("END", "VEVENT");
    content.line("END", "VCALENDAR");
    content.into()
}

/// A moment as DATE-TIME in UTC (RFC 5545, §3.3.5).
fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}
