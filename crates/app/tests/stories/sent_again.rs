//! Sent again under its number: the same order or refund is answered as before, another order is
//! refused, and nothing happens twice.
use crate::audit::{Life, number};
use crate::chain::List;
use crate::coupons::terms;
use crate::group_buy::{Market, code};
use app::App;
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, To};
use app::sale::refund_order::RefundOrder;
use app::sale::seats::SeatWish;
use app::sale::start_payment::StartPayment;
use rules::base::moment::MINUTE;
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::loyalty::coupon::Terms;
use rules::sale::group_buy::Late;
use testkit::{House, both};

const OTHER: &str = "id_used_for_another_order";

async fn check(
    (app, now): (&App, Moment),
    placed: &PlaceOrder,
    but: &str,
    change: impl Fn(&mut PlaceOrder),
    want: &str,
) {
    let mut again = placed.clone();
    change(&mut again);
    assert_eq!(code(app.place_order(now, again).await), want, "the same but {but}");
}

/// Everything that a form can ask otherwise.
async fn check_all(at: (&App, Moment), placed: &PlaceOrder) {
    check(at, placed, "nothing", |_| {}, "ok").await;
    check(at, placed, "more units", |o| o.lines[0].1 += 1, OTHER).await;
    check(at, placed, "a line less", |o| o.lines.truncate(1), OTHER).await;
    check(at, placed, "a note", |o| o.note = "ring twice".into(), OTHER).await;
    check(at, placed, "another way to pay", |o| o.provider = Provider::Manual, OTHER).await;
    check(at, placed, "no coupon", |o| o.coupon = None, OTHER).await;
    check(at, placed, "another coupon", |o| o.coupon = Some(Id::of(5)), OTHER).await;
    check(at, placed, "points", |o| o.points = 100, OTHER).await;
    check(at, placed, "the total that was seen", |o| o.expected = Some(2249), OTHER).await;
    check(at, placed, "wallet money", |o| o.wallet = FromWallet::Seen(5), OTHER).await;
    check(at, placed, "a post", |o| o.source = Some(Id::of(5)), OTHER).await;
    let (campaign, team, late) = (Id::of(5), None, Late::Refund);
    let wish = SeatWish { campaign, team, late };
    check(at, placed, "a seat", |o| o.seat = Some(wish), OTHER).await;
    let street = |o: &mut PlaceOrder| {
        let To::Ship(a) = &mut o.to else { panic!("it is sent") };
        a.street = "云南中路 4 号".into();
    };
    check(at, placed, "another door", street, OTHER).await;
    let (group, recipient, phone) = (Id::of(70), "周梅".to_string(), "19000000001".to_string());
    let pickup = To::Pickup { group, recipient, phone };
    check(at, placed, "collected", |o| o.to = pickup.clone(), OTHER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_sent_again_is_compared_whole() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let who = life.newcomer(1000).await;
        assert_eq!(life.coupon("coupon", terms(&life), None).await, "ok");
        assert_eq!(life.claim("mine", who, "coupon").await, "ok");
        let mut placed = life.with_coupon("one", who, &[("v1", 2), ("v2", 1)], "mine");
        placed.expected = Some(2250);
        let app = life.house.app.clone();
        app.place_order(life.house.now(), placed.clone()).await.expect("an order");
        check_all((&app, life.house.now()), &placed).await;
        // paid another way meanwhile: the answer to the old form is still the order
        let (id, order, provider) = (life.mint("one_pay"), placed.id, Provider::Sandbox);
        let start = StartPayment { who, id, order, provider };
        app.start_payment(life.house.now(), start).await.expect("an attempt");
        app.sandbox_pay(life.house.now(), who.community, id, true).await.expect("paid");
        check_all_paid((&app, life.house.now()), &placed).await;
        // given back whole: the coupon is free again, and the form still finds its order
        life.cancel("one").await;
        check_all_paid((&app, life.house.now()), &placed).await;
        // never paid: the same
        assert_eq!(life.claim("second", who, "coupon").await, "ok");
        let unpaid = life.with_coupon("two", who, &[("v1", 2), ("v2", 1)], "second");
        app.place_order(life.house.now(), unpaid.clone()).await.expect("an order");
        life.house.pass(16 * MINUTE);
        life.work().await;
        let at = (&app, life.house.now());
        check(at, &unpaid, "nothing", |_| {}, "ok").await;
        check(at, &unpaid, "no coupon", |o| o.coupon = None, OTHER).await;
    })
    .await;
}

