use std::collections::BTreeMap;

use jiff::Timestamp;
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
    /// When it said so, in seconds since 1970, four bytes a place; zero, or nothing, where that is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "serde_bytes")]
    times: Vec<u8>,
}

/// How many bytes a time has: enough until 2106.
const TIME_BYTES: usize = 4;

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

    /// When it said that.
    pub(super) fn time(&self, place: u8) -> Option<Timestamp> {
        let index = usize::from(place).checked_sub(1)?;
        let (times, _) = self.times.as_chunks::<TIME_BYTES>();
        let seconds = times.get(index).copied().map(u32::from_be_bytes)?;
        let known = Some(seconds).filter(|seconds| *seconds > 0)?;
        Timestamp::from_second(known.into()).ok()
    }

    /// The same with what is new.
    pub(super) fn with(&self, news: &BTreeMap<u8, (Answer, Timestamp)>) -> Self {
        let (mut by_place, mut times) = (self.by_place.clone(), self.times.clone());
        for (place, (answer, at)) in news {
            let index = usize::from(*place).saturating_sub(1);
            by_place.resize(by_place.len().max(index + 1), 0);
            by_place[index] = answer.number();
            let seconds = u32::try_from(at.as_second()).unwrap_or_default();
            let begin = index * TIME_BYTES;
            times.resize(times.len().max(begin + TIME_BYTES), 0);
            times[begin..begin + TIME_BYTES].copy_from_slice(&seconds.to_be_bytes());
        }
        Self {
            version: self.version + 1,
            by_place,
            times,
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
