//! What the overview says.

use super::{Text, text};

pub(crate) const POWER: Text = text("Power now", "Listrik saat ini");
pub(crate) const NO_REGIONS: Text = text("There are no regions yet.", "Belum ada wilayah.");
pub(crate) const ALL_REGIONS: Text = text("All regions", "Semua wilayah");
pub(crate) const THIRTY_DAYS: Text = text("without power in 30 days", "tanpa listrik dalam 30 hari");
pub(crate) const LATE: Text = text("How late people were told", "Keterlambatan kabar");
pub(crate) const LATE_TEXT: Text = text(
    "Of the newest notices of each lane: a bar goes from the first who was told to the last, counted from when they were to be.",
    "Dari pemberitahuan terbaru tiap jalur: batang membentang dari orang pertama sampai terakhir yang diberi tahu, dihitung sejak waktu yang direncanakan.",
);
pub(crate) const PLANNED_AT: Text = text("Planned for", "Direncanakan");
pub(crate) const FIRST_LATE: Text = text("The first was told after", "Orang pertama diberi tahu setelah");
pub(crate) const LAST_LATE: Text = text("The last after", "Orang terakhir setelah");
pub(crate) const NOBODY_YET: Text = text("nobody yet", "belum ada");
pub(crate) const UPCOMING: Text = text("Upcoming events", "Acara mendatang");
pub(crate) const MY_EVENTS: Text = text("My upcoming events", "Acara saya mendatang");
pub(crate) const NO_EVENTS: Text = text("No event is ahead.", "Tidak ada acara mendatang.");
pub(crate) const TAKEN: Text = text("taken", "terisi");
pub(crate) const FREE: Text = text("free", "kosong");
pub(crate) const ADDS_UP: Text = text("adds up", "cocok");
pub(crate) const DOES_NOT_ADD_UP: Text = text("does not add up", "tidak cocok");
pub(crate) const RUNNING: Text = text("Mailings under way", "Kiriman yang berjalan");
pub(crate) const NO_MAILINGS: Text = text("No mailing is under way.", "Tidak ada kiriman yang berjalan.");
pub(crate) const LANES: Text = text("Lanes", "Jalur");
pub(crate) const WAITING: Text = text("Waiting", "Menunggu");
pub(crate) const IN_FLIGHT: Text = text("Being sent", "Sedang dikirim");
pub(crate) const DELAYED: Text = text("Later", "Nanti");
pub(crate) const BRAKE: Text = text("Brake of mailings", "Rem kiriman");
pub(crate) const BRAKE_OFF: Text = text("off: mailings go on", "lepas: kiriman berjalan");
pub(crate) const BRAKE_ON: Text = text("on: mailings stand still", "aktif: kiriman berhenti");
pub(crate) const MY_TICKETS: Text = text("My upcoming tickets", "Tiket saya mendatang");
pub(crate) const NO_TICKETS: Text = text(
    "You hold no ticket for an event ahead.",
    "Anda tidak memegang tiket acara mendatang.",
);
