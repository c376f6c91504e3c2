//! All drawings on one sheet, for the eye: `cargo run -p media --example contact_sheet -- OUT_DIR`

use std::path::PathBuf;

use image::{GenericImage, RgbImage};

const CELL: u32 = 160;
const ACROSS: u32 = 12;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let looks: Vec<&str> = media::look::kinds().collect();
    let drawings = looks.iter().flat_map(|l| [media::look::svg(l, 3), media::look::svg(l, 20)]);
    save(&folder, "looks.png", drawings.collect(), CELL);
    save(&folder, "covers.png", (0..24).map(media::look::cover).collect(), CELL * 3 / 4);
}

fn save(folder: &std::path::Path, name: &str, drawings: Vec<String>, tall: u32) {
    let rows = (drawings.len() as u32).div_ceil(ACROSS);
    let mut sheet = RgbImage::new(ACROSS * CELL, rows * tall);
    for (n, svg) in drawings.iter().enumerate() {
        let png = media::render::png(svg, CELL).expect("a drawing of our own");
        let cell = image::load_from_memory(&png).expect("a PNG of our own").to_rgb8();
        let (x, y) = (n as u32 % ACROSS * CELL, n as u32 / ACROSS * tall);
        sheet.copy_from(&cell, x, y).expect("a cell on the sheet");
    }
    sheet.save(folder.join(name)).expect("write the sheet");
}
