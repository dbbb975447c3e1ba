//! The words of the public pages.

use kabar_domain::{
    Language,
    power::{Outcome, Power},
};

/// The words of one language.
pub(crate) struct Words {
    pub(crate) code: &'static str,
    pub(crate) other_code: &'static str,
    pub(crate) other_name: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) title: &'static str,
    pub(crate) all_regions: &'static str,
    pub(crate) no_regions: &'static str,
    pub(crate) more: &'static str,
    pub(crate) on: &'static str,
    pub(crate) off: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) since: &'static str,
    pub(crate) as_of: &'static str,
    pub(crate) history: &'static str,
    pub(crate) period: &'static str,
    pub(crate) too_few: &'static str,
    pub(crate) periods: [&'static str; 4],
    pub(crate) chart: &'static str,
    pub(crate) as_table: &'static str,
    pub(crate) from: &'static str,
    pub(crate) without_power: &'static str,
    pub(crate) cuts_begun: &'static str,
    pub(crate) uptime: &'static str,
    pub(crate) longest: &'static str,
    pub(crate) mean: &'static str,
    pub(crate) none: &'static str,
    pub(crate) most: &'static str,
    pub(crate) indices: &'static str,
    pub(crate) saidi: &'static str,
    pub(crate) saifi: &'static str,
    pub(crate) caidi: &'static str,
    pub(crate) maifi: &'static str,
    pub(crate) minutes: &'static str,
    pub(crate) outages: &'static str,
    pub(crate) no_outages: &'static str,
    pub(crate) only_declared: &'static str,
    pub(crate) still: &'static str,
    pub(crate) lasted: &'static str,
    pub(crate) planned: &'static str,
    pub(crate) plan_unknown: &'static str,
    pub(crate) plan_stale: &'static str,
    pub(crate) plan_known: &'static str,
    pub(crate) plan_more: &'static str,
    pub(crate) ahead: &'static str,
    pub(crate) due: &'static str,
    pub(crate) kept: &'static str,
    pub(crate) early: &'static str,
    pub(crate) late: &'static str,
    pub(crate) not_kept: &'static str,
    pub(crate) cancelled: &'static str,
    pub(crate) not_known: &'static str,
    pub(crate) follow: &'static str,
    pub(crate) by_mail: &'static str,
    pub(crate) by_telegram: &'static str,
    pub(crate) by_feed: &'static str,
    pub(crate) badge: &'static str,
    pub(crate) badge_label: &'static str,
    pub(crate) badge_on: &'static str,
    pub(crate) badge_off: &'static str,
    pub(crate) badge_unknown: &'static str,
    pub(crate) went_out: &'static str,
    pub(crate) came_back: &'static str,
    pub(crate) no_page: &'static str,
    pub(crate) no_page_text: &'static str,
    pub(crate) not_now: &'static str,
    pub(crate) not_now_text: &'static str,
    pub(crate) decimal: char,
    pub(crate) months: [&'static str; 12],
}

const EN: Words = Words {
    code: "en",
    other_code: "id",
    other_name: "Bahasa Indonesia",
    skip: "Skip to the content",
    title: "Power now",
    all_regions: "All regions",
    no_regions: "There are no regions yet.",
    more: "More regions",
    on: "The power is on",
    off: "The power is out",
    unknown: "Nothing is known of the power",
    since: "since",
    as_of: "As of",
    history: "History",
    period: "Period",
    too_few: "Figures are shown for regions of five homes and more: of fewer, they would tell of somebody's own home.",
    periods: ["24 hours", "7 days", "30 days", "A year"],
    chart: "Time without power",
    as_table: "The same as a table",
    from: "From",
    without_power: "Without power",
    cuts_begun: "Outages",
    uptime: "Time with power",
    longest: "Longest outage",
    mean: "Mean outage",
    none: "none",
    most: "the most",
    indices: "Reliability as a home sees it (IEEE 1366)",
    saidi: "SAIDI, without power on average",
    saifi: "SAIFI, interruptions on average",
    caidi: "CAIDI, until power is back on average",
    maifi: "MAIFI, interruptions of at most five minutes on average",
    minutes: "min",
    outages: "Latest outages",
    no_outages: "There were none.",
    only_declared: "Of a region of fewer than five homes, only outages are listed that its operator declared.",
    still: "Still out",
    lasted: "lasted",
    planned: "Planned cuts",
    plan_unknown: "Planned cuts of this region are not known.",
    plan_stale: "Planned cuts are not known any more, since",
    plan_more: "More are planned later on.",
    plan_known: "These are all that are planned until",
    ahead: "to come",
    due: "due now, the power is still there",
    kept: "as planned",
    early: "earlier than planned",
    late: "later than planned",
    not_kept: "did not happen",
    cancelled: "cancelled",
    not_known: "not known",
    follow: "Be told",
    by_mail: "Follow by mail",
    by_telegram: "Follow in Telegram",
    by_feed: "Feed (RSS)",
    badge: "A badge for your own page",
    badge_label: "power",
    badge_on: "on",
    badge_off: "out",
    badge_unknown: "unknown",
    went_out: "The power went out",
    came_back: "The power is back",
    no_page: "There is no such page",
    no_page_text: "The region may have been removed, or the address is not complete.",
    not_now: "This does not work at the moment",
    not_now_text: "It is not your fault. Please try again in a minute.",
    decimal: '.',
    months: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
};

const ID: Words = Words {
    code: "id",
    other_code: "en",
    other_name: "English",
    skip: "Langsung ke isi",
    title: "Listrik saat ini",
    all_regions: "Semua wilayah",
    no_regions: "Belum ada wilayah.",
    more: "Wilayah lainnya",
    on: "Listrik menyala",
    off: "Listrik padam",
    unknown: "Keadaan listrik belum diketahui",
    since: "sejak",
    as_of: "Per",
    history: "Riwayat",
    period: "Jangka waktu",
    too_few: "Angka hanya ditampilkan untuk wilayah dengan lima rumah atau lebih, supaya tidak bercerita tentang rumah seseorang.",
    periods: ["24 jam", "7 hari", "30 hari", "Setahun"],
    chart: "Waktu tanpa listrik",
    as_table: "Sama, dalam tabel",
    from: "Mulai",
    without_power: "Tanpa listrik",
    cuts_begun: "Pemadaman",
    uptime: "Waktu dengan listrik",
    longest: "Pemadaman terlama",
    mean: "Rata-rata pemadaman",
    none: "tidak ada",
    most: "terbanyak",
    indices: "Keandalan bagi satu rumah (IEEE 1366)",
    saidi: "SAIDI, rata-rata tanpa listrik",
    saifi: "SAIFI, rata-rata jumlah pemadaman",
    caidi: "CAIDI, rata-rata sampai listrik kembali",
    maifi: "MAIFI, rata-rata pemadaman paling lama lima menit",
    minutes: "mnt",
    outages: "Pemadaman terakhir",
    no_outages: "Tidak ada.",
    only_declared: "Untuk wilayah dengan kurang dari lima rumah, hanya pemadaman yang dinyatakan operator yang ditampilkan.",
    still: "Masih padam",
    lasted: "selama",
    planned: "Pemadaman terencana",
    plan_unknown: "Rencana pemadaman wilayah ini tidak diketahui.",
    plan_stale: "Rencana pemadaman tidak lagi diketahui, sejak",
    plan_more: "Masih ada rencana lain sesudah itu.",
    plan_known: "Hanya ini yang direncanakan sampai",
    ahead: "akan datang",
    due: "sekarang, listrik masih menyala",
    kept: "sesuai rencana",
    early: "lebih awal",
    late: "lebih lambat",
    not_kept: "tidak terjadi",
    cancelled: "dibatalkan",
    not_known: "tidak diketahui",
    follow: "Terima kabar",
    by_mail: "Ikuti lewat email",
    by_telegram: "Ikuti di Telegram",
    by_feed: "Umpan (RSS)",
    badge: "Lencana untuk halaman Anda",
    badge_label: "listrik",
    badge_on: "menyala",
    badge_off: "padam",
    badge_unknown: "tak diketahui",
    went_out: "Listrik padam",
    came_back: "Listrik menyala kembali",
    no_page: "Halaman ini tidak ada",
    no_page_text: "Wilayahnya mungkin sudah dihapus, atau alamatnya tidak lengkap.",
    not_now: "Saat ini belum bisa",
    not_now_text: "Ini bukan kesalahan Anda. Silakan coba lagi sebentar lagi.",
    decimal: ',',
    months: [
        "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
    ],
};

/// The words of a language.
pub(crate) const fn of(language: Language) -> &'static Words {
    match language {
        Language::En => &EN,
        Language::Id => &ID,
    }
}

