//! The paper a drawing is made on: a palette, a die, and a few flat shapes.

use std::fmt::Write;

/// The colours of one drawing. Everything is flat; `deep` is the shaded side of `main`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub wall: &'static str,
    pub floor: &'static str,
    pub shade: &'static str,
    pub main: &'static str,
    pub deep: &'static str,
    pub pale: &'static str,
    pub accent: &'static str,
    pub ink: &'static str,
}

pub(super) const WOOD: &str = "#C99B66";
pub(super) const WOOD_DEEP: &str = "#A97A45";
pub(super) const CREAM: &str = "#FBF5EA";
pub(super) const STEEL: &str = "#C9CED3";
pub(super) const STEEL_DEEP: &str = "#98A1AA";
pub(super) const LEAF: &str = "#6E9A63";
pub(super) const LEAF_DEEP: &str = "#4E7647";

/// wall, floor, shade, main, deep, pale, accent, ink
const PALETTES: [[&str; 8]; 12] = [
    ["#F3EADB", "#E7D9C3", "#CDB997", "#B4552F", "#8E3F20", "#F6D9BF", "#3F5B48", "#4A2F20"],
    ["#E6E8F0", "#D5D9E5", "#B3B9CB", "#2F4A66", "#243A52", "#C6D3E6", "#D9694F", "#22303F"],
    ["#E9EFE2", "#D6E0CA", "#B5C4A4", "#5E8A5A", "#456B43", "#D3E3C4", "#D99A3C", "#2F4630"],
    ["#F6E6E1", "#EBD3CB", "#D0B0A5", "#C9696B", "#A34C50", "#F8D5CE", "#5C7A8A", "#562C30"],
    ["#F5EBCF", "#E9DBB2", "#CDBB87", "#D39A2D", "#A97717", "#FBE7B4", "#7A4B3A", "#4F3A12"],
    ["#E2EEEE", "#CDE0E0", "#A8C3C3", "#3E8086", "#2C6166", "#C4E2E2", "#E08A5B", "#1F4548"],
    ["#EFE6EE", "#E0D3DF", "#BFAABD", "#84608A", "#65466B", "#E3D0E5", "#C98A3C", "#3E2943"],
    ["#EFE4D8", "#E2D2C1", "#C5AE97", "#7A5238", "#5A3A29", "#E6CFB4", "#B4552F", "#3A261A"],
    ["#E4ECF4", "#CFDCE8", "#AABDCF", "#5B8DB8", "#3F6D95", "#D4E5F3", "#E0A13E", "#27435C"],
    ["#F7E9DC", "#EED8C4", "#D3B699", "#E08A5B", "#B9653A", "#FBDCC4", "#3E7A78", "#5A3320"],
    ["#F1ECDD", "#E2DAC4", "#C2B798", "#4F8A76", "#386857", "#D2E6DC", "#D0663A", "#24433A"],
    ["#F1E3E6", "#E5CFD4", "#C7A9B0", "#9C3F4F", "#782C3A", "#EFC9CF", "#4F7259", "#451820"],
];

/// A drawing in the making. Same look and seed, same picture.
pub(super) struct Sheet {
    pub ink: Ink,
    out: String,
    state: u64,
}

impl Sheet {
    pub fn new(seed: u64) -> Self {
        let mut sheet = Self { ink: ink(0), out: String::with_capacity(3_000), state: seed };
        sheet.ink = ink(sheet.dice(PALETTES.len()));
        sheet
    }

    /// A number below `sides`, from the seed (splitmix64: neighbours in seed differ at once).
    pub fn dice(&mut self, sides: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }

    pub fn rect(&mut self, x: i32, y: i32, w: i32, h: i32, r: i32, fill: &str) -> &mut Self {
        self.put(format_args!(
            r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}"/>"#
        ))
    }

    pub fn oval(&mut self, cx: i32, cy: i32, rx: i32, ry: i32, fill: &str) -> &mut Self {
        self.put(format_args!(
            r#"<ellipse cx="{cx}" cy="{cy}" rx="{rx}" ry="{ry}" fill="{fill}"/>"#
        ))
    }

    pub fn disc(&mut self, cx: i32, cy: i32, r: i32, fill: &str) -> &mut Self {
        self.put(format_args!(r#"<circle cx="{cx}" cy="{cy}" r="{r}" fill="{fill}"/>"#))
    }

    pub fn ring(&mut self, cx: i32, cy: i32, r: i32, colour: &str, wide: i32) -> &mut Self {
        self.put(format_args!(
            r#"<circle cx="{cx}" cy="{cy}" r="{r}" fill="none" stroke="{colour}"
 stroke-width="{wide}"/>"#
        ))
    }

    pub fn path(&mut self, d: &str, fill: &str) -> &mut Self {
        self.put(format_args!(r#"<path d="{d}" fill="{fill}"/>"#))
    }

    pub fn line(&mut self, d: &str, colour: &str, wide: i32) -> &mut Self {
        self.put(format_args!(
            r#"<path d="{d}" fill="none" stroke="{colour}" stroke-width="{wide}"
 stroke-linecap="round" stroke-linejoin="round"/>"#
        ))
    }

    /// A thin layer over what is there, for light and shadow.
    pub fn veil(&mut self, d: &str, fill: &str, percent: i32) -> &mut Self {
        self.put(format_args!(r#"<path d="{d}" fill="{fill}" opacity="0.{percent:02}"/>"#))
    }

    pub fn shadow(&mut self, cx: i32, cy: i32, rx: i32) -> &mut Self {
        let shade = self.ink.shade;
        let ry = (rx / 11).max(10);
        self.put(format_args!(
            r#"<ellipse cx="{cx}" cy="{cy}" rx="{rx}" ry="{ry}" fill="{shade}" opacity="0.7"/>"#
        ))
    }

    /// What follows is turned, until [`Sheet::end`].
    pub fn turn(&mut self, degrees: i32, cx: i32, cy: i32) -> &mut Self {
        self.put(format_args!(r#"<g transform="rotate({degrees} {cx} {cy})">"#))
    }

    /// What follows is moved, until [`Sheet::end`].
    pub fn shift(&mut self, dx: i32, dy: i32) -> &mut Self {
        self.put(format_args!(r#"<g transform="translate({dx} {dy})">"#))
    }

    /// What follows is seen through this outline only, until [`Sheet::end`].
    pub fn within(&mut self, name: &str, d: &str) -> &mut Self {
        self.put(format_args!(
            r#"<clipPath id="{name}"><path d="{d}"/></clipPath><g clip-path="url(#{name})">"#
        ))
    }

    pub fn end(&mut self) -> &mut Self {
        self.put(format_args!("</g>"))
    }

    fn put(&mut self, shape: std::fmt::Arguments<'_>) -> &mut Self {
        // Writing to a String cannot fail.
        let _ = self.out.write_fmt(shape);
        self
    }

    pub fn finish(self, width: i32, height: i32) -> String {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"
 width="{width}" height="{height}">{}</svg>"#,
            self.out
        )
    }
}

fn ink(n: usize) -> Ink {
    let [wall, floor, shade, main, deep, pale, accent, ink] = PALETTES[n % PALETTES.len()];
    Ink { wall, floor, shade, main, deep, pale, accent, ink }
}
