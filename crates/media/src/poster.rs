//! A poster: a picture, what it is, and a QR code large enough for a phone to read off a phone.
//!
//! Drawn as one SVG on paper that stays white in every theme; picture and code are laid over it
//! pixel by pixel, so that no edge of the code is grey. Without a font for Chinese there are no
//! words on it: boxes in place of letters would be worse.

use image::imageops::{FilterType, overlay, resize};
use image::{DynamicImage, RgbaImage};
use resvg::{tiny_skia, usvg};
use std::fmt::Write;

use crate::Refused;
use crate::font::Fonts;

/// Pixels: twice the width of a phone's page.
pub const WIDTH: u32 = 750;
pub const HEIGHT: u32 = 1120;
const PICTURE: u32 = 440;
/// The side of the code with its quiet zone. On a page the poster is 330 wide: the code alone is
/// above 132 there, which is what WeChat needs to read it off the screen.
const CODE: u32 = 420;
const MARGIN: u32 = 24;

/// What stands on it.
#[derive(Clone, Debug)]
pub struct Poster<'a> {
    /// JPEG, WebP or PNG.
    pub picture: &'a [u8],
    /// Who shows it.
    pub who: &'a str,
    pub title: &'a str,
    pub words: &'a str,
    /// With its sign; empty when nothing is sold.
    pub price: &'a str,
    /// Where it is.
    pub house: &'a str,
    /// What to do with the code.
    pub hint: &'a str,
    /// What the code says.
    pub url: &'a str,
    /// `zh-Hans`, `zh-Hant`, `en`: the same sign is drawn differently.
    pub lang: &'a str,
}

/// A PNG of [`WIDTH`] by [`HEIGHT`].
pub fn png(p: &Poster<'_>, fonts: Option<&Fonts>) -> Result<Vec<u8>, Refused> {
    let mut options = usvg::Options::default();
    let mut family = "";
    if let Some(fonts) = fonts {
        options.fontdb = fonts.database();
        family = fonts.family(p.lang);
    }
    let svg = drawing(p, family);
    let tree = usvg::Tree::from_str(&svg, &options).map_err(|_| Refused::NotDrawable)?;
    let mut canvas = tiny_skia::Pixmap::new(WIDTH, HEIGHT).ok_or(Refused::NotDrawable)?;
    let twice = tiny_skia::Transform::from_scale(2.0, 2.0);
    resvg::render(&tree, twice, &mut canvas.as_mut());
    // the paper is opaque, so straight and premultiplied pixels are the same
    let mut paper =
        RgbaImage::from_raw(WIDTH, HEIGHT, canvas.take()).ok_or(Refused::NotDrawable)?;
    if let Ok(picture) = image::load_from_memory(p.picture) {
        let picture = picture.resize_to_fill(WIDTH, PICTURE, FilterType::Triangle);
        overlay(&mut paper, &picture.to_rgba8(), 0, 0);
    }
    let code = code(p.url)?;
    let rest = i64::from(CODE - code.width()) / 2;
    let (x, y) = (i64::from(WIDTH - MARGIN - CODE), i64::from(HEIGHT - MARGIN - CODE));
    overlay(&mut paper, &code, x + rest, y + rest);
    let mut out = std::io::Cursor::new(Vec::new());
    let paper = DynamicImage::ImageRgba8(paper).to_rgb8();
    paper.write_to(&mut out, image::ImageFormat::Png).map_err(|_| Refused::NotDrawable)?;
    Ok(out.into_inner())
}

/// The code in whole pixels a module.
fn code(url: &str) -> Result<RgbaImage, Refused> {
    let png = crate::qr::png(url, CODE)?;
    let code = image::load_from_memory(&png).map_err(|_| Refused::NotDrawable)?.to_rgba8();
    if code.width() > CODE {
        return Ok(resize(&code, CODE, CODE, FilterType::Nearest));
    }
    Ok(code)
}

/// Half the pixels: 375 by 560.
fn drawing(p: &Poster<'_>, family: &str) -> String {
    let mut out = String::from(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 375 560"
 width="375" height="560"><rect width="375" height="560" fill="#fff"/>"##,
    );
    if !family.is_empty() {
        words(&mut out, p, family);
    }
    out.push_str("</svg>");
    out
}

