//! Planned cuts as CSV (RFC 4180), as spreadsheets write it.

use csv::{ReaderBuilder, StringRecord};
use jiff::Timestamp;
use kabar_app::mailings::delimiter;
use kabar_domain::{Invalid, power::Foreseen};
use serde_json::Value;

use super::plan_rows::{FIELDS, Read, Row, Rows, hold_to_most};
use crate::frame::{Fields, Problem, ProblemKind, Result, read_millis};

/// Where the columns of a table are.
struct Columns {
    width: usize,
    uid: usize,
    start: usize,
    end: usize,
    reason: Option<usize>,
    cancelled: Option<usize>,
}

/// Reads a table whose first row names the columns.
pub(super) fn table(text: &str, now: Timestamp) -> Result<Vec<Foreseen>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text.as_bytes()))
        .flexible(true)
        .from_reader(text.as_bytes());
    // Rows may have any width, so reading text from memory cannot fail.
    let unreadable = |_| Problem::from(ProblemKind::Malformed);
    let columns = Columns::find(reader.headers().map_err(unreadable)?)?;
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            found.push(record);
            hold_to_most(found.len())?;
        }
    }
    let mut rows = Rows::new(now);
    for record in found {
        let place = format!("rows[{}]", line(text, &record));
        if record.len() == columns.width {
            rows.take(&place, &FIELDS, columns.row(&record));
        } else {
            let reason = format!("Has {} cells, the header has {}.", record.len(), columns.width);
            rows.refuse(place, &Invalid::because(reason));
        }
    }
    rows.done()
}

/// The line that a row begins on, from 1; the blank ones before it are not its.
fn line(text: &str, record: &StringRecord) -> usize {
    let start = record.position().map_or(0, csv::Position::byte);
    let start = usize::try_from(start).unwrap_or_default().min(text.len());
    let blank = text[start..]
        .bytes()
        .take_while(|byte| b"\r\n".contains(byte))
        .count();
    let before = &text.as_bytes()[..start + blank];
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

impl Columns {
    fn find(header: &StringRecord) -> Result<Self> {
        let mut fields = Fields::default();
        let mut find = |name: &'static str, is_needed: bool| {
            let is_named = |cell: &str| cell.trim().eq_ignore_ascii_case(name);
            let mut found = (0..header.len()).filter(|at| is_named(&header[*at]));
            let reason = match (found.next(), found.next()) {
                (Some(_), Some(_)) => "The file has several columns of this name.",
                (None, _) if is_needed => "The file has no column of this name.",
                (at, _) => return at,
            };
            fields.refuse(name, Invalid::because(reason))
        };
        let needed = (find("uid", true), find("start", true), find("end", true));
        let (reason, cancelled) = (find("reason", false), find("cancelled", false));
        let (uid, start, end) = fields.all(needed)?;
        Ok(Self {
            width: header.len(),
            uid,
            start,
            end,
            reason,
            cancelled,
        })
    }

    fn row(&self, record: &StringRecord) -> Row {
        let time = |at: usize| match record[at].trim() {
            "" => Err(Invalid::because("This field is required.")),
            raw => read_millis(&Value::from(raw)),
        };
        let perhaps = |at: Option<usize>| at.map_or("", |at| record[at].trim());
        Row {
            uid: Ok(record[self.uid].to_owned()),
            start: time(self.start),
            end: time(self.end),
            reason: Ok(perhaps(self.reason).to_owned()),
            is_cancelled: truth(perhaps(self.cancelled)),
        }
    }
}

/// What spreadsheets write for yes and no.
fn truth(raw: &str) -> Read<bool> {
    match raw.to_ascii_lowercase().as_str() {
        "" | "false" | "no" | "0" => Ok(false),
        "true" | "yes" | "1" => Ok(true),
        _ => Err(Invalid::because("Must be true or false, or empty.")),
    }
}
