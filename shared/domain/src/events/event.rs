use jiff::Timestamp;

use super::ReminderRules;
use crate::{
    Invalid, Zone,
    ids::{EventId, NoticeId, RegionId, UserId},
};

/// The longest name of an event, in characters.
pub const EVENT_NAME_MAX: usize = 255;
/// The longest description, in characters: some pages of text, and far below what an item can hold.
pub const DESCRIPTION_MAX: usize = 10_000;
/// The longest location, in characters.
pub const LOCATION_MAX: usize = 255;
/// The longest category, in characters.
pub const CATEGORY_MAX: usize = 100;

/// How far an event is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventStatus {
    /// It will be.
    #[default]
    Scheduled,
    /// It is now.
    Ongoing,
    /// It is over.
    Completed,
    /// It will not be.
    Cancelled,
}

impl EventStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Scheduled, Self::Ongoing, Self::Completed, Self::Cancelled];

    /// Reads a status; `canceled` is read as `cancelled`.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = if text == "canceled" { "cancelled" } else { text };
        let found = Self::ALL.into_iter().find(|status| status.name() == text);
        found.ok_or_else(|| Invalid::because("Must be one of scheduled, ongoing, completed, cancelled."))
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Ongoing => "ongoing",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Something that people come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which.
    pub id: EventId,
    /// What it is called.
    pub name: String,
    /// What it is about, in lines; perhaps empty.
    pub description: String,
    /// Where it is.
    pub location: String,
    /// When it begins.
    pub start: Timestamp,
    /// When it is over; before the start only while it is being edited.
    pub end: Timestamp,
    /// How far it is.
    pub status: EventStatus,
    /// What kind of event.
    pub category: String,
    /// How many people fit in.
    pub quota: u32,
    /// Whose it is.
    pub organizer: UserId,
    /// Where its clock stands.
    pub zone: Zone,
    /// The region of the power grid that it lies in.
    pub region: Option<RegionId>,
    /// How long before its start people are reminded of it; nothing for what is usual.
    pub reminders: Option<ReminderRules>,
    /// The last notice of a change of it, which may not have been told yet.
    pub news: Option<NoticeId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// How often it has changed; the entity tag.
    pub version: u64,
}

impl Event {
    /// Whether anybody can still come to it.
    #[must_use]
    pub fn is_ahead(&self, now: Timestamp) -> bool {
        let is_open = matches!(self.status, EventStatus::Scheduled | EventStatus::Ongoing);
        is_open && self.start.max(self.end) > now
    }
}

/// Reads a description: lines of text, perhaps none.
///
/// # Errors
/// When it is too long, or has control characters other than line ends and tabs.
pub fn description(raw: &str) -> Result<String, Invalid> {
    let text = raw.trim();
    if text.chars().count() > DESCRIPTION_MAX {
        return Err(Invalid::because(format!(
            "May have at most {DESCRIPTION_MAX} characters."
        )));
    }
    let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.chars().any(is_bad) {
        return Err(Invalid::because("May not contain control characters."));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_cancelled_are_read() {
        assert_eq!(EventStatus::parse("canceled"), Ok(EventStatus::Cancelled));
        for status in EventStatus::ALL {
            assert_eq!(EventStatus::parse(status.name()), Ok(status));
        }
        assert!(EventStatus::parse("Scheduled").is_err());
    }

    #[test]
    fn a_description_has_lines_and_no_escapes() {
        assert_eq!(description(" Satu\n\tdua ").unwrap(), "Satu\n\tdua");
        assert_eq!(description("").unwrap(), "");
        assert!(description("\u{1b}[2J").is_err());
        assert!(description(&"x".repeat(DESCRIPTION_MAX + 1)).is_err());
    }
}
