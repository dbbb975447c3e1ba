use jiff::Timestamp;

use super::{Audience, LocalWindow, MailingStatus, Wording};
use crate::{
    Invalid, Zone,
    ids::{MailingId, NoticeId},
    news::{self, News, Notice},
    power::Channel,
};

/// What an operator has to say to many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailing {
    /// Which.
    pub id: MailingId,
    /// By which notice its people are told.
    pub notice: NoticeId,
    /// As an operator described it.
    pub says: MailingSays,
    /// What an operator wants of it now.
    pub order: Order,
    /// Since when it is known.
    pub created_at: Timestamp,
    /// How often it has changed; the entity tag.
    pub version: u64,
}

/// A mailing as an operator describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailingSays {
    /// Nobody is told before.
    pub start_time: Timestamp,
    /// Nobody is told after, nor at this very moment.
    pub end_time: Timestamp,
    /// One line, if it has one; a text message does not show it.
    pub subject: Option<Wording>,
    /// What it says.
    pub text: Wording,
    /// Whom it goes to.
    pub filter: Audience,
    /// How.
    pub channel: Channel,
    /// At which hours of their own day; at all hours, if nothing is said.
    pub window: Option<LocalWindow>,
}

/// What is to change of a mailing; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailingChange {
    /// When it begins.
    pub start_time: Option<Timestamp>,
    /// When it ends.
    pub end_time: Option<Timestamp>,
    /// Its subject, or that it has none.
    pub subject: Option<Option<Wording>>,
    /// What it says.
    pub text: Option<Wording>,
    /// Whom it goes to.
    pub filter: Option<Audience>,
    /// How.
    pub channel: Option<Channel>,
    /// At which hours, or at all.
    pub window: Option<Option<LocalWindow>>,
}

/// What an operator wants of a mailing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// That it goes when it can.
    Go,
    /// That it stands still.
    Pause,
    /// That nobody more is told, ever.
    Cancel,
}

impl MailingSays {
    /// The longest text, in characters (SPEC §8).
    pub const MAX_TEXT: usize = 1000;
    /// The longest subject, in characters: a line of a mail's head has at most 998 (RFC 5322 §2.1.1), and each of them
    /// may take four.
    pub const MAX_SUBJECT: usize = 200;

    /// What is wrong with it, by field, at `now`.
    #[must_use]
    pub fn problems(&self, now: Timestamp) -> Vec<(&'static str, Invalid)> {
        let mut problems = Vec::new();
        if self.end_time <= self.start_time {
            problems.push(("end_time", Invalid::because("Must be after start_time.")));
        } else if self.end_time <= now {
            problems.push(("end_time", Invalid::because("Must be in the future.")));
        }
        problems
    }

    /// When somebody in a zone can be told from `now` on; nothing if their hours do not begin before the end.
    #[must_use]
    pub fn tells_at(&self, now: Timestamp, zone: &Zone) -> Option<Timestamp> {
        let opens = self.window.map_or(now, |window| window.opens(now, zone));
        (opens < self.end_time).then_some(opens)
    }

    /// The same after a change.
    #[must_use]
    pub fn changed(&self, change: MailingChange) -> Self {
        let before = self.clone();
        Self {
            start_time: change.start_time.unwrap_or(before.start_time),
            end_time: change.end_time.unwrap_or(before.end_time),
            subject: change.subject.unwrap_or(before.subject),
            text: change.text.unwrap_or(before.text),
            filter: change.filter.unwrap_or(before.filter),
            channel: change.channel.unwrap_or(before.channel),
            window: change.window.unwrap_or(before.window),
        }
    }

    /// Whether other people are to be told, or at other times: then the audience is gone through once more.
    #[must_use]
    pub fn is_for_others(&self, before: &Self) -> bool {
        self.filter != before.filter || self.window != before.window || self.end_time != before.end_time
    }
}

impl Mailing {
    /// Where it stands. `is_done`: its audience is planned to the end, and every message has come to one.
    #[must_use]
    pub fn status(&self, now: Timestamp, is_done: bool) -> MailingStatus {
        match self.order {
            Order::Cancel => MailingStatus::Cancelled,
            _ if is_done => MailingStatus::Finished,
            Order::Pause => MailingStatus::Paused,
            Order::Go if now < self.says.start_time => MailingStatus::Scheduled,
            Order::Go => MailingStatus::Running,
        }
    }

    /// What its people are told.
    #[must_use]
    pub fn news(&self) -> News {
        News::Mailing {
            mailing: self.id,
            channel: self.says.channel,
            subject: self.says.subject.clone(),
            text: self.says.text.clone(),
        }
    }

    /// The notice by which they are told, for the mailing as it is.
    #[must_use]
    pub fn to_notice(&self) -> Notice {
        Notice {
            id: self.notice,
            news: self.news(),
            audience: news::Audience::Clients(self.id),
            created_at: self.created_at,
            not_before: self.says.start_time,
            deadline: self.says.end_time,
        }
    }
}

impl Order {
    /// Its name in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Pause => "pause",
            Self::Cancel => "cancel",
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// When it is the name of no order.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = [Self::Go, Self::Pause, Self::Cancel]
            .into_iter()
            .find(|order| order.name() == raw);
        found.ok_or_else(|| Invalid::because("Is not the name of an order."))
    }
}
