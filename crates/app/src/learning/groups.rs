//! Breadth and depth of each group: now, and at the end of each week.
use super::buyers::civil_second;
use super::views_groups::{GroupRecord, Move, Word};
use crate::App;
use crate::db::Fault;
use insight::date::DAY;
use insight::group::{self, Act, Figures, Stay, Week, What, When};
use insight::growth::week_of;
use jiff::tz::TimeZone;
use rules::base::{Id, Moment, id};
use std::collections::{HashMap, HashSet};

type C = Id<id::Community>;
type Group = Id<id::Group>;
type Member = Id<id::Member>;

/// Weeks that are looked back upon.
pub const WEEKS: i64 = 52;

#[derive(Clone, Debug, PartialEq)]
pub struct GroupNow {
    pub group: Group,
    pub name: String,
    pub now: Figures,
    /// Members at the end of the last weeks, the newest last.
    pub before: Vec<u32>,
}
#[derive(Clone, Debug, PartialEq)]
pub struct GroupWeeks {
    pub group: Group,
    pub name: String,
    pub now: Figures,
    /// Without a gap, the first one first; the last is not over.
    pub weeks: Vec<Week>,
}

/// The clock of the place.
struct Clock<'a> {
    zone: &'a TimeZone,
}
impl Clock<'_> {
    fn day(&self, at: Moment) -> i64 {
        civil_second(at, self.zone).div_euclid(DAY)
    }
    fn when(&self, at: Moment) -> When {
        When { at: at.0.div_euclid(1_000), day: self.day(at) }
    }
    /// The last second of a day.
    fn end(&self, day: i64) -> When {
        let next = insight::date::civil(day + 1);
        let midnight = jiff::civil::Date::new(next.0 as i16, next.1 as i8, next.2 as i8)
            .and_then(|d| d.to_zoned(self.zone.clone()));
        let at = midnight.map_or((day + 1) * DAY, |z| z.timestamp().as_second());
        When { at: at - 1, day }
    }
    /// The end of each week up to now; this one ends now.
    fn ends(&self, first: Moment, now: Moment) -> Vec<When> {
        let (first, last) = (week_of(self.day(first)), week_of(self.day(now)));
        let from = first.max(last - WEEKS + 1);
        let sunday = |week: i64| insight::growth::monday(week) + 6;
        let mut out: Vec<When> = (from..last).map(|week| self.end(sunday(week))).collect();
        out.push(self.when(now));
        out
    }
}

type Seats = Vec<(Member, When, Option<When>)>;

/// Who was in which group from when to when, by the facts.
fn stays(record: &GroupRecord, clock: &Clock<'_>) -> HashMap<Group, Seats> {
    let mut open: HashMap<(Group, Member), Moment> = HashMap::new();
    let mut out: HashMap<Group, Seats> = HashMap::new();
    for (at, what) in &record.moves {
        let gone: Vec<(Group, Member)> = match *what {
            Move::In(group, member) => {
                open.entry((group, member)).or_insert(*at);
                continue;
            }
            Move::Out(group, member) => vec![(group, member)],
            Move::Gone(member) => open.keys().filter(|(_, m)| *m == member).copied().collect(),
        };
        for (group, member) in gone {
            let from = open.remove(&(group, member)).map(|from| clock.when(from));
            let stay = from.map(|from| (member, from, Some(clock.when(*at))));
            out.entry(group).or_default().extend(stay);
        }
    }
    // a seat is the truth of today, also where its fact is missing
    for seat in &record.inside {
        let from = open.get(&(seat.group, seat.member)).copied().unwrap_or(seat.at);
        out.entry(seat.group).or_default().push((seat.member, clock.when(from), None));
    }
    out
}

/// The rows of one group, its people as numbers.
struct Rows {
    stays: Vec<Stay>,
    acts: Vec<Act>,
}

