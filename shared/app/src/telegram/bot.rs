//! What is said to the bot, and what it answers.

use jiff::Timestamp;
use kabar_courier::words::{Reply, reply};
use kabar_domain::{
    Language, Zone,
    ids::RegionId,
    telegram::{ChatId, Command, Inactive, Subscriber},
};
use kabar_store::power::{Chat, Connection};

use super::link::hash;
use crate::{App, Expected, Failure, Result};

/// What somebody said, as Telegram delivers it: at least once, and again for a day until it is answered.
#[derive(Clone, Debug)]
pub struct Message {
    /// The number of the update.
    pub update: i64,
    /// Where.
    pub chat: ChatId,
    /// What the chat is called; perhaps empty.
    pub title: String,
    /// What its writer's Telegram speaks, if Kabar does too.
    pub language: Option<Language>,
    /// What was said.
    pub text: String,
}

/// What the bot says to it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Where.
    pub chat: ChatId,
    /// What, in the HTML that Telegram knows.
    pub html: String,
}

impl App {
    /// Does what a message asks, once however often it is delivered, and answers in its reader's language. Nothing: it was
    /// not said to the bot.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn hear(&self, message: &Message) -> Result<Option<Heard>> {
        let Some(command) = Command::parse(&message.text, self.bot().await?.name()) else {
            return Ok(None);
        };
        let (said, language, zone) = Expected::Any.settle(|| self.answer(message, &command)).await?;
        let html = reply(&said, language, &zone);
        let html = html.map_err(|error| Failure::Defect(error.to_string()))?;
        Ok(Some(Heard {
            chat: message.chat,
            html,
        }))
    }

    async fn answer(&self, message: &Message, command: &Command) -> Result<(Reply, Language, Zone)> {
        let now = self.world.now();
        let before = self.grid.chat(message.chat).await?;
        let known = before.as_ref().map(|chat| &chat.subscriber);
        let (reply, after) = match (command, known) {
            (Command::Start(Some(word)), _) => match RegionId::parse(word) {
                Some(region) => self.follow_here(message, region, before.as_ref(), now).await?,
                None => self.connect(message, word, before.as_ref(), now).await?,
            },
            (Command::Start(None), Some(known)) => {
                let after = known.clone().turned(None, now);
                (
                    Reply::Again,
                    Some(self.keep(message.update, before.as_ref(), after, now).await?),
                )
            }
            (Command::Start(None) | Command::Stop | Command::Speak(_), None) => {
                (Reply::Welcome(message.chat), None)
            }
            (Command::Stop, Some(known)) => {
                let after = known.clone().turned(Some(Inactive::Stopped), now);
                (
                    Reply::Stopped,
                    Some(self.keep(message.update, before.as_ref(), after, now).await?),
                )
            }
            (Command::Speak(language), Some(known)) => {
                let after = Subscriber {
                    language: *language,
                    ..known.clone()
                };
                (
                    Reply::Language,
                    Some(self.keep(message.update, before.as_ref(), after, now).await?),
                )
            }
            (Command::Status, Some(known)) => (self.power_now(known).await?, None),
            (Command::History, Some(known)) => (self.last_outages(known).await?, None),
            (Command::Homes, Some(known)) => (self.homes_now(known).await?, None),
            (Command::Status | Command::History | Command::Homes, None) => {
                (Reply::Welcome(message.chat), None)
            }
            (Command::Other, _) => (Reply::Help, None),
        };
        let reader = after.as_ref().or(known);
        let language = reader.map(|chat| chat.language).or(message.language);
        let zone = reader.map_or_else(Zone::utc, |chat| chat.zone.clone());
        Ok((reply, language.unwrap_or_default(), zone))
    }

    /// Writes a chat as a message asks, also if that changes nothing: when the message comes again, another may have been
    /// acted on since.
    pub(super) async fn keep(
        &self,
        update: i64,
        before: Option<&Chat>,
        after: Subscriber,
        now: Timestamp,
    ) -> Result<Subscriber> {
        if self.grid.save_chat_once(update, before, &after, now).await?
            || self.grid.knows_update(update).await?
        {
            return Ok(after);
        }
        Err(Failure::Changed)
    }

    /// Makes a chat that of whoever made the link. The same link in the same chat is good again, for an answer may be lost.
    async fn connect(
        &self,
        message: &Message,
        token: &str,
        before: Option<&Chat>,
        now: Timestamp,
    ) -> Result<(Reply, Option<Subscriber>)> {
        let hash = hash(token);
        let Some(link) = self.grid.link(&hash, now).await? else {
            return Ok((Reply::BadLink, None));
        };
        match (link.used, before) {
            (Some(used), Some(chat)) if used == chat.subscriber.id => return Ok((Reply::Connected, None)),
            (Some(_), _) => return Ok((Reply::BadLink, None)),
            (None, _) => {}
        }
        let Some(account) = self.people.account(link.user).await? else {
            return Ok((Reply::BadLink, None));
        };
        let profile = account.user.profile;
        let known = before.map(|chat| chat.subscriber.clone().turned(None, now));
        let new = || Subscriber::new(message.chat, profile.language, profile.zone.clone(), now);
        let mut after = known.unwrap_or_else(new);
        after.user = Some(link.user);
        if after.title.is_empty() {
            after.title.clone_from(&message.title);
        }
        // Who connects a chat reads what they read elsewhere, until they say otherwise here.
        if after.regions.is_none() {
            (after.language, after.zone) = (profile.language, profile.zone.clone());
        }
        let old = self.grid.chat_of(link.user).await?;
        let connection = Connection {
            link: &hash,
            before,
            after: &after,
            old: old.as_ref().filter(|old| old.subscriber.id != after.id),
        };
        if self.grid.connect(link.user, &connection, now).await? {
            Ok((Reply::Connected, Some(after)))
        } else {
            Err(Failure::Changed)
        }
    }
}
