//! Wide scenes for groups and posts, 800 by 600: a street, a window, a table, hills, water.

use super::sheet::{CREAM, LEAF, LEAF_DEEP, Sheet, WOOD, WOOD_DEEP};

/// A 4:3 scene without text; the seed chooses the scene and its colours.
pub fn cover(seed: u64) -> String {
    let mut s = Sheet::new(seed);
    let scene = s.dice(6);
    let ink = s.ink;
    s.rect(0, 0, 800, 600, 0, ink.wall);
    match scene {
        0 => street(&mut s),
        1 => window(&mut s),
        2 => table(&mut s),
        3 => hills(&mut s),
        4 => shelf(&mut s),
        _ => shore(&mut s),
    }
    s.finish(800, 600)
}

fn tree(s: &mut Sheet, x: i32, y: i32, r: i32) {
    s.rect(x - 7, y, 14, r + 40, 4, WOOD_DEEP).disc(x, y - r / 2, r, LEAF).disc(
        x + r / 2,
        y,
        r * 2 / 3,
        "#7EA26B",
    );
}

fn person(s: &mut Sheet, x: i32, y: i32, coat: &str) {
    s.path(&format!("M{} {}c0-44 8-58 24-58s24 14 24 58z", x - 24, y), coat).disc(
        x,
        y - 74,
        17,
        "#E3B08C",
    );
}

fn street(s: &mut Sheet) {
    let k = s.ink;
    s.disc(640, 130, 60, k.pale).path("M0 330c150-70 300-60 420-20s240 40 380-40v330H0z", k.floor);
    for (x, w, h, fill) in [(60, 170, 240, CREAM), (250, 190, 290, k.pale), (470, 150, 220, CREAM)]
    {
        let top = 460 - h;
        s.rect(x, top, w, h, 0, fill);
        s.path(&format!("M{} {top}l{} -56 {} 56z", x - 14, w / 2 + 14, w / 2 + 14), k.main);
        for n in 0..4 {
            s.rect(x + 24 + n % 2 * (w - 88), top + 36 + n / 2 * 70, 40, 46, 4, "#9CC0CC");
        }
        s.rect(x + w / 2 - 20, 460 - 76, 40, 76, 4, WOOD_DEEP);
    }
    s.rect(262, 340, 166, 16, 0, k.accent);
    for n in 0..6 {
        s.path(
            &format!("M{} 356h28v14a14 14 0 0 1-28 0z", 262 + n * 28),
            [k.accent, CREAM][n as usize % 2],
        );
    }
    tree(s, 690, 340, 62);
    tree(s, 38, 380, 40);
    s.rect(0, 460, 800, 140, 0, k.floor)
        .path("M300 600c50-60 70-110 90-140h60c20 30 60 80 110 140z", k.wall);
    person(s, 200, 540, k.main);
    person(s, 262, 548, k.accent);
    person(s, 590, 536, k.deep);
}

fn window(s: &mut Sheet) {
    let k = s.ink;
    s.rect(180, 70, 440, 360, 12, CREAM).rect(200, 90, 400, 320, 4, "#CFE3E8");
    s.path("M200 330c100-70 200-30 260-10s100 0 140-30v120H200z", LEAF)
        .disc(510, 160, 40, "#F6D98F");
    s.rect(392, 90, 16, 320, 0, CREAM).rect(200, 246, 400, 12, 0, CREAM);
    s.path("M120 50h130c-10 160-10 300-80 430H120z", k.main)
        .path("M680 50H550c10 160 10 300 80 430h50z", k.main);
    s.line(
        "M160 60c0 150-6 290-24 410M206 60c-4 150-16 290-44 410M640 60c0 150 6 290 24 410M594 \
        60c4 150 16 290 44 410",
        k.deep,
        7,
    );
    s.rect(90, 40, 620, 18, 9, k.ink)
        .rect(120, 430, 560, 30, 8, WOOD)
        .rect(0, 460, 800, 140, 0, k.floor);
    s.path("M250 360h90l-12 70h-66z", k.accent).line(
        "M295 360c-4-40-34-50-40-90M295 360c4-50 34-50 42-96M295 360v-100",
        LEAF_DEEP,
        6,
    );
    s.oval(252, 266, 16, 32, LEAF).oval(338, 260, 16, 32, LEAF).oval(295, 248, 16, 34, LEAF);
    s.rect(440, 384, 90, 46, 20, k.pale).line("M530 396c26 0 26 26 0 26", k.pale, 9);
}

