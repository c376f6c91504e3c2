//! How much of an order its buyer's wallet pays, part by part, and how a refund goes back.
use crate::ledger::Bucket;

/// What an order took from one part of the wallet, and what came back of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    pub bucket: Bucket,
    pub amount: i64,
    pub returned: i64,
}

impl Part {
    pub const fn left(self) -> i64 {
        self.amount - self.returned
    }
}

/// What a wallet gives for `total`: red packets first, then commission; the order of the buckets
/// is the order of spending, and it is printed. Parts that give nothing are left out.
pub fn spend(total: i64, held: &[(Bucket, i64)]) -> Vec<(Bucket, i64)> {
    let mut rest = total.max(0);
    let mut out = Vec::new();
    for bucket in Bucket::ALL {
        let has: i64 = held.iter().filter(|(b, _)| b == bucket).map(|(_, n)| (*n).max(0)).sum();
        let gives = has.min(rest);
        if gives > 0 {
            out.push((*bucket, gives));
            rest -= gives;
        }
    }
    out
}

/// A refund by where it goes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Back {
    /// To the provider the money came through.
    pub outside: i64,
    pub parts: Vec<(Bucket, i64)>,
}

impl Back {
    pub fn wallet(&self) -> i64 {
        self.parts.iter().map(|(_, n)| n).sum()
    }
}

/// Outside money goes back first, then the parts of the wallet in the reverse order of spending.
/// None: it is more than is left.
pub fn give_back(amount: i64, outside_left: i64, parts: &[Part]) -> Option<Back> {
    let outside = amount.min(outside_left).max(0);
    let mut rest = amount - outside;
    let mut out = Back { outside, parts: Vec::new() };
    for bucket in Bucket::ALL.iter().rev() {
        for part in parts.iter().filter(|p| p.bucket == *bucket) {
            let gives = part.left().min(rest);
            if gives > 0 {
                out.parts.push((*bucket, gives));
                rest -= gives;
            }
        }
    }
    (rest == 0).then_some(out)
}

/// How much of an order was paid with money that may earn others a commission: all but gifts of the
/// shop itself.
pub fn counting(total: i64, parts: &[Part]) -> i64 {
    let gifts = parts.iter().filter(|p| p.bucket == Bucket::RedPacket);
    total - gifts.map(|p| p.amount).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Bucket; 2] = [Bucket::RedPacket, Bucket::Commission];

    /// `red packet, commission` of a text such as `300 200`.
    fn pair(text: &str) -> [i64; 2] {
        let mut n = text.split_whitespace().map(|n| n.parse().expect("a number"));
        [n.next().expect("a red packet"), n.next().expect("a commission")]
    }
    fn shown(parts: &[(Bucket, i64)]) -> String {
        let all: Vec<String> = parts.iter().map(|(b, n)| format!("{} {n}", b.code())).collect();
        all.join(", ")
    }

    #[test]
    fn a_wallet_gives_in_the_printed_order() {
        let check = |total: i64, held: &str, want: &str| {
            let [gift, earned] = pair(held);
            // the order in which they are read does not matter
            let held = [(BOTH[1], earned), (BOTH[0], gift)];
            assert_eq!(shown(&spend(total, &held)), want, "{total} of {held:?}");
        };
        check(1000, "0 0", "");
        check(1000, "300 0", "red_packet 300");
        check(1000, "300 200", "red_packet 300, commission 200");
        check(1000, "300 700", "red_packet 300, commission 700");
        check(1000, "300 701", "red_packet 300, commission 700");
        check(1000, "1000 50", "red_packet 1000");
        check(1000, "1001 50", "red_packet 1000");
        check(1000, "-5 50", "commission 50");
        check(0, "300 200", "");
    }

    #[test]
    fn a_refund_goes_back_the_way_the_money_came() {
        let check = |amount: i64, outside: i64, spent: &str, returned: &str, want: &str| {
            let (amounts, returned) = (pair(spent), pair(returned));
            let part =
                |i: usize| Part { bucket: BOTH[i], amount: amounts[i], returned: returned[i] };
            let got = match give_back(amount, outside, &[part(0), part(1)]) {
                Some(b) => format!("{}; {}", b.outside, shown(&b.parts)),
                None => "more than is left".into(),
            };
            assert_eq!(got, want, "{amount} with {outside} outside");
        };
        check(400, 500, "300 200", "0 0", "400; ");
        check(500, 500, "300 200", "0 0", "500; ");
        check(501, 500, "300 200", "0 0", "500; commission 1");
        check(750, 500, "300 200", "0 0", "500; commission 200, red_packet 50");
        check(1000, 500, "300 200", "0 0", "500; commission 200, red_packet 300");
        check(1001, 500, "300 200", "0 0", "more than is left");
        check(100, 0, "300 200", "0 150", "0; commission 50, red_packet 50");
        check(300, 0, "300 200", "0 200", "0; red_packet 300");
        check(301, 0, "300 200", "0 200", "more than is left");
    }

    #[test]
    fn what_the_shop_gave_earns_nobody_a_commission() {
        let part = |bucket, amount| Part { bucket, amount, returned: 0 };
        let parts = [part(BOTH[0], 300), part(BOTH[1], 200)];
        assert_eq!(counting(1000, &parts), 700);
        assert_eq!(counting(1000, &parts[1..]), 1000);
        assert_eq!(counting(300, &parts[..1]), 0);
        assert_eq!(counting(1000, &[]), 1000);
    }
}
