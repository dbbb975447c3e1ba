//! The people and places of `--demo`. All of them are made up.

/// A region; a sub-region comes after its parent.
pub(super) struct Region {
    pub(super) name: &'static str,
    pub(super) time_zone: &'static str,
    pub(super) parent: Option<&'static str>,
}

/// Somebody who wants to know about some regions.
pub(super) struct Person {
    pub(super) username: &'static str,
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) time_zone: &'static str,
    pub(super) language: &'static str,
    pub(super) follows: &'static [&'static str],
}

/// Had a cut, and is lit again.
pub(super) const LIT_AGAIN: &str = "Denpasar Selatan";
/// Is dark now.
pub(super) const DARK: &str = "Bandung";

const fn region(name: &'static str, time_zone: &'static str, parent: Option<&'static str>) -> Region {
    Region {
        name,
        time_zone,
        parent,
    }
}

pub(super) const REGIONS: &[Region] = &[
    region("Jakarta", "Asia/Jakarta", None),
    region("Jakarta Pusat", "Asia/Jakarta", Some("Jakarta")),
    region("Jakarta Selatan", "Asia/Jakarta", Some("Jakarta")),
    region("Bandung", "Asia/Jakarta", None),
    region("Bandung Utara", "Asia/Jakarta", Some("Bandung")),
    region("Denpasar", "Asia/Makassar", None),
    region("Denpasar Selatan", "Asia/Makassar", Some("Denpasar")),
    region("Jayapura", "Asia/Jayapura", None),
];

const fn person(
    username: &'static str,
    [first_name, last_name]: [&'static str; 2],
    time_zone: &'static str,
    language: &'static str,
    follows: &'static [&'static str],
) -> Person {
    Person {
        username,
        first_name,
        last_name,
        time_zone,
        language,
        follows,
    }
}

pub(super) const PEOPLE: &[Person] = &[
    person(
        "ayu",
        ["Ayu", "Lestari"],
        "Asia/Jakarta",
        "id",
        &["Jakarta", "Bandung"],
    ),
    person("budi", ["Budi", "Santoso"], "Asia/Jakarta", "id", &["Bandung"]),
    person(
        "citra",
        ["Citra", "Wulandari"],
        "Asia/Jakarta",
        "id",
        &["Bandung", "Bandung Utara"],
    ),
    person(
        "dewi",
        ["Dewi", "Anggraini"],
        "Asia/Makassar",
        "id",
        &["Denpasar", "Denpasar Selatan"],
    ),
    person(
        "eko",
        ["Eko", "Prasetyo"],
        "Asia/Jayapura",
        "id",
        &["Jayapura", "Bandung"],
    ),
    person(
        "fitri",
        ["Fitri", "Handayani"],
        "Asia/Jakarta",
        "id",
        &["Jakarta Selatan"],
    ),
    person(
        "gita",
        ["Gita", "Permata"],
        "Asia/Makassar",
        "id",
        &["Denpasar Selatan"],
    ),
    person(
        "hans",
        ["Hans", "Weber"],
        "Europe/Berlin",
        "en",
        &["Denpasar Selatan", "Bandung"],
    ),
    person(
        "iris",
        ["Iris", "Chen"],
        "Asia/Singapore",
        "en",
        &["Jakarta", "Jakarta Pusat"],
    ),
    person(
        "james",
        ["James", "O'Neill"],
        "Australia/Perth",
        "en",
        &["Bandung"],
    ),
    person(
        "kirana",
        ["Kirana", "Dwi"],
        "Asia/Jakarta",
        "en",
        &["Bandung", "Jayapura"],
    ),
    person(
        "lukas",
        ["Lukas", "Siregar"],
        "America/New_York",
        "en",
        &["Denpasar Selatan", "Jakarta"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_named_exists_before_it_is_used() {
        let known = |name: &str, regions: &[Region]| regions.iter().any(|region| region.name == name);
        for (index, region) in REGIONS.iter().enumerate() {
            assert!(
                region
                    .parent
                    .is_none_or(|parent| known(parent, &REGIONS[..index])),
                "{}",
                region.name
            );
        }
        let followed = PEOPLE.iter().flat_map(|person| person.follows);
        for name in followed.chain([&LIT_AGAIN, &DARK]) {
            assert!(known(name, REGIONS), "{name}");
        }
    }
}
