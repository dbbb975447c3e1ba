//! An outage elsewhere while a city is being told: how long its one follower waits.

use std::time::Duration;

use jiff::Timestamp;
use kabar_domain::{
    Language, World, Zone,
    ids::{RegionId, UserId},
    news::Audience,
    power::{Channel, Following, Region, Word},
};
use kabar_kit::SystemWorld;
use kabar_store::{Window, notices::Notices, people::People, power::Grid};
use serde_json::json;
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    failure::{Failure, Result},
    followers::add_reader,
    notice::{SENDERS, UNLIMITED},
    pipeline::{Occasion, Pipeline},
    platform::{Aws, Ses},
    table::Table,
};

/// A region with one follower.
pub(crate) struct Village(Region);

/// What became of the village's news.
pub(crate) struct Meanwhile {
    pub(crate) cut_at: Timestamp,
    /// Mails that had left when the village lost power.
    mails_before: usize,
}

impl Village {
    pub(crate) async fn new(aws: &Aws, zone: Zone) -> Result<Self> {
        let (grid, people) = (Grid::from(aws.table("power")), People::from(aws.table("people")));
        let now = SystemWorld.now();
        let region = Region::new(
            RegionId::new(&SystemWorld),
            "Lembang".to_owned(),
            zone.clone(),
            None,
            now,
        );
        grid.add_region(&region).await?;
        let user = UserId::new(&SystemWorld);
        let reader = add_reader(&people, user, "village@example.com", Language::Id, zone).await?;
        let following = Following {
            region: region.id,
            user,
            channels: vec![Channel::Email],
            since: now,
        };
        grid.follow(&following, &reader, &people).await?;
        Ok(Self(region))
    }

    /// Cuts the village's power when a tenth of the city is told.
    pub(crate) async fn cut(
        &mut self,
        aws: &Aws,
        checks: &UnboundedSender<Vec<u8>>,
        city: u32,
    ) -> Result<Meanwhile> {
        let tenth = usize::try_from(city / 10)?;
        let mut beat = tokio::time::interval(Duration::from_millis(2));
        while aws.outside.ses.taken() < tenth {
            beat.tick().await;
        }
        let before = self.0.clone();
        self.0.say(Word::Off, SystemWorld.now());
        Grid::from(aws.table("power")).say(&before, &self.0).await?;
        let (cut_at, mails_before) = (SystemWorld.now(), aws.outside.ses.taken());
        aws.outside.queues.begun();
        checks.send(json!({ "time": cut_at }).to_string().into_bytes())?;
        Ok(Meanwhile { cut_at, mails_before })
    }

    /// When the village's follower was told.
    pub(crate) async fn told_at(&self, aws: &Aws) -> Result<Timestamp> {
        let notices = Notices::from(aws.table("notices"));
        let window = Window::first(10);
        let listed = notices.list(&window).await?.entries;
        let audience = Audience::Followers(self.0.id);
        let told = listed.iter().find(|told| told.notice.audience == audience);
        let told = told.ok_or_else(|| Failure::from("the village has no notice"))?;
        let messages = notices
            .messages(told.notice.id, told.plan.pages, None, &window)
            .await?
            .entries;
        let sent = messages.first().and_then(|message| message.outcome.sent_at);
        sent.ok_or_else(|| Failure::from("the village was not told"))
    }
}

pub(crate) async fn measure(city: u32) -> Result<()> {
    let mut pipeline = Pipeline::start(SENDERS, UNLIMITED, Ses::default()).await?;
    let zone = Zone::parse("Asia/Jakarta").map_err(|_| Failure::from("no zone"))?;
    pipeline.village = Some(Village::new(&pipeline.aws, zone).await?);
    let told = pipeline.tell(city, Occasion::Outage).await?;
    let (village, meanwhile, aws) = told
        .meanwhile
        .ok_or_else(|| Failure::from("nothing happened meanwhile"))?;
    let waited = village.told_at(&aws).await?.duration_since(meanwhile.cut_at);
    let mut table = Table::new(&[
        "city",
        "told when the village went dark",
        "ms until the village was told",
        "s for the city",
    ]);
    table.row([
        city.to_string(),
        meanwhile.mails_before.to_string(),
        waited.as_millis().to_string(),
        format!("{:.1}", told.elapsed.as_secs_f64()),
    ]);
    table.print("An outage elsewhere while a city is being told");
    Ok(())
}
