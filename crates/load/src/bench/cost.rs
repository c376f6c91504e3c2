//! What a piece of work took: wall time and the processor time of this process.
use std::fmt;
use std::time::{Duration, Instant};

pub struct Watch {
    began: Instant,
    cpu: f64,
}

pub struct Cost {
    wall: Duration,
    cpu: f64,
    n: usize,
}

impl Watch {
    pub fn start() -> Watch {
        Watch { began: Instant::now(), cpu: cpu() }
    }
    pub fn stop(self, n: usize) -> Cost {
        Cost { wall: self.began.elapsed(), cpu: cpu() - self.cpu, n }
    }
}

impl Cost {
    pub fn rate(&self) -> f64 {
        self.n as f64 / self.wall.as_secs_f64()
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let each = self.cpu / self.n as f64 * 1e6;
        write!(f, "{:.0}/s, {each:.0} us of CPU each", self.rate())
    }
}

/// Seconds of processor time of all threads; Linux counts them in hundredths.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // the name in brackets may hold spaces; user and system time are fields 14 and 15
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = rest.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// `median (least - most)`.
pub fn spread(all: &mut [f64]) -> String {
    all.sort_by(f64::total_cmp);
    let at = |i: usize| all.get(i).copied().unwrap_or(0.0);
    format!("{:.0} ({:.0} - {:.0})", at(all.len() / 2), at(0), at(all.len() - 1))
}
