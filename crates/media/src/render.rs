//! From SVG to pixels. Only our own drawings and QR codes come here, never an upload.

use resvg::{tiny_skia, usvg};

use crate::Refused;

/// The widest picture that is rendered.
pub const WIDEST: u32 = 4_096;

/// A PNG of this width, the height following the drawing.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, Refused> {
    let tree =
        usvg::Tree::from_str(svg, &usvg::Options::default()).map_err(|_| Refused::NotDrawable)?;
    let size = tree.size();
    let width = width.clamp(1, WIDEST);
    let scale = width as f32 / size.width();
    let height = (size.height() * scale).round().clamp(1.0, WIDEST as f32) as u32;
    let mut canvas = tiny_skia::Pixmap::new(width, height).ok_or(Refused::NotDrawable)?;
    let fit = tiny_skia::Transform::from_scale(scale, height as f32 / size.height());
    resvg::render(&tree, fit, &mut canvas.as_mut());
    canvas.encode_png().map_err(|_| Refused::NotDrawable)
}

/// A JPEG of this width on white: what product pictures of the demo are kept as.
pub fn jpeg(svg: &str, width: u32) -> Result<Vec<u8>, Refused> {
    let png = png(svg, width)?;
    let picture = image::load_from_memory(&png).map_err(|_| Refused::NotDrawable)?;
    crate::picture::encode_jpeg(&picture.to_rgb8())
}
