//! What staff read of why somebody was told something, and what became of it.

use super::{Text, text};

pub(crate) const WHY: Text = text("Why they got this", "Mengapa mereka menerima ini");
pub(crate) const BECAUSE: Text = text("Because", "Karena");
pub(crate) const ABOUT: Text = text("News", "Kabar");
pub(crate) const PROVIDER: Text = text(
    "What the provider did and said",
    "Yang dilakukan dan dikatakan penyedia",
);
pub(crate) const PROVIDER_ID: Text = text("The provider's name for it", "Nama dari penyedia");
pub(crate) const NO_EVENTS: Text = text("Nothing yet.", "Belum ada.");
pub(crate) const NO_TIME: Text = text("time not kept", "waktunya tidak disimpan");
