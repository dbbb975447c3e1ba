use axum::http::{HeaderMap, header};
use kabar_domain::Language;

/// The first language that a browser prefers and Kabar speaks.
pub(crate) fn preferred(headers: &HeaderMap) -> Language {
    let preferred = headers.get(header::ACCEPT_LANGUAGE);
    preferred
        .and_then(|preferred| preferred.to_str().ok())
        .map_or_else(Language::default, accepted)
}

/// Of ranges with weights (RFC 9110, 12.5.4), such as `id-ID, en;q=0.8`, the heaviest that is spoken.
fn accepted(ranges: &str) -> Language {
    let mut best = (0.0, Language::default());
    for range in ranges.split(',') {
        let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
        let primary = tag
            .trim()
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let weight = parameters.trim().strip_prefix("q=");
        let weight = weight.map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        if let Ok(language) = Language::parse(&primary)
            && weight > best.0
        {
            best = (weight, language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn preferring(ranges: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(ranges))])
    }

    #[test]
    fn a_browser_that_says_nothing_reads_english() {
        assert_eq!(preferred(&HeaderMap::new()), Language::En);
        assert_eq!(preferred(&preferring("id")), Language::Id);
    }

    #[test]
    fn the_heaviest_language_that_is_spoken_is_taken() {
        for (ranges, language) in [
            ("id-ID,id;q=0.9,en;q=0.8", Language::Id),
            ("de, en;q=0.5, id;q=0.7", Language::Id),
            ("EN-gb, id;q=0.9", Language::En),
            ("id;q=0, en;q=0.1", Language::En),
            ("id;q=nonsense", Language::En),
            ("de", Language::En),
            ("", Language::En),
        ] {
            assert_eq!(preferred(&preferring(ranges)), language, "{ranges}");
        }
    }
}
