//! Homes that go dark while their region is: each of their people is told once, by the one or by the other.

mod again;
mod dying;
mod late;
mod late_elsewhere;
mod moved;

use kabar_domain::{
    people::User,
    power::{Home, Region, Word},
};
use kabar_testkit::House;

use crate::{
    common::SARI,
    homes_common::{home, minutes, say_by_hand, subjects},
};

/// The news of the home and of the region, as Sari reads it.
pub(crate) const HOME_OFF: &str = "Listrik padam di Rumah Sari";
pub(crate) const REGION_OFF: &str = "Listrik padam di Bandung";
pub(crate) const HOME_BACK: &str = "Listrik menyala kembali di Rumah Sari";
pub(crate) const REGION_BACK: &str = "Listrik menyala kembali di Bandung";

/// Sari's home, which has power as its region has by the operator's word, so that nobody but the operator says what
/// becomes of the region.
pub(crate) struct Setting {
    pub(crate) house: House,
    pub(crate) region: Region,
    pub(crate) sari: User,
    pub(crate) home: Home,
}

impl Setting {
    pub(crate) async fn new() -> Self {
        let house = House::new().await;
        let region = house.region("Bandung").await;
        let sari = house.user(SARI).await;
        let home = home(&house, &sari, region.id).await;
        house.say(region.id, Word::On).await;
        let setting = Self {
            house,
            region,
            sari,
            home,
        };
        setting.home_is(Word::On).await;
        setting
    }

    /// A minute later the home is so, and who is to know is told.
    pub(crate) async fn home_is(&self, word: Word) {
        self.house.world.pass_seconds(60);
        say_by_hand(&self.house, &self.home, word).await;
        self.passes().await;
    }

    /// A minute later the region is so, and who is to know is told.
    pub(crate) async fn region_is(&self, word: Word) {
        self.house.world.pass_seconds(60);
        self.house.say(self.region.id, word).await;
        self.passes().await;
    }

    /// A minute later Sari follows the region.
    pub(crate) async fn sari_follows(&self) {
        self.house.world.pass_seconds(60);
        self.house.follows(self.region.id, &self.sari).await;
    }

    async fn passes(&self) {
        minutes(&self.house, 1, &[]).await;
        self.house.settle().await;
    }

    /// Of what Sari was told by mail, each time by the first words.
    pub(crate) fn assert_told(&self, expected: &[&str]) {
        let told = subjects(&self.house, &self.sari);
        let is_so = told
            .iter()
            .zip(expected)
            .all(|(one, start)| one.starts_with(start));
        assert!(
            is_so && told.len() == expected.len(),
            "{told:?}, not {expected:?}"
        );
    }
}
