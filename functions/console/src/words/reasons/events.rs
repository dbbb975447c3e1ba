use super::Pair;

/// About events, tickets, registrations, payments and posters.
pub(super) const ALL: &[Pair] = &[
    (
        "May not be before start_time.",
        "Tidak boleh sebelum waktu mulai.",
    ),
    (
        "May not be before sales_start.",
        "Tidak boleh sebelum awal penjualan.",
    ),
    ("Is before start_time.", "Lebih awal dari waktu mulai."),
    (
        "Must be an amount from 0 to 9999999999.99 with at most two decimals.",
        "Harus jumlah dari 0 sampai 9999999999.99 dengan paling banyak dua desimal.",
    ),
    (
        "Must be durations from PT15M to P30D, as PT2H or P1D.",
        "Harus lama waktu dari PT15M sampai P30D, misalnya PT2H atau P1D.",
    ),
    (
        "Must be at most five durations, each another one.",
        "Paling banyak lima lama waktu, masing-masing berbeda.",
    ),
    (
        "Must be a list of durations, as PT2H or P1D.",
        "Harus daftar lama waktu, misalnya PT2H atau P1D.",
    ),
    (
        "Must be a JPEG, PNG, GIF or WebP image.",
        "Harus gambar JPEG, PNG, GIF, atau WebP.",
    ),
    (
        "Is cut off or damaged: it does not end where its kind of image ends.",
        "Terpotong atau rusak: gambarnya tidak berakhir sebagaimana mestinya.",
    ),
    (
        "Must have sides of 1 to # pixels.",
        "Sisi-sisinya harus 1 sampai # piksel.",
    ),
    (
        "More seats are taken than this quota has.",
        "Kursi yang terisi lebih banyak dari kuota ini.",
    ),
    (
        "More tickets are taken than this quota has.",
        "Tiket yang diambil lebih banyak dari kuota ini.",
    ),
    (
        "The event changed hands a moment ago; try again in a minute.",
        "Acara ini baru saja berpindah tangan; coba lagi semenit lagi.",
    ),
    ("Is a ticket of another event.", "Ini tiket acara lain."),
    (
        "There is a registration for this ticket and person.",
        "Orang ini sudah terdaftar untuk tiket ini.",
    ),
    (
        "The registration has as many payments as it can have.",
        "Pendaftaran ini sudah punya pembayaran sebanyak yang mungkin.",
    ),
    (
        "A payment stays with its registration.",
        "Pembayaran tetap pada pendaftarannya.",
    ),
    (
        "The amount of a payment that is not pending cannot change.",
        "Jumlah pembayaran yang tidak lagi tertunda tidak bisa diubah.",
    ),
    (
        "The payment cannot go from its status to this one.",
        "Pembayaran tidak bisa berpindah dari statusnya ke status ini.",
    ),
    (
        "The registration was cancelled.",
        "Pendaftaran ini sudah dibatalkan.",
    ),
    (
        "The event has as many posters as it may have.",
        "Acara ini sudah punya poster sebanyak yang boleh.",
    ),
    (
        "The event has as many kinds of ticket as it can have.",
        "Acara ini sudah punya jenis tiket sebanyak yang mungkin.",
    ),
    ("The event is cancelled.", "Acara ini dibatalkan."),
    ("The event is over.", "Acara ini sudah selesai."),
    ("The event is sold out.", "Acara ini sudah penuh."),
    ("This ticket is not on sale yet.", "Tiket ini belum dijual."),
    (
        "This ticket is no longer on sale.",
        "Tiket ini sudah tidak dijual.",
    ),
    ("This ticket is sold out.", "Tiket ini sudah habis."),
    ("A ticket stays with its event.", "Tiket tetap pada acaranya."),
];
