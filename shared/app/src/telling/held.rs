//! Mailings stand still while the brake is on or an operator has them paused; whatever else there is to tell goes on.

use jiff::SignedDuration;
use kabar_courier::LaneWork;
use kabar_domain::{
    mailings::{Mailing, Order},
    news::{Audience, Notice, Topic},
    power::Channel,
};
use kabar_store::{Result, notices::Claim};

use super::Sender;

/// How long a page of a mailing waits before it looks at the brake again.
const BRAKED: SignedDuration = SignedDuration::from_mins(5);
/// How long it waits before it looks again whether its mailing goes on. A mailing has four pages in its lane, so that
/// looking costs nothing to speak of.
const PAUSED: SignedDuration = SignedDuration::from_mins(1);

/// Why a page of a mailing has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// All mailings stand still.
    Braked,
    /// An operator has this one stand still.
    Paused,
}

impl Sender {
    /// Gives a page of a mailing back that is to wait, which is no failure of its messages. Past its deadline it does
    /// not wait: its messages expire where everybody can see it. One read, for mailings by mail only.
    pub(super) async fn held(
        &self,
        claim: &Claim,
        notice: &Notice,
        mailing: Option<&Mailing>,
    ) -> Result<Option<Held>> {
        let now = self.world.now();
        if notice.news.kind().topic() != Some(Topic::Mailings) || now >= notice.deadline {
            return Ok(None);
        }
        let (held, wait) = if mailing.is_some_and(|mailing| mailing.order == Order::Pause) {
            (Held::Paused, PAUSED)
        } else if is_braked(notice) && self.notices.brake().await?.is_some() {
            (Held::Braked, BRAKED)
        } else {
            return Ok(None);
        };
        let again = (now + wait).min(notice.deadline);
        if self.notices.release(claim, again).await? {
            let delay = again.duration_since(now).as_secs() + 1;
            // The page is due by then anyhow, should the queue not take it.
            let work = LaneWork::Send(claim.page.id);
            let _ = self.lanes.put(claim.page.lane, work, delay).await;
        }
        Ok(Some(held))
    }
}

/// Whether the brake is for this: it keeps an account's standing with SES, which one mail on trial does not change.
const fn is_braked(notice: &Notice) -> bool {
    matches!(notice.channel(), Channel::Email) && !matches!(notice.audience, Audience::Trial(_))
}
