//! Baskets by chance: the law of coupons beside the law of refunds.
use rules::loyalty::coupon::{Kind, Line, Offer, discounts};
use rules::sale::refund::{Refundable, worth};

/// A hundred thousand baskets: the discount is split without loss, and whatever is given back,
/// in whatever order, adds up to what was paid.
#[test]
fn baskets_lose_nothing() {
    let mut seed: u64 = 20_261_122;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (seed >> 33) % below
    };
    for case in 0..100_000 {
        let n = 1 + next(6) as usize;
        let units: Vec<i64> = (0..n).map(|_| 1 + next(9) as i64).collect();
        let gross: Vec<i64> = units.iter().map(|u| u * next(20_000) as i64).collect();
        let lines: Vec<Line> =
            gross.iter().map(|a| Line { amount: *a, eligible: next(4) > 0 }).collect();
        let percent = next(2) == 0;
        let o = Offer {
            kind: if percent { Kind::Percent } else { Kind::Amount },
            value: if percent { 1 + next(10_000) as i64 } else { 1 + next(30_000) as i64 },
            cap: if percent && next(2) == 0 { 1 + next(9_000) as i64 } else { 0 },
            threshold: next(20_000) as i64,
        };
        let Ok(off) = discounts(o, &lines) else { continue };
        let paid: Vec<i64> = gross.iter().zip(&off).map(|(g, d)| g - d).collect();
        assert!(paid.iter().all(|p| *p >= 0), "case {case}");
        assert!(off.iter().zip(&lines).all(|(d, l)| l.eligible || *d == 0), "case {case}");
        let mut left: Vec<Refundable> = units
            .iter()
            .zip(&paid)
            .map(|(q, a)| Refundable { qty: *q, amount: *a, refunded_qty: 0, refunded: 0 })
            .collect();
        let mut back = 0;
        while left.iter().any(|l| l.refunded_qty < l.qty) {
            let i = next(n as u64) as usize;
            let open = left[i].qty - left[i].refunded_qty;
            if open == 0 {
                continue;
            }
            let part = 1 + next(open as u64) as i64;
            let money = worth(left[i], part).expect("units are left");
            left[i].refunded += money;
            left[i].refunded_qty += part;
            back += money;
        }
        assert_eq!(back, paid.iter().sum::<i64>(), "case {case} of seed 20261122");
    }
}
