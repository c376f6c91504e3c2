//! Coupons: claimed within their limits, reserved with an order, given back once, split to
//! the cent.
use crate::audit::{Life, number, shown};
use crate::group_buy::code;
use app::community::who::Who;
use app::loyalty::claim_coupon::{ClaimCoupon, Which};
use app::loyalty::open_coupon::OpenCoupon;
use app::sale::place_order::PlaceOrder;
use app::sale::start_payment::StartPayment;
use rules::base::moment::{DAY, MINUTE};
use rules::base::{Id, id};
use rules::ledger::Provider;
use rules::loyalty::coupon::{ClaimState, Kind, Scope, Terms};
use testkit::{House, both, order};

pub fn terms(life: &Life) -> Terms {
    Terms {
        name: "Spring".into(),
        kind: Kind::Amount,
        value: 500,
        cap: 0,
        threshold: 1500,
        scope: Scope::All,
        code: String::new(),
        days: 14,
        most: 0,
        per_member: 2,
        budget: 0,
        ends: life.house.now().plus(30 * DAY),
    }
}

impl Life {
    pub async fn coupon(
        &mut self,
        name: &str,
        terms: Terms,
        scope_id: Option<i64>,
    ) -> &'static str {
        let open = OpenCoupon { who: self.who, id: self.mint(name), terms, scope_id };
        code(self.house.app.open_coupon(self.house.now(), open).await)
    }
    pub async fn claim(&mut self, name: &str, by: Who, coupon: &str) -> &'static str {
        let (id, which) = (self.mint(name), Which::Listed(self.id(coupon)));
        let claim = ClaimCoupon { community: by.community, by: by.member, id, which };
        let now = self.house.now();
        let first = code(self.house.app.claim_coupon(now, claim.clone()).await);
        if first == "ok" {
            assert_eq!(code(self.house.app.claim_coupon(now, claim).await), "ok", "twice is once");
        }
        first
    }
    pub fn with_coupon(
        &mut self,
        name: &str,
        who: Who,
        lines: &[(&str, i64)],
        claim: &str,
    ) -> PlaceOrder {
        let plain = order::delivered(who, self.mint(name), self.units(lines));
        PlaceOrder { coupon: Some(self.id(claim)), ..plain }
    }
    pub async fn bought_with(
        &mut self,
        name: &str,
        who: Who,
        lines: &[(&str, i64)],
        claim: &str,
    ) -> i64 {
        let place = self.with_coupon(name, who, lines, claim);
        let order = place.id;
        let now = self.house.now();
        let placed = self.house.app.place_order(now, place).await.expect("an order");
        let id: Id<id::Payment> = self.mint(&format!("{name}_pay"));
        let start = StartPayment { who, id, order, provider: Provider::Sandbox };
        self.house.app.start_payment(now, start).await.expect("an attempt");
        self.house.app.sandbox_pay(now, who.community, id, true).await.expect("paid");
        placed.total
    }
    pub async fn claim_state(&self, who: Who, claim: &str) -> (ClaimState, i64) {
        let list = self.house.app.my_coupons(who.community, who.member).await.expect("a list");
        let found = list.iter().find(|x| x.id == self.id(claim)).expect("the claim");
        (found.state, found.discount)
    }
    /// For the audit: one coupon used, one held by an unpaid order.
    pub async fn cheaper(&mut self) {
        let who = self.newcomer(4000).await;
        assert_eq!(self.coupon("coupon", terms(self), None).await, "ok");
        assert_eq!(self.claim("claim_used", who, "coupon").await, "ok");
        assert_eq!(self.claim("claim_held", who, "coupon").await, "ok");
        self.bought_with("with_used", who, &[("v1", 2)], "claim_used").await;
        let place = self.with_coupon("with_held", who, &[("v1", 2)], "claim_held");
        self.house.app.place_order(self.house.now(), place).await.expect("an order");
    }
    async fn audited(&self) {
        let report = self.house.app.audit(self.house.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", self.house.on, shown(&report));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_split_over_the_lines_and_refunds_keep_to_it() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let who = life.newcomer(1000).await;
        assert_eq!(life.coupon("coupon", terms(&life), None).await, "ok");
        assert_eq!(life.claim("mine", who, "coupon").await, "ok");
        // 2 x 10.00 and 1 x 2.50 less 5.00: 4.44 and 0.56, then 5.00 for delivery
        let total = life.bought_with("one", who, &[("v1", 2), ("v2", 1)], "mine").await;
        assert_eq!(total, 2250 - 500 + 500);
        assert_eq!(life.claim_state(who, "mine").await, (ClaimState::Used, 500));
        let order: Id<id::Order> = life.id("one");
        let sql = format!(
            "SELECT CAST(sum(discount) AS bigint) FROM order_line WHERE order_id = {}",
            order.raw()
        );
        assert_eq!(number(&life.house, sql).await, 500);
        let page = life.house.app.order_page(who.community, order).await.expect("a read");
        let lines = page.expect("an order").row.lines;
        assert_eq!(lines.iter().map(|l| l.amount).collect::<Vec<_>>(), [1556, 194]);
        life.audited().await;
        // one of two units: half of what was paid for the line, not of its price
        for (n, want) in [(1, 778), (2, 778)] {
            let refund = app::sale::refund_order::RefundOrder {
                who: life.who,
                id: life.mint(&format!("ref{n}")),
                order,
                lines: vec![(lines[0].id, 1)],
                shipping: false,
                restock: true,
                reason: String::new(),
            };
            let back = life.house.app.refund_order(life.house.now(), refund).await;
            assert_eq!(back.expect("a refund"), want);
        }
        life.work().await;
        life.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_order_gives_its_coupon_back_once() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let who = life.newcomer(1000).await;
        let limited = Terms { budget: 800, ..terms(&life) };
        assert_eq!(life.coupon("coupon", limited, None).await, "ok");
        assert_eq!(life.claim("a", who, "coupon").await, "ok");
        assert_eq!(life.claim("b", who, "coupon").await, "ok");
        assert_eq!(life.claim("c", who, "coupon").await, "enough_coupons");
        let place = life.with_coupon("one", who, &[("v1", 2)], "a");
        let app = life.house.app.clone();
        app.place_order(life.house.now(), place.clone()).await.expect("an order");
        app.place_order(life.house.now(), place).await.expect("the same answer");
        assert_eq!(life.claim_state(who, "a").await, (ClaimState::Held, 500));
        let again = life.with_coupon("two", who, &[("v1", 2)], "a");
        assert_eq!(code(app.place_order(life.house.now(), again).await), "no_such_coupon");
        let other = life.with_coupon("three", who, &[("v1", 2)], "b");
        assert_eq!(code(app.place_order(life.house.now(), other).await), "coupon_budget_spent");
        life.audited().await;
        life.house.pass(16 * MINUTE);
        life.work().await;
        assert_eq!(life.claim_state(who, "a").await, (ClaimState::Claimed, 0));
        assert_eq!(life.bought_with("four", who, &[("v1", 2)], "b").await, 2000);
        life.audited().await;
        life.house.pass(15 * DAY);
        let late = life.with_coupon("five", who, &[("v1", 2)], "a");
        assert_eq!(code(app.place_order(life.house.now(), late).await), "coupon_expired");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_for_what_it_says() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let who = life.newcomer(1000).await;
        let open = terms(&life);
        let product = Some(life.id::<id::Product>("gift").raw());
        let of_gift = Terms { scope: Scope::Product, threshold: 0, ..open.clone() };
        assert_eq!(life.coupon("gift_only", of_gift.clone(), None).await, "no_such_thing");
        assert_eq!(life.coupon("gift_only", of_gift, product).await, "ok");
        let first = Terms { scope: Scope::FirstOrder, code: "hello".into(), ..open.clone() };
        assert_eq!(life.coupon("first", first.clone(), None).await, "ok");
        assert_eq!(life.coupon("second", first, None).await, "code_taken");
        let bad = Terms { value: 0, ..open };
        assert_eq!(life.coupon("bad", bad, None).await, "bad_value");
        assert_eq!(life.claim("mine", who, "gift_only").await, "ok");
        assert_eq!(life.claim("by_list", who, "first").await, "no_such_coupon", "it has a code");
        let typed = ClaimCoupon {
            community: who.community,
            by: who.member,
            id: life.mint("typed"),
            which: Which::Code(" Hello ".into()),
        };
        let app = life.house.app.clone();
        assert_eq!(code(app.claim_coupon(life.house.now(), typed).await), "ok");
        let place = life.with_coupon("one", who, &[("v1", 2)], "mine");
        assert_eq!(code(app.place_order(life.house.now(), place).await), "coupon_not_for_these");
        let small = life.with_coupon("two", who, &[("v1", 1)], "typed");
        assert_eq!(code(app.place_order(life.house.now(), small).await), "below_coupon_threshold");
        assert_eq!(life.bought_with("three", who, &[("v1", 2)], "typed").await, 2000);
        let other = life.newcomer(1001).await;
        let stolen = life.with_coupon("four", other, &[("v1", 2)], "typed");
        assert_eq!(code(app.place_order(life.house.now(), stolen).await), "no_such_coupon");
        life.audited().await;
    })
    .await;
}

