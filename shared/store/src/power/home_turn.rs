use jiff::Timestamp;
use kabar_domain::{
    ids::{DetectorId, UserId},
    news::Notice,
    power::{Home, Interruption, Outage},
};

use super::{HomeRead, Turned};

/// What is told of a turn, in its transaction.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// Nothing.
    Nothing,
    /// That the power is out.
    Opened(Opened<'a>),
    /// That it is back.
    Closed {
        /// When it came back.
        ended_at: Timestamp,
        /// The notice of it.
        notice: &'a Notice,
        /// Whether all people of the home heard of its beginning from it.
        was_heard: bool,
        /// What its region counts of it; nothing if the region is gone.
        interruption: Option<Interruption>,
    },
}

/// An outage of a home that opens.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// The outage.
    pub outage: &'a Outage,
    /// The notice of it.
    pub notice: &'a Notice,
    /// Who hears of it from the home, and so how it ends: those too who follow the region, unless its outage was told them.
    pub hearers: &'a [UserId],
}

/// That a home came to be something else.
#[derive(Clone, Copy, Debug)]
pub struct HomeTurn<'a> {
    /// The home as it was read, with what was heard of its devices.
    pub read: &'a HomeRead,
    /// The home as it is.
    pub after: &'a Home,
    /// What its history has of it.
    pub turned: Turned<'a>,
    /// The devices that fell silent.
    pub silent: &'a [DetectorId],
    /// When a check is to look at it again.
    pub next: Option<Timestamp>,
    /// What is told of it.
    pub told: Told<'a>,
}
