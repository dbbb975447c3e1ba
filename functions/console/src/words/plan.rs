//! What the page says by which plans of cuts come in.

use super::{Text, text};

pub(crate) const TEXT: Text = text(
    "CSV with the columns uid, start, end, and perhaps reason and cancelled; iCalendar; or JSON. What is planned in this time and not among it is cancelled, and people are told of changes.",
    "CSV dengan kolom uid, start, end, dan bila perlu reason dan cancelled; iCalendar; atau JSON. Yang direncanakan dalam masa ini tetapi tidak tercantum dianggap batal, dan perubahannya dikabarkan.",
);
pub(crate) const PLAN: Text = text("The plan, pasted", "Rencana, tempelkan di sini");
pub(crate) const FILE: Text = text("Or a file", "Atau berkas");
pub(crate) const VALID_UNTIL: Text = text("All that is planned until", "Seluruh rencana sampai");
pub(crate) const TAKE: Text = text("Take it in", "Masukkan");
pub(crate) const CREATED: Text = text("New", "Baru");
pub(crate) const CHANGED: Text = text("Changed", "Berubah");
pub(crate) const UNCHANGED: Text = text("As they were", "Tetap");
pub(crate) const CANCELLED: Text = text("Cancelled", "Dibatalkan");
