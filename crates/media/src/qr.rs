//! QR codes as SVG: sharp at every size, and a PNG by way of [`crate::render`].

use qrcode::{EcLevel, QrCode};
use std::fmt::Write;

use crate::Refused;

/// Light modules around the code; the standard asks for four.
const QUIET: usize = 4;

/// A black on white code with its quiet zone, one path, a unit a module.
/// Level M: a scuffed printout at a pick-up point still reads.
pub fn svg(text: &str) -> Result<String, Refused> {
    let code =
        QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| Refused::TooMuchText)?;
    let wide = code.width();
    let side = wide + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(wide).enumerate() {
        let mut x = 0;
        while x < wide {
            let run = row[x..].iter().take_while(|c| **c == qrcode::Color::Dark).count();
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"
 shape-rendering="crispEdges"><path d="M0 0h{side}v{side}H0z" fill="#fff"/>
<path d="{path}" fill="#000"/></svg>"##
    ))
}

/// The same as a PNG of about this width: whole pixels a module, so that no edge is grey.
pub fn png(text: &str, width: u32) -> Result<Vec<u8>, Refused> {
    let drawing = svg(text)?;
    let side = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| Refused::TooMuchText)?
        .width() as u32
        + 2 * QUIET as u32;
    crate::render::png(&drawing, (width / side).max(1) * side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_the_modules_of_the_code_and_a_quiet_zone() {
        let text = "https://kith.example/c/taoyuanli/s/7Q2";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("short text");
        let side = code.width() + 2 * QUIET;
        let pixels = image::load_from_memory(&png(text, side as u32 * 3).expect("png"))
            .expect("own PNG")
            .to_luma8();
        assert_eq!(pixels.width() as usize, side * 3);
        let colours = code.to_colors();
        for y in 0..side {
            for x in 0..side {
                let inside =
                    (QUIET..side - QUIET).contains(&x) && (QUIET..side - QUIET).contains(&y);
                let dark = inside
                    && colours[(y - QUIET) * code.width() + x - QUIET] == qrcode::Color::Dark;
                let seen = pixels.get_pixel(x as u32 * 3 + 1, y as u32 * 3 + 1).0[0];
                assert_eq!(seen, if dark { 0 } else { 255 }, "module {x},{y}");
            }
        }
    }

    #[test]
    fn a_novel_is_refused() {
        assert_eq!(svg(&"x".repeat(5_000)), Err(Refused::TooMuchText));
    }
}
