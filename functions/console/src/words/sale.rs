//! What pages of events say to whoever wants to come.

use super::{Text, text};

pub(crate) const COME: Text = text("Take part", "Ikut serta");
pub(crate) const LEFT: Text = text("Left", "Tersisa");
pub(crate) const SEATS_LEFT: Text = text("Seats left in all:", "Total kursi tersisa:");
pub(crate) const REGISTER: Text = text("Register", "Daftar");
pub(crate) const SOLD_OUT: Text = text("sold out", "habis");
pub(crate) const NOT_YET: Text = text("on sale from", "dijual mulai");
pub(crate) const NOT_ON_SALE: Text = text("not on sale", "tidak dijual");
pub(crate) const YOURS: Text = text("You are registered", "Anda terdaftar");
pub(crate) const NO_TICKETS: Text = text("There are no tickets yet.", "Belum ada tiket.");
pub(crate) const POSTER_OF: Text = text("Poster", "Poster");
