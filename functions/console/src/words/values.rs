//! What values of the API are called, and how they look.

use super::text;
use crate::entity::Choice;

const fn plain(value: &'static str, en: &'static str, id: &'static str) -> Choice {
    toned(value, "", en, id)
}

const fn toned(value: &'static str, tone: &'static str, en: &'static str, id: &'static str) -> Choice {
    Choice {
        value,
        text: text(en, id),
        tone,
    }
}

pub(crate) const LANGUAGES: &[Choice] = &[
    plain("en", "English", "Inggris"),
    plain("id", "Indonesian", "Indonesia"),
];
pub(crate) const POWER: &[Choice] = &[
    toned("on", "good", "on", "menyala"),
    toned("off", "bad", "out", "padam"),
    toned("unknown", "dim", "unknown", "tak diketahui"),
];
pub(crate) const SPOKEN_POWER: &[Choice] = &[
    toned("on", "good", "on", "menyala"),
    toned("off", "bad", "out", "padam"),
    toned("auto", "dim", "as detectors say", "menurut detektor"),
];
pub(crate) const EVENT_STATUS: &[Choice] = &[
    toned("scheduled", "good", "scheduled", "terjadwal"),
    toned("ongoing", "good", "ongoing", "berlangsung"),
    toned("completed", "dim", "completed", "selesai"),
    toned("cancelled", "bad", "cancelled", "dibatalkan"),
];
pub(crate) const PAYMENT_METHODS: &[Choice] = &[
    plain("QRIS", "QRIS", "QRIS"),
    plain("BANK_TRANSFER", "bank transfer", "transfer bank"),
    plain("CREDIT_CARD", "credit card", "kartu kredit"),
    plain("CASH", "cash", "tunai"),
];
pub(crate) const PAYMENT_STATUS: &[Choice] = &[
    toned("pending", "wait", "pending", "menunggu"),
    toned("completed", "good", "completed", "lunas"),
    toned("failed", "bad", "failed", "gagal"),
    toned("cancelled", "dim", "cancelled", "dibatalkan"),
    toned("refunded", "dim", "refunded", "dikembalikan"),
];
pub(crate) const REGISTRATION_STATUS: &[Choice] = &[toned("confirmed", "good", "confirmed", "terkonfirmasi")];
pub(crate) const NOTICE_STATUS: &[Choice] = &[
    toned("planning", "wait", "being planned", "sedang direncanakan"),
    toned("sending", "wait", "being sent", "sedang dikirim"),
    toned("done", "good", "done", "selesai"),
];
pub(crate) const CAUSES: &[Choice] = &[
    plain("operator", "the operator's word", "pernyataan operator"),
    plain("homes", "its homes", "rumah-rumahnya"),
    plain("person", "by hand", "manual"),
    plain("device", "a device said so", "laporan perangkat"),
    plain("silence", "a device fell silent", "perangkat tidak bersuara"),
    plain("nothing", "nothing is known", "tidak ada yang diketahui"),
];
pub(crate) const PAGE_STATES: &[Choice] = &[
    toned("waiting", "wait", "waiting", "menunggu"),
    toned("queued", "wait", "queued", "dalam antrean"),
    toned("claimed", "wait", "being sent", "sedang dikirim"),
    toned("closed", "dim", "closed", "ditutup"),
];
pub(crate) const STUCK_REASONS: &[Choice] = &[
    plain(
        "unswept",
        "its time came, and nobody took it up",
        "waktunya tiba, tetapi tidak diambil",
    ),
    plain(
        "abandoned",
        "whoever was sending it is gone",
        "pengirimnya berhenti di tengah jalan",
    ),
    plain("failing", "it fails again and again", "gagal berulang kali"),
    plain(
        "untaken",
        "nobody takes it from its lane",
        "tidak diambil dari jalurnya",
    ),
];
pub(crate) const CHAT_REASONS: &[Choice] = &[
    plain("stopped", "its reader said stop", "dihentikan pembacanya"),
    plain("blocked", "the bot is blocked", "bot diblokir"),
    plain("deactivated", "the account is gone", "akunnya sudah tidak ada"),
    plain("kicked", "the bot was put out", "bot dikeluarkan"),
    plain("not_found", "the chat is gone", "obrolannya sudah tidak ada"),
    plain(
        "forbidden",
        "the bot may not write there",
        "bot tidak boleh menulis di sana",
    ),
    plain("moved", "the chat moved", "obrolannya pindah"),
];
pub(crate) const MAILING_STATUS: &[Choice] = &[
    toned("scheduled", "wait", "scheduled", "terjadwal"),
    toned("running", "good", "running", "berjalan"),
    toned("paused", "wait", "paused", "dijeda"),
    toned("finished", "dim", "finished", "selesai"),
    toned("cancelled", "bad", "cancelled", "dibatalkan"),
];
pub(crate) const MAILING_CHANNELS: &[Choice] =
    &[plain("email", "email", "email"), plain("sms", "SMS", "SMS")];
