//! Clients as rows of CSV (RFC 4180), as spreadsheets write and read them.

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use kabar_domain::Invalid;

use super::{ImportRow, RowRefused, columns::Columns, delimiter::delimiter};
use crate::FieldError;

/// What spreadsheets write at the start of a file in UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// A file whose header is read.
#[derive(Debug)]
pub struct Sheet {
    delimiter: u8,
    columns: Columns,
    /// Where the rows begin: the place in the file, and the line it is on.
    start: (usize, u64),
}

/// The rows of a part of a file.
pub struct Rows<'s> {
    sheet: &'s Sheet,
    bytes: &'s [u8],
    is_end: bool,
    reader: csv::Reader<&'s [u8]>,
    record: ByteRecord,
    /// How far lines have been counted: a place in the part, and the line it is on.
    counted: (usize, u64),
    /// Where the row behind the last one begins.
    next: usize,
}

/// A row, and where it is.
#[derive(Debug)]
pub struct PlacedRow {
    /// Where in the part it begins, or the blank lines before it do.
    pub at: usize,
    /// The row, or why it is none.
    pub row: Result<ImportRow, RowRefused>,
}

fn reader(delimiter: u8, bytes: &[u8]) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes)
}

impl Sheet {
    /// Reads the header of a file from its first bytes. `named` are the names of columns that are not called as their
    /// fields are, by field.
    ///
    /// # Errors
    /// The columns that are missing, or there more than once.
    pub fn open<'n>(bytes: &[u8], named: impl Fn(&str) -> Option<&'n str>) -> Result<Self, Vec<FieldError>> {
        let bom = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        let text = &bytes[bom..];
        let delimiter = delimiter(text);
        let mut reader = reader(delimiter, text);
        let mut header = ByteRecord::new();
        // A record of any width is read, and reading from memory cannot fail.
        let _ = reader.read_byte_record(&mut header);
        let header = StringRecord::from_byte_record_lossy(header);
        let end = usize::try_from(reader.position().byte()).unwrap_or_default();
        Ok(Self {
            delimiter,
            columns: Columns::find(&header, named)?,
            start: (bom + end, 1 + breaks(text, 0, end)),
        })
    }

    /// Where the rows begin: the place in the file, and the line it is on, from 1.
    #[must_use]
    pub const fn start(&self) -> (usize, u64) {
        self.start
    }

    /// The rows of a part of the file that begins where a row does, on this line. A row that goes on behind the part is
    /// left out, unless the part `is_end` of the file.
    #[must_use]
    pub fn rows<'s>(&'s self, bytes: &'s [u8], line: u64, is_end: bool) -> Rows<'s> {
        Rows {
            sheet: self,
            bytes,
            is_end,
            reader: reader(self.delimiter, bytes),
            record: ByteRecord::new(),
            counted: (0, line),
            next: 0,
        }
    }
}

impl Rows<'_> {
    /// Where the first row begins that was not returned: the place in the part, and the line it is on.
    pub fn rest(&mut self) -> (usize, u64) {
        (self.next, self.line(self.next))
    }

    /// The line of a place that is not before the last one.
    fn line(&mut self, place: usize) -> u64 {
        let (at, line) = self.counted;
        self.counted = (place, line + breaks(self.bytes, at, place));
        self.counted.1
    }

    fn row(&self, line: u64) -> Result<ImportRow, RowRefused> {
        let Ok(record) = StringRecord::from_byte_record(self.record.clone()) else {
            let reason = Invalid::because("Is not UTF-8.");
            let errors = vec![FieldError { field: "row", reason }];
            return Err(RowRefused { line, errors });
        };
        self.sheet.columns.row(line, &record)
    }
}

impl Iterator for Rows<'_> {
    type Item = PlacedRow;

    /// The next row; those with nothing in any cell, which spreadsheets leave at the end, are passed over.
    fn next(&mut self) -> Option<PlacedRow> {
        loop {
            let at = self.next;
            // Rows may have any width, so reading from memory cannot fail.
            if !self.reader.read_byte_record(&mut self.record).ok()? {
                if self.is_end {
                    self.next = self.bytes.len();
                }
                return None;
            }
            let end = usize::try_from(self.reader.position().byte()).ok()?;
            // It may go on: with what follows it is read again.
            if end == self.bytes.len() && !self.is_end {
                return None;
            }
            self.next = end;
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                let blank = self.bytes[at..].iter().take_while(|byte| b"\r\n".contains(byte));
                let line = self.line(at + blank.count());
                return Some(PlacedRow {
                    at,
                    row: self.row(line),
                });
            }
        }
    }
}

/// How many lines end between two places. A line ends with `\n`, `\r\n` or, from old programs, `\r`.
fn breaks(bytes: &[u8], from: usize, to: usize) -> u64 {
    let is_break = |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    u64::try_from((from..to).filter(is_break).count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\u{feff}phone;note;time_zone\r\n79160000001;\"two\r\nlines\";UTC\r\n\r\n79160000002;;UTC\r\n\
                        bad;;UTC\n;;\n79160000003;\"\"\"q\"\"; 4\";UTC";

    /// The rows of a file that is read in parts of this size: their lines, and whether they are rows.
    fn read_in_parts(size: usize) -> Vec<(u64, bool)> {
        let bytes = FILE.as_bytes();
        let sheet = Sheet::open(bytes, |_| None).unwrap();
        let (mut from, mut line) = sheet.start();
        let mut seen = Vec::new();
        let mut to = from + size;
        while from < bytes.len() {
            let is_end = to >= bytes.len();
            let mut rows = sheet.rows(&bytes[from..to.min(bytes.len())], line, is_end);
            for placed in rows.by_ref() {
                let line = placed.row.as_ref().map_or_else(|row| row.line, |row| row.line);
                seen.push((line, placed.row.is_ok()));
            }
            let (done, next) = rows.rest();
            (from, line, to) = (from + done, next, to + size);
        }
        seen
    }

    #[test]
    fn a_file_read_in_parts_of_any_size_has_the_same_rows_on_the_same_lines() {
        let whole = [(2, true), (5, true), (6, false), (8, true)];
        for size in 1..=FILE.len() {
            assert_eq!(read_in_parts(size), whole, "parts of {size} bytes");
        }
    }

    #[test]
    fn a_row_that_is_not_utf_8_is_refused_and_the_others_are_read() {
        let mut file = b"phone,time_zone\n79160000001,UTC\n7916".to_vec();
        file.extend(b"\xff\xfe,UTC\n79160000003,UTC\n");
        let sheet = Sheet::open(&file, |_| None).unwrap();
        let (start, line) = sheet.start();
        let rows: Vec<bool> = sheet
            .rows(&file[start..], line, true)
            .map(|placed| placed.row.is_ok())
            .collect();
        assert_eq!(rows, [true, false, true]);
    }
}
