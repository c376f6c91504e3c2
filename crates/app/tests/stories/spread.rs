//! Share links, visits, bindings, attributions: each as a story on both databases.
use crate::community::{Village, account, village};
use crate::content_cast::{number, product, said, sql};
use app::Stop;
use app::p;
use app::spread::Visitor;
use app::spread::create_share_link::{CreateShareLink, Refused};
use app::spread::decide_held::DecideHeld;
use app::spread::open_link::{Counted, OpenLink};
use app::spread::views::Reach;
use rules::base::moment::{DAY, MINUTE};
use rules::base::{Id, id};
use rules::spread::binding::{Mode, Terms};
use rules::spread::credit::Source;
use rules::spread::link::Shown;
use rules::spread::visit::Channel;
use testkit::{House, both, order};

pub type Member = Id<id::Member>;

/// A village with tea to show around.
pub struct Street {
    pub v: Village,
    pub tea: Id<id::Product>,
}
pub async fn street(house: House) -> Street {
    let v = village(house).await;
    let tea = product(&v.house, v.c, "龙井", 1000, 100_000).await;
    Street { v, tea }
}
/// A browser: 32 hexadecimal digits.
pub fn browser(n: u64) -> Visitor {
    Visitor::of(&format!("{n:032x}")).expect("a token")
}

