//! The house: furniture, lamps, clocks, mirrors.

use super::sheet::{CREAM, LEAF, LEAF_DEEP, Sheet, WOOD, WOOD_DEEP};

fn plant(s: &mut Sheet, x: i32, y: i32) {
    let k = s.ink;
    s.shift(x, y).line("M0-50c-4-30-24-40-30-70M0-50c2-36 22-44 30-76M0-50v-90", LEAF_DEEP, 5);
    s.turn(-24, -32, -130).oval(-32, -130, 15, 30, LEAF).end();
    s.turn(24, 32, -134).oval(32, -134, 15, 30, LEAF).end();
    s.oval(0, -150, 15, 34, LEAF).path("M-30-54h60L22 0h-44z", k.accent).end();
}

pub(super) fn table(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 548, 250);
    if s.dice(2) == 0 {
        s.rect(108, 330, 24, 216, 6, WOOD_DEEP).rect(508, 330, 24, 216, 6, WOOD_DEEP);
        s.rect(150, 320, 18, 190, 6, WOOD_DEEP).rect(472, 320, 18, 190, 6, WOOD_DEEP);
        s.rect(70, 292, 500, 42, 10, WOOD).rect(70, 322, 500, 12, 6, WOOD_DEEP);
    } else {
        s.path("M300 330h40l16 150h-72z", WOOD_DEEP).rect(210, 480, 220, 60, 28, WOOD_DEEP);
        s.oval(320, 316, 250, 50, WOOD_DEEP).oval(320, 302, 250, 50, WOOD);
        s.oval(320, 300, 214, 36, "#D5AC7A");
    }
    plant(s, 240, 300);
    s.rect(360, 260, 90, 40, 20, CREAM).oval(405, 262, 45, 12, k.main).oval(405, 262, 32, 7, k.ink);
}

pub(super) fn chair(s: &mut Sheet) {
    draw_chair(s, true);
}

pub(super) fn armchair(s: &mut Sheet) {
    draw_chair(s, false);
}

fn draw_chair(s: &mut Sheet, chair: bool) {
    let k = s.ink;
    s.shadow(320, 556, 190);
    if chair {
        s.line("M210 380l-26 170M430 380l26 170M246 380l-8 140M394 380l8 140", WOOD_DEEP, 18);
        s.path("M196 150q124-44 248 0l-12 130H208z", WOOD)
            .path("M224 172q96-28 192 0l-8 84H232z", k.pale);
        s.line("M212 270v110M428 270v110", WOOD, 20);
        s.rect(180, 352, 280, 50, 24, k.main).rect(188, 388, 264, 18, 9, k.deep);
    } else {
        s.line("M220 470l-40 80M420 470l40 80", WOOD_DEEP, 18);
        s.path(
            "M150 240c0-110 340-110 340 0l14 160c10 70-20 90-60 90H196c-40 0-70-20-60-90z",
            k.main,
        );
        s.path("M206 260c0-70 228-70 228 0v120H206z", k.pale).rect(186, 370, 268, 84, 34, k.deep);
        s.rect(120, 330, 80, 150, 38, k.main).rect(440, 330, 80, 150, 38, k.main);
        s.rect(196, 352, 248, 70, 32, k.main);
    }
}

pub(super) fn sofa(s: &mut Sheet) {
    draw_sofa(s, true);
}

pub(super) fn beanbag(s: &mut Sheet) {
    draw_sofa(s, false);
}

fn draw_sofa(s: &mut Sheet, sofa: bool) {
    let k = s.ink;
    s.shadow(320, 540, 262);
    if sofa {
        s.rect(96, 500, 24, 44, 6, WOOD_DEEP).rect(520, 500, 24, 44, 6, WOOD_DEEP);
        s.rect(92, 240, 456, 200, 44, k.deep);
        s.rect(104, 252, 210, 170, 34, k.main).rect(326, 252, 210, 170, 34, k.main);
        s.rect(62, 330, 96, 180, 44, k.main).rect(482, 330, 96, 180, 44, k.main);
        s.rect(130, 392, 190, 80, 26, k.pale).rect(320, 392, 190, 80, 26, k.pale);
        s.rect(110, 456, 420, 50, 20, k.deep);
        s.turn(-10, 220, 340).rect(172, 296, 96, 96, 20, k.accent).end();
    } else {
        s.path(
            "M110 500c-30-120 40-290 200-300 170-10 250 150 226 290-4 50-60 60-216 \
            60s-198-10-210-50z",
            k.main,
        );
        s.path(
            "M150 440c40 60 300 60 350-6 20 30 30 60 26 80-8 34-70 40-206 40S110 540 106 \
            500c8-24 24-44 44-60z",
            k.deep,
        );
        s.line("M310 200c-50 80-60 150-40 260M310 200c70 60 110 140 96 250", k.deep, 6);
        s.rect(350, 470, 60, 40, 6, CREAM);
    }
}

pub(super) fn bed(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 548, 264);
    s.rect(72, 190, 496, 250, 18, WOOD);
    for n in 0..6 {
        s.rect(104 + n * 76, 216, 52, 180, 8, WOOD_DEEP);
    }
    s.rect(60, 170, 34, 380, 10, WOOD_DEEP).rect(546, 170, 34, 380, 10, WOOD_DEEP);
    s.rect(86, 372, 468, 90, 30, CREAM)
        .rect(120, 330, 160, 74, 30, k.pale)
        .rect(360, 330, 160, 74, 30, k.pale);
    s.rect(86, 416, 468, 60, 18, k.main)
        .rect(70, 462, 500, 54, 10, WOOD)
        .rect(70, 504, 500, 12, 6, WOOD_DEEP);
}

