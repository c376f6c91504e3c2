//! Washing, light and pictures: soap, bottles, brushes, candles, prints.

use super::sheet::{CREAM, LEAF, LEAF_DEEP, Sheet, WOOD, WOOD_DEEP};

pub(super) fn soap(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 230);
    s.rect(110, 450, 420, 60, 24, WOOD).rect(110, 490, 420, 30, 15, WOOD_DEEP);
    s.rect(150, 330, 340, 130, 44, k.deep).rect(150, 300, 340, 130, 44, k.main);
    match s.dice(3) {
        0 => s.line("M240 366h160M270 392h100", k.pale, 9),
        1 => s.line(
            "M320 410v-80M320 380c-30 0-44-14-46-36 30 0 44 12 46 36zM320 364c28 0 42-14 \
            44-34-28 0-42 12-44 34z",
            k.pale,
            7,
        ),
        _ => s.path("M190 300h90l-60 130h-66q-4-20-4-40v-46q0-44 40-44z", k.accent),
    };
    s.disc(170, 230, 34, "#FFFFFF")
        .disc(230, 190, 20, "#FFFFFF")
        .disc(460, 220, 42, "#FFFFFF")
        .disc(400, 160, 18, "#FFFFFF");
    s.disc(170, 230, 26, k.wall).disc(460, 220, 33, k.wall).disc(230, 190, 14, k.wall);
}

pub(super) fn skincare(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(310, 544, 200);
    s.rect(170, 250, 150, 290, 34, k.main)
        .rect(210, 200, 70, 56, 8, k.deep)
        .rect(228, 150, 34, 54, 6, k.ink);
    s.path("M186 130h90q14 0 14 14v20H200l-40 20v-24q0-30 26-30z", k.ink)
        .rect(190, 340, 110, 130, 8, CREAM);
    s.rect(210, 370, 70, 9, 4, k.accent).rect(210, 394, 50, 7, 3, k.shade);
    s.rect(350, 400, 160, 140, 28, k.pale)
        .rect(344, 370, 172, 50, 16, k.accent)
        .disc(430, 480, 30, CREAM);
    if s.dice(2) == 0 {
        s.line("M500 370c30-60 20-110 50-150", LEAF_DEEP, 6)
            .oval(540, 240, 14, 30, LEAF)
            .oval(506, 300, 14, 28, LEAF);
    }
    s.veil("M184 270h22v240q-22-8-22-40z", "#FFFFFF", 34);
}

pub(super) fn toothbrush(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 150);
    for (t, c, x) in [(-10, k.main, 280), (12, k.accent, 350)] {
        s.turn(t, x, 500).rect(x - 12, 110, 24, 380, 12, c).rect(x - 16, 100, 32, 96, 12, c);
        s.rect(x + 14, 104, 30, 86, 6, CREAM)
            .line(&format!("M{} 124h24M{} 146h24M{} 168h24", x + 16, x + 16, x + 16), k.shade, 4)
            .end();
    }
    s.path("M200 320h240l-24 200q-4 22-26 22H250q-22 0-26-22z", k.pale)
        .oval(320, 322, 120, 24, k.deep);
    s.path("M200 320q120 50 240 0l-24 200q-4 22-26 22H250q-22 0-26-22z", k.pale);
    if s.dice(2) == 0 {
        s.rect(216, 420, 208, 24, 0, k.main);
    }
}

pub(super) fn candle(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 190);
    s.veil(
        "M320 90c130 0 200 90 200 180S450 440 320 440 120 360 120 270 190 90 320 90z",
        "#FFE9A8",
        45,
    );
    if s.dice(2) == 0 {
        s.rect(190, 280, 260, 260, 30, k.main)
            .oval(320, 286, 130, 30, k.pale)
            .oval(320, 290, 106, 20, CREAM);
        s.rect(230, 370, 180, 110, 8, CREAM)
            .rect(262, 404, 116, 10, 5, k.accent)
            .rect(282, 430, 76, 8, 4, k.shade);
        s.line("M320 290v-40", k.ink, 7)
            .path("M320 150c40 44 40 96 0 106-40-10-40-62 0-106z", "#F2A541")
            .path("M320 196c18 24 18 48 0 56-18-8-18-32 0-56z", "#FFF1C4");
    } else {
        for (x, h) in [(250, 260), (390, 200)] {
            let top = 520 - h;
            s.rect(x - 34, top, 68, h, 14, k.pale).rect(x - 54, 500, 108, 40, 18, k.main);
            s.path(&format!("M{} {top}h68v50q-16 30-24 0t-20 10-24-10z", x - 34), CREAM);
            s.line(&format!("M{x} {top}v-26"), k.ink, 6);
            s.path(&format!("M{x} {}c30 34 30 74 0 82-30-8-30-48 0-82z", top - 108), "#F2A541");
        }
    }
}

pub(super) fn print(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 190);
    s.rect(140, 90, 360, 450, 8, WOOD).rect(160, 110, 320, 410, 4, CREAM);
    s.rect(196, 150, 248, 310, 2, k.pale);
    let view = "M196 150h248v310H196z";
    s.within("v", view);
    match s.dice(3) {
        0 => {
            s.disc(370, 220, 42, k.accent);
            s.path("M196 340q62-30 124 0t124 0v120H196z", k.main)
                .path("M196 390q62-30 124 0t124 0v70H196z", k.deep);
            s.path("M270 330h100l-20 34h-60z", CREAM).path("M318 230v96h56z", CREAM);
        }
        1 => {
            s.path("M196 460l90-180 60 100 40-60 70 140z", k.main)
                .path("M286 280l30 60-24-10-20 14z", CREAM)
                .disc(256, 210, 34, k.accent);
        }
        _ => {
            s.line(
                "M236 260q30-30 50 0 20-30 50 0M320 320q30-30 50 0 20-30 50 0M226 360q24-24 40 \
                0 16-24 40 0",
                k.deep,
                9,
            );
            s.rect(196, 410, 248, 60, 0, k.main);
        }
    }
    s.end().rect(380, 482, 60, 6, 3, k.shade);
}
