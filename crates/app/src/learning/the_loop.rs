//! The loop as a funnel: who came how far on the way from a visit to sharing, and how long it took.
use super::buyers::civil_second;
use super::views_record::{Record, Sale};
use crate::App;
use crate::db::Fault;
use insight::date::{self, month_of};
use insight::funnel::{self, Dose, Step, Way};
use jiff::tz::TimeZone;
use rules::base::moment::DAY;
use rules::base::{Id, Moment, id};
use rules::spread::link::Shown;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// Visit, join, first interaction, entry order, second order, sharer.
pub const STEPS: usize = 6;
pub const CODES: [&str; STEPS] =
    ["visit", "join", "interaction", "entry_order", "second_order", "sharer"];

/// How somebody found the community.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Source {
    /// A member's link to a product, a group or a group buy.
    Link,
    /// A member's link to a post.
    Post,
    /// No link: a visit before joining is not known.
    Direct,
}
impl Source {
    pub const ALL: [Source; 3] = [Source::Link, Source::Post, Source::Direct];
    pub fn code(self) -> &'static str {
        match self {
            Source::Link => "link",
            Source::Post => "post",
            Source::Direct => "direct",
        }
    }
    fn of(kind: Shown) -> Source {
        if kind == Shown::Post { Source::Post } else { Source::Link }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// None: a visitor who has not joined.
    pub member: Option<Member>,
    pub source: Source,
    /// The first group they joined and still are in.
    pub group: Option<Id<id::Group>>,
    /// Month of joining, of a visitor that of the first visit; see `insight::date::month_text`.
    pub cohort: i64,
    pub way: Way<STEPS>,
}

/// From joining, interactions are counted so long; then it is seen whether an order follows.
pub const LOOK: i64 = 7 * DAY;
pub const THEN: i64 = 30 * DAY;

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TheLoop {
    pub people: Vec<Person>,
    pub groups: Vec<(Id<id::Group>, String)>,
    /// Interactions of the first days against a first order in the days after.
    pub doses: Vec<Dose>,
    /// Not in them: who joined too lately, and who bought within the first days.
    pub too_soon: u32,
    pub bought_before: u32,
}
impl TheLoop {
    pub fn funnel(&self, of: impl Fn(&Person) -> bool) -> [Step; STEPS] {
        let ways: Vec<Way<STEPS>> = self.people.iter().filter(|p| of(p)).map(|p| p.way).collect();
        funnel::funnel(&ways)
    }
    /// Months with anybody, the newest first.
    pub fn cohorts(&self) -> Vec<i64> {
        let mut all: Vec<i64> = self.people.iter().map(|p| p.cohort).collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.dedup();
        all
    }
}

/// The first two orders of each buyer, and the first order that each led to.
struct Orders {
    entry: HashMap<Member, i64>,
    second: HashMap<Member, i64>,
    led: HashMap<Member, i64>,
}
fn orders(sales: &[Sale]) -> Orders {
    let mut all: Vec<&Sale> = sales.iter().collect();
    all.sort_by_key(|s| (s.paid_at, s.id));
    let mut out = Orders { entry: HashMap::new(), second: HashMap::new(), led: HashMap::new() };
    for sale in all {
        let at = sale.paid_at.0;
        match out.entry.entry(sale.member) {
            Entry::Vacant(first) => drop(first.insert(at)),
            Entry::Occupied(_) => drop(out.second.entry(sale.member).or_insert(at)),
        }
        if let Some(by) = sale.led_by {
            out.led.entry(by).or_insert(at);
        }
    }
    out
}

/// Whose a visitor's token is: None where several members use the browser.
pub(super) fn owners(record: &Record) -> HashMap<&str, Option<Member>> {
    let mut out: HashMap<&str, Option<Member>> = HashMap::new();
    for (visitor, member) in &record.seen {
        out.entry(visitor).and_modify(|m| *m = None).or_insert(Some(*member));
    }
    out
}

