//! Uploads made safe: sniffed, bounded, turned upright, stripped and made anew in three widths.
//!
//! Nothing of the file that came in is kept: pixels are decoded and encoded again, so that
//! places, camera numbers and hidden payloads stay behind. The type is read from the bytes;
//! the name and the stated type are never asked.

use std::io::Cursor;

use fast_image_resize as fir;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, RgbImage};

use crate::Refused;

/// 20 MB: the photo of a good phone, with room.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// 40 million pixels, checked on the header before a pixel is decoded.
pub const MOST_PIXELS: u64 = 40_000_000;
/// The widths pages ask for. A smaller picture is not blown up.
pub const WIDTHS: [u32; 3] = [360, 720, 1440];

const LONGEST_SIDE: u32 = 20_000;
const QUALITY: u8 = 80;
const GRID: (u32, u32) = (4, 3);

/// What became of an upload.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Upright width of the original.
    pub width: u32,
    /// Upright height of the original.
    pub height: u32,
    /// Narrowest first; at least one.
    pub sizes: Vec<Size>,
    /// Average colours of a 4 by 3 grid, rows first, `rrggbb` each: 72 characters.
    /// See [`blur_uri`].
    pub blur: String,
}

/// One stored file.
#[derive(Clone, Debug)]
pub struct Size {
    pub width: u32,
    pub height: u32,
    /// `image/jpeg` or `image/webp`.
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

/// Takes an upload, or says why not.
pub fn take(bytes: &[u8]) -> Result<Taken, Refused> {
    if bytes.len() > MOST_BYTES {
        return Err(Refused::TooHeavy);
    }
    let format = sniff(bytes)?;
    let full = decode(bytes, format)?;
    let (width, height) = full.dimensions();
    let drawn = format != ImageFormat::Jpeg;
    let mut sizes = Vec::with_capacity(WIDTHS.len());
    for target in targets(width) {
        let tall = (u64::from(height) * u64::from(target) / u64::from(width)).max(1) as u32;
        let small = if target == width { full.clone() } else { shrink(&full, target, tall)? };
        sizes.push(store(&small, drawn)?);
    }
    Ok(Taken { width, height, blur: blur(&full)?, sizes })
}

/// The type by its first bytes; four are welcome.
fn sniff(bytes: &[u8]) -> Result<ImageFormat, Refused> {
    match image::guess_format(bytes) {
        Ok(f @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => {
            Ok(f)
        }
        _ => Err(Refused::WrongType),
    }
}

/// Pixels, upright, on white. Of a GIF or an animated WebP the first frame.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<RgbImage, Refused> {
    if format == ImageFormat::Jpeg && !jpeg_is_whole(bytes) {
        // The decoder would fill what is missing with grey.
        return Err(Refused::Broken);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_PIXELS * 6);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(why)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Refused::Broken);
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refused::TooLarge);
    }
    let upright = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(why)?;
    picture.apply_orientation(upright);
    Ok(on_white(picture))
}

fn why(fault: image::ImageError) -> Refused {
    match fault {
        image::ImageError::Limits(_) => Refused::TooLarge,
        _ => Refused::Broken,
    }
}

/// JPEG has no see-through pixels; what was transparent becomes white, as on our pages.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let clear = picture.into_rgba8();
    let mut solid = RgbImage::new(clear.width(), clear.height());
    for (to, from) in solid.pixels_mut().zip(clear.pixels()) {
        let alpha = u32::from(from.0[3]);
        for c in 0..3 {
            let mixed = u32::from(from.0[c]) * alpha + 255 * (255 - alpha);
            to.0[c] = ((mixed + 127) / 255) as u8;
        }
    }
    solid
}

/// The widths to make of a picture this wide: those it reaches, and its own if it ends between.
fn targets(width: u32) -> Vec<u32> {
    let widest = width.min(WIDTHS[WIDTHS.len() - 1]);
    let mut out: Vec<u32> = WIDTHS.into_iter().filter(|w| *w < widest).collect();
    out.push(widest);
    out
}

fn shrink(picture: &RgbImage, width: u32, height: u32) -> Result<RgbImage, Refused> {
    let kind = fir::PixelType::U8x3;
    let from =
        fir::images::ImageRef::new(picture.width(), picture.height(), picture.as_raw(), kind)
            .map_err(|_| Refused::Broken)?;
    let mut to = fir::images::Image::new(width, height, kind);
    fir::Resizer::new().resize(&from, &mut to, None).map_err(|_| Refused::Broken)?;
    RgbImage::from_raw(width, height, to.into_vec()).ok_or(Refused::Broken)
}

