//! How far somebody's advice can be trusted: kept orders they led to, with how sure that is.
use statrs::function::beta::beta_reg;

/// Before anything is known every share is as likely as another.
pub const PRIOR: (f64, f64) = (1.0, 1.0);
/// Of 90 %: one in twenty below, one in twenty above.
const LOW: f64 = 0.05;
const HIGH: f64 = 0.95;
/// A badge needs so many decided orders, and a share that is as good as surely above this.
pub const LEAST: u32 = 5;
pub const SURELY: f64 = 0.6;
/// Stars of somebody who was content.
pub const CONTENT: i64 = 4;

/// One order that somebody led to: it came, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Led {
    /// Nothing of it went back.
    pub kept: bool,
    /// What its buyer rated it.
    pub stars: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Record {
    pub orders: u32,
    pub kept: u32,
    pub rated: u32,
    /// With four stars or five.
    pub content: u32,
    pub stars: i64,
    /// The share of kept orders: its mean, and between what it is with 90 %.
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}
impl Record {
    pub fn of(led: &[Led]) -> Record {
        let kept = led.iter().filter(|l| l.kept).count() as u32;
        let orders = led.len() as u32;
        let stars: Vec<i64> = led.iter().filter_map(|l| l.stars).collect();
        let (a, b) = (PRIOR.0 + f64::from(kept), PRIOR.1 + f64::from(orders - kept));
        Record {
            orders,
            kept,
            rated: stars.len() as u32,
            content: stars.iter().filter(|s| **s >= CONTENT).count() as u32,
            stars: stars.iter().sum(),
            mean: a / (a + b),
            low: quantile(a, b, LOW),
            high: quantile(a, b, HIGH),
        }
    }
    pub fn badge(&self) -> bool {
        self.orders >= LEAST && self.low >= SURELY
    }
    pub fn mean_stars(&self) -> Option<f64> {
        (self.rated > 0).then(|| self.stars as f64 / f64::from(self.rated))
    }
}

/// Records in the order of what is as good as sure; of equals who led to more, then who was rated
/// better.
pub fn by_certainty(a: &Record, b: &Record) -> std::cmp::Ordering {
    let more = |r: &Record| (r.orders, r.content);
    b.low.total_cmp(&a.low).then(more(b).cmp(&more(a)))
}

/// The value below which a Beta(a, b) lies with this chance: halving over the regularised
/// incomplete beta function, which never turns back.
pub fn quantile(a: f64, b: f64, chance: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if beta_reg(a, b, middle) < chance {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::{Led, Record, by_certainty, quantile};

    /// `scipy.stats.beta.ppf([0.05, 0.5, 0.95], a, b)` of SciPy 1.17.1.
    const SCIPY: [(f64, f64, f64, f64, f64); 14] = [
        (1.0, 1.0, 0.05, 0.5, 0.95),
        (5.0, 1.0, 0.549_280_271_653, 0.870_550_563_296, 0.989_793_781_687),
        (6.0, 1.0, 0.606_962_231_003, 0.890_898_718_14, 0.991_487_555_389),
        (8.0, 1.0, 0.687_656_021_934, 0.917_004_043_205, 0.993_608_849_045),
        (15.0, 1.0, 0.818_963_727_478, 0.954_841_603_91, 0.996_586_287_053),
        (13.0, 3.0, 0.636_558_234_459, 0.825_679_323_625, 0.943_153_132_41),
        (25.0, 2.0, 0.830_168_777, 0.936_283_215_814, 0.986_157_951_787),
        (2.0, 9.0, 0.036_771_437_888, 0.162_262_728_195, 0.394_163_302_437),
        (104.0, 6.0, 0.905_973_055_961, 0.948_139_774_939, 0.975_758_966_696),
        (1004.0, 56.0, 0.935_413_813_596, 0.947_450_902_743, 0.957_966_780_632),
        (5000.0, 300.0, 0.938_082_192_864, 0.943_451_994_535, 0.948_520_022_293),
        (0.5, 0.5, 0.006_155_829_702, 0.5, 0.993_844_170_298),
        (4.5, 0.5, 0.637_513_187_236, 0.947_985_268_527, 0.999_538_295_885),
        (30.25, 7.75, 0.681_515_354_632, 0.801_281_220_599, 0.892_689_632_498),
    ];

    #[test]
    fn quantiles_are_scipys() {
        for (a, b, low, middle, high) in SCIPY {
            for (chance, want) in [(0.05, low), (0.5, middle), (0.95, high)] {
                let got = quantile(a, b, chance);
                assert!((got - want).abs() < 1e-10, "Beta({a}, {b}) at {chance}: {got}");
            }
        }
    }

    fn record(kept: usize, back: usize) -> Record {
        let led = |kept| Led { kept, stars: None };
        Record::of(&[vec![led(true); kept], vec![led(false); back]].concat())
    }
    /// Kept and given back of several people: who comes first.
    fn check(people: &str, want: &str) {
        let pair = |text: &str| {
            let (kept, back) = text.split_once('/').expect("kept/back");
            (record(kept.parse().expect("kept"), back.parse().expect("back")), text.to_owned())
        };
        let mut all: Vec<_> = people.split_whitespace().map(pair).collect();
        all.sort_by(|a, b| by_certainty(&a.0, &b.0));
        let names: Vec<&str> = all.iter().map(|p| p.1.as_str()).collect();
        assert_eq!(names.join(" "), want);
    }

    #[test]
    fn small_samples_do_not_top_the_table() {
        check("1/0 12/1 3/0", "12/1 3/0 1/0");
        check("5/0 40/4 0/0", "40/4 5/0 0/0");
        check("2/2 20/20 0/3", "20/20 2/2 0/3");
    }
    #[test]
    fn a_badge_needs_orders_and_certainty() {
        for (kept, back, badge) in [
            (4, 0, false),
            (5, 0, true),
            (5, 1, false),
            (9, 1, true),
            (13, 3, true),
            (12, 3, false),
        ] {
            let r = record(kept, back);
            assert_eq!(r.badge(), badge, "{kept} kept, {back} back: {}", r.low);
        }
    }
    #[test]
    fn ratings_are_of_who_rated() {
        let led = |stars| Led { kept: true, stars };
        let r = Record::of(&[led(Some(5)), led(Some(3)), led(Some(4)), led(None)]);
        assert_eq!((r.orders, r.rated, r.content, r.mean_stars()), (4, 3, 2, Some(4.0)));
        assert_eq!(Record::of(&[]).mean_stars(), None);
    }
}
