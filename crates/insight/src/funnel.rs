//! A loop as a funnel: who came how far, how long each step took, and whether talk leads to orders.
use crate::interval::{median, wilson};

/// When one person took each step; None: not yet.
pub type Way<const N: usize> = [Option<i64>; N];

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Everybody who took it.
    pub people: u32,
    /// Of those who took the step before, how many took this one too.
    pub of_before: u32,
    pub before: u32,
    /// The share of them with its 95 % interval; None where nobody took the step before.
    pub interval: Option<(f64, f64)>,
    /// From the step before to this one, of those who took them in this order.
    pub median: Option<i64>,
}
impl Step {
    pub fn share(&self) -> Option<f64> {
        (self.before > 0).then(|| f64::from(self.of_before) / f64::from(self.before))
    }
}

pub fn funnel<const N: usize>(ways: &[Way<N>]) -> [Step; N] {
    std::array::from_fn(|k| {
        let people = ways.iter().filter(|way| way[k].is_some()).count() as u32;
        let before = |way: &&Way<N>| k > 0 && way[k - 1].is_some();
        let from = ways.iter().filter(before).count() as u32;
        let both = ways.iter().filter(before).filter_map(|way| Some(way[k]? - way[k - 1]?));
        let mut took: Vec<i64> = both.collect();
        let of_before = took.len() as u32;
        took.retain(|time| *time >= 0);
        let interval = wilson(of_before, from);
        Step { people, of_before, before: from, interval, median: median(&mut took) }
    })
}

/// People by how often they had done something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dose {
    pub from: u32,
    /// None: or more.
    pub to: Option<u32>,
    pub people: u32,
    pub bought: u32,
    pub interval: Option<(f64, f64)>,
}
impl Dose {
    pub fn share(&self) -> Option<f64> {
        (self.people > 0).then(|| f64::from(self.bought) / f64::from(self.people))
    }
}

/// Where a new class of interactions begins.
pub const CLASSES: [u32; 5] = [0, 1, 2, 5, 10];

/// Of each person: how many interactions, and whether an order followed.
pub fn doses(people: &[(u32, bool)]) -> Vec<Dose> {
    let class = |k: usize| {
        let (from, to) = (CLASSES[k], CLASSES.get(k + 1).map(|next| next - 1));
        let inside = |n: u32| n >= from && to.is_none_or(|to| n <= to);
        let all = people.iter().filter(|(n, _)| inside(*n));
        let (count, bought) =
            all.fold((0, 0), |(all, bought), (_, b)| (all + 1, bought + u32::from(*b)));
        Dose { from, to, people: count, bought, interval: wilson(bought, count) }
    };
    (0..CLASSES.len()).map(class).collect()
}

#[cfg(test)]
mod tests {
    use super::{doses, funnel};

    /// Steps of people, `-` for one not taken: `0 5 - | 1 2 9`.
    fn check(ways: &str, want: &str) {
        let way = |text: &str| {
            let mut steps = text.split_whitespace().map(|t| t.parse().ok());
            [(); 3].map(|()| steps.next().flatten())
        };
        let ways: Vec<_> = ways.split('|').map(way).collect();
        let say = |s: &super::Step| {
            let took = s.median.map_or("-".into(), |m| m.to_string());
            format!("{} ({}/{}) {took}", s.people, s.of_before, s.before)
        };
        assert_eq!(funnel(&ways).iter().map(say).collect::<Vec<_>>().join(", "), want);
    }

    #[test]
    fn steps_are_counted_and_timed() {
        check("0 5 -", "1 (0/0) -, 1 (1/1) 5, 0 (0/1) -");
        check("0 5 9 | 0 3 4 | 0 - -", "3 (0/0) -, 2 (2/3) 4, 2 (2/2) 2");
        // who skipped a step counts where they are, not among those who go on
        check("0 - 9 | 0 3 4", "2 (0/0) -, 1 (1/2) 3, 2 (1/1) 1");
        // who took them the other way round has no time between
        check("5 3 4", "1 (0/0) -, 1 (1/1) -, 1 (1/1) 1");
    }
    #[test]
    fn classes_hold_everybody_once() {
        let people =
            [(0, false), (0, true), (1, false), (4, true), (5, true), (9, false), (70, true)];
        let got: Vec<_> =
            doses(&people).iter().map(|d| (d.from, d.to, d.people, d.bought)).collect();
        let want = [(0, Some(0), 2, 1), (1, Some(1), 1, 0), (2, Some(4), 1, 1), (5, Some(9), 2, 1)];
        assert_eq!(got[..4], want);
        assert_eq!(got[4], (10, None, 1, 1));
    }
}
