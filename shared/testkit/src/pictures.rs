//! Pictures to upload, 24 by 16 pixels: a yellow disc on blue.

/// A JPEG.
pub const JPEG: &[u8] = include_bytes!("../images/poster.jpg");
/// A PNG.
pub const PNG: &[u8] = include_bytes!("../images/poster.png");
/// A GIF of two frames.
pub const GIF: &[u8] = include_bytes!("../images/poster.gif");
/// A WebP.
pub const WEBP: &[u8] = include_bytes!("../images/poster.webp");

/// The JPEG, with comments that make it so many bytes long.
#[must_use]
pub fn jpeg_of(bytes: usize) -> Vec<u8> {
    /// Marker and length.
    const HEAD: usize = 4;
    /// A comment's length is two bytes, which count themselves.
    const LONGEST: usize = HEAD + 65_533;
    let (start, rest) = JPEG.split_at(2);
    let mut jpeg = start.to_vec();
    let mut missing = bytes - JPEG.len();
    while missing > 0 {
        // What is left behind must be none, or enough for another comment.
        let whole = if missing > LONGEST {
            LONGEST.min(missing - HEAD)
        } else {
            missing
        };
        let length = u16::try_from(whole - 2).expect("room for a comment");
        jpeg.extend([0xff, 0xfe]);
        jpeg.extend(length.to_be_bytes());
        jpeg.resize(jpeg.len() + whole - HEAD, b'.');
        missing -= whole;
    }
    jpeg.extend(rest);
    jpeg
}
