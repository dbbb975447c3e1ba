//! What is taken for an image: whole ones of four kinds, by their bytes.
#![expect(clippy::expect_used, reason = "what fails here fails the test")]

use kabar_domain::events::{IMAGE_MAX, Image, ImageKind};
use proptest::prelude::*;

macro_rules! image {
    ($name:literal) => {
        include_bytes!(concat!("../../testkit/images/", $name)).as_slice()
    };
}

const WHOLE: [(&[u8], ImageKind); 7] = [
    (image!("poster.jpg"), ImageKind::Jpeg),
    (image!("progressive.jpg"), ImageKind::Jpeg),
    (image!("poster.png"), ImageKind::Png),
    (image!("poster.gif"), ImageKind::Gif),
    (image!("poster.webp"), ImageKind::Webp),
    (image!("lossless.webp"), ImageKind::Webp),
    (image!("animated.webp"), ImageKind::Webp),
];

fn refusal(bytes: &[u8]) -> String {
    Image::read(bytes).expect_err("refused").to_string()
}

#[test]
fn whole_images_are_known_by_their_bytes() {
    for (bytes, kind) in WHOLE {
        let image = Image::read(bytes).expect("an image");
        assert_eq!((image.kind, image.width, image.height), (kind, 24, 16));
        assert_eq!(image.size as usize, bytes.len());
    }
}

#[test]
fn an_image_that_is_cut_off_anywhere_or_goes_on_behind_its_end_is_refused() {
    for (bytes, kind) in WHOLE {
        for length in 0..bytes.len() {
            assert!(
                Image::read(&bytes[..length]).is_err(),
                "{kind:?} of {length} bytes"
            );
        }
        for behind in [b"\0".as_slice(), b"<script>", bytes] {
            let refusal = refusal(&[bytes, behind].concat());
            assert!(
                refusal.starts_with("Is cut off or damaged"),
                "{kind:?}: {refusal}"
            );
        }
    }
}

#[test]
fn other_files_are_refused_whatever_they_are_called() {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let elf = [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 500]].concat();
    let bmp = [b"BM".as_slice(), &[0; 500]].concat();
    for bytes in [
        b"".as_slice(),
        svg,
        &elf,
        &bmp,
        b"MZ\x90\0",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"GIF89",
    ] {
        let refusal = refusal(bytes);
        assert_eq!(refusal, "Must be a JPEG, PNG, GIF or WebP image.", "{bytes:?}");
    }
}

#[test]
fn sides_are_of_1_to_10_000_pixels() {
    let png = |width: u32, height: u32| {
        let mut png = image!("poster.png").to_vec();
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        Image::read(&png).map(|image| (image.width, image.height))
    };
    for sides in [(1, 1), (1, 10_000), (10_000, 10_000)] {
        assert_eq!(png(sides.0, sides.1), Ok(sides));
    }
    for sides in [
        (0, 1),
        (1, 0),
        (10_001, 1),
        (1, 10_001),
        (30_000, 30_000),
        (u32::MAX, 1),
    ] {
        assert!(png(sides.0, sides.1).is_err(), "{sides:?}");
    }
}

#[test]
fn no_more_bytes_than_the_contract_names_are_taken() {
    let refusal = refusal(&vec![0; IMAGE_MAX + 1]);
    assert_eq!(refusal, "May have at most 512000 bytes.");
}

#[test]
fn a_frame_larger_than_the_screen_of_its_gif_is_refused() {
    let mut gif = image!("poster.gif").to_vec();
    // The first frame's descriptor follows the byte 0x2c; its width is at bytes 5 and 6 of it.
    let at = gif
        .windows(5)
        .position(|bytes| bytes == [0x2c, 0, 0, 0, 0])
        .expect("a frame");
    gif[at + 5..at + 7].copy_from_slice(&60_000u16.to_le_bytes());
    assert!(Image::read(&gif).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn any_bytes_are_an_image_or_are_refused(
        (bytes, _) in prop::sample::select(WHOLE.to_vec()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        tail in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut changed = bytes.to_vec();
        for (index, byte) in changes {
            let at = index.index(changed.len());
            changed[at] = byte;
        }
        changed.extend(tail);
        if let Ok(image) = Image::read(&changed) {
            prop_assert!((1..=10_000).contains(&image.width) && (1..=10_000).contains(&image.height));
        }
    }
}
