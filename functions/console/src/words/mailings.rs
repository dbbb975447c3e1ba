//! What pages of mailings say.

use super::{Text, text};

pub(crate) const HOURS: Text = text("Hours of their own day", "Jam kirim menurut waktu penerima");
pub(crate) const HOURS_HINT: Text = text(
    "By the clock of each reader, the last one excluded. Both empty: at all hours.",
    "Menurut jam tiap penerima, jam terakhir tidak termasuk. Keduanya kosong: sepanjang hari.",
);
pub(crate) const LOOK: Text = text("Preview", "Pratinjau");
pub(crate) const NOT_YET: Text = text(
    "What you write is shown here, with whom it reaches and what it costs.",
    "Yang Anda tulis tampil di sini, beserta siapa yang menerima dan biayanya.",
);
pub(crate) const EVERYBODY: Text = text(
    "No tag and no operator is named: this goes to everybody. Send the form once more if that is meant.",
    "Tanpa tag dan operator, ini dikirim kepada semua orang. Kirim formulir sekali lagi bila memang begitu.",
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
    "tidak akan: jam kirimnya tidak tiba sebelum kiriman berakhir, atau alamatnya tidak menerima email",
);
pub(crate) const AS_TEXT: Text = text("As text", "Sebagai teks");
pub(crate) const SHOW_LETTER: Text = text("Show the mail as it looks", "Lihat tampilan email");
pub(crate) const LETTER: Text = text("The mail as it looks", "Tampilan email");

pub(crate) const PROGRESS: Text = text("How far it is", "Kemajuan");
pub(crate) const OF: Text = text("of", "dari");
pub(crate) const ENDED: Text = text("messages have come to their end", "pesan sudah selesai");
pub(crate) const NOT_PLANNED: Text = text(
    "Nobody is planned yet. If it went now, it would go to",
    "Belum ada yang direncanakan. Bila dikirim sekarang, penerimanya",
);
pub(crate) const TOLD: Text = text("Told", "Diberi tahu");
pub(crate) const RATE: Text = text("Rate", "Laju");
pub(crate) const A_SECOND: Text = text("a second", "per detik");
pub(crate) const A_MINUTE: Text = text("a minute", "per menit");
pub(crate) const LEFT: Text = text("Time left, about", "Sisa waktu, kira-kira");
pub(crate) const FIRST: Text = text("First sent", "Pertama terkirim");
pub(crate) const LAST: Text = text("Last sent", "Terakhir terkirim");
pub(crate) const IN_DOUBT: Text = text("Sent again in doubt", "Dikirim ulang karena ragu");
pub(crate) const SO_FAR: Text = text("Cost so far, about", "Biaya sejauh ini, kira-kira");
pub(crate) const BY_HOUR: Text = text("Told by the hour", "Diberi tahu per jam");
pub(crate) const BY_DAY: Text = text("Told by the day", "Diberi tahu per hari");
pub(crate) const BY_OPERATOR: Text = text("Told by operator", "Diberi tahu per operator");
pub(crate) const BY_TAG: Text = text("Told by tag", "Diberi tahu per tag");
pub(crate) const NO_TAG: Text = text("without a tag", "tanpa tag");
pub(crate) const OTHER_TAGS: Text = text("other tags", "tag lain");
pub(crate) const MOST: Text = text("the most", "terbanyak");
pub(crate) const AS_TABLE: Text = text("As tables", "Sebagai tabel");
pub(crate) const ALL_AS_CSV: Text = text("All messages as CSV", "Semua pesan sebagai CSV");
pub(crate) const FIRST_AS_CSV: Text = text(
    "The first 20,000 messages as CSV",
    "20.000 pesan pertama sebagai CSV",
);
pub(crate) const REST_FROM_API: Text = text(
    "The API has the rest of them, in parts.",
    "Sisanya ada di API, per bagian.",
);
