use super::Pair;

/// About clients, mailings and files of clients.
pub(super) const ALL: &[Pair] = &[
    ("Must be after start_time.", "Harus sesudah waktu mulai."),
    ("Must be in the future.", "Harus di masa depan."),
    (
        "Must be a time of day from 00:00 to 23:59, as 08:00.",
        "Harus jam dari 00:00 sampai 23:59, misalnya 08:00.",
    ),
    ("Must be 3 digits, as 916.", "Harus 3 angka, misalnya 916."),
    (
        "Must be 11 digits, the first a 7, as 79161234567 or +79161234567.",
        "Harus 11 angka, diawali 7, misalnya 79161234567 atau +79161234567.",
    ),
    (
        "Must end at another time than it begins; for the whole day, leave the window out.",
        "Harus berakhir pada jam yang lain dari mulainya; untuk sepanjang hari, kosongkan saja.",
    ),
    ("Has a {{ without its }}.", "Ada {{ tanpa }}-nya."),
    (
        "Has a field that there is not; there are #.",
        "Ada isian yang tidak dikenal; yang ada: #.",
    ),
    (
        "May name at most # pairs of an operator and a tag.",
        "Paling banyak menyebut # pasangan operator dan tag.",
    ),
    (
        "May name at most # of a kind.",
        "Paling banyak menyebut # dari satu jenis.",
    ),
    (
        "Another client has this phone.",
        "Nomor telepon ini milik klien lain.",
    ),
    (
        "This field is required for a new client.",
        "Isian ini wajib untuk klien baru.",
    ),
    ("Repeats the phone of row #.", "Mengulang nomor telepon baris #."),
    (
        "At most # rows are imported at once.",
        "Paling banyak # baris diimpor sekaligus.",
    ),
    (
        "The file is gone, or another one was put in its place.",
        "Berkasnya sudah tidak ada, atau diganti berkas lain.",
    ),
    (
        "The file is not there: send it with the form first.",
        "Berkasnya belum ada: kirim dulu dengan formulirnya.",
    ),
    (
        "Line #: the row has more than # bytes. Is a quote not closed?",
        "Baris #: isinya lebih dari # bita. Adakah tanda kutip yang belum ditutup?",
    ),
    (
        "Cannot change once the mailing has begun.",
        "Tidak bisa diubah sesudah kirimannya dimulai.",
    ),
    ("The mailing was cancelled.", "Kiriman ini sudah dibatalkan."),
    ("The mailing is finished.", "Kiriman ini sudah selesai."),
    (
        "Must be waiting, running, finished or failed.",
        "Harus waiting, running, finished, atau failed.",
    ),
];
