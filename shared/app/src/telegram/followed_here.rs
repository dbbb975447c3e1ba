use jiff::Timestamp;
use kabar_courier::words::Reply;
use kabar_domain::{
    ids::RegionId,
    telegram::{Coverage, MOST_COVERED, Subscriber},
};
use kabar_store::power::Chat;

use super::bot::Message;
use crate::{App, Result};

impl App {
    /// Has a chat told of a region, as the link on the region's public page asks: anyone may follow a region.
    pub(super) async fn follow_here(
        &self,
        message: &Message,
        region: RegionId,
        before: Option<&Chat>,
        now: Timestamp,
    ) -> Result<(Reply, Option<Subscriber>)> {
        let Some(region) = self.grid.region(region).await? else {
            return Ok((Reply::NoRegion, None));
        };
        let known = before.map(|chat| chat.subscriber.clone().turned(None, now));
        let new = || Subscriber {
            title: message.title.clone(),
            ..Subscriber::new(
                message.chat,
                message.language.unwrap_or_default(),
                region.zone.clone(),
                now,
            )
        };
        let mut after = known.unwrap_or_else(new);
        match &mut after.regions {
            Coverage::These(regions) if regions.len() >= MOST_COVERED && !regions.contains(&region.id) => {
                return Ok((Reply::FollowsTooMany, None));
            }
            Coverage::These(regions) if !regions.contains(&region.id) => regions.push(region.id),
            Coverage::These(_) | Coverage::All => {}
        }
        let after = self.keep(message.update, before, after, now).await?;
        Ok((Reply::Follows(region.name), Some(after)))
    }
}
