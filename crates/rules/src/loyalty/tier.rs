//! Tiers (会员等级): from which growth on a member has one, how they come down again, what it pays.
//!
//! Growth is what a member kept in the window: the amounts of lines they received in the last
//! [`WINDOW_DAYS`], less what was given back of them. It is counted in minor units; people see
//! whole units of the currency as points. Up at once, down by one tier at a time and only after a
//! grace of which the member was told.
use crate::base::money::MOST;
use crate::base::{Currency, Id, Moment, id, text};
use crate::codes;

codes! {
    pub enum State { Open = "open", Closed = "closed" }
}

pub const NAME: usize = 20;
/// Tiers of one ladder.
pub const TIERS: usize = 6;
pub const WINDOW_DAYS: i64 = 365;
pub const GRACE_DAYS: i64 = 30;
const LONGEST_GRACE: i64 = 365;
/// All, in basis points.
pub const WHOLE: i64 = 10_000;

/// What a tier asks and gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    pub name: String,
    /// Minor units kept within the window.
    pub growth: i64,
    /// Basis points off the shop's price.
    pub off_bp: i64,
    pub free_shipping: bool,
}

/// A rung of a community's ladder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tier {
    pub id: Id<id::Tier>,
    pub terms: Terms,
}

/// Why a ladder does not do, in order of precedence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadLadder {
    TooMany,
    Name,
    SameName,
    Growth,
    Off,
    SameGrowth,
    /// A higher tier gives less than the one below it.
    Worse,
    Grace,
}

/// The same tiers with clean names.
pub fn ladder(tiers: &[Terms], grace_days: i64) -> Result<Vec<Terms>, BadLadder> {
    if tiers.len() > TIERS {
        return Err(BadLadder::TooMany);
    }
    let mut clean = Vec::with_capacity(tiers.len());
    for t in tiers {
        let name = text::fit(text::line(&t.name), NAME).map_err(|_| BadLadder::Name)?;
        clean.push(Terms { name, ..t.clone() });
    }
    let twice = |same: fn(&Terms, &Terms) -> bool| {
        clean.iter().enumerate().any(|(i, a)| clean[..i].iter().any(|b| same(a, b)))
    };
    if twice(|a, b| a.name == b.name) {
        return Err(BadLadder::SameName);
    }
    if clean.iter().any(|t| !(1..=MOST).contains(&t.growth)) {
        return Err(BadLadder::Growth);
    }
    if clean.iter().any(|t| !(0..WHOLE).contains(&t.off_bp)) {
        return Err(BadLadder::Off);
    }
    if twice(|a, b| a.growth == b.growth) {
        return Err(BadLadder::SameGrowth);
    }
    let gives_less = |high: &Terms, low: &Terms| {
        high.off_bp < low.off_bp || (low.free_shipping && !high.free_shipping)
    };
    let worse =
        |high: &Terms| clean.iter().any(|low| low.growth < high.growth && gives_less(high, low));
    if clean.iter().any(worse) {
        return Err(BadLadder::Worse);
    }
    if !(0..=LONGEST_GRACE).contains(&grace_days) {
        return Err(BadLadder::Grace);
    }
    Ok(clean)
}

/// Lines received after this count.
pub fn window(now: Moment) -> Moment {
    now.plus_days(-WINDOW_DAYS)
}
/// When a line stops counting.
pub fn leaves(received: Moment) -> Moment {
    received.plus_days(WINDOW_DAYS)
}

/// How many tiers of a ladder a growth reaches; none is zero.
pub fn rung(ladder: &[i64], growth: i64) -> usize {
    ladder.iter().take_while(|from| growth >= **from).count()
}

/// Where a member stands: the number of tiers they are up, and when they come down by one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stand {
    pub rung: usize,
    /// The growth is below the tier; it is kept until then.
    pub falls_at: Option<Moment>,
}

/// Where they stand next, and whether a fall was announced just now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    pub stand: Stand,
    pub warned: bool,
}

