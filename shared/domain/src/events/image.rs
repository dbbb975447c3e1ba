use imagesize::ImageType;

use super::{ImageKind, framing::is_whole};
use crate::Invalid;

/// The most bytes of an image.
pub const IMAGE_MAX: usize = 512_000;
/// The longest side of an image, in pixels: a larger header would have a viewer set aside gigabytes.
pub const IMAGE_SIDE_MAX: u32 = 10_000;

/// What is known of an image from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image {
    /// Which kind.
    pub kind: ImageKind,
    /// How long it is, in bytes.
    pub size: u32,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
}

impl Image {
    /// Reads what an image is from its bytes alone: its kind, its size, and whether all of it is there. Its pixels are
    /// not decoded.
    ///
    /// # Errors
    /// When it is too large, no image of a known kind, cut off, or has sides that nobody could show.
    pub fn read(bytes: &[u8]) -> Result<Self, Invalid> {
        let length = bytes.len();
        let size = u32::try_from(length).ok().filter(|_| length <= IMAGE_MAX);
        let size = size.ok_or_else(|| Invalid::because(format!("May have at most {IMAGE_MAX} bytes.")))?;
        let kind = match imagesize::image_type(bytes) {
            Ok(ImageType::Jpeg) => ImageKind::Jpeg,
            Ok(ImageType::Png) => ImageKind::Png,
            Ok(ImageType::Gif) => ImageKind::Gif,
            Ok(ImageType::Webp) => ImageKind::Webp,
            _ => return Err(Invalid::because("Must be a JPEG, PNG, GIF or WebP image.")),
        };
        let broken =
            || Invalid::because("Is cut off or damaged: it does not end where its kind of image ends.");
        if !is_whole(kind, bytes) {
            return Err(broken());
        }
        let sides = imagesize::blob_size(bytes).map_err(|_| broken())?;
        let side = |length: usize| {
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            let refused = || Invalid::because(format!("Must have sides of 1 to {IMAGE_SIDE_MAX} pixels."));
            (1..=IMAGE_SIDE_MAX)
                .contains(&length)
                .then_some(length)
                .ok_or_else(refused)
        };
        Ok(Self {
            kind,
            size,
            width: side(sides.width)?,
            height: side(sides.height)?,
        })
    }
}
