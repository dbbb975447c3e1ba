use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use kabar_courier::Refused;
use kabar_domain::{
    ids::UserId,
    mailings::LocalWindow,
    news::{Addressee, Audience, IN_FLIGHT, News, Notice, Recipient, Status},
};
use kabar_store::{
    Result, StoreError,
    notices::{About, Claim, Outcome},
};

use super::{
    Sender,
    carrier::{Outgoing, Said},
    contacts::Contact,
};

/// One sender's turn at one page.
pub(super) struct Turn<'a> {
    pub(super) sender: &'a Sender,
    pub(super) claim: &'a Claim,
    pub(super) notice: &'a Notice,
    /// What is to be said, or why nothing is.
    pub(super) said: std::result::Result<Said<'a>, &'static str>,
    /// The people of the page who are still in the audience.
    pub(super) contacts: HashMap<Addressee, Contact>,
    /// Those of them who do not want to be told, or cannot be, with the reason.
    pub(super) silenced: HashMap<Addressee, String>,
    /// How many mails are still to go.
    pub(super) ahead: AtomicU32,
    /// When the turn is over: nothing is begun after.
    pub(super) stop: Timestamp,
    /// At which hours of their day people may be told.
    pub(super) window: Option<LocalWindow>,
    /// When those may be told whose hour it is not, by place.
    pub(super) asleep: Mutex<BTreeMap<u8, Timestamp>>,
    /// When the provider takes messages again that it was asked to take too fast, and it is longer than the turn.
    pub(super) throttled: Mutex<Vec<Timestamp>>,
}

/// How a message ended, and why.
pub(super) type End = (Status, Option<String>);

/// What a turn did.
pub(super) struct Turned {
    /// What came of the messages that were tried, by place.
    pub(super) outcomes: HashMap<u8, Outcome>,
    /// Those whose people sleep, and when they may be told.
    pub(super) asleep: BTreeMap<u8, Timestamp>,
    /// When the provider takes messages again, if it is longer than the turn.
    pub(super) throttled: Option<Timestamp>,
    /// How many it did not get to.
    pub(super) unreached: usize,
    /// Whether it was for those whom nobody had tried to tell: what failed once is not tried while there are such.
    pub(super) is_first_try: bool,
}

