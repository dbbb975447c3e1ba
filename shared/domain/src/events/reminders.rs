use jiff::{SignedDuration, Timestamp};

use crate::{
    Invalid,
    ids::{EventId, NoticeId},
};

/// The most reminders of one event: more would be pestering.
const MOST: usize = 5;
/// The shortest time before a start: a sweep and a mail need some minutes.
const SHORTEST: SignedDuration = SignedDuration::from_mins(15);
/// The longest: what comes earlier is no reminder.
const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A day, in seconds.
const DAY: i64 = 86_400;

/// How long before the start of an event people are reminded of it, the longest time first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReminderRules(Vec<SignedDuration>);

impl ReminderRules {
    /// Reads durations of ISO 8601, as `PT2H` or `P1D`, where a day has 24 hours. None at all: nobody is reminded.
    ///
    /// # Errors
    /// When one is no such duration, or shorter than 15 minutes or longer than 30 days; when there are more than five,
    /// or one is there twice.
    pub fn parse<T: AsRef<str>>(texts: &[T]) -> Result<Self, Invalid> {
        let offsets: Option<Vec<_>> = texts.iter().map(|text| offset(text.as_ref())).collect();
        let offsets = offsets
            .ok_or_else(|| Invalid::because("Must be durations from PT15M to P30D, as PT2H or P1D."))?;
        Self::new(offsets)
    }

    /// Rules of these times before the start.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn new(mut offsets: Vec<SignedDuration>) -> Result<Self, Invalid> {
        if offsets
            .iter()
            .any(|offset| !(SHORTEST..=LONGEST).contains(offset))
        {
            return Err(Invalid::because(
                "Must be durations from PT15M to P30D, as PT2H or P1D.",
            ));
        }
        offsets.sort_unstable_by_key(|offset| std::cmp::Reverse(*offset));
        let count = offsets.len();
        offsets.dedup();
        if count > MOST || offsets.len() < count {
            return Err(Invalid::because(
                "Must be at most five durations, each another one.",
            ));
        }
        Ok(Self(offsets))
    }

    /// The times before the start as ISO 8601 durations, the longest first.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let name = |offset: &SignedDuration| match (offset.as_secs() / DAY, offset.as_secs() % DAY) {
            (days, 0) => format!("P{days}D"),
            _ => offset.to_string(),
        };
        self.0.iter().map(name).collect()
    }

    /// The times before the start, the longest first.
    #[must_use]
    pub fn offsets(&self) -> &[SignedDuration] {
        &self.0
    }
}

/// Durations with commas between them, as a setting has them.
impl std::str::FromStr for ReminderRules {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::parse(&text.split(',').collect::<Vec<_>>())
    }
}

fn offset(text: &str) -> Option<SignedDuration> {
    let is_iso = text.starts_with('P');
    let span: jiff::Span = text.parse().ok().filter(|_| is_iso)?;
    span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).ok()
}

/// How far the reminding of an event is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminders {
    /// Of which event.
    pub event: EventId,
    /// The start that people are reminded of.
    pub start: Timestamp,
    /// How long before it.
    pub rules: ReminderRules,
    /// Whether there is anything to remind of: the event is scheduled.
    pub is_on: bool,
    /// What they were last told.
    pub told: Option<Reminded>,
    /// How often this has changed.
    pub version: u64,
}

/// The last reminder of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// Of which start: one that was moved away and back is not reminded of twice.
    pub start: Timestamp,
    /// As of when.
    pub at: Timestamp,
    /// By which notice; nothing when it was too late for one.
    pub notice: Option<NoticeId>,
}

/// What is to be done about an event's reminders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing now.
    Nothing,
    /// People are to be reminded.
    Remind,
    /// It has started: nobody is reminded any more.
    Lapse,
}

impl Reminders {
    /// When somebody has to look after them next, if ever.
    #[must_use]
    pub fn next(&self) -> Option<Timestamp> {
        let times = self
            .rules
            .0
            .iter()
            .filter_map(|offset| self.start.checked_sub(*offset).ok());
        let told = self.told.filter(|told| told.start == self.start);
        let mut open = times.filter(|due| told.is_none_or(|told| told.at < *due));
        open.next().filter(|_| self.is_on)
    }

