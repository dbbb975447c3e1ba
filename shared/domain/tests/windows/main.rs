//! At which hours people may be told: by the clock on their own wall, on the days on which it is changed too.
#![expect(clippy::expect_used, reason = "what fails here fails the test")]

mod by_hand;
mod properties;
mod readings;
mod table;

use kabar_domain::{
    Zone,
    mailings::{LocalTime, LocalWindow},
};

fn window(hours: &str) -> LocalWindow {
    let (from, to) = hours.split_once('-').expect("two times");
    let [from, to] = [from, to].map(|time| LocalTime::parse(time).expect("a time"));
    LocalWindow::new(from, to).expect("a window")
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).expect("a zone")
}
