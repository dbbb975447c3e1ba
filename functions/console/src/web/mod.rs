//! What all pages of the console share: who reads, what they sent, and the API behind.

mod api;
mod assets;
mod cookie;
mod form;
mod frame;
mod reader;
mod refused;
pub(crate) mod shown;

pub(crate) use api::{Answered, Api, Call, Sending, as_part_of};
pub(crate) use assets::{SCRIPT, STYLE, asset};
pub(crate) use cookie::{kept, session_ended, session_of};
pub(crate) use form::{Filled, OpenForm, Sent};
pub(crate) use frame::{Frame, done};
pub use reader::Rule;
pub(crate) use reader::{Anyone, Declares, Reader};
pub(crate) use refused::{Refused, Result};
