//! Mailings stand still while the brake is on; whatever else there is to tell goes on.

use jiff::SignedDuration;
use kabar_courier::LaneWork;
use kabar_domain::news::{Notice, Topic};
use kabar_store::{Result, notices::Claim};

use super::Sender;

/// How long a page of a mailing waits before it looks at the brake again.
const HELD: SignedDuration = SignedDuration::from_mins(5);

impl Sender {
    /// Gives a page of a mailing back while the brake is on, which is no failure of its messages. Past its deadline it
    /// is not held: its messages expire where everybody can see it. One read, for mailings only.
    pub(super) async fn is_held(&self, claim: &Claim, notice: &Notice) -> Result<bool> {
        let now = self.world.now();
        if notice.news.kind().topic() != Some(Topic::Mailings) || now >= notice.deadline {
            return Ok(false);
        }
        if self.notices.brake().await?.is_none() {
            return Ok(false);
        }
        let again = (now + HELD).min(notice.deadline);
        if self.notices.release(claim, again).await? {
            let delay = again.duration_since(now).as_secs() + 1;
            // The page is due by then anyhow, should the queue not take it.
            let work = LaneWork::Send(claim.page.id);
            let _ = self.lanes.put(claim.page.lane, work, delay).await;
        }
        Ok(true)
    }
}
