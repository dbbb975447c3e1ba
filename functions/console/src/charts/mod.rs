//! Charts, drawn on the server: pictures that say in words what they show, and their figures as a table.

mod columns;
mod drawing;
mod ranges;
mod sheet;
mod timeline;

pub(crate) use columns::{Columns, Size};
pub(crate) use drawing::Drawing;
pub(crate) use ranges::{Range, ranges};
pub(crate) use sheet::{Sheet, month};
pub(crate) use timeline::{Months, timeline};