impl Turn<'_> {
    /// Brings messages that have no end yet to one, several at a time, in order of place: those that nobody has tried, or
    /// when all have been tried, those that failed. Each is recorded as soon as its outcome is known.
    pub(super) async fn run(&self, recorded: &HashMap<u8, Outcome>) -> Result<Turned> {
        let open = self.claim.page.places().filter_map(|(place, to)| {
            let before = recorded.get(&place);
            let is_open = before.is_none_or(|outcome| !outcome.status.is_terminal());
            is_open.then_some((place, to, before))
        });
        let mut open: Vec<_> = open.collect();
        let is_first_try = self.may_tell()
            && open
                .iter()
                .any(|(_, to, before)| before.is_none() && self.is_awake(to));
        if is_first_try {
            open.retain(|(_, _, before)| before.is_none());
        }
        let (wanted, is_told) = (open.len(), |to: &Addressee| {
            self.contacts.contains_key(to) && !self.silenced.contains_key(to)
        });
        let ahead = open.iter().filter(|(_, to, _)| is_told(to)).count();
        self.ahead
            .store(u32::try_from(ahead).unwrap_or(u32::MAX), Ordering::Relaxed);
        let outcomes: HashMap<u8, Outcome> = stream::iter(open)
            .map(|(place, to, before)| self.bring_to_end(place, to, before))
            .buffer_unordered(IN_FLIGHT)
            .try_filter_map(|outcome| async { Ok(outcome) })
            .try_collect()
            .await?;
        let asleep = std::mem::take(&mut *self.asleep.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(Turned {
            unreached: wanted - outcomes.len() - asleep.len(),
            throttled: noted(&self.throttled).1,
            outcomes,
            asleep,
            is_first_try,
        })
    }

    /// Whether anybody can be told: otherwise every message that has no end comes to one.
    fn may_tell(&self) -> bool {
        self.said.is_ok() && self.sender.world.now() < self.notice.deadline
    }

    /// `None`: not begun, for the turn is over, or it is not the person's hour.
    async fn bring_to_end(
        &self,
        place: u8,
        to: Addressee,
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
            about: self.contacts.get(&to).and_then(about),
            user: to.user().or_else(|| self.contacts.get(&to).and_then(owner)),
        };
        let end = |status: Status, why: &str| (status, Some(why.to_owned()));
        (outcome.status, outcome.error) = if self.sender.world.now() >= self.notice.deadline {
            end(Status::Expired, "the deadline passed")
        } else if let Some(why) = self.silenced.get(&to) {
            end(Status::Suppressed, why)
        } else {
            match (&self.said, self.contacts.get(&to)) {
                (Err(why), _) => end(Status::Cancelled, why),
                (Ok(_), None) => end(Status::Cancelled, self.left()),
                (Ok(_), Some(contact)) if self.sleeps(place, &contact.recipient, self.sender.world.now()) => {
                    return Ok(None);
                }
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

    /// Sends one message; being asked to slow down is waited out within the turn.
    async fn tell(
        &self,
        place: u8,
        said: &Said<'_>,
        contact: &Contact,
        outcome: &mut Outcome,
    ) -> Result<Option<End>> {
        let (mut throttled, mut code, mut moves) = (0, None, false);
        // One that moves is followed within the turn.
        let mut chat = contact.chat.clone();
        if let Some(chat) = &chat
            && !self.sender.rest(chat, self.stop).await?
        {
            return Ok(None);
        }
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
            if now >= self.stop || self.sleeps(place, &contact.recipient, now) {
                return Ok(None);
            }
            // So many as are on their way at once were told to come back later: the provider means everybody.
            if noted(&self.throttled).0 >= IN_FLIGHT {
                return Ok(None);
            }
            // Drawn once the message may really go, and before it goes, so that a code that arrives is good.
            if let (News::PasswordReset { .. }, None) = (said.news, &code) {
                let drawn = self.sender.reset_code(&contact.recipient, self.notice.deadline);
                code = drawn.await?;
                if code.is_none() {
                    let why = "the account has changed meanwhile".to_owned();
                    return Ok(Some((Status::Error, Some(why))));
                }
            }
            let message = Outgoing {
                id: self.claim.page.id.message(place),
                page: &self.claim.page,
                said,
                contact,
                chat: chat.as_ref(),
                code: code.as_deref(),
                now,
            };
            match self.sender.carrier.carry(&message).await {
                Ok(provider_id) => {
                    outcome.attempts += 1;
                    outcome.sent_at = Some(self.sender.world.now());
                    outcome.provider_id = Some(provider_id);
                    return Ok(Some((Status::Sent, None)));
                }
                Err(Refused::Throttled(wait)) => {
                    throttled += 1;
                    match wait {
                        Some(wait) if now + wait >= self.stop => {
                            note(&self.throttled, now + wait);
                            return Ok(Some((Status::Error, Some("asked too fast".to_owned()))));
                        }
                        _ => {
                            tokio::time::sleep(wait.unwrap_or_else(|| self.sender.throttled(throttled))).await
                        }
                    }
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
                Err(Refused::Unreachable(reason)) => {
                    outcome.attempts += 1;
                    return match &chat {
                        Some(chat) => self.sender.silence(chat, reason).await.map(Some),
                        None => Ok(Some((Status::Failed, Some(reason.name().to_owned())))),
                    };
                }
                Err(Refused::Moved(to)) => {
                    outcome.attempts += 1;
                    let left = chat.take().filter(|chat| chat.subscriber.chat != to && !moves);
                    let Some(left) = left else {
                        return Ok(Some((
                            Status::Failed,
                            Some("the chat moves on and on".to_owned()),
                        )));
                    };
                    match self.sender.follow_move(&left, to).await? {
                        Ok(found) => chat = Some(found),
                        Err(end) => return Ok(Some(end)),
                    }
                    moves = true;
                }
            }
        }
    }

    /// Whether a message to somebody can come to an end now.
    fn is_awake(&self, to: &Addressee) -> bool {
        let now = self.sender.world.now();
        let zone = self.contacts.get(to).map(|contact| &contact.recipient.zone);
        let Some((window, zone)) = self.window.zip(zone) else {
            return true;
        };
        self.silenced.contains_key(to) || window.contains(now, zone)
    }

    /// Whether it is not the hour of the day at which a person may be told; when it is, is noted.
    fn sleeps(&self, place: u8, recipient: &Recipient, now: Timestamp) -> bool {
        let Some(window) = self.window else { return false };
        if window.contains(now, &recipient.zone) {
            return false;
        }
        let opens = window.opens(now, &recipient.zone);
        let mut asleep = self.asleep.lock().unwrap_or_else(PoisonError::into_inner);
        asleep.insert(place, opens);
        true
    }

    /// Why a person of the page has no contact any more.
    const fn left(&self) -> &'static str {
        match self.notice.audience {
            Audience::Followers(_) | Audience::Chats(_) => {
                "the person does not follow the region, began to when it was dark, or hears of it from their home"
            }
            Audience::Home { .. } | Audience::HomeChats { .. } => "the person is no longer of the home",
            Audience::Residents(_) => "the person is of no home there any more, or follows the region",
            Audience::Holders(_) => "the person holds no ticket any more",
            Audience::Person(_) => "the account is gone",
            Audience::Clients(_) => "the client is gone, or the filter leaves them out",
            Audience::Trial(_) => "the trial is too old",
            Audience::Chat(_) => "the chat was removed",
        }
    }
}

fn note(times: &Mutex<Vec<Timestamp>>, time: Timestamp) {
    times.lock().unwrap_or_else(PoisonError::into_inner).push(time);
}

/// How many were noted, and the first of them.
fn noted(times: &Mutex<Vec<Timestamp>>) -> (usize, Option<Timestamp>) {
    let times = times.lock().unwrap_or_else(PoisonError::into_inner);
    (times.len(), times.iter().copied().min())
}

/// What stays known of a client who was told.
fn about(contact: &Contact) -> Option<About> {
    contact.client.as_ref().map(|client| About {
        operator_code: client.operator_code.clone(),
        tag: client.tag.clone(),
    })
}

/// Whose chat it is, if it is one.
fn owner(contact: &Contact) -> Option<UserId> {
    contact.chat.as_ref()?.subscriber.user
}
