//! What pages of a person's own say.

use super::{Text, text};

pub(crate) const PROFILE: Text = text("Profile", "Profil");
pub(crate) const TOLD: Text = text(
    "What you are told, and how",
    "Kabar yang Anda terima, dan salurannya",
);
pub(crate) const TOLD_TEXT: Text = text(
    "Passwords and tickets that you ask for always come by mail.",
    "Kata sandi dan tiket yang Anda minta selalu dikirim lewat email.",
);
pub(crate) const TOPIC: Text = text("News of", "Kabar tentang");
pub(crate) const OUTAGES: Text = text(
    "Power that is out, or back",
    "Listrik padam, atau menyala kembali",
);
pub(crate) const REMINDERS: Text = text("Events that are about to start", "Acara yang segera dimulai");
pub(crate) const MAILINGS: Text = text(
    "What operators mail to many",
    "Kiriman operator untuk orang banyak",
);
pub(crate) const TELEGRAM: Text = text("Telegram", "Telegram");
pub(crate) const TELEGRAM_TEXT: Text = text(
    "Connect your chat to be told there, and to ask the bot how your homes are.",
    "Hubungkan obrolan Anda agar diberi kabar di sana, dan agar bisa menanyakan keadaan rumah kepada bot.",
);
pub(crate) const CONNECT: Text = text("Connect a chat", "Hubungkan obrolan");
pub(crate) const LINK: Text = text("Open in Telegram", "Buka di Telegram");
pub(crate) const JOIN: Text = text("Join a home", "Bergabung dengan rumah");
pub(crate) const JOIN_TEXT: Text = text(
    "Whoever owns the home gives you a code. You then see the home, and are told of its power.",
    "Pemilik rumah memberi Anda kode. Setelah itu Anda melihat rumahnya dan diberi kabar listriknya.",
);
pub(crate) const JOIN_NOW: Text = text("Join", "Bergabung");
pub(crate) const SESSIONS: Text = text("Your sessions", "Sesi Anda");
pub(crate) const SESSIONS_TEXT: Text = text(
    "Ends every session of yours, here and on all other devices.",
    "Mengakhiri semua sesi Anda, di sini dan di semua perangkat lain.",
);
pub(crate) const LEAVE_ALL: Text = text("Log out everywhere", "Keluar dari semua perangkat");
pub(crate) const DATA: Text = text("What Kabar knows of you", "Yang Kabar ketahui tentang Anda");
pub(crate) const DATA_TEXT: Text = text(
    "All of it in one file, to keep or to take elsewhere.",
    "Semuanya dalam satu berkas, untuk disimpan atau dibawa ke tempat lain.",
);
pub(crate) const EXPORT: Text = text("Download my data", "Unduh data saya");
pub(crate) const DELETE: Text = text("Delete my account", "Hapus akun saya");
pub(crate) const DELETE_TEXT: Text = text(
    "Your account goes for good, with your registrations, your homes and what you follow. Type your username to say that you mean it.",
    "Akun Anda dihapus untuk selamanya, bersama pendaftaran, rumah, dan yang Anda ikuti. Ketik nama pengguna Anda untuk memastikan.",
);
pub(crate) const NOT_YOUR_NAME: Text = text("That is not your username.", "Itu bukan nama pengguna Anda.");
pub(crate) const MY_MESSAGES: Text = text("What I was told", "Kabar yang saya terima");
pub(crate) const MY_TICKETS: Text = text("My tickets", "Tiket saya");
pub(crate) const TO_CALENDAR: Text = text("Add to calendar", "Tambahkan ke kalender");
pub(crate) const NO_TICKETS: Text = text(
    "You hold no ticket for anything to come.",
    "Anda tidak memegang tiket untuk acara mendatang.",
);
pub(crate) const WHY: Text = text("Why", "Mengapa");
pub(crate) const COPY: Text = text("What it said", "Isinya");
pub(crate) const NO_COPY: Text = text(
    "It was not sent, so that there is no copy.",
    "Pesan ini tidak terkirim, jadi tidak ada salinannya.",
);
