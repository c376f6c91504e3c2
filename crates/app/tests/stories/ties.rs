//! Who knows whom: friends' reviews come first, consent is asked and taken back at once.
use crate::audit::{Life, shown};
use crate::group_buy::code;
use app::community::who::Who;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use app::trust::follow_member::{FollowMember, Refused};
use app::trust::views::Filter;
use app::trust::write_review::WriteReview;
use rules::base::{Id, id};
use rules::ledger::Provider;
use rules::trust::tie::{Consent, Near};
use testkit::{House, both, order};

struct Street {
    life: Life,
}

impl Street {
    async fn begin(house: House) -> Street {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        Street { life }
    }
    async fn person(&mut self, n: i64) -> Who {
        self.life.newcomer(n).await
    }
    async fn follow(&self, by: Who, other: Id<id::Member>, follow: bool) -> &'static str {
        let cmd = FollowMember { community: by.community, by: by.member, other, follow };
        code(self.life.house.app.follow_member(self.life.house.now(), cmd).await)
    }
    async fn friends(&self, a: Who, b: Who) {
        assert_eq!(self.follow(a, b.member, true).await, "ok");
        assert_eq!(self.follow(b, a.member, true).await, "ok");
    }
    /// Buys one, receives it and, if there are stars, says how it was.
    async fn bought(&self, who: Who, stars: Option<i64>, anonymous: bool) {
        let (app, now) = (&self.life.house.app, self.life.house.now());
        let word = str::to_owned;
        let (order, payment) = (app.mint(now), app.mint(now));
        let place = order::delivered(who, order, vec![(self.life.id("v1"), 1)]);
        app.place_order(now, place).await.expect("an order");
        let start = StartPayment { who, id: payment, order, provider: Provider::Sandbox };
        app.start_payment(now, start).await.expect("an attempt");
        app.sandbox_pay(now, who.community, payment, true).await.expect("paid");
        let (parcel, carrier, tracking) = (app.mint(now), word("SF"), word("1"));
        let staff = self.life.who;
        let ship = ShipOrder { who: staff, parcel, order, lines: vec![], carrier, tracking };
        app.ship_order(now, ship).await.expect("a parcel");
        app.confirm_receipt(now, who, order).await.expect("received");
        let Some(stars) = stars else { return };
        let line = app.order_page(who.community, order).await.expect("a read").expect("an order");
        let review = WriteReview {
            community: who.community,
            by: who.member,
            id: app.mint(now),
            line: line.row.lines[0].id,
            stars: Some(stars),
            text: format!("by {}", who.member.raw()),
            pictures: Vec::new(),
            anonymous,
            imported: false,
        };
        app.write_review(now, review).await.expect("a review");
    }
    /// The reviews as a reader sees them: whose, and how near.
    async fn reads(&self, who: Option<Who>) -> String {
        let (c, product) = (self.life.who.community, self.life.id("shirt"));
        let reader = who.map(|w| w.member);
        let list = self.life.house.app.reviews(c, product, reader, Filter::Helpful, None).await;
        let rows = list.expect("a list").rows;
        let say = |r: &app::trust::views::ReviewRow| match r.near {
            Near::Stranger => r.text.clone(),
            near => format!("{} ({})", r.text, near.code()),
        };
        rows.iter().map(say).collect::<Vec<_>>().join(", ")
    }
    async fn known(&self, who: Who) -> (usize, Option<i64>) {
        let (c, product) = (self.life.who.community, self.life.id("shirt"));
        let v = self.life.house.app.vouched(c, product, who.member).await.expect("a look");
        (v.friends.len(), v.gave.map(|g| g.2))
    }
    async fn agree(&self, who: Who, given: bool) {
        let (app, now) = (&self.life.house.app, self.life.house.now());
        let set = app.give_consent(now, who.community, who.member, Consent::Purchases, given);
        set.await.expect("a consent");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_see_the_nearest_reviews_first() {
    both(async |house: House| {
        let mut s = Street::begin(house).await;
        let [ann, ben, cid, dan, eve] = [1, 2, 3, 4, 5].map(|n| 5000 + n);
        let (ann, ben) = (s.person(ann).await, s.person(ben).await);
        let (cid, dan, eve) = (s.person(cid).await, s.person(dan).await, s.person(eve).await);
        s.friends(ann, ben).await;
        s.friends(ben, cid).await;
        // following one way makes no friend
        assert_eq!(s.follow(ann, dan.member, true).await, "ok");
        for who in [ben, cid, dan] {
            s.bought(who, Some(4), false).await;
        }
        // eve and ann are friends, but the review is anonymous
        s.friends(ann, eve).await;
        s.bought(eve, Some(1), true).await;
        let ann_reads = "by 5002 (friend), by 5003 (friend_of_friend), by 5005, by 5004";
        assert_eq!(s.reads(Some(ann)).await, ann_reads);
        let ben_reads = "by 5002 (own), by 5003 (friend), by 5005, by 5004";
        assert_eq!(s.reads(Some(ben)).await, ben_reads);
        let dan_reads = "by 5004 (own), by 5005, by 5003, by 5002";
        assert_eq!(s.reads(Some(dan)).await, dan_reads);
        assert_eq!(s.reads(None).await, "by 5005, by 5004, by 5003, by 5002");
        // who stops following is a stranger again
        assert_eq!(s.follow(ann, ben.member, false).await, "ok");
        assert_eq!(s.reads(Some(ann)).await, "by 5005, by 5004, by 5003, by 5002");
        let report = s.life.house.app.audit(s.life.house.now()).await.expect("an audit");
        assert!(report.clean(), "{}", shown(&report));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_shown_with_consent_only() {
    both(async |house: House| {
        let mut s = Street::begin(house).await;
        let (ann, ben, cid) = (s.person(6001).await, s.person(6002).await, s.person(6003).await);
        s.friends(ann, ben).await;
        s.bought(ben, Some(5), false).await;
        s.bought(cid, Some(5), false).await;
        assert_eq!(s.known(ann).await, (0, None), "nobody was asked");
        s.agree(ben, true).await;
        s.agree(cid, true).await;
        assert_eq!(s.known(ann).await, (1, Some(5)), "a friend, not a stranger");
        assert_eq!(s.known(cid).await, (0, None));
        s.agree(ben, false).await;
        assert_eq!(s.known(ann).await, (0, None), "taken back at once");
        s.agree(ben, true).await;
        assert_eq!(s.follow(ben, ann.member, false).await, "ok");
        assert_eq!(s.known(ann).await, (0, Some(5)), "no friend any more, but followed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn following_is_a_state_and_not_a_switch() {
    both(async |house: House| {
        let mut s = Street::begin(house).await;
        let (ann, ben) = (s.person(7001).await, s.person(7002).await);
        for _ in 0..3 {
            assert_eq!(s.follow(ann, ben.member, true).await, "ok");
        }
        let (c, app) = (s.life.who.community, &s.life.house.app);
        let standing = app.standing(c, ben.member, Some(ann.member)).await.expect("a look");
        assert_eq!((standing.followers, standing.followed, standing.follows_me), (1, true, false));
        assert_eq!(app.unread(c, ben.member).await.expect("a badge").community, 1, "told once");
        assert_eq!(s.follow(ann, ann.member, true).await, "oneself");
        assert_eq!(s.follow(ann, Id::of(99), true).await, "no_such_member");
        let mut gone = ann;
        gone.member = Id::of(98);
        assert_eq!(s.follow(gone, ben.member, true).await, "not_a_member");
        assert_eq!(Refused::TooMany as i32, 3, "the last in precedence");
        // both at once: however they meet, they are friends
        for round in 0..10 {
            let (a, b) = (s.person(7100 + round).await, s.person(7200 + round).await);
            let both = futures_util::future::join(
                s.follow(a, b.member, true),
                s.follow(b, a.member, true),
            );
            assert_eq!(both.await, ("ok", "ok"));
            let app = &s.life.house.app;
            let to = app.standing(c, b.member, Some(a.member)).await.expect("a look");
            assert!(to.followed && to.follows_me);
        }
    })
    .await;
}
