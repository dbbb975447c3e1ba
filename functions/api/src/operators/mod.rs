//! What does not go on by itself, for staff: dead letters, stuck pages, and lanes that are
//! late.

pub(crate) mod dead_letters;
pub(crate) mod lanes;
mod letter_view;
pub(crate) mod stuck_pages;