fn words(out: &mut String, p: &Poster<'_>, family: &str) {
    // Writing to a String cannot fail.
    let _ = write!(out, r#"<g font-family="{}">"#, escaped(family));
    let mut y = 246;
    line(out, (24, y), 13, "#57534E", "", &wrapped(p.who, 25, 1).concat());
    for text in wrapped(p.title, 14, 2) {
        y += 29;
        line(out, (24, y), 22, "#1C1917", "700", &text);
    }
    for text in wrapped(p.words, 25, if y > 280 { 1 } else { 2 }) {
        y += 20;
        line(out, (24, y), 13, "#57534E", "", &text);
    }
    out.push_str(r##"<path d="M24 350h116" stroke="#E5E1DA" stroke-dasharray="4 4"/>"##);
    if !p.price.is_empty() {
        let size = if p.price.chars().count() > 7 { 20 } else { 28 };
        line(out, (24, 394), size, "#C2331A", "700", p.price);
    }
    let mut y = if p.price.is_empty() { 384 } else { 422 };
    for text in wrapped(p.hint, 8, 3) {
        line(out, (24, y), 13, "#57534E", "", &text);
        y += 20;
    }
    let house = wrapped(p.house, 9, 2);
    let mut y = 540 - 17 * (house.len().max(1) as i32 - 1);
    for text in &house {
        line(out, (24, y), 12, "#6B655E", "", text);
        y += 17;
    }
    out.push_str("</g>");
}

fn line(out: &mut String, at: (i32, i32), size: i32, fill: &str, weight: &str, text: &str) {
    let (x, y) = at;
    let weight = if weight.is_empty() { "400" } else { weight };
    let _ = write!(out, r#"<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" "#);
    let _ = write!(out, r#"font-weight="{weight}">{}</text>"#, escaped(text));
}

fn escaped(text: &str) -> String {
    let plain = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    plain.replace('"', "&quot;")
}

/// Half the widths of a sign: a Chinese one is as wide as it is high, a Latin one about half.
fn halves(c: char) -> usize {
    if (c as u32) < 0x1100 { 1 } else { 2 }
}

/// Signs no line begins with.
const CLOSES: &str = "）》」』】〉，。、！？；：,.!?;:)]}";

/// Lines of so many wide signs; what does not fit ends with dots. Pictures between letters are
/// left out: text fonts have none.
fn wrapped(text: &str, wide: usize, most: usize) -> Vec<String> {
    let plain = |c: &char| !c.is_control() && (*c as u32) < 0x1_F000 && *c != '\u{fe0f}';
    let signs: Vec<char> = text.chars().filter(plain).collect();
    let (mut lines, mut now, mut used) = (Vec::new(), String::new(), 0);
    for (i, c) in signs.iter().enumerate() {
        // what closes stays with what it closes, a little over the edge
        if used + halves(*c) > 2 * wide && !CLOSES.contains(*c) {
            if lines.len() + 1 == most {
                let _ = now.pop();
                now.push('…');
                lines.push(now);
                return lines;
            }
            // a Latin word goes to the next line whole
            let cut = now.rfind(' ').filter(|at| c.is_ascii_alphanumeric() && *at > 0);
            let cut = cut.filter(|_| signs.get(i - 1).is_some_and(char::is_ascii_alphanumeric));
            let rest = cut.map(|at| now.split_off(at)).unwrap_or_default();
            lines.push(std::mem::take(&mut now));
            now = rest.trim_start().to_string();
            used = now.chars().map(halves).sum();
        }
        if !(now.is_empty() && c.is_whitespace()) {
            now.push(*c);
            used += halves(*c);
        }
    }
    if !now.trim().is_empty() {
        lines.push(now);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_people_break_them() {
        let table: [(&str, usize, usize, &[&str]); 9] = [
            ("（阳山桃）", 4, 2, &["（阳山桃）"]),
            ("（阳山桃）甜", 4, 2, &["（阳山桃）", "甜"]),
            ("阳山水蜜桃", 14, 2, &["阳山水蜜桃"]),
            ("阳山水蜜桃", 3, 2, &["阳山水", "蜜桃"]),
            ("阳山水蜜桃五斤装", 3, 2, &["阳山水", "蜜桃…"]),
            ("rosemary soap bar", 5, 3, &["rosemary", "soap bar"]),
            ("rosemary soap bar", 5, 1, &["rosemary …"]),
            ("桃🍑子", 9, 1, &["桃子"]),
            ("", 9, 1, &[]),
        ];
        for (text, wide, most, want) in table {
            assert_eq!(wrapped(text, wide, most), want, "{text}");
        }
    }

    #[test]
    fn the_code_stands_in_white_and_the_paper_has_its_size() {
        let poster = Poster {
            picture: b"no picture",
            who: "Mei <&\"",
            title: "桃",
            words: "",
            price: "¥39.90",
            house: "桃源里",
            hint: "扫一扫",
            url: "https://kith.example/s/7kp2mqx0",
            lang: "zh-Hans",
        };
        for fonts in [None, crate::font::found().ok()] {
            let png = png(&poster, fonts).expect("a poster");
            let paper = image::load_from_memory(&png).expect("own PNG").to_luma8();
            assert_eq!((paper.width(), paper.height()), (WIDTH, HEIGHT));
            let (x, y) = (WIDTH - MARGIN - CODE, HEIGHT - MARGIN - CODE);
            let dark = |x: u32, y: u32| paper.get_pixel(x, y).0[0] < 128;
            assert!((0..CODE).any(|d| dark(x + d, y + d)), "a code");
            // four modules of quiet, each some nine pixels
            assert!((0..30).all(|d| (0..CODE).all(|e| !dark(x + d, y + e) && !dark(x + e, y + d))));
        }
    }
}
