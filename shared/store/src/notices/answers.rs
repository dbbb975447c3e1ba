use std::collections::BTreeMap;

use kabar_domain::{ids::PageId, news::Answer};
use serde::{Deserialize, Serialize};

use crate::{
    Result,
    db::{Item, item},
    keys,
    keys::Key,
};

/// What the provider has said of a page's messages, by place from 1; zero where it has said nothing. One small item
/// for a whole page, so that a hundred deliveries that come together are one write.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Answers {
    pub(super) version: u64,
    #[serde(with = "serde_bytes")]
    by_place: Vec<u8>,
}

#[derive(Serialize)]
struct AnswersItem {
    pk: String,
    sk: String,
    #[serde(flatten)]
    answers: Answers,
}

impl Answers {
    /// What it said of the message at this place.
    pub(super) fn at(&self, place: u8) -> Result<Option<Answer>> {
        let number = usize::from(place)
            .checked_sub(1)
            .and_then(|index| self.by_place.get(index));
        let number = number.copied().filter(|number| *number > 0);
        Ok(number.map(Answer::numbered).transpose()?)
    }

    /// The same with what is new.
    pub(super) fn with(&self, news: &BTreeMap<u8, Answer>) -> Self {
        let mut by_place = self.by_place.clone();
        for (place, answer) in news {
            let index = usize::from(*place).saturating_sub(1);
            by_place.resize(by_place.len().max(index + 1), 0);
            by_place[index] = answer.number();
        }
        Self {
            version: self.version + 1,
            by_place,
        }
    }

    /// As they lie beside the page's rows.
    pub(super) fn into_item(self, page: PageId) -> Result<Item> {
        let Key { pk, sk } = keys::answers(page);
        item(&AnswersItem {
            pk,
            sk,
            answers: self,
        })
    }
}
