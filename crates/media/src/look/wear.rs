//! Clothes and wool.

use super::sheet::{CREAM, Sheet, WOOD, WOOD_DEEP};

pub(super) fn boxers(s: &mut Sheet) {
    draw_underwear(s, true);
}

pub(super) fn briefs(s: &mut Sheet) {
    draw_underwear(s, false);
}

fn draw_underwear(s: &mut Sheet, boxers: bool) {
    let k = s.ink;
    s.shadow(320, 530, 210);
    if boxers {
        s.path("M120 230h400l26 250q-90 20-180 10l-46-110-46 110q-90 10-180-10z", k.main);
        s.rect(112, 206, 416, 56, 12, k.pale).rect(112, 240, 416, 8, 0, k.accent);
        s.line("M320 262v118M260 262c10 60 30 90 60 118M380 262c-10 60-30 90-60 118", k.deep, 6);
    } else {
        s.path(
            "M110 240h420c-10 60-90 120-140 240-40 16-100 16-140 0-50-120-130-180-140-240z",
            k.main,
        );
        s.rect(104, 220, 432, 38, 14, k.pale).line(
            "M122 270c60 50 110 110 138 200M518 270c-60 50-110 110-138 200",
            k.deep,
            7,
        );
        s.path("M320 250l-36-18v36zM320 250l36-18v36z", k.accent).disc(320, 250, 10, k.deep);
    }
    s.rect(240, 130, 160, 60, 10, CREAM)
        .rect(270, 152, 100, 8, 4, k.accent)
        .rect(286, 168, 68, 6, 3, k.shade);
}

pub(super) fn babywear(s: &mut Sheet) {
    draw_babywear(s, true);
}

pub(super) fn babydress(s: &mut Sheet) {
    draw_babywear(s, false);
}

fn draw_babywear(s: &mut Sheet, babywear: bool) {
    let k = s.ink;
    s.shadow(320, 548, 170);
    s.line("M320 96c0-36 50-30 40 0-6 16-40 20-40 44", WOOD_DEEP, 8).line(
        "M190 190l130-50 130 50",
        WOOD,
        12,
    );
    if babywear {
        s.path(
            "M230 170l90 30 90-30 110 90-60 80-40-30v90c30 60 0 110-60 110h-80c-60 \
            0-90-50-60-110v-90l-40 30-60-80z",
            k.main,
        );
        for n in 0..5 {
            s.rect(222, 250 + n * 44, 196, 14, 0, k.pale);
        }
        s.path("M230 170q90 90 180 0l-30-12q-60 50-120 0z", CREAM)
            .disc(300, 490, 9, k.accent)
            .disc(340, 490, 9, k.accent);
    } else {
        s.path(
            "M250 170l70 30 70-30 70 60-36 60-24-16v60l110 180q-190 50-380 0l110-180v-60l-24 \
            16-36-60z",
            k.main,
        );
        s.path("M250 170q70 70 140 0l-20-8q-50 40-100 0z", CREAM)
            .rect(236, 320, 168, 20, 10, k.accent);
        for n in 0..9 {
            s.disc(200 + n % 5 * 60 + n / 5 * 30, 420 + n / 5 * 50, 11, k.pale);
        }
    }
}

pub(super) fn shirt(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 548, 180);
    s.path(
        "M220 140l100 40 100-40 150 110-70 100-60-40v220q-120 24-240 0V310l-60 40-70-100z",
        k.main,
    );
    s.path("M220 140q100 110 200 0l-30-14q-70 60-140 0z", CREAM).veil(
        "M200 470h240v60q-120 24-240 0z",
        k.ink,
        12,
    );
    match s.dice(3) {
        0 => s.rect(350, 270, 60, 66, 8, k.deep),
        1 => s.rect(200, 320, 240, 30, 0, k.pale).rect(200, 362, 240, 14, 0, k.accent),
        _ => s.disc(320, 350, 46, k.pale),
    };
}

pub(super) fn socks(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 200);
    let spots = s.dice(2);
    for (dx, dy) in [(0, 0), (150, 24)] {
        s.shift(dx, dy).path(
            "M150 130h110v210c30 30 90 40 110 80 14 50-20 80-70 76-90-6-150-50-150-130z",
            k.main,
        );
        s.rect(144, 116, 122, 60, 16, k.pale)
            .path("M300 494c-6-40 20-84 70-74 14 50-20 80-70 74z", k.accent);
        s.path("M150 340c40 0 66 30 60 90-40-18-60-40-60-90z", k.accent);
        for n in 0..3 {
            if spots == 0 {
                s.rect(150, 206 + n * 44, 110, 14, 0, k.pale);
            } else {
                s.disc(180 + n * 26, 210 + n * 40, 12, k.pale);
            }
        }
        s.end();
    }
}

pub(super) fn shoes(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 520, 250);
    for (dx, dy) in [(50, -90), (0, 0)] {
        s.shift(dx, dy).path(
            "M80 340c10-60 90-50 110-10 40 10 60-10 80-40 60 20 90 90 190 110 50 \
            10 70 40 70 80H90c-20-40-20-90-10-140z",
            k.main,
        );
        s.rect(76, 470, 464, 40, 20, CREAM)
            .path("M80 340c10-60 90-50 110-10-20 40-70 60-110 60z", k.deep);
        s.line("M250 330l-40 40M286 352l-34 40M322 372l-30 38", CREAM, 10).end();
    }
    if s.dice(2) == 0 {
        s.path("M400 410c40 0 70 20 84 60h-60z", k.accent);
    }
}

pub(super) fn yarn(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 220);
    let ball = "M300 180a170 170 0 1 0 1 0z";
    s.path(ball, k.main).within("y", ball);
    for n in 0..6 {
        s.line(&format!("M{} 560c40-160 130-280 260-330", 60 + n * 40), k.deep, 8);
        s.line(&format!("M{} 170c-10 130 60 240 190 300", 150 + n * 42), k.pale, 7);
    }
    s.end();
    s.line("M430 480c60 50 120 50 130 10s-60-30-40 10", k.main, 10);
    s.turn(-38, 350, 250).rect(340, 60, 14, 330, 7, WOOD).disc(347, 56, 16, k.accent).end();
    s.turn(26, 330, 250).rect(340, 50, 14, 300, 7, WOOD_DEEP).disc(347, 46, 16, k.accent).end();
    if s.dice(2) == 0 {
        s.rect(212, 330, 180, 70, 8, CREAM).rect(240, 356, 120, 10, 5, k.accent);
    }
    s.disc(520, 520, 0, k.accent);
}
