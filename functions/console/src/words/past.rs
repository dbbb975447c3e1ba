//! What pages say of the past of a place.

use super::{Text, text};

pub(crate) const PAST: Text = text("Outages and reliability", "Pemadaman dan keandalan");
pub(crate) const OUTAGES_DRAWN: Text =
    text("Outages of the last six months", "Pemadaman enam bulan terakhir");
pub(crate) const LATEST_ONLY: Text = text(
    "There were more than these: only the latest 200 are drawn.",
    "Ada lebih banyak: hanya 200 yang terakhir digambar.",
);
pub(crate) const COUNT: Text = text("Outages", "Pemadaman");
pub(crate) const LONGEST: Text = text("the longest", "terlama");
pub(crate) const LASTS: Text = text("still out", "masih padam");
pub(crate) const BY_MONTH: Text = text("By month", "Per bulan");
pub(crate) const INDICES_BY_MONTH: Text = text("By month (IEEE 1366)", "Per bulan (IEEE 1366)");
pub(crate) const FROM_FIVE: Text = text(
    "Indices of reliability are given for regions of five homes and more.",
    "Indeks keandalan diberikan untuk wilayah dengan lima rumah atau lebih.",
);
pub(crate) const MONTH: Text = text("Month", "Bulan");
pub(crate) const ALL_MONTHS: Text = text("All twelve months", "Kedua belas bulan");
pub(crate) const AS_TABLE: Text = text("The same as a table", "Hal yang sama sebagai tabel");
