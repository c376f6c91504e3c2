//! Things to eat.

use super::sheet::{CREAM, LEAF, LEAF_DEEP, Sheet, WOOD, WOOD_DEEP};

fn plate(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 530, 250);
    s.oval(320, 490, 256, 54, k.shade)
        .oval(320, 476, 256, 54, CREAM)
        .oval(320, 474, 206, 38, k.pale);
}

fn cookie(s: &mut Sheet, x: i32, y: i32, r: i32, fill: &str, dots: &str) {
    s.disc(x, y + 6, r, WOOD_DEEP).disc(x, y, r, fill);
    for (dx, dy) in [(-3, -4), (4, -2), (-1, 3), (3, 4), (-5, 1)] {
        s.disc(x + dx * r / 8, y + dy * r / 8, r / 8, dots);
    }
}

pub(super) fn cookies(s: &mut Sheet) {
    let k = s.ink;
    let dots = ["#8E2F3A", "#4A2F20"][s.dice(2)];
    s.shadow(320, 536, 240);
    s.path("M110 300h420l-26 230H136z", k.main).veil("M110 300h60l-4 230h-30z", "#FFFFFF", 24);
    cookie(s, 210, 290, 76, "#DDA960", dots);
    cookie(s, 430, 284, 78, "#E3B673", dots);
    cookie(s, 320, 250, 82, "#D79F55", dots);
    s.path("M104 330q216-44 432 0l-24 200q-192 24-384 0z", k.main);
    s.path("M170 400q150-24 300 0l-8 90q-142 16-284 0z", CREAM)
        .rect(236, 430, 168, 12, 6, k.accent);
    s.rect(270, 456, 100, 8, 4, k.shade);
    cookie(s, 546, 520, 44, "#DDA960", dots);
}

pub(super) fn pastry(s: &mut Sheet) {
    draw_pastry(s, 0);
}

pub(super) fn pineapplecake(s: &mut Sheet) {
    draw_pastry(s, 1);
}

pub(super) fn mungcake(s: &mut Sheet) {
    draw_pastry(s, 2);
}

fn draw_pastry(s: &mut Sheet, kind: usize) {
    let k = s.ink;
    plate(s);
    for (x, y) in [(214, 430), (426, 430), (320, 360)] {
        match kind {
            0 => {
                s.path(
                    &format!(
                        "M{} {}c0-110 188-110 188 0 0 26-30 40-94 40s-94-14-94-40z",
                        x - 94,
                        y
                    ),
                    "#E2A654",
                );
                s.veil(
                    &format!("M{} {}c10-60 60-84 100-80-50 10-70 50-72 90z", x - 80, y - 6),
                    "#FFFFFF",
                    34,
                );
                for n in 0..7 {
                    s.disc(x - 30 + n * 11, y - 58 + n % 3 * 11, 4, "#3A261A");
                }
            }
            1 => {
                s.rect(x - 86, y - 72, 172, 108, 26, "#E8BE6C").rect(
                    x - 86,
                    y + 6,
                    172,
                    30,
                    15,
                    "#C9953E",
                );
                s.line(
                    &format!("M{} {}h100M{} {}h100", x - 50, y - 36, x - 50, y - 12),
                    "#C9953E",
                    7,
                );
            }
            _ => {
                s.path(&format!("M{} {}l20-76h128l20 76q-84 34-168 0z", x - 84, y + 20), "#BFCB84");
                s.oval(x, y - 56, 64, 22, "#D3DDA0").disc(x, y - 58, 12, "#A3B062");
                for n in 0..4 {
                    s.oval(x - 30 + n * 20, y - 58, 5, 13, "#A3B062");
                }
            }
        }
    }
    s.rect(90, 130, 120, 150, 10, k.main)
        .rect(106, 170, 88, 70, 6, CREAM)
        .rect(90, 130, 120, 26, 8, k.deep);
}

pub(super) fn zongzi(s: &mut Sheet) {
    let k = s.ink;
    plate(s);
    for (x, y, t) in [(200, 400, -8), (440, 400, 10), (320, 330, 2)] {
        s.turn(t, x, y).path(&format!("M{x} {}l110 150q-110 50-220 0z", y - 110), LEAF_DEEP);
        s.path(&format!("M{x} {}l40 166q-76 8-150-16z", y - 110), LEAF);
        s.line(
            &format!("M{} {}l20 110M{} {}l-4 120", x - 30, y - 50, x + 30, y - 50),
            LEAF_DEEP,
            4,
        );
        s.line(
            &format!("M{} {}q84 30 172 0M{} {}q60 20 124 0", x - 86, y + 4, x - 62, y - 30),
            CREAM,
            7,
        );
        s.end();
    }
    if s.dice(2) == 0 {
        s.line(
            "M320 220c-20-40-60-30-60-60s50-20 60 20c10-40 60-50 60-20s-40 20-60 60",
            k.accent,
            9,
        );
    } else {
        s.line("M320 220c-10-30-40-40-60-30M320 220c10-30 40-40 60-30", k.main, 9);
    }
}