async fn check_all_paid(at: (&App, Moment), placed: &PlaceOrder) {
    check(at, placed, "nothing", |_| {}, "ok").await;
    check(at, placed, "no coupon", |o| o.coupon = None, OTHER).await;
    check(at, placed, "points", |o| o.points = 100, OTHER).await;
    check(at, placed, "more units", |o| o.lines[0].1 += 1, OTHER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_sent_again_is_the_same_seat() {
    both(async |house: House| {
        let mut m = Market::open(house, 3, |_| {}).await;
        m.life.group().await;
        let (team, first) = m.team(0).await;
        let (other, _) = m.team(1).await;
        let joins = m.attempt(2);
        let placed = m.order(&joins, Some(team), Late::Refund);
        let app = m.life.house.app.clone();
        app.place_order(m.now(), placed.clone()).await.expect("a seat");
        let at = (&app, m.now());
        let wish = |team, late| Some(SeatWish { campaign: m.campaign, team, late });
        let change = async |but: &str, seat: Option<SeatWish>, want: &str| {
            check(at, &placed, but, |o| o.seat = seat, want).await;
        };
        change("nothing", wish(Some(team), Late::Refund), "ok").await;
        change("no seat", None, OTHER).await;
        change("another team", wish(Some(other), Late::Refund), OTHER).await;
        change("what is done too late", wish(Some(team), Late::OtherTeam), OTHER).await;
        let elsewhere = SeatWish { campaign: Id::of(5), team: Some(team), late: Late::Refund };
        change("another campaign", Some(elsewhere), OTHER).await;
        let opens = m.order(&first, None, Late::Refund);
        check(at, &opens, "nothing", |_| {}, "ok").await;
        check(at, &opens, "joining", |o| o.seat = wish(Some(team), Late::Refund), OTHER).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_on_a_list_sent_again_is_the_same_place() {
    both(async |house: House| {
        let l = List::open(house, 2, 0, 0).await;
        let t = l.attempt(1);
        let placed = l.order(&t, 1);
        let app = l.life.house.app.clone();
        app.place_order(l.now(), placed.clone()).await.expect("a place");
        let at = (&app, l.now());
        check(at, &placed, "nothing", |_| {}, "ok").await;
        check(at, &placed, "no list", |o| o.chain = None, OTHER).await;
        let name = |o: &mut PlaceOrder| {
            let wish = o.chain.as_mut().expect("a list");
            wish.named = !wish.named;
        };
        check(at, &placed, "the name", name, OTHER).await;
        let phone = |o: &mut PlaceOrder| {
            let To::Pickup { phone, .. } = &mut o.to else { panic!("it is collected") };
            *phone = "19000000002".into();
        };
        check(at, &placed, "the number to call", phone, OTHER).await;
    })
    .await;
}

/// Goods that cost nothing go back like any: once under a number, never more than were bought.
#[tokio::test(flavor = "multi_thread")]
async fn a_gift_goes_back_once() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.bought("gift", &[("g1", 3)]).await;
        let (order, line): (Id<id::Order>, Id<id::Line>) = (life.id("gift"), life.id("gift_0"));
        let back = |id, qty| RefundOrder {
            who: life.who,
            id,
            order,
            lines: vec![(line, qty)],
            shipping: false,
            restock: true,
            reason: String::new(),
        };
        let app = &life.house.app;
        let returned = async || {
            let sql = format!("SELECT refunded_qty FROM order_line WHERE id = {}", line.raw());
            number(&life.house, sql).await
        };
        let gifts: Id<id::Variant> = life.id("g1");
        let shelf = async || {
            let sql = format!("SELECT on_hand FROM variant WHERE id = {}", gifts.raw());
            number(&life.house, sql).await
        };
        let there = shelf().await;
        let (now, one) = (life.house.now(), app.mint(life.house.now()));
        for _ in 0..2 {
            assert_eq!(app.refund_order(now, back(one, 1)).await.expect("a refund"), 0);
            assert_eq!((returned().await, shelf().await), (1, there + 1));
        }
        assert_eq!(code(app.refund_order(now, back(app.mint(now), 3)).await), "more_than_paid");
        let rest = app.mint(now);
        for _ in 0..2 {
            assert_eq!(app.refund_order(now, back(rest, 2)).await.expect("a refund"), 0);
            assert_eq!((returned().await, shelf().await), (3, there + 3));
        }
        assert_eq!(code(app.refund_order(now, back(app.mint(now), 1)).await), "bad_line");
        life.points_sound().await;
        const TOLD: &str = "SELECT count(*) FROM notice WHERE kind = 'order_refunded'";
        assert_eq!(number(&life.house, TOLD.into()).await, 0, "there is no money to tell of");
    })
    .await;
}

/// Paid by a coupon alone: nothing but the units and the coupon come back, each once.
#[tokio::test(flavor = "multi_thread")]
async fn goods_paid_by_a_coupon_go_back_once() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let who = life.newcomer(1000).await;
        let all = Terms { value: 2000, threshold: 0, ..terms(&life) };
        assert_eq!(life.coupon("coupon", all, None).await, "ok");
        assert_eq!(life.claim("mine", who, "coupon").await, "ok");
        let paid = life.bought_with("one", who, &[("v1", 2)], "mine").await;
        assert_eq!(paid, 500, "the delivery");
        let order: Id<id::Order> = life.id("one");
        for units in [1, 2] {
            life.units_back("one", 1).await;
            let sql =
                format!("SELECT refunded_qty FROM order_line WHERE order_id = {}", order.raw());
            assert_eq!(number(&life.house, sql).await, units);
            life.points_sound().await;
        }
    })
    .await;
}
