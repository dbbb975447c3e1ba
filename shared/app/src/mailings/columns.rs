use csv::StringRecord;
use kabar_domain::{
    Invalid, Language, Zone,
    mailings::{ClientChange, OperatorCode, Phone, Tag},
    people::{Email, person_name},
};

use super::{
    ImportRow, RowRefused,
    cells::{Cells, filled_in, meant, perhaps},
};
use crate::FieldError;

/// The fields that columns are for, and the parameters that name other columns for them.
pub const COLUMNS: [(&str, &str); 7] = [
    ("phone", "phone_column"),
    ("operator_code", "operator_code_column"),
    ("tag", "tag_column"),
    ("time_zone", "time_zone_column"),
    ("email", "email_column"),
    ("first_name", "first_name_column"),
    ("language", "language_column"),
];

/// Which column of a file is for which field.
#[derive(Debug)]
pub(super) struct Columns {
    /// How many cells the header has.
    width: usize,
    /// The column of each field, in the order of [`COLUMNS`].
    columns: [Option<usize>; 7],
}

impl Columns {
    /// Finds the columns. A column is for the field of its name, letter case aside, unless `named` has another name for
    /// it; those that are for nothing are ignored.
    pub(super) fn find<'n>(
        header: &StringRecord,
        named: impl Fn(&str) -> Option<&'n str>,
    ) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let columns = COLUMNS.map(|(field, parameter)| {
            let other = named(field);
            let is_wanted = other.is_some() || field == "phone";
            let name = other.unwrap_or(field).trim().to_lowercase();
            let mut found = (0..header.len()).filter(|&at| header[at].trim().to_lowercase() == name);
            let reason = match (found.next(), found.next()) {
                (Some(_), Some(_)) => "The file has several columns of this name.",
                (None, _) if is_wanted => "The file has no column of this name.",
                (at, _) => return at,
            };
            let reason = Invalid::because(reason);
            errors.push(FieldError {
                field: parameter,
                reason,
            });
            None
        });
        let width = header.len();
        if errors.is_empty() {
            Ok(Self { width, columns })
        } else {
            Err(errors)
        }
    }

    /// Reads a row.
    pub(super) fn row(&self, line: u64, record: &StringRecord) -> Result<ImportRow, RowRefused> {
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
        let [phone, code, tag, zone, email, first_name, language] = cells;
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
            first_name: cell.read("first_name", first_name, person_name),
            is_unsubscribed: None,
            language: cell.read("language", language, |raw| perhaps(raw, Language::parse)),
        };
        match phone {
            Some(phone) if errors.is_empty() => Ok(ImportRow { line, phone, says }),
            _ => Err(RowRefused { line, errors }),
        }
    }
}
