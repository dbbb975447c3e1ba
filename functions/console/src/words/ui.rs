//! What buttons, links and notes say.

use super::{Text, text};

pub(crate) const SKIP: Text = text("Skip to the content", "Langsung ke isi");
pub(crate) const MENU: Text = text("Menu", "Menu");
pub(crate) const HOME: Text = text("Overview", "Ikhtisar");
pub(crate) const MY_PAGES: Text = text("My account", "Akun saya");
pub(crate) const POWER_NOW: Text = text("Power now", "Listrik saat ini");
pub(crate) const OTHER_LANGUAGE: Text = text("Bahasa Indonesia", "English");
pub(crate) const OTHER_CODE: Text = text("id", "en");
pub(crate) const CODE: Text = text("en", "id");

pub(crate) const LOG_IN: Text = text("Log in", "Masuk");
pub(crate) const LOG_OUT: Text = text("Log out", "Keluar");
pub(crate) const SIGN_UP: Text = text("Create an account", "Buat akun");
pub(crate) const NO_ACCOUNT: Text = text("No account yet?", "Belum punya akun?");
pub(crate) const HAS_ACCOUNT: Text = text("You have an account?", "Sudah punya akun?");
pub(crate) const FORGOT: Text = text("Forgot your password?", "Lupa kata sandi?");
pub(crate) const FORGOT_TEXT: Text = text(
    "Say your email address; if it is known, a code comes by mail.",
    "Tulis alamat email Anda. Bila terdaftar, kodenya kami kirim lewat email.",
);
pub(crate) const CODE_SENT: Text = text(
    "If the address is known, a code is on its way. Enter it here with a new password.",
    "Bila alamatnya terdaftar, kodenya sedang dikirim. Masukkan di sini bersama kata sandi baru.",
);
pub(crate) const SEND_CODE: Text = text("Send a code", "Kirim kode");
pub(crate) const RESET: Text = text("Set a new password", "Buat kata sandi baru");
pub(crate) const PASSWORD_SET: Text = text(
    "The new password is set. Log in with it.",
    "Kata sandi baru sudah disimpan. Silakan masuk.",
);
pub(crate) const LOGGED_OUT: Text = text("You are logged out.", "Anda sudah keluar.");
pub(crate) const WRONG_CREDENTIALS: Text = text(
    "Username and password do not fit.",
    "Nama pengguna dan kata sandi tidak cocok.",
);
pub(crate) const TOO_MANY_TRIES: Text = text(
    "Too many tries. Wait a few minutes before the next.",
    "Terlalu banyak percobaan. Tunggu beberapa menit.",
);

pub(crate) const NEW: Text = text("New", "Baru");
pub(crate) const CREATE: Text = text("Create", "Buat");
pub(crate) const SAVE: Text = text("Save", "Simpan");
pub(crate) const EDIT: Text = text("Edit", "Ubah");
pub(crate) const DELETE: Text = text("Delete", "Hapus");
pub(crate) const CANCEL: Text = text("Back", "Kembali");
pub(crate) const FILTER: Text = text("Filter", "Saring");
pub(crate) const CLEAR: Text = text("Clear", "Kosongkan");
pub(crate) const ANY: Text = text("any", "semua");
pub(crate) const CHOOSE: Text = text("Choose…", "Pilih…");
pub(crate) const YES: Text = text("yes", "ya");
pub(crate) const NO: Text = text("no", "tidak");
pub(crate) const NOTHING: Text = text("There is nothing here yet.", "Belum ada apa-apa di sini.");
pub(crate) const NOTHING_FITS: Text = text(
    "Nothing fits these filters.",
    "Tidak ada yang cocok dengan saringan ini.",
);
pub(crate) const FURTHER: Text = text("Next page", "Halaman berikut");
pub(crate) const FIRST_PAGE: Text = text("First page", "Halaman pertama");
pub(crate) const PAGES: Text = text("Pages", "Halaman");
pub(crate) const AS_CSV: Text = text("As CSV", "Unduh CSV");
pub(crate) const SELECT: Text = text("Select", "Pilih");
pub(crate) const SELECT_ALL: Text = text("Select all", "Pilih semua");
pub(crate) const WITH_SELECTED: Text = text("With the selected:", "Untuk yang dipilih:");
pub(crate) const SELECTED: Text = text("selected", "dipilih");
pub(crate) const NONE_SELECTED: Text = text("Nothing is selected.", "Tidak ada yang dipilih.");
pub(crate) const NO_UNDO: Text = text("This cannot be undone.", "Tindakan ini tidak bisa dibatalkan.");
pub(crate) const DONE_FOR: Text = text("Done for", "Berhasil untuk");
pub(crate) const NOT_DONE_FOR: Text = text("Not done for", "Gagal untuk");
pub(crate) const REQUIRED: Text = text("required", "wajib");
pub(crate) const CHECK_FIELDS: Text = text(
    "Nothing was saved. Look at the fields below.",
    "Belum disimpan. Periksa isian di bawah.",
);
pub(crate) const PAUSE_LIVE: Text = text("Pause updates", "Jeda pembaruan");
pub(crate) const GO_ON_LIVE: Text = text("Go on updating", "Lanjutkan pembaruan");
pub(crate) const DETAILS: Text = text("Details", "Rincian");
pub(crate) const YOUR_CLOCK: Text = text("by the clock of", "menurut zona waktu");

