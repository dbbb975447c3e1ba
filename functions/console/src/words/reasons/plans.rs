use super::Pair;

/// About planned cuts, as a table or a calendar has them.
pub(super) const ALL: &[Pair] = &[
    (
        "Must be after now: of the past, nobody plans.",
        "Harus sesudah sekarang: yang lalu tidak direncanakan.",
    ),
    (
        "Must be within a year of now.",
        "Harus dalam waktu setahun dari sekarang.",
    ),
    ("Must be after the start.", "Harus sesudah mulainya."),
    (
        "Must be at most seven days after the start.",
        "Paling lama tujuh hari sesudah mulainya.",
    ),
    (
        "The body is not one calendar in the form of RFC 5545.",
        "Isinya bukan satu kalender menurut RFC 5545.",
    ),
    (
        "Recurrence is not read: send each cut as an event of its own.",
        "Pengulangan tidak dibaca: kirim tiap pemadaman sebagai acara sendiri.",
    ),
    ("This property is required.", "Properti ini wajib."),
    (
        "This property is required, or DURATION.",
        "Properti ini wajib, atau DURATION.",
    ),
    (
        "DURATION must be one such as PT2H30M.",
        "DURATION harus seperti PT2H30M.",
    ),
    ("Must not stand beside DURATION.", "Tidak boleh bersama DURATION."),
    ("Must have a time of day.", "Harus menyebut jam."),
    (
        "Must be a time such as 20261123T090000 or 20261123T020000Z.",
        "Harus waktu seperti 20261123T090000 atau 20261123T020000Z.",
    ),
    (
        "TZID must be an IANA time zone such as Asia/Jakarta.",
        "TZID harus zona waktu IANA, misalnya Asia/Jakarta.",
    ),
    (
        "At most # planned cuts are taken at once.",
        "Paling banyak # pemadaman terencana diterima sekaligus.",
    ),
];
