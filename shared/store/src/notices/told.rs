use std::collections::HashMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use kabar_domain::{
    ids::NoticeId,
    news::{Notice, Plan, Tally},
};

use super::{
    Notices,
    items::NoticeItem,
    ledger::{Ledger, LedgerItem},
};
use crate::{
    List, Result, StoreError, Window,
    db::{item, read, s},
    keys,
};

/// How often the counters are read that change while they are read.
const MOST_READS: u32 = 5;

/// A notice, how far it is planned, and what became of its messages so far.
#[derive(Clone, Debug)]
pub struct Told {
    /// What was to be told to whom.
    pub notice: Notice,
    /// How far it is planned.
    pub plan: Plan,
    /// Where its messages stand: now, or as of the last turn of each page.
    pub tally: Tally,
}

impl Told {
    /// Whether its whole audience is planned, and every message has come to an end.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.plan.is_complete && self.tally.ended() == self.plan.people
    }
}

impl Notices {
    /// Writes a new notice that tells of no change. Writing the very same one again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add(&self, notice: &Notice) -> Result<()> {
        self.0.transact(vec![self.put(notice)?]).await.map(drop)
    }

    /// The write of a new notice, for the transaction of the change that it tells of.
    pub(crate) fn put(&self, notice: &Notice) -> Result<TransactWriteItem> {
        self.0.put_new(item(&NoticeItem::from(notice))?)
    }

    /// The check that there is no such notice, for a transaction that would be like another one but has nothing to
    /// tell.
    pub(crate) fn put_nothing(&self, id: NoticeId) -> Result<TransactWriteItem> {
        self.0.check_absent(keys::notice(id))
    }

    /// A notice and its plan; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn notice(&self, id: NoticeId) -> Result<Option<(Notice, Plan)>> {
        let found: Option<NoticeItem> = self.0.get(keys::notice(id)).await?;
        found.map(NoticeItem::parts).transpose()
    }

    /// A notice with its counters, exact at this moment: one read, and while pages are in the lane one for each of
    /// them and one more.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn told(&self, id: NoticeId) -> Result<Option<Told>> {
        let Some((notice, plan, ledger)) = self.with_ledger(id).await? else {
            return Ok(None);
        };
        let tally = self.exact(id, ledger).await?;
        Ok(Some(Told { notice, plan, tally }))
    }

    /// A notice with its counters as of the last turn of each page; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn counted(&self, id: NoticeId) -> Result<Option<Told>> {
        let found = self.with_ledger(id).await?;
        Ok(found.map(|(notice, plan, ledger)| Told {
            notice,
            plan,
            tally: ledger.tally,
        }))
    }

    async fn with_ledger(&self, id: NoticeId) -> Result<Option<(Notice, Plan, Ledger)>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :notice")
            .expression_attribute_values(":notice", s(keys::notice(id).pk))
            .consistent_read(true);
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let mut items = answer.items.unwrap_or_default().into_iter();
        let Some(first) = items.next() else {
            return Ok(None);
        };
        let (notice, plan) = read::<NoticeItem>(first)?.parts()?;
        let ledger: Option<LedgerItem> = items.next().map(read).transpose()?;
        let ledger = ledger.map(|item| item.into_ledger(id)).unwrap_or_default();
        Ok(Some((notice, plan, ledger)))
    }

    /// Where the messages of a notice stand now: the ledger, and what has been recorded since of the pages that are in
    /// the lane. Read again if a page left its lane meanwhile.
    async fn exact(&self, id: NoticeId, mut ledger: Ledger) -> Result<Tally> {
        for _ in 0..MOST_READS {
            let mut tally = ledger.tally.clone();
            let mut in_lane = ledger.slots.iter().flatten().peekable();
            if in_lane.peek().is_none() {
                return Ok(tally);
            }
            for page in in_lane {
                if let Some(record) = self.page_record(*page).await? {
                    tally.replace(&record.counted, &record.tally()?);
                }
            }
            let again = self.ledger(id).await?;
            if again.is_as(&ledger) {
                return Ok(tally);
            }
            ledger = again;
        }
        Ok(ledger.tally)
    }

    /// Notices, the newest first, with their counters; two reads, and one more for every further hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn list(&self, window: &Window) -> Result<List<Told>> {
        let key_of = |sort: &str| Some(keys::notice(NoticeId::parse(sort)?));
        let listed = self
            .0
            .list(keys::NOTICES, window, key_of, |item: &NoticeItem| item.id.clone())
            .await?;
        let parts = listed
            .entries
            .into_iter()
            .map(NoticeItem::parts)
            .collect::<Result<_>>()?;
        Ok(List {
            entries: self.with_tallies(parts).await?,
            next: listed.next,
        })
    }

    /// These notices with their counters, in no order; two reads for every hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn told_many(&self, ids: Vec<NoticeId>) -> Result<Vec<Told>> {
        let keys = ids.into_iter().map(keys::notice).collect();
        let found: Vec<NoticeItem> = self.0.get_many(keys, true).await?;
        let parts = found.into_iter().map(NoticeItem::parts).collect::<Result<_>>()?;
        self.with_tallies(parts).await
    }

    async fn with_tallies(&self, parts: Vec<(Notice, Plan)>) -> Result<Vec<Told>> {
        let mut tallies = self.tallies(parts.iter().map(|(notice, _)| notice.id)).await?;
        let told = parts.into_iter().map(|(notice, plan)| {
            let tally = tallies.remove(&notice.id).unwrap_or_default();
            Told { notice, plan, tally }
        });
        Ok(told.collect())
    }

    /// The counters of these notices, as of the last turn of each page; one read for every hundred. Those of which
    /// nothing is counted are left out.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn tallies(
        &self,
        notices: impl IntoIterator<Item = NoticeId>,
    ) -> Result<HashMap<NoticeId, Tally>> {
        let keys: Vec<_> = notices.into_iter().map(keys::tally).collect();
        let mut tallies = HashMap::with_capacity(keys.len());
        for hundred in keys.chunks(100) {
            for item in self.0.get_many::<LedgerItem>(hundred.to_vec(), false).await? {
                let id = keys::notice_of(&item.pk).ok_or_else(|| StoreError::unreadable("a ledger"))?;
                tallies.insert(id, item.into_ledger(id).tally);
            }
        }
        Ok(tallies)
    }
}
