//! Bedroom and textiles: bedding, quilts, pillows, towels, rugs.

use super::sheet::{CREAM, LEAF, LEAF_DEEP, Sheet, WOOD, WOOD_DEEP};

pub(super) fn bedding(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 548, 250);
    s.rect(90, 150, 460, 330, 34, WOOD).rect(110, 170, 420, 300, 24, WOOD_DEEP);
    s.rect(100, 500, 30, 50, 8, WOOD_DEEP).rect(510, 500, 30, 50, 8, WOOD_DEEP);
    for x in [132, 328] {
        s.rect(x, 236, 180, 110, 40, CREAM);
        s.veil(
            &format!("M{x} 306c50 20 130 20 180 0v10q0 30-40 30h-100q-40 0-40-30z"),
            k.shade,
            55,
        );
    }
    let duvet = "M76 352q0-30 34-30h420q34 0 34 30v150q0 26-26 26H102q-26 0-26-26z";
    s.path(duvet, k.main).within("d", duvet);
    match s.dice(4) {
        0 => (0..8).for_each(|n| {
            s.rect(96 + n * 62, 300, 16, 240, 0, k.pale);
        }),
        1 => (0..27).for_each(|n| {
            s.disc(104 + (n % 9) * 54 + (n / 9 % 2) * 26, 410 + n / 9 * 44, 9, k.pale);
        }),
        2 => (0..5).for_each(|n| {
            s.rect(70, 404 + n * 30, 500, 6, 0, k.pale).rect(110 + n * 104, 320, 6, 220, 0, k.pale);
        }),
        _ => (0..4).for_each(|n| {
            let x = 130 + n * 124;
            s.line(&format!("M{x} 500c-14-40 10-60-2-96"), k.pale, 5);
            s.disc(x - 4, 396, 13, k.accent).oval(x + 14, 450, 12, 6, k.pale);
        }),
    }
    s.rect(60, 318, 520, 54, 0, k.pale).veil("M60 372h520v12H60z", k.ink, 18).end();
}

pub(super) fn quilt(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 230);
    let layers = 3;
    let stitches = s.dice(2);
    for n in 0..layers {
        let y = 430 - n * 112;
        let fill = [k.main, k.pale, k.main][n as usize % 3];
        let seam = [k.deep, k.main, k.deep][n as usize % 3];
        s.rect(108 + n * 8, y, 424 - n * 16, 114, 54, fill);
        s.line(&format!("M{} {}h{}", 150 + n * 8, y + 57, 340 - n * 16), seam, 4);
        for i in 0..5 {
            let x = 176 + i * 72;
            if stitches == 0 {
                s.line(&format!("M{x} {}q14 24 0 44M{x} {}q14 20 0 40", y + 8, y + 64), seam, 4);
            } else {
                s.line(&format!("M{x} {}l14 14M{} {}l-14 14", y + 26, x + 14, y + 26), seam, 4);
                s.line(&format!("M{x} {}l14 14M{} {}l-14 14", y + 76, x + 14, y + 76), seam, 4);
            }
        }
        s.veil(
            &format!(
                "M{} {y}h{}q40 0 52 34H{}q12-34 52-34z",
                162 + n * 8,
                316 - n * 16,
                110 + n * 8
            ),
            "#FFFFFF",
            22,
        );
    }
    s.rect(286, 206, 68, 338, 6, k.accent).rect(286, 352, 68, 26, 6, k.ink);
}

pub(super) fn pillow(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 512, 230);
    if s.dice(2) == 0 {
        let top = "M150 300c36-54 84-54 130-22s100 50 146 10 80-40 102-12l14 100c-30-30-80-30-130 \
                   10s-112 20-162-10-100-30-140 20z";
        let front = "M110 396c40-50 90-50 140-20s112 50 162 10 100-40 130-10v96q-216 24-432 0z";
        s.path(top, "#FFFDF7").path(front, k.pale).within("w", front);
        s.path("M60 446c170 30 340 30 520 0v80H60z", k.main).end();
        s.line("M110 396c40-50 90-50 140-20s112 50 162 10 100-40 130-10", k.main, 7);
        s.line("M230 300c40 26 70 34 104 24M400 310c30-12 60-20 84-10", k.shade, 5);
        return;
    }
    s.path(
        "M96 300c-30-24 2-62 34-46 120-18 250-18 380 0 32-16 64 22 34 46 10 60 10 110 0 170 30 \
        24-2 56-34 42-130 16-260 16-380 0-32 14-64-18-34-42-10-60-10-110 0-170z",
        "#FFFDF7",
    );
    s.veil(
        "M90 420c150 40 310 40 460 0 0 18-2 34-6 50 30 24-2 56-34 42-130 16-260 16-380 0-32 \
        14-64-18-34-42-4-16-6-32-6-50z",
        k.main,
        40,
    );
    match s.dice(3) {
        0 => s.line("M150 300q60 30 70 90M490 300q-60 30-70 90", k.shade, 6),
        1 => s.path("M96 300l70-10v196l-70-16c-10-60-10-110 0-170z", k.main),
        _ => s.line("M130 286c120-16 260-16 380 0v196c-130 16-260 16-380 0z", k.main, 5),
    };
    s.line("M250 340c40 20 100 20 140 0", k.shade, 6);
}

