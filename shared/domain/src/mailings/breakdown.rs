use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{OperatorCode, Tag};

/// How many tags are counted by name; clients with others are counted together.
pub const TAGS_COUNTED: usize = 100;

/// Who was told of a mailing, and when: the provider took a message to them, whatever came of it afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breakdown {
    /// How many in which hour, by its beginning.
    pub by_hour: BTreeMap<Timestamp, u32>,
    /// How many of which operator.
    pub by_operator: BTreeMap<OperatorCode, u32>,
    /// How many with which tag, of the first [`TAGS_COUNTED`] that came.
    pub by_tag: BTreeMap<Tag, u32>,
    /// How many with other tags.
    pub other_tags: u32,
    /// When the first was told.
    pub first_sent_at: Option<Timestamp>,
    /// When the last was.
    pub last_sent_at: Option<Timestamp>,
    /// How often the provider was asked to tell them.
    pub attempts: u32,
    /// How often a page was worked on.
    pub turns: u32,
}

impl Breakdown {
    /// Counts somebody who was told. `tags`: those that have a name already.
    pub fn add(&mut self, at: Timestamp, operator_code: &OperatorCode, tag: &Tag, tags: &BTreeMap<Tag, u32>) {
        *self.by_hour.entry(crate::news::hour_of(at)).or_default() += 1;
        *self.by_operator.entry(operator_code.clone()).or_default() += 1;
        let is_named = tags.contains_key(tag) || self.by_tag.contains_key(tag);
        let unnamed = self.by_tag.keys().filter(|own| !tags.contains_key(own)).count();
        if is_named || tags.len() + unnamed < TAGS_COUNTED {
            *self.by_tag.entry(tag.clone()).or_default() += 1;
        } else {
            self.other_tags += 1;
        }
        self.first_sent_at = self.first_sent_at.into_iter().chain([at]).min();
        self.last_sent_at = self.last_sent_at.into_iter().chain([at]).max();
    }

    /// How many were told.
    #[must_use]
    pub fn told(&self) -> u32 {
        self.by_hour.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_count_counts_everybody() {
        let (mut breakdown, tags) = (Breakdown::default(), BTreeMap::new());
        let codes = ["916", "903"].map(|code| OperatorCode::parse(code).unwrap());
        for number in 0..250i64 {
            let at = Timestamp::from_second(1_795_255_200 + number * 60).unwrap();
            let tag = Tag::parse(&format!("t{number}")).unwrap();
            breakdown.add(at, &codes[number as usize % 2], &tag, &tags);
        }
        assert_eq!((breakdown.told(), breakdown.by_hour.len()), (250, 5));
        assert_eq!(breakdown.by_operator.values().sum::<u32>(), 250);
        assert_eq!(
            (breakdown.by_tag.len(), breakdown.other_tags),
            (TAGS_COUNTED, 150)
        );
        let span = breakdown
            .last_sent_at
            .unwrap()
            .duration_since(breakdown.first_sent_at.unwrap());
        assert_eq!(span.as_mins(), 249);
    }

    #[test]
    fn a_tag_that_has_a_name_is_counted_by_it_however_many_there_are() {
        let named = |n: usize| (Tag::parse(&format!("t{n}")).unwrap(), 1);
        let tags: BTreeMap<Tag, u32> = (0..TAGS_COUNTED).map(named).collect();
        let mut breakdown = Breakdown::default();
        let code = OperatorCode::parse("916").unwrap();
        for tag in ["t7", "new"] {
            breakdown.add(Timestamp::UNIX_EPOCH, &code, &Tag::parse(tag).unwrap(), &tags);
        }
        assert_eq!((breakdown.by_tag.len(), breakdown.other_tags), (1, 1));
    }
}
