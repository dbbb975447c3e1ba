//! The people of a region's homes who do not follow it: what they hear of the region they hear for their homes' sake.

use std::collections::{BTreeSet, HashMap, HashSet};

use futures_util::{StreamExt, TryStreamExt, stream};
use kabar_domain::{
    ids::{HomeId, RegionId, UserId},
    news::{Page, Recipient, cut},
    power::Home,
};
use kabar_store::{Result, Window, power::Grid};

use super::{
    Planner, Sender,
    audience::{HOLDERS_PAGES, Stretch, in_order_of_pages},
};

/// How many homes are read at a time.
const HOMES_READ: u16 = 100;
/// How many people's homes are looked up at the same time.
const AT_ONCE: usize = 16;

impl Planner {
    /// The next residents of a region, home by home. Whoever has several homes there is told for the newest of them.
    pub(super) async fn residents(&self, region: RegionId, cursor: Option<&str>) -> Result<Stretch> {
        let window = Window {
            limit: HOMES_READ,
            after: cursor.map(str::to_owned),
            ..Window::default()
        };
        let found = self.grid.homes_in(region, &window).await?;
        let (mut homes, mut next) = (found.entries, found.next);
        let people = homes.iter().flat_map(Home::people).collect();
        let residents = residents_among(&self.grid, region, people).await?;
        loop {
            let here: HashSet<HomeId> = homes.iter().map(|home| home.id).collect();
            let told = residents.iter().filter(|(_, home)| here.contains(home));
            let mut readers = self.readers(told.map(|(user, _)| *user)).await?;
            in_order_of_pages(&mut readers);
            let slices = cut(&readers, true);
            if slices.len() <= HOLDERS_PAGES {
                let is_last = next.is_none();
                return Ok(Stretch::at_once(slices, next, is_last));
            }
            // People of too many languages and zones for one transaction: the rest comes with the next step.
            homes.truncate(homes.len() / 2);
            next = homes.last().map(|home| home.id.to_string());
        }
    }
}

impl Sender {
    /// Those of the page who still are residents.
    pub(super) async fn residents(&self, region: RegionId, page: &Page) -> Result<Vec<Recipient>> {
        let people = page.people.iter().filter_map(|to| to.user()).collect();
        let residents = residents_among(&self.grid, region, people).await?;
        self.recipients(residents.into_keys()).await
    }
}

/// Those of these people who are of a home in a region and do not follow it, each with the newest such home.
async fn residents_among(
    grid: &Grid,
    region: RegionId,
    people: BTreeSet<UserId>,
) -> Result<HashMap<UserId, HomeId>> {
    let people: Vec<UserId> = people.into_iter().collect();
    let followings = grid.followings_among(region, &people).await?;
    let followers: HashSet<UserId> = followings.into_iter().map(|one| one.user).collect();
    let others = people.into_iter().filter(|one| !followers.contains(one));
    let theirs: Vec<(UserId, Vec<HomeId>)> = stream::iter(others)
        .map(|user| async move { grid.home_ids_of(user).await.map(|homes| (user, homes)) })
        .buffered(AT_ONCE)
        .try_collect()
        .await?;
    let ids: BTreeSet<HomeId> = theirs.iter().flat_map(|(_, homes)| homes).copied().collect();
    let homes = grid.homes_by_id(ids.into_iter().collect()).await?;
    let there: HashSet<HomeId> = homes
        .iter()
        .filter(|home| home.region == region)
        .map(|home| home.id)
        .collect();
    let newest = |homes: Vec<HomeId>| homes.into_iter().filter(|home| there.contains(home)).max();
    Ok(theirs
        .into_iter()
        .filter_map(|(user, homes)| Some((user, newest(homes)?)))
        .collect())
}