pub(crate) const DONE: Text = text("Done.", "Selesai.");
pub(crate) const CREATED: Text = text("Created.", "Dibuat.");
pub(crate) const SAVED: Text = text("Saved.", "Disimpan.");
pub(crate) const REMOVED: Text = text("Deleted.", "Dihapus.");
pub(crate) const WELCOME: Text = text(
    "Welcome! Your account is made.",
    "Selamat datang! Akun Anda sudah dibuat.",
);

pub(crate) const NOT_FOUND: Text = text("There is no such page", "Halaman ini tidak ada");
pub(crate) const NOT_FOUND_TEXT: Text = text(
    "It may have been deleted, or its address is not whole.",
    "Mungkin sudah dihapus, atau alamatnya tidak lengkap.",
);
pub(crate) const NOT_ALLOWED: Text = text("This is not yours to see or do", "Ini bukan wewenang Anda");
pub(crate) const NOT_ALLOWED_TEXT: Text = text(
    "Ask somebody of staff, if you think that it should be.",
    "Tanyakan kepada petugas bila menurut Anda seharusnya boleh.",
);
pub(crate) const FORGED: Text = text(
    "This form is not ours, or too old",
    "Formulir ini bukan milik kami, atau sudah kedaluwarsa",
);
pub(crate) const FORGED_TEXT: Text = text(
    "Nothing was done. Open the page anew and try again.",
    "Tidak ada yang dilakukan. Buka lagi halamannya dan coba lagi.",
);
pub(crate) const REPLAYED: Text = text("This was sent before", "Ini sudah pernah dikirim");
pub(crate) const REPLAYED_TEXT: Text = text(
    "It was done then, and not again now.",
    "Sudah dilakukan waktu itu, dan tidak diulang sekarang.",
);
pub(crate) const SENT_OTHERWISE_TEXT: Text = text(
    "It was done then with what the form said at that time. For something else open the page anew.",
    "Sudah dilakukan waktu itu dengan isi formulir saat itu. Untuk hal lain, buka lagi halamannya.",
);
pub(crate) const SIGNED_UP: Text = text(
    "This form made an account already, with what it said before. Log in, or send it once more for another account.",
    "Formulir ini sudah membuat akun, dengan isinya yang tadi. Masuklah, atau kirim sekali lagi untuk akun lain.",
);
pub(crate) const ALREADY: Text = text(
    "That was there already. It is now as it is shown here.",
    "Itu sudah ada. Sekarang keadaannya seperti yang tampil di sini.",
);
pub(crate) const CHANGED: Text = text("It was changed meanwhile", "Data ini sudah berubah");
pub(crate) const CHANGED_TEXT: Text = text(
    "Nothing was saved, so that nobody's change is lost. Look at it anew.",
    "Belum disimpan, agar perubahan orang lain tidak hilang. Periksa dulu keadaan terbarunya.",
);
pub(crate) const CONFLICT: Text = text("That is not possible now", "Itu tidak mungkin sekarang");
pub(crate) const NOT_NOW: Text = text("Not possible just now", "Saat ini belum bisa");
pub(crate) const NOT_NOW_TEXT: Text = text(
    "That is not your fault. Please try again in a moment.",
    "Ini bukan kesalahan Anda. Silakan coba lagi sebentar lagi.",
);
pub(crate) const FORMS_ONLY: Text = text("Only forms are sent here", "Alamat ini hanya menerima formulir");
pub(crate) const FORMS_ONLY_TEXT: Text = text(
    "There is nothing to read at this address. The form is on another page.",
    "Tidak ada yang bisa dibaca di alamat ini. Formulirnya ada di halaman lain.",
);
pub(crate) const TO_FORM: Text = text("To that page", "Ke halaman itu");
pub(crate) const TO_OVERVIEW: Text = text("To the overview", "Ke ikhtisar");
pub(crate) const ONCE: Text = text(
    "This is shown once. Keep it now.",
    "Ini hanya ditampilkan sekali. Simpan sekarang.",
);
pub(crate) const FROM: Text = text("from", "dari");
pub(crate) const TO: Text = text("to", "sampai");
pub(crate) const UPLOAD: Text = text("Upload", "Unggah");
pub(crate) const TOO_LARGE: Text = text("This is too large", "Ini terlalu besar");
pub(crate) const TOO_LARGE_TEXT: Text = text(
    "Nothing was kept. Pictures may have 500 kB, other files a megabyte.",
    "Tidak ada yang disimpan. Gambar paling besar 500 kB, berkas lain 1 MB.",
);
pub(crate) const GO_ON: Text = text("Go on", "Lanjut");
