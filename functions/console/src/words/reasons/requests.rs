use super::Pair;

/// What the API says of a whole request.
pub(super) const ALL: &[Pair] = &[
    (
        "It does not follow the rules of HTTP or of this API.",
        "Permintaan ini tidak mengikuti aturan HTTP atau API ini.",
    ),
    (
        "A good access token is needed: log in, or refresh it.",
        "Perlu token akses yang berlaku: masuk, atau perbarui.",
    ),
    (
        "Your roles do not allow this, or it belongs to somebody else.",
        "Peran Anda tidak membolehkan ini, atau ini milik orang lain.",
    ),
    (
        "There is nothing at this URL, or not any more.",
        "Tidak ada apa-apa di alamat ini, atau sudah tidak ada lagi.",
    ),
    (
        "The Allow header names the methods that apply.",
        "Header Allow menyebut metode yang berlaku.",
    ),
    (
        "Read it again and see what has changed.",
        "Buka lagi dan lihat apa yang berubah.",
    ),
    (
        "It is not the version that If-Match names; read it again.",
        "Ini bukan versi yang disebut If-Match; buka lagi.",
    ),
    ("Send a smaller body.", "Kirim isi yang lebih kecil."),
    ("Send application/json.", "Kirim application/json."),
    (
        "Send JSON, text/csv or text/calendar.",
        "Kirim JSON, text/csv, atau text/calendar.",
    ),
    (
        "Use a new Idempotency-Key for another request.",
        "Pakai Idempotency-Key baru untuk permintaan lain.",
    ),
    (
        "The Retry-After header says for how many seconds to wait.",
        "Header Retry-After menyebut berapa detik harus menunggu.",
    ),
    (
        "Try again in the seconds that the Retry-After header says.",
        "Coba lagi sesudah sekian detik menurut header Retry-After.",
    ),
    (
        "A request with this key is running.",
        "Permintaan dengan kunci ini sedang dikerjakan.",
    ),
];
