//! Stand-ins for what is around the functions: Lambda's Runtime API, and AWS's services behind one address.

mod aws;
mod engine;
mod meter;
mod process;
mod runtime_api;
mod ses;
mod sqs;

pub(crate) use aws::{Aws, Outside, TOKEN_KEY};
pub(crate) use engine::{Engine, TABLES};
pub(crate) use meter::{Meter, Use};
pub(crate) use process::{Process, own_cpu};
pub(crate) use runtime_api::{Happening, RuntimeApi, unexpected};
pub(crate) use ses::{Mails, Ses};
pub(crate) use sqs::Queues;
