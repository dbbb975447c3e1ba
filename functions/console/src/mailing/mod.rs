//! Mailings: what one will be while it is written, and how far it is while it runs.

mod bar;
mod chart;
mod export;
mod letter;
mod pace;
mod preview;
mod progress;

pub(crate) use bar::Bar;
pub(crate) use export::export;
pub(crate) use letter::letter;
pub(crate) use preview::{doubted, is_doubted, preview, unseen, usual};
pub(crate) use progress::progress;