pub(super) fn cushion(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 528, 200);
    let outline = "M150 170q170 40 340 0 18-4 22 16-34 150 0 318 2 22-22 20-170-34-340 0-22 \
        2-22-20 38-168 0-318 2-22 22-16z";
    let tilt = [-6, 5, 0][s.dice(3)];
    s.turn(tilt, 320, 340).path(outline, k.main).within("c", outline);
    match s.dice(4) {
        0 => (0..6).for_each(|n| {
            s.rect(120, 206 + n * 52, 400, 18, 0, k.pale);
        }),
        1 => {
            s.disc(320, 346, 84, k.pale).disc(320, 346, 46, k.accent).disc(320, 346, 16, k.pale);
            for n in 0..8 {
                s.turn(n * 45, 320, 346).oval(320, 240, 18, 32, k.pale).end();
            }
        }
        2 => (0..5).for_each(|n| {
            let y = 250 + n * 56;
            s.line(&format!("M110 {y}l52-40 52 40 52-40 52 40 52-40 52 40 52-40 52 40"), k.pale, 9);
        }),
        _ => (0..25).for_each(|n| {
            s.disc(
                170 + n % 5 * 76,
                210 + n / 5 * 70,
                12,
                if n % 2 == 0 { k.pale } else { k.accent },
            );
        }),
    }
    s.end();
    s.veil("M128 504q38-168 0-318c-2-22 22-16 22-16 10 110 10 240-8 356z", k.ink, 12);
    for (x, y) in [(146, 178), (494, 178), (138, 516), (502, 516)] {
        s.disc(x, y, 13, k.accent);
    }
    s.end();
}

pub(super) fn blanket(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 226);
    for n in 0..15 {
        let x = 132 + n * 27;
        s.line(&format!("M{x} 470c2 18-4 30 2 52"), k.deep, 8);
    }
    s.rect(112, 210, 416, 270, 26, k.main);
    let check = s.dice(3);
    for n in 0..4 {
        let x = 150 + n * 100;
        match check {
            0 => s.veil(&format!("M{x} 210h40v270h-40z"), k.pale, 55),
            1 => s.line(&format!("M{x} 220l46 46-46 46 46 46-46 46 46 46"), k.pale, 7),
            _ => s.rect(x, 240, 24, 24, 4, k.pale).rect(x + 40, 400, 24, 24, 4, k.pale),
        };
    }
    s.veil("M112 280h416v34H112zM112 400h416v34H112z", k.pale, 50);
    s.rect(112, 178, 416, 70, 34, k.deep).rect(112, 170, 416, 60, 30, k.main);
    s.rect(400, 206, 92, 56, 6, CREAM).rect(416, 224, 60, 6, 3, k.accent);
    s.rect(416, 238, 40, 6, 3, k.shade);
}

pub(super) fn towel(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 536, 214);
    let fills = [k.main, k.pale, k.accent];
    for n in 0..3 {
        let y = 440 - n * 96;
        let fill = fills[n as usize];
        s.rect(122, y, 396, 94, 40, fill);
        s.veil(&format!("M122 {}h396v14q0 40-40 40H162q-40 0-40-40z", y + 40), k.ink, 12);
        s.rect(400, y, 18, 94, 0, CREAM).rect(428, y, 8, 94, 0, CREAM);
        s.line(&format!("M150 {}h220", y + 46), k.ink, 3);
    }
    if s.dice(2) == 0 {
        s.path("M258 236c-18-60 22-96 62-96s80 36 62 96z", CREAM).disc(320, 130, 20, k.main);
        s.rect(308, 96, 24, 40, 6, k.deep);
    } else {
        s.line("M320 240c-6-60 20-90 4-130", LEAF_DEEP, 7);
        for (x, y, t) in [(296, 190, 40), (352, 170, -40), (294, 140, 40), (350, 122, -40)] {
            s.turn(t, x, y).oval(x, y, 15, 30, LEAF).end();
        }
    }
}

