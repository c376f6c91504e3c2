//! Kitchen and table: pans, pots, cups, knives, boards, coffee and tea.

use super::sheet::{CREAM, LEAF, LEAF_DEEP, STEEL, STEEL_DEEP, Sheet, WOOD, WOOD_DEEP};

fn steam(s: &mut Sheet, x: i32, y: i32) {
    s.shift(x, y)
        .line(
            "M-40 0c-18-30 18-46 0-80M0-10c-18-30 18-46 0-80M40 0c-18-30 18-46 0-80",
            "#FFFFFF",
            9,
        )
        .end();
}

pub(super) fn pan(s: &mut Sheet) {
    draw_pan(s, true);
}

pub(super) fn grillpan(s: &mut Sheet) {
    draw_pan(s, false);
}

fn draw_pan(s: &mut Sheet, pan: bool) {
    let k = s.ink;
    s.shadow(280, 540, 210);
    s.turn(-24, 280, 360)
        .rect(440, 336, 190, 40, 20, k.accent)
        .rect(430, 340, 60, 32, 8, STEEL_DEEP)
        .end();
    s.disc(270, 370, 176, k.deep).disc(270, 362, 176, k.main).disc(270, 362, 146, "#3B3B3D");
    s.ring(270, 362, 120, "#4A4A4D", 5);
    if pan {
        s.path(
            "M190 350c-6-60 60-80 100-60 60-10 90 60 50 96-6 50-80 60-110 34-40 6-56-36-40-70z",
            CREAM,
        );
        s.disc(268, 356, 40, "#F2B541").oval(256, 342, 14, 8, "#F9D88A");
    } else {
        for n in 0..5_i32 {
            s.line(
                &format!(
                    "M{} {}h{}",
                    170 + (n - 2).abs() * 12,
                    300 + n * 32,
                    200 - (n - 2).abs() * 24
                ),
                "#55555A",
                9,
            );
        }
        s.path("M210 330c20-40 100-40 120 0 16 40-20 80-60 80s-76-40-60-80z", "#A8503A");
        s.line("M222 360l90-30M236 388l84-30", "#7C3526", 7);
    }
    s.veil("M120 290c40-70 120-108 200-94-90 10-150 50-176 120z", "#FFFFFF", 30);
}

pub(super) fn pot(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 220);
    s.rect(76, 352, 80, 40, 20, k.deep).rect(484, 352, 80, 40, 20, k.deep);
    s.path("M120 300h400v150c0 60-40 90-90 90H210c-50 0-90-30-90-90z", k.main);
    s.veil("M120 420c120 40 280 40 400 0v30c0 60-40 90-90 90H210c-50 0-90-30-90-90z", k.ink, 16);
    s.veil("M150 316h34v150c0 20 6 40 18 54-36-8-52-40-52-70z", "#FFFFFF", 30);
    s.path("M110 296c0-100 420-100 420 0z", k.pale).rect(100, 284, 440, 26, 13, k.deep);
    match s.dice(3) {
        0 => s.disc(320, 204, 26, k.accent),
        1 => s.rect(280, 190, 80, 28, 14, WOOD).rect(306, 210, 28, 22, 4, STEEL_DEEP),
        _ => s.rect(290, 186, 60, 40, 14, STEEL).rect(310, 220, 20, 10, 2, STEEL_DEEP),
    };
    steam(s, 320, 160);
}

pub(super) fn mug(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(310, 540, 180);
    s.line("M430 270c110-20 120 170-6 160", k.deep, 40);
    s.path("M160 210h290v250c0 50-34 78-78 78H238c-44 0-78-28-78-78z", k.main);
    s.oval(305, 212, 145, 32, k.pale).oval(305, 216, 122, 22, "#5A3A29");
    match s.dice(4) {
        0 => (0..30).for_each(|n| {
            s.disc(186 + n % 6 * 46 + n / 6 * 7 % 20, 290 + n / 6 * 46 + n * 13 % 18, 4, k.deep);
        }),
        1 => {
            s.path("M160 400h290v60c0 50-34 78-78 78H238c-44 0-78-28-78-78z", k.pale);
        }
        2 => {
            s.rect(160, 320, 290, 18, 0, k.pale).rect(160, 356, 290, 8, 0, k.pale);
        }
        _ => {
            s.line(
                "M305 470v-120M305 400c-40 0-60-20-62-50 40 0 60 16 62 50zM305 430c36 0 56-20 \
                58-48-36 0-56 16-58 48z",
                k.pale,
                8,
            );
        }
    }
    s.veil("M180 250h30v210c0 24 8 44 20 60-34-12-50-36-50-70z", "#FFFFFF", 32);
    steam(s, 300, 170);
}

pub(super) fn bowl(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 530, 170);
    s.rect(240, 480, 160, 48, 16, k.deep);
    s.path("M100 290h440c0 130-90 214-220 214S100 420 100 290z", k.main);
    s.oval(320, 290, 220, 50, k.pale).oval(320, 294, 190, 36, CREAM);
    s.veil("M130 350c120 50 260 50 380 0-20 60-50 100-90 126H220c-44-28-74-72-90-126z", k.ink, 14);
    s.disc(260, 286, 26, k.accent).disc(330, 296, 22, LEAF).disc(390, 284, 24, "#F2B541");
    if s.dice(2) == 0 {
        s.line("M130 340c120 40 260 40 380 0", k.pale, 10);
    }
}