/// `earned` is the rung their growth reaches.
pub fn step(before: Stand, earned: usize, now: Moment, grace_days: i64) -> Step {
    if earned >= before.rung {
        return Step { stand: Stand { rung: earned, falls_at: None }, warned: false };
    }
    let warn = |rung| Step {
        stand: Stand { rung, falls_at: Some(now.plus_days(grace_days)) },
        warned: true,
    };
    match before.falls_at {
        None => warn(before.rung),
        Some(at) if now < at => Step { stand: before, warned: false },
        // further down only after another grace
        Some(_) if before.rung - 1 > earned => warn(before.rung - 1),
        Some(_) => Step { stand: Stand { rung: earned, falls_at: None }, warned: false },
    }
}

/// What a member of the tier pays instead of the shop's price: the price set for the variant, else
/// the percent, rounded down to the minor unit. Never above the shop's price, and nothing is given
/// away that has a price.
pub fn member_price(list: i64, off_bp: i64, set: Option<i64>) -> i64 {
    if list <= 0 {
        return list;
    }
    let left = WHOLE - off_bp.clamp(0, WHOLE);
    let share = (i128::from(list) * i128::from(left) / i128::from(WHOLE)) as i64;
    set.unwrap_or(share).clamp(1, list)
}

const fn unit(currency: Currency) -> i64 {
    10_i64.pow(currency.exponent())
}
/// Growth as people see it: whole units of the currency.
pub const fn points(growth: i64, currency: Currency) -> i64 {
    growth / unit(currency)
}
/// As typed at the desk.
pub const fn of_points(points: i64, currency: Currency) -> Option<i64> {
    points.checked_mul(unit(currency))
}
/// Points that are missing to a tier; the last one counts only when it is whole.
pub const fn missing(growth: i64, from: i64, currency: Currency) -> i64 {
    let left = if from > growth { from - growth } else { 0 };
    (left + unit(currency) - 1) / unit(currency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::moment::DAY;
    use crate::content::check;

    fn number(text: &str) -> i64 {
        text.parse().expect("a number")
    }

    #[test]
    fn a_member_price_is_never_above_the_shops_and_never_a_gift() {
        // shop's price, basis points off, price set | what is paid
        check(
            "
            3990 500 - | 3790
            3999 500 - | 3799
            3990 0 - | 3990
            1 5000 - | 1
            3 9999 - | 1
            0 5000 - | 0
            0 0 100 | 0
            3990 500 3500 | 3500
            3990 500 3989 | 3989
            3990 500 3990 | 3990
            3990 500 4100 | 3990
            10000000000 1 - | 9999000000",
            |c| {
                let cell: Vec<&str> = c[0].split(' ').collect();
                let set = (cell[2] != "-").then(|| number(cell[2]));
                member_price(number(cell[0]), number(cell[1]), set).to_string()
            },
        );
    }

    #[test]
    fn a_rung_is_reached_by_its_growth() {
        let ladder = [50_000, 200_000, 500_000];
        check(
            "
            0 | 0
            49999 | 0
            50000 | 1
            199999 | 1
            200000 | 2
            499999 | 2
            500000 | 3
            9999999 | 3",
            |c| rung(&ladder, number(c[0])).to_string(),
        );
    }

    #[test]
    fn up_at_once_and_down_by_one_after_a_grace() {
        // rung, day on which it falls, rung earned, today | rung, day, told
        check(
            "
            0 - 0 10 | 0 -
            0 - 3 10 | 3 -
            1 - 2 10 | 2 -
            2 - 2 10 | 2 -
            2 - 1 10 | 2 40 told
            2 40 1 39 | 2 40
            2 40 1 40 | 1 -
            2 40 2 39 | 2 -
            2 40 3 39 | 3 -
            2 40 2 41 | 2 -
            3 40 0 39 | 3 40
            3 40 0 40 | 2 70 told
            3 40 1 45 | 2 75 told
            3 40 2 45 | 2 -
            1 40 0 99 | 0 -",
            |c| {
                let cell: Vec<&str> = c[0].split(' ').collect();
                let day = |text: &str| Moment(number(text) * DAY);
                let falls_at = (cell[1] != "-").then(|| day(cell[1]));
                let before = Stand { rung: number(cell[0]) as usize, falls_at };
                let s = step(before, number(cell[2]) as usize, day(cell[3]), GRACE_DAYS);
                let at = s.stand.falls_at.map_or("-".into(), |at| (at.0 / DAY).to_string());
                let told = if s.warned { " told" } else { "" };
                format!("{} {at}{told}", s.stand.rung)
            },
        );
    }

    #[test]
    fn a_ladder_is_checked() {
        // name growth off free, one tier after the other; days of grace | names
        check(
            "
            ; 30 | ok
            Silver 1 0 no; 30 | ok Silver
            Gold 900 500 no, Silver 100 0 no; 30 | ok Gold Silver
            Gold 900 500 no, Silver 100 500 no; 0 | ok Gold Silver
            A 1 0 no, B 2 0 no, C 3 0 no, D 4 0 no, E 5 0 no, F 6 0 no; 30 | ok A B C D E F
            A 1 0 no, B 2 0 no, C 3 0 no, D 4 0 no, E 5 0 no, F 6 0 no, G 7 0 no; 30 | TooMany
            ! 1 0 no; 30 | Name
            A 1 0 no, A 2 0 no; 30 | SameName
            A 0 0 no; 30 | Growth
            A 10000000001 0 no; 30 | Growth
            A 1 -1 no; 30 | Off
            A 1 10000 no; 30 | Off
            A 1 9999 no; 30 | ok A
            A 5 0 no, B 5 0 no; 30 | SameGrowth
            A 1 500 no, B 2 499 no; 30 | Worse
            A 2 499 no, B 1 500 no; 30 | Worse
            A 1 0 free, B 2 500 no; 30 | Worse
            A 1 0 free, B 2 500 free; 365 | ok A B
            A 1 0 no; -1 | Grace
            A 1 0 no; 366 | Grace",
            |c| {
                let (tiers, grace) = c[0].split_once(';').expect("a grace");
                let one = |t: &str| {
                    let cell: Vec<&str> = t.split_whitespace().collect();
                    Terms {
                        name: if cell[0] == "!" { String::new() } else { cell[0].into() },
                        growth: number(cell[1]),
                        off_bp: number(cell[2]),
                        free_shipping: cell[3] == "free",
                    }
                };
                let tiers = tiers.split(',').filter(|t| !t.trim().is_empty());
                let tiers: Vec<Terms> = tiers.map(one).collect();
                match ladder(&tiers, number(grace.trim())) {
                    Ok(all) => {
                        let names = all.iter().map(|t| t.name.as_str());
                        std::iter::once("ok").chain(names).collect::<Vec<_>>().join(" ")
                    }
                    Err(bad) => format!("{bad:?}"),
                }
            },
        );
    }

    #[test]
    fn points_are_whole_units() {
        // currency, growth, growth of the tier | points, missing
        check(
            "
            CNY 0 50000 | 0 500
            CNY 99 50000 | 0 500
            CNY 100 50000 | 1 499
            CNY 49999 50000 | 499 1
            CNY 50000 50000 | 500 0
            CNY 60000 50000 | 600 0
            JPY 499 500 | 499 1",
            |c| {
                let cell: Vec<&str> = c[0].split(' ').collect();
                let currency = Currency::of(cell[0]).expect("a currency");
                let (growth, from) = (number(cell[1]), number(cell[2]));
                format!("{} {}", points(growth, currency), missing(growth, from, currency))
            },
        );
        assert_eq!(of_points(500, Currency::Cny), Some(50_000));
        assert_eq!(of_points(i64::MAX, Currency::Cny), None);
    }

    #[test]
    fn a_line_counts_for_a_year_to_the_moment() {
        let at = Moment(5 * DAY);
        assert!(at > window(Moment(leaves(at).0 - 1)));
        assert!(at <= window(leaves(at)));
    }
}
