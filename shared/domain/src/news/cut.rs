use super::Addressee;
use crate::{Language, Zone};

/// The most people on a page: 100 ids of 16 bytes keep its item within two write units.
pub const PAGE_PEOPLE: usize = 100;

/// A person of an audience, as far as planning needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub to: Addressee,
    /// What they read.
    pub language: Language,
    /// Where their clock stands.
    pub zone: Zone,
}

/// People who will share a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// What they read.
    pub language: Language,
    /// Where their clocks stand.
    pub zone: Zone,
    /// Who they are, in the order of the audience.
    pub people: Vec<Addressee>,
}

/// Cuts an audience, which comes in order of language and zone, into slices of at most [`PAGE_PEOPLE`].
///
/// Unless the audience ends here (`is_last`), the last slice is left for the next cut, so that pages are full.
/// Keep `readers` longer than a page, or nothing is ever cut.
#[must_use]
pub fn cut(readers: &[Reader], is_last: bool) -> Vec<Slice> {
    let mut slices: Vec<Slice> = readers
        .chunk_by(|a, b| a.language == b.language && a.zone == b.zone)
        .flat_map(|same| same.chunks(PAGE_PEOPLE))
        .map(|people| Slice {
            language: people[0].language,
            zone: people[0].zone.clone(),
            people: people.iter().map(|reader| reader.to).collect(),
        })
        .collect();
    if !is_last
        && slices
            .last()
            .is_some_and(|slice| slice.people.len() < PAGE_PEOPLE)
    {
        slices.pop();
    }
    slices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;

    fn readers(groups: &[(Language, &str, usize)]) -> Vec<Reader> {
        let one = |(n, (language, zone)): (usize, (Language, &str))| Reader {
            to: Addressee::User(UserId::from_bytes((n as u128).to_be_bytes())),
            language,
            zone: Zone::parse(zone).unwrap(),
        };
        let all = groups
            .iter()
            .flat_map(|&(language, zone, n)| vec![(language, zone); n]);
        all.enumerate().map(one).collect()
    }

    fn sizes(slices: &[Slice]) -> Vec<usize> {
        slices.iter().map(|slice| slice.people.len()).collect()
    }

    #[test]
    fn a_slice_has_one_language_one_zone_and_at_most_a_hundred_people() {
        let all = readers(&[
            (Language::En, "Asia/Jakarta", 101),
            (Language::En, "Asia/Jayapura", 1),
            (Language::Id, "Asia/Jayapura", 200),
        ]);
        let slices = cut(&all, true);
        assert_eq!(sizes(&slices), [100, 1, 1, 100, 100]);
        let together: Vec<Addressee> = slices.into_iter().flat_map(|slice| slice.people).collect();
        assert_eq!(together, all.iter().map(|reader| reader.to).collect::<Vec<_>>());
    }

    #[test]
    fn a_slice_that_may_grow_is_left_for_the_next_cut() {
        let all = readers(&[(Language::En, "Asia/Jakarta", 250)]);
        assert_eq!(sizes(&cut(&all, false)), [100, 100]);
        assert_eq!(sizes(&cut(&all[..200], false)), [100, 100]);
        assert_eq!(sizes(&cut(&[], true)), [0; 0]);
    }
}
