use jiff::Timestamp;
use kabar_domain::{Language, Zone};

use crate::words;

/// The figures of a chart.
pub(crate) struct Sheet {
    pub(crate) caption: String,
    pub(crate) heads: Vec<&'static str>,
    /// What a row is called, and its figures.
    pub(crate) rows: Vec<(String, Vec<String>)>,
}

/// A month as it is called: "Nov 2026".
pub(crate) fn month(at: Timestamp, zone: &Zone, language: Language) -> String {
    let local = zone.local(at);
    let name = words::of(language).months[usize::from(local.month().unsigned_abs()) - 1];
    format!("{name} {}", local.year())
}
