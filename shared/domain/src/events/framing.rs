//! Where images end: each kind is a row of blocks that say how long they are, up to one that says that it is the last.

use super::ImageKind;

/// Whether an image has all its blocks, its picture among them, and nothing behind them. Total: any bytes are whole or
/// not.
pub(super) fn is_whole(kind: ImageKind, bytes: &[u8]) -> bool {
    let behind = match kind {
        ImageKind::Jpeg => behind_jpeg(bytes),
        ImageKind::Png => behind_png(bytes),
        ImageKind::Gif => behind_gif(bytes),
        ImageKind::Webp => behind_webp(bytes),
    };
    behind.is_some_and(<[u8]>::is_empty)
}

fn skip(bytes: &[u8], length: impl TryInto<usize>) -> Option<&[u8]> {
    bytes.get(length.try_into().ok()?..)
}

/// Segments (ISO 10918-1, annex B); the picture stands between a start of scan and the next marker.
fn behind_jpeg(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let mut has_picture = false;
    loop {
        let (&[0xff, marker], segment) = rest.split_first_chunk()? else {
            return None;
        };
        match marker {
            0xd9 => return has_picture.then_some(segment),
            // These have no length; none of them stands between segments.
            0x00 | 0x01 | 0xd0..=0xd8 | 0xff => return None,
            _ => {}
        }
        let length = u16::from_be_bytes(*segment.first_chunk()?);
        rest = skip(segment, length.max(2))?;
        if marker == 0xda {
            has_picture = true;
            let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
            rest = skip(rest, rest.windows(2).position(is_marker)?)?;
        }
    }
}

/// Chunks (PNG, third edition, 5.3).
fn behind_png(bytes: &[u8]) -> Option<&[u8]> {
    const CHECKSUM: u32 = 4;
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let mut has_picture = false;
    if skip(rest, 4u8)?.first_chunk() != Some(b"IHDR") {
        return None;
    }
    loop {
        let (length, named) = rest.split_first_chunk()?;
        let (name, chunk) = named.split_first_chunk()?;
        rest = skip(chunk, u32::from_be_bytes(*length).checked_add(CHECKSUM)?)?;
        match name {
            b"IEND" => return has_picture.then_some(rest),
            b"IDAT" => has_picture = true,
            _ => {}
        }
    }
}

/// Blocks (GIF89a); frames may not reach beyond the screen, whose size is the one that is checked.
fn behind_gif(bytes: &[u8]) -> Option<&[u8]> {
    let blocks = bytes
        .strip_prefix(b"GIF89a")
        .or_else(|| bytes.strip_prefix(b"GIF87a"))?;
    let (&[w0, w1, h0, h1, flags, _, _], blocks) = blocks.split_first_chunk()?;
    let mut rest = skip(blocks, colours(flags))?;
    let mut has_picture = false;
    loop {
        let (&block, after) = rest.split_first()?;
        rest = match block {
            0x3b => return has_picture.then_some(after),
            0x21 => behind_parts(skip(after, 1u8)?)?,
            0x2c => {
                let (&[x0, x1, y0, y1, fw0, fw1, fh0, fh1, flags], after) = after.split_first_chunk()?;
                let is_inside = |from: [u8; 2], length: [u8; 2], whole: [u8; 2]| {
                    let [from, length, whole] = [from, length, whole].map(u16::from_le_bytes);
                    from.checked_add(length).is_some_and(|end| end <= whole)
                };
                if !is_inside([x0, x1], [fw0, fw1], [w0, w1]) || !is_inside([y0, y1], [fh0, fh1], [h0, h1]) {
                    return None;
                }
                has_picture = true;
                // One byte says how the picture is packed.
                behind_parts(skip(after, colours(flags) + 1)?)?
            }
            _ => return None,
        };
    }
}

/// How long the table of colours is that these flags announce, in bytes.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// The parts of a GIF's block, each with its length, up to an empty one.
fn behind_parts(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let (&length, part) = rest.split_first()?;
        rest = skip(part, length)?;
        if length == 0 {
            return Some(rest);
        }
    }
}

/// Chunks in one that says how long they all are (RFC 9649).
fn behind_webp(bytes: &[u8]) -> Option<&[u8]> {
    let (length, file) = bytes.strip_prefix(b"RIFF")?.split_first_chunk()?;
    let (file, behind) = file.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    let mut rest = file.strip_prefix(b"WEBP")?;
    let mut has_picture = false;
    while !rest.is_empty() {
        let (name, sized) = rest.split_first_chunk::<4>()?;
        let (length, chunk) = sized.split_first_chunk()?;
        rest = skip(chunk, u32::from_le_bytes(*length).checked_next_multiple_of(2)?)?;
        has_picture |= matches!(name, b"VP8 " | b"VP8L" | b"ANMF");
    }
    has_picture.then_some(behind)
}
