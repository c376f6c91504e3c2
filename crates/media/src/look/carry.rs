//! Things one carries, writes with or keeps things in; the parcel for everything else.

use super::sheet::{CREAM, STEEL, STEEL_DEEP, Sheet, WOOD, WOOD_DEEP};

pub(super) fn parcel(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 230);
    s.path("M110 280l210-80 210 80v200l-210 70-210-70z", WOOD)
        .path("M320 360l210-80v200l-210 70z", WOOD_DEEP);
    s.path("M110 280l210-80 210 80-210 80z", "#DDB889")
        .path("M200 246l210 80v70l-40-24-20 40V350L160 262z", k.main);
    s.path("M150 400l70 24v60l-70-24z", CREAM).line("M164 424l40 14M164 442l28 10", k.shade, 6);
    match s.dice(3) {
        0 => s.line(
            "M320 200c-40-50-90-20-60 10 20 16 60-10 60-10s40 26 60 10c30-30-20-60-60-10z",
            k.accent,
            12,
        ),
        1 => s.path("M440 370c20-30 50-10 40 14l-36 50-40-30c-18-20 10-50 36-34z", k.accent),
        _ => s.disc(320, 268, 34, k.accent),
    };
}

pub(super) fn suitcase(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 556, 180);
    s.line("M270 170V92q0-12 12-12h76q12 0 12 12v78", STEEL_DEEP, 14)
        .rect(262, 70, 116, 26, 13, k.ink);
    s.disc(220, 540, 22, k.ink).disc(420, 540, 22, k.ink);
    s.rect(170, 160, 300, 380, 46, k.main).veil(
        "M170 450h300v44q0 46-46 46H216q-46 0-46-46z",
        k.ink,
        14,
    );
    let ribs = s.dice(3);
    for n in 0..5 {
        match ribs {
            0 => s.rect(206 + n * 52, 190, 18, 320, 9, k.deep),
            1 => s.rect(190, 206 + n * 62, 260, 14, 7, k.deep),
            _ => s.line(&format!("M{} 190L{} 510", 200 + n * 60, 180 + n * 60), k.deep, 7),
        };
    }
    s.rect(290, 180, 60, 26, 10, STEEL)
        .rect(164, 320, 16, 60, 8, STEEL)
        .rect(460, 320, 16, 60, 8, STEEL);
    s.turn(12, 400, 430).rect(366, 396, 76, 60, 8, k.accent).rect(380, 418, 48, 8, 4, CREAM).end();
}

pub(super) fn backpack(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 548, 180);
    s.line("M270 150c0-60 100-60 100 0", k.ink, 18);
    s.rect(120, 330, 70, 170, 30, k.deep).rect(450, 330, 70, 170, 30, k.deep);
    s.path("M160 300c0-120 50-170 160-170s160 50 160 170v180q0 60-60 60H220q-60 0-60-60z", k.main);
    s.line("M186 290c60 30 200 30 268 0", k.deep, 9)
        .rect(210, 360, 220, 150, 30, k.deep)
        .rect(210, 360, 220, 40, 20, k.pale);
    s.rect(306, 380, 28, 40, 8, k.accent).rect(296, 180, 48, 60, 10, CREAM);
    if s.dice(2) == 0 {
        s.disc(390, 460, 22, k.accent);
    }
}

pub(super) fn bag(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 190);
    s.line("M250 250V170c0-90 140-90 140 0v80", k.deep, 18);
    s.path("M140 240h360l26 270q2 32-30 32H144q-32 0-30-32z", k.pale).veil(
        "M120 460h400l6 50q2 32-30 32H144q-32 0-30-32z",
        k.shade,
        60,
    );
    match s.dice(3) {
        0 => s.path(
            "M200 420c40-60 80-60 120-20s80 20 120-30c-10 80-60 110-120 100s-80 \
            0-120-50z",
            k.main,
        ),
        1 => s.disc(320, 390, 80, k.main).path("M270 400l50-60 50 60-50 40z", k.pale),
        _ => s.line(
            "M210 360c40-30 70 30 110 0s70 30 110 0M210 410c40-30 70 30 110 0s70 30 110 \
            0M210 460c40-30 70 30 110 0s70 30 110 0",
            k.main,
            12,
        ),
    };
    s.rect(150, 250, 340, 14, 7, k.shade);
}

pub(super) fn umbrella(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(330, 548, 130);
    s.line("M320 150v340c0 60 80 60 80 0", WOOD_DEEP, 18).line("M320 90v30", k.ink, 12);
    s.path(
        "M80 340c0-150 110-230 240-230s240 80 240 230c-30-30-70-30-96 0-26-30-70-30-96 \
        0-26-30-70-30-96 0-26-30-70-30-96 0-26-30-70-30-100 0z",
        k.main,
    );
    s.path(
        "M320 110c-70 50-100 120-96 230 26-30 70-30 96 0 26-30 70-30 96 0 4-110-26-180-96-230z",
        k.pale,
    );
    if s.dice(2) == 0 {
        s.path(
            "M320 110c-30 60-40 130-40 216 14-10 26-4 40 14 14-18 26-24 40-14 0-86-10-156-40-216z",
            k.accent,
        );
    }
}