fn rows(record: &GroupRecord, clock: &Clock<'_>) -> HashMap<Group, Rows> {
    let place: HashMap<Member, u32> =
        record.members.iter().enumerate().map(|(k, m)| (*m, k as u32)).collect();
    let mut out: HashMap<Group, Rows> = HashMap::new();
    let of = |group: Group| (group, Rows { stays: vec![], acts: vec![] });
    out.extend(record.rooms.iter().map(|r| of(r.id)));
    let brought: HashMap<Member, Member> = record.brought.iter().copied().collect();
    for (group, stays) in stays(record, clock) {
        let Some(rows) = out.get_mut(&group) else { continue };
        let mut met = HashSet::new();
        for (member, from, until) in stays {
            let Some(who) = place.get(&member) else { continue };
            rows.stays.push(Stay { who: *who, from, until });
            // who comes again was brought once
            let by = brought.get(&member).filter(|_| met.insert(member));
            if let Some(by) = by.and_then(|by| place.get(by)) {
                rows.acts.push(Act { who: *by, when: from, what: What::Brought });
            }
        }
    }
    let deeds = record.touched.iter().map(|d| (d, What::Touched));
    for (deed, what) in deeds.chain(record.bought.iter().map(|d| (d, What::Bought))) {
        if let (Some(rows), Some(who)) = (out.get_mut(&deed.group), place.get(&deed.member)) {
            rows.acts.push(Act { who: *who, when: clock.when(deed.at), what });
        }
    }
    let mut at: HashMap<Word, (Group, usize)> = HashMap::new();
    for said in &record.said {
        if let (Some(rows), Some(who)) = (out.get_mut(&said.group), place.get(&said.member)) {
            at.insert(said.word, (said.group, rows.acts.len()));
            rows.acts.push(Act { who: *who, when: clock.when(said.at), what: What::Said });
        }
    }
    for said in &record.said {
        let (Some((group, k)), Some(to)) = (at.get(&said.word), said.answers) else { continue };
        // what staff said is no act, and an answer to it none to a member
        let to = at.get(&to).filter(|(other, _)| other == group).map(|(_, to)| *to);
        if let Some(rows) = out.get_mut(group) {
            rows.acts[*k].what = What::Answered(to);
        }
    }
    out
}

fn prepared(record: &GroupRecord, clock: &Clock<'_>) -> HashMap<Group, group::Group> {
    let made: HashMap<Group, i64> =
        record.rooms.iter().map(|r| (r.id, clock.day(r.made))).collect();
    let group = |(id, rows): (Group, Rows)| {
        let first = made.get(&id).copied().unwrap_or_default();
        (id, group::Group::new(first, rows.stays, rows.acts))
    };
    rows(record, clock).into_iter().map(group).collect()
}

/// Members of the line in the table.
const TREND: usize = 12;

pub fn groups(record: &GroupRecord, now: Moment, zone: &TimeZone) -> Vec<GroupNow> {
    let clock = Clock { zone };
    let all = prepared(record, &clock);
    let one = |room: &super::views_groups::Room| {
        let group = all.get(&room.id)?;
        let ends = clock.ends(room.made, now);
        let before = ends[ends.len().saturating_sub(TREND)..].iter();
        let before = before.map(|end| group.size(end.day)).collect();
        let now = group::figures(group, clock.when(now));
        Some(GroupNow { group: room.id, name: room.name.clone(), now, before })
    };
    record.rooms.iter().filter_map(one).collect()
}

pub fn group_weeks(
    record: &GroupRecord,
    group: Group,
    now: Moment,
    zone: &TimeZone,
) -> Option<GroupWeeks> {
    let clock = Clock { zone };
    let room = record.rooms.iter().find(|r| r.id == group)?;
    let all = prepared(record, &clock);
    let rows = all.get(&group)?;
    let weeks = group::weeks(rows, &clock.ends(room.made, now));
    let now = group::figures(rows, clock.when(now));
    Some(GroupWeeks { group, name: room.name.clone(), now, weeks })
}

impl App {
    /// Every group now, in the order they were made, away from the threads that answer.
    pub async fn groups_figures(
        &self,
        now: Moment,
        c: C,
        zone: TimeZone,
    ) -> Result<Vec<GroupNow>, Fault> {
        let record = self.group_record(c).await?;
        let work = move || groups(&record, now, &zone);
        tokio::task::spawn_blocking(work).await.map_err(|e| Fault::broken(e.to_string()))
    }
    /// One of them by week; None: there is no such group.
    pub async fn group_figures(
        &self,
        now: Moment,
        c: C,
        group: Group,
        zone: TimeZone,
    ) -> Result<Option<GroupWeeks>, Fault> {
        let record = self.group_record(c).await?;
        let work = move || group_weeks(&record, group, now, &zone);
        tokio::task::spawn_blocking(work).await.map_err(|e| Fault::broken(e.to_string()))
    }
}
