//! The demo's dice: the same seed tells the same story.
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

pub struct Dice(AtomicU64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(AtomicU64::new(seed))
    }
    /// SplitMix64.
    fn next(&self) -> u64 {
        let x = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Relaxed);
        let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }
    /// From zero up to, not including, `n`.
    pub fn below(&self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }
    pub fn between(&self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }
    pub fn percent(&self, n: usize) -> bool {
        self.below(100) < n
    }
    pub fn one<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
    /// An index that favours the early ones: the square of an even draw.
    pub fn early(&self, n: usize) -> usize {
        let x = self.below(1000);
        x * x * n / 1_000_000
    }
}
