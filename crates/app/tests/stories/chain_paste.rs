//! A list pasted from a chat outside: its orders are all there or none, once, in the leader's name
//! and with her cash.
use crate::audit::number;
use crate::chain::List;
use crate::commission::brought;
use crate::group_buy::code;
use app::sale::import_list::{At, ImportList, Pasted};
use app::sale::place_order::Refused;
use rules::base::{Id, moment::HOUR};
use rules::sale::line::State;
use testkit::{House, both};

impl List {
    /// Three people of another chat, who want so many of the first good.
    fn pasted(&self, qty: [i64; 3]) -> ImportList {
        let app = &self.life.house.app;
        let one = |(name, qty): (&str, i64)| Pasted {
            id: app.mint(self.now()),
            payment: app.mint(self.now()),
            name: name.into(),
            phone: "19000000001".into(),
            note: "3栋502".into(),
            lines: vec![(self.life.id("v1"), qty)],
        };
        let orders = ["张三", "Lisa", "陳太"].into_iter().zip(qty).map(one).collect();
        ImportList { who: self.people[0], campaign: self.chain, orders }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_list_becomes_orders_of_the_leader() {
    both(async |house: House| {
        let l = List::open(house, 3, 0, 0).await;
        l.bought(1, 1).await;
        // who brought her is credited with what she buys, and not with what she enters for others
        let (leader, other) = (l.people[0].member.raw(), l.people[2].member.raw());
        brought(&l.life, leader, other).await;
        let (app, list) = (&l.life.house.app, l.pasted([2, 1, 3]));
        let stranger = ImportList { who: l.people[1], ..list.clone() };
        assert_eq!(code(app.import_list(l.now(), stranger).await), "no_such_campaign");
        let placed = app.import_list(l.now(), list.clone()).await.expect("orders");
        let again = app.import_list(l.now(), list.clone()).await.expect("sent twice");
        assert_eq!(placed, again);
        let c = list.who.community;
        for (k, one) in placed.iter().enumerate() {
            let place = app.place_of(c, one.order).await.expect("a read").expect("a place");
            assert_eq!(place.number, k as i64 + 2);
            let page = app.order_page(c, one.order).await.expect("a read").expect("an order");
            assert_eq!(page.row.state, State::ToFulfil);
        }
        let cash = app.leader_cash(c, Some(list.who.member)).await.expect("a read");
        assert_eq!((cash[0].orders, cash[0].amount), (3, 6000));
        // on the board each is who collects
        let board = app.chain_board(c, l.chain).await.expect("a board");
        let names: Vec<&str> = board.iter().map(|r| r.recipient.as_str()).collect();
        for name in ["张三", "Lisa", "陳太"] {
            assert!(names.contains(&name), "{names:?}");
        }
        assert_eq!(l.list().await.2, vec![7, 0]);
        // what is theirs is not taken for hers, and she hears nothing of what she did herself
        let checkout = app.checkout(c, list.who.member).await.expect("a read");
        assert_eq!(checkout.last, None);
        let hers = app.neighbours(c, Id::of(70)).await.expect("a read");
        let hers = hers.iter().find(|n| n.member == list.who.member).expect("in her group");
        assert_eq!((hers.recipient.as_str(), hers.phone.as_str()), ("", ""));
        let told = "SELECT count(*) FROM notice WHERE kind IN ('order_paid', 'ordered_for_you')";
        let told = format!("{told} AND member_id = {}", list.who.member.raw());
        assert_eq!(number(&l.life.house, told).await, 0);
        let credited = || number(&l.life.house, "SELECT count(*) FROM attribution".into());
        assert_eq!(credited().await, 0);
        l.begin(0, 1).await;
        assert_eq!(credited().await, 1, "her own");
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_is_none() {
    both(async |house: House| {
        let l = List::open(house, 3, 0, 4).await;
        let (app, list) = (&l.life.house.app, l.pasted([2, 1, 3]));
        let before = number(&l.life.house, "SELECT count(*) FROM orders".into()).await;
        let refused = app.import_list(l.now(), list.clone()).await;
        match refused {
            Err(app::Stop::Refused(at)) => {
                assert_eq!(at, At { order: 2, why: Refused::SoldOut });
            }
            other => panic!("{other:?}"),
        }
        let mut bad = l.pasted([1, 1, 1]);
        bad.orders[1].phone = "12".into();
        assert_eq!(code(app.import_list(l.now(), bad).await), "bad_phone");
        let after = number(&l.life.house, "SELECT count(*) FROM orders".into()).await;
        assert_eq!((before, l.list().await.2), (after, vec![0, 0]), "none was made");
        let fits = app.import_list(l.now(), l.pasted([2, 1, 1])).await.expect("orders");
        assert_eq!(fits.len(), 3);
        l.life.house.pass(25 * HOUR);
        assert_eq!(code(app.import_list(l.now(), l.pasted([1, 1, 1])).await), "campaign_over");
        l.audited().await;
    })
    .await;
}
