//! What operators see when something does not go on by itself, and what they can do about it.

mod dead_letters;
mod lanes;
mod stuck_pages;

pub use dead_letters::{Backlog, FoundLetter, LettersFound, Standing};
pub use lanes::{LaneStanding, Lateness};
pub use stuck_pages::{Stuck, StuckPage};
