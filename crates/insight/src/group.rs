//! Breadth and depth of a group: who is in it, who comes, who speaks and is answered.
use crate::gini::gini;
use crate::interval::median;
use std::collections::{HashMap, HashSet};

/// A moment in seconds, and the day it has in the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    pub at: i64,
    pub day: i64,
}

/// Somebody was in from then, and until when if they went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    pub who: u32,
    pub from: When,
    pub until: Option<When>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A line or a post by itself.
    Said,
    /// A line or a comment to something said: the place of that act. None: to nobody who counts.
    Answered(Option<usize>),
    /// A reaction or a like.
    Touched,
    Bought,
    /// Somebody they had brought came in.
    Brought,
}
impl What {
    const fn is_voice(self) -> bool {
        matches!(self, What::Said | What::Answered(_))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    pub who: u32,
    pub when: When,
    pub what: What,
}

/// Figures of a day look back over so many, itself included.
pub const DAYS: i64 = 30;
const DAY: i64 = 86_400;

/// What a deed counts towards standing.
const SAID: f64 = 1.0;
const ANSWERED: f64 = 2.0;
const TOUCHED: f64 = 0.25;
const BOUGHT: f64 = 3.0;
const BROUGHT: f64 = 3.0;
/// A score of so much is active.
pub const ACTIVE: f64 = 3.0;
/// The core: on so many days, and among the first tenth.
pub const CORE_DAYS: u32 = 8;
const TENTH: usize = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Core,
    Active,
    Peripheral,
    Dormant,
}
impl Standing {
    pub const ALL: [Standing; 4] =
        [Standing::Core, Standing::Active, Standing::Peripheral, Standing::Dormant];
    pub const fn code(self) -> &'static str {
        match self {
            Standing::Core => "core",
            Standing::Active => "active",
            Standing::Peripheral => "peripheral",
            Standing::Dormant => "dormant",
        }
    }
}

/// Of each member: the score, and on how many days there was something.
pub fn standings(doings: &[(f64, u32)]) -> Vec<Standing> {
    let mut scores: Vec<f64> = doings.iter().map(|d| d.0).collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    // who scores as much as the last of the tenth is in it too
    let bar = scores.get(scores.len().div_ceil(TENTH).saturating_sub(1)).copied().unwrap_or(0.0);
    let of = |(score, days): &(f64, u32)| match *score {
        s if s <= 0.0 => Standing::Dormant,
        s if s >= bar && *days >= CORE_DAYS => Standing::Core,
        s if s >= ACTIVE => Standing::Active,
        _ => Standing::Peripheral,
    };
    doings.iter().map(of).collect()
}

/// A group's rows. What somebody did while they were not in it is left out once, here.
#[derive(Clone, Debug, Default)]
pub struct Group {
    made: i64,
    stays: Vec<Stay>,
    acts: Vec<Act>,
    counts: Vec<bool>,
    /// Of each act: when another member answered it first.
    answered: Vec<Option<i64>>,
}

impl Group {
    /// `made`: the day it was made.
    pub fn new(made: i64, stays: Vec<Stay>, acts: Vec<Act>) -> Group {
        let mut of: HashMap<u32, Vec<Stay>> = HashMap::new();
        for stay in &stays {
            of.entry(stay.who).or_default().push(*stay);
        }
        let inside = |a: &Act| {
            let until = |s: &Stay| s.until.is_none_or(|u| a.when.at < u.at);
            let holds = |s: &Stay| s.from.at <= a.when.at && until(s);
            of.get(&a.who).into_iter().flatten().any(holds)
        };
        let counts: Vec<bool> = acts.iter().map(inside).collect();
        let mut answered: Vec<Option<i64>> = vec![None; acts.len()];
        for (k, act) in acts.iter().enumerate() {
            let What::Answered(Some(to)) = act.what else { continue };
            let other = acts.get(to).is_some_and(|one| one.who != act.who && one.when <= act.when);
            if counts[k] && other {
                let first = answered[to].get_or_insert(act.when.at);
                *first = (*first).min(act.when.at);
            }
        }
        Group { made, stays, acts, counts, answered }
    }

    /// Who is in at the end of this day.
    fn members(&self, day: i64) -> HashSet<u32> {
        let on = |s: &&Stay| s.from.day <= day && s.until.is_none_or(|u| u.day > day);
        self.stays.iter().filter(on).map(|s| s.who).collect()
    }
    pub fn size(&self, day: i64) -> u32 {
        self.members(day).len() as u32
    }
    fn came(&self, from: i64, to: i64) -> u32 {
        self.stays.iter().filter(|s| (from..=to).contains(&s.from.day)).count() as u32
    }
    fn went(&self, from: i64, to: i64) -> u32 {
        let went = |s: &&Stay| s.until.is_some_and(|u| (from..=to).contains(&u.day));
        self.stays.iter().filter(went).count() as u32
    }
    /// What those who are in did from one day to another.
    fn done<'a>(
        &'a self,
        here: &'a HashSet<u32>,
        from: i64,
        to: i64,
    ) -> impl Iterator<Item = (usize, &'a Act)> {
        let rows = self.acts.iter().enumerate().filter(|(k, _)| self.counts[*k]);
        rows.filter(move |(_, a)| (from..=to).contains(&a.when.day) && here.contains(&a.who))
    }
}

