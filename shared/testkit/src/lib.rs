//! A world for tests: the real store on an in-process engine with the tables of `template.yaml`, a clock that stands
//! still until it is moved, chance that repeats, queues whose messages a test delivers, loses, doubles or shuffles,
//! a bucket, an SES and a gateway of text messages that keep what they are given and fail when told to.
//!
//! Nothing of Kabar is faked, only AWS and the gateway, and those behind the real clients.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up, or leaves work behind, ends there and says why"
)]

mod accounts;
mod answer;
mod bot;
mod bucket;
mod conflicts;
mod dead_letters;
mod engine;
mod feedback;
mod house;
mod kill;
mod meter;
mod people;
pub mod pictures;
mod provider;
mod pump;
mod queues;
mod road;
mod ses;
mod size;
mod sms;
mod targets;
mod template;
mod world;

pub use bot::{Bot, ChatFate, ChatMessage};
pub use bucket::{Bucket, BucketFault, Object};
pub use conflicts::Conflicts;
pub use engine::{Engine, client_at};
pub use house::{House, WEBHOOK_SECRET};
pub use kill::{dies_after, polls};
pub use meter::{Meter, Use};
pub use people::{BERLIN, JAKARTA, PASSWORD, Person};
pub use provider::{Fault, Provider};
pub use queues::{Queue, Queues, Waiting};
pub use road::Road;
pub use ses::{Mail, Ses};
pub use size::size;
pub use sms::{SmsGateway, TextMessage};
pub use targets::Targets;
pub use template::{Index, TableShape, tables};
pub use world::StillWorld;
