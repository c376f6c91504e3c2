//! The leader's phone: goods that arrive, change hands and come back, fall short, are ordered for
//! a neighbour who pays cash.
use crate::audit::number;
use crate::chain::List;
use crate::group_buy::{Try, code};
use app::community::who::Who;
use app::sale::hand_out;
use app::sale::hand_over::{self, HandOver};
use app::sale::order_on_behalf::OnBehalf;
use app::sale::short_delivery::{self, ShortDelivery};
use rules::base::moment::{HOUR, MINUTE};
use rules::base::{Id, id};
use rules::sale::chain::UNDO_MINUTES;
use rules::sale::line::State;
use testkit::{House, both};

/// Closed, with so many orders of `v1` that arrived.
async fn arrived(house: House, qty: &[i64]) -> (List, Vec<Try>) {
    let l = List::open(house, qty.len() as i64 + 2, 0, 0).await;
    let mut all = Vec::new();
    for (i, n) in qty.iter().enumerate() {
        all.push(l.bought(i + 1, *n).await);
    }
    let leader = l.people[0];
    let early = l.life.house.app.mark_arrived(l.now(), leader, l.chain).await;
    assert_eq!(code(early), "list_still_open");
    l.life.house.pass(25 * HOUR);
    l.work().await;
    let stranger = l.life.house.app.mark_arrived(l.now(), l.people[1], l.chain).await;
    assert_eq!(code(stranger), "no_such_campaign");
    let marked = l.life.house.app.mark_arrived(l.now(), leader, l.chain).await;
    assert_eq!(marked.expect("ready"), qty.len() as i64);
    let again = l.life.house.app.mark_arrived(l.now(), leader, l.chain).await;
    assert_eq!(again.expect("nothing new"), 0);
    l.life.house.pass(MINUTE);
    (l, all)
}

