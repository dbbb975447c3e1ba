//! A zip archive of one small executable file, stored as it is: all that a shim needs.

const LOCAL_HEADER: u32 = 0x0403_4b50;
const CENTRAL_HEADER: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Made by Unix, format version 2.0.
const MADE_BY: u16 = 0x0314;
/// A regular file, rwxr-xr-x.
const MODE: u32 = 0o100_755 << 16;
/// 1980-01-01, the first day a zip can name; the same content is the same archive.
const FIRST_DAY: u16 = 0x0021;

/// The archive that holds `content` as `name`.
pub(crate) fn of_one_program(name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = Vec::new();
    archive.extend(LOCAL_HEADER.to_le_bytes());
    archive.extend(facts(name, content));
    archive.extend(name.as_bytes());
    archive.extend(content);

    let central_start = archive.len();
    archive.extend(CENTRAL_HEADER.to_le_bytes());
    archive.extend(MADE_BY.to_le_bytes());
    archive.extend(facts(name, content));
    // No comment, first disk, no internal attributes.
    archive.extend([0; 6]);
    archive.extend(MODE.to_le_bytes());
    archive.extend(size(0));
    archive.extend(name.as_bytes());
    let central_size = archive.len() - central_start;

    archive.extend(END.to_le_bytes());
    // One disk, one entry on it, one in all.
    archive.extend([0, 0, 0, 0, 1, 0, 1, 0]);
    archive.extend(size(central_size));
    archive.extend(size(central_start));
    archive.extend([0; 2]);
    archive
}

/// The fields that both headers of an entry share, from the needed version to the length of the extra field.
fn facts(name: &str, content: &[u8]) -> Vec<u8> {
    let mut fields = Vec::new();
    for word in [20, 0, 0, 0, FIRST_DAY] {
        fields.extend(u16::to_le_bytes(word));
    }
    fields.extend(crc32(content).to_le_bytes());
    fields.extend(size(content.len()));
    fields.extend(size(content.len()));
    fields.extend(&size(name.len())[..2]);
    fields.extend([0; 2]);
    fields
}

/// A shim is some hundred bytes, far from what does not fit.
fn size(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| {
        if crc & 1 == 1 {
            (crc >> 1) ^ 0xedb8_8320
        } else {
            crc >> 1
        }
    };
    !bytes
        .iter()
        .fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn the_archive_has_the_lengths_of_its_parts() {
        let archive = of_one_program("bootstrap", b"#!/bin/sh\n");
        assert_eq!(archive.len(), 30 + 9 + 10 + 46 + 9 + 22);
        assert!(archive.starts_with(b"PK\x03\x04"));
        assert_eq!(archive[49..53], *b"PK\x01\x02");
    }
}
