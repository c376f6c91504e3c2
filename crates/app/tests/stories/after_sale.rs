//! After the sale: a buyer asks for money back, staff say yes or no; a proof of a transfer that
//! turned out to be one too many.
use crate::audit::{Life, number, shown};
use app::sale::ask_refund::Refused as NotAsked;
use app::sale::capture::Taken;
use app::sale::decline_case::Refused as NotDeclined;
use app::trust::write_review::WriteReview;
use app::{Refusal, Stop};
use rules::base::moment::DAY;
use rules::base::{Id, id};
use rules::community::message::SystemLine;
use rules::ledger::Provider;
use rules::sale::case::State;
use rules::sale::line;
use testkit::{House, both};

fn code<T, R: Refusal>(out: Result<T, Stop<R>>) -> &'static str {
    match out {
        Ok(_) => "ok",
        Err(Stop::Refused(no)) => no.code(),
        Err(Stop::Fault(fault)) => panic!("{fault}"),
    }
}
async fn audited(life: &Life) {
    let report = life.house.app.audit(life.house.now()).await.expect("an audit");
    assert!(report.clean(), "{}", shown(&report));
}
async fn state(life: &Life, name: &str) -> (State, line::State) {
    let page = life.house.app.order_page(life.who.community, life.id(name)).await;
    let page = page.expect("a read").expect("an order");
    (page.cases.first().expect("a case").state, page.row.state)
}
async fn told(life: &Life, kind: &str) -> i64 {
    number(&life.house, format!("SELECT count(*) FROM notice WHERE kind = '{kind}'")).await
}
async fn decline(life: &Life, name: &str, answer: &str) -> &'static str {
    let case: Id<id::Case> = life.id(&format!("{name}_case"));
    code(life.house.app.decline_case(life.house.now(), life.who, case, answer.into()).await)
}
async fn withdraw(life: &Life, name: &str) -> &'static str {
    let (order, case) = (life.id(name), life.id(&format!("{name}_case")));
    code(life.house.app.withdraw_case(life.house.now(), life.who, order, case).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_asked_for_and_given() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.place("unpaid", &[("v1", 1)], Provider::Sandbox).await;
        assert_eq!(code(life.ask("unpaid", 1).await), "bad_line", "nothing was paid");
        life.bought("two", &[("v1", 2)]).await;
        assert_eq!(code(life.ask("two", 3).await), "more_than_paid");
        assert_eq!(code(life.ask("two", 0).await), NotAsked::NothingChosen.code());
        assert_eq!(code(life.ask("two", 1).await), "ok");
        assert_eq!(code(life.ask("two", 1).await), "ok", "the same form twice is one question");
        assert_eq!(state(&life, "two").await.0, State::Open);
        let open = life.house.app.open_cases(life.who.community).await.expect("a list");
        assert_eq!((open.len(), open[0].amount), (1, 1000));
        assert_eq!(life.house.app.to_do(life.who.community).await.expect("a list").cases, 1);
        life.mint::<id::Case>("two_case");
        assert_eq!(code(life.ask("two", 1).await), "already_asked");
        audited(&life).await;
        life.refund("two", 1, false).await;
        assert_eq!(state(&life, "two").await.0, State::Accepted);
        assert_eq!(life.house.app.to_do(life.who.community).await.expect("a list").cases, 0);
        audited(&life).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_declined_or_taken_back() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.bought("one", &[("v1", 1)]).await;
        life.ask("one", 1).await.expect("a question");
        assert_eq!(decline(&life, "one", "  ").await, NotDeclined::ReasonMissing.code());
        assert_eq!(decline(&life, "one", "It is as shown.").await, "ok");
        assert_eq!(decline(&life, "one", "again").await, "ok", "twice is once");
        assert_eq!(withdraw(&life, "one").await, "case_answered");
        assert_eq!(state(&life, "one").await, (State::Declined, line::State::ToFulfil));
        // a second question may follow a no
        life.mint::<id::Case>("one_case");
        assert_eq!(code(life.ask("one", 1).await), "ok");
        assert_eq!(withdraw(&life, "one").await, "ok");
        assert_eq!(withdraw(&life, "one").await, "ok");
        assert_eq!(decline(&life, "one", "no").await, "case_answered");
        let other = number(&life.house, "SELECT count(*) FROM order_case".into()).await;
        assert_eq!(other, 2);
        audited(&life).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_case_keeps_the_order_open() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.bought("late", &[("v1", 1)]).await;
        life.ship("late").await;
        life.ask("late", 1).await.expect("a question");
        life.house.pass(11 * DAY);
        life.work().await;
        assert_eq!(state(&life, "late").await, (State::Open, line::State::Shipped));
        audited(&life).await;
        life.receive("late").await;
        life.house.pass(15 * DAY);
        life.work().await;
        assert_eq!(state(&life, "late").await, (State::Open, line::State::Received));
        assert_eq!(decline(&life, "late", "It works.").await, "ok");
        life.house.pass(DAY);
        life.work().await;
        assert_eq!(state(&life, "late").await.1, line::State::Completed);
        life.mint::<id::Case>("late_case");
        assert_eq!(code(life.ask("late", 1).await), "bad_line", "the window is over");
        audited(&life).await;
    })
    .await;
}

