use kabar_domain::{
    events::{Image, ImageKind, Poster},
    ids::{EventId, PosterId},
};
use serde::{Deserialize, Serialize};

use super::items::id;
use crate::{Result, StoreError, instant::Millis};

/// A poster as it lies in the table.
#[derive(Serialize, Deserialize)]
pub(super) struct PosterItem {
    id: String,
    event: String,
    kind: String,
    size: u32,
    width: u32,
    height: u32,
    uploaded_at: Millis,
}

impl From<&Poster> for PosterItem {
    fn from(poster: &Poster) -> Self {
        Self {
            id: poster.id.to_string(),
            event: poster.event.to_string(),
            kind: poster.image.kind.name().to_owned(),
            size: poster.image.size,
            width: poster.image.width,
            height: poster.image.height,
            uploaded_at: poster.uploaded_at.into(),
        }
    }
}

impl TryFrom<PosterItem> for Poster {
    type Error = StoreError;

    fn try_from(item: PosterItem) -> Result<Self> {
        let kind = ImageKind::parse(&item.kind);
        Ok(Self {
            id: id(PosterId::parse(&item.id))?,
            event: id(EventId::parse(&item.event))?,
            image: Image {
                kind: kind.ok_or_else(|| StoreError::unreadable("a kind of image"))?,
                size: item.size,
                width: item.width,
                height: item.height,
            },
            uploaded_at: item.uploaded_at.into(),
        })
    }
}
