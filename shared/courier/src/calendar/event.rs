use jiff::Timestamp;
use kabar_domain::{news::EventFacts, people::Email};

use super::{Method, Standing, address::mailto, content::Content};
use crate::sender::Sender;

/// An event as it is put into an `.ics` file.
pub(super) struct Entry<'a> {
    pub(super) event: &'a EventFacts,
    pub(super) standing: Standing,
    pub(super) method: Method,
    pub(super) sender: Sender<'a>,
    /// The moment that the calendar takes it to be of.
    pub(super) date: Timestamp,
    /// Whom it invites: what they are called, and their address.
    pub(super) guest: Option<(&'a str, &'a Email)>,
}

impl Entry<'_> {
    /// The content of the file.
    pub(super) fn written(&self) -> String {
        let Self { event, sender, .. } = *self;
        let mut content = Content::default();
        content.line("BEGIN", "VCALENDAR");
        content.line("VERSION", "2.0");
        content.line("PRODID", "-//Kabar//Kabar//EN");
        content.line("CALSCALE", "GREGORIAN");
        content.line("METHOD", self.method.name());
        content.line("BEGIN", "VEVENT");
        content.line("UID", &format!("{}@{}", event.id, sender.domain()));
        // The most that an INTEGER can be (RFC 5545, §3.3.8), which is an event of 68 years.
        content.line(
            "SEQUENCE",
            &event.sequence.min(i32::MAX.unsigned_abs()).to_string(),
        );
        content.line("DTSTAMP", &utc(self.date));
        content.line("DTSTART", &utc(event.starts_at));
        if event.ends_at > event.starts_at {
            content.line("DTEND", &utc(event.ends_at));
        }
        content.text("SUMMARY", &event.name);
        content.text("LOCATION", &event.location);
        // One who is no longer expected is told so by the method alone: a status would be the event's (RFC 5546, §3.2.5).
        match self.standing {
            Standing::Comes => content.line("STATUS", "CONFIRMED"),
            Standing::Off => content.line("STATUS", "CANCELLED"),
            Standing::Left => {}
        }
        content.person("ORGANIZER", sender.name, &mailto(sender.address));
        if let Some((name, address)) = self.guest {
            let guest = "ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE";
            content.person(guest, name, &mailto(address.as_str()));
        }
        content.line("END", "VEVENT");
        content.line("END", "VCALENDAR");
        content.into()
    }
}

/// A moment as DATE-TIME in UTC (RFC 5545, §3.3.5).
fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}
