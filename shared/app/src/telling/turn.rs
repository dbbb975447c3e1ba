use std::collections::HashMap;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use kabar_courier::{Envelope, Refused, mime, words::Draft};
use kabar_domain::{
    ids::UserId,
    news::{IN_FLIGHT, Notice, Status},
    power::Follower,
};
use kabar_store::{
    Result, StoreError,
    notices::{Claim, Outcome},
};

use super::Sender;

/// One sender's turn at one page.
pub(super) struct Turn<'a> {
    pub(super) sender: &'a Sender,
    pub(super) claim: &'a Claim,
    pub(super) notice: &'a Notice,
    pub(super) draft: Draft<'a>,
    /// The people of the page who still want to know.
    pub(super) contacts: HashMap<UserId, Follower>,
    /// Why nobody needs to know any more.
    pub(super) void: Option<&'static str>,
    /// When the turn is over: nothing is begun after.
    pub(super) stop: Timestamp,
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
        } else if let Some(why) = self.void {
            end(Status::Cancelled, why)
        } else if let Some(follower) = self.contacts.get(&user) {
            match self.tell(place, follower, &mut outcome).await? {
                Some(end) => end,
                None => return Ok(None),
            }
        } else {
            end(Status::Cancelled, "the person no longer follows the region")
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
    fn is_as_planned(&self, follower: &Follower) -> bool {
        let page = &self.claim.page;
        follower.language == page.language && follower.zone == page.zone
    }

    /// Sends one message; being asked to slow down is waited out within the turn.
    async fn tell(
        &self,
        place: u8,
        follower: &Follower,
        outcome: &mut Outcome,
    ) -> Result<Option<(Status, Option<String>)>> {
        let message = self.claim.page.id.message(place);
        let mut throttled = 0;
        loop {
            self.sender.pace(self.claim.page.lane).await;
            let now = self.sender.world.now();
            if now >= self.notice.deadline {
                return Ok(Some((Status::Expired, Some("the deadline passed".to_owned()))));
            }
            if now >= self.stop {
                return Ok(None);
            }
            let envelope = Envelope {
                from: self.sender.email.from(),
                to: &follower.email,
                message,
                date: now,
            };
            let own;
            let draft = if self.is_as_planned(follower) {
                &self.draft
            } else {
                let words = &self.sender.words;
                own = words.draft(&self.notice.news, follower.language, &follower.zone);
                &own
            };
            let letter = draft.letter(&follower.first_name);
            let written = letter
                .map_err(|e| e.to_string())
                .and_then(|letter| mime(&envelope, &letter).map_err(|e| e.to_string()));
            let written = match written {
                Ok(written) => written,
                Err(defect) => return Ok(Some((Status::Failed, Some(defect)))),
            };
            match self.sender.email.send(&follower.email, written).await {
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
}
