//! What `take` does with good pictures and with bad ones.

use super::*;
use image::{Rgb, Rgba, RgbaImage};

/// Left half red, right half blue, with enough grain to be a photo.
fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) as u8 % 40;
        if x < width / 2 { Rgb([200 + grain, 20, 20]) } else { Rgb([20, 20, 200 + grain]) }
    })
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).expect("encoding a test picture");
    out.into_inner()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&photo(width, height).into(), ImageFormat::Jpeg)
}

/// An EXIF segment with an orientation and a maker's mark, put behind the start of a JPEG.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x0F, 0, 2, 0, 0, 0, 12, 0, 0, 0, 38]);
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"SecretPlace\0");
    let mut out = jpeg[..2].to_vec();
    out.extend([0xFF, 0xE1]);
    out.extend(((exif.len() + 2) as u16).to_be_bytes());
    out.extend(exif);
    out.extend(&jpeg[2..]);
    out
}

#[test]
fn a_photo_comes_out_in_three_widths_and_never_larger_than_it_was() {
    let widths = |w, h| {
        let taken = take(&jpeg(w, h)).expect("a photo");
        assert_eq!((taken.width, taken.height), (w, h));
        for size in &taken.sizes {
            let back = image::load_from_memory(&size.bytes).expect("own output");
            assert_eq!((back.width(), back.height()), (size.width, size.height));
            assert_eq!(size.mime, "image/jpeg");
        }
        taken.sizes.iter().map(|s| (s.width, s.height)).collect::<Vec<_>>()
    };
    assert_eq!(widths(2000, 1000), [(360, 180), (720, 360), (1440, 720)]);
    assert_eq!(widths(1000, 500), [(360, 180), (720, 360), (1000, 500)]);
    assert_eq!(widths(360, 90), [(360, 90)]);
    assert_eq!(widths(5, 5), [(5, 5)]);
}

#[test]
fn a_turned_photo_is_set_upright_and_its_notes_are_gone() {
    // Orientation 6: the camera was turned; upright is a quarter turn clockwise.
    let taken = take(&with_exif(&jpeg(800, 400), 6)).expect("a turned photo");
    assert_eq!((taken.width, taken.height), (400, 800));
    let small = image::load_from_memory(&taken.sizes[0].bytes).expect("own output").to_rgb8();
    let top = small.get_pixel(small.width() / 2, 20).0;
    let bottom = small.get_pixel(small.width() / 2, small.height() - 20).0;
    assert!(top[0] > 150 && bottom[2] > 150, "left became top: {top:?} {bottom:?}");
    for size in &taken.sizes {
        let has = |word: &[u8]| size.bytes.windows(word.len()).any(|w| w == word);
        assert!(!has(b"Exif") && !has(b"SecretPlace"));
    }
}

#[test]
fn every_welcome_type_is_taken_and_flat_drawings_are_kept_small() {
    let flat = DynamicImage::from(RgbaImage::from_fn(600, 400, |x, _| {
        if x / 100 % 2 == 0 { Rgba([180, 85, 47, 255]) } else { Rgba([0, 0, 0, 0]) }
    }));
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let taken = take(&encoded(&flat, format)).unwrap_or_else(|e| panic!("{format:?}: {e}"));
        assert_eq!(taken.sizes.len(), 2);
        assert_eq!(taken.sizes[1].mime, "image/webp", "{format:?}");
        let back = image::load_from_memory(&taken.sizes[1].bytes).expect("own output").to_rgb8();
        assert_eq!(back.get_pixel(150, 10).0, [255, 255, 255], "see-through became white");
    }
    let grain = take(&encoded(&photo(600, 400).into(), ImageFormat::Png)).expect("a photo as PNG");
    assert_eq!(grain.sizes[1].mime, "image/jpeg", "grain is smaller as JPEG");
}

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"BM123456"]
    {
        assert_eq!(take(bytes).unwrap_err(), Refused::WrongType);
    }
    assert_eq!(take(b"GIF89a").unwrap_err(), Refused::Broken);
    assert_eq!(take(b"\xFF\xD8\xFF\xE0").unwrap_err(), Refused::Broken);
    assert_eq!(take(&vec![0; MOST_BYTES + 1]).unwrap_err(), Refused::TooHeavy);
}

#[test]
fn a_picture_cut_short_is_refused_wherever_it_is_cut() {
    let whole = with_exif(&jpeg(300, 200), 1);
    for cut in (20..whole.len() - 1).step_by(whole.len() / 40 + 1) {
        assert_eq!(take(&whole[..cut]).unwrap_err(), Refused::Broken, "JPEG cut at {cut}");
    }
    let mut motion = whole.clone();
    motion.extend(b"\xFF\xDA a film behind the photo");
    assert!(take(&motion).is_ok());
    let png = encoded(&photo(300, 200).into(), ImageFormat::Png);
    assert_eq!(take(&png[..png.len() / 2]).unwrap_err(), Refused::Broken);
    let webp = encoded(&photo(300, 200).into(), ImageFormat::WebP);
    assert_eq!(take(&webp[..webp.len() / 2]).unwrap_err(), Refused::Broken);
}

/// A PNG that is all header: so many pixels, and no data.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut out = encoded(&photo(1, 1).into(), ImageFormat::Png);
    out[16..20].copy_from_slice(&width.to_be_bytes());
    out[20..24].copy_from_slice(&height.to_be_bytes());
    let crc =
        out[12..29].iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |c, _| {
                if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 }
            })
        });
    out[29..33].copy_from_slice(&(!crc).to_be_bytes());
    out
}

#[test]
fn a_bomb_is_known_by_its_header() {
    assert_eq!(take(&png_header(60_000, 60_000)).unwrap_err(), Refused::TooLarge);
    assert_eq!(take(&png_header(10_000, 5_000)).unwrap_err(), Refused::TooLarge);
    assert_eq!(take(&png_header(30_000, 2)).unwrap_err(), Refused::TooLarge);
    assert_eq!(
        take(&png_header(10, 10)).unwrap_err(),
        Refused::Broken,
        "the header itself is fine"
    );
    let mut gif = b"GIF89a".to_vec();
    gif.extend([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 2]);
    assert_eq!(take(&gif).unwrap_err(), Refused::TooLarge);
}

#[test]
fn noise_does_no_harm() {
    let whole = jpeg(64, 64);
    let png = encoded(&photo(64, 64).into(), ImageFormat::Png);
    for at in 0..400_usize {
        for picture in [&whole, &png] {
            let mut bent = picture.clone();
            let place = at * 7_919 % bent.len();
            bent[place] ^= 1 << (at % 8);
            // Taken or refused, both are fine; a panic is not.
            let _ = take(&bent);
        }
    }
}

#[test]
fn the_placeholder_shows_the_colours_where_they_are() {
    let taken = take(&jpeg(400, 300)).expect("a photo");
    assert_eq!(taken.blur.len(), 72);
    let uri = blur_uri(&taken.blur).expect("own grid");
    assert!(uri.len() <= 200, "{} bytes", uri.len());
    assert_eq!(&uri[..22], "data:image/bmp;base64,");
    let red = u8::from_str_radix(&taken.blur[..2], 16).expect("hex");
    let blue = u8::from_str_radix(&taken.blur[22..24], 16).expect("hex");
    assert!(red > 190 && blue > 190, "{}", taken.blur);
    assert_eq!(blur_uri("short"), None);
    assert_eq!(blur_uri(&"é".repeat(36)), None);
    assert_eq!(base64(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
}
