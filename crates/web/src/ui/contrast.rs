//! The colour table, checked: text at 4.5:1, borders of controls and chart lines at 3:1.
use std::collections::BTreeMap;

type Colours = BTreeMap<String, [u8; 3]>;

fn sheet() -> String {
    let bytes = crate::assets::content("tokens.css").expect("tokens").into_owned();
    String::from_utf8(bytes).expect("text")
}

/// The hex tokens between `from` and the next closing brace.
fn colours(sheet: &str, from: &str) -> Colours {
    let block = sheet.split_once(from).expect(from).1.split('}').next().expect("a block");
    let mut out = Colours::new();
    for entry in block.split(';') {
        let Some((name, value)) = entry.trim().strip_prefix("--").and_then(|e| e.split_once(':'))
        else {
            continue;
        };
        let Some(hex) = value.strip_prefix('#').filter(|h| h.len() == 6) else { continue };
        let n = u32::from_str_radix(hex, 16).expect("hex");
        out.insert(name.to_owned(), [(n >> 16) as u8, (n >> 8) as u8, n as u8]);
    }
    out
}

/// Relative luminance of WCAG 2.2.
fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

const GROUNDS: &str = "bg surface raised sunken hover";
const TEXT: [(&str, &str); 11] = [
    (
        "ink",
        "bg surface raised sunken hover own paper accent-50 green-50 gold-50 blue-50 danger-50",
    ),
    ("ink-2", "bg surface raised sunken hover own paper"),
    ("ink-3", "bg surface raised sunken hover paper"),
    ("accent", "bg surface raised accent-50 hover"),
    ("green", "bg surface raised green-50"),
    ("gold", "surface gold-50"),
    ("blue", "bg surface raised blue-50"),
    ("danger", "bg surface raised danger-50"),
    ("on-accent", "accent-fill"),
    ("on-inverse", "inverse"),
    ("packet-gold", "packet-2"),
];
const DRAWN: [(&str, &str); 9] = [
    ("line-2", GROUNDS),
    ("blue", GROUNDS),
    ("accent-fill", "bg surface"),
    ("c1", "surface"),
    ("c2", "surface"),
    ("c3", "surface"),
    ("c4", "surface"),
    ("c5", "surface"),
    ("c6", "surface"),
];

#[test]
fn every_pair_can_be_read() {
    let sheet = sheet();
    let light = colours(&sheet, ":root{color-scheme:light;");
    let dark = colours(&sheet, ":root[data-theme=dark]{color-scheme:dark;");
    let by_system = colours(&sheet, ":root:not([data-theme=light]){color-scheme:dark;");
    assert_eq!(dark, by_system, "the two dark tables are one");
    assert!(light.len() > 30 && dark.len() > 20);
    // What dark does not change it takes from light.
    let dark: Colours = light.clone().into_iter().chain(dark).collect();
    for (theme, table) in [("light", &light), ("dark", &dark)] {
        let colour = |name: &str| *table.get(name).unwrap_or_else(|| panic!("no --{name}"));
        for (pairs, least) in [(&TEXT[..], 4.5), (&DRAWN[..], 3.0)] {
            for (front, grounds) in pairs {
                for ground in grounds.split(' ') {
                    let got = ratio(colour(front), colour(ground));
                    assert!(got >= least, "{theme}: {front} on {ground} is {got:.2}, not {least}");
                }
            }
        }
        let white = ratio([255; 3], colour("danger-fill"));
        assert!(white >= 4.5, "{theme}: white on danger-fill is {white:.2}");
    }
}

#[test]
fn ratios_are_those_of_the_standard() {
    assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 0.001);
    assert!((ratio([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
}
