//! NBD: buyers who differ in how often they buy, and never leave. The limit of BG/NBD without
//! drop-out.
use crate::bg_nbd::{Group, Spread};
use crate::fit::{self, Likelihood};
use statrs::function::gamma::{digamma, ln_gamma};

/// Rates of buying are spread like a Gamma with shape r and rate alpha.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nbd {
    pub r: f64,
    pub alpha: f64,
    /// Of all customers together, without the terms that hold no parameter.
    pub log_likelihood: f64,
}

impl Nbd {
    /// None where buyers do not differ enough for a spread of rates.
    pub(crate) fn fit(spread: &Spread, near: &[Vec<f64>]) -> Option<Nbd> {
        let starts = [near, &[vec![0.5, 0.5], vec![2.0, 5.0]]].concat();
        let found = fit::best(spread, &starts)?;
        let [r, alpha] = found.parameters[..] else { return None };
        let n = spread.customers;
        let log_likelihood = spread.back(found.log_likelihood * n);
        found.settled.then_some(Nbd { r, alpha: alpha * spread.unit, log_likelihood })
    }
    /// Orders expected in `ahead`, of one who bought `x` times again in `age`.
    pub fn expected(&self, x: u32, age: f64, ahead: f64) -> f64 {
        (self.r + f64::from(x)) / (self.alpha + age) * ahead
    }
}

impl Likelihood for Spread {
    fn at(&self, p: &[f64], slope: &mut [f64]) -> f64 {
        let (r, alpha) = (p[0], p[1]);
        let (mut sum, mut by_r, mut by_alpha) = (0.0, 0.0, 0.0);
        let (ln_alpha, ln_r, psi_r) = (alpha.ln(), ln_gamma(r), digamma(r));
        let times = self.with(alpha);
        for of_x in &self.by_x {
            let x = f64::from(of_x.x);
            let (ln, psi) = (ln_gamma(r + x) - ln_r, digamma(r + x) - psi_r);
            sum += of_x.count * (ln + r * ln_alpha);
            by_r += of_x.count * (psi + ln_alpha);
            by_alpha += of_x.count * r / alpha;
            for Group { age, count, .. } in &self.groups[of_x.from..of_x.to] {
                let (ln_all, over_all) = times[*age as usize];
                sum -= count * (r + x) * ln_all;
                by_r -= count * ln_all;
                by_alpha -= count * (r + x) * over_all;
            }
        }
        slope[0] = -by_r / self.customers;
        slope[1] = -by_alpha / self.customers;
        -sum / self.customers
    }
}
