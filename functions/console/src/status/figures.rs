use kabar_app::power::RegionStatistics;
use kabar_domain::Language;

use super::chart::seconds;
use crate::words::Words;

/// A number with its name.
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) value: String,
}

/// How much power there was.
pub(super) fn figures(found: &RegionStatistics, words: &'static Words, language: Language) -> Vec<Figure> {
    let total = found.statistics.total();
    let uptime = found.statistics.uptime_ratio();
    let uptime = uptime.map_or_else(
        || words.badge_unknown.to_owned(),
        |ratio| format!("{} %", words.number(floored(ratio * 100.0), 2)),
    );
    let or_none = |value: Option<u64>| seconds(value.unwrap_or_default(), language);
    vec![
        Figure {
            name: words.uptime,
            value: uptime,
        },
        Figure {
            name: words.cuts_begun,
            value: total.outages.to_string(),
        },
        Figure {
            name: words.without_power,
            value: seconds(total.off_seconds, language),
        },
        Figure {
            name: words.longest,
            value: seconds(total.longest, language),
        },
        Figure {
            name: words.mean,
            value: or_none(total.mean()),
        },
    ]
}

/// To two digits, never up: what was dark for a moment was not lit for all of the time.
fn floored(percent: f64) -> f64 {
    (percent * 100.0).floor() / 100.0
}

/// The indices of IEEE 1366, where there are enough homes for them.
pub(super) fn indices(found: &RegionStatistics, words: &'static Words) -> Vec<Figure> {
    let Some(indices) = found.indices else {
        return Vec::new();
    };
    let minutes = |minutes: f64| format!("{} {}", words.number(minutes, 1), words.minutes);
    let caidi = indices.caidi.map_or_else(|| words.none.to_owned(), minutes);
    vec![
        Figure {
            name: words.saidi,
            value: minutes(indices.saidi),
        },
        Figure {
            name: words.saifi,
            value: words.number(indices.saifi, 2),
        },
        Figure {
            name: words.caidi,
            value: caidi,
        },
        Figure {
            name: words.maifi,
            value: words.number(indices.maifi, 2),
        },
    ]
}
