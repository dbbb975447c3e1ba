use jiff::Timestamp;

use super::{Image, ImageKind};
use crate::ids::{EventId, PosterId};

/// The most posters of an event: what one look at it shows.
pub const MOST_POSTERS: u8 = 20;

/// A picture of an event. It never changes: another picture is another poster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poster {
    /// Which.
    pub id: PosterId,
    /// Of what.
    pub event: EventId,
    /// What is known of the picture.
    pub image: Image,
    /// Since when.
    pub uploaded_at: Timestamp,
}

/// The object that holds a poster's picture, by the name that is made of the poster's id: whatever a file was called
/// where it came from, no two are called alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PosterObject {
    /// Of what.
    pub event: EventId,
    /// Which poster's.
    pub poster: PosterId,
    /// Which kind of image.
    pub kind: ImageKind,
}

impl Poster {
    /// The object that holds its picture.
    #[must_use]
    pub const fn object(&self) -> PosterObject {
        PosterObject {
            event: self.event,
            poster: self.id,
            kind: self.image.kind,
        }
    }
}

impl PosterObject {
    /// What the names of all of them begin with.
    pub const PREFIX: &str = "posters/";

    /// Reads a name; any other is not the name of a poster's object.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (event, file) = name.strip_prefix(Self::PREFIX)?.split_once('/')?;
        let (poster, kind) = file.split_once('.')?;
        Some(Self {
            event: EventId::parse(event)?,
            poster: PosterId::parse(poster)?,
            kind: ImageKind::parse(kind)?,
        })
    }
}

impl std::fmt::Display for PosterObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { event, poster, kind } = self;
        write!(f, "{}{event}/{poster}.{}", Self::PREFIX, kind.name())
    }
}
