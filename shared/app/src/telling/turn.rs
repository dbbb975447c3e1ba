use std::{
    collections::HashMap,
    sync::atomic::{AtomicU32, Ordering},
};

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use kabar_courier::{
    Calendar, Envelope, Refused, mime,
    words::{Draft, Letter, Own, WordsError},
};
use kabar_domain::{
    ids::UserId,
    news::{Audience, IN_FLIGHT, News, Notice, Recipient, Status},
};
use kabar_store::{
    Result, StoreError,
    notices::{Claim, Outcome},
};

use super::{Sender, Subscription, contacts::Contact};

/// One sender's turn at one page.
pub(super) struct Turn<'a> {
    pub(super) sender: &'a Sender,
    pub(super) claim: &'a Claim,
    pub(super) notice: &'a Notice,
    /// What is to be said, or why nothing is.
    pub(super) said: std::result::Result<Said<'a>, &'static str>,
    /// The people of the page who are still in the audience.
    pub(super) contacts: HashMap<UserId, Contact>,
    /// Those of them who do not want to be told, or cannot be, with the reason.
    pub(super) silenced: HashMap<UserId, String>,
    /// How many mails are still to go.
    pub(super) ahead: AtomicU32,
    /// When the turn is over: nothing is begun after.
    pub(super) stop: Timestamp,
}

/// What a page says.
pub(super) struct Said<'a> {
    /// The news as it is by now.
    pub(super) news: &'a News,
    /// Its words in the page's language, by the page's clock.
    pub(super) draft: Draft<'a>,
}

