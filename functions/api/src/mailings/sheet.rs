//! Clients as rows of CSV (RFC 4180), as spreadsheets write and read them.

use csv::{ReaderBuilder, StringRecord};
use kabar_app::{
    FieldError,
    mailings::{ImportRow, RowRefused},
};
use kabar_domain::{
    Invalid, Language, Zone,
    mailings::{ClientChange, OperatorCode, Phone, Tag},
    people::Email,
};

use crate::frame::ListQuery;

/// The fields that columns are for, and the parameters that name other columns for them.
pub(super) const COLUMNS: [(&str, &str); 6] = [
    ("phone", "phone_column"),
    ("operator_code", "operator_code_column"),
    ("tag", "tag_column"),
    ("time_zone", "time_zone_column"),
    ("email", "email_column"),
    ("language", "language_column"),
];
/// What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What a cell with a delimiter or a line break in it stands between.
const QUOTE: u8 = 0x22;

/// The text of a cell that no spreadsheet takes for a formula: behind an apostrophe, if it has to be.
pub(super) fn harmless(cell: &str) -> String {
    if cell.trim_start_matches('\'').starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Back from [`harmless`].
fn meant(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// A file, its header read.
pub(super) struct Sheet<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    /// How many cells the header has.
    width: usize,
    /// The column of each field, in the order of [`COLUMNS`].
    columns: [Option<usize>; 6],
    /// How far lines have been counted: a place in the text, and the line it is on.
    counted: (usize, u64),
}

impl<'t> Sheet<'t> {
    /// Reads the header. A column is for the field of its name, letter case aside, unless a parameter names another;
    /// those that are for nothing are ignored. What is wrong is noted.
    pub(super) fn open(text: &'t str, query: &mut ListQuery<'_>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = reader.headers().cloned().unwrap_or_default();
        let columns = COLUMNS.map(|(field, parameter)| {
            let named = query.params.0.get(parameter);
            let is_wanted = named.is_some() || field == "phone";
            let name = named.map_or(field, String::as_str).trim().to_lowercase();
            let mut found = (0..header.len()).filter(|&at| header[at].trim().to_lowercase() == name);
            match (found.next(), found.next()) {
                (Some(_), Some(_)) => refuse(query, parameter, "The file has several columns of this name."),
                (None, _) if is_wanted => refuse(query, parameter, "The file has no column of this name."),
                (at, _) => at,
            }
        });
        Self {
            text,
            reader,
            width: header.len(),
            columns,
            counted: (0, 1),
        }
    }

    /// The line that the record at a place in the text begins on. Blank lines before it are passed over.
    fn line(&mut self, from: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let blank = bytes[from..].iter().take_while(|byte| b"\r\n".contains(byte));
        let from = from + blank.count();
        let (at, line) = self.counted;
        // A line ends with `\n`, `\r\n` or, from old programs, `\r`.
        let is_break = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let breaks = (at..from).filter(is_break).count();
        self.counted = (from, line + u64::try_from(breaks).unwrap_or_default());
        self.counted.1
    }

    fn row(&self, line: u64, record: &StringRecord) -> Result<ImportRow, RowRefused> {
        let mut errors = Vec::new();
        if record.len() != self.width {
            let reason = format!("Has {} cells, the header has {}.", record.len(), self.width);
            let reason = Invalid::because(reason);
            errors.push(FieldError { field: "row", reason });
            return Err(RowRefused { line, errors });
        }
        let cells = self.columns.map(|column| {
            let cell = column.and_then(|at| record.get(at));
            cell.map(|cell| meant(cell).trim())
        });
        let [phone, code, tag, zone, email, language] = cells;
        let mut cell = Cells(&mut errors);
        let phone = cell.read("phone", phone, Phone::parse);
        let says = ClientChange {
            phone: None,
            operator_code: cell
                .read("operator_code", filled_in(code), OperatorCode::parse)
                .map(Some),
            tag: cell.read("tag", tag, Tag::parse),
            zone: cell.read("time_zone", filled_in(zone), Zone::parse),
            email: cell.read("email", email, |raw| perhaps(raw, Email::parse)),
            language: cell.read("language", language, |raw| perhaps(raw, Language::parse)),
            ..ClientChange::default()
        };
        match phone {
            Some(phone) if errors.is_empty() => Ok(ImportRow { line, phone, says }),
            _ => Err(RowRefused { line, errors }),
        }
    }
}

impl Iterator for Sheet<'_> {
    type Item = Result<ImportRow, RowRefused>;

    /// The next row; those with nothing in any cell, which spreadsheets leave at the end, are passed over.
    fn next(&mut self) -> Option<Self::Item> {
        let mut record = StringRecord::new();
        loop {
            let from = usize::try_from(self.reader.position().byte()).ok()?;
            // The text is UTF-8 and rows may have any width, so reading it cannot fail.
            if !self.reader.read_record(&mut record).ok()? {
                return None;
            }
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                let line = self.line(from);
                return Some(self.row(line, &record));
            }
        }
    }
}

/// Reads the cells of a row and collects what is wrong with them.
struct Cells<'e>(&'e mut Vec<FieldError>);

impl Cells<'_> {
    fn read<T>(
        &mut self,
        field: &'static str,
        cell: Option<&str>,
        read: impl FnOnce(&str) -> Result<T, Invalid>,
    ) -> Option<T> {
        match read(cell?) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.0.push(FieldError { field, reason });
                None
            }
        }
    }
}

/// A cell that says nothing when it is empty.
fn filled_in(cell: Option<&str>) -> Option<&str> {
    cell.filter(|cell| !cell.is_empty())
}

/// A cell that says "none" when it is empty.
fn perhaps<T>(raw: &str, read: impl FnOnce(&str) -> Result<T, Invalid>) -> Result<Option<T>, Invalid> {
    Some(raw).filter(|raw| !raw.is_empty()).map(read).transpose()
}

fn refuse(query: &mut ListQuery<'_>, parameter: &'static str, reason: &str) -> Option<usize> {
    query.fields.refuse(parameter, Invalid::because(reason))
}

/// Which of comma, semicolon and tab the header has most of, outside quotes; a comma if it has none.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(0, b','), (0, b';'), (0, b'\t')];
    let mut is_quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            QUOTE => is_quoted = !is_quoted,
            b'\r' | b'\n' if !is_quoted => break,
            _ if is_quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(_, d)| *d == byte)
                .for_each(|(n, _)| *n += 1),
        }
    }
    // The last of those that are most frequent wins.
    let most = counts.into_iter().rev().max_by_key(|(n, _)| *n);
    most.map_or(b',', |(_, delimiter)| delimiter)
}
