//! Baskets by chance: the laws of coupons, wallets and commission beside the law of refunds.
use rules::ledger::Bucket;
use rules::loyalty::coupon::{Kind, Line, Offer, discounts};
use rules::loyalty::tier::member_price;
use rules::sale::refund::{Refundable, worth};
use rules::sale::wallet::{Part, counting, give_back, spend};
use rules::spread::commission::{Level, Rates, Terms, base, in_force, share};

/// A hundred thousand baskets, half of them of members of a tier, some variants with a price set
/// for it: no line costs more than the shop asks, the discount is split without loss, and whatever
/// is given back, in whatever order, adds up to what was paid.
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
        let list: Vec<i64> = units.iter().map(|_| next(20_000) as i64).collect();
        let off_bp = if next(2) == 0 { next(10_000) as i64 } else { 0 };
        let set = |next: &mut dyn FnMut(u64) -> u64| match next(3) {
            0 => Some(1 + next(20_000) as i64),
            _ => None,
        };
        let mut unit = Vec::with_capacity(n);
        for l in &list {
            let set = if off_bp > 0 { set(&mut next) } else { None };
            unit.push(member_price(*l, off_bp, set));
        }
        let fair = |(l, p): (&i64, &i64)| p <= l && (*p > 0 || *l == 0);
        assert!(list.iter().zip(&unit).all(fair), "case {case}");
        let gross: Vec<i64> = units.iter().zip(&unit).map(|(u, p)| u * p).collect();
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

/// Whatever of an order is given back, in whatever order: what both levels keep is their rates of
/// what stays paid, no step gives anything, both together keep under the cap, and of nothing kept
/// nothing stays.
#[test]
fn commission_follows_what_is_kept() {
    let mut seed: u64 = 20_261_123;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (seed >> 33) % below
    };
    for case in 0..100_000 {
        let cap = 100 + next(4_901) as i64;
        let levels = if next(2) == 0 { Level::First } else { Level::Second };
        let terms = Terms { on: true, levels, cap, ..Terms::default() };
        let asked = Rates { first: next(5_001) as i64, second: next(5_001) as i64 };
        let rates = in_force(terms, asked);
        let (units, amount) = (1 + next(9) as i64, next(200_000) as i64);
        let total = amount + next(3_000) as i64;
        let counting = (if next(3) == 0 { next(total as u64 + 1) as i64 } else { total }, total);
        let of = |paid: i64| {
            let base = base(paid, counting);
            [share(base, rates.first), share(base, rates.second)]
        };
        let mut kept = of(amount);
        let most = i128::from(amount) * i128::from(cap) / 10_000;
        assert!(i128::from(kept[0] + kept[1]) <= most, "case {case}");
        let mut line = Refundable { qty: units, amount, refunded_qty: 0, refunded: 0 };
        while line.refunded_qty < units {
            let part = 1 + next((units - line.refunded_qty) as u64) as i64;
            line.refunded += worth(line, part).expect("units are left");
            line.refunded_qty += part;
            let now = of(amount - line.refunded);
            assert!(now[0] <= kept[0] && now[1] <= kept[1], "case {case} of seed 20261123");
            kept = now;
        }
        assert_eq!(kept, [0, 0], "case {case} of seed 20261123");
    }
}

/// A hundred thousand orders paid from a wallet in part: whatever goes back, in whatever parts,
/// goes outside first, then to the buckets in reverse, and in the end each has its own again.
#[test]
fn wallets_have_back_what_they_gave() {
    let mut seed: u64 = 1_002_003;
    let mut next = |below: i64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        ((seed >> 33) % below.max(1) as u64) as i64
    };
    for case in 0..100_000 {
        let total = next(5_000);
        let held: Vec<_> = Bucket::ALL.iter().map(|b| (*b, next(4_000) - 500)).collect();
        let gave = spend(total, &held);
        let from_wallet: i64 = gave.iter().map(|(_, n)| n).sum();
        let has: i64 = held.iter().map(|(_, n)| (*n).max(0)).sum();
        assert_eq!(from_wallet, has.min(total), "case {case}");
        for (bucket, n) in &gave {
            let had = held.iter().find(|(b, _)| b == bucket).map_or(0, |(_, n)| *n);
            assert!(*n > 0 && *n <= had, "case {case}");
        }
        let part = |(bucket, amount): &(Bucket, i64)| Part {
            bucket: *bucket,
            amount: *amount,
            returned: 0,
        };
        let mut parts: Vec<Part> = gave.iter().map(part).collect();
        let gifts = parts.iter().filter(|p| p.bucket == Bucket::RedPacket).map(|p| p.amount);
        assert_eq!(counting(total, &parts) + gifts.sum::<i64>(), total, "case {case}");
        let (mut outside, mut rest) = (total - from_wallet, total);
        while rest > 0 {
            let amount = 1 + next(rest);
            let back = give_back(amount, outside, &parts).expect("no more than is left");
            assert_eq!(back.outside + back.wallet(), amount, "case {case}");
            assert!(back.parts.is_empty() || back.outside == outside, "case {case}: outside first");
            outside -= back.outside;
            for (bucket, n) in back.parts {
                let mut later = parts.iter().filter(|p| p.bucket > bucket);
                assert!(later.all(|p| p.left() == 0), "case {case}: in reverse");
                let part = parts.iter_mut().find(|p| p.bucket == bucket).expect("it gave");
                part.returned += n;
            }
            rest -= amount;
        }
        assert_eq!(outside, 0, "case {case} of seed 1002003");
        assert!(parts.iter().all(|p| p.left() == 0), "case {case} of seed 1002003");
        assert!(give_back(1, outside, &parts).is_none(), "case {case}");
    }
}