/// Of the days up to one, and of those who are in at its end.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Figures {
    pub members: u32,
    /// In and out within the days.
    pub joins: u32,
    pub leaves: u32,
    /// Who was in when the days began.
    pub before: u32,
    /// Members a day, of the days since the group was made.
    pub daily: f64,
    pub weekly: u32,
    pub monthly: u32,
    pub said: u32,
    pub speakers: u32,
    /// Of what each speaker said; None of nobody.
    pub gini: Option<f64>,
    /// What was said in answer to another.
    pub answers: u32,
    /// What was said by itself at least a day ago, how much of it another answered, and how much
    /// within a day.
    pub opened: u32,
    pub answered: u32,
    pub soon: u32,
    /// Seconds to the first answer, in the middle.
    pub first_answer: Option<i64>,
    /// In the order of `Standing::ALL`.
    pub standing: [u32; 4],
}

fn part(of: u32, all: u32) -> Option<f64> {
    (all > 0).then(|| f64::from(of) / f64::from(all))
}
impl Figures {
    /// DAU against MAU.
    pub fn stickiness(&self) -> Option<f64> {
        (self.monthly > 0).then(|| self.daily / f64::from(self.monthly))
    }
    pub fn a_member(&self) -> Option<f64> {
        part(self.said, self.members)
    }
    pub fn speaking(&self) -> Option<f64> {
        part(self.speakers, self.members)
    }
    /// Of what was said, how much answers another.
    pub fn density(&self) -> Option<f64> {
        part(self.answers, self.said)
    }
    /// Of those who were in or came, how many went.
    pub fn leaving(&self) -> Option<f64> {
        part(self.leaves, self.before + self.joins)
    }
}

pub fn figures(group: &Group, end: When) -> Figures {
    let first = (end.day - DAYS + 1).max(group.made.min(end.day));
    let here = group.members(end.day);
    let mut score: HashMap<u32, f64> = HashMap::new();
    let mut days: HashMap<u32, HashSet<i64>> = HashMap::new();
    let mut voices: HashMap<u32, u32> = HashMap::new();
    let mut out = Figures { members: here.len() as u32, ..Figures::default() };
    let mut took = vec![];
    for (k, act) in group.done(&here, first, end.day) {
        let counts = match act.what {
            What::Said => {
                if act.when.at + DAY <= end.at {
                    out.opened += 1;
                    let first = group.answered[k].filter(|at| *at <= end.at);
                    took.extend(first.map(|at| at - act.when.at));
                }
                SAID
            }
            What::Answered(to) => {
                let other = to.and_then(|to| group.acts.get(to)).is_some_and(|o| o.who != act.who);
                out.answers += u32::from(other);
                if other { ANSWERED } else { SAID }
            }
            What::Touched => TOUCHED,
            What::Bought => BOUGHT,
            What::Brought => BROUGHT,
        };
        if act.what.is_voice() {
            *voices.entry(act.who).or_default() += 1;
            out.said += 1;
        }
        *score.entry(act.who).or_default() += counts;
        if act.what != What::Brought {
            days.entry(act.who).or_default().insert(act.when.day);
        }
    }
    out.joins = group.came(first, end.day);
    out.leaves = group.went(first, end.day);
    out.before = group.members(first - 1).len() as u32;
    let visits: usize = days.values().map(HashSet::len).sum();
    out.daily = visits as f64 / (end.day - first + 1) as f64;
    let lately = |d: &&HashSet<i64>| d.iter().any(|day| *day > end.day - 7);
    out.weekly = days.values().filter(lately).count() as u32;
    out.monthly = days.len() as u32;
    out.speakers = voices.len() as u32;
    out.gini = gini(&voices.into_values().collect::<Vec<_>>());
    out.answered = took.len() as u32;
    out.soon = took.iter().filter(|t| **t <= DAY).count() as u32;
    out.first_answer = median(&mut took);
    let doing = |who: &u32| {
        (score.get(who).copied().unwrap_or(0.0), days.get(who).map_or(0, |d| d.len() as u32))
    };
    for one in standings(&here.iter().map(doing).collect::<Vec<_>>()) {
        out.standing[one as usize] += 1;
    }
    out
}

/// A week from Monday, and the figures of the days up to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// Weeks since the one of Monday, 1969-12-29.
    pub week: i64,
    pub joins: u32,
    pub leaves: u32,
    pub active: u32,
    pub said: u32,
    pub then: Figures,
}

/// `ends` are the ends of weeks, the last one maybe today.
pub fn weeks(group: &Group, ends: &[When]) -> Vec<Week> {
    let one = |end: &When| {
        let week = crate::growth::week_of(end.day);
        let monday = crate::growth::monday(week);
        let here = group.members(end.day);
        let acts: Vec<&Act> = group.done(&here, monday, end.day).map(|(_, a)| a).collect();
        let came = acts.iter().filter(|a| a.what != What::Brought).map(|a| a.who);
        Week {
            week,
            joins: group.came(monday, end.day),
            leaves: group.went(monday, end.day),
            active: came.collect::<HashSet<u32>>().len() as u32,
            said: acts.iter().filter(|a| a.what.is_voice()).count() as u32,
            then: figures(group, *end),
        }
    };
    ends.iter().map(one).collect()
}

#[cfg(test)]
#[path = "group_tests.rs"]
mod tests;