impl Street {
    pub fn house(&self) -> &House {
        &self.v.house
    }
    pub async fn terms(&self, mode: Mode) {
        let c = self.v.c;
        let who = self.v.house.app.owner_of(c).await.expect("a look").expect("an owner");
        let terms = Terms { mode, ..Terms::default() };
        let set = self.v.house.app.set_spread_terms(self.v.house.now(), who, terms).await;
        set.expect("terms");
    }
    pub async fn link(&self, by: Member, with: Option<Visitor>) -> Id<id::ShareLink> {
        let app = &self.v.house.app;
        let x = CreateShareLink {
            community: self.v.c,
            by,
            kind: Shown::Product,
            thing: self.tea.raw(),
            visitor: with,
        };
        let code = app.create_share_link(self.v.house.now(), x).await.expect("a link");
        app.share_link(&code).await.expect("a look").expect("the link").id
    }
    pub async fn open(
        &self,
        link: Id<id::ShareLink>,
        with: u64,
        account: Option<Id<id::Account>>,
    ) -> Counted {
        let x = OpenLink {
            community: self.v.c,
            link,
            visitor: browser(with),
            account,
            channel: Channel::Wechat,
            address: "192.0.2.1".into(),
        };
        self.v.house.app.open_link(self.v.house.now(), x).await.expect("opened")
    }
    pub async fn account_of(&self, m: Member) -> Id<id::Account> {
        const ACCOUNT: &str = "SELECT account_id FROM member WHERE community_id = $1 AND id = $2";
        Id::of(number(&self.v.house, ACCOUNT, &[self.v.c.raw(), m.raw()]).await)
    }
    /// Somebody joins with a browser.
    pub async fn join(&self, name: &str, with: u64) -> Member {
        let account = account(&self.v.house, name).await;
        let cmd = self.v.joining(account, name);
        let now = self.v.house.now();
        self.v.house.app.join_through(now, cmd, Some(browser(with))).await.expect("joined")
    }
    pub async fn buy(&self, m: Member) -> Id<id::Order> {
        let app = &self.v.house.app;
        let who = app.who_of(self.v.c, self.account_of(m).await).await.expect("a look");
        let id = app.mint(self.v.house.now());
        let place = order::delivered(who.expect("a member"), id, vec![(self.tea.as_id(), 1)]);
        let order = place.id;
        app.place_order(self.v.house.now(), place).await.expect("an order");
        order
    }
    /// `first second source`, members by number; `-` for nobody.
    pub async fn credit(&self, order: Id<id::Order>) -> Option<(Member, Option<Member>, Source)> {
        let credit = self.v.house.app.credit_of(self.v.c, order).await.expect("a look");
        credit.map(|c| (c.to.0, c.second.map(|s| s.0), c.source))
    }
    pub async fn brought_by(&self, m: Member) -> Option<Member> {
        let all = self.v.house.app.bindings_of(self.v.c, m).await.expect("bindings");
        all.iter().find(|b| b.stands).map(|b| b.by)
    }
    pub async fn clean(&self) {
        let report = self.v.house.app.audit(self.v.house.now()).await.expect("an audit");
        let ours = |f: &&app::audit::Finding| matches!(f.check, "spread" | "I11");
        let wrong: Vec<_> = report.findings.iter().filter(ours).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

/// In the life that the audit looks at, member 3 brought its one buyer, who shows on what they
/// were shown: plain rows, for there is one account only.
pub async fn somebody_brought(house: &House) {
    const ROWS: [&str; 5] = [
        "INSERT INTO member (community_id, id, account_id, name, bio, role, rights, state,
            joined_at) VALUES (7, 3, 3, 'lin', '', 'member', '', 'active', 0)",
        "INSERT INTO share_link (community_id, id, code, member_id, kind, thing_id, at)
            VALUES (7, 31, 'aaaaaaaa', 3, 'product', 1, 5)",
        "INSERT INTO share_link (community_id, id, code, member_id, kind, thing_id, parent_id, at)
            VALUES (7, 32, 'bbbbbbbb', 2, 'product', 1, 31, 6)",
        "INSERT INTO binding (community_id, id, member_id, by_id, link_id, mode, from_at)
            VALUES (7, 33, 2, 3, 31, 'register_only', 6)",
        "INSERT INTO binding_held (community_id, member_id, by_id, link_id, at, state, decided_by,
            decided_at) VALUES (7, 3, 2, 32, 6, 'dismissed', 2, 7)",
    ];
    for row in ROWS {
        sql(house, row, p![]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_link_a_member_and_thing() {
    both(async |house: House| {
        let s = street(house).await;
        let (mei, lin) = (s.v.member("mei").await, s.v.member("lin").await);
        let first = s.link(mei, None).await;
        assert_eq!(s.link(mei, None).await, first, "the same link again");
        let other = s.link(lin, None).await;
        assert_ne!(other, first);
        let make = async |by, kind, thing| {
            let x = CreateShareLink { community: s.v.c, by, kind, thing, visitor: None };
            said(s.v.house.app.create_share_link(s.v.house.now(), x).await)
        };
        let lobby = s.v.lobby.raw();
        for (by, kind, thing, want) in [
            (mei, Shown::Group, lobby, "ok"),
            (mei, Shown::Product, lobby, "no_such_thing"),
            (mei, Shown::Post, 77, "no_such_thing"),
            (mei, Shown::Campaign, 77, "no_such_thing"),
            (Id::of(77), Shown::Group, lobby, "not_a_member"),
        ] {
            assert_eq!(make(by, kind, thing).await, want, "{kind:?}");
        }
        // the same form sent many times at once
        let many: Vec<_> = (0..8)
            .map(|_| {
                let (app, now, c) = (s.v.house.app.clone(), s.v.house.now(), s.v.c);
                let by = s.v.owner;
                let x = CreateShareLink {
                    community: c,
                    by,
                    kind: Shown::Group,
                    thing: lobby,
                    visitor: None,
                };
                tokio::spawn(async move { app.create_share_link(now, x).await })
            })
            .collect();
        let mut codes = std::collections::BTreeSet::new();
        for one in many {
            match one.await.expect("no panic") {
                Ok(code) => drop(codes.insert(code)),
                Err(Stop::Refused(Refused::Faster)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(codes.len(), 1);
        s.clean().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn visits_count_once_and_never_ones_own() {
    both(async |house: House| {
        let s = street(house).await;
        let (mei, lin) = (s.v.member("mei").await, s.v.member("lin").await);
        let link = s.link(mei, None).await;
        let (own, other) = (s.account_of(mei).await, s.account_of(lin).await);
        assert_eq!(s.open(link, 1, None).await, Counted::Yes);
        assert_eq!(s.open(link, 1, None).await, Counted::Before);
        s.v.house.pass(30 * MINUTE);
        assert_eq!(s.open(link, 1, None).await, Counted::Yes, "another visit of the same person");
        assert_eq!(s.open(link, 2, Some(own)).await, Counted::Own);
        assert_eq!(s.open(link, 3, Some(other)).await, Counted::Yes);
        let reach = s.v.house.app.reach_of(s.v.c, mei).await.expect("a look");
        assert_eq!(reach, Reach { visits: 2, joined: 0, orders: 0 }, "two people");
        // lin shows it on: through whose link it was found is kept
        let on = s.link(lin, Some(browser(3))).await;
        const PARENT: &str = "SELECT parent_id FROM share_link WHERE community_id = $1 AND id = $2";
        let parent = number(&s.v.house, PARENT, &[s.v.c.raw(), on.raw()]).await;
        assert_eq!(Id::of(parent), link);
        let mine = s.v.house.app.my_links(s.v.c, mei, None, 10).await.expect("links");
        assert_eq!((mine[0].shared_on, mine[0].title.as_str()), (1, "龙井"));
        let left = s.v.house.app.leave_community(s.v.house.now(), s.v.c, mei).await;
        left.expect("left");
        assert_eq!(s.open(link, 4, None).await, Counted::Ended);
        s.clean().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_link_before_joining_binds() {
    both(async |house: House| {
        let s = street(house).await;
        let (mei, lin) = (s.v.member("mei").await, s.v.member("lin").await);
        let (a, b) = (s.link(mei, None).await, s.link(lin, None).await);
        s.open(a, 1, None).await;
        s.v.house.pass(DAY);
        s.open(b, 1, None).await;
        let ann = s.join("ann", 1).await;
        assert_eq!(s.brought_by(ann).await, Some(mei), "first");
        let brought = number(
            &s.v.house,
            "SELECT brought_by FROM member WHERE community_id = $1 AND id = $2",
            &[s.v.c.raw(), ann.raw()],
        )
        .await;
        assert_eq!(brought, mei.raw());
        s.terms(Mode::RegisterOnly).await;
        s.open(a, 2, None).await;
        s.open(b, 2, None).await;
        let bo = s.join("bo", 2).await;
        assert_eq!(s.brought_by(bo).await, Some(lin), "the last one");
        // a link older than the cookie shows nobody the way
        s.open(a, 3, None).await;
        s.v.house.pass(31 * DAY);
        assert_eq!(s.brought_by(s.join("cy", 3).await).await, None);
        // mei's own second account, on the phone mei was seen with
        let own = s.account_of(mei).await;
        s.open(a, 4, Some(own)).await;
        s.open(b, 4, None).await;
        let dee = s.join("dee", 4).await;
        assert_eq!(s.brought_by(dee).await, None, "a shared device");
        let held = s.v.house.app.held_bindings(s.v.c).await.expect("held");
        assert_eq!(held.iter().map(|h| (h.member.0, h.by.0)).collect::<Vec<_>>(), [(dee, lin)]);
        let owner = s.v.house.app.owner_of(s.v.c).await.expect("a look").expect("an owner");
        let decide = async |who, member, bind| {
            let x = DecideHeld { who, member, bind };
            said(s.v.house.app.decide_held(s.v.house.now(), x).await)
        };
        let mei_who = s.v.house.app.who_of(s.v.c, own).await.expect("a look").expect("mei");
        for (who, member, bind, want) in [
            (mei_who, dee, true, "not_allowed"),
            (owner, mei, true, "no_such_case"),
            (owner, dee, true, "ok"),
            (owner, dee, false, "already_decided"),
        ] {
            assert_eq!(decide(who, member, bind).await, want);
        }
        assert_eq!(s.brought_by(dee).await, Some(lin), "people decided");
        s.open(a, 4, None).await;
        let eli = s.join("eli", 4).await;
        assert_eq!(decide(owner, eli, false).await, "ok");
        assert_eq!(s.brought_by(eli).await, None, "nobody brought eli");
        s.clean().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_takes_over_but_closes_no_circle() {
    both(async |house: House| {
        let s = street(house).await;
        s.terms(Mode::Override).await;
        let mut people = vec![s.v.member("m0").await];
        // a line of six, each brought by the one before
        for i in 1..6_u64 {
            let link = s.link(people[i as usize - 1], None).await;
            s.open(link, i, None).await;
            people.push(s.join(&format!("m{i}"), i).await);
        }
        let last = s.link(people[5], None).await;
        let top = s.account_of(people[0]).await;
        assert_eq!(s.open(last, 100, Some(top)).await, Counted::Yes);
        assert_eq!(s.brought_by(people[0]).await, None, "the top stays the top");
        let third = s.account_of(people[2]).await;
        s.open(last, 102, Some(third)).await;
        assert_eq!(s.brought_by(people[2]).await, Some(people[1]), "nor in the middle");
        let side = s.v.member("side").await;
        s.open(s.link(side, None).await, 102, Some(third)).await;
        assert_eq!(s.brought_by(people[2]).await, Some(side), "anybody else takes over");
        let history = s.v.house.app.bindings_of(s.v.c, people[2]).await.expect("bindings");
        assert_eq!(history.len(), 2);
        assert_eq!(history[1].until, Some(history[0].from), "one interval ends, one begins");
        // now the top is free to be brought by the third
        let link = s.link(people[2], None).await;
        s.open(link, 100, Some(top)).await;
        assert_eq!(s.brought_by(people[0]).await, Some(people[2]));
        s.clean().await;
        // two who open each other's link at the same moment
        let (x, y) = (s.v.member("x").await, s.v.member("y").await);
        let (of_x, of_y) = (s.link(x, None).await, s.link(y, None).await);
        let (ax, ay) = (s.account_of(x).await, s.account_of(y).await);
        let _ = tokio::join!(s.open(of_y, 201, Some(ax)), s.open(of_x, 202, Some(ay)));
        let both = (s.brought_by(x).await.is_some(), s.brought_by(y).await.is_some());
        assert!(both == (true, false) || both == (false, true), "{both:?}");
        s.clean().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_credited_when_it_is_placed() {
    both(async |house: House| {
        let s = street(house).await;
        let (mei, lin) = (s.v.member("mei").await, s.v.member("lin").await);
        let link = s.link(mei, None).await;
        s.open(link, 1, None).await;
        let ann = s.join("ann", 1).await;
        s.open(s.link(ann, None).await, 2, None).await;
        let bo = s.join("bo", 2).await;
        let account = s.account_of(bo).await;
        assert_eq!(s.credit(s.buy(bo).await).await, Some((ann, Some(mei), Source::Link)));
        assert_eq!(s.credit(s.buy(mei).await).await, None, "nobody showed mei the way");
        s.v.house.pass(8 * DAY);
        assert_eq!(s.credit(s.buy(bo).await).await, Some((ann, Some(mei), Source::Binding)));
        s.open(s.link(lin, None).await, 2, Some(account)).await;
        let by_link = s.buy(bo).await;
        assert_eq!(s.credit(by_link).await, Some((lin, None, Source::Link)));
        s.v.house.pass(7 * DAY);
        assert_eq!(s.credit(s.buy(bo).await).await, Some((lin, None, Source::Link)), "day seven");
        s.v.house.pass(1);
        assert_eq!(s.credit(s.buy(bo).await).await, Some((ann, Some(mei), Source::Binding)));
        // what was credited stays, whatever becomes of people
        let left = s.v.house.app.leave_community(s.v.house.now(), s.v.c, lin).await;
        left.expect("left");
        assert_eq!(s.credit(by_link).await, Some((lin, None, Source::Link)));
        // a year without a kept order: the binding is over
        s.v.house.pass(366 * DAY);
        assert_eq!(s.credit(s.buy(bo).await).await, None);
        const KEPT: &str = "UPDATE orders SET state = 'completed', ended_at = $3
            WHERE community_id = $1 AND id = $2";
        sql(&s.v.house, KEPT, p![s.v.c, by_link, s.v.house.now()]).await;
        s.v.house.pass(300 * DAY);
        let kept = s.credit(s.buy(bo).await).await;
        assert_eq!(kept.map(|c| (c.0, c.2)), Some((ann, Source::Binding)), "kept for a year");
        s.clean().await;
    })
    .await;
}

/// Each corruption is found by the check that is there for it.
#[tokio::test(flavor = "multi_thread")]
async fn the_audit_finds_what_does_not_fit() {
    both(async |house: House| {
        const BROKEN: [(&str, &str); 6] = [
            ("UPDATE binding SET by_id = 77", "is of the link's own member"),
            (
                "UPDATE attribution SET buyer_id = 77",
                "is credited to others than its buyer, two at most",
            ),
            ("UPDATE attribution SET member_id = 77", "others than its buyer"),
            ("UPDATE attribution SET source = 'binding'", "others than its buyer"),
            ("UPDATE attribution SET at = at - 1", "others than its buyer"),
            ("UPDATE share_link SET at = 0", "is younger than the one it came from"),
        ];
        let s = street(house).await;
        let mei = s.v.member("mei").await;
        s.open(s.link(mei, None).await, 1, None).await;
        s.v.house.pass(MINUTE);
        let ann = s.join("ann", 1).await;
        let on = s.link(ann, Some(browser(1))).await;
        s.open(on, 2, None).await;
        let bo = s.join("bo", 2).await;
        s.buy(ann).await;
        s.clean().await;
        let app = &s.v.house.app;
        let found = async |text: &'static str| {
            let look = move |tx: &mut app::db::Tx<'_>| -> Result<(), Stop<String>> {
                tx.exec(text, p![])?;
                let now = tx.now();
                let report = app::audit::look(tx, now, DAY)?;
                let broken = report.checks.iter().filter(|c| c.3 > 0);
                Err(Stop::Refused(broken.map(|c| c.1).collect::<Vec<_>>().join("; ")))
            };
            match app.database().write(s.v.house.now(), look).await {
                Err(Stop::Refused(said)) => said,
                other => panic!("{other:?}"),
            }
        };
        for (text, want) in BROKEN {
            // the one child gets a parent of tomorrow
            let text = if text.starts_with("UPDATE share_link") {
                "UPDATE share_link SET at = 0 WHERE parent_id IS NOT NULL"
            } else {
                text
            };
            let said = found(text).await;
            assert!(said.contains(want), "{text}: {said}");
        }
        // mei brought ann brought bo; now bo brought mei
        let circle = format!(
            "INSERT INTO binding (community_id, id, member_id, by_id, link_id, mode, from_at)
                SELECT community_id, 77, {}, {}, id, 'first', 0 FROM share_link LIMIT 1",
            mei.raw(),
            bo.raw()
        );
        let said = found(Box::leak(circle.into_boxed_str())).await;
        assert!(said.contains("nobody is brought by whom they brought"), "{said}");
        s.clean().await;
    })
    .await;
}
