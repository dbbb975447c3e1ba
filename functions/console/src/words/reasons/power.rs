use super::Pair;

/// About regions, homes and detectors.
pub(super) const ALL: &[Pair] = &[
    (
        "Must be tcp://host:port or https://host.",
        "Harus tcp://host:port atau https://host.",
    ),
    (
        "Must be an address that everybody can reach.",
        "Harus alamat yang bisa dijangkau semua orang.",
    ),
    ("Must not name a user.", "Tidak boleh menyebut pengguna."),
    (
        "Must have a port from 1 to 65535.",
        "Harus punya port dari 1 sampai 65535.",
    ),
    (
        "Must be heartbeat, probe or manual.",
        "Harus heartbeat, probe, atau manual.",
    ),
    (
        "Must be a list with at least one channel.",
        "Harus daftar berisi sedikitnya satu saluran.",
    ),
    ("Must be without a region.", "Harus tanpa wilayah."),
    ("It stays of its kind.", "Jenisnya tetap."),
    ("Only a probe has this.", "Hanya untuk probe."),
    ("Only a heartbeat has this.", "Hanya untuk heartbeat."),
    (
        "Only a heartbeat or a probe has this.",
        "Hanya untuk heartbeat atau probe.",
    ),
    ("Only a heartbeat has a key.", "Hanya heartbeat yang punya kunci."),
    (
        "This home has as many detectors as a home can have.",
        "Rumah ini sudah punya detektor sebanyak yang mungkin.",
    ),
    (
        "This home has a manual detector.",
        "Rumah ini sudah punya detektor manual.",
    ),
    (
        "They follow as many regions as a person can.",
        "Orang ini sudah mengikuti wilayah sebanyak yang mungkin.",
    ),
    (
        "They are in as many homes as a person can be.",
        "Orang ini sudah ada di rumah sebanyak yang mungkin.",
    ),
    ("They are in this home.", "Orang ini sudah ada di rumah ini."),
    ("You are in this home.", "Anda sudah ada di rumah ini."),
    (
        "As many invitations as a home can have are open.",
        "Undangan yang terbuka sudah sebanyak yang mungkin.",
    ),
    (
        "This code is not good, or not any more.",
        "Kode ini tidak berlaku, atau tidak berlaku lagi.",
    ),
    (
        "This home has as many members as a home can have.",
        "Rumah ini sudah punya anggota sebanyak yang mungkin.",
    ),
    (
        "The regions around it just changed; try again.",
        "Wilayah di sekitarnya baru saja berubah; coba lagi.",
    ),
    (
        "Other regions lie in this region.",
        "Masih ada wilayah lain di dalam wilayah ini.",
    ),
    (
        "A region cannot lie in itself.",
        "Wilayah tidak bisa berada di dalam dirinya sendiri.",
    ),
    (
        "At most # regions can lie in each other.",
        "Paling banyak # wilayah bisa bersusun satu di dalam yang lain.",
    ),
];
