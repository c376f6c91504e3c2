//! Finds the parameters that make data most likely, and says whether there are such parameters.
//!
//! A quasi-Newton search over the logarithms of the parameters, then Newton's steps to the bottom
//! of the hollow it ends in. Four parameters at most: a library's general search would bring more
//! than these hundred lines, and forget the best point where its line search breaks off on a ridge.

/// Minus the mean log-likelihood of one observation.
pub trait Likelihood {
    /// Writes the slope by each parameter, and returns the value.
    fn at(&self, parameters: &[f64], slope: &mut [f64]) -> f64;
}

/// The sum of many logarithms as the logarithm of a product: one of them for a hundred factors.
pub struct Product(f64);
impl Default for Product {
    fn default() -> Product {
        Product(1.0)
    }
}
impl Product {
    /// Takes a factor in, `count` times, and gives what does not fit any more.
    pub fn times(&mut self, factor: f64, count: f64) -> f64 {
        if count > 1.0 {
            return count * factor.ln();
        }
        let before = self.0;
        self.0 *= factor;
        if (1e-120..1e120).contains(&self.0) {
            return 0.0;
        }
        self.0 = 1.0;
        before.ln() + factor.ln()
    }
    pub fn rest(&mut self) -> f64 {
        std::mem::replace(&mut self.0, 1.0).ln()
    }
}

/// Where a search came to rest.
#[derive(Clone, Debug)]
pub struct Found {
    pub parameters: Vec<f64>,
    /// Of one observation, on average.
    pub log_likelihood: f64,
    /// It rests in a hollow: every direction leads upwards, and no parameter has run away.
    pub settled: bool,
}

/// Beyond e to this a parameter has run away, to nothing or to infinity.
const FAR: f64 = 14.0;
/// The slope below which Newton's steps take over, and the one at which a search has arrived.
const NEAR: f64 = 1e-5;
const ARRIVED: f64 = 1e-9;
/// The last of Newton's steps, in logarithms.
const CLOSE: f64 = 1e-4;
const MOST_ROUNDS: usize = 400;
/// Below this slope a start may lie beside the bottom already: Newton's steps are tried at once.
const BESIDE_IT: f64 = 0.02;

/// The first search that settles, from several starts; where none does, the best of them.
pub fn best(of: &impl Likelihood, starts: &[Vec<f64>]) -> Option<Found> {
    let mut best: Option<Found> = None;
    for start in starts {
        let Some(found) = search(of, start) else { continue };
        if found.settled {
            return Some(found);
        }
        if best.as_ref().is_none_or(|b| found.log_likelihood > b.log_likelihood) {
            best = Some(found);
        }
    }
    best
}

/// The function over logarithms.
struct Logs<'a, L> {
    of: &'a L,
}
#[derive(Clone)]
struct Point {
    at: Vec<f64>,
    value: f64,
    slope: Vec<f64>,
}

impl<L: Likelihood> Logs<'_, L> {
    fn point(&self, at: Vec<f64>) -> Point {
        let parameters: Vec<f64> = at.iter().map(|a| a.exp()).collect();
        let mut slope = vec![0.0; at.len()];
        let value = self.of.at(&parameters, &mut slope);
        slope.iter_mut().zip(&parameters).for_each(|(s, p)| *s *= p);
        Point { at, value, slope }
    }
    /// Steps of the quasi-Newton kind (BFGS) with the inverse of the curvature kept as a table.
    fn descend(&self, start: Vec<f64>) -> Point {
        let n = start.len();
        let mut here = self.point(start);
        let mut inverse = identity(n);
        for _ in 0..MOST_ROUNDS {
            let far = here.at.iter().any(|a| a.abs() > FAR);
            if steepest(&here.slope) < NEAR || far || !here.value.is_finite() {
                break;
            }
            let mut way: Vec<f64> = inverse.iter().map(|row| -dot(row, &here.slope)).collect();
            if dot(&way, &here.slope) >= 0.0 {
                inverse = identity(n);
                way = here.slope.iter().map(|s| -s).collect();
            }
            let Some(next) = self.along(&here, &way) else { break };
            let moved: Vec<f64> = next.at.iter().zip(&here.at).map(|(a, b)| a - b).collect();
            let bent: Vec<f64> = next.slope.iter().zip(&here.slope).map(|(a, b)| a - b).collect();
            learn(&mut inverse, &moved, &bent);
            here = next;
        }
        here
    }
    /// The first of ever shorter steps that goes down as far as its slope promised.
    fn along(&self, here: &Point, way: &[f64]) -> Option<Point> {
        let promised = dot(way, &here.slope);
        // never more than a factor of e squared at once
        let mut length = (2.0 / steepest(way)).min(1.0);
        for _ in 0..40 {
            let at = here.at.iter().zip(way).map(|(a, w)| a + length * w).collect();
            let next = self.point(at);
            if next.value.is_finite() && next.value <= here.value + 1e-4 * length * promised {
                return Some(next);
            }
            length *= 0.5;
        }
        None
    }
    /// Newton's steps. They end where the slope is nothing; None where the ground is no hollow.
    fn bottom(&self, mut here: Point) -> Option<Point> {
        for _ in 0..12 {
            let curvature = self.curvature(&here);
            let step = solve(curvature, &here.slope)?;
            let far = here.at.iter().any(|a| a.abs() > FAR);
            if far || steepest(&step) > 2.0 {
                return None;
            }
            // in a hollow the slope and the way that is left vanish together; on a slope that runs
            // out for ever only the first does
            if steepest(&here.slope) < ARRIVED && steepest(&step) < CLOSE {
                return Some(here);
            }
            let at = here.at.iter().zip(&step).map(|(a, s)| a - s).collect();
            let next = self.point(at);
            if !next.value.is_finite() || steepest(&next.slope) > 0.5 * steepest(&here.slope) {
                return None;
            }
            here = next;
        }
        None
    }
    /// Second derivatives, as central differences of the slopes.
    fn curvature(&self, here: &Point) -> Vec<Vec<f64>> {
        const BESIDE: f64 = 1e-4;
        let n = here.at.len();
        let beside = |k: usize, by: f64| {
            let mut at = here.at.clone();
            at[k] += by;
            self.point(at).slope
        };
        let rows = (0..n).map(|k| {
            let (up, down) = (beside(k, BESIDE), beside(k, -BESIDE));
            up.iter().zip(&down).map(|(u, d)| (u - d) / (2.0 * BESIDE)).collect::<Vec<f64>>()
        });
        let rows: Vec<Vec<f64>> = rows.collect();
        (0..n).map(|i| (0..n).map(|j| f64::midpoint(rows[i][j], rows[j][i])).collect()).collect()
    }
}

