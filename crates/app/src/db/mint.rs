//! Makes ids in time order: milliseconds, node, count.
use rules::base::{Id, Moment, id};
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

/// One a process. `node` tells processes apart that share a database.
pub struct Mint {
    node: i64,
    /// Milliseconds and count of the last id, without the node, so that a count that runs over
    /// moves the time on instead of reaching into the node.
    last: AtomicI64,
}

impl Mint {
    pub fn new(node: i64) -> Mint {
        Mint { node: node & 0x3ff, last: AtomicI64::new(0) }
    }
    /// Later than every id this mint made before, even when `now` stepped back.
    pub fn id<T>(&self, now: Moment) -> Id<T> {
        let floor = now.0.max(id::EPOCH + 1) << 12;
        let update = |last: i64| Some(floor.max(last + 1));
        let last = self.last.fetch_update(Relaxed, Relaxed, update).unwrap_or_else(|l| l);
        let next = floor.max(last + 1);
        Id::of(id::bits(next >> 12, self.node, next & 0xfff))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_and_differ() {
        let (a, b) = (Mint::new(1), Mint::new(2));
        let now = Moment(id::EPOCH + 1000);
        let mut last = a.id::<()>(now);
        for i in 0..10_000 {
            let next = a.id::<()>(now.plus(-i));
            assert!(next > last, "the clock may step back, ids may not");
            assert_ne!(next, b.id::<()>(now));
            last = next;
        }
        let later = last.made_at().since(now);
        assert!((0..=3).contains(&later), "10,000 ids take the time of three milliseconds");
    }
}
