use kabar_courier::words::{Draft, Letter, Own, Words, WordsError};
use kabar_domain::{
    Language, Zone,
    ids::MessageId,
    mailings::Client,
    news::{Addressee, Kind, News, Recipient},
    power::Channel,
};

use super::{Links, MessageCopy, SentLetter, Subscription};

/// Writes letters: those that leave, and those that are only looked at.
pub struct LetterWriter {
    words: Words,
    links: Links,
}

impl LetterWriter {
    /// A writer of letters with these links, where people ask to be told no more.
    #[must_use]
    pub fn new(links: Links) -> Self {
        let words = Words::default();
        Self { words, links }
    }

    /// What this news is to readers of this language, by the clock of this zone.
    pub(super) fn draft(&self, news: &News, language: Language, zone: &Zone) -> Draft<'_> {
        self.words.draft(news, language, zone)
    }

    /// The letter to one reader.
    pub(super) fn letter(&self, news: &News, to: &Recipient, own: &Own<'_>) -> Result<Letter, WordsError> {
        self.draft(news, to.language, &to.zone).letter(own)
    }

    /// What a client reads of a mailing, with where they ask to be told no more.
    pub(crate) fn copy_for_client(
        &self,
        news: &News,
        client: &Client,
        unsubscribe: Option<&str>,
    ) -> Result<MessageCopy, WordsError> {
        let own_news = personal(news, client);
        if let News::Mailing {
            channel: Channel::Sms,
            text,
            ..
        } = own_news
        {
            return Ok(MessageCopy {
                text: Some(text.as_str().to_owned()),
                ..MessageCopy::default()
            });
        }
        let to = Recipient::from(client);
        let own = Own {
            name: &to.first_name,
            unsubscribe,
            ..Own::default()
        };
        Ok(self.letter(&own_news, &to, &own)?.into())
    }

    /// Where a person asks to be told no more of this; nowhere, if they asked for it by what they did.
    pub(crate) fn unsubscribe(&self, kind: Kind, channel: Channel, person: Addressee) -> Option<String> {
        let topic = kind.topic()?;
        let about = Subscription {
            person,
            topic,
            channel,
        };
        Some(self.links.unsubscribe(&about))
    }

    /// Where a person reads a letter again; nowhere, if it carries a secret.
    pub(super) fn link(&self, kind: Kind, person: Addressee, message: MessageId) -> Option<String> {
        let letter = SentLetter { person, message };
        kind.has_link().then(|| self.links.letter(&letter))
    }
}

/// News as a client reads it.
pub(super) fn personal(news: &News, client: &Client) -> News {
    match news {
        News::Mailing {
            mailing,
            channel,
            subject,
            text,
        } => News::Mailing {
            mailing: *mailing,
            channel: *channel,
            subject: subject.as_ref().map(|subject| subject.filled(client)),
            text: text.filled(client),
        },
        other => other.clone(),
    }
}
