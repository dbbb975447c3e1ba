use jiff::Timestamp;
use kabar_domain::events::Poster;
use serde::Serialize;
use utoipa::ToSchema;

/// A poster, just uploaded.
#[derive(Serialize, ToSchema)]
pub(crate) struct UploadedPoster {
    id: String,
    /// The name of the object that holds the picture.
    #[schema(
        example = "posters/01a1fdad-2000-7000-8000-000000000004/01a1fdad-2000-7000-8000-000000000005.jpg"
    )]
    image: String,
    /// The event's id.
    event: String,
    /// Where the picture can be seen, for 15 minutes.
    #[schema(format = "uri")]
    url: String,
    #[schema(value_type = String, format = DateTime)]
    uploaded_at: Timestamp,
}

/// A poster of an event.
#[derive(Serialize, ToSchema)]
#[schema(as = Poster)]
pub(crate) struct PosterView {
    id: String,
    /// The name of the object that holds the picture.
    #[schema(
        example = "posters/01a1fdad-2000-7000-8000-000000000004/01a1fdad-2000-7000-8000-000000000005.jpg"
    )]
    image: String,
    /// Where the picture can be seen, for 15 minutes.
    #[schema(format = "uri")]
    url: String,
    /// What its bytes are.
    #[schema(example = "image/jpeg")]
    content_type: &'static str,
    /// In bytes.
    size: u32,
    /// In pixels.
    width: u32,
    /// In pixels.
    height: u32,
    #[schema(value_type = String, format = DateTime)]
    uploaded_at: Timestamp,
}

impl UploadedPoster {
    pub(super) fn of(poster: &Poster, url: String) -> Self {
        Self {
            id: poster.id.to_string(),
            image: poster.object().to_string(),
            event: poster.event.to_string(),
            url,
            uploaded_at: poster.uploaded_at,
        }
    }
}

impl PosterView {
    pub(super) fn of(poster: &Poster, url: String) -> Self {
        let image = poster.image;
        Self {
            id: poster.id.to_string(),
            image: poster.object().to_string(),
            url,
            content_type: image.kind.content_type(),
            size: image.size,
            width: image.width,
            height: image.height,
            uploaded_at: poster.uploaded_at,
        }
    }
}
