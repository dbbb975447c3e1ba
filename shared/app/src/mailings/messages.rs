use kabar_domain::{
    ids::{MailingId, MessageId},
    mailings::Mailing,
    news::{Notice, Status},
};
use kabar_store::{List, Order, Window, notices::Message};

use crate::{App, Failure, Result};

/// How many mailings are looked into for one answer.
const MOST_MAILINGS: u16 = 20;

/// A message, and the mailing that it is of.
#[derive(Clone, Debug)]
pub struct MailedMessage {
    /// The mailing.
    pub mailing: Option<MailingId>,
    /// The message.
    pub message: Message,
}

/// How far a list of all messages went: the mailing, and the message of it if it goes on there.
#[derive(Clone, Copy, Debug)]
pub struct MessagePlace {
    /// The mailing.
    pub mailing: MailingId,
    /// The last message that was listed; nothing once all of its messages were.
    pub message: Option<MessageId>,
}

/// All of these are for staff, which the routes have made sure of.
impl App {
    /// What was told to whom by a mailing, by when it was planned; of all, or of those that stand at a status.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn mailing_messages(
        &self,
        id: MailingId,
        status: Option<Status>,
        window: &Window,
    ) -> Result<List<MailedMessage>> {
        let mailing = self.mailings.mailing(id).await?.ok_or(Failure::NotFound)?;
        self.messages_of(&mailing, status, window).await
    }

    async fn messages_of(
        &self,
        mailing: &Mailing,
        status: Option<Status>,
        window: &Window,
    ) -> Result<List<MailedMessage>> {
        let Some((_, plan)) = self.notices.notice(mailing.notice).await? else {
            let (entries, next) = (Vec::new(), None);
            return Ok(List { entries, next });
        };
        let found = self
            .notices
            .messages(mailing.notice, plan.pages, status, window)
            .await?;
        let mailed = |message| MailedMessage {
            mailing: Some(mailing.id),
            message,
        };
        Ok(List {
            entries: found.entries.into_iter().map(mailed).collect(),
            next: found.next,
        })
    }

    /// Messages of all mailings, by when those were made; returns where the list goes on.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn all_messages(
        &self,
        status: Option<Status>,
        (order, limit): (Order, u16),
        after: Option<MessagePlace>,
    ) -> Result<(Vec<MailedMessage>, Option<MessagePlace>)> {
        let mut found = Vec::new();
        let mut place = after;
        if let Some(MessagePlace {
            mailing,
            message: Some(message),
        }) = after
        {
            let part = Window {
                limit,
                after: Some(message.to_string()),
                order,
            };
            let mailing = self.mailings.mailing(mailing).await?;
            if let Some(mailing) = mailing {
                let next = self.take(&mailing, status, part, &mut found).await?;
                if next.message.is_some() {
                    return Ok((found, Some(next)));
                }
                place = Some(next);
            }
        }
        let window = Window {
            limit: MOST_MAILINGS,
            after: place.map(|place| place.mailing.to_string()),
            order,
        };
        let mailings = self.mailings.mailings(&window).await?;
        for mailing in &mailings.entries {
            let left = usize::from(limit).saturating_sub(found.len());
            let Some(left) = u16::try_from(left).ok().filter(|left| *left > 0) else {
                return Ok((found, place));
            };
            let part = Window {
                order,
                ..Window::first(left)
            };
            let next = self.take(mailing, status, part, &mut found).await?;
            place = Some(next);
            if next.message.is_some() {
                return Ok((found, place));
            }
        }
        Ok((found, place.filter(|_| mailings.next.is_some())))
    }

    /// Takes messages of one mailing into a list, and says where it goes on.
    async fn take(
        &self,
        mailing: &Mailing,
        status: Option<Status>,
        window: Window,
        found: &mut Vec<MailedMessage>,
    ) -> Result<MessagePlace> {
        let List { entries, next } = self.messages_of(mailing, status, &window).await?;
        found.extend(entries);
        Ok(MessagePlace {
            mailing: mailing.id,
            message: next.as_deref().and_then(MessageId::parse),
        })
    }

    /// A message, of a mailing or of anything else, with its notice.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn message(&self, id: MessageId) -> Result<(Message, Notice)> {
        let message = self.notices.message(id).await?.ok_or(Failure::NotFound)?;
        let (notice, _) = self
            .notices
            .notice(id.page().notice())
            .await?
            .ok_or(Failure::NotFound)?;
        Ok((message, notice))
    }
}
