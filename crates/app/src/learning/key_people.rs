//! Key people: who others came through, buy through, answer and follow, and what that led to.
use super::growth::effective;
use super::views_record::{Joined, Record, Sale};
use crate::App;
use crate::db::Fault;
use insight::key_people::{self, Person, Ties};
use rules::base::{Id, Moment, id};
use std::collections::HashMap;

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// The sample of a very large community draws by this seed.
const SEED: u64 = 1;

#[derive(Clone, Debug, PartialEq, Default)]
pub struct KeyPeople {
    /// By score, the highest first.
    pub people: Vec<Key>,
    /// Kept orders of all members, and how many of them are credited to a member.
    pub orders: u32,
    pub credited: u32,
    /// The share of all orders that the first so many, by orders led to, account for together.
    pub curve: Vec<f64>,
}
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub member: Member,
    /// Empty: the account was closed.
    pub name: String,
    pub is: Person,
}

/// What one person led to.
#[derive(Clone, Debug, PartialEq)]
pub struct LedTo {
    pub key: Key,
    /// From 1.
    pub place: usize,
    /// Those they brought, the newest first, and whether they have stayed.
    pub brought: Vec<(Joined, bool)>,
    /// Orders credited to them with the buyer's name, the newest first.
    pub sales: Vec<(Sale, String)>,
    /// By others, to what they had said.
    pub answers: u32,
    pub followers: u32,
    /// When each order was paid and how much they had led to by then.
    pub sums: Vec<(Moment, i64)>,
}

fn ties(record: &Record) -> (HashMap<Member, u32>, Ties) {
    let place: HashMap<Member, u32> =
        record.members.iter().enumerate().map(|(k, m)| (m.id, k as u32)).collect();
    let pair = |a: Member, b: Member| Some((*place.get(&a)?, *place.get(&b)?));
    let brought: HashMap<Member, Member> =
        record.brought.iter().map(|b| (b.member, b.by)).collect();
    let mut referrals: Vec<_> = brought.iter().filter_map(|(m, by)| pair(*m, *by)).collect();
    referrals.sort_unstable();
    let sale = |s: &Sale| {
        let (buyer, by) = pair(s.member, s.led_by?)?;
        Some((buyer, by, s.net))
    };
    let answer = |a: &super::views_record::Act| pair(a.member, a.answers?);
    let ties = Ties {
        referrals,
        sales: record.sales.iter().filter_map(sale).collect(),
        answers: record.acts.iter().filter_map(answer).collect(),
        follows: record.follows.iter().filter_map(|f| pair(f.member, f.other)).collect(),
    };
    (place, ties)
}

pub fn key_people(record: &Record) -> KeyPeople {
    let (_, ties) = ties(record);
    let stay = effective(record);
    let stays: Vec<bool> = record.members.iter().map(|m| stay.contains(&m.id)).collect();
    let people = key_people::people(&stays, &ties, SEED);
    let orders = record.sales.len() as u32;
    let curve = key_people::concentration(&people, orders);
    let key = |is: Person| {
        let m = &record.members[is.who as usize];
        Key { member: m.id, name: m.name.clone(), is }
    };
    let people = people.into_iter().map(key).collect();
    KeyPeople { people, orders, credited: ties.sales.len() as u32, curve }
}

fn led_to(record: &Record, member: Member) -> Option<LedTo> {
    let all = key_people(record);
    let place = all.people.iter().position(|k| k.member == member)?;
    let stay = effective(record);
    let names: HashMap<Member, &Joined> = record.members.iter().map(|m| (m.id, m)).collect();
    let by: HashMap<Member, Member> = record.brought.iter().map(|b| (b.member, b.by)).collect();
    let mine = record.members.iter().filter(|m| by.get(&m.id) == Some(&member));
    let mut brought: Vec<_> = mine.map(|m| (m.clone(), stay.contains(&m.id))).collect();
    brought.sort_by_key(|(m, _)| std::cmp::Reverse((m.at, m.id)));
    let mine = record.sales.iter().filter(|s| s.led_by == Some(member));
    let name = |s: &Sale| names.get(&s.member).map_or(String::new(), |m| m.name.clone());
    let mut sales: Vec<_> = mine.map(|s| (*s, name(s))).collect();
    sales.sort_by_key(|(s, _)| (s.paid_at, s.id));
    let mut sum = 0;
    let mut add = |(s, _): &(Sale, String)| {
        sum += s.net;
        (s.paid_at, sum)
    };
    let sums = sales.iter().map(&mut add).collect();
    sales.reverse();
    let known = |m: &Member| names.contains_key(m);
    let answers = record.acts.iter().filter(|a| a.answers == Some(member) && known(&a.member));
    let follows = record.follows.iter().filter(|f| f.other == member && known(&f.member));
    Some(LedTo {
        key: all.people[place].clone(),
        place: place + 1,
        brought,
        sales,
        answers: answers.count() as u32,
        followers: follows.count() as u32,
        sums,
    })
}

impl App {
    /// Everybody by what they mean to others, away from the threads that answer.
    pub async fn key_people(&self, c: C) -> Result<KeyPeople, Fault> {
        let record = self.record(c).await?;
        let work = move || key_people(&record);
        tokio::task::spawn_blocking(work).await.map_err(|e| Fault::broken(e.to_string()))
    }
    /// One of them; None: no member, or staff.
    pub async fn led_to(&self, c: C, member: Member) -> Result<Option<LedTo>, Fault> {
        let record = self.record(c).await?;
        let work = move || led_to(&record, member);
        tokio::task::spawn_blocking(work).await.map_err(|e| Fault::broken(e.to_string()))
    }
}
