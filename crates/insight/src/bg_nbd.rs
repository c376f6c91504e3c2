//! BG/NBD (Fader, Hardie, Lee 2005): how often each buys, and after each purchase some leave.
use crate::fit::{self, Likelihood, Product};
use crate::nbd::Nbd;
use statrs::function::gamma::{digamma, ln_gamma};
use std::fmt;

/// What one customer did: repeat transactions, when the last was, how long he has been known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    pub x: u32,
    /// From the first transaction to the last; 0 without a repeat.
    pub recency: f64,
    /// From the first transaction to the end of the time looked at.
    pub age: f64,
}

/// Rates are Gamma (r, alpha), the chance to leave after a purchase is Beta (a, b).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BgNbd {
    pub r: f64,
    pub alpha: f64,
    pub a: f64,
    pub b: f64,
    /// Of all customers together.
    pub log_likelihood: f64,
}

/// Why there is no such model of these customers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoFit {
    TooFew {
        repeat_customers: u32,
        fewest: u32,
    },
    /// The best chance to leave is none: the model's limit is the plain NBD, in which nobody
    /// leaves.
    NobodyLeaves(Nbd),
    /// The likelihood rises without an end: buyers are too much alike, or too few.
    NoSummit,
}

impl NoFit {
    pub fn code(&self) -> &'static str {
        match self {
            NoFit::TooFew { .. } => "too_few",
            NoFit::NobodyLeaves(_) => "nobody_leaves",
            NoFit::NoSummit => "no_summit",
        }
    }
}
impl fmt::Display for NoFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoFit::TooFew { repeat_customers, fewest } => {
                write!(f, "{repeat_customers} customers came again, and {fewest} are the fewest")
            }
            NoFit::NobodyLeaves(nbd) => write!(
                f,
                "these orders show nobody leaving: the likelihood is highest at its boundary, \
                 where the chance to leave is nothing. So no chance of still being a customer can \
                 be told, and orders are expected by the limit, the plain NBD (r {:.4}, alpha \
                 {:.4})",
                nbd.r, nbd.alpha
            ),
            NoFit::NoSummit => write!(
                f,
                "the likelihood rises without an end: those who came again are too few or too much \
                 alike"
            ),
        }
    }
}

/// Fewer who came again teach nothing about when people leave.
pub const FEWEST: u32 = 10;
/// Where a search begins when nothing is known, in the unit in which the mean age is one.
const START: [f64; 4] = [0.5, 0.5, 1.0, 3.0];
/// Above so many customers a search begins on every tenth of them.
const MANY: usize = 20_000;
const PART: usize = 10;
/// What the two parameters of leaving must add to the log-likelihood of all customers together.
const GAIN: f64 = 1e-3;

/// Customers who look alike, together; times by their place in `Spread::times`.
pub(crate) struct Group {
    pub recency: u32,
    pub age: u32,
    pub count: f64,
}
pub(crate) struct OfX {
    pub x: u32,
    pub count: f64,
    pub from: usize,
    pub to: usize,
}
/// Customers by repeat transactions, in a unit of time in which the mean age is one.
pub(crate) struct Spread {
    pub by_x: Vec<OfX>,
    pub groups: Vec<Group>,
    /// Every time that occurs, once: days are few, and customers many.
    pub times: Vec<f64>,
    pub customers: f64,
    pub unit: f64,
    transactions: f64,
}

impl Spread {
    pub fn of(seen: &[Seen]) -> Spread {
        let mut all = seen.to_vec();
        let key = |s: &Seen| (s.x, s.age.to_bits(), s.recency.to_bits());
        all.sort_unstable_by_key(key);
        let mean = all.iter().map(|s| s.age).sum::<f64>() / all.len().max(1) as f64;
        let unit = if mean > 0.0 { mean } else { 1.0 };
        let mut times: Vec<f64> = all.iter().flat_map(|s| [s.recency, s.age]).collect();
        times.sort_unstable_by(f64::total_cmp);
        times.dedup();
        let place = |time: f64| times.partition_point(|t| *t < time) as u32;
        let (mut by_x, mut groups): (Vec<OfX>, Vec<Group>) = (vec![], vec![]);
        let mut transactions = 0.0;
        for alike in all.chunk_by(|a, b| key(a) == key(b)) {
            let (one, count) = (alike[0], alike.len() as f64);
            transactions += f64::from(one.x) * count;
            let at = groups.len();
            groups.push(Group { recency: place(one.recency), age: place(one.age), count });
            match by_x.last_mut() {
                Some(last) if last.x == one.x => {
                    last.count += count;
                    last.to = at + 1;
                }
                _ => by_x.push(OfX { x: one.x, count, from: at, to: at + 1 }),
            }
        }
        times.iter_mut().for_each(|t| *t /= unit);
        Spread { by_x, groups, times, customers: seen.len() as f64, unit, transactions }
    }
    /// Of each time: the logarithm of alpha and it together, and one over that sum.
    pub fn with(&self, alpha: f64) -> Vec<(f64, f64)> {
        self.times.iter().map(|time| ((alpha + time).ln(), 1.0 / (alpha + time))).collect()
    }
    /// A log-likelihood in the customers' own unit of time: each repeat is a density.
    pub fn back(&self, log_likelihood: f64) -> f64 {
        log_likelihood - self.transactions * self.unit.ln()
    }
}

