//! Times, durations and payments as people say them.

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    Language, Zone,
    events::{Money, PaymentMethod},
};

const DAYS_ID: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const MONTHS_ID: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// A moment by the clock of a zone, with the zone: "Saturday, 21 November 2026, 16:30 WIB".
///
/// A zone without letters of its own is called by its offset and place: "13:00 (UTC+05:45, Asia/Kathmandu)".
#[must_use]
pub fn moment(instant: Timestamp, zone: &Zone, language: Language) -> String {
    let local = zone.local(instant);
    let letters = local.strftime("%Z").to_string();
    let has_letters = letters.starts_with(|c: char| c.is_ascii_alphabetic());
    let place = if has_letters {
        letters
    } else {
        format!("(UTC{}, {})", local.strftime("%:z"), zone.name())
    };
    match language {
        Language::En => format!("{} {place}", local.strftime("%A, %-d %B %Y, %H:%M")),
        Language::Id => {
            let day = DAYS_ID[usize::from(local.weekday().to_monday_zero_offset().unsigned_abs())];
            let month = MONTHS_ID[usize::from(local.month().unsigned_abs()) - 1];
            format!(
                "{day}, {} {month} {}, pukul {} {place}",
                local.day(),
                local.year(),
                local.strftime("%H.%M")
            )
        }
    }
}

/// A duration in its two largest parts, to the minute: "2 hours 10 minutes".
#[must_use]
pub fn duration(span: SignedDuration, language: Language) -> String {
    let minutes = span.as_mins().max(0);
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let units: [(i64, &str, &str); 3] = match language {
        Language::En => [
            (days, "day", "days"),
            (hours, "hour", "hours"),
            (minutes, "minute", "minutes"),
        ],
        Language::Id => [
            (days, "hari", "hari"),
            (hours, "jam", "jam"),
            (minutes, "menit", "menit"),
        ],
    };
    let said: Vec<String> = units
        .into_iter()
        .skip_while(|(n, ..)| *n == 0)
        .take(2)
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
        .collect();
    match (said.is_empty(), language) {
        (false, _) => said.join(" "),
        (true, Language::En) => "less than a minute".to_owned(),
        (true, Language::Id) => "kurang dari satu menit".to_owned(),
    }
}

/// An amount of money in groups of three digits, without its currency, which is the installation's: "150,000" or
/// "1,250.50" in English, "150.000" or "1.250,50" in Indonesian.
pub(super) fn amount(money: Money, language: Language) -> String {
    let (group, decimal) = match language {
        Language::En => (',', '.'),
        Language::Id => ('.', ','),
    };
    let (whole, hundredths) = (money.minor() / 100, money.minor() % 100);
    let digits = whole.to_string();
    let mut said = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(group);
        }
        said.push(digit);
    }
    if hundredths > 0 {
        said += &format!("{decimal}{hundredths:02}");
    }
    said
}

/// How somebody paid.
pub(super) const fn method(method: PaymentMethod, language: Language) -> &'static str {
    match (method, language) {
        (PaymentMethod::Qris, _) => "QRIS",
        (PaymentMethod::BankTransfer, Language::En) => "Bank transfer",
        (PaymentMethod::BankTransfer, Language::Id) => "Transfer bank",
        (PaymentMethod::CreditCard, Language::En) => "Credit card",
        (PaymentMethod::CreditCard, Language::Id) => "Kartu kredit",
        (PaymentMethod::Cash, Language::En) => "Cash",
        (PaymentMethod::Cash, Language::Id) => "Tunai",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(instant: &str, zone: &str, en: &str, id: &str) {
        let (instant, zone) = (instant.parse().unwrap(), Zone::parse(zone).unwrap());
        assert_eq!(moment(instant, &zone, Language::En), en);
        assert_eq!(moment(instant, &zone, Language::Id), id);
    }

    #[test]
    fn a_moment_is_said_by_the_readers_own_clock() {
        check(
            "2026-11-21T20:30:00Z",
            "Asia/Jakarta",
            "Sunday, 22 November 2026, 03:30 WIB",
            "Minggu, 22 November 2026, pukul 03.30 WIB",
        );
        check(
            "2026-08-01T10:00:00Z",
            "Europe/Berlin",
            "Saturday, 1 August 2026, 12:00 CEST",
            "Sabtu, 1 Agustus 2026, pukul 12.00 CEST",
        );
        check(
            "2026-01-05T00:15:00Z",
            "Asia/Kathmandu",
            "Monday, 5 January 2026, 06:00 (UTC+05:45, Asia/Kathmandu)",
            "Senin, 5 Januari 2026, pukul 06.00 (UTC+05:45, Asia/Kathmandu)",
        );
    }

    #[test]
    fn a_duration_has_its_two_largest_parts() {
        let cases = [
            (59, "less than a minute", "kurang dari satu menit"),
            (60, "1 minute", "1 menit"),
            (7_800, "2 hours 10 minutes", "2 jam 10 menit"),
            (7_200, "2 hours", "2 jam"),
            (90_061, "1 day 1 hour", "1 hari 1 jam"),
            (86_460, "1 day", "1 hari"),
        ];
        for (seconds, en, id) in cases {
            let span = SignedDuration::from_secs(seconds);
            assert_eq!(duration(span, Language::En), en);
            assert_eq!(duration(span, Language::Id), id);
        }
    }

    #[test]
    fn an_amount_is_written_as_in_its_language() {
        let cases = [
            (0, "0", "0"),
            (99_900, "999", "999"),
            (100_000, "1,000", "1.000"),
            (15_000_000, "150,000", "150.000"),
            (1_250, "12.50", "12,50"),
            (999_999_999_999, "9,999,999,999.99", "9.999.999.999,99"),
        ];
        for (minor, en, id) in cases {
            let money = Money::from_minor(minor).unwrap();
            assert_eq!(amount(money, Language::En), en);
            assert_eq!(amount(money, Language::Id), id);
        }
    }
}