pub(super) fn cabinet(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 552, 220);
    s.rect(140, 500, 22, 50, 6, WOOD_DEEP).rect(478, 500, 22, 50, 6, WOOD_DEEP);
    s.rect(120, 240, 400, 272, 14, WOOD).rect(110, 226, 420, 24, 10, WOOD_DEEP);
    if s.dice(2) == 0 {
        for n in 0..3 {
            s.rect(142, 264 + n * 82, 356, 70, 8, "#D9B07C").rect(
                296,
                292 + n * 82,
                48,
                12,
                6,
                k.ink,
            );
        }
    } else {
        s.rect(142, 266, 170, 226, 8, "#D9B07C").rect(328, 266, 170, 226, 8, "#D9B07C");
        s.disc(294, 380, 9, k.ink).disc(346, 380, 9, k.ink);
    }
    plant(s, 210, 228);
    s.rect(340, 190, 130, 18, 3, k.main)
        .rect(350, 172, 116, 18, 3, k.pale)
        .rect(336, 208, 140, 18, 3, k.accent);
}

pub(super) fn mirror(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 556, 170);
    s.line("M230 560l30-80M410 560l-30-80", WOOD_DEEP, 16);
    let (frame, glass) = if s.dice(2) == 0 {
        ("M200 540V210c0-160 240-160 240 0v330z", "M222 518V212c0-130 196-130 196 0v306z")
    } else {
        (
            "M214 90h212q20 0 20 20v410q0 20-20 20H214q-20 0-20-20V110q0-20 20-20z",
            "M226 112h188q10 0 10 10v386q0 10-10 10H226q-10 0-10-10V122q0-10 10-10z",
        )
    };
    s.path(frame, WOOD).path(glass, "#DDE8EA").within("m", glass);
    s.path("M200 420h240v120H200z", k.floor).veil("M240 80l80 0-120 460h-60z", "#FFFFFF", 55);
    s.veil("M360 80h30L280 540h-30z", "#FFFFFF", 55)
        .path("M350 470c-20-90 10-120 40-120s60 30 50 120z", k.main);
    s.end();
}

pub(super) fn lamp(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 548, 150);
    s.veil("M150 330h300l90 214H90z", "#FFE9A8", 45);
    if s.dice(2) == 0 {
        s.rect(308, 300, 24, 230, 6, WOOD)
            .oval(320, 536, 96, 22, WOOD_DEEP)
            .oval(320, 528, 96, 22, WOOD);
        s.path("M230 130h180l60 200H170z", k.main).veil("M230 130h60l-40 200h-80z", "#FFFFFF", 22);
        s.oval(320, 330, 150, 16, "#FFF3CF")
            .line("M360 340v54", k.ink, 4)
            .disc(360, 400, 8, k.accent);
    } else {
        s.oval(280, 536, 92, 22, k.deep).oval(280, 528, 92, 22, k.main);
        s.line("M280 520l-50-150 130-150", k.ink, 14)
            .disc(230, 370, 16, k.accent)
            .disc(360, 220, 14, k.accent);
        s.turn(32, 400, 230)
            .path("M350 200q60-70 120 0l30 90H320z", k.main)
            .oval(410, 290, 90, 14, "#FFF3CF")
            .end();
    }
}

pub(super) fn clock(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 530, 150);
    if s.dice(2) == 0 {
        s.disc(320, 310, 196, k.main).disc(320, 310, 168, CREAM);
    } else {
        s.rect(140, 130, 360, 380, 60, WOOD)
            .rect(140, 480, 360, 30, 15, WOOD_DEEP)
            .disc(320, 310, 150, CREAM);
    }
    for n in 0..12 {
        let long = if n % 3 == 0 { 24 } else { 12 };
        s.turn(n * 30, 320, 310).rect(317, 176, 6, long, 3, k.ink).end();
    }
    let hour = s.dice(12) as i32 * 30;
    s.turn(hour, 320, 310).rect(314, 220, 12, 96, 6, k.ink).end();
    s.turn(60, 320, 310).rect(316, 190, 8, 126, 4, k.deep).end();
    s.disc(320, 310, 13, k.accent);
}

pub(super) fn fan(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 548, 140);
    s.rect(300, 420, 40, 110, 12, k.deep)
        .oval(320, 540, 116, 26, k.deep)
        .oval(320, 530, 116, 26, k.main);
    s.disc(320, 270, 186, k.main).disc(320, 270, 164, CREAM);
    for n in 0..4 {
        s.turn(n * 90 + 20, 320, 270)
            .path("M320 270c-60-20-70-100-20-140 60 10 70 80 20 140z", k.pale)
            .end();
    }
    for r in [60, 96, 132] {
        s.ring(320, 270, r, k.shade, 4);
    }
    for n in 0..8 {
        s.turn(n * 45, 320, 270).line("M320 110v110", k.shade, 4).end();
    }
    s.disc(320, 270, 34, k.accent).disc(320, 525, 10, k.accent);
}