impl List {
    pub async fn hand(&self, who: Who, id: Id<id::HandOut>, t: &Try, by: &str) -> &'static str {
        let h = HandOver { who, id, order: t.order, collected_by: by.into() };
        code(self.life.house.app.hand_over(self.now(), h).await)
    }
    pub async fn undo(&self, who: Who, id: Id<id::HandOut>) -> &'static str {
        code(self.life.house.app.undo_hand_over(self.now(), who, id).await)
    }
    pub fn hand_out(&self) -> Id<id::HandOut> {
        self.life.house.app.mint(self.now())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_change_hands_and_a_mistake_is_taken_back() {
    both(async |house: House| {
        let (l, all) = arrived(house, &[1, 2]).await;
        let (leader, other) = (l.people[0], l.people[2]);
        use hand_over::Refused as No;
        let first = l.hand_out();
        assert_eq!(l.hand(other, first, &all[0], "").await, No::NoSuchOrder.code());
        assert_eq!(l.hand(leader, first, &all[0], "Lin").await, "ok");
        assert_eq!(l.hand(leader, first, &all[0], "Lin").await, "ok", "sent twice");
        assert_eq!(l.hand(leader, first, &all[1], "").await, No::OtherWithThisId.code());
        assert_eq!(l.hand(leader, l.hand_out(), &all[0], "").await, No::NothingReady.code());
        assert_eq!(l.stand(&all[0]).await.0, State::Received);
        let handed = l.life.house.app.handed(leader.community, l.chain).await.expect("a read");
        assert_eq!(handed[0].collected_by, "Lin");
        l.audited().await;
        // taken back: the code is open again, nothing completes by itself
        l.life.house.pass(UNDO_MINUTES * MINUTE - 1);
        assert_eq!(l.undo(other, first).await, No::NoSuchHandOut.code());
        assert_eq!(l.undo(leader, first).await, "ok");
        assert_eq!(l.undo(leader, first).await, "ok", "sent twice");
        assert_eq!(l.stand(&all[0]).await.0, State::ReadyForPickup);
        let waits = "SELECT count(*) FROM job WHERE kind = 'complete_order' AND state = 'waiting'";
        assert_eq!(number(&l.life.house, waits.into()).await, 0);
        l.audited().await;
        l.life.house.pass(MINUTE);
        let second = l.hand_out();
        assert_eq!(l.hand(leader, second, &all[0], "").await, "ok");
        assert_eq!(number(&l.life.house, waits.into()).await, 1, "its window runs again");
        l.life.house.pass(UNDO_MINUTES * MINUTE);
        assert_eq!(l.undo(leader, second).await, No::TooLate.code());
        // an old tap that comes again changes nothing
        assert_eq!(l.undo(leader, first).await, "ok");
        assert_eq!(l.stand(&all[0]).await.0, State::Received);
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_code_handed_out_is_taken_back_the_same_way() {
    both(async |house: House| {
        let (l, all) = arrived(house, &[1, 2]).await;
        let (leader, other) = (l.people[0], l.people[2]);
        let app = &l.life.house.app;
        let board = app.chain_board(leader.community, l.chain).await.expect("a read");
        let codes: Vec<String> = board.iter().map(|r| r.code.clone()).collect();
        let shown = async |who: Who, id, n: usize| {
            let shown = app.hand_out(l.now(), who, id, codes[n].clone()).await;
            let order = shown.as_ref().ok().copied();
            assert!(order.is_none_or(|order| order == all[n].order));
            code(shown)
        };
        use hand_out::Refused as No;
        let first = l.hand_out();
        assert_eq!(shown(other, first, 0).await, No::NoSuchCode.code());
        assert_eq!(shown(leader, first, 0).await, "ok");
        assert_eq!(shown(leader, first, 0).await, "ok", "sent twice");
        assert_eq!(shown(leader, first, 1).await, No::OtherWithThisId.code());
        assert_eq!(shown(l.life.who, first, 0).await, No::OtherWithThisId.code());
        assert_eq!(shown(leader, l.hand_out(), 0).await, No::NoSuchCode.code(), "the code is gone");
        let rows = "SELECT count(*) FROM hand_out WHERE undone_at IS NULL";
        assert_eq!(number(&l.life.house, rows.into()).await, 1);
        let given = app.given(leader.community, first).await.expect("a read").expect("a hand-out");
        assert_eq!((given.undone, given.items.len(), given.items[0].1), (false, 1, 1));
        l.audited().await;
        l.life.house.pass(UNDO_MINUTES * MINUTE - 1);
        assert_eq!(l.undo(other, first).await, hand_over::Refused::NoSuchHandOut.code());
        assert_eq!(l.undo(leader, first).await, "ok");
        assert_eq!(l.undo(leader, first).await, "ok", "sent twice");
        assert_eq!(shown(leader, first, 0).await, "ok", "an old tap that comes again");
        assert_eq!(l.stand(&all[0]).await.0, State::ReadyForPickup, "changes nothing");
        let given = app.given(leader.community, first).await.expect("a read").expect("a hand-out");
        assert!(given.undone);
        l.audited().await;
        // the same code once more, and too late to take it back
        l.life.house.pass(MINUTE);
        let second = l.hand_out();
        assert_eq!(shown(leader, second, 0).await, "ok");
        l.life.house.pass(UNDO_MINUTES * MINUTE);
        assert_eq!(l.undo(leader, second).await, hand_over::Refused::TooLate.code());
        assert_eq!(l.stand(&all[0]).await.0, State::Received);
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_falls_short_is_paid_back_from_the_last_order() {
    both(async |house: House| {
        let (l, all) = arrived(house, &[2, 1, 2]).await;
        let v1 = l.life.id("v1");
        let new = |who, qty| ShortDelivery {
            who,
            id: l.life.house.app.mint::<()>(l.now()).raw(),
            campaign: l.chain,
            variant: v1,
            qty,
        };
        let app = &l.life.house.app;
        use short_delivery::Refused as No;
        let stranger = app.short_delivery(l.now(), new(l.people[1], 1)).await;
        assert_eq!(code(stranger), No::NoSuchCampaign.code());
        let much = app.short_delivery(l.now(), new(l.people[0], 6)).await;
        assert_eq!(code(much), No::BadQuantity.code());
        let short = new(l.people[0], 3);
        let told = app.weigh_short(l.now(), new(l.people[1], 1)).await;
        assert_eq!(code(told.map(|_| ())), No::NoSuchCampaign.code(), "nor are others told");
        let told = app.weigh_short(l.now(), short).await.expect("who goes without");
        let told: Vec<_> = told.iter().map(|t| (t.qty, t.amount)).collect();
        assert_eq!(told, [(2, 2000), (1, 1000)], "the last first");
        assert_eq!(app.short_delivery(l.now(), short).await.expect("refunds"), 2);
        let told = app.weigh_short(l.now(), short).await.expect("written down");
        assert!(told.is_empty(), "it gives nothing back twice");
        assert_eq!(app.short_delivery(l.now(), short).await.expect("the same"), 0);
        l.work().await;
        assert_eq!(l.stand(&all[2]).await.0, State::Refunded);
        assert_eq!(l.stand(&all[1]).await.0, State::Refunded);
        assert_eq!(l.stand(&all[0]).await.0, State::ReadyForPickup);
        let refunds = "SELECT CAST(sum(amount) AS bigint) FROM refund";
        assert_eq!(number(&l.life.house, refunds.into()).await, 3000);
        assert_eq!(l.list().await.1, 2000);
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_themselves_money_back() {
    both(async |house: House| {
        let (l, all) = arrived(house, &[1, 1]).await;
        const HERS: &str = "UPDATE chain_place SET member_id = 1000 WHERE number = 2";
        crate::life::exec(&l.life.house, HERS).await;
        const ORDER: &str = "UPDATE orders SET member_id = 1000 WHERE id IN (SELECT order_id
            FROM chain_place WHERE number = 2)";
        crate::life::exec(&l.life.house, ORDER).await;
        let short = |who| ShortDelivery {
            who,
            id: l.life.house.app.mint::<()>(l.now()).raw(),
            campaign: l.chain,
            variant: l.life.id("v1"),
            qty: 1,
        };
        let app = &l.life.house.app;
        let hers = app.short_delivery(l.now(), short(l.people[0])).await;
        assert_eq!(code(hers), short_delivery::Refused::OwnOrder.code());
        let staff = app.short_delivery(l.now(), short(l.life.who)).await;
        assert_eq!(staff.expect("a refund"), 1);
        assert_eq!(l.stand(&all[0]).await.0, State::ReadyForPickup);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_orders_for_a_neighbour_and_takes_cash() {
    both(async |house: House| {
        let l = List::open(house, 3, 0, 0).await;
        const IN: &str = "INSERT INTO room_member (community_id, room_id, member_id, role,
            joined_at, read_seq, said_at) VALUES (7, 70, 1001, 'member', 0, 0, 0)";
        crate::life::exec(&l.life.house, IN).await;
        let (app, leader, buyer) = (&l.life.house.app, l.people[0], l.people[1]);
        let o = OnBehalf {
            who: leader,
            member: buyer.member,
            id: app.mint(l.now()),
            payment: app.mint(l.now()),
            campaign: l.chain,
            lines: vec![(l.life.id("v1"), 2)],
            recipient: "周梅".into(),
            phone: "19000000001".into(),
            note: String::new(),
            named: false,
        };
        let no = OnBehalf { who: buyer, ..o.clone() };
        assert_eq!(code(app.order_on_behalf(l.now(), no).await), "no_such_campaign");
        let no = OnBehalf { member: l.people[2].member, ..o.clone() };
        assert_eq!(code(app.order_on_behalf(l.now(), no).await), "not_a_member");
        let placed = app.order_on_behalf(l.now(), o.clone()).await.expect("an order");
        app.order_on_behalf(l.now(), o.clone()).await.expect("sent twice");
        let place = app.place_of(leader.community, placed.order).await.expect("a read");
        assert_eq!(place.expect("a place").number, 1);
        let cash = app.leader_cash(leader.community, Some(leader.member)).await.expect("a read");
        let behind = app.cash_orders(leader.community, leader.member).await.expect("a read");
        let sum: i64 = behind.iter().map(|o| o.amount).sum();
        assert_eq!((behind.len() as i64, sum), (cash[0].orders, cash[0].amount));
        assert!(behind.iter().all(|o| o.list == l.chain && o.number > 0));
        assert_eq!((cash[0].orders, cash[0].amount), (1, 2000));
        let told = "SELECT count(*) FROM notice WHERE member_id = 1001
            AND kind = 'ordered_for_you'";
        assert_eq!(number(&l.life.house, told.into()).await, 1);
        l.audited().await;
        // the shop has it; what was taken later stays with the leader
        let boss = l.life.who;
        let seen = cash[0].last;
        let no = app.take_leader_cash(l.now(), leader, leader.member, seen).await;
        assert_eq!(code(no), "not_allowed");
        l.life.house.pass(MINUTE);
        let ids = (app.mint(l.now()), app.mint(l.now()));
        let more = OnBehalf { id: ids.0, payment: ids.1, ..o };
        app.order_on_behalf(l.now(), more).await.expect("another");
        let taken = app.take_leader_cash(l.now(), boss, leader.member, seen).await;
        assert_eq!(taken.expect("cash"), 1);
        let again = app.take_leader_cash(l.now(), boss, leader.member, seen).await;
        assert_eq!(again.expect("nothing more"), 0);
        let deeds = "SELECT count(*) FROM audit_log WHERE what = 'take_leader_cash'
            AND subject = 1000 AND became = '1 orders, 2000'";
        assert_eq!(number(&l.life.house, deeds.into()).await, 1, "the shop answers for it");
        let left = app.leader_cash(leader.community, None).await.expect("a read");
        assert_eq!((left.len(), left[0].amount), (1, 2000));
        l.audited().await;
    })
    .await;
}
