use super::Pair;

/// About what does not go on by itself, and what people asked not to get.
pub(super) const ALL: &[Pair] = &[
    (
        "The next run of the schedule does the same work: drop what is here.",
        "Jadwal berikutnya mengerjakan hal yang sama: buang saja yang ada di sini.",
    ),
    (
        "A sender is at work on it. Its claim ends by itself within a minute.",
        "Sedang dikerjakan oleh pengirim. Klaimnya berakhir sendiri dalam semenit.",
    ),
    (
        "It is told, or its turn has not come yet.",
        "Sudah diberitahukan, atau belum gilirannya.",
    ),
    (
        "It was taken again and again, and not done.",
        "Sudah diambil berulang kali, dan tidak selesai.",
    ),
    (
        "AWS could not deliver it, and does not say why.",
        "AWS tidak bisa mengantarkannya, dan tidak menyebut sebabnya.",
    ),
    (
        "The message was not sent, so that there is no copy.",
        "Pesannya tidak terkirim, jadi tidak ada salinannya.",
    ),
    (
        "Must be One-Click, and alone.",
        "Harus One-Click, tanpa yang lain.",
    ),
    ("Must be stop or resume.", "Harus stop atau resume."),
    ("Is not the name of a reason.", "Bukan nama alasan."),
    (
        "Is not the name of a page's state.",
        "Bukan nama keadaan halaman.",
    ),
    ("Is not the number of an answer.", "Bukan nomor jawaban."),
    ("Is not the name of a lane.", "Bukan nama jalur."),
    ("Is not the name of a status.", "Bukan nama status."),
    ("Is not the name of an order.", "Bukan nama perintah."),
];
