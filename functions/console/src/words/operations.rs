//! What pages say about what does not go on by itself.

use super::{Text, text};

pub(crate) const LETTERS: Text = text("Letters", "Surat");
pub(crate) const NO_LETTERS: Text = text(
    "This queue has no dead letters.",
    "Antrean ini tidak punya surat mati.",
);
pub(crate) const STANDING: Text = text("Where its work stands", "Keadaan pekerjaannya");
pub(crate) const FIRST_TAKEN: Text = text("First taken", "Pertama diambil");
pub(crate) const PUT: Text = text("Put on the queue", "Masuk antrean");
pub(crate) const CAN_REDRIVE: Text = text("Can be done again", "Bisa dikerjakan lagi");
pub(crate) const REDRIVE: Text = text("Have them done again", "Kerjakan lagi");
pub(crate) const REDRIVE_WARNING: Text = text(
    "They go back to where they came from. What was done meanwhile is not done twice.",
    "Surat-surat itu kembali ke tempat asalnya. Yang sudah dikerjakan tidak diulang.",
);
pub(crate) const DROP: Text = text("Give them up", "Buang");
pub(crate) const DROP_WARNING: Text = text(
    "The letters are deleted, and what they asked for is not done by them.",
    "Surat-surat itu dihapus, dan pekerjaan yang dimintanya tidak dilakukan.",
);
pub(crate) const MISSING: Text = text(
    "It is gone, or somebody else is looking at it.",
    "Sudah tidak ada, atau sedang dilihat orang lain.",
);
pub(crate) const GO_ON: Text = text("Let mailings go on", "Lanjutkan kiriman");
pub(crate) const BRAKE_TEXT: Text = text(
    "Mailings stand still when too much of what was mailed comes back. Outages and reminders go on all the same.",
    "Kiriman berhenti bila terlalu banyak email yang kembali. Kabar pemadaman dan pengingat tetap jalan.",
);
pub(crate) const GO_ON_TEXT: Text = text(
    "First see why so much came back. What comes back is counted anew from then on.",
    "Periksa dulu mengapa begitu banyak yang kembali. Sesudah ini hitungan dimulai dari awal.",
);
pub(crate) const ANSWERED: Text = text("Mails with a known end", "Email yang diketahui nasibnya");
pub(crate) const BOUNCED: Text = text("Bounced", "Terpental");
pub(crate) const COMPLAINED: Text = text("Called spam", "Dianggap spam");