/// What the house says in a group of what is sold there: without names, and not too often.
#[tokio::test(flavor = "multi_thread")]
async fn a_group_hears_of_orders() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let group = life.group().await;
        let said = async |life: &Life| {
            let lines = life.house.app.lines_after(life.who.community, group, 0).await;
            let lines = lines.expect("lines");
            lines.iter().map(|l| l.body.clone()).collect::<Vec<_>>()
        };
        for name in ["a", "b", "c"] {
            if name == "c" {
                life.house.pass(SystemLine::OrderPaid.quiet_ms());
            }
            life.collected(name, group).await;
        }
        let bodies = said(&life).await;
        let paid = bodies.iter().filter(|b| b.contains("order_paid"));
        assert_eq!(paid.count(), 2, "the second came too soon after the first: {bodies:?}");
        for name in ["a", "b"] {
            let now = life.house.now();
            life.house.app.mark_ready(now, life.who, life.id(name)).await.expect("ready");
        }
        let bodies = said(&life).await;
        assert_eq!(bodies.iter().filter(|b| b.contains("order_arrived")).count(), 1);
        life.receive("a").await;
        let review = WriteReview {
            community: life.who.community,
            by: life.who.member,
            id: life.mint("review"),
            line: life.id("a_0"),
            stars: Some(5),
            text: "好".into(),
            pictures: Vec::new(),
            anonymous: true,
            imported: false,
        };
        life.house.app.write_review(life.house.now(), review).await.expect("a review");
        let bodies = said(&life).await;
        let reviewed = bodies.iter().find(|b| b.contains("review_written")).expect("told");
        let member = life.who.member.raw().to_string();
        assert!(!bodies.iter().any(|b| b.contains("order") && b.contains("member")));
        assert!(!reviewed.contains(&member), "an anonymous one has no name: {reviewed}");
        audited(&life).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_of_an_order_paid_otherwise() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        for name in ["came", "never"] {
            life.place(name, &[("v1", 1)], Provider::Manual).await;
            life.start(name, Provider::Manual).await;
            let transfer: Id<id::Payment> = life.id(&format!("{name}_pay"));
            life.proof(name, &format!("SLIP-{name}")).await;
            // impatient, the buyer pays again in another way
            let total = life.start(name, Provider::Sandbox).await;
            let paid = life.money(&format!("{name}_pay"), name, total, "spare").await;
            assert_eq!(paid, Taken::Captured);
            assert_eq!(life.house.app.to_do(life.who.community).await.expect("a list").proofs, 1);
            let (now, who) = (life.house.now(), life.who);
            if name == "came" {
                for _ in 0..2 {
                    let seen = life.house.app.confirm_proof(now, who, transfer).await;
                    assert_eq!(seen.expect("told apart"), Taken::Suspense);
                }
                life.work().await;
                audited(&life).await;
                let back = life.house.app.return_by_hand(now, who, transfer, "B-1".into());
                back.await.expect("returned");
            } else {
                let no = life.house.app.refuse_proof(now, who, transfer, "not there".into());
                no.await.expect("refused");
            }
            assert_eq!(life.house.app.to_do(who.community).await.expect("a list").proofs, 0);
            audited(&life).await;
        }
        assert_eq!(told(&life, "payment_refused").await, 0, "the orders are paid");
    })
    .await;
}