impl Turn<'_> {
    /// Brings the messages that have no end yet to one, several at a time, in order of place; returns those that were
    /// tried. Each is recorded as soon as its outcome is known.
    pub(super) async fn run(&self, recorded: &HashMap<u8, Outcome>) -> Result<HashMap<u8, Outcome>> {
        let open = self.claim.page.places().filter_map(|(place, user)| {
            let before = recorded.get(&place);
            let is_open = before.is_none_or(|outcome| !outcome.status.is_terminal());
            is_open.then_some((place, user, before))
        });
        let open: Vec<_> = open.collect();
        let is_told = |user: &UserId| self.contacts.contains_key(user) && !self.silenced.contains_key(user);
        let ahead = open.iter().filter(|(_, user, _)| is_told(user)).count();
        self.ahead
            .store(u32::try_from(ahead).unwrap_or(u32::MAX), Ordering::Relaxed);
        stream::iter(open)
            .map(|(place, user, before)| self.bring_to_end(place, user, before))
            .buffer_unordered(IN_FLIGHT)
            .try_filter_map(|outcome| async { Ok(outcome) })
            .try_collect()
            .await
    }

    /// `None`: not begun, the turn is over.
    async fn bring_to_end(
        &self,
        place: u8,
        user: UserId,
        before: Option<&Outcome>,
    ) -> Result<Option<(u8, Outcome)>> {
        let mut outcome = Outcome {
            status: Status::Error,
            attempts: before.map_or(0, |outcome| outcome.attempts),
            sent_at: None,
            error: None,
            provider_id: None,
            in_doubt: before.is_some_and(|outcome| outcome.in_doubt) || self.claim.doubtful.contains(&place),
            claim: Some(self.claim.id),
        };
        let end = |status: Status, why: &str| (status, Some(why.to_owned()));
        (outcome.status, outcome.error) = if self.sender.world.now() >= self.notice.deadline {
            end(Status::Expired, "the deadline passed")
        } else if let Some(why) = self.silenced.get(&user) {
            end(Status::Suppressed, why)
        } else {
            match (&self.said, self.contacts.get(&user)) {
                (Err(why), _) => end(Status::Cancelled, why),
                (Ok(_), None) => end(Status::Cancelled, self.left()),
                (Ok(said), Some(contact)) => match self.tell(place, said, contact, &mut outcome).await? {
                    Some(end) => end,
                    None => return Ok(None),
                },
            }
        };
        let message = self.claim.page.id.message(place);
        if !self.sender.notices.record(message, &outcome).await? {
            // A sender that was taken for dead came back and was faster. What it recorded stands.
            let recorded = self
                .sender
                .notices
                .recorded(self.claim.page.id)
                .await?
                .remove(&place);
            outcome =
                recorded.ok_or_else(|| StoreError::Unreadable("a message without its row".to_owned()))?;
        }
        Ok(Some((place, outcome)))
    }

    /// Whether a person still reads the page's language by the page's clock: they may have changed since planning.
    fn is_as_planned(&self, recipient: &Recipient) -> bool {
        let page = &self.claim.page;
        recipient.language == page.language && recipient.zone == page.zone
    }

    /// Sends one message; being asked to slow down is waited out within the turn.
    async fn tell(
        &self,
        place: u8,
        said: &Said<'_>,
        contact: &Contact,
        outcome: &mut Outcome,
    ) -> Result<Option<(Status, Option<String>)>> {
        let recipient = &contact.recipient;
        let unsubscribe = self.unsubscribe(recipient.user);
        let message = self.claim.page.id.message(place);
        let (mut throttled, mut code) = (0, None);
        let mut more = self.ahead.fetch_sub(1, Ordering::Relaxed);
        loop {
            let pace = &self.sender.pace;
            if !pace.beat(self.claim.page.lane, more, self.stop).await? {
                return Ok(None);
            }
            more = 1;
            let now = self.sender.world.now();
            if now >= self.notice.deadline {
                return Ok(Some((Status::Expired, Some("the deadline passed".to_owned()))));
            }
            if now >= self.stop {
                return Ok(None);
            }
            // Drawn once the message may really go, and before it goes, so that a code that arrives is good.
            if let (News::PasswordReset { .. }, None) = (said.news, &code) {
                code = self.sender.reset_code(recipient, self.notice.deadline).await?;
                if code.is_none() {
                    let why = "the account has changed meanwhile".to_owned();
                    return Ok(Some((Status::Error, Some(why))));
                }
            }
            let envelope = Envelope {
                from: self.sender.email.from(),
                to: &recipient.email,
                message,
                kind: self.notice.news.kind(),
                unsubscribe: unsubscribe.as_deref(),
                date: now,
            };
            let own = Own {
                name: &recipient.first_name,
                code: code.as_deref(),
                tickets: &contact.tickets,
                unsubscribe: unsubscribe.as_deref(),
            };
            let calendar = Calendar::of(said.news, &own, &envelope);
            let written = self
                .letter(said, recipient, &own)
                .map_err(|e| e.to_string())
                .and_then(|letter| mime(&envelope, &letter, calendar.as_ref()).map_err(|e| e.to_string()));
            let written = match written {
                Ok(written) => written,
                Err(defect) => return Ok(Some((Status::Failed, Some(defect)))),
            };
            match self.sender.email.send(&recipient.email, message, written).await {
                Ok(provider_id) => {
                    outcome.attempts += 1;
                    outcome.sent_at = Some(self.sender.world.now());
                    outcome.provider_id = Some(provider_id);
                    return Ok(Some((Status::Sent, None)));
                }
                Err(Refused::Throttled) => {
                    throttled += 1;
                    tokio::time::sleep(self.sender.throttled(throttled)).await;
                }
                Err(Refused::Unknown(why)) => {
                    outcome.attempts += 1;
                    outcome.in_doubt = true;
                    return Ok(Some((Status::Error, Some(why))));
                }
                Err(Refused::Later(why)) => {
                    outcome.attempts += 1;
                    return Ok(Some((Status::Error, Some(why))));
                }
                Err(Refused::ForGood(why)) => {
                    outcome.attempts += 1;
                    return Ok(Some((Status::Failed, Some(why))));
                }
            }
        }
    }

    fn letter(
        &self,
        said: &Said<'_>,
        recipient: &Recipient,
        own: &Own<'_>,
    ) -> std::result::Result<Letter, WordsError> {
        if self.is_as_planned(recipient) {
            return said.draft.letter(own);
        }
        let words = &self.sender.words;
        let draft = words.draft(said.news, recipient.language, &recipient.zone);
        draft.letter(own)
    }

    /// Where a person asks to be told no more of this; nowhere, if they asked for it by what they did.
    fn unsubscribe(&self, user: UserId) -> Option<String> {
        let topic = self.notice.news.kind().topic()?;
        let about = Subscription {
            user,
            topic,
            channel: self.claim.page.channel,
        };
        Some(self.sender.links.unsubscribe(&about))
    }

    /// Why a person of the page has no contact any more.
    const fn left(&self) -> &'static str {
        match self.notice.audience {
            Audience::Followers(_) => "the person no longer follows the region",
            Audience::Holders(_) => "the person holds no ticket any more",
            Audience::Person(_) => "the account is gone",
        }
    }
}
