//! Red packets: what may be given, how the sum is drawn into slots, who may take one.
use crate::base::moment::{DAY, HOUR};
use crate::base::{Moment, money, text};
use crate::codes;

codes! {
    /// How the sum is parted.
    pub enum Split { Equal = "equal", Lucky = "lucky" }
}
codes! {
    pub enum State {
        Open = "open",
        /// Every slot is taken.
        Finished = "finished",
        /// Time is over and the rest went back.
        Expired = "expired",
    }
}
codes! {
    /// Who may take a slot. Whoever may, is in the group.
    pub enum Needs {
        Member = "member",
        /// In the group for a day.
        Day = "day",
        /// Has paid an order here.
        Buyer = "buyer",
    }
}

/// Of one packet, in minor units.
pub const MOST_TOTAL: i64 = 5_000_000;
pub const MOST_SLOTS: i64 = 500;
/// Of one slot: a draw beyond it would be a prize and not a thank-you.
pub const MOST_ONE: i64 = 50_000;
pub const MOST_HOURS: i64 = 72;
pub const MOST_WISH: usize = 40;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    BadSum,
    TooMuch,
    BadSlots,
    /// Less than one minor unit for each.
    TooThin,
    /// More than [`MOST_ONE`] for each.
    TooThick,
    BadHours,
    WishTooLong,
}

/// A sum and slots that fit each other; nothing that is computed of them overflows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    pub split: Split,
    total: i64,
    slots: i64,
}

impl Plan {
    pub fn of(split: Split, total: i64, slots: i64) -> Result<Plan, Unfit> {
        if total < 1 {
            return Err(Unfit::BadSum);
        }
        if total > MOST_TOTAL {
            return Err(Unfit::TooMuch);
        }
        if !(1..=MOST_SLOTS).contains(&slots) {
            return Err(Unfit::BadSlots);
        }
        if total < slots {
            return Err(Unfit::TooThin);
        }
        if total > slots * MOST_ONE {
            return Err(Unfit::TooThick);
        }
        Ok(Plan { split, total, slots })
    }
    pub const fn total(self) -> i64 {
        self.total
    }
    pub const fn slots(self) -> i64 {
        self.slots
    }
    /// The most one slot can hold, told before anybody draws.
    pub fn most(self) -> i64 {
        match self.split {
            Split::Equal => (self.total + self.slots - 1) / self.slots,
            Split::Lucky if self.slots == 1 => self.total,
            Split::Lucky => MOST_ONE.min(self.total - (self.slots - 1)),
        }
    }
    /// The amount of each slot, in their order. `chance` has a number for each slot.
    ///
    /// Lucky: with `rest` left for `left` slots, the next one is between
    /// max(1, rest − most·(left − 1)) and min(2·rest/left − 1, most), both included, where
    /// most is [`MOST_ONE`]; the number modulo the width of that range says where. The last slot
    /// takes what is left.
    pub fn draw(self, chance: &[u64]) -> Vec<i64> {
        let slots = self.slots as usize;
        if self.split == Split::Equal {
            return money::split(self.total, &vec![1; slots]);
        }
        let (mut rest, mut out) = (self.total, Vec::with_capacity(slots));
        for (i, left) in (1..=self.slots).rev().enumerate() {
            let low = (rest - MOST_ONE * (left - 1)).max(1);
            let high = if left == 1 { rest } else { (2 * rest / left - 1).min(MOST_ONE) };
            let width = (high - low + 1).max(1) as u64;
            let number = chance.get(i).copied().unwrap_or(0);
            let amount = low + (number % width) as i64;
            rest -= amount;
            out.push(amount);
        }
        out
    }
}

/// When a packet opened `now` for so many hours is over.
pub fn until(now: Moment, hours: i64) -> Result<Moment, Unfit> {
    match (1..=MOST_HOURS).contains(&hours) {
        true => Ok(now.plus(hours * HOUR)),
        false => Err(Unfit::BadHours),
    }
}

/// A few words on the envelope; none is fine.
pub fn wish(typed: &str) -> Result<String, Unfit> {
    match text::fit(text::line(typed), MOST_WISH) {
        Ok(wish) => Ok(wish),
        Err(text::Unfit::Empty) => Ok(String::new()),
        Err(_) => Err(Unfit::WishTooLong),
    }
}

/// Whoever wants a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taker {
    /// Works for the shop, whose money it is.
    pub staff: bool,
    /// Since when in the group.
    pub joined_at: Option<Moment>,
    pub bought: bool,
}

/// In order of precedence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Barred {
    NotIn,
    Staff,
    TooNew,
    NotABuyer,
}

/// From when on somebody has been in the group for a day.
pub fn day_over(joined: Moment) -> Moment {
    joined.plus(DAY)
}

