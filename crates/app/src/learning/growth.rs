//! Spread: K by week with its parts, how long a turn takes, who came through whom, what each link
//! led to.
use super::buyers::civil_second;
use super::the_loop::owners;
use super::views_record::{Link, Record};
use crate::App;
use crate::db::Fault;
use insight::cascade::{self, Tree};
use insight::date::DAY;
use insight::growth::{self, Became, Week, week_of};
use jiff::tz::TimeZone;
use rules::base::{Id, Moment, id};
use std::collections::{HashMap, HashSet};

type C = Id<id::Community>;
type Member = Id<id::Member>;

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Growth {
    pub weeks: Vec<Week>,
    /// Milliseconds from joining until whom one brought joins, in the middle.
    pub cycle: Option<i64>,
    /// Of each who was brought, and their names where they are known.
    pub brought: Vec<(Member, Member)>,
    pub names: HashMap<Member, String>,
    /// Trees of two people and more, the largest first.
    pub trees: Vec<Tree>,
    /// Links that anybody opened, the one with the largest cascade first.
    pub links: Vec<Cascade>,
}
/// One link and the links that were made by who came through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cascade {
    pub link: Link,
    /// Browsers that opened it.
    pub visitors: u32,
    pub joined: u32,
    pub orders: u32,
    pub net: i64,
    /// Of it and all links below it.
    pub links: u32,
    pub depth: u32,
    pub reached: u32,
    pub joined_below: u32,
}

/// Members with a kept order whose time to give it back is over.
pub(super) fn effective(record: &Record) -> HashSet<Member> {
    record.sales.iter().filter(|s| s.completed).map(|s| s.member).collect()
}

/// What became of each browser that opened a member's link for the first time and was nobody's yet.
fn invitations(
    record: &Record,
    joined: &HashMap<Member, Moment>,
    stay: &HashSet<Member>,
    week: &dyn Fn(Moment) -> i64,
) -> Vec<(i64, Became)> {
    let by: HashMap<_, _> = record.links.iter().map(|l| (l.id, l.member)).collect();
    let owners = owners(record);
    let (mut met, mut out) = (HashSet::new(), vec![]);
    for visit in &record.visits {
        if !met.insert(visit.visitor.as_str()) {
            continue;
        }
        let Some(by) = by.get(&visit.link).filter(|by| joined.contains_key(by)) else { continue };
        let became = match owners.get(visit.visitor.as_str()) {
            None => Became::Nobody,
            Some(Some(member)) if member != by => match joined.get(member) {
                Some(at) if *at >= visit.at => {
                    if stay.contains(member) {
                        Became::Effective
                    } else {
                        Became::Joined
                    }
                }
                // a member already, or staff
                _ => continue,
            },
            // one's own, or a browser of several members
            Some(_) => continue,
        };
        out.push((week(visit.at), became));
    }
    out
}

pub fn growth(record: &Record, now: Moment, zone: &TimeZone) -> Growth {
    let week = |at: Moment| week_of(civil_second(at, zone).div_euclid(DAY));
    let joined: HashMap<Member, Moment> = record.members.iter().map(|m| (m.id, m.at)).collect();
    let stay = effective(record);
    let invitations = invitations(record, &joined, &stay, &week);
    let acts = record.acts.iter().map(|a| (a.member, a.at));
    let bought = record.sales.iter().map(|s| (s.member, s.paid_at));
    let shared = record.links.iter().map(|l| (l.member, l.at));
    let all = acts.chain(bought).chain(shared).filter(|(m, _)| joined.contains_key(m));
    let active: Vec<(i64, u64)> = all.map(|(m, at)| (week(at), m.raw() as u64)).collect();
    // the newest binding of each stands
    let brought: HashMap<Member, Member> = record
        .brought
        .iter()
        .filter(|b| joined.contains_key(&b.member) && joined.contains_key(&b.by))
        .map(|b| (b.member, b.by))
        .collect();
    let mut pairs: Vec<(Member, Member)> = brought.iter().map(|(m, by)| (*m, *by)).collect();
    pairs.sort_unstable_by_key(|(m, by)| (joined.get(m).copied(), *m, *by));
    let times = pairs.iter().filter_map(|(m, by)| Some((joined.get(by)?.0, joined.get(m)?.0)));
    let cycle = growth::cycle(&times.collect::<Vec<_>>());
    Growth {
        weeks: growth::weeks(&active, &invitations, week(now)),
        cycle,
        trees: trees(record, &brought),
        brought: pairs,
        names: record.members.iter().map(|m| (m.id, m.name.clone())).collect(),
        links: cascades(record),
    }
}

fn trees(record: &Record, brought: &HashMap<Member, Member>) -> Vec<Tree> {
    let raw = |m: &Member| m.raw() as u64;
    let row = |m: &super::views_record::Joined| (raw(&m.id), brought.get(&m.id).map(raw));
    let rows: Vec<_> = record.members.iter().map(row).collect();
    // the verbs let nobody stand above themselves; the audit says so where a row was forged
    let mut all = cascade::trees(&rows).unwrap_or_default();
    all.retain(|t| t.size > 1);
    all.sort_by_key(|t| (std::cmp::Reverse(t.size), t.root));
    all
}

fn cascades(record: &Record) -> Vec<Cascade> {
    let place: HashMap<_, _> = record.links.iter().enumerate().map(|(k, l)| (l.id, k)).collect();
    let fresh = |link: &Link| Cascade {
        link: *link,
        visitors: 0,
        joined: 0,
        orders: 0,
        net: 0,
        links: 1,
        depth: 1,
        reached: 0,
        joined_below: 0,
    };
    let mut all: Vec<Cascade> = record.links.iter().map(fresh).collect();
    let mut met = HashSet::new();
    for visit in &record.visits {
        if let Some(k) = place.get(&visit.link)
            && met.insert((visit.link, visit.visitor.as_str()))
        {
            all[*k].visitors += 1;
        }
    }
    for one in &record.brought {
        if let Some(k) = one.link.and_then(|link| place.get(&link)) {
            all[*k].joined += 1;
        }
    }
    for sale in &record.sales {
        if let Some(k) = sale.link.and_then(|link| place.get(&link)) {
            all[*k].orders += 1;
            all[*k].net += sale.net;
        }
    }
    for k in 0..all.len() {
        let (visitors, joined) = (all[k].visitors, all[k].joined);
        let (mut at, mut steps) = (Some(k), 0);
        // upwards through all links it hangs on; a ring of forged rows ends with the list
        while let Some(here) = at {
            let above = &mut all[here];
            above.reached += visitors;
            above.joined_below += joined;
            above.depth = above.depth.max(steps + 1);
            above.links += u32::from(steps > 0);
            steps += 1;
            let parent = above.link.parent.and_then(|parent| place.get(&parent).copied());
            at = parent.filter(|_| (steps as usize) < record.links.len());
        }
    }
    all.retain(|x| x.reached > 0);
    all.sort_by_key(|x| std::cmp::Reverse((x.joined_below, x.reached, x.net, x.link.id)));
    all
}

impl App {
    /// What sharing has led to up to now, away from the threads that answer.
    pub async fn growth(&self, now: Moment, c: C, zone: TimeZone) -> Result<Growth, Fault> {
        let record = self.record(c).await?;
        let work = move || growth(&record, now, &zone);
        tokio::task::spawn_blocking(work).await.map_err(|e| Fault::broken(e.to_string()))
    }
}
