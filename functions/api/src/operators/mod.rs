//! What does not go on by itself, for staff: dead letters and stuck pages.

pub(crate) mod dead_letters;
mod letter_view;
pub(crate) mod stuck_pages;
