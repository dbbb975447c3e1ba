//! How words leave: what is written to people, as mail, and the queues on which work waits.
//!
//! Only this crate names the SES and SQS SDKs.

mod email;
mod mime;
mod queues;
pub mod words;

pub use email::{EmailChannel, Refused};
pub use mime::{Envelope, mime};
pub use queues::{
    DispatchQueue, DispatchWork, LaneWork, Lanes, NotOurs, QueueError, RemovalQueue, RemovalWork,
};