/// JPEG for photos. The WebP encoder at hand is lossless: on a photo it writes three to five
/// times as much, on a screenshot or a drawing often a fraction. So what did not come as JPEG is
/// written both ways and the smaller one is kept.
fn store(picture: &RgbImage, drawn: bool) -> Result<Size, Refused> {
    let (width, height) = picture.dimensions();
    let jpeg = encode_jpeg(picture)?;
    if drawn {
        let mut webp = Vec::new();
        WebPEncoder::new_lossless(&mut webp)
            .encode(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
            .map_err(|_| Refused::Broken)?;
        if webp.len() < jpeg.len() {
            return Ok(Size { width, height, mime: "image/webp", bytes: webp });
        }
    }
    Ok(Size { width, height, mime: "image/jpeg", bytes: jpeg })
}

pub(crate) fn encode_jpeg(picture: &RgbImage) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode_image(picture)
        .map_err(|_| Refused::Broken)?;
    Ok(out)
}

/// True when the scan of a JPEG runs to its end mark. Walks the segments, so that the end mark of
/// a thumbnail inside does not count, and data behind the end (motion photos) does no harm.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    let mut in_scan = false;
    while at + 1 < bytes.len() {
        if bytes[at] != 0xFF {
            if !in_scan {
                return false;
            }
            at += 1;
            continue;
        }
        match bytes[at + 1] {
            0xD9 => return in_scan,
            0x00 | 0xD0..=0xD7 if in_scan => at += 2,
            0xFF => at += 1,
            mark => {
                let Some(long) = bytes.get(at + 2..at + 4) else {
                    return false;
                };
                in_scan = mark == 0xDA;
                at += 2 + usize::from(u16::from_be_bytes([long[0], long[1]]));
            }
        }
    }
    false
}

fn blur(picture: &RgbImage) -> Result<String, Refused> {
    use std::fmt::Write;
    let (width, height) = picture.dimensions();
    let mut out = String::with_capacity(72);
    for row in 0..GRID.1 {
        for column in 0..GRID.0 {
            // A cell is never empty, even of a picture one pixel wide.
            let (x0, y0) = (column * width / GRID.0, row * height / GRID.1);
            let x1 = ((column + 1) * width / GRID.0).max(x0 + 1).min(width);
            let y1 = ((row + 1) * height / GRID.1).max(y0 + 1).min(height);
            let mut sum = [0_u64; 4];
            // A few hundred samples a cell are plenty.
            let (dx, dy) = (((x1 - x0) / 16).max(1), ((y1 - y0) / 16).max(1));
            for y in (y0..y1).step_by(dy as usize) {
                for x in (x0..x1).step_by(dx as usize) {
                    let p = picture.get_pixel(x, y).0;
                    for c in 0..3 {
                        sum[c] += u64::from(p[c]);
                    }
                    sum[3] += 1;
                }
            }
            let n = sum[3].max(1);
            // Writing to a String cannot fail.
            let _ = write!(out, "{:02x}{:02x}{:02x}", sum[0] / n, sum[1] / n, sum[2] / n);
        }
    }
    Ok(out)
}

/// The grid of [`Taken::blur`] as a picture of 4 by 3 pixels for `src` or a background: a BMP in a
/// data URI, 142 characters. Scaled up by the browser it is soft by itself. `None`: not a grid.
pub fn blur_uri(grid: &str) -> Option<String> {
    let cells = (GRID.0 * GRID.1) as usize;
    if grid.len() != cells * 6 || !grid.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut bmp = Vec::with_capacity(90);
    bmp.extend(b"BM");
    for word in [90_u32, 0, 54, 40, GRID.0, GRID.1] {
        bmp.extend(word.to_le_bytes());
    }
    bmp.extend([1, 0, 24, 0]);
    bmp.extend([0; 24]);
    // BMP rows run from the bottom, blue first; four pixels of three bytes need no padding.
    for row in (0..GRID.1 as usize).rev() {
        for column in 0..GRID.0 as usize {
            let at = (row * GRID.0 as usize + column) * 6;
            for c in [4, 2, 0] {
                bmp.push(u8::from_str_radix(&grid[at + c..at + c + 2], 16).ok()?);
            }
        }
    }
    Some(format!("data:image/bmp;base64,{}", base64(&bmp)))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let word =
            three.iter().fold(0_u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for n in 0..4 {
            let sign = SIGNS[(word >> (18 - 6 * n) & 63) as usize];
            out.push(if n <= three.len() { sign as char } else { '=' });
        }
    }
    out
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