pub(super) fn rug(s: &mut Sheet) {
    let k = s.ink;
    s.path("M60 540L170 250h300l110 290z", k.shade);
    let outline = "M60 528L170 238h300l110 290z";
    s.path(outline, k.main).within("r", outline);
    match s.dice(3) {
        0 => (0..5).for_each(|n| {
            let y = 268 + n * 58;
            s.line(
                &format!("M30 {y}l58 30 58-30 58 30 58-30 58 30 58-30 58 30 58-30 58 30 58-30"),
                [k.pale, k.accent][n as usize % 2],
                10,
            );
        }),
        1 => {
            s.path("M320 260l150 120-150 120-150-120z", k.pale)
                .path("M320 300l100 80-100 80-100-80z", k.accent);
            s.path("M320 340l50 40-50 40-50-40z", k.pale);
        }
        _ => (0..4).for_each(|n| {
            s.rect(0, 258 + n * 68, 640, 30, 0, k.pale).rect(0, 296 + n * 68, 640, 6, 0, k.accent);
        }),
    }
    s.end().line("M84 510L186 256h268l102 254z", k.deep, 6);
    for n in 0..14 {
        let x = 70 + n * 39;
        s.line(&format!("M{x} 530l-4 22"), k.pale, 6);
    }
    s.oval(500, 236, 54, 14, k.shade).path("M462 150h76l-12 88h-52z", CREAM);
    s.line("M500 150c0-40-30-50-34-84M500 150c2-44 34-50 36-78", LEAF_DEEP, 6);
    s.oval(462, 70, 16, 30, LEAF).oval(540, 76, 16, 30, LEAF).oval(500, 60, 15, 34, LEAF);
}

pub(super) fn mattress(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 256);
    s.path("M60 400L190 290h330l70 110v80q0 22-22 22H82q-22 0-22-22z", k.pale);
    s.path("M60 400h530v80q0 22-22 22H82q-22 0-22-22z", k.main);
    s.line("M60 400h530", CREAM, 10).line("M64 492h520", CREAM, 10);
    for n in 0..12 {
        s.line(&format!("M{} 424v46", 92 + n * 42), k.deep, 5);
    }
    for n in 0..4 {
        s.line(&format!("M{} {}h{}", 172 - n * 28, 310 + n * 24, 352 + n * 44), k.shade, 4);
        s.line(&format!("M{} 296L{} 396", 240 + n * 76, 166 + n * 108), k.shade, 4);
    }
    s.rect(228, 214, 220, 88, 40, CREAM).veil(
        "M228 270c70 16 150 16 220 0 0 20-10 32-40 32H268c-30 0-40-12-40-32z",
        k.shade,
        60,
    );
    s.rect(490, 440, 64, 34, 6, CREAM);
}

pub(super) fn mat(s: &mut Sheet) {
    let k = s.ink;
    let (straw, dark) =
        [("#D9C48A", "#B39A58"), ("#BFC48E", "#939A5E"), ("#D8B98A", "#AE8B55")][s.dice(3)];
    s.shadow(320, 540, 250);
    s.path("M120 300h430l50 220H60z", straw);
    for n in 0..10 {
        let y = 310 + n * 21;
        s.line(&format!("M{} {y}h{}", 116 - n * 6, 438 + n * 11), dark, 3);
    }
    s.line("M250 300L214 520M420 300l26 220", k.main, 10);
    s.line("M120 300L60 520M550 300l50 220", k.accent, 14);
    s.rect(96, 230, 470, 96, 48, straw).oval(552, 278, 24, 48, dark).oval(552, 278, 15, 34, straw);
    s.oval(552, 278, 7, 18, dark);
    for n in 0..4 {
        s.line(&format!("M120 {}h400", 248 + n * 20), dark, 3);
    }
    s.rect(196, 228, 26, 100, 6, k.main).rect(420, 228, 26, 100, 6, k.main);
    s.line("M209 328c-10 20-20 26-34 30M433 328c10 20 20 26 34 30", k.main, 8);
}
