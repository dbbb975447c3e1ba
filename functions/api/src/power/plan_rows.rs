use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use kabar_domain::{
    Invalid, bounded_text,
    power::{Foreseen, MOST_PLANNED, PlannedCut, REASON_MAX, UID_MAX},
};

use crate::frame::{Problem, ProblemKind, Result};

/// What was read.
pub(super) type Read<T> = std::result::Result<T, Invalid>;

/// What the parts of a cut are called in a form.
pub(super) struct Names {
    pub(super) uid: &'static str,
    pub(super) start: &'static str,
    pub(super) end: &'static str,
    pub(super) reason: &'static str,
    pub(super) cancelled: &'static str,
}

/// In JSON and in tables.
pub(super) const FIELDS: Names = Names {
    uid: "uid",
    start: "start",
    end: "end",
    reason: "reason",
    cancelled: "cancelled",
};

/// A cut as it was sent, each part by itself.
pub(super) struct Row {
    pub(super) uid: Read<String>,
    pub(super) start: Read<Timestamp>,
    pub(super) end: Read<Timestamp>,
    pub(super) reason: Read<String>,
    pub(super) is_cancelled: Read<bool>,
}

/// Reads cuts and collects what is wrong with them, each error under the place where it stands.
pub(super) struct Rows {
    now: Timestamp,
    cuts: Vec<Foreseen>,
    /// Where each uid stands.
    places: HashMap<String, String>,
    errors: BTreeMap<String, Vec<String>>,
}

impl Rows {
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            now,
            cuts: Vec::new(),
            places: HashMap::new(),
            errors: BTreeMap::new(),
        }
    }

    /// Notes that what stands at a place is refused.
    pub(super) fn refuse(&mut self, place: impl Into<String>, reason: &Invalid) {
        self.errors
            .entry(place.into())
            .or_default()
            .push(reason.to_string());
    }

    /// Takes a cut that stands at a place.
    pub(super) fn take(&mut self, place: &str, names: &Names, row: Row) {
        let at = |name: &str| format!("{place}.{name}");
        let now = self.now;
        let uid = row.uid.and_then(|uid| bounded_text(&uid, UID_MAX));
        let uid = self.read(at(names.uid), uid);
        let start = row.start.and_then(|start| Foreseen::start(start, now));
        let start = self.read(at(names.start), start);
        let end = self.read(at(names.end), row.end);
        let reason = self.read(at(names.reason), row.reason.and_then(|raw| reason(&raw)));
        let is_cancelled = self.read(at(names.cancelled), row.is_cancelled);
        let time = start.zip(end).map(|(start, end)| PlannedCut::time(start, end));
        let time = time.and_then(|time| self.read(at(names.end), time));
        if let Some(uid) = &uid {
            let before = self.places.insert(uid.clone(), place.to_owned());
            if let Some(before) = before {
                let again = Invalid::because(format!("Repeats the {} of {before}.", names.uid));
                self.refuse(at(names.uid), &again);
            }
        }
        if let (Some(uid), Some(time), Some(reason), Some(is_cancelled)) = (uid, time, reason, is_cancelled) {
            self.cuts.push(Foreseen {
                uid,
                time,
                reason,
                is_cancelled,
            });
        }
    }

    fn read<T>(&mut self, place: String, read: Read<T>) -> Option<T> {
        read.map_err(|reason| self.refuse(place, &reason)).ok()
    }

    /// All cuts, if nothing is wrong with any.
    pub(super) fn done(self) -> Result<Vec<Foreseen>> {
        if self.errors.is_empty() {
            return Ok(self.cuts);
        }
        Err(Problem {
            errors: self.errors,
            ..ProblemKind::Invalid.into()
        })
    }
}

/// Refuses more cuts than are taken at once.
pub(super) fn hold_to_most(count: usize) -> Result<()> {
    if count > MOST_PLANNED {
        let what = format!("At most {MOST_PLANNED} planned cuts are taken at once.");
        return Err(Problem::with_detail(ProblemKind::TooLarge, what));
    }
    Ok(())
}

/// A reason, which may be empty; what stands in several lines is put into one.
fn reason(raw: &str) -> Read<String> {
    let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.as_str() {
        "" => Ok(line),
        line => bounded_text(line, REASON_MAX),
    }
}
