//! What is read beside messages that were found without their pages.

use std::collections::{BTreeSet, HashMap};

use kabar_domain::{
    ids::{NoticeId, PageId},
    news::Notice,
};
use serde::Deserialize;

use super::{Notices, answers::Answers, items::NoticeItem};
use crate::{Result, StoreError, keys};

/// What is read beside messages, to say what became of them and what they tell.
#[derive(Deserialize)]
#[serde(untagged)]
enum Beside {
    Notice(Box<NoticeItem>),
    Answers {
        pk: String,
        #[serde(flatten)]
        answers: Answers,
    },
}

impl Notices {
    /// The notices of these pages, and what the provider said of the pages' messages.
    pub(super) async fn beside(
        &self,
        pages: &BTreeSet<PageId>,
    ) -> Result<(HashMap<NoticeId, Notice>, HashMap<PageId, Answers>)> {
        let notices: BTreeSet<NoticeId> = pages.iter().map(|page| page.notice()).collect();
        let notices = notices.into_iter().map(keys::notice);
        let keys = notices.chain(pages.iter().copied().map(keys::answers));
        let (mut notices, mut answers) = (HashMap::new(), HashMap::new());
        for found in self.0.get_many(keys.collect(), false).await? {
            match found {
                Beside::Notice(item) => {
                    let (notice, _) = item.parts()?;
                    notices.insert(notice.id, notice);
                }
                Beside::Answers { pk, answers: said } => {
                    let page = keys::page_of(&pk).ok_or_else(|| StoreError::unreadable("a page"))?;
                    answers.insert(page, said);
                }
            }
        }
        Ok((notices, answers))
    }
}
