use kabar_domain::Invalid;

use crate::FieldError;

/// What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The text of a cell that no spreadsheet takes for a formula: behind an apostrophe, if it has to be.
#[must_use]
pub fn harmless(cell: &str) -> String {
    if cell.trim_start_matches('\'').starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Back from [`harmless`].
pub(super) fn meant(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// Reads the cells of a row and collects what is wrong with them.
pub(super) struct Cells<'e>(pub(super) &'e mut Vec<FieldError>);

impl Cells<'_> {
    /// A cell, if there is a column for it and it is good.
    pub(super) fn read<T>(
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
pub(super) fn filled_in(cell: Option<&str>) -> Option<&str> {
    cell.filter(|cell| !cell.is_empty())
}

/// A cell that says "none" when it is empty.
pub(super) fn perhaps<T>(
    raw: &str,
    read: impl FnOnce(&str) -> Result<T, Invalid>,
) -> Result<Option<T>, Invalid> {
    Some(raw).filter(|raw| !raw.is_empty()).map(read).transpose()
}
