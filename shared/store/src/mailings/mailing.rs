use jiff::Timestamp;
use kabar_domain::{ids::MailingId, mailings::Mailing, news::Notice};

use super::{Mailings, mailing_item::MailingItem};
use crate::{
    List, Result, Window,
    db::{Transaction, keyed},
    keys,
    notices::Notices,
};

impl Mailings {
    /// Adds a mailing with the notice by which its people are told. Adding the very same one again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_mailing(&self, notices: &Notices, mailing: &Mailing, notice: &Notice) -> Result<()> {
        let writes = vec![self.0.put_new(listed(mailing)?)?, notices.put(notice)?];
        self.0.transact(writes).await.map(drop)
    }

    /// A mailing; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn mailing(&self, id: MailingId) -> Result<Option<Mailing>> {
        let found: Option<MailingItem> = self.0.get(keys::mailing(id)).await?;
        found.map(Mailing::try_from).transpose()
    }

    /// Mailings, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn mailings(&self, window: &Window) -> Result<List<Mailing>> {
        let key_of = |sort: &str| Some(keys::mailing(MailingId::parse(sort)?));
        let sort_of = |item: &MailingItem| item.id.clone();
        let listed = self.0.list(keys::MAILINGS, window, key_of, sort_of).await?;
        Ok(List {
            entries: listed
                .entries
                .into_iter()
                .map(Mailing::try_from)
                .collect::<Result<_>>()?,
            next: listed.next,
        })
    }

    /// Writes a mailing that still is the version `before`, and what its notice says with it. `again`: its audience is
    /// to be gone through once more. `false`: it is another version by now.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn change_mailing(
        &self,
        notices: &Notices,
        before: u64,
        after: &Mailing,
        notice: &Notice,
        again: bool,
    ) -> Result<bool> {
        let writes = vec![
            self.0.replace(listed(after)?, before)?,
            notices.rewrite(notice, again)?,
        ];
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Removes a mailing that still is this version. Its notice stays, with what became of its messages, and is gone
    /// through to end those that have no end. `false`: it is another version by now.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_mailing(&self, notices: &Notices, mailing: &Mailing, now: Timestamp) -> Result<bool> {
        let writes = vec![
            self.0
                .delete_version(keys::mailing(mailing.id), mailing.version)?,
            notices.go_through_again(mailing.notice, now)?,
        ];
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }
}

fn listed(mailing: &Mailing) -> Result<crate::db::Item> {
    let list = (keys::MAILINGS.to_owned(), mailing.id.to_string());
    keyed(keys::mailing(mailing.id), Some(list), &MailingItem::from(mailing))
}
