//! What makes a room pleasant: flowers, ornaments, curtains.

use super::sheet::{CREAM, LEAF, LEAF_DEEP, STEEL, STEEL_DEEP, Sheet, WOOD, WOOD_DEEP};

fn bloom(s: &mut Sheet, x: i32, y: i32, r: i32) {
    let k = s.ink;
    for n in 0..6 {
        s.turn(n * 60, x, y).oval(x, y - r * 2 / 3, r / 2, r * 2 / 3, k.main).end();
    }
    s.disc(x, y, r / 2, k.pale).disc(x, y, r / 4, k.deep);
}

pub(super) fn domeflower(s: &mut Sheet) {
    draw_flowers(s, true);
}

pub(super) fn flowers(s: &mut Sheet) {
    draw_flowers(s, false);
}

fn draw_flowers(s: &mut Sheet, domeflower: bool) {
    let k = s.ink;
    s.shadow(320, 546, 170);
    if domeflower {
        s.rect(190, 500, 260, 44, 16, WOOD).rect(190, 528, 260, 16, 8, WOOD_DEEP);
        s.line("M320 500c-10-60 6-110 0-190", LEAF_DEEP, 9);
        s.turn(40, 280, 420)
            .oval(280, 420, 18, 42, LEAF)
            .end()
            .turn(-40, 362, 400)
            .oval(362, 400, 18, 42, LEAF)
            .end();
        bloom(s, 320, 280, 76);
        s.disc(250, 470, 16, k.accent).disc(390, 476, 12, k.accent);
        s.veil("M206 500V250c0-160 228-160 228 0v250z", "#FFFFFF", 18);
        s.line("M206 500V250c0-160 228-160 228 0v250", STEEL, 6).line(
            "M240 260c6-50 30-74 60-84",
            "#FFFFFF",
            8,
        );
    } else {
        s.line(
            "M320 400c-20-80-90-100-100-190M320 400c0-90 10-140 0-230M320 400c20-90 90-100 104-170",
            LEAF_DEEP,
            8,
        );
        s.turn(-50, 250, 300)
            .oval(250, 300, 16, 40, LEAF)
            .end()
            .turn(50, 392, 310)
            .oval(392, 310, 16, 40, LEAF)
            .end();
        bloom(s, 216, 200, 56);
        bloom(s, 320, 160, 64);
        bloom(s, 428, 220, 54);
        s.path(
            "M250 380h140c-10 40 40 70 30 120-6 34-50 46-100 46s-94-12-100-46c-10-50 40-80 30-120z",
            k.accent,
        );
        s.oval(320, 382, 70, 14, k.ink).veil(
            "M262 400c0 40-30 60-24 100 4 20 20 34 40 40-20-50 10-90 4-140z",
            "#FFFFFF",
            30,
        );
    }
}

pub(super) fn ornament(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 536, 200);
    if s.dice(2) == 0 {
        s.path("M120 400c120 60 300 60 420-10-10 100-90 146-200 146S130 500 120 400z", k.main);
        s.line("M210 420c-60-60-70-170-10-210 40-24 80 10 60 50", k.main, 44);
        s.path("M268 248l50 20-46 20z", "#F2A541").disc(236, 226, 8, k.ink);
        s.veil("M160 440c90 40 240 44 340-4-30 60-90 90-160 90s-150-30-180-86z", k.ink, 16);
        s.path("M420 400c60-20 100-70 110-130 30 60 10 120-40 150z", k.accent);
    } else {
        s.rect(270, 300, 100, 200, 30, k.main)
            .oval(320, 516, 150, 30, k.deep)
            .oval(320, 504, 150, 30, k.main);
        s.path("M150 300h340c0 60-70 96-170 96S150 360 150 300z", k.pale)
            .oval(320, 300, 170, 30, STEEL_DEEP);
        for (x, c) in [(240, k.accent), (320, k.deep), (400, k.accent)] {
            s.disc(x, 276, 40, c).line(&format!("M{x} 240c2-14 12-20 22-20"), LEAF_DEEP, 6);
        }
    }
}

pub(super) fn curtain(s: &mut Sheet) {
    let k = s.ink;
    s.rect(150, 110, 340, 400, 10, CREAM).rect(166, 126, 308, 368, 4, "#CFE3E8");
    s.path("M166 400c80-60 160-40 200-20s80 10 108-10v124H166z", LEAF);
    s.disc(400, 190, 34, "#F6D98F")
        .rect(312, 126, 16, 368, 0, CREAM)
        .rect(166, 300, 308, 12, 0, CREAM);
    s.rect(66, 84, 508, 16, 8, k.ink).disc(66, 92, 16, k.ink).disc(574, 92, 16, k.ink);
    let spots = s.dice(3);
    for (x, way) in [(84, 1), (556, -1)] {
        s.path(&format!("M{x} 100h{}c-10 150 0 300 {} 470H{x}z", way * 150, way * 26), k.main);
        for n in 0..3 {
            let fx = x + way * (30 + n * 42);
            s.line(&format!("M{fx} 112c{} 140 0 300 {} 446", way * -6, way * 10), k.deep, 6);
        }
        for n in 0..8 {
            let (fx, fy) = (x + way * (50 + n % 2 * 44), 150 + n * 50);
            match spots {
                0 => s.disc(fx, fy, 8, k.pale),
                1 => s.oval(fx, fy, 5, 16, k.pale),
                _ => s.disc(fx, fy, 0, k.pale),
            };
        }
        s.rect(x.min(x + way * 166), 350, 166, 16, 8, k.accent);
    }
}
