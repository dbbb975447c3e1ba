//! What pages of mailings say.

use super::{Text, text};

pub(crate) const HOURS: Text = text("Hours of their own day", "Jam menurut hari penerima");
pub(crate) const HOURS_HINT: Text = text(
    "By the clock of each reader, the last one excluded. Both empty: at all hours.",
    "Menurut jam tiap penerima, jam terakhir tidak termasuk. Keduanya kosong: sepanjang hari.",
);
pub(crate) const LOOK: Text = text("Preview", "Pratinjau");
pub(crate) const NOT_YET: Text = text(
    "What you write is shown here, with whom it reaches and what it costs.",
    "Yang Anda tulis tampil di sini, beserta siapa yang menerima dan biayanya.",
);
pub(crate) const LACKS: Text = text("Before it can be sent:", "Sebelum bisa dikirim:");
pub(crate) const AUDIENCE: Text = text("Audience", "Penerima");
pub(crate) const CLIENTS: Text = text("clients", "klien");
pub(crate) const COST: Text = text("Cost, about", "Biaya, kira-kira");
pub(crate) const SOME: Text = text("Some of them", "Sebagian dari mereka");
pub(crate) const NOBODY: Text = text("It would reach nobody.", "Tidak ada yang akan menerima.");
pub(crate) const THERE: Text = text("Sent at, by their clock", "Dikirim pada, menurut jam mereka");
pub(crate) const NEVER: Text = text(
    "never: their hours do not come in time, or no mail goes to them",
    "tidak pernah: jamnya tidak tiba sebelum berakhir, atau email tidak sampai kepadanya",
);
pub(crate) const AS_TEXT: Text = text("As text", "Sebagai teks");
pub(crate) const SHOW_LETTER: Text = text("Show the mail as it looks", "Tampilkan wujud email");
pub(crate) const LETTER: Text = text("The mail as it looks", "Wujud email");