struct Leaving<'a>(&'a Spread);

impl Likelihood for Leaving<'_> {
    fn at(&self, p: &[f64], slope: &mut [f64]) -> f64 {
        let (r, alpha, a, b) = (p[0], p[1], p[2], p[3]);
        let mut sum = 0.0;
        let mut by = [0.0; 4];
        let ln_alpha = alpha.ln();
        let (ln_r, psi_r) = (ln_gamma(r), digamma(r));
        let (ln_ab, psi_ab) = (ln_gamma(a + b), digamma(a + b));
        let (ln_b, psi_b) = (ln_gamma(b), digamma(b));
        let (times, mut product) = (self.0.with(alpha), Product::default());
        for of_x in &self.0.by_x {
            let x = f64::from(of_x.x);
            let n = of_x.count;
            let (psi_bx, psi_abx) = (digamma(b + x), digamma(a + b + x));
            let stays = ln_gamma(b + x) + ln_ab - ln_b - ln_gamma(a + b + x);
            sum += n * (ln_gamma(r + x) - ln_r + r * ln_alpha + stays);
            by[0] += n * (digamma(r + x) - psi_r + ln_alpha);
            by[1] += n * r / alpha;
            by[2] += n * (psi_ab - psi_abx);
            by[3] += n * (psi_bx + psi_ab - psi_b - psi_abx);
            let odds = if of_x.x > 0 { (a / (b + x - 1.0)).ln() } else { 0.0 };
            let mut of = [0.0; 4];
            for Group { recency, age, count } in &self.0.groups[of_x.from..of_x.to] {
                let (ln_all, over_all) = times[*age as usize];
                of[0] += count * ln_all;
                of[1] += count * over_all;
                if of_x.x == 0 {
                    continue;
                }
                // how much likelier it is that he left after the last purchase than that he stays
                let (ln_last, over_last) = times[*recency as usize];
                let quiet = ln_all - ln_last;
                let ln_odds = odds + (r + x) * quiet;
                let left = if ln_odds > 30.0 {
                    sum += count * ln_odds;
                    1.0
                } else {
                    let odds = ln_odds.exp();
                    sum += product.times(1.0 + odds, *count);
                    odds / (1.0 + odds)
                };
                let left = count * left;
                of[2] += left;
                of[3] += left * quiet;
                by[1] += left * (r + x) * (over_all - over_last);
            }
            sum -= (r + x) * of[0];
            by[0] += of[3] - of[0];
            by[1] -= (r + x) * of[1];
            by[2] += of[2] / a;
            by[3] -= if of_x.x > 0 { of[2] / (b + x - 1.0) } else { 0.0 };
        }
        sum += product.rest();
        for (slope, by) in slope.iter_mut().zip(by) {
            *slope = -by / self.0.customers;
        }
        -sum / self.0.customers
    }
}

/// The most likely parameters, or why there are none. Time is in any one unit.
pub fn fit(seen: &[Seen]) -> Result<BgNbd, NoFit> {
    let repeat_customers = seen.iter().filter(|s| s.x > 0).count() as u32;
    if repeat_customers < FEWEST {
        return Err(NoFit::TooFew { repeat_customers, fewest: FEWEST });
    }
    // of very many, a part says where to begin; what counts is the bottom over all of them
    let part: Vec<Seen> =
        if seen.len() > MANY { seen.iter().step_by(PART).copied().collect() } else { vec![] };
    let spread = Spread::of(seen);
    let (mut starts, mut nbd_starts) = (vec![], vec![]);
    if !part.is_empty() {
        let part = Spread::of(&part);
        let scale = part.unit / spread.unit;
        if let Some(f) = fit::best(&Leaving(&part), &[START.to_vec()]) {
            starts.push(vec![
                f.parameters[0],
                f.parameters[1] * scale,
                f.parameters[2],
                f.parameters[3],
            ]);
        }
        if let Some(n) = Nbd::fit(&part, &[]) {
            nbd_starts.push(vec![n.r, n.alpha / spread.unit]);
        }
    }
    let nbd = Nbd::fit(&spread, &nbd_starts);
    starts.push(START.to_vec());
    if let Some(nbd) = nbd {
        // beside the limit without drop-out, where a summit may be a low one
        starts.push(vec![nbd.r, nbd.alpha / spread.unit, 0.01, 5.0]);
    }
    let found = fit::best(&Leaving(&spread), &starts).ok_or(NoFit::NoSummit)?;
    let log_likelihood = spread.back(found.log_likelihood * spread.customers);
    match (found.settled, nbd) {
        (_, Some(nbd)) if log_likelihood < nbd.log_likelihood + GAIN => {
            Err(NoFit::NobodyLeaves(nbd))
        }
        (true, _) => {
            let [r, alpha, a, b] = found.parameters[..] else { return Err(NoFit::NoSummit) };
            Ok(BgNbd { r, alpha: alpha * spread.unit, a, b, log_likelihood })
        }
        (false, _) => Err(NoFit::NoSummit),
    }
}