pub(super) fn fruit(s: &mut Sheet) {
    let k = s.ink;
    let (skin, dark) =
        [("#E88A3A", "#C96A1E"), ("#D9534F", "#AE3733"), ("#F0B9A0", "#DE8F78")][s.dice(3)];
    s.shadow(320, 540, 230);
    for (x, y) in [(220, 330), (420, 330), (320, 260), (320, 350)] {
        s.disc(x, y, 92, skin).veil(
            &format!("M{} {y}c0 50 40 92 92 92s92-42 92-92c-40 50-140 60-184 0z", x - 92),
            dark,
            60,
        );
        s.oval(x - 30, y - 36, 22, 14, "#FFFFFF").line(
            &format!("M{x} {}c0-20 10-30 24-34", y - 84),
            LEAF_DEEP,
            7,
        );
        s.oval(x + 40, y - 106, 26, 13, LEAF);
    }
    s.path("M110 390h420l-30 130q-4 20-24 20H164q-20 0-24-20z", WOOD);
    for n in 0..4 {
        s.line(&format!("M{} {}h{}", 124 + n * 8, 414 + n * 34, 392 - n * 16), WOOD_DEEP, 8);
    }
    s.rect(96, 376, 448, 30, 15, k.main);
}

pub(super) fn nuts(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 220);
    s.path("M160 300h320l20 210q2 30-30 30H170q-32 0-30-30z", CREAM)
        .oval(320, 302, 160, 40, "#8E6038");
    for n in 0..14 {
        let (x, y) = (210 + n % 5 * 54 + n / 5 * 18, 250 + n / 5 * 30);
        s.turn(n * 37 % 90 - 45, x, y).oval(
            x,
            y,
            34,
            22,
            ["#C58B4E", "#A86F38", "#D9AA6B"][n as usize % 3],
        );
        s.line(&format!("M{} {y}q24-10 48 0", x - 24), "#7B4F28", 4).end();
    }
    s.rect(196, 380, 248, 110, 12, k.main)
        .rect(240, 420, 160, 12, 6, k.pale)
        .rect(270, 448, 100, 8, 4, k.pale);
    if s.dice(2) == 0 {
        s.disc(540, 520, 26, "#A86F38");
    }
    s.disc(96, 524, 24, "#C58B4E");
}

pub(super) fn noodles(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 536, 180);
    s.rect(240, 490, 160, 44, 16, k.deep);
    s.path("M96 300h448c0 130-90 210-224 210S96 430 96 300z", k.main)
        .oval(320, 300, 224, 54, k.pale)
        .oval(320, 304, 196, 40, "#D9973F");
    for n in 0..6 {
        s.line(&format!("M{} 306c30-40 60 30 90-10s50 20 70-4", 170 + n * 26), "#F4DDA0", 9);
    }
    s.path("M380 270c40-30 90-10 90 26-20 30-80 24-90-26z", CREAM).disc(424, 288, 20, "#F2B541");
    s.oval(240, 284, 36, 14, LEAF).oval(220, 300, 30, 12, LEAF_DEEP);
    s.turn(-30, 420, 180)
        .rect(300, 170, 300, 12, 6, WOOD)
        .rect(300, 196, 300, 12, 6, WOOD_DEEP)
        .end();
    if s.dice(2) == 0 {
        s.line("M130 370c120 50 260 50 380 0", k.pale, 10);
    }
}

pub(super) fn rice(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 200);
    s.path(
        "M190 210c-20 60-60 120-60 230 0 70 40 100 190 100s190-30 190-100c0-110-40-170-60-230z",
        "#E9DCC0",
    );
    s.path("M200 220c-20-40-10-80 10-100 60 30 160 30 220 0 20 20 30 60 10 100z", "#DCCBA6");
    s.rect(190, 200, 260, 28, 14, k.main).line("M440 214c40 0 50 40 40 70", k.main, 10);
    s.disc(320, 390, 90, k.main);
    s.line(
        "M320 460v-120M320 420c-30 0-44-14-46-36 30 0 44 12 46 36zM320 390c30 0 44-14 46-36-30 \
        0-44 12-46 36z",
        CREAM,
        8,
    );
    for n in 0..9 {
        let (x, y) = (60 + n % 3 * 28, 530 + n / 3 * 14);
        s.oval(x, y, 11, 6, "#FFFFFF");
    }
    if s.dice(2) == 0 {
        s.line("M180 300c-10 40-20 70-20 120", "#CBB788", 6);
    }
}
