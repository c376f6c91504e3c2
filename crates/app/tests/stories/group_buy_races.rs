//! Group buys under a rush: one seat and two hundred buyers, payments that come too late all at
//! once, and a team of five hundred that fails while its worker is killed.
use crate::audit::number;
use crate::group_buy::{Market, Try, code};
use app::sale::capture::Taken;
use rules::base::moment::{HOUR, MINUTE};
use rules::base::{Id, id};
use rules::sale::group_buy::{Late, SeatState, TeamState};
use rules::sale::line;
use std::collections::BTreeMap;
use testkit::{House, both};

const BUYERS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_buyers_want_the_last_seat() {
    both(async |house: House| {
        let mut m = Market::open(house, BUYERS as i64 + 2, |_| {}).await;
        m.life.group().await;
        let (team, _) = m.team(0).await;
        m.joined(1, team).await;
        let mut tasks = Vec::new();
        for n in 0..BUYERS {
            let t = m.attempt(n + 2);
            let (order, app) = (m.order(&t, Some(team), Late::Refund), m.life.house.app.clone());
            let now = m.now();
            tasks.push(tokio::spawn(async move { (t, code(app.place_order(now, order).await)) }));
        }
        let (mut answers, mut winner) = (BTreeMap::<&str, usize>::new(), None);
        for task in tasks {
            let (t, answer) = task.await.expect("no panic");
            *answers.entry(answer).or_default() += 1;
            if answer == "ok" {
                winner = Some(t);
            }
        }
        assert_eq!(answers, BTreeMap::from([("ok", 1), ("team_full", BUYERS - 1)]));
        let winner = winner.expect("one");
        m.start(&winner).await;
        assert_eq!(m.pay(&winner).await, Taken::Captured);
        assert_eq!(m.team_state(team).await, (TeamState::Filled, 3));
        m.life.work().await;
        assert_eq!(m.state(&winner).await, line::State::ToFulfil);
        m.audited().await;
    })
    .await;
}

/// Fifty hold seats and let them go; others fill the teams; then all fifty pay in one moment.
#[tokio::test(flavor = "multi_thread")]
async fn fifty_payments_come_after_their_holds_ended() {
    both(async |house: House| {
        let size = 11;
        let mut m = Market::open(house, 90, |t| {
            t.size = size;
            t.per_member = 5;
        })
        .await;
        m.life.group().await;
        let mut teams = Vec::new();
        for leader in 0..5 {
            teams.push(m.team(leader).await.0);
        }
        let mut late: Vec<(Try, Late)> = Vec::new();
        for n in 0..50 {
            let wish = if n % 2 == 0 { Late::Refund } else { Late::OtherTeam };
            late.push((m.begin(10 + n, Some(teams[n / 10]), wish).await, wish));
        }
        m.life.house.pass(16 * MINUTE);
        m.life.work().await;
        // every team but the last is filled by others; twenty places are left for twenty-five
        for (k, team) in teams.iter().enumerate().take(4) {
            for n in 0..10 {
                m.joined(60 + (k * 10 + n) % 30, *team).await;
            }
        }
        let (room, _) = m.team(5).await;
        m.life.work().await;
        let pays = late.iter().map(|(t, _)| m.pay(t));
        let answers = futures_util::future::join_all(pays).await;
        m.life.work().await;
        m.life.work().await;
        let (mut moved, mut back) = (0, 0);
        for ((t, wish), taken) in late.iter().zip(answers) {
            let (team, state) = m.seat(t.order).await;
            match (taken, state) {
                (Taken::Captured, SeatState::Moved) => {
                    // its own team had room, or another was wanted
                    assert!(*wish == Late::OtherTeam || team == teams[4], "{t:?}");
                    moved += 1;
                }
                (Taken::Suspense, SeatState::Released) => back += 1,
                odd => panic!("{odd:?}"),
            }
        }
        assert_eq!(moved + back, 50);
        assert_eq!(moved, 20, "every free place was taken, none twice");
        let open = m.team_state(room).await.1 + m.team_state(teams[4]).await.1;
        assert_eq!(open, 22);
        let returned = "SELECT count(*) FROM payment WHERE state = 'returned'";
        assert_eq!(number(&m.life.house, returned.into()).await, back);
        m.audited().await;
    })
    .await;
}

const MEMBERS: usize = 500;

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_team_of_five_hundred_is_refunded_once_each() {
    both(async |house: House| {
        let mut m = Market::open(house, MEMBERS as i64, |t| t.size = 600).await;
        m.life.group().await;
        let (team, _) = m.team(0).await;
        let mut joins = Vec::new();
        for n in 1..MEMBERS {
            joins.push(m.joined(n, team));
            if joins.len() == 50 {
                futures_util::future::join_all(joins.drain(..)).await;
            }
        }
        futures_util::future::join_all(joins).await;
        assert_eq!(m.team_state(team).await, (TeamState::Open, MEMBERS as i64));
        m.life.house.pass(25 * HOUR);
        // a worker dies in the middle, three times; what it had leased waits for its lease to end
        for n in 0..3 {
            let (app, now) = (m.life.house.another().await, m.now());
            let work =
                tokio::spawn(async move { while app.work(now, 9).await.is_ok_and(|n| n > 0) {} });
            let some = 40 * (n + 1);
            while number(&m.life.house, REFUNDS.into()).await < some && !work.is_finished() {
                tokio::task::yield_now().await;
            }
            work.abort();
            let _ = work.await;
            m.life.house.pass(MINUTE);
        }
        m.life.work().await;
        m.life.house.pass(MINUTE);
        m.life.work().await;
        assert_eq!(m.team_state(team).await, (TeamState::Failed, MEMBERS as i64));
        assert_eq!(number(&m.life.house, REFUNDS.into()).await, MEMBERS as i64);
        assert_eq!(number(&m.life.house, PAID_BACK.into()).await, MEMBERS as i64);
        assert_eq!(m.kept().await, 0);
        m.audited().await;
    })
    .await;
}
const REFUNDS: &str = "SELECT count(*) FROM refund";
const PAID_BACK: &str = "SELECT count(*) FROM transfer
    WHERE event = 'refund' AND state = 'posted'";

/// An id nobody has is refused like any other stranger's.
#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_campaign_is_refused() {
    both(async |house: House| {
        let m = Market::open(house, 1, |_| {}).await;
        let t = m.attempt(0);
        let mut order = m.order(&t, None, Late::Refund);
        let wish = order.seat.as_mut().expect("a seat");
        wish.campaign = Id::<id::Campaign>::of(77);
        let no = m.life.house.app.place_order(m.now(), order).await;
        assert_eq!(code(no), "no_such_campaign");
    })
    .await;
}