pub fn barred(needs: Needs, taker: Taker, now: Moment) -> Option<Barred> {
    let Some(joined) = taker.joined_at else { return Some(Barred::NotIn) };
    match needs {
        _ if taker.staff => Some(Barred::Staff),
        Needs::Day if now < day_over(joined) => Some(Barred::TooNew),
        Needs::Buyer if !taker.bought => Some(Barred::NotABuyer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(table: &str, f: impl Fn(&[&str]) -> String) {
        for row in table.lines().filter(|l| l.contains('|')) {
            let cell: Vec<&str> = row.split('|').map(str::trim).collect();
            let (want, given) = cell.split_last().expect("a cell");
            assert_eq!(f(given), *want, "{row}");
        }
    }

    #[test]
    fn sums_and_slots_fit() {
        check(
            "
            equal | 100     | 10  | 10
            equal | 101     | 10  | 11
            lucky | 100     | 10  | 91
            lucky | 10      | 10  | 1
            lucky | 50000   | 1   | 50000
            lucky | 5000000 | 500 | 50000
            lucky | 50001   | 1   | TooThick
            equal | 100001  | 2   | TooThick
            lucky | 9       | 10  | TooThin
            lucky | 0       | 1   | BadSum
            lucky | -5      | 1   | BadSum
            lucky | 5000001 | 500 | TooMuch
            lucky | 9223372036854775807 | 9223372036854775807 | TooMuch
            lucky | 100     | 0   | BadSlots
            lucky | 100     | 501 | BadSlots
            lucky | 100     | -1  | BadSlots",
            |c| {
                let (total, slots) = (c[1].parse().expect("a sum"), c[2].parse().expect("slots"));
                let plan = Plan::of(Split::of(c[0]).expect("a split"), total, slots);
                plan.map_or_else(|u| format!("{u:?}"), |p| p.most().to_string())
            },
        );
    }

    #[test]
    fn who_may_take() {
        check(
            "
            member | member    | -
            member | stranger  | NotIn
            member | staff     | Staff
            day    | day       | -
            day    | short     | TooNew
            day    | staff     | Staff
            buyer  | member    | NotABuyer
            buyer  | buyer     | -
            buyer  | stranger  | NotIn",
            |c| {
                let now = Moment(10 * DAY);
                let joined = match c[1] {
                    "stranger" => None,
                    "short" => Some(now.plus(1 - DAY)),
                    _ => Some(now.plus(-DAY)),
                };
                let taker =
                    Taker { staff: c[1] == "staff", joined_at: joined, bought: c[1] == "buyer" };
                let out = barred(Needs::of(c[0]).expect("a condition"), taker, now);
                out.map_or("-".into(), |b| format!("{b:?}"))
            },
        );
    }

    #[test]
    fn hours_and_wishes() {
        assert_eq!(until(Moment(0), 0), Err(Unfit::BadHours));
        assert_eq!(until(Moment(0), 73), Err(Unfit::BadHours));
        assert_eq!(until(Moment(0), 72), Ok(Moment(3 * DAY)));
        assert_eq!(wish("  "), Ok(String::new()));
        assert_eq!(wish(&"桃".repeat(MOST_WISH)), Ok("桃".repeat(MOST_WISH)));
        assert_eq!(wish(&"桃".repeat(MOST_WISH + 1)), Err(Unfit::WishTooLong));
    }

    #[test]
    fn a_draw_that_was_worked_out_by_hand() {
        // 100 for 4: 1..=49, then of the rest 1..=2·rest/left−1
        let plan = Plan::of(Split::Lucky, 100, 4).expect("a plan");
        assert_eq!(plan.draw(&[48, 32, 50, 9]), [49, 33, 17, 1]);
        assert_eq!(plan.draw(&[0, 0, 0, 0]), [1, 1, 1, 97]);
        let equal = Plan::of(Split::Equal, 100, 3).expect("a plan");
        assert_eq!(equal.draw(&[7, 7, 7]), [34, 33, 33]);
    }

    /// SplitMix64, so that a failure can be replayed from its seed.
    fn next(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    #[test]
    fn every_draw_adds_up_and_leaves_nobody_without() {
        for seed in 0..20_000_u64 {
            let mut state = seed;
            let slots = 1 + (next(&mut state) % MOST_SLOTS as u64) as i64;
            let most = (slots * MOST_ONE).min(MOST_TOTAL);
            let total = match seed % 3 {
                0 => slots,
                1 => most,
                _ => slots + (next(&mut state) % (most - slots + 1) as u64) as i64,
            };
            let split = if seed % 7 == 0 { Split::Equal } else { Split::Lucky };
            let plan = Plan::of(split, total, slots).expect("within the limits");
            let chance: Vec<u64> = (0..slots).map(|_| next(&mut state)).collect();
            let out = plan.draw(&chance);
            assert_eq!(out.len() as i64, slots, "seed {seed}");
            assert_eq!(out.iter().sum::<i64>(), total, "seed {seed}");
            let within = out.iter().all(|a| (1..=plan.most()).contains(a));
            assert!(within, "seed {seed}: {out:?}");
        }
    }

    /// The double mean: whoever comes first expects as much as whoever comes last.
    #[test]
    fn no_place_in_the_row_is_better() {
        let (mut state, plan) = (1, Plan::of(Split::Lucky, 10_000, 10).expect("a plan"));
        let (mut sums, rounds) = ([0_i64; 10], 20_000);
        for _ in 0..rounds {
            let chance: Vec<u64> = (0..10).map(|_| next(&mut state)).collect();
            plan.draw(&chance).iter().zip(&mut sums).for_each(|(a, sum)| *sum += a);
        }
        for (i, sum) in sums.iter().enumerate() {
            let mean = sum / rounds;
            assert!((960..=1040).contains(&mean), "slot {i} is worth {mean} of 1000");
        }
    }
}