/// Two hundred people want ten coupons, some of them twice in the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn no_more_are_claimed_than_there_are() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let few = Terms { most: 10, per_member: 1, ..terms(&life) };
        assert_eq!(life.coupon("coupon", few, None).await, "ok");
        let mut people = Vec::new();
        for n in 0..100 {
            people.push(life.newcomer(1000 + n).await);
        }
        let coupon = life.id("coupon");
        let mut tasks = Vec::new();
        for who in people.iter().chain(&people) {
            let (app, now, by) = (life.house.app.clone(), life.house.now(), who.member);
            let (id, which) = (app.mint(now), Which::Listed(coupon));
            let claim = ClaimCoupon { community: who.community, by, id, which };
            tasks.push(tokio::spawn(async move { code(app.claim_coupon(now, claim).await) }));
        }
        let mut ok = 0;
        for task in tasks {
            match task.await.expect("no panic") {
                "ok" => ok += 1,
                "all_coupons_gone" | "enough_coupons" => {}
                odd => panic!("{odd}"),
            }
        }
        assert_eq!(ok, 10);
        life.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_returns_once_when_its_order_is_given_back_whole() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let who = life.newcomer(1000).await;
        // the budget is for one order: what returns can be used again
        let once = Terms { budget: 500, ..terms(&life) };
        assert_eq!(life.coupon("coupon", once, None).await, "ok");
        assert_eq!(life.claim("mine", who, "coupon").await, "ok");
        life.bought_with("one", who, &[("v1", 2)], "mine").await;
        life.units_back("one", 1).await;
        assert_eq!(life.claim_state(who, "mine").await, (ClaimState::Used, 500), "a part");
        life.audited().await;
        life.units_back("one", 1).await;
        assert_eq!(life.claim_state(who, "mine").await, (ClaimState::Claimed, 0), "the rest");
        life.audited().await;
        life.bought_with("two", who, &[("v1", 2)], "mine").await;
        assert_eq!(life.claim_state(who, "mine").await, (ClaimState::Used, 500), "again");
        life.audited().await;
        life.house.pass(15 * DAY);
        life.units_back("two", 2).await;
        assert_eq!(life.claim_state(who, "mine").await, (ClaimState::Used, 500), "it had ended");
        life.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_returns_when_its_buyer_cancels() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let who = life.newcomer(1000).await;
        assert_eq!(life.coupon("coupon", terms(&life), None).await, "ok");
        assert_eq!(life.claim("mine", who, "coupon").await, "ok");
        life.bought_with("one", who, &[("v1", 2)], "mine").await;
        life.cancel("one").await;
        assert_eq!(life.claim_state(who, "mine").await, (ClaimState::Claimed, 0));
        life.audited().await;
    })
    .await;
}