pub(super) fn teapot(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 530, 210);
    s.path("M460 330c60-10 50-80 120-100l14 20c-50 40-40 130-130 150z", k.main);
    s.line("M190 290c-110-30-120 140 0 150", k.deep, 28);
    s.path(
        "M170 340c0-90 90-110 150-110s160 20 160 110c0 110-60 180-155 180S170 450 170 340z",
        k.main,
    );
    s.veil("M176 400c90 40 210 40 300-6-16 80-70 126-151 126s-136-48-149-120z", k.ink, 16);
    s.oval(324, 240, 84, 20, k.deep)
        .path("M248 236c0-60 150-60 150 0z", k.main)
        .disc(323, 180, 20, k.accent);
    if s.dice(2) == 0 {
        s.line("M240 330c60 30 110 30 170 0", k.pale, 9);
    } else {
        s.disc(324, 370, 46, k.pale).disc(324, 370, 20, k.main);
    }
    s.veil("M200 320c6-40 34-60 70-68-26 30-34 70-30 110z", "#FFFFFF", 32);
}

pub(super) fn knife(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 230);
    s.rect(90, 400, 460, 130, 26, WOOD).rect(90, 506, 460, 24, 12, WOOD_DEEP);
    s.line("M130 440h300M180 470h260", WOOD_DEEP, 4);
    s.turn(-28, 320, 320).path("M60 300h330v86c-140 10-270-10-330-86z", STEEL);
    s.path("M80 322c80 50 190 66 310 58v6c-140 10-250-14-310-64z", "#EEF1F3");
    s.rect(386, 296, 30, 96, 6, STEEL_DEEP);
    let handle = [k.main, k.ink, WOOD_DEEP][s.dice(3)];
    s.path("M416 300h170q30 20 24 60-6 30-40 26H416z", handle);
    s.disc(460, 342, 9, STEEL).disc(520, 342, 9, STEEL).end();
}

pub(super) fn board(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 230);
    let (wood, deep) =
        [(WOOD, WOOD_DEEP), ("#B98A5A", "#93673A"), ("#D9B98C", "#B49263")][s.dice(3)];
    s.rect(110, 180, 420, 350, 44, deep)
        .rect(110, 168, 420, 346, 44, wood)
        .disc(470, 222, 22, deep);
    if s.dice(2) == 0 {
        for n in 0..16 {
            let (x, y) = (134 + n % 4 * 96, 200 + n / 4 * 78);
            if (n + n / 4) % 2 == 0 {
                s.rect(x, y, 88, 70, 4, deep);
            }
        }
        s.veil("M110 168h420v346H110z", wood, 55);
    } else {
        s.line(
            "M140 250c100 20 200-10 300 10M140 330c120-20 240 20 360-6M140 420c90 20 230-14 360 10",
            deep,
            5,
        );
    }
    s.path("M170 470c-10-70 60-130 150-120s140 60 130 120z", "#D8A25C")
        .path("M196 440c30-50 90-70 140-60s90 40 100 64z", "#E9C083");
    s.line("M240 410l30 30M300 392l30 36M364 400l24 34", "#B97F3E", 7);
    s.line("M470 440c20-20 20-50 0-70", LEAF_DEEP, 6)
        .oval(480, 372, 22, 12, LEAF)
        .oval(456, 396, 20, 11, LEAF);
    s.disc(500, 470, 20, k.accent);
}

pub(super) fn coffee(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 180);
    s.path("M180 170h280l20 350q0 24-24 24H184q-24 0-24-24z", k.main);
    s.path("M180 170l12-54h256l12 54z", k.deep).rect(176, 150, 288, 24, 6, CREAM);
    s.rect(204, 260, 232, 190, 10, CREAM);
    s.turn(-20, 320, 340)
        .oval(320, 340, 44, 62, k.deep)
        .line("M322 284c-26 40 26 70 0 112", CREAM, 7)
        .end();
    s.rect(240, 424, 160, 8, 4, k.accent).veil(
        "M180 174h34l-16 370h-14q-24 0-24-24z",
        "#FFFFFF",
        24,
    );
    for (x, y, t) in [(110, 530, 20), (520, 536, -30), (560, 520, 40), (90, 556, -20)] {
        s.turn(t, x, y)
            .oval(x, y, 22, 15, "#5A3A29")
            .line(&format!("M{} {y}q18-8 36 0", x - 18), "#3A261A", 4)
            .end();
    }
    if s.dice(2) == 0 {
        s.disc(430, 220, 20, k.accent);
    }
}

pub(super) fn tea(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 190);
    s.rect(150, 220, 230, 316, 20, k.main)
        .oval(265, 226, 115, 26, k.deep)
        .rect(150, 180, 230, 46, 12, k.deep);
    s.oval(265, 182, 115, 24, k.pale).rect(178, 300, 174, 150, 8, CREAM);
    s.line(
        "M265 430v-90M265 390c-34 0-50-18-52-42 34 0 50 14 52 42zM265 370c30 0 46-16 48-38-30 \
        0-46 12-48 38z",
        LEAF_DEEP,
        7,
    );
    s.path("M380 440h160c0 60-30 96-80 96s-80-36-80-96z", CREAM)
        .oval(460, 440, 80, 20, "#FFFFFF")
        .oval(460, 442, 64, 13, "#C98A3C");
    s.line("M140 548c30-20 50-16 70-4M220 556c20-18 40-14 54-4", LEAF_DEEP, 8);
    steam(s, 460, 410);
}