fn search(of: &impl Likelihood, start: &[f64]) -> Option<Found> {
    let logs = Logs { of };
    let found = |end: &Point, settled| Found {
        parameters: end.at.iter().map(|a| a.exp()).collect(),
        log_likelihood: -end.value,
        settled,
    };
    let start = logs.point(start.iter().map(|p| p.ln()).collect());
    if steepest(&start.slope) < BESIDE_IT
        && let Some(bottom) = logs.bottom(start.clone())
    {
        return Some(found(&bottom, true));
    }
    let end = logs.descend(start.at);
    if !end.value.is_finite() {
        return None;
    }
    let rests = found(&end, false);
    match logs.bottom(end) {
        Some(bottom) => Some(found(&bottom, true)),
        None => Some(rests),
    }
}

fn identity(n: usize) -> Vec<Vec<f64>> {
    (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect()
}
fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
fn steepest(slope: &[f64]) -> f64 {
    slope.iter().fold(0.0, |most, s| s.abs().max(most))
}

/// What a step says of the curvature (Broyden, Fletcher, Goldfarb, Shanno).
fn learn(inverse: &mut [Vec<f64>], moved: &[f64], bent: &[f64]) {
    let along = dot(moved, bent);
    if along <= 1e-14 {
        return;
    }
    let turned: Vec<f64> = inverse.iter().map(|row| dot(row, bent)).collect();
    let scale = (1.0 + dot(bent, &turned) / along) / along;
    for i in 0..moved.len() {
        for j in 0..moved.len() {
            let cross = (turned[i] * moved[j] + moved[i] * turned[j]) / along;
            inverse[i][j] += scale * moved[i] * moved[j] - cross;
        }
    }
}

/// Solves by Cholesky's way; None unless the table is positive definite.
fn solve(mut table: Vec<Vec<f64>>, right: &[f64]) -> Option<Vec<f64>> {
    let n = right.len();
    for i in 0..n {
        for j in 0..=i {
            let below: f64 = (0..j).map(|k| table[i][k] * table[j][k]).sum();
            let rest = table[i][j] - below;
            if i == j {
                if rest.is_nan() || rest <= 1e-12 {
                    return None;
                }
                table[i][i] = rest.sqrt();
            } else {
                table[i][j] = rest / table[j][j];
            }
        }
    }
    let mut out = right.to_vec();
    for i in 0..n {
        let before: f64 = (0..i).map(|k| table[i][k] * out[k]).sum();
        out[i] = (out[i] - before) / table[i][i];
    }
    for i in (0..n).rev() {
        let after: f64 = (i + 1..n).map(|k| table[k][i] * out[k]).sum();
        out[i] = (out[i] - after) / table[i][i];
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{Likelihood, best};

    /// Rosenbrock's valley, its bottom at (a, a squared).
    struct Valley(f64);
    impl Likelihood for Valley {
        fn at(&self, p: &[f64], slope: &mut [f64]) -> f64 {
            let (u, v) = (self.0 - p[0], p[1] - p[0] * p[0]);
            slope[0] = -2.0 * u - 40.0 * p[0] * v;
            slope[1] = 20.0 * v;
            u * u + 10.0 * v * v
        }
    }
    /// Falls for ever towards nothing.
    struct Slope;
    impl Likelihood for Slope {
        fn at(&self, p: &[f64], slope: &mut [f64]) -> f64 {
            slope[0] = 1.0;
            p[0]
        }
    }

    #[test]
    fn a_valley_has_a_bottom_and_a_slope_has_none() {
        for bottom in [0.2, 1.0, 3.0] {
            let found = best(&Valley(bottom), &[vec![1.5, 0.5]]).expect("a number");
            assert!(found.settled, "{found:?}");
            assert!((found.parameters[0] - bottom).abs() < 1e-6, "{found:?}");
            assert!((found.parameters[1] - bottom * bottom).abs() < 1e-6, "{found:?}");
        }
        assert!(!best(&Slope, &[vec![1.0]]).expect("a number").settled);
    }
}
