//! How words leave: what is written to people, as mail with what their calendars read, as text messages or in Telegram,
//! the pictures they are shown, and the queues on which work waits.
//!
//! Only this crate names the S3, SES and SQS SDKs.

mod bucket;
mod calendar;
mod canary;
mod email;
mod envelope;
mod feedback;
mod import_bucket;
mod letters;
mod mime;
mod on_use;
mod prober;
mod queues;
mod refused;
mod sender;
mod sms;
mod telegram;
mod upload_form;
mod web;
pub mod words;

pub use bucket::{BucketError, Listed, PosterBucket};
pub use calendar::{Calendar, Method};
pub use canary::Canary;
pub use email::EmailChannel;
pub use envelope::Envelope;
pub use feedback::{NotFeedback, parse_feedback};
pub use import_bucket::{ImportBucket, Uploaded};
pub use letters::{Asks, DeadLetter, DeadLetterQueue, DeadLetters, LettersError, Moved};
pub use mime::mime;
pub use on_use::OnUse;
pub use prober::{LookUp, Prober, look_up};
pub use queues::{
    DispatchQueue, DispatchWork, ImportQueue, ImportWork, LaneCounts, LaneWork, Lanes, NotOurs, QueueError,
    ReminderQueue, ReminderWork, RemovalQueue, RemovalWork,
};
pub use refused::Refused;
pub use sms::{NoGateway, SmsChannel};
pub use telegram::{NoBot, TelegramChannel};
pub use upload_form::{UploadForm, UploadForms};
