//! The rules of Kabar and the types they speak of: pure, without I/O, clock or randomness.
//!
//! A value of one of these types has been checked once, when it was parsed; nothing re-checks it later.
//! None of them is serializable: bytes are made at the edges (HTTP views, store items, queue messages).

pub mod events;
pub mod ids;
mod invalid;
mod language;
pub mod mailings;
pub mod news;
pub mod people;
pub mod power;
pub mod telegram;
mod text;
mod world;
mod zone;

pub use invalid::Invalid;
pub use language::Language;
pub use text::bounded_text;
pub use world::World;
pub use zone::Zone;