impl BgNbd {
    /// How much likelier it is that he left after his last purchase than that he stays.
    fn odds(&self, s: &Seen) -> f64 {
        if s.x == 0 {
            return 0.0;
        }
        let x = f64::from(s.x);
        let quiet = ((self.alpha + s.age) / (self.alpha + s.recency)).ln();
        ((self.a / (self.b + x - 1.0)).ln() + (self.r + x) * quiet).exp()
    }
    /// The chance that he is still a customer. Nobody leaves before a first repeat, by the model.
    pub fn alive(&self, s: &Seen) -> f64 {
        1.0 / (1.0 + self.odds(s))
    }
    /// Transactions expected in `ahead`, of a customer of whom this was seen.
    pub fn expected(&self, s: &Seen, ahead: f64) -> f64 {
        let x = f64::from(s.x);
        self.growth(self.a + self.b + x, x, s.age, ahead) / (1.0 + self.odds(s))
    }
    /// Transactions expected of a new customer in `ahead`.
    pub fn expected_of_new(&self, ahead: f64) -> f64 {
        self.growth(self.a + self.b, 0.0, 0.0, ahead)
    }
    /// `(ab + ..)/(a - 1) (1 - ((alpha + age)/(alpha + age + ahead))^(r + x) 2F1(r + x, b + x; c -
    /// 1; z))`, with Euler's transformation: in `2F1(c - 1 - r - x, a - 1; c - 1; z)` no term grows
    /// with x.
    fn growth(&self, c: f64, x: f64, age: f64, ahead: f64) -> f64 {
        let z = ahead / (self.alpha + age + ahead);
        // at a = 1 both sides of the fraction are nothing; beside it the value is the same
        let a = if (self.a - 1.0).abs() < 1e-7 { 1.0 + 1e-7 } else { self.a };
        let series = hypergeometric(c - 1.0 - self.r - x, a - 1.0, c - 1.0, z);
        (c - 1.0) / (a - 1.0) * (1.0 - (1.0 - z).powf(a - 1.0) * series)
    }
}

/// Gauss's series for z below 1.
fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 0..100_000 {
        let k = f64::from(k);
        term *= (a + k) * (b + k) / ((c + k) * (k + 1.0)) * z;
        sum += term;
        if term.abs() < 1e-13 * sum.abs() {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{BgNbd, FEWEST, NoFit, Seen, fit, hypergeometric};

    #[test]
    fn the_series_is_gausss() {
        // 2F1(1, 1; 2; z) = -ln(1 - z)/z, 2F1(a, b; b; z) = (1 - z)^-a
        for z in [0.1, 0.5, 0.9, 0.99] {
            assert!((hypergeometric(1.0, 1.0, 2.0, z) + (1.0 - z).ln() / z).abs() < 1e-9);
            assert!((hypergeometric(0.3, 2.0, 2.0, z) - (1.0 - z).powf(-0.3)).abs() < 1e-9);
        }
    }
    #[test]
    fn few_who_came_again_teach_nothing() {
        let once = Seen { x: 0, recency: 0.0, age: 10.0 };
        let again = Seen { x: 1, recency: 4.0, age: 10.0 };
        let mut seen = vec![once; 50];
        seen.extend(vec![again; FEWEST as usize - 1]);
        let want = NoFit::TooFew { repeat_customers: FEWEST - 1, fewest: FEWEST };
        assert_eq!(fit(&seen), Err(want));
        seen.push(again);
        assert!(!matches!(fit(&seen), Err(NoFit::TooFew { .. })));
    }
    #[test]
    fn buyers_all_alike_have_no_spread() {
        let same = Seen { x: 3, recency: 30.0, age: 31.0 };
        assert_eq!(fit(&[same; 40]), Err(NoFit::NoSummit));
    }
    #[test]
    fn who_was_never_away_is_alive() {
        let model = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, log_likelihood: 0.0 };
        let seen = |x, recency| Seen { x, recency, age: 38.86 };
        assert_eq!(model.alive(&seen(0, 0.0)), 1.0);
        assert!(model.alive(&seen(9, 38.86)) > 0.9);
        assert!(model.alive(&seen(9, 3.0)) < 0.001);
        assert!(model.expected(&seen(9, 3.0), 39.0) < model.expected(&seen(9, 38.0), 39.0));
        // steady where the formula is nothing over nothing
        let at = |a| BgNbd { a, ..model }.expected(&seen(2, 30.43), 39.0);
        assert!((at(1.0) - at(1.0001)).abs() < 1e-3);
    }
}
