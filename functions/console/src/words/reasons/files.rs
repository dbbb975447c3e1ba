use super::Pair;

/// What is wrong with a body or a file as a whole.
pub(super) const ALL: &[Pair] = &[
    ("Is not UTF-8.", "Bukan UTF-8."),
    (
        "The file is not UTF-8: see byte #.",
        "Berkas ini bukan UTF-8: lihat bita ke-#.",
    ),
    ("At most # bytes are read.", "Paling banyak # bita yang dibaca."),
    ("The body must be JSON.", "Isinya harus JSON."),
    ("The body is not JSON: #", "Isinya bukan JSON: #"),
    ("The body must be a JSON object.", "Isinya harus objek JSON."),
    (
        "The body must be CSV, as text/csv.",
        "Isinya harus CSV, sebagai text/csv.",
    ),
    (
        "The body must be a form, as #.",
        "Isinya harus formulir, sebagai #.",
    ),
    (
        "The file has several columns of this name.",
        "Berkas ini punya beberapa kolom bernama ini.",
    ),
    (
        "The file has no column of this name.",
        "Berkas ini tidak punya kolom bernama ini.",
    ),
    (
        "The file has more than # rows.",
        "Berkas ini punya lebih dari # baris.",
    ),
    (
        "Has # cells, the header has #.",
        "Ada # sel, sedangkan baris judulnya #.",
    ),
    ("Repeats the # of #.", "Mengulang # dari #."),
];