    /// The last reminder of this start, if no other will follow.
    #[must_use]
    pub fn last(&self) -> Option<NoticeId> {
        let told = self.told.filter(|told| told.start == self.start)?;
        told.notice.filter(|_| self.next().is_none())
    }

    /// What is to be done at a time. However many reminders were missed until then, people get one.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> Due {
        match self.next() {
            Some(due) if due <= now && now < self.start => Due::Remind,
            Some(due) if due <= now => Due::Lapse,
            _ => Due::Nothing,
        }
    }

    /// The same reminders after people were told by a notice, or no longer could be.
    #[must_use]
    pub fn told(&self, at: Timestamp, notice: Option<NoticeId>) -> Self {
        let start = self.start;
        Self {
            told: Some(Reminded { start, at, notice }),
            version: self.version + 1,
            ..self.clone()
        }
    }

    /// The same reminders after the event changed: a new start is reminded of anew.
    #[must_use]
    pub fn changed(&self, start: Timestamp, rules: ReminderRules, is_on: bool) -> Self {
        Self {
            event: self.event,
            start,
            rules,
            is_on,
            told: self.told,
            version: self.version + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
    }

    fn notice() -> NoticeId {
        NoticeId::from_bytes([9; 16])
    }

    fn reminders(start: i64, rules: &[&str]) -> Reminders {
        Reminders {
            event: EventId::from_bytes([1; 16]),
            start: at(start),
            rules: ReminderRules::parse(rules).unwrap(),
            is_on: true,
            told: None,
            version: 1,
        }
    }

    #[test]
    fn a_reminder_is_due_from_its_time_until_the_start_and_once() {
        let open = reminders(120, &["PT1H"]);
        assert_eq!(open.next(), Some(at(60)));
        let due = [59, 60, 119, 120].map(|minute| open.due(at(minute)));
        assert_eq!(due, [Due::Nothing, Due::Remind, Due::Remind, Due::Lapse]);
        let told = open.told(at(60), Some(notice()));
        assert_eq!((told.next(), told.due(at(61))), (None, Due::Nothing));
        assert_eq!((open.last(), told.last()), (None, Some(notice())));
    }

    #[test]
    fn what_was_missed_is_one_reminder_and_what_is_ahead_still_comes() {
        let open = reminders(3_000, &["PT1H", "P2D", "P1D"]);
        assert_eq!(open.due(at(2_000)), Due::Remind);
        let told = open.told(at(2_000), Some(notice()));
        assert_eq!((told.next(), told.last()), (Some(at(2_940)), None));
    }

    #[test]
    fn a_new_start_is_reminded_of_anew_the_old_one_not_and_a_cancelled_event_not_at_all() {
        let told = reminders(120, &["PT1H"]).told(at(60), Some(notice()));
        let rules = told.rules.clone();
        let moved = told.changed(at(1_560), rules.clone(), true);
        assert_eq!((moved.next(), moved.last()), (Some(at(1_500)), None));
        let back = moved.changed(at(120), rules.clone(), true);
        assert_eq!((back.next(), back.last()), (None, Some(notice())));
        assert_eq!(told.changed(at(1_560), rules, false).next(), None);
    }

    #[test]
    fn rules_are_few_different_and_neither_too_short_nor_too_long() {
        let longest_first = ReminderRules::parse(&["PT2H", "P1D"]).unwrap();
        assert_eq!(
            longest_first.offsets(),
            [SignedDuration::from_hours(24), SignedDuration::from_hours(2)]
        );
        assert_eq!(
            ReminderRules::parse(&["PT120M", "PT36H", "PT48H"])
                .unwrap()
                .names(),
            ["P2D", "PT36H", "PT2H"]
        );
        assert!(ReminderRules::parse::<&str>(&[]).unwrap().offsets().is_empty());
        for bad in [
            &["PT14M"][..],
            &["P31D"],
            &["-PT2H"],
            &["P1M"],
            &["2 hours"],
            &[""],
            &["PT2H", "PT120M"],
            &["PT1H", "PT2H", "PT3H", "PT4H", "PT5H", "PT6H"],
        ] {
            assert!(ReminderRules::parse(bad).is_err(), "{bad:?}");
        }
    }
}
