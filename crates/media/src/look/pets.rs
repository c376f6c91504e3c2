//! For cats and dogs.

use super::sheet::{CREAM, STEEL, STEEL_DEEP, Sheet, WOOD, WOOD_DEEP};

const FUR: [(&str, &str); 4] = [
    ("#E3A15B", "#C27F38"),
    ("#6B6B70", "#4D4D52"),
    ("#EDE4D6", "#CFC2AE"),
    ("#8A6A52", "#6A4E3A"),
];

fn sleeping_cat(s: &mut Sheet, x: i32, y: i32) {
    let (fur, dark) = FUR[s.dice(4)];
    s.shift(x, y).oval(0, 0, 120, 60, fur).line("M110 10c40 30 10 60-60 50", dark, 24);
    s.path("M-110-60l6-44 34 26zM-30-60l-4-44-34 26z", dark).disc(-70, -30, 54, fur);
    s.line("M-96-30q10 10 20 0M-62-30q10 10 20 0", "#3A2A1E", 5)
        .path("M-76-12h12l-6 8z", "#B96A5A");
    s.line("M10-40c10 10 10 30 0 44M44-38c10 10 10 30 0 44", dark, 8).end();
}

pub(super) fn pethouse(s: &mut Sheet) {
    draw_petbed(s, true);
}

pub(super) fn petbed(s: &mut Sheet) {
    draw_petbed(s, false);
}

fn draw_petbed(s: &mut Sheet, pethouse: bool) {
    let k = s.ink;
    s.shadow(320, 540, 230);
    if pethouse {
        s.path("M120 520V300l200-160 200 160v220q0 20-20 20H140q-20 0-20-20z", k.main);
        s.line("M96 316l224-180 224 180", k.deep, 30);
        s.path("M220 540V400c0-130 200-130 200 0v140z", k.ink);
        s.within("p", "M220 540V400c0-130 200-130 200 0v140z");
        sleeping_cat(s, 350, 500);
        s.end().rect(150, 540, 340, 12, 6, k.deep);
    } else {
        s.oval(320, 450, 240, 90, k.deep)
            .oval(320, 420, 190, 60, k.ink)
            .oval(320, 430, 176, 50, k.pale);
        sleeping_cat(s, 330, 400);
        s.path("M80 440c0 130 480 130 480 0-60 60-420 60-480 0z", k.main);
        s.path("M80 440c0-30 30-50 70-60l30 30c-30 10-50 20-60 40z", k.main)
            .path("M560 440c0-30-30-50-70-60l-30 30c30 10 50 20 60 40z", k.main);
        for n in 0..7_i32 {
            s.line(&format!("M{} {}v40", 150 + n * 56, 482 + (3 - (n - 3).abs()) * 7), k.pale, 8);
        }
    }
}

pub(super) fn petbowl(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 540, 240);
    let steel = s.dice(2) == 0;
    let (side, rim) = if steel { (STEEL, STEEL_DEEP) } else { (k.main, k.deep) };
    s.path("M120 360h400l50 160q6 20-16 20H86q-22 0-16-20z", side).oval(320, 360, 200, 52, rim);
    s.oval(320, 364, 174, 40, "#8A5A34");
    for n in 0..18 {
        let (x, y) = (190 + n % 6 * 52 + n / 6 * 10, 330 + n / 6 * 18);
        s.oval(x, y, 22, 14, ["#B97F46", "#A26A35", "#C99459"][n as usize % 3]);
    }
    s.disc(320, 470, 26, k.pale);
    for (x, y) in [(286, 432), (310, 420), (334, 420), (356, 434)] {
        s.disc(x, y, 11, k.pale);
    }
    s.veil("M130 376l-44 140h40l34-140z", "#FFFFFF", 35);
    s.turn(-24, 450, 210).rect(400, 196, 110, 30, 12, CREAM);
    for (x, y) in [(400, 196), (400, 226), (510, 196), (510, 226)] {
        s.disc(x, y, 22, CREAM);
    }
    s.end();
}

pub(super) fn leash(s: &mut Sheet) {
    draw_leash(s, true);
}

pub(super) fn retractable(s: &mut Sheet) {
    draw_leash(s, false);
}

