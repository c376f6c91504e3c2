//! The community while it is being played: who is there, what is sold, what happens when.
use super::data::{Group, Set};
use super::dice::Dice;
use anyhow::{Result, anyhow};
use app::community::who::Who;
use app::{App, Refusal, Stop};
use rules::base::moment::{DAY, HOUR, MINUTE};
use rules::base::{Currency, Id, Lang, Moment, id};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, RwLock};

/// How many days are played before today.
pub const DAYS: i64 = 90;

/// Something that is going to happen.
#[derive(Clone, Debug)]
pub enum Event {
    Join(usize),
    Talk(usize),
    Post(usize),
    Order,
    Together(usize),
    /// A leader opens a group buy of her own.
    LedBuy,
    List(usize),
    Arrived(Id<id::Campaign>, Who),
    Fulfil(Id<id::Order>),
    Receive(Id<id::Order>, Who),
    Review(Id<id::Order>, Who),
    FollowUp(Id<id::Review>, Who, String),
    Complain(Id<id::Order>, Who),
    Decline(Id<id::Case>),
    Refund(Id<id::Order>, String),
    Thank(usize),
    Relay,
    Take(Id<id::RedPacket>, Who),
}

#[derive(Clone, Copy)]
pub struct Person {
    pub who: Who,
    pub account: Id<id::Account>,
}

#[derive(Clone)]
pub struct Good {
    pub id: Id<id::Product>,
    pub handle: String,
    pub variants: Vec<Id<id::Variant>>,
    /// Words other people left about it, not yet spoken.
    pub comments: usize,
}

pub struct World {
    pub app: App,
    pub set: Set,
    pub lang: Lang,
    pub currency: Currency,
    /// The first midnight of the story.
    pub start: Moment,
    pub end: Moment,
    pub dice: Dice,
    pub community: Id<id::Community>,
    pub people: RwLock<BTreeMap<usize, Person>>,
    pub groups: RwLock<HashMap<String, Id<id::Group>>>,
    pub tags: RwLock<HashMap<String, Id<id::Tag>>>,
    pub goods: RwLock<Vec<Good>>,
    pub spoken: Mutex<HashMap<String, usize>>,
    plan: Mutex<BTreeMap<i64, Vec<(Moment, Event)>>>,
}

/// A refusal where the script expects none.
pub fn told<T, R: Refusal>(what: &str, out: Result<T, Stop<R>>) -> Result<T> {
    out.map_err(|stop| match stop {
        Stop::Refused(no) => anyhow!("{what}: {}", no.code()),
        Stop::Fault(fault) => anyhow!("{what}: {fault}"),
    })
}

fn lock<T>(m: &Mutex<T>) -> MutexGuard<'_, T> {
    m.lock().unwrap_or_else(|e| e.into_inner())
}

impl World {
    pub fn new(
        app: App,
        set: Set,
        (lang, currency): (Lang, Currency),
        start: Moment,
        end: Moment,
    ) -> World {
        let community = app.mint(start);
        World {
            app,
            lang,
            currency,
            start,
            end,
            dice: Dice::new(if lang == Lang::En { 7 } else { 88 }),
            community,
            people: RwLock::default(),
            groups: RwLock::default(),
            tags: RwLock::default(),
            goods: RwLock::default(),
            spoken: Mutex::default(),
            plan: Mutex::default(),
            set,
        }
    }
    /// A time of day `day`, never later than the story's end.
    pub fn at(&self, day: i64, hour: i64) -> Moment {
        let minute = self.dice.between(0, 59);
        let at = self.start.plus(day * DAY + hour * HOUR + minute * MINUTE);
        // an hour of today that has not come yet is yesterday's: nobody posts at three at night
        if at < self.end { at } else { Moment((at.0 - DAY).min(self.end.0 - 1)) }
    }
    /// Happens at that time if the story lasts so long.
    pub fn plan(&self, at: Moment, event: Event) {
        if at < self.end {
            let slot = at.since(self.start) / HOUR;
            lock(&self.plan).entry(slot).or_default().push((at, event));
        }
    }
    /// The next hour with something in it, its events in order of time.
    pub fn next_hour(&self) -> Option<(i64, Vec<(Moment, Event)>)> {
        let (slot, mut events) = lock(&self.plan).pop_first()?;
        events.sort_by_key(|(at, _)| *at);
        Some((slot, events))
    }
    /// The story's group that the community opens with: an open one of no particular place.
    pub fn first_group(&self) -> Option<&Group> {
        self.set.groups.iter().find(|g| g.kind == "interest" && g.admission == "open")
    }
    pub fn person(&self, i: usize) -> Option<Person> {
        self.people.read().ok()?.get(&i).copied()
    }
    pub fn owner(&self) -> Result<Person> {
        self.person(0).ok_or_else(|| anyhow!("the owner comes first"))
    }
    /// Somebody who is there; the early ones are the busy ones.
    pub fn somebody(&self) -> Option<Person> {
        let people = self.people.read().ok()?;
        let n = self.dice.early(people.len());
        people.values().nth(n).copied()
    }
    /// Somebody who buys. Who runs the shop does not keep it alive with orders of their own.
    pub fn buyer(&self) -> Option<Person> {
        let people = self.people.read().ok()?;
        let runs = |i: usize| i == 0 || self.set.members.get(i).is_some_and(|m| m.role == "staff");
        let buyers: Vec<Person> =
            people.iter().filter(|(i, _)| !runs(**i)).map(|(_, p)| *p).collect();
        if buyers.is_empty() {
            return None;
        }
        buyers.get(self.dice.early(buyers.len())).copied()
    }
    pub fn named(&self, name: &str) -> Option<Person> {
        let i = self.set.members.iter().position(|m| m.name == name)?;
        self.person(i)
    }
    pub fn group(&self, slug: &str) -> Option<Id<id::Group>> {
        self.groups.read().ok()?.get(slug).copied()
    }
    /// Members of a group who are there already.
    pub fn members_of(&self, slug: &str) -> Vec<Person> {
        let Ok(people) = self.people.read() else { return Vec::new() };
        let of = |i: &usize| super::data::listed(&self.set.members[*i].groups).any(|g| g == slug);
        people.iter().filter(|(i, _)| of(i)).map(|(_, p)| *p).collect()
    }
    pub fn tags_of<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<Id<id::Tag>> {
        let Ok(tags) = self.tags.read() else { return Vec::new() };
        names.filter_map(|n| tags.get(n).copied()).collect()
    }
    pub fn products_of<'a>(&self, handles: impl Iterator<Item = &'a str>) -> Vec<Id<id::Product>> {
        let Ok(goods) = self.goods.read() else { return Vec::new() };
        handles.filter_map(|h| Some(goods.iter().find(|g| g.handle == h)?.id)).collect()
    }
    /// The next unspoken comment about a product.
    pub fn comment_on(&self, handle: &str) -> Option<super::data::Review> {
        let mut spoken = lock(&self.spoken);
        let n = spoken.entry(handle.to_string()).or_insert(0);
        let found = self.set.reviews.iter().filter(|r| r.handle == handle).nth(*n).cloned();
        *n += usize::from(found.is_some());
        found
    }
}
