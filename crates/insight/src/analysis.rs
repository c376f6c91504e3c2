//! All figures of one order log together: what the command prints and the console shows.
use crate::bg_nbd::{self, BgNbd, Seen};
use crate::cohort::{self, Cohort};
use crate::date::DAY;
use crate::gamma_gamma::{self, GammaGamma, Spent};
use crate::history::{self, Customer, Repeat};
use crate::log::Log;
use crate::rfm::{self, Rfm};

/// The unit in which the models count time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Unit {
    #[default]
    Day,
    Week,
}
impl Unit {
    pub fn days(self) -> f64 {
        match self {
            Unit::Day => 1.0,
            Unit::Week => 7.0,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Asked {
    /// The last day looked at; the day of the last order without it.
    pub until: Option<i64>,
    pub unit: Unit,
}

/// Days ahead for which orders are expected.
pub const AHEAD: u32 = 90;
/// Below this chance a customer is probably gone.
pub const GONE: f64 = 0.5;

#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// Names in ascending order; everything by customer stands in the same order.
    pub names: Vec<String>,
    pub customers: Vec<Customer>,
    /// Orders where the log numbers them, days with an order otherwise.
    pub orders: u64,
    pub total: f64,
    pub first_day: i64,
    pub end: i64,
    pub repeat: Repeat,
    /// None below five customers.
    pub rfm: Option<Rfm>,
    pub cohorts: Vec<Cohort>,
    pub bg_nbd: Result<BgNbd, bg_nbd::NoFit>,
    pub gamma_gamma: Result<GammaGamma, gamma_gamma::NoFit>,
    /// Repeats against their mean value; near 0 is what Gamma-Gamma takes for granted.
    pub correlation: Option<f64>,
    pub outlook: Vec<Outlook>,
}

/// What is expected of one customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Orders in the next 90 days; None without a model.
    pub orders: Option<f64>,
    /// The chance that he is still a customer; None without a model of leaving.
    pub alive: Option<f64>,
    /// What an order of his is worth; None without a model.
    pub value: Option<f64>,
}
impl Outlook {
    pub fn worth(&self) -> Option<f64> {
        Some(self.orders? * self.value?)
    }
}

/// None where nothing had been bought by the last day asked for.
pub fn analyse(log: &Log, asked: Asked) -> Option<Analysis> {
    let cut = asked.until.map(|day| log.until(day));
    let log = cut.as_ref().unwrap_or(log);
    let last = log.last()?;
    let end = asked.until.unwrap_or(last.div_euclid(DAY));
    // without a last day, recency counts to a day after the last order, as analysts do
    let snapshot = asked.until.map_or(last + DAY, |day| (day + 1) * DAY);
    let customers = history::customers(log);
    let unit = asked.unit.days();
    let seen: Vec<Seen> = customers.iter().map(|c| seen(c, end, unit)).collect();
    let spent: Vec<Spent> = customers.iter().map(spent).collect();
    // the model of leaving takes the longest: all the others together are beside it
    let (bg_nbd, (gamma_gamma, rfm, cohorts)) = std::thread::scope(|scope| {
        let leaving = scope.spawn(|| bg_nbd::fit(&seen));
        let others = || {
            (gamma_gamma::fit(&spent), rfm::rfm(&customers, snapshot), cohort::cohorts(log, end))
        };
        let others = others();
        (leaving.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), others)
    });
    let ahead = f64::from(AHEAD) / unit;
    let outlook = outlooks(&bg_nbd, &gamma_gamma, (&seen, &spent), ahead);
    Some(Analysis {
        names: log.customers.clone(),
        orders: customers.iter().map(|c| u64::from(c.orders)).sum(),
        total: customers.iter().map(|c| c.total).sum(),
        first_day: customers.iter().map(|c| c.first_day).min().unwrap_or(end),
        end,
        repeat: history::repeat(&customers),
        rfm,
        cohorts,
        correlation: gamma_gamma::correlation(&spent),
        bg_nbd,
        gamma_gamma,
        outlook,
        customers,
    })
}

/// A customer as BG/NBD sees him.
pub fn seen(c: &Customer, end: i64, unit: f64) -> Seen {
    let time = |days: i64| days as f64 / unit;
    Seen { x: c.repeats(), recency: time(c.last_day - c.first_day), age: time(end - c.first_day) }
}
/// A customer as Gamma-Gamma sees him.
pub fn spent(c: &Customer) -> Spent {
    Spent { x: c.repeats(), mean: c.repeat_value }
}

/// What is expected of all, half of them a thread.
fn outlooks(
    leaving: &Result<BgNbd, bg_nbd::NoFit>,
    spending: &Result<GammaGamma, gamma_gamma::NoFit>,
    (seen, spent): (&[Seen], &[Spent]),
    ahead: f64,
) -> Vec<Outlook> {
    let of = |seen: &[Seen], spent: &[Spent]| -> Vec<Outlook> {
        seen.iter().zip(spent).map(|(s, m)| outlook(leaving, spending, s, m, ahead)).collect()
    };
    let (a, b) = seen.split_at(seen.len() / 2);
    let (c, d) = spent.split_at(seen.len() / 2);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| of(b, d));
        let mut all = of(a, c);
        all.extend(second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        all
    })
}

fn outlook(
    leaving: &Result<BgNbd, bg_nbd::NoFit>,
    spending: &Result<GammaGamma, gamma_gamma::NoFit>,
    seen: &Seen,
    spent: &Spent,
    ahead: f64,
) -> Outlook {
    let (orders, alive) = match leaving {
        Ok(model) => (Some(model.expected(seen, ahead)), Some(model.alive(seen))),
        Err(bg_nbd::NoFit::NobodyLeaves(nbd)) => {
            (Some(nbd.expected(seen.x, seen.age, ahead)), None)
        }
        Err(_) => (None, None),
    };
    Outlook { orders, alive, value: spending.ok().and_then(|model| model.value(spent)) }
}

impl Analysis {
    /// Orders expected of all in 90 days.
    pub fn expected_orders(&self) -> Option<f64> {
        self.outlook.iter().map(|o| o.orders).sum()
    }
    /// What these are worth.
    pub fn expected_worth(&self) -> Option<f64> {
        self.outlook.iter().map(Outlook::worth).sum()
    }
    /// How many are probably gone.
    pub fn gone(&self) -> Option<u32> {
        let alive: Option<Vec<f64>> = self.outlook.iter().map(|o| o.alive).collect();
        alive.map(|all| all.iter().filter(|p| **p < GONE).count() as u32)
    }
}
