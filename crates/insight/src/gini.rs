//! How unevenly something is spread over people (Gini 1912): 0 when all have as much.

/// `sum (2 i - n - 1) x_i / (n sum x)` over the values from the smallest, i from 1: half the mean
/// difference of two of them against the mean, without the correction for small samples. None
/// where nobody has anything.
pub fn gini(values: &[u32]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let n = sorted.len() as f64;
    let all: f64 = sorted.iter().map(|x| f64::from(*x)).sum();
    let place = |k: usize| 2.0 * (k + 1) as f64 - n - 1.0;
    let sum: f64 = sorted.iter().enumerate().map(|(k, x)| place(k) * f64::from(*x)).sum();
    (all > 0.0).then(|| sum / (n * all))
}

#[cfg(test)]
mod tests {
    use super::gini;
    use crate::interval::median;

    /// Values, their Gini and their median, both by NumPy 2.4.6: `i = arange(1, n + 1);
    /// (2 * i - n - 1) @ sort(x) / (n * x.sum())`, which `abs(x[:, None] - x).mean() / (2 *
    /// x.mean())` agrees with, and `numpy.median(x)`.
    const NUMPY: [(&[u32], f64, f64); 8] = [
        (&[1, 1], 0.0, 1.0),
        (&[1, 3], 0.25, 2.0),
        (&[5], 0.0, 5.0),
        (&[7, 1, 1, 1], 0.45, 1.0),
        (&[3, 0, 0, 0], 0.75, 0.0),
        (&[2, 3, 5, 7, 11, 13], 0.329_268_292_683, 6.0),
        (&[1, 1, 2, 3, 5, 8, 13, 21, 34, 55], 0.590_909_090_909, 6.5),
        (&[120, 40, 12, 9, 9, 4, 3, 3, 2, 1, 1, 1, 1], 0.740_851_381_628, 3.0),
    ];

    #[test]
    fn voices_are_as_uneven_as_numpy_says() {
        for (values, uneven, middle) in NUMPY {
            let got = gini(values).expect("somebody");
            assert!((got - uneven).abs() < 1e-11, "{values:?}: {got}");
            // half of a millisecond is none: the middle of two is rounded down
            let mut all: Vec<i64> = values.iter().map(|x| i64::from(*x)).collect();
            assert_eq!(median(&mut all), Some(middle.floor() as i64), "{values:?}");
        }
        let hundred: Vec<u32> = (1..=100).collect();
        assert!((gini(&hundred).expect("somebody") - 0.33).abs() < 1e-12);
    }
    #[test]
    fn nobody_has_no_gini() {
        assert_eq!(gini(&[]), None);
        assert_eq!(gini(&[0, 0]), None);
    }
}
