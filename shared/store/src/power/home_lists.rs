use kabar_domain::{
    ids::{HomeId, RegionId, UserId},
    power::Home,
};
use serde::Deserialize;

use super::{Grid, home_items::HomeItem};
use crate::{List, Result, Window, db::s, keys};

impl Grid {
    /// All homes, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn homes(&self, window: &Window) -> Result<List<Home>> {
        let key_of = |sort: &str| Some(keys::home(HomeId::parse(sort)?));
        let listed = self
            .0
            .list(keys::HOMES, window, key_of, |item: &HomeItem| item.id.clone())
            .await?;
        let entries = listed.entries.into_iter().map(Home::try_from);
        Ok(List {
            entries: entries.collect::<Result<_>>()?,
            next: listed.next,
        })
    }

    /// The homes of a region, the newest first; two reads.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn homes_in(&self, region: RegionId, window: &Window) -> Result<List<Home>> {
        #[derive(Deserialize)]
        struct Found {
            sk: String,
        }
        let limit = usize::from(window.limit);
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :homes AND sk < :before")
            .expression_attribute_values(":homes", s(keys::homes_in(region)))
            .expression_attribute_values(":before", s(window.after.as_deref().unwrap_or("~")))
            .scan_index_forward(false)
            .limit(i32::from(window.limit) + 1);
        let mut found: Vec<Found> = self.0.rows(query).await?;
        let goes_on = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| goes_on).map(|last| last.sk.clone());
        let ids = found.iter().filter_map(|row| HomeId::parse(&row.sk));
        let entries = self.homes_by_id(ids.collect()).await?;
        Ok(List { entries, next })
    }

    /// The homes that a person is in, their own and others', the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn home_ids_of(&self, user: UserId) -> Result<Vec<HomeId>> {
        #[derive(Deserialize)]
        struct Found {
            sk: String,
        }
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :user AND begins_with(sk, :home)")
            .expression_attribute_values(":user", s(keys::followings(user)))
            .expression_attribute_values(":home", s(keys::HOME))
            .scan_index_forward(false)
            .consistent_read(true);
        let found: Vec<Found> = self.0.all_rows(query).await?;
        Ok(found.iter().filter_map(|row| keys::home_of(&row.sk)).collect())
    }

    /// Homes by their ids, the newest first; those that are gone are left out.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn homes_by_id(&self, ids: Vec<HomeId>) -> Result<Vec<Home>> {
        let all = ids.into_iter().map(keys::home).collect();
        let found: Vec<HomeItem> = self.0.get_many(all, true).await?;
        let found = found.into_iter().filter(|item| item.list_pk.is_some());
        let mut homes: Vec<Home> = found.map(Home::try_from).collect::<Result<_>>()?;
        homes.sort_unstable_by_key(|home| std::cmp::Reverse(home.id));
        Ok(homes)
    }
}
