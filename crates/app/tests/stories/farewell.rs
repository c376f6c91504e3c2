//! After a member is muted, leaves, is banned or closes the account: their reviews, what they had
//! read, their orders and their money.
use crate::community::{Village, village};
use crate::content_cast::{number, said, sql};
use app::community::ban_member::BanMember;
use app::community::mute_member::MuteMember;
use app::community::post_message::PostMessage;
use app::community::who::Who;
use app::p;
use app::sale::capture::{Capture, Taken};
use app::sale::place_order::{PlaceOrder, To};
use app::sale::refund_order::RefundOrder;
use app::sale::save_product::SaveProduct;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use app::trust::follow_up::FollowUp;
use app::trust::views::Filter;
use app::trust::write_review::WriteReview;
use gateway::mail::Mail;
use gateway::payments::Outcome;
use rules::base::moment::{DAY, HOUR, MINUTE};
use rules::base::{Id, id};
use rules::ledger::Provider;
use rules::sale::address::Address;
use rules::sale::price::Shipping;
use rules::sale::product::{Kind, NewProduct, NewVariant, Returns, State};
use testkit::{both, order};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Muted,
    Left,
    Banned,
    Closed,
}

/// A buyer in the middle of things: an order received and reviewed, one half refunded at a
/// provider that does not answer, one on its way, one unpaid, and a chat read to its second line.
struct Life {
    v: Village,
    mei: Who,
    tea: Id<id::Product>,
    variant: Id<id::Variant>,
    review: Id<id::Review>,
    /// A line that was received and not reviewed.
    other: Id<id::Line>,
    refunded: Id<id::Order>,
    shipped: Id<id::Order>,
    unpaid: Id<id::Order>,
}

async fn life(house: testkit::House) -> Life {
    let v = village(house).await;
    let mei = v.in_lobby("mei").await;
    let of = async |m: Id<id::Member>| {
        const ACCOUNT: &str = "SELECT account_id FROM member WHERE community_id = $1 AND id = $2";
        let account = number(&v.house, ACCOUNT, &[v.c.raw(), m.raw()]).await;
        let found = v.house.app.who_of(v.c, Id::of(account)).await;
        found.expect("a look").expect("a member")
    };
    let (owner, mei) = (of(v.owner).await, of(mei).await);
    let (app, now) = (&v.house.app, v.house.now());
    let shipping = Shipping { fee: 500, free_from: 0 };
    app.set_shop(now, owner, shipping, String::new()).await.expect("a shop");
    let save = SaveProduct {
        who: owner,
        id: app.mint(now),
        version: None,
        product: tea(),
        pictures: None,
    };
    let tea = app.save_product(now, save).await.expect("tea");
    let page = app.product(v.c, tea, false).await.expect("a look").expect("tea");
    let none = Id::of(0);
    let mut life = Life {
        v,
        mei,
        tea,
        variant: page.variants[0].id,
        review: Id::of(0),
        other: Id::of(0),
        refunded: none,
        shipped: none,
        unpaid: none,
    };
    let received = life.bought().await;
    life.ship(owner, received).await;
    let got = life.v.house.app.confirm_receipt(now, mei, received);
    got.await.expect("received");
    let lines = life.lines(received).await;
    life.other = lines[1];
    life.review = life.reviews(lines[0], "很香").await.expect("a review");
    life.shipped = life.bought().await;
    life.ship(owner, life.shipped).await;
    life.refunded = life.bought().await;
    life.v.house.app.gateway.payments.misbehave([Outcome::Unknown]);
    let refund = RefundOrder {
        who: owner,
        id: life.v.house.app.mint(now),
        order: life.refunded,
        lines: vec![(life.lines(life.refunded).await[0], 2)],
        shipping: false,
        restock: true,
        reason: "碎了".into(),
    };
    life.v.house.app.refund_order(now, refund).await.expect("a refund");
    life.work().await; // the provider's answer is unknown
    life.unpaid = life.place().await;
    for text in ["一", "二"] {
        life.says(text).await;
    }
    life.v
        .house
        .app
        .set_read(now, life.v.c, mei.member, life.v.lobby, life.newest().await)
        .await
        .expect("read");
    life.says("三").await;
    life
}

