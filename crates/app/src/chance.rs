//! Randomness as an argument: the system's, or a seeded one that a test can replay.
use ring::rand::{SecureRandom, SystemRandom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Where tokens, codes and draws come from; cheap to clone.
#[derive(Clone)]
pub struct Chance(Arc<Source>);
enum Source {
    System(SystemRandom),
    Seeded(AtomicU64),
}

impl Chance {
    pub fn system() -> Chance {
        Chance(Arc::new(Source::System(SystemRandom::new())))
    }
    /// For tests and demonstrations only: everybody who knows the seed knows the codes.
    pub fn seeded(seed: u64) -> Chance {
        Chance(Arc::new(Source::Seeded(AtomicU64::new(seed))))
    }
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        match &*self.0 {
            // the system's source does not fail once it was seeded, and it was at start
            Source::System(rng) => rng.fill(&mut out).unwrap_or_else(|_| std::process::abort()),
            Source::Seeded(state) => {
                for chunk in out.chunks_mut(8) {
                    let x = state.fetch_add(0x9E37_79B9_7F4A_7C15, Relaxed);
                    chunk.copy_from_slice(&mixed(x).to_le_bytes()[..chunk.len()]);
                }
            }
        }
        out
    }
    pub fn number(&self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
fn mixed(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}
