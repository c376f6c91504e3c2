//! How sure a share is (Wilson 1927), and the middle of a list.

/// The normal deviate of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Between which shares the true one is, with 95 % confidence; None of nobody.
pub fn wilson(hits: u32, of: u32) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let (n, p) = (f64::from(of), f64::from(hits) / f64::from(of));
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    Some((((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0)))
}

/// The middle one; of an even number the mean of the two in the middle.
pub fn median(values: &mut [i64]) -> Option<i64> {
    values.sort_unstable();
    let n = values.len();
    let high = *values.get(n / 2)?;
    Some(if n % 2 == 1 { high } else { i64::midpoint(values[n / 2 - 1], high) })
}

#[cfg(test)]
mod tests {
    use super::{median, wilson};

    #[test]
    fn intervals_are_wilsons() {
        for (hits, of, low) in
            [(1, 1, 0.206_549), (9, 10, 0.595_850), (90, 100, 0.825_634), (450, 500, 0.870_578)]
        {
            let (got, high) = wilson(hits, of).expect("somebody");
            assert!((got - low).abs() < 1e-6, "{hits} of {of}: {got}");
            // the other end is that of those who did not
            let (other, _) = wilson(of - hits, of).expect("somebody");
            assert!((high - (1.0 - other)).abs() < 1e-12);
        }
        assert_eq!(wilson(0, 0), None);
        assert!(wilson(0, 5).is_some_and(|i| i.0 == 0.0 && i.1 < 0.44));
    }
    #[test]
    fn the_middle_is_in_the_middle() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [7]), Some(7));
        assert_eq!(median(&mut [9, 1, 5]), Some(5));
        assert_eq!(median(&mut [9, 1, 5, 7]), Some(6));
    }
}
