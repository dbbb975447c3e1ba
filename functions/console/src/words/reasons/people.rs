use super::Pair;

/// About accounts, groups, and chats of the bot.
pub(super) const ALL: &[Pair] = &[
    (
        "Username and password do not fit.",
        "Nama pengguna dan kata sandi tidak cocok.",
    ),
    (
        "A user with this username exists.",
        "Nama pengguna ini sudah dipakai.",
    ),
    (
        "A user with this email address exists.",
        "Alamat email ini sudah dipakai.",
    ),
    (
        "A user with this username exists and is not a superuser.",
        "Nama pengguna ini dipakai oleh orang yang bukan superuser.",
    ),
    ("A group with this name exists.", "Grup bernama ini sudah ada."),
    (
        "May only contain letters, digits and @ . + - _",
        "Hanya boleh berisi huruf, angka, dan @ . + - _",
    ),
    ("May not be all digits.", "Tidak boleh angka semua."),
    (
        "May not be the username.",
        "Tidak boleh sama dengan nama pengguna.",
    ),
    (
        "Is not a refresh token of yours.",
        "Bukan refresh token milik Anda.",
    ),
    (
        "Is not a code that is good now.",
        "Kode ini tidak berlaku sekarang.",
    ),
    (
        "They follow too many regions to be changed in one step.",
        "Orang ini mengikuti terlalu banyak wilayah untuk diubah sekaligus.",
    ),
    (
        "They are in too many groups to be removed in one step.",
        "Orang ini anggota terlalu banyak grup untuk dihapus sekaligus.",
    ),
    (
        "Must be an object with email, telegram or both, each true or false.",
        "Harus objek berisi email, telegram, atau keduanya, masing-masing true atau false.",
    ),
    (
        "Must be the number of a chat in Telegram.",
        "Harus nomor obrolan di Telegram.",
    ),
    (
        "Must be null, or a list of at most # regions.",
        "Harus null, atau daftar berisi paling banyak # wilayah.",
    ),
    (
        "It is told no more: #.",
        "Obrolan ini tidak diberi kabar lagi: #.",
    ),
    (
        "You have connected no chat: say which.",
        "Anda belum menghubungkan obrolan: sebutkan yang mana.",
    ),
];
