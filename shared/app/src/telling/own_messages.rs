//! What people with an account were told, for themselves.

use kabar_courier::words::Own;
use kabar_domain::{
    ids::MessageId,
    news::{News, Notice, Page, Recipient},
    people::{Caller, User},
    power::Channel,
};
use kabar_store::{List, Window, notices::OwnMessage};

use super::{
    MessageCopy,
    contacts::{event_of, tickets_of},
    reaching::lit,
};
use crate::{App, Failure, Result};

/// What stands for a code: it was drawn when the letter was sent, and only its hash is kept.
const CODE: &str = "\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}";

impl App {
    /// What the caller was told or was to be told, by mail and in the chat of theirs, the newest first, as soon as
    /// something has become of it.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn own_messages(&self, caller: &Caller, window: &Window) -> Result<List<OwnMessage>> {
        Ok(self.notices.messages_of(caller.user, window).await?)
    }

    /// A message of the caller's.
    ///
    /// # Errors
    /// [`Failure::NotFound`], also where it is somebody else's.
    pub async fn own_message(&self, caller: &Caller, id: MessageId) -> Result<OwnMessage> {
        Ok(self.with_page(caller, id).await?.0)
    }

    async fn with_page(&self, caller: &Caller, id: MessageId) -> Result<(OwnMessage, Page)> {
        let found = self.notices.message_of(caller.user, id).await?;
        found.ok_or(Failure::NotFound)
    }

    /// A message of the caller's as it was worded, made again from its notice in the language and by the clock that it was
    /// planned for. Their name and their tickets are those of today, and a code is not shown.
    ///
    /// # Errors
    /// [`Failure::NotFound`], or [`Failure::Conflict`] when it was not sent.
    pub async fn own_copy(&self, caller: &Caller, id: MessageId) -> Result<MessageCopy> {
        let (own, page) = self.with_page(caller, id).await?;
        if own.outcome.sent_at.is_none() {
            return Err(Failure::Conflict(
                "The message was not sent, so that there is no copy.",
            ));
        }
        match page.channel {
            Channel::Telegram => self.chat_copy(&own.notice, &page).await,
            Channel::Email | Channel::Sms => {
                let account = self.people.account(caller.user).await?;
                let user = account.ok_or(Failure::NotLoggedIn)?.user;
                self.letter_copy(user, &own.notice.news, &page, Some(id)).await
            }
        }
    }

    async fn chat_copy(&self, notice: &Notice, page: &Page) -> Result<MessageCopy> {
        let lit = lit(&self.grid, notice).await?;
        let writer = self.letter_writer().await?;
        let html = writer.draft(&notice.news, page.language, &page.zone).chat(lit)?;
        Ok(MessageCopy {
            html: Some(html),
            ..MessageCopy::default()
        })
    }

    /// A letter as it was worded, with its links where its id is given.
    pub(super) async fn letter_copy(
        &self,
        user: User,
        news: &News,
        page: &Page,
        id: Option<MessageId>,
    ) -> Result<MessageCopy> {
        let mut tickets = match event_of(news) {
            Some(event) => tickets_of(&self.events, event, user.id).await?,
            None => Default::default(),
        };
        let tickets = tickets.remove(&user.id).unwrap_or_default();
        let to = Recipient {
            language: page.language,
            zone: page.zone.clone(),
            ..Recipient::from(user)
        };
        let writer = self.letter_writer().await?;
        let unsubscribe = id.and_then(|_| writer.unsubscribe(news.kind(), page.channel, to.to));
        let link = id.and_then(|id| writer.link(news.kind(), to.to, id));
        let own = Own {
            name: &to.first_name,
            code: Some(CODE),
            tickets: &tickets,
            unsubscribe: unsubscribe.as_deref(),
            link: link.as_deref(),
        };
        Ok(writer.letter(news, &to, &own)?.into())
    }
}