pub(crate) const CHANNELS: &[Choice] = &[
    plain("email", "email", "email"),
    plain("telegram", "Telegram", "Telegram"),
    plain("sms", "SMS", "SMS"),
];
pub(crate) const PERSON_CHANNELS: &[Choice] = &[
    plain("email", "email", "email"),
    plain("telegram", "Telegram", "Telegram"),
];
/// SPEC §7: eight in which a message ends, four on the way.
pub(crate) const MESSAGE_STATUS: &[Choice] = &[
    toned("waiting", "wait", "waiting", "menunggu"),
    toned(
        "wrong_time",
        "wait",
        "waiting for daytime",
        "menunggu jam yang pantas",
    ),
    toned("queued", "wait", "queued", "dalam antrean"),
    toned("error", "wait", "failed, tried again", "gagal, dicoba lagi"),
    toned("sent", "good", "sent", "terkirim"),
    toned("delivered", "good", "delivered", "sampai"),
    toned("expired", "dim", "too late", "terlambat"),
    toned("suppressed", "dim", "not wanted", "tidak diinginkan"),
    toned("bounced", "bad", "bounced", "terpental"),
    toned("complained", "bad", "complained of", "dikeluhkan"),
    toned("cancelled", "dim", "cancelled", "dibatalkan"),
    toned("failed", "bad", "failed", "gagal"),
];
pub(crate) const DETECTORS: &[Choice] = &[
    plain("heartbeat", "heartbeat", "detak"),
    plain("probe", "probe", "probe"),
    plain("manual", "by hand", "manual"),
];
pub(crate) const TOPICS: &[Choice] = &[
    plain("all", "everything", "semuanya"),
    plain("mailings", "mailings", "kiriman"),
    plain("outages", "outages", "pemadaman"),
    plain("reminders", "reminders", "pengingat"),
];
pub(crate) const TRUE_FALSE: &[Choice] = &[plain("true", "yes", "ya"), plain("false", "no", "tidak")];
pub(crate) const LANES: &[Choice] = &[
    plain("urgent", "urgent", "mendesak"),
    plain("bulk", "bulk", "massal"),
    plain("sms", "SMS", "SMS"),
    plain("telegram", "Telegram", "Telegram"),
];
pub(crate) const NEWS: &[Choice] = &[
    toned("outage", "bad", "the power is out", "listrik padam"),
    toned("restored", "good", "the power is back", "listrik menyala kembali"),
    toned(
        "home_outage",
        "bad",
        "the power is out at home",
        "listrik padam di rumah",
    ),
    toned(
        "home_restored",
        "good",
        "the power is back at home",
        "listrik menyala kembali di rumah",
    ),
    plain("planned_cut", "planned cut", "pemadaman terencana"),
    plain(
        "planned_cut_changed",
        "planned cut changed",
        "pemadaman terencana berubah",
    ),
    plain("password_reset", "new password", "kata sandi baru"),
    plain("registration", "registration", "pendaftaran"),
    plain(
        "registration_changed",
        "registration changed",
        "pendaftaran berubah",
    ),
    plain(
        "registration_cancelled",
        "registration cancelled",
        "pendaftaran dibatalkan",
    ),
    plain("payment", "payment", "pembayaran"),
    plain("event_changed", "event changed", "acara berubah"),
    plain("reminder", "reminder", "pengingat"),
    plain("mailing", "mailing", "kiriman"),
    plain("test", "test", "uji coba"),
];
pub(crate) const SUPPRESSION_REASONS: &[Choice] = &[
    toned(
        "hard_bounce",
        "bad",
        "the address does not exist",
        "alamatnya tidak ada",
    ),
    toned(
        "soft_bounces",
        "wait",
        "it bounced too often",
        "terlalu sering terpental",
    ),
    toned("complaint", "bad", "they complained", "dikeluhkan penerimanya"),
    plain("manual", "by hand", "manual"),
];
pub(crate) const OUTCOMES: &[Choice] = &[
    toned("ahead", "wait", "to come", "akan datang"),
    toned(
        "due",
        "wait",
        "now, and the power is still on",
        "sekarang, listrik masih menyala",
    ),
    toned("kept", "dim", "as planned", "sesuai rencana"),
    toned("early", "bad", "early", "lebih awal"),
    toned("late", "bad", "late", "lebih lambat"),
    toned("not_kept", "good", "did not happen", "tidak terjadi"),
    toned("cancelled", "dim", "cancelled", "dibatalkan"),
    toned("unknown", "dim", "not known", "tidak diketahui"),
];
/// Why somebody is told of something, to themselves.
pub(crate) const BECAUSE: &[Choice] = &[
    plain("follower", "you follow the region", "Anda mengikuti wilayahnya"),
    plain("member", "it is your home", "itu rumah Anda"),
    plain(
        "resident",
        "you have a home in the region",
        "Anda punya rumah di wilayah itu",
    ),
    plain(
        "ticket_holder",
        "you hold, or held, a ticket",
        "Anda memegang, atau pernah memegang, tiketnya",
    ),
    plain(
        "account",
        "somebody asked for it with your account",
        "ada yang memintanya dengan akun Anda",
    ),
    plain(
        "subscriber",
        "your chat subscribes to the region",
        "obrolan Anda berlangganan wilayah itu",
    ),
    plain("client", "the mailing is for you", "kirimannya untuk Anda"),
    plain("test", "staff tried it out", "petugas mengujinya"),
];
pub(crate) const WORKS: &[Choice] = &[
    plain("plan", "plan a notice", "merencanakan pemberitahuan"),
    plain("send", "send a page", "mengirim satu halaman"),
    plain("amend", "amend a page", "meralat satu halaman"),
    plain("hear", "hear what became of a message", "mencatat nasib pesan"),
    plain("clear", "clear what was deleted", "membereskan yang dihapus"),
    plain("import", "import clients", "mengimpor klien"),
    plain("remind", "remind", "mengingatkan"),
    plain("run", "run a function", "menjalankan fungsi"),
    toned("unknown", "bad", "unknown", "tak diketahui"),
];
pub(crate) const WORK_STANDINGS: &[Choice] = &[
    toned("open", "wait", "to be done", "belum dikerjakan"),
    toned("done", "good", "done by another", "sudah dikerjakan yang lain"),
    toned(
        "gone",
        "dim",
        "its subject is gone",
        "yang dimaksud sudah tidak ada",
    ),
];
pub(crate) const BRAKE_REASONS: &[Choice] = &[
    toned("bounces", "bad", "too many bounces", "terlalu banyak terpental"),
    toned(
        "complaints",
        "bad",
        "too many complaints",
        "terlalu banyak keluhan",
    ),
];
/// Why somebody is told of something, to staff.
pub(crate) const THEIR_BECAUSE: &[Choice] = &[
    plain(
        "follower",
        "they follow the region",
        "mereka mengikuti wilayahnya",
    ),
    plain("member", "it is their home", "itu rumah mereka"),
    plain(
        "resident",
        "they have a home in the region",
        "mereka punya rumah di wilayah itu",
    ),
    plain(
        "ticket_holder",
        "they hold, or held, a ticket",
        "mereka memegang, atau pernah memegang, tiketnya",
    ),
    plain(
        "account",
        "somebody asked for it with their account",
        "ada yang memintanya dengan akun mereka",
    ),
    plain(
        "subscriber",
        "their chat subscribes to the region",
        "obrolan mereka berlangganan wilayah itu",
    ),
    plain(
        "client",
        "the mailing's filter finds them",
        "saringan kirimannya menemukan mereka",
    ),
    plain("test", "staff tried it out", "petugas mengujinya"),
];
/// What a provider did with a message, or said of it.
pub(crate) const PROVIDER_EVENTS: &[Choice] = &[
    toned("sent", "good", "took it", "menerimanya"),
    toned("delivered", "good", "delivered it", "menyampaikannya"),
    toned(
        "soft_bounce",
        "wait",
        "it came back for now",
        "terpental untuk sementara",
    ),
    toned(
        "hard_bounce",
        "bad",
        "it came back for good",
        "terpental untuk seterusnya",
    ),
    toned(
        "complaint",
        "bad",
        "its reader complained",
        "penerimanya mengeluh",
    ),
];