fn table(s: &mut Sheet) {
    let k = s.ink;
    s.disc(620, 140, 90, k.floor)
        .rect(0, 380, 800, 220, 0, WOOD)
        .rect(0, 380, 800, 20, 0, WOOD_DEEP);
    s.line("M60 470h240M420 520h300M140 560h200", WOOD_DEEP, 4);
    s.oval(400, 440, 170, 44, k.shade)
        .oval(400, 428, 170, 44, CREAM)
        .oval(400, 426, 130, 30, k.pale);
    for (x, y) in [(330, 404), (400, 384), (470, 404), (400, 420)] {
        s.disc(x, y, 40, "#DDA960").disc(x - 10, y - 8, 6, k.ink).disc(x + 12, y + 4, 6, k.ink);
    }
    s.path("M120 300h130v90c0 50-30 70-65 70s-65-20-65-70z", k.main)
        .oval(185, 302, 65, 16, "#5A3A29");
    s.line("M250 330c50 0 50 80-6 80", k.main, 20).line(
        "M165 280c-14-24 14-36 0-60M205 280c-14-24 14-36 0-60",
        "#FFFFFF",
        8,
    );
    s.path("M590 320c40-50 150-50 170 10 10 80-30 130-90 130s-100-60-80-140z", k.accent)
        .oval(676, 296, 50, 12, k.ink);
    s.disc(676, 276, 14, k.accent);
}

fn hills(s: &mut Sheet) {
    let k = s.ink;
    s.disc(560, 170, 70, "#F6D98F")
        .path("M0 320l160-150 140 130 120-110 180 150 200-90v350H0z", k.pale);
    s.path("M0 400c140-90 280-70 400-20s260 40 400-50v270H0z", LEAF)
        .path("M0 480c160-60 340-40 470-10s220 20 330-20v150H0z", LEAF_DEEP);
    tree(s, 120, 380, 44);
    tree(s, 190, 410, 32);
    s.path("M430 500l110-150 110 150z", k.main).path("M540 350l40 150h-80z", k.deep);
    s.line("M430 500h220", k.ink, 6);
    person(s, 330, 540, k.accent);
    person(s, 386, 548, k.main);
}

fn shelf(s: &mut Sheet) {
    let k = s.ink;
    for y in [250, 480] {
        s.rect(80, y, 640, 26, 8, WOOD).rect(80, y + 18, 640, 8, 4, WOOD_DEEP);
    }
    for n in 0..7 {
        let h = [120, 146, 100, 136, 128, 110, 150][n as usize];
        s.rect(120 + n * 34, 250 - h, 28, h, 4, [k.main, k.accent, k.pale, k.deep][n as usize % 4]);
    }
    s.path("M460 180h90l-10 70h-70z", CREAM).line(
        "M505 180c-4-40-30-44-36-80M505 180c4-44 30-48 38-84",
        LEAF_DEEP,
        6,
    );
    s.oval(466, 96, 16, 30, LEAF).oval(546, 92, 16, 30, LEAF).oval(505, 110, 14, 32, LEAF);
    s.disc(640, 190, 58, k.pale).disc(640, 190, 44, CREAM).line(
        "M640 190v-28M640 190l20 12",
        k.ink,
        6,
    );
    s.rect(130, 350, 170, 130, 18, k.main)
        .rect(120, 340, 190, 34, 12, k.deep)
        .rect(180, 400, 70, 26, 13, k.pale);
    s.rect(360, 420, 140, 60, 26, k.pale).rect(366, 364, 128, 60, 26, k.accent);
    s.path("M560 380h100v70q0 30-30 30h-40q-30 0-30-30z", CREAM).line(
        "M660 400c40 0 40 50 0 50",
        CREAM,
        12,
    );
    s.rect(0, 540, 800, 60, 0, k.floor);
}

fn shore(s: &mut Sheet) {
    let k = s.ink;
    s.disc(200, 150, 64, "#F6D98F").rect(0, 280, 800, 320, 0, "#9CC0CC");
    s.path("M0 340q100-24 200 0t200 0 200 0 200 0v260H0z", "#86B0BE")
        .path("M0 420q100-24 200 0t200 0 200 0 200 0v180H0z", "#6F9CAB");
    for (x, y, hull) in [(250, 380, k.main), (540, 330, k.accent)] {
        s.path(&format!("M{} {y}h160l-30 50h-100z", x - 80), hull).rect(
            x - 4,
            y - 130,
            8,
            130,
            3,
            WOOD_DEEP,
        );
        s.path(&format!("M{} {}v100h80z", x + 10, y - 124), CREAM)
            .path(&format!("M{} {}v80h-56z", x - 10, y - 104), k.pale);
    }
    s.path("M800 260c-80 0-110 20-150 50h150z", LEAF_DEEP)
        .rect(700, 200, 60, 70, 0, CREAM)
        .path("M690 200l40-40 40 40z", k.main);
    s.path("M0 520c160-40 330-30 470 10s230 30 330 0v70H0z", k.floor);
    person(s, 380, 570, k.deep);
}
