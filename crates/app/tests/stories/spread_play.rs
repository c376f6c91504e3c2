//! Random lives of links against a naive model: who brought whom, and whom each order is credited
//! to. The seed is printed with what went wrong.
use crate::spread::{Member, Street, street};
use rules::base::moment::{DAY, HOUR};
use rules::base::{Id, Moment, id};
use rules::spread::binding::Mode;
use rules::spread::credit::Source;
use std::collections::BTreeMap;
use testkit::{House, both};

const PEOPLE: usize = 7;
const STEPS: usize = 260;
const YEAR: i64 = 365 * DAY;

struct Dice(u64);
impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

/// What the house should know, kept the plainest way.
#[derive(Default)]
struct Model {
    mode: Option<Mode>,
    /// Of each: who brought them, in which mode, since when.
    brought: BTreeMap<usize, (usize, Mode, i64)>,
    /// Who opened whose link, and when.
    visits: Vec<(usize, usize, i64)>,
    gone: Vec<usize>,
}
impl Model {
    fn lives(&self, of: usize, now: i64) -> Option<usize> {
        let (by, mode, since) = *self.brought.get(&of)?;
        let lives = mode == Mode::RegisterOnly || now < since + YEAR;
        (lives && !self.gone.contains(&by)).then_some(by)
    }
    fn is_below(&self, mut who: usize, top: usize) -> bool {
        for _ in 0..=PEOPLE {
            if who == top {
                return true;
            }
            match self.brought.get(&who) {
                Some((by, ..)) => who = *by,
                None => return false,
            }
        }
        panic!("a circle in the model");
    }
    fn open(&mut self, who: usize, by: usize, now: i64) {
        if who == by || self.gone.contains(&by) {
            return;
        }
        let last = self.visits.iter().rev().find(|v| v.0 == who);
        if last.is_some_and(|v| v.1 == by && now - v.2 < HOUR / 2) {
            return;
        }
        self.visits.push((who, by, now));
        let mode = self.mode.unwrap_or(Mode::First);
        let before = self.brought.get(&who).copied();
        let over = match (mode, before) {
            (Mode::First | Mode::RegisterOnly, _) => false,
            (_, None) => true,
            (Mode::Override, Some((b, m, s))) => {
                b != by || (m != Mode::RegisterOnly && now >= s + YEAR)
            }
            (Mode::Protect, Some((b, m, s))) => {
                (b != by && now - s >= 30 * DAY) || (m != Mode::RegisterOnly && now >= s + YEAR)
            }
        };
        if over && !self.is_below(by, who) {
            self.brought.insert(who, (by, mode, now));
        }
    }
    fn credit(&self, buyer: usize, now: i64) -> Option<(usize, Option<usize>, Source)> {
        let mine = self.visits.iter().rev().filter(|v| v.0 == buyer && now - v.2 <= 7 * DAY);
        let link = mine.map(|v| v.1).find(|by| !self.gone.contains(by));
        let to = match (link, self.lives(buyer, now)) {
            (Some(by), _) => (by, Source::Link),
            (None, Some(by)) => (by, Source::Binding),
            (None, None) => return None,
        };
        let second = self.lives(to.0, now).filter(|s| *s != buyer && *s != to.0);
        Some((to.0, second, to.1))
    }
}

struct Play {
    street: Street,
    people: Vec<Member>,
    links: Vec<Id<id::ShareLink>>,
    accounts: Vec<Id<id::Account>>,
    model: Model,
}

impl Play {
    async fn begin(house: House) -> Play {
        let street = street(house).await;
        let (mut people, mut links, mut accounts) = (vec![], vec![], vec![]);
        for i in 0..PEOPLE {
            let m = street.v.member(&format!("p{i}")).await;
            links.push(street.link(m, None).await);
            accounts.push(street.account_of(m).await);
            people.push(m);
        }
        Play { street, people, links, accounts, model: Model::default() }
    }
    async fn step(&mut self, dice: &mut Dice) -> String {
        let Moment(now) = self
            .street
            .house()
            .pass([HOUR / 4, HOUR, DAY, 3 * DAY, 20 * DAY, 200 * DAY][dice.below(12).min(5) % 6]);
        let (who, by) = (dice.below(PEOPLE), dice.below(PEOPLE));
        match dice.below(20) {
            0 => {
                let mode = Mode::ALL[dice.below(Mode::ALL.len())];
                self.street.terms(mode).await;
                self.model.mode = Some(mode);
                format!("terms {mode:?}")
            }
            1 if self.model.gone.len() < 2 && !self.model.gone.contains(&who) => {
                let (app, c) = (&self.street.house().app, self.street.v.c);
                let left = app.leave_community(Moment(now), c, self.people[who]).await;
                left.expect("left");
                self.model.gone.push(who);
                format!("{who} leaves")
            }
            2..=7 if !self.model.gone.contains(&who) => {
                let order = self.street.buy(self.people[who]).await;
                let at = |m: Member| self.people.iter().position(|p| *p == m).expect("known");
                let got = self.street.credit(order).await;
                let got = got.map(|(to, second, by)| (at(to), second.map(at), by));
                assert_eq!(got, self.model.credit(who, now), "{who} buys");
                format!("{who} buys")
            }
            _ if !self.model.gone.contains(&who) => {
                let account = Some(self.accounts[who]);
                self.street.open(self.links[by], who as u64 + 1, account).await;
                self.model.open(who, by, now);
                let brought = self.street.brought_by(self.people[who]).await;
                let want = self.model.brought.get(&who).map(|b| self.people[b.0]);
                assert_eq!(brought, want, "{who} opens the link of {by}");
                format!("{who} opens the link of {by}")
            }
            _ => String::new(),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn random_lives_of_links_are_as_the_model_says() {
    let seed = std::env::var("KITH_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(20_260_302);
    both(async |house: House| {
        println!("seed {seed} on {:?}", house.on);
        let (mut play, mut dice) = (Play::begin(house).await, Dice(seed));
        for step in 0..STEPS {
            let did = play.step(&mut dice).await;
            println!("{step}: {did}");
        }
        play.street.clean().await;
    })
    .await;
}
