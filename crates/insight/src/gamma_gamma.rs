//! Gamma-Gamma (Fader, Hardie 2013): what a transaction of each customer is worth.
use crate::fit::{self, Likelihood, Product};
use statrs::function::gamma::{digamma, ln_gamma};
use std::fmt;

/// What one customer's repeats were worth: how many, and the mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spent {
    pub x: u32,
    pub mean: f64,
}

/// A transaction is Gamma (p, its rate), rates are Gamma (q, v).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaGamma {
    pub p: f64,
    pub q: f64,
    pub v: f64,
    /// Of all repeat customers together.
    pub log_likelihood: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFit {
    TooFew {
        repeat_customers: u32,
        fewest: u32,
    },
    /// The likelihood rises without an end: amounts are too much alike, or too few.
    NoSummit,
}

impl NoFit {
    pub fn code(&self) -> &'static str {
        match self {
            NoFit::TooFew { .. } => "too_few",
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
            NoFit::NoSummit => write!(
                f,
                "the likelihood rises without an end: amounts are too few or too much alike"
            ),
        }
    }
}

/// As for BG/NBD.
pub const FEWEST: u32 = crate::bg_nbd::FEWEST;

/// Above so many customers a search begins on every tenth of them.
const MANY: usize = 20_000;
const PART: usize = 10;

/// What those who came again equally often spent.
struct OfX {
    x: f64,
    /// Of each: the sum of all repeats.
    sums: Vec<f64>,
    /// The logarithms of these together.
    logs: f64,
}
/// By x, since the rest depends on it alone.
struct Amounts {
    by_x: Vec<OfX>,
    customers: f64,
    /// The logarithms of all means together.
    logs: f64,
}

impl Amounts {
    /// Of what is sorted by x.
    fn of(spent: &[Spent]) -> Amounts {
        let by_x = spent.chunk_by(|a, b| a.x == b.x).map(|alike| {
            let x = f64::from(alike[0].x);
            let sums: Vec<f64> = alike.iter().map(|one| x * one.mean).collect();
            let logs = sums.iter().map(|sum| sum.ln()).sum();
            OfX { x, sums, logs }
        });
        let logs = spent.iter().map(|one| one.mean.ln()).sum();
        Amounts { by_x: by_x.collect(), customers: spent.len() as f64, logs }
    }
}

impl Likelihood for Amounts {
    fn at(&self, parameters: &[f64], slope: &mut [f64]) -> f64 {
        let (p, q, v) = (parameters[0], parameters[1], parameters[2]);
        let (mut sum, mut by) = (-self.logs, [0.0; 3]);
        let (ln_v, ln_q, psi_q) = (v.ln(), ln_gamma(q), digamma(q));
        for OfX { x, sums, logs } in &self.by_x {
            let (px, n) = (p * x, sums.len() as f64);
            let psi = digamma(px + q);
            let (mut ln_all, mut over_all, mut product) = (0.0, 0.0, Product::default());
            for one in sums {
                ln_all += product.times(one + v, 1.0);
                over_all += 1.0 / (one + v);
            }
            ln_all += product.rest();
            sum += n * (ln_gamma(px + q) - ln_gamma(px) - ln_q + q * ln_v);
            sum += px * logs - (px + q) * ln_all;
            by[0] += n * x * (psi - digamma(px)) + x * (logs - ln_all);
            by[1] += n * (psi - psi_q + ln_v) - ln_all;
            by[2] += n * q / v - (px + q) * over_all;
        }
        for (slope, by) in slope.iter_mut().zip(by) {
            *slope = -by / self.customers;
        }
        -sum / self.customers
    }
}

/// The most likely parameters of those who came again, or why there are none.
pub fn fit(spent: &[Spent]) -> Result<GammaGamma, NoFit> {
    let mut spent: Vec<Spent> = spent.iter().filter(|s| s.x > 0 && s.mean > 0.0).copied().collect();
    let repeat_customers = spent.len() as u32;
    if repeat_customers < FEWEST {
        return Err(NoFit::TooFew { repeat_customers, fewest: FEWEST });
    }
    let n = f64::from(repeat_customers);
    let unit = spent.iter().map(|s| s.mean).sum::<f64>() / n;
    spent.iter_mut().for_each(|s| s.mean /= unit);
    spent.sort_unstable_by_key(|s| s.x);
    // of very many, a part says where to begin; what counts is the bottom over all of them
    let mut starts = vec![vec![2.0, 3.0, 1.0], vec![6.0, 4.0, 0.5]];
    if spent.len() > MANY {
        let part: Vec<Spent> = spent.iter().step_by(PART).copied().collect();
        if let Some(found) = fit::best(&Amounts::of(&part), &starts) {
            starts.insert(0, found.parameters);
        }
    }
    let found =
        fit::best(&Amounts::of(&spent), &starts).filter(|f| f.settled).ok_or(NoFit::NoSummit)?;
    let [p, q, v] = found.parameters[..] else { return Err(NoFit::NoSummit) };
    let log_likelihood = n * (found.log_likelihood - unit.ln());
    Ok(GammaGamma { p, q, v: v * unit, log_likelihood })
}

impl GammaGamma {
    /// What a transaction of this customer is worth: his own mean and everybody's, by how much is
    /// known of him. None where the spread of customers has no mean.
    pub fn value(&self, s: &Spent) -> Option<f64> {
        let x = f64::from(s.x);
        let known = self.p * x + self.q - 1.0;
        (known > 0.0).then(|| self.p * (self.v + x * s.mean) / known)
    }
    /// What a transaction of anybody is worth.
    pub fn mean(&self) -> Option<f64> {
        self.value(&Spent { x: 0, mean: 0.0 })
    }
}

/// Whether those who buy often spend more each time: the model takes it that they do not. Pearson's
/// correlation of repeats and mean; None without a spread.
pub fn correlation(spent: &[Spent]) -> Option<f64> {
    let all: Vec<(f64, f64)> =
        spent.iter().filter(|s| s.x > 0).map(|s| (f64::from(s.x), s.mean)).collect();
    let n = all.len() as f64;
    let (mx, my) =
        (all.iter().map(|a| a.0).sum::<f64>() / n, all.iter().map(|a| a.1).sum::<f64>() / n);
    let mut sums = (0.0, 0.0, 0.0);
    for (x, y) in all {
        sums.0 += (x - mx) * (y - my);
        sums.1 += (x - mx) * (x - mx);
        sums.2 += (y - my) * (y - my);
    }
    let spread = (sums.1 * sums.2).sqrt();
    (spread > 0.0).then(|| sums.0 / spread)
}

#[cfg(test)]
mod tests {
    use super::{NoFit, Spent, correlation, fit};

    #[test]
    fn amounts_all_alike_have_no_spread() {
        assert_eq!(fit(&[Spent { x: 2, mean: 10.0 }; 40]), Err(NoFit::NoSummit));
        let few = [Spent { x: 2, mean: 10.0 }, Spent { x: 0, mean: 0.0 }];
        assert_eq!(fit(&few), Err(NoFit::TooFew { repeat_customers: 1, fewest: super::FEWEST }));
    }
    #[test]
    fn often_and_much_together_are_seen() {
        let line: Vec<Spent> = (1..9).map(|x| Spent { x, mean: f64::from(x) * 3.0 }).collect();
        assert!((correlation(&line).expect("a spread") - 1.0).abs() < 1e-12);
        assert_eq!(correlation(&[Spent { x: 2, mean: 1.0 }; 3]), None);
        assert_eq!(correlation(&[]), None);
    }
}
