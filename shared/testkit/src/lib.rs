//! A world for tests: the real store on an in-process engine with the tables of `template.yaml`, a clock that stands
//! still until it is moved, chance that repeats, queues whose messages a test delivers, loses, doubles or shuffles,
//! a bucket, an SES and an SMS gateway that keep what they are given and fail when told to.
//!
//! Nothing of Kabar is faked, only AWS, and that behind the real SDK clients.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up, or leaves work behind, ends there and says why"
)]

mod accounts;
mod answer;
mod bucket;
mod conflicts;
mod dead_letters;
mod engine;
mod feedback;
mod gateway;
mod house;
mod kill;
mod meter;
mod people;
pub mod pictures;
mod pump;
mod queues;
mod ses;
mod template;
mod world;

pub use bucket::{Bucket, BucketFault, Object};
pub use conflicts::Conflicts;
pub use engine::{Engine, client_at};
pub use gateway::{Gateway, SmsFault, Text};
pub use house::House;
pub use kill::{dies_after, polls};
pub use meter::{Meter, Use};
pub use people::{BERLIN, JAKARTA, PASSWORD, Person};
pub use queues::{Queue, Queues, Waiting};
pub use ses::{Fault, Mail, Ses};
pub use template::{Index, TableShape, tables};
pub use world::StillWorld;
