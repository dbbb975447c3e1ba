//! How a message leaves: what it says is written for its channel, and handed to the provider.

use jiff::{SignedDuration, Timestamp};
use kabar_courier::{
    Calendar, EmailChannel, Envelope, Refused, SmsChannel, TelegramChannel, mime,
    words::{Draft, Letter, Own, Words, WordsError},
};
use kabar_domain::{
    ids::MessageId,
    news::{News, Page},
};
use kabar_store::power::Chat;

use super::{LetterWriter, contacts::Contact, letter_writer::personal};

/// What messages leave by.
pub enum Carrier {
    /// By mail.
    Email(Box<Post>),
    /// By text message.
    Sms(Box<SmsChannel>),
    /// By a message in Telegram.
    Telegram(Box<ChatPost>),
}

/// What it takes to send mail.
pub struct Post {
    /// How mail leaves.
    pub channel: EmailChannel,
    /// What mail says.
    pub writer: LetterWriter,
}

/// What it takes to write to chats.
pub struct ChatPost {
    /// How messages leave.
    pub channel: TelegramChannel,
    /// What they say.
    pub words: Words,
}

/// What a page says.
pub(super) struct Said<'a> {
    /// The news as it is by now.
    pub(super) news: &'a News,
    /// Its words in the page's language, by the page's clock; a text message has none but the news' own.
    pub(super) draft: Option<Draft<'a>>,
    /// For how long there had been power before it went, if that is known.
    pub(super) lit: Option<SignedDuration>,
}

/// A message on its way.
pub(super) struct Outgoing<'a> {
    pub(super) id: MessageId,
    pub(super) page: &'a Page,
    pub(super) said: &'a Said<'a>,
    pub(super) contact: &'a Contact,
    /// The chat, as it is by now.
    pub(super) chat: Option<&'a Chat>,
    pub(super) code: Option<&'a str>,
    pub(super) now: Timestamp,
}

impl Carrier {
    /// What a page says.
    pub(super) fn say<'a>(&'a self, news: &'a News, page: &Page, lit: Option<SignedDuration>) -> Said<'a> {
        let draft = match self {
            Self::Email(post) => Some(post.writer.draft(news, page.language, &page.zone)),
            Self::Telegram(post) => Some(post.words.draft(news, page.language, &page.zone)),
            Self::Sms(_) => None,
        };
        Said { news, draft, lit }
    }

    /// Writes a message and hands it to the provider; returns the provider's name for it.
    pub(super) async fn carry(&self, message: &Outgoing<'_>) -> Result<String, Refused> {
        // Words that are each reader's own are written for each.
        let own = message
            .contact
            .client
            .as_ref()
            .map(|client| personal(message.said.news, client));
        let news = own.as_ref().unwrap_or(message.said.news);
        let recipient = &message.contact.recipient;
        match self {
            Self::Email(post) => post.mail(message, news, own.is_some()).await,
            Self::Sms(channel) => {
                let (Some(phone), News::Mailing { text, .. }) = (&recipient.phone, news) else {
                    return Err(Refused::ForGood(
                        "there is no phone, or nothing for one".to_owned(),
                    ));
                };
                channel.send(phone, message.id, text.as_str()).await
            }
            Self::Telegram(post) => {
                let Some(chat) = message.chat else {
                    return Err(Refused::ForGood("there is no chat".to_owned()));
                };
                let written = post
                    .words_for(message)
                    .map_err(|error| Refused::ForGood(error.to_string()))?;
                post.channel.send(chat.subscriber.chat, &written).await
            }
        }
    }
}

impl ChatPost {
    /// In the words of the page, unless the reader has changed since planning.
    fn words_for(&self, message: &Outgoing<'_>) -> Result<String, WordsError> {
        let (page, recipient) = (message.page, &message.contact.recipient);
        let is_as_planned = recipient.language == page.language && recipient.zone == page.zone;
        match &message.said.draft {
            Some(draft) if is_as_planned => draft.chat(message.said.lit),
            _ => self
                .words
                .draft(message.said.news, recipient.language, &recipient.zone)
                .chat(message.said.lit),
        }
    }
}

impl Post {
    async fn mail(&self, message: &Outgoing<'_>, news: &News, is_own: bool) -> Result<String, Refused> {
        let Contact {
            recipient, tickets, ..
        } = message.contact;
        let Some(to) = &recipient.email else {
            return Err(Refused::ForGood("there is no address".to_owned()));
        };
        let unsubscribe = self
            .writer
            .unsubscribe(news.kind(), message.page.channel, recipient.to);
        let link = self.writer.link(news.kind(), recipient.to, message.id);
        let envelope = Envelope {
            from: self.channel.from(),
            to,
            message: message.id,
            kind: news.kind(),
            unsubscribe: unsubscribe.as_deref(),
            date: message.now,
        };
        let own = Own {
            name: &recipient.first_name,
            code: message.code,
            tickets,
            unsubscribe: unsubscribe.as_deref(),
            link: link.as_deref(),
        };
        let calendar = Calendar::of(news, &own, &envelope);
        let written = self
            .letter(message, news, is_own, &own)
            .map_err(|e| e.to_string())
            .and_then(|letter| mime(&envelope, &letter, calendar.as_ref()).map_err(|e| e.to_string()));
        self.channel
            .send(to, message.id, written.map_err(Refused::ForGood)?)
            .await
    }

    /// In the words of the page, unless they are this reader's own, or the reader has changed since planning.
    fn letter(
        &self,
        message: &Outgoing<'_>,
        news: &News,
        is_own: bool,
        own: &Own<'_>,
    ) -> Result<Letter, WordsError> {
        let (page, recipient) = (message.page, &message.contact.recipient);
        let is_as_planned = recipient.language == page.language && recipient.zone == page.zone;
        match &message.said.draft {
            Some(draft) if is_as_planned && !is_own => draft.letter(own),
            _ => self.writer.letter(news, recipient, own),
        }
    }
}