fn draw_leash(s: &mut Sheet, leash: bool) {
    let k = s.ink;
    s.shadow(320, 540, 220);
    if leash {
        s.line(
            "M150 200c-40 120 40 180 150 150s190-60 220 20-60 140-140 110-60-120 40-150",
            k.main,
            26,
        );
        s.line("M150 200c-40 120 40 180 150 150s190-60 220 20-60 140-140 110", k.pale, 5);
        s.line("M150 200c-60-20-60-100 10-100s80 80 20 100", k.deep, 24);
        s.rect(396, 296, 70, 34, 10, STEEL).ring(486, 300, 30, STEEL_DEEP, 12);
        s.rect(120, 176, 70, 34, 10, k.accent);
    } else {
        s.rect(120, 200, 270, 230, 90, k.main)
            .rect(180, 250, 150, 110, 50, k.wall)
            .disc(330, 320, 76, k.deep)
            .disc(330, 320, 40, k.pale);
        s.rect(210, 190, 60, 30, 12, k.accent).line("M390 380c80 10 110 60 90 130", k.ink, 12);
        s.rect(456, 500, 46, 34, 10, STEEL).ring(478, 548, 18, STEEL_DEEP, 9);
    }
}

pub(super) fn scratcher(s: &mut Sheet) {
    draw_scratcher(s, true);
}

pub(super) fn scratchpost(s: &mut Sheet) {
    draw_scratcher(s, false);
}

fn draw_scratcher(s: &mut Sheet, scratcher: bool) {
    let k = s.ink;
    s.shadow(320, 544, 240);
    if scratcher {
        s.path("M80 420q240 150 480 0l-30 100q-4 20-26 20H136q-22 0-26-20z", WOOD);
        s.path("M80 420q240 150 480 0-10-30-40-34-200 110-400 0-30 4-40 34z", WOOD_DEEP);
        for n in 0..9_i32 {
            s.line(
                &format!("M{} {}v24", 130 + n * 48, 486 + (4 - (n - 4).abs()) * 4),
                WOOD_DEEP,
                5,
            );
        }
        sleeping_cat(s, 330, 410);
    } else {
        s.rect(150, 500, 340, 44, 16, k.deep).rect(270, 190, 100, 320, 10, "#D8BE94");
        for n in 0..12 {
            s.line(&format!("M272 {}l96-10", 216 + n * 25), "#B39463", 6);
        }
        s.rect(190, 150, 260, 50, 24, k.main)
            .line("M430 190v60", k.ink, 4)
            .disc(430, 270, 22, k.accent);
    }
}

pub(super) fn litterhood(s: &mut Sheet) {
    draw_litterbox(s, true);
}

pub(super) fn litterbox(s: &mut Sheet) {
    draw_litterbox(s, false);
}

fn draw_litterbox(s: &mut Sheet, litterhood: bool) {
    let k = s.ink;
    s.shadow(320, 544, 240);
    if litterhood {
        s.path("M120 330c0-170 400-170 400 0v60H120z", k.pale)
            .path("M100 380h440l-30 140q-4 20-26 20H156q-22 0-26-20z", k.main);
        s.rect(90, 366, 460, 34, 16, k.deep).path("M240 500V320c0-100 160-100 160 0v180z", k.ink);
        s.path("M250 490V330c0-84 140-84 140 0v160z", "#4E4A48")
            .path("M250 460q70-30 140 0v30H250z", "#E6DCC8");
    } else {
        s.oval(320, 380, 236, 70, k.deep).oval(320, 384, 206, 52, "#E6DCC8");
        for n in 0..16 {
            s.disc(180 + n % 8 * 40, 370 + n / 8 * 26, 5, "#CDBD9F");
        }
        s.path("M84 384c0 100 20 156 70 156h332c50 0 70-56 70-156-60 90-410 90-472 0z", k.main);
    }
    s.turn(30, 470, 260).rect(462, 150, 22, 170, 10, k.accent).rect(432, 310, 82, 90, 14, k.accent);
    s.line("M452 334v44M473 334v44M494 334v44", k.wall, 8).end();
}

pub(super) fn brush(s: &mut Sheet) {
    let k = s.ink;
    s.shadow(320, 544, 220);
    s.turn(-32, 320, 330);
    if s.dice(2) == 0 {
        s.rect(290, 330, 60, 250, 28, k.main)
            .rect(190, 140, 260, 200, 60, k.main)
            .rect(214, 164, 212, 152, 40, CREAM);
        for n in 0..20 {
            s.disc(240 + n % 5 * 40, 190 + n / 5 * 34, 8, STEEL_DEEP);
        }
        s.rect(304, 470, 32, 70, 14, k.deep);
    } else {
        s.rect(230, 100, 180, 420, 84, k.main).rect(260, 130, 120, 360, 60, k.pale);
        for n in 0..24 {
            s.oval(284 + n % 4 * 24, 170 + n / 4 * 54, 7, 15, k.deep);
        }
    }
    s.end().disc(500, 500, 40, WOOD).disc(486, 486, 20, WOOD_DEEP);
}
