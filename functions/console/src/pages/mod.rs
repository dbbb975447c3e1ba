//! Pages of any kind of thing, by its description.

mod act;
mod details;
mod form;
mod list;
mod many;
mod names;
mod table;

pub(crate) use act::{Confirmation, act, ask, key, revealed};
pub(crate) use details::{details, facts, told};
pub(crate) use form::{change, create, edit, looked_at, new, others};
pub(crate) use list::{list, list_csv};
pub(crate) use many::many;
pub(crate) use names::known;
pub(crate) use table::Table;
