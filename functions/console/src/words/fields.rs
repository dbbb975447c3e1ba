//! What members of things are called, and advice about them.

use super::{Text, text};

pub(crate) const ACTIVE: Text = text("Active", "Aktif");
pub(crate) const AMOUNT: Text = text("Amount", "Jumlah");
pub(crate) const ATTEMPTS: Text = text("Attempts", "Percobaan");
pub(crate) const CATEGORY: Text = text("Category", "Kategori");
pub(crate) const CAUSE: Text = text("Cause", "Sebab");
pub(crate) const CHANNEL: Text = text("Channel", "Saluran");
pub(crate) const CHANNELS: Text = text("Channels", "Saluran");
pub(crate) const CHAT: Text = text("Chat", "Obrolan");
pub(crate) const CREATED: Text = text("Created", "Dibuat");
pub(crate) const CHANGED: Text = text("Changed", "Diubah");
pub(crate) const DEADLINE: Text = text("Deadline", "Tenggat");
pub(crate) const DESCRIPTION: Text = text("Description", "Keterangan");
pub(crate) const DURATION: Text = text("Duration", "Durasi");
pub(crate) const DWELL: Text = text("Seconds to stay", "Lama bertahan (detik)");
pub(crate) const EMAIL: Text = text("Email", "Email");
pub(crate) const END: Text = text("End", "Selesai");
pub(crate) const ERROR: Text = text("Error", "Kesalahan");
pub(crate) const EVENT: Text = text("Event", "Acara");
pub(crate) const FAILURES: Text = text("Failures", "Kegagalan");
pub(crate) const FIRST_NAME: Text = text("First name", "Nama depan");
pub(crate) const GRACE: Text = text("Seconds of grace", "Toleransi (detik)");
pub(crate) const GROUPS: Text = text("Groups", "Grup");
pub(crate) const HITS: Text = text("Hits before on", "Berhasil sebelum dianggap menyala");
pub(crate) const HOME: Text = text("Home", "Rumah");
pub(crate) const HOMES: Text = text("Homes", "Rumah");
pub(crate) const ID: Text = text("Id", "Id");
pub(crate) const IN_DOUBT: Text = text("In doubt", "Diragukan");
pub(crate) const JOINED: Text = text("Joined", "Bergabung");
pub(crate) const KEY: Text = text("Key", "Kunci");
pub(crate) const KIND: Text = text("Kind", "Jenis");
pub(crate) const LANE: Text = text("Lane", "Jalur");
pub(crate) const LANGUAGE: Text = text("Language", "Bahasa");
pub(crate) const LAST_NAME: Text = text("Last name", "Nama belakang");
pub(crate) const LAST_SEEN: Text = text("Last seen", "Terakhir terlihat");
pub(crate) const LOCATION: Text = text("Place", "Tempat");
pub(crate) const METHOD: Text = text("Method", "Cara");
pub(crate) const MISSES: Text = text("Misses before off", "Gagal sebelum dianggap padam");
pub(crate) const NAME: Text = text("Name", "Nama");
pub(crate) const NEXT_CUT: Text = text("Next planned cut", "Pemadaman terencana berikut");
pub(crate) const NOTICE: Text = text("Notice", "Pemberitahuan");
pub(crate) const NOT_BEFORE: Text = text("Not before", "Paling awal");
pub(crate) const OPEN: Text = text("Open", "Masih berlangsung");
pub(crate) const OPERATOR_CODE: Text = text("Operator code", "Kode operator");
pub(crate) const OPERATOR_WORD: Text = text("Operator's word", "Pernyataan operator");
pub(crate) const ORGANIZER: Text = text("Organizer", "Penyelenggara");
pub(crate) const OUTAGES_OPEN: Text = text("Open outages", "Pemadaman berlangsung");
pub(crate) const OUTCOME: Text = text("What became of it", "Hasilnya");
pub(crate) const OWNER: Text = text("Owner", "Pemilik");
pub(crate) const PAID_AT: Text = text("Paid", "Dibayar");
pub(crate) const PARENT: Text = text("Part of", "Bagian dari");
pub(crate) const PASSWORD: Text = text("Password", "Kata sandi");
pub(crate) const PEOPLE: Text = text("People", "Orang");
pub(crate) const PERIOD: Text = text("Seconds between beats", "Jarak antardetak (detik)");
pub(crate) const PHONE: Text = text("Phone", "Telepon");
pub(crate) const PRICE: Text = text("Price", "Harga");
pub(crate) const QUEUE: Text = text("Queue", "Antrean");
pub(crate) const QUOTA: Text = text("Seats", "Kursi");
pub(crate) const REASON: Text = text("Reason", "Alasan");
pub(crate) const REFUND_DUE: Text = text("Refund due", "Uang perlu dikembalikan");
pub(crate) const REGION: Text = text("Region", "Wilayah");
pub(crate) const REGISTERED: Text = text("Registered", "Terdaftar");
pub(crate) const REGISTRATION: Text = text("Registration", "Pendaftaran");
pub(crate) const SALES_END: Text = text("Sale ends", "Penjualan berakhir");
pub(crate) const SALES_START: Text = text("Sale begins", "Penjualan mulai");
pub(crate) const SEARCH: Text = text("Words in the name", "Kata dalam nama");
pub(crate) const SENT: Text = text("Sent", "Terkirim");
pub(crate) const SINCE: Text = text("Since", "Sejak");
pub(crate) const SOURCE: Text = text("Source", "Sumber");
pub(crate) const START: Text = text("Start", "Mulai");
pub(crate) const STATE: Text = text("State", "Status");
pub(crate) const SUBJECT: Text = text("Subject", "Subjek");
pub(crate) const SUPERUSER: Text = text("Superuser", "Superuser");
pub(crate) const TAG: Text = text("Tag", "Tag");
pub(crate) const TARGET: Text = text("Target", "Sasaran");
pub(crate) const TEXT: Text = text("Text", "Teks");
pub(crate) const TICKET: Text = text("Ticket", "Tiket");
pub(crate) const TITLE: Text = text("Title", "Judul");
pub(crate) const TOLD: Text = text("Told", "Diberi tahu");
pub(crate) const TOPIC: Text = text("Topic", "Topik");
pub(crate) const UNSUBSCRIBED: Text = text("Unsubscribed", "Berhenti berlangganan");
pub(crate) const USER: Text = text("User", "Pengguna");
pub(crate) const USERNAME: Text = text("Username", "Nama pengguna");
pub(crate) const USERNAME_OR_EMAIL: Text = text("Username or email", "Nama pengguna atau email");
pub(crate) const RESET_CODE: Text = text("Code from the mail", "Kode dari email");
pub(crate) const NEW_PASSWORD: Text = text("New password", "Kata sandi baru");
pub(crate) const ZONE: Text = text("Time zone", "Zona waktu");
pub(crate) const COUNTS: Text = text("Messages", "Pesan");
pub(crate) const WORK: Text = text("Work", "Pekerjaan");
pub(crate) const TRIES: Text = text("Times received", "Berapa kali diterima");
pub(crate) const INVITATION: Text = text("Code", "Kode");
pub(crate) const EXPIRES: Text = text("Good until", "Berlaku sampai");
pub(crate) const FROM_STATE: Text = text("From", "Dari");
pub(crate) const TO_STATE: Text = text("To", "Menjadi");
pub(crate) const AT: Text = text("When", "Kapan");

pub(crate) const PICTURE: Text = text("Picture", "Gambar");
pub(crate) const PICTURE_HINT: Text = text(
    "A JPEG, PNG, GIF or WebP of at most 500 kB.",
    "JPEG, PNG, GIF, atau WebP, paling besar 500 kB.",
);
pub(crate) const PASSWORD_HINT: Text = text(
    "At least 8 characters, not only digits.",
    "Sedikitnya 8 karakter, bukan angka saja.",
);
pub(crate) const ZONE_HINT: Text = text("Such as Asia/Jakarta.", "Misalnya Asia/Jakarta.");
pub(crate) const PHONE_HINT: Text = text("11 digits, the first a 7.", "11 angka, yang pertama 7.");
pub(crate) const TARGET_HINT: Text = text(
    "For a probe: tcp://host:port or https://…",
    "Untuk probe: tcp://host:port atau https://…",
);
pub(crate) const LIST_HINT: Text = text("With commas between them.", "Dipisahkan dengan koma.");
pub(crate) const FIELDS_HINT: Text = text(
    "Fields such as {{first_name}} are filled in for each.",
    "Isian seperti {{first_name}} diisi untuk tiap orang.",
);