pub(super) fn pen(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 230);
    s.rect(110, 330, 420, 200, 12, CREAM).rect(110, 510, 420, 20, 10, k.shade);
    for n in 0..3 {
        s.line(&format!("M150 {}h{}", 380 + n * 40, 300 - n * 60), k.shade, 6);
    }
    s.line("M170 376c30-30 40 20 70-4s30 10 50-6", k.ink, 6);
    let metal = s.dice(2) == 0;
    s.turn(38, 320, 280).rect(170, 250, 190, 52, 8, k.main).rect(356, 250, 170, 52, 26, k.deep);
    s.rect(346, 246, 16, 60, 4, STEEL).rect(380, 240, 120, 14, 7, STEEL_DEEP);
    if metal {
        s.path("M170 252l-80 24 80 24z", STEEL)
            .line("M96 276h60", STEEL_DEEP, 4)
            .rect(160, 250, 18, 52, 4, k.accent);
    } else {
        s.path("M170 250l-50 18v16l50 18z", k.pale).rect(108, 270, 16, 12, 4, k.ink);
        s.rect(526, 262, 30, 28, 8, k.accent);
    }
    s.veil("M180 256h170v12H180z", "#FFFFFF", 40).end();
}

pub(super) fn notebook(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 220);
    s.turn(8, 340, 340)
        .rect(190, 150, 300, 380, 14, k.pale)
        .rect(196, 520, 290, 14, 6, CREAM)
        .end();
    s.turn(-7, 300, 340)
        .rect(150, 130, 310, 400, 14, CREAM)
        .rect(150, 124, 310, 396, 14, k.main)
        .rect(150, 124, 46, 396, 14, k.deep);
    match s.dice(3) {
        0 => s
            .rect(250, 200, 160, 100, 8, CREAM)
            .rect(276, 234, 108, 10, 5, k.accent)
            .rect(276, 256, 70, 8, 4, k.shade),
        1 => s.disc(330, 290, 66, k.pale).path("M290 310l40-60 40 60z", k.accent),
        _ => s.line("M230 220h180M230 260h180M230 300h120", k.pale, 12),
    };
    s.rect(420, 124, 16, 396, 0, k.accent).end();
    s.turn(20, 500, 420)
        .rect(486, 300, 26, 200, 8, "#F2B541")
        .path("M486 500h26l-13 36z", "#E9C9A0")
        .rect(486, 286, 26, 24, 8, k.accent)
        .end();
}

pub(super) fn headphones(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 190);
    s.line("M150 380c0-320 340-320 340 0", k.deep, 34).line(
        "M180 300c20-140 260-140 280 0",
        k.pale,
        12,
    );
    s.rect(110, 330, 96, 180, 44, k.main).rect(434, 330, 96, 180, 44, k.main);
    s.rect(180, 346, 44, 148, 22, k.ink).rect(416, 346, 44, 148, 22, k.ink);
    if s.dice(2) == 0 {
        s.disc(146, 420, 18, k.accent).disc(494, 420, 18, k.accent);
    }
}

pub(super) fn storage(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 230);
    s.path("M190 270c-10-70 80-90 110-40 40-60 130-20 110 40z", k.pale)
        .path("M330 270c0-60 120-80 130 0z", k.accent);
    s.rect(110, 260, 420, 280, 26, k.main).rect(96, 244, 448, 50, 18, k.deep);
    s.rect(250, 340, 140, 40, 20, k.ink).rect(258, 346, 124, 28, 14, k.floor);
    if s.dice(2) == 0 {
        for n in 0..3 {
            s.line(&format!("M130 {}h380", 420 + n * 36), k.deep, 6);
        }
    } else {
        s.rect(240, 420, 160, 70, 8, CREAM).rect(262, 446, 110, 10, 5, k.shade);
    }
}

pub(super) fn toy(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 548, 190);
    if s.dice(2) == 0 {
        s.disc(220, 170, 48, WOOD_DEEP)
            .disc(420, 170, 48, WOOD_DEEP)
            .disc(220, 172, 26, k.pale)
            .disc(420, 172, 26, k.pale);
        s.disc(320, 250, 130, WOOD)
            .oval(320, 290, 60, 46, CREAM)
            .disc(270, 234, 13, k.ink)
            .disc(370, 234, 13, k.ink);
        s.oval(320, 270, 20, 14, k.ink).line("M300 304q20 18 40 0", k.ink, 6);
        s.oval(320, 450, 130, 104, WOOD)
            .oval(320, 460, 76, 70, CREAM)
            .disc(210, 530, 44, WOOD_DEEP)
            .disc(430, 530, 44, WOOD_DEEP);
        s.path("M320 366l-60-30v60zM320 366l60-30v60z", k.accent).disc(320, 366, 16, k.main);
    } else {
        s.rect(120, 400, 140, 140, 14, k.main)
            .rect(380, 400, 140, 140, 14, k.accent)
            .rect(250, 260, 140, 140, 14, k.pale);
        s.disc(190, 470, 36, CREAM)
            .path("M450 430l44 76h-88z", CREAM)
            .rect(290, 300, 60, 60, 8, k.main);
        s.path("M320 120l80 130H240z", k.deep);
    }
}
