//! How words leave: what is written to people, as mail, the pictures they are shown, and the queues on which work waits.
//!
//! Only this crate names the S3, SES and SQS SDKs.

mod bucket;
mod email;
mod feedback;
mod mime;
mod queues;
pub mod words;

pub use bucket::{BucketError, Listed, PosterBucket};
pub use email::{EmailChannel, Refused};
pub use feedback::{NotFeedback, parse_feedback};
pub use mime::{Envelope, mime};
pub use queues::{
    DispatchQueue, DispatchWork, LaneWork, Lanes, NotOurs, QueueError, ReminderQueue, ReminderWork,
    RemovalQueue, RemovalWork,
};