fn tea() -> NewProduct {
    let variant = |sku: &str| NewVariant {
        sku: sku.into(),
        choices: vec![sku.into()],
        price: 1000,
        stock: 100,
        weight: 0,
        barcode: String::new(),
    };
    NewProduct {
        handle: "tea".into(),
        title: "龙井".into(),
        brief: String::new(),
        story: String::new(),
        brand: String::new(),
        parent_category: String::new(),
        category: String::new(),
        tags: Vec::new(),
        look: "tea".into(),
        kind: Kind::Goods,
        state: State::Listed,
        returns: Returns::NoReason,
        options: vec!["size".into()],
        variants: vec![variant("big"), variant("small")],
    }
}

impl Life {
    async fn place(&self) -> Id<id::Order> {
        let (app, now) = (&self.v.house.app, self.v.house.now());
        let word = str::to_string;
        let (recipient, phone) = (word("梅"), word("19000000001"));
        let to = Address {
            recipient,
            phone,
            region: word("上海市 黄浦区"),
            street: word("桃园里 3 号"),
        };
        let page = app.product(self.v.c, self.tea, false).await.expect("a look").expect("tea");
        let id = app.mint(now);
        let lines = page.variants.iter().map(|v| (v.id, 2)).collect();
        let plain = order::delivered(self.mei, id, lines);
        let place = PlaceOrder { to: To::Ship(to), note: "放门口".into(), ..plain };
        app.place_order(now, place).await.expect("an order");
        id
    }
    async fn bought(&self) -> Id<id::Order> {
        let order = self.place().await;
        let (app, now, who) = (&self.v.house.app, self.v.house.now(), self.mei);
        let payment = app.mint(now);
        let start = StartPayment { who, id: payment, order, provider: Provider::Sandbox };
        let amount = app.start_payment(now, start).await.expect("an attempt");
        let (reference, spare) = (format!("ref{}", order.raw()), app.mint(now));
        let community = self.v.c;
        let money = Capture { community, payment, reference, amount, currency_fits: true, spare };
        assert_eq!(app.take_payment(now, money).await.expect("money"), Taken::Captured);
        order
    }
    async fn ship(&self, owner: Who, order: Id<id::Order>) {
        let (app, now) = (&self.v.house.app, self.v.house.now());
        let (carrier, tracking) = ("SF".into(), "1".into());
        let parcel = app.mint(now);
        let ship = ShipOrder { who: owner, parcel, order, lines: vec![], carrier, tracking };
        app.ship_order(now, ship).await.expect("a parcel");
    }
    async fn lines(&self, order: Id<id::Order>) -> Vec<Id<id::Line>> {
        let page = self.v.house.app.order_page(self.v.c, order).await.expect("a look");
        page.expect("the order").row.lines.iter().map(|l| l.id).collect()
    }
    async fn reviews(
        &self,
        line: Id<id::Line>,
        text: &str,
    ) -> Result<Id<id::Review>, app::Stop<app::trust::write_review::Refused>> {
        let now = self.v.house.now();
        let review = WriteReview {
            community: self.v.c,
            by: self.mei.member,
            id: self.v.house.app.mint(now),
            line,
            stars: Some(4),
            text: text.into(),
            pictures: Vec::new(),
            anonymous: false,
            imported: false,
        };
        self.v.house.app.write_review(now, review).await
    }
    async fn follows(&self) -> String {
        let follow = FollowUp {
            community: self.v.c,
            by: self.mei.member,
            review: self.review,
            text: "还是很香".into(),
            pictures: Vec::new(),
        };
        said(self.v.house.app.follow_up(self.v.house.now(), follow).await)
    }
    async fn says(&self, text: &str) {
        let now = self.v.house.now();
        let line = PostMessage {
            community: self.v.c,
            member: self.v.owner,
            group: self.v.lobby,
            id: self.v.house.app.mint(now),
            text: text.into(),
            reply_to: None,
            product: None,
        };
        self.v.house.app.post_message(now, line).await.expect("said");
    }
    async fn newest(&self) -> i64 {
        const NEWEST: &str = "SELECT max(seq) FROM message WHERE community_id = $1";
        number(&self.v.house, NEWEST, &[self.v.c.raw()]).await
    }
    async fn unread(&self) -> Option<i64> {
        let mine = self.v.house.app.my_groups(self.v.c, self.mei.member).await.expect("groups");
        mine.first().map(|g| g.unread)
    }
    async fn work(&self) {
        while self.v.house.app.work(self.v.house.now(), 1).await.expect("work") > 0 {}
    }
    async fn ends(&self, end: End) {
        let (app, now, c) = (&self.v.house.app, self.v.house.now(), self.v.c);
        let (by, member) = (self.v.owner, self.mei.member);
        let reason = || "吵".to_string();
        match end {
            End::Muted => {
                let until = Some(now.plus_days(60));
                let mute = MuteMember { community: c, by, member, until, reason: reason() };
                app.mute_member(now, mute).await.expect("muted");
            }
            End::Left => app.leave_community(now, c, member).await.expect("left"),
            End::Banned => {
                let ban = BanMember { community: c, by, member, banned: true, reason: reason() };
                app.ban_member(now, ban).await.expect("banned");
            }
            End::Closed => app.close_account(now, self.mei.account).await.expect("closed"),
        }
    }
    async fn review_is(&self, end: End) {
        let app = &self.v.house.app;
        let list = app.reviews(self.v.c, self.tea, None, Filter::Newest, None).await;
        let rows = list.expect("a list").rows;
        let shown = (rows.len(), rows[0].stars, rows[0].text.as_str());
        let name = rows[0].by.as_ref().map(|b| b.name.as_str());
        match end {
            End::Closed => assert_eq!((shown, name), ((1, Some(4), ""), None)),
            _ => assert_eq!((shown, name), ((1, Some(4), "很香"), Some("mei")), "{end:?}"),
        }
        let stars = app.histogram(self.v.c, self.tea).await.expect("figures");
        assert_eq!((stars.count, stars.sum), (1, 4), "{end:?}: the stars go on counting");
        let no = if end == End::Muted { "muted" } else { "not_a_member" };
        assert_eq!(said(self.reviews(self.other, "再来").await), no, "{end:?}");
        assert_eq!(self.follows().await, no, "{end:?}");
    }
    async fn reading_is(&self, end: End) {
        let (app, now) = (&self.v.house.app, self.v.house.now());
        let (c, lobby, member) = (self.v.c, self.v.lobby, self.mei.member);
        let in_room = if end == End::Muted { 2 } else { 1 };
        assert_eq!(self.v.members_of(lobby).await, in_room, "{end:?}");
        // who is muted reads on; who is gone has no place that could move
        app.set_read(now, c, member, lobby, self.newest().await).await.expect("no refusal");
        assert_eq!(self.unread().await, (end == End::Muted).then_some(0), "{end:?}");
        self.says("四").await;
        if end == End::Left {
            let again = self.v.joining(self.mei.account, "mei");
            assert_eq!(app.join_community(now, again).await.expect("back"), member);
            app.join_group(now, self.v.knock(member, lobby)).await.expect("back");
            let arrival = "the house tells of her coming; what was said meanwhile is not unread";
            assert_eq!(self.unread().await, Some(1), "{arrival}");
            self.says("五").await;
            app.leave_community(now, c, member).await.expect("left again");
        }
    }
    /// Everything that was running runs to its end.
    async fn money_is(&self, end: End) {
        let (house, app) = (&self.v.house, &self.v.house.app);
        let state = async |order: Id<id::Order>| {
            let page = app.order_page(self.v.c, order).await.expect("a look").expect("there");
            (page.row.state.code(), page.row.refunded)
        };
        let to = async |order: Id<id::Order>| {
            const TO: &str = "SELECT CAST(length(recipient) + length(phone) + length(region)
                + length(street) + length(note) AS bigint) FROM orders
                WHERE community_id = $1 AND id = $2";
            number(house, TO, &[self.v.c.raw(), order.raw()]).await > 0
        };
        assert!(to(self.shipped).await, "{end:?}: goods on their way know where to");
        house.pass(16 * MINUTE);
        self.work().await;
        assert_eq!(state(self.unpaid).await, ("closed_unpaid", 0), "{end:?}");
        house.pass(HOUR);
        self.work().await;
        assert_eq!(state(self.refunded).await.1, 2000, "{end:?}");
        const SETTLED: &str = "SELECT count(*) FROM refund WHERE community_id = $1
            AND state = 'settled' AND amount = 2000";
        assert_eq!(number(house, SETTLED, &[self.v.c.raw()]).await, 1, "{end:?}");
        house.pass(11 * DAY);
        self.work().await;
        house.pass(30 * DAY);
        self.work().await;
        assert_eq!(state(self.shipped).await, ("completed", 0), "{end:?}");
        for order in [self.shipped, self.unpaid] {
            assert_eq!(to(order).await, end != End::Closed, "{end:?}: where it went");
        }
        const LEFT: &str = "SELECT (SELECT count(*) FROM address WHERE member_id = $1)
            + (SELECT count(*) FROM cart_line WHERE member_id = $1)";
        let left = number(house, LEFT, &[self.mei.member.raw()]).await;
        assert_eq!(left, if end == End::Closed { 0 } else { 2 }, "{end:?}: address and cart");
        let waiting = app.waiting_jobs(house.now()).await.expect("figures");
        assert_eq!((waiting.due, waiting.gave_up), (0, 0), "{end:?}");
        app.seal(house.now()).await.expect("a seal");
        let report = app.audit(house.now()).await.expect("an audit");
        assert!(report.clean(), "{end:?} {:?}: {:#?}", house.on, report.findings);
    }
    /// The letter and the notice of the refund.
    async fn hears_of_the_refund(&self, end: End) {
        const TOLD: &str = "SELECT count(*) FROM notice WHERE community_id = $1
            AND member_id = $2 AND kind = 'order_refunded'";
        let told = number(&self.v.house, TOLD, &[self.v.c.raw(), self.mei.member.raw()]).await;
        let Mail::Kept(letters) = &self.v.house.app.gateway.mail else { panic!("kept letters") };
        let letters = letters.lock().expect("a list").clone();
        let mailed =
            letters.iter().filter(|l| l.to.starts_with("xmei") && l.text.contains("20.00"));
        let once = if end == End::Closed { 0 } else { 1 };
        assert_eq!((told, mailed.count() as i64), (once, once), "{end:?}: {letters:#?}");
    }
}

async fn story(house: testkit::House, end: End) {
    let life = life(house).await;
    let cart = "INSERT INTO cart_line (community_id, member_id, variant_id, qty, added_at)
        VALUES ($1,$2,$3,1,0)";
    sql(&life.v.house, cart, p![life.v.c, life.mei.member, life.variant]).await;
    assert_eq!(life.unread().await, Some(1));
    life.ends(end).await;
    life.review_is(end).await;
    life.reading_is(end).await;
    life.money_is(end).await;
    life.hears_of_the_refund(end).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn muted() {
    both(async |house| story(house, End::Muted).await).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn left() {
    both(async |house| story(house, End::Left).await).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn banned() {
    both(async |house| story(house, End::Banned).await).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn closed() {
    both(async |house| story(house, End::Closed).await).await;
}
