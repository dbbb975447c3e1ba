//! What news of an event says to the calendar of its reader (iCalendar, RFC 5545; its transport, RFC 5546).

mod address;
mod content;
mod event;

use jiff::Timestamp;
use kabar_domain::news::{EventFacts, News};

use crate::{Envelope, sender::Sender, words::Own};
use event::Entry;

/// What a calendar is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To have the event as it is.
    Request,
    /// To have it no more.
    Cancel,
    /// To have it as it is, for whoever fetched it: nobody is invited (RFC 5546, §3.2.1).
    Publish,
}

/// An event for its reader's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    method: Method,
    text: String,
}

/// What an event is to its reader.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// They come to it.
    Comes,
    /// They are no longer expected.
    Left,
    /// It will not be.
    Off,
}

impl Standing {
    /// Of somebody who comes, unless nobody does.
    const fn at(event: &EventFacts) -> Self {
        if event.is_cancelled {
            Self::Off
        } else {
            Self::Comes
        }
    }

    const fn method(self) -> Method {
        match self {
            Self::Comes => Method::Request,
            Self::Left | Self::Off => Method::Cancel,
        }
    }
}

impl Method {
    /// Its name in RFC 5546.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

impl Calendar {
    /// What this news says to its reader's calendar, if anything. Whoever loses one of several tickets still comes.
    #[must_use]
    pub fn of(news: &News, own: &Own<'_>, envelope: &Envelope<'_>) -> Option<Self> {
        let (event, standing) = match news {
            News::Registered { event, .. }
            | News::RegistrationChanged { event, .. }
            | News::PaymentCompleted { event, .. }
            | News::EventChanged { event, .. }
            | News::Reminder { event, .. } => (event, Standing::Comes),
            News::RegistrationCancelled { event, .. } if own.tickets.is_empty() => (event, Standing::Left),
            News::RegistrationCancelled { .. }
            | News::Outage { .. }
            | News::Restored { .. }
            | News::HomeOutage { .. }
            | News::HomeRestored { .. }
            | News::PlannedCut { .. }
            | News::PlannedCutChanged { .. }
            | News::PasswordReset { .. }
            | News::Mailing { .. }
            | News::Test { .. } => return None,
        };
        let standing = match standing {
            Standing::Comes => Standing::at(event),
            standing => standing,
        };
        let method = standing.method();
        let entry = Entry {
            event,
            standing,
            method,
            sender: envelope.sender(),
            date: envelope.date,
            guest: Some((own.name, envelope.to)),
        };
        let text = entry.written();
        Some(Self { method, text })
    }

    /// An event for whoever fetches it: the same one to their calendar that mails from this sender tell it of. It names
    /// nobody who comes.
    #[must_use]
    pub fn to_fetch(event: &EventFacts, from: &str, date: Timestamp) -> Self {
        let method = Method::Publish;
        let entry = Entry {
            event,
            standing: Standing::at(event),
            method,
            sender: Sender::read(from),
            date,
            guest: None,
        };
        let text = entry.written();
        Self { method, text }
    }

    /// What it asks for.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The content of an `.ics` file, in lines that end in CRLF.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