impl Words {
    /// Whether there is power, as a sentence.
    pub(crate) const fn power(&self, power: Power) -> &'static str {
        match power {
            Power::On => self.on,
            Power::Off => self.off,
            Power::Unknown => self.unknown,
        }
    }

    /// The same as a word.
    pub(crate) const fn badge_power(&self, power: Power) -> &'static str {
        match power {
            Power::On => self.badge_on,
            Power::Off => self.badge_off,
            Power::Unknown => self.badge_unknown,
        }
    }

    /// What became of a planned cut.
    pub(crate) const fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Ahead => self.ahead,
            Outcome::Due => self.due,
            Outcome::Kept => self.kept,
            Outcome::Early => self.early,
            Outcome::Late => self.late,
            Outcome::NotKept => self.not_kept,
            Outcome::Cancelled => self.cancelled,
            Outcome::Unknown => self.not_known,
        }
    }

    /// A number with so many digits after the decimal sign, and thousands apart.
    pub(crate) fn number(&self, number: f64, digits: usize) -> String {
        let plain = format!("{number:.digits$}");
        let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
        let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
        let mut said = sign.to_owned();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                said.push(if self.decimal == '.' { ',' } else { '.' });
            }
            said.push(digit);
        }
        if !rest.is_empty() {
            said.push(self.decimal);
            said.push_str(rest);
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_readers_write_them() {
        for (number, digits, en, id) in [
            (150_000.0, 2, "150,000.00", "150.000,00"),
            (1_234_567.0, 0, "1,234,567", "1.234.567"),
            (999.5, 1, "999.5", "999,5"),
            (-1_000.0, 0, "-1,000", "-1.000"),
            (0.0004, 4, "0.0004", "0,0004"),
        ] {
            assert_eq!(EN.number(number, digits), en);
            assert_eq!(ID.number(number, digits), id);
        }
    }
}
