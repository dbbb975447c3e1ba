//! What there is to know of the regions of a chat.

use std::{cmp::Reverse, collections::BTreeSet};

use futures_util::future::try_join_all;
use jiff::Timestamp;
use kabar_courier::words::Reply;
use kabar_domain::{
    ids::RegionId,
    power::{Outage, Place, Power, Region},
    telegram::{Coverage, Subscriber},
};
use kabar_store::{Window, power::OutageFilter};

use crate::{App, Result};

/// How many outages the bot lists.
const LAST_OUTAGES: u16 = 5;
/// How many regions without power the bot lists to whoever is told of all.
const MOST_DARK: u16 = 40;

impl App {
    /// Where there is power: of all regions those that have none, else each that the chat is told of or its person follows.
    pub(super) async fn power_now(&self, chat: &Subscriber) -> Result<Reply> {
        let is_of_all = chat.regions == Coverage::All;
        let regions = if is_of_all {
            let open = OutageFilter {
                is_open: Some(true),
                ..OutageFilter::default()
            };
            let outages = self.some_outages(&open, MOST_DARK).await?;
            let dark: BTreeSet<RegionId> = outages
                .iter()
                .filter_map(|outage| outage.key.place.region())
                .collect();
            let mut regions = self.named(dark).await?;
            regions.retain(|region| region.status == Power::Off);
            regions
        } else {
            self.named(self.regions_of(chat).await?).await?
        };
        let mut regions: Vec<(String, Power, Timestamp)> = regions
            .into_iter()
            .map(|region| (region.name, region.status, region.since))
            .collect();
        regions.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(Reply::Status {
            is_of_all,
            is_whole: regions.len() < usize::from(MOST_DARK),
            regions,
        })
    }

    /// Which of the homes of the chat's person have power; a chat that nobody has connected is of nobody.
    pub(super) async fn homes_now(&self, chat: &Subscriber) -> Result<Reply> {
        let Some(user) = chat.user else {
            return Ok(Reply::Welcome(chat.chat));
        };
        let ids = self.grid.home_ids_of(user).await?;
        let homes = self.grid.homes_by_id(ids).await?.into_iter();
        // The row that leads a person to a home may be older than the home is of them.
        let homes = homes.filter(|home| home.is_of(user));
        let mut homes: Vec<(String, Power, Timestamp)> =
            homes.map(|home| (home.name, home.status, home.since)).collect();
        homes.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(Reply::Homes(homes))
    }

    /// The last outages of the regions that the chat is told of or its person follows.
    pub(super) async fn last_outages(&self, chat: &Subscriber) -> Result<Reply> {
        let mut outages = if chat.regions == Coverage::All {
            self.some_outages(&OutageFilter::default(), LAST_OUTAGES).await?
        } else {
            let regions = self.regions_of(chat).await?;
            let of_one = regions.into_iter().map(async |region| {
                let filter = OutageFilter {
                    place: Some(Place::Region(region)),
                    ..OutageFilter::default()
                };
                self.some_outages(&filter, LAST_OUTAGES).await
            });
            try_join_all(of_one).await?.concat()
        };
        outages.sort_unstable_by_key(|outage| Reverse((outage.key.started_at, outage.key.id)));
        outages.truncate(usize::from(LAST_OUTAGES));
        let regions = self
            .named(
                outages
                    .iter()
                    .filter_map(|outage| outage.key.place.region())
                    .collect(),
            )
            .await?;
        let row = |outage: &Outage| {
            let region = regions
                .iter()
                .find(|region| outage.key.place == Place::Region(region.id))?;
            let started = outage.key.started_at;
            Some((
                region.name.clone(),
                started,
                outage.ended_at.map(|ended| ended.duration_since(started)),
            ))
        };
        Ok(Reply::History(outages.iter().filter_map(row).collect()))
    }

    async fn some_outages(&self, filter: &OutageFilter, limit: u16) -> Result<Vec<Outage>> {
        let window = Window::first(limit);
        Ok(self.grid.outages(filter, &window).await?.entries)
    }

    async fn regions_of(&self, chat: &Subscriber) -> Result<BTreeSet<RegionId>> {
        let mut regions = BTreeSet::new();
        if let Coverage::These(these) = &chat.regions {
            regions.extend(these);
        }
        if let Some(user) = chat.user {
            regions.extend(self.grid.followed_by(user).await?);
        }
        Ok(regions)
    }

    async fn named(&self, regions: BTreeSet<RegionId>) -> Result<Vec<Region>> {
        let found = try_join_all(regions.into_iter().map(|region| self.grid.region(region))).await?;
        Ok(found.into_iter().flatten().collect())
    }
}