pub fn the_loop(record: &Record, now: Moment, zone: &TimeZone) -> TheLoop {
    let month = |at: i64| month_of(civil_second(Moment(at), zone).div_euclid(date::DAY));
    let kinds: HashMap<_, _> = record.links.iter().map(|l| (l.id, l.kind)).collect();
    let owners = owners(record);
    let all: HashSet<Member> = record.members.iter().map(|m| m.id).collect();
    // the first visit with each token; and of each member
    let mut strangers: HashMap<&str, (i64, Source)> = HashMap::new();
    let mut visited: HashMap<Member, (i64, Source)> = HashMap::new();
    for visit in &record.visits {
        let source = kinds.get(&visit.link).map_or(Source::Link, |kind| Source::of(*kind));
        match owners.get(visit.visitor.as_str()) {
            Some(Some(member)) => {
                visited.entry(*member).or_insert((visit.at.0, source));
            }
            Some(None) => {}
            None => {
                strangers.entry(&visit.visitor).or_insert((visit.at.0, source));
            }
        }
    }
    let mut came: HashMap<Member, Source> = HashMap::new();
    for one in &record.brought {
        let kind = one.link.and_then(|link| kinds.get(&link));
        came.entry(one.member).or_insert(kind.map_or(Source::Link, |kind| Source::of(*kind)));
    }
    let mut group: HashMap<Member, Id<id::Group>> = HashMap::new();
    for one in &record.inside {
        group.entry(one.member).or_insert(one.group);
    }
    let mut acted: HashMap<Member, i64> = HashMap::new();
    for act in &record.acts {
        let first = acted.entry(act.member).or_insert(act.at.0);
        *first = (*first).min(act.at.0);
    }
    let orders = orders(&record.sales);
    let member = |m: &super::views_record::Joined| {
        let before = visited.get(&m.id).filter(|(at, _)| *at <= m.at.0);
        let bound = came.get(&m.id).copied();
        Person {
            member: Some(m.id),
            source: before.map(|b| b.1).or(bound).unwrap_or(Source::Direct),
            group: group.get(&m.id).copied(),
            cohort: month(m.at.0),
            way: [
                before.map(|b| b.0),
                Some(m.at.0),
                acted.get(&m.id).copied(),
                orders.entry.get(&m.id).copied(),
                orders.second.get(&m.id).copied(),
                orders.led.get(&m.id).copied(),
            ],
        }
    };
    let stranger = |(at, source): &(i64, Source)| {
        let way = [Some(*at), None, None, None, None, None];
        Person { member: None, source: *source, group: None, cohort: month(*at), way }
    };
    let mut people: Vec<Person> = record.members.iter().map(member).collect();
    people.extend(strangers.values().map(stranger));
    let (doses, too_soon, bought_before) = doses(record, &orders, &all, now);
    TheLoop { people, groups: record.groups.clone(), doses, too_soon, bought_before }
}

/// Interactions in the first days of membership, of those who had not bought by then, against a
/// first order in the days after. Both spans are the same for everybody: who stays longer has not
/// more time to do either.
fn doses(
    record: &Record,
    orders: &Orders,
    all: &HashSet<Member>,
    now: Moment,
) -> (Vec<Dose>, u32, u32) {
    let joined: HashMap<Member, i64> = record.members.iter().map(|m| (m.id, m.at.0)).collect();
    let mut count: HashMap<Member, u32> = HashMap::new();
    for act in record.acts.iter().filter(|act| all.contains(&act.member)) {
        let since = joined.get(&act.member).map_or(i64::MAX, |at| act.at.0 - at);
        if (0..LOOK).contains(&since) {
            *count.entry(act.member).or_default() += 1;
        }
    }
    let (mut people, mut too_soon, mut before) = (vec![], 0, 0);
    for m in &record.members {
        let first = orders.entry.get(&m.id).map(|at| at - m.at.0);
        if m.at.0 + LOOK + THEN > now.0 {
            too_soon += 1;
        } else if first.is_some_and(|after| after < LOOK) {
            before += 1;
        } else {
            let bought = first.is_some_and(|after| after < LOOK + THEN);
            people.push((count.get(&m.id).copied().unwrap_or(0), bought));
        }
    }
    (funnel::doses(&people), too_soon, before)
}

impl App {
    /// The way of everybody up to now, away from the threads that answer.
    pub async fn the_loop(&self, now: Moment, c: C, zone: TimeZone) -> Result<TheLoop, Fault> {
        let record = self.record(c).await?;
        let work = move || the_loop(&record, now, &zone);
        tokio::task::spawn_blocking(work).await.map_err(|e| Fault::broken(e.to_string()))
    }
}
