//! Payouts of commission and the second factor they ask for: once, whatever comes at a time.
use crate::audit::{Life, number, shown};
use crate::group_buy::code;
use crate::life::{C, exec};
use crate::wallet::leaked;
use app::community::second_factor::BeginSecondFactor;
use app::community::who::Who;
use app::spread::request_payout::RequestPayout;
use app::spread::settle_payout::SettlePayout;
use app::spread::views_wallet::Moved;
use rules::base::moment::{DAY, MINUTE};
use rules::base::{Id, id};
use rules::community::second_factor::{REST_MS, State as Factor, printed, step};
use rules::ledger::Bucket;
use rules::spread::payout::{State, Terms};
use std::collections::BTreeSet;
use testkit::{House, both};

impl Life {
    /// The session that a member signed in with just now.
    async fn session(&mut self, who: Who) -> Id<id::Session> {
        let id: Id<id::Session> = self.mint("session");
        let (n, now) = (id.raw(), self.house.now().0);
        let sql = format!(
            "INSERT INTO session (hash, id, account_id, agent, created_at, seen_at, until_at)
            VALUES ('s{n}', {n}, {}, '', {now}, {now}, {})",
            who.account.raw(),
            now + 90 * DAY
        );
        exec(&self.house, leaked(sql)).await;
        id
    }
    /// What the app on the member's phone shows.
    async fn shown_code(&self, who: Who) -> String {
        let sql =
            format!("SELECT version FROM second_factor WHERE account_id = {}", who.account.raw());
        let version = number(&self.house, sql).await;
        let step = step(self.house.now());
        self.house.app.gateway.second_factor.code(who.account.raw(), version, step)
    }
    /// Sets a second factor up that has rested; the codes on paper.
    async fn guarded(&mut self, who: Who) -> Vec<String> {
        let paper = self.newly_guarded(who).await;
        self.house.pass(REST_MS);
        paper
    }
    /// The code that was typed is used.
    async fn newly_guarded(&mut self, who: Who) -> Vec<String> {
        let (now, session, account) = (self.house.now(), self.session(who).await, who.account);
        let begin = BeginSecondFactor { account, session, password: None };
        self.house.app.begin_second_factor(now, begin).await.expect("a setup");
        let typed = self.shown_code(who).await;
        let paper = self.house.app.confirm_second_factor(now, who, typed).await;
        self.house.pass(MINUTE);
        paper.expect("it is on")
    }
    fn wish(&mut self, name: &str, who: Who, amount: i64, code: &str) -> RequestPayout {
        RequestPayout {
            who,
            id: self.mint(name),
            amount,
            payee: "周梅".into(),
            destination: "Bank of Taoyuan 62220000".into(),
            code: code.into(),
        }
    }
    async fn claim_payout(&mut self, name: &str, who: Who, amount: i64) -> &'static str {
        let typed = self.shown_code(who).await;
        let wish = self.wish(name, who, amount, &typed);
        let first = code(self.house.app.request_payout(self.house.now(), wish.clone()).await);
        if first == "ok" {
            let again = self.house.app.request_payout(self.house.now(), wish).await;
            assert_eq!(code(again), "ok", "twice is once");
        }
        first
    }
    async fn settle_payout(
        &mut self,
        name: &str,
        to: State,
        slip: &str,
        why: &str,
    ) -> &'static str {
        let cmd = SettlePayout {
            who: self.who,
            id: self.id(name),
            to,
            slip: slip.into(),
            reason: why.into(),
        };
        code(self.house.app.settle_payout(self.house.now(), cmd).await)
    }
    async fn commission(&self, who: Who) -> i64 {
        let wallet = self.house.app.wallet(who.community, who.member, None, 0).await;
        let held = wallet.expect("a look").buckets;
        held.iter().find(|(b, _)| *b == Bucket::Commission).map_or(0, |(_, n)| *n)
    }
    async fn audited_payouts(&self) {
        let report = self.house.app.audit(self.house.now()).await.expect("an audit");
        let mut left = report.clone();
        left.findings.retain(|f| !f.says.contains("planted"));
        assert!(left.findings.is_empty(), "{:?} {}", self.house.on, shown(&left));
    }
}

async fn begin(house: House, earned: i64) -> (Life, Who) {
    let mut life = Life::begin(house).await;
    let who = life.newcomer(1000).await;
    life.earned(who, earned).await;
    (life, who)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payout_is_reserved_paid_and_settled_once() {
    both(async |house: House| {
        let (mut life, who) = begin(house, 5000).await;
        let app = life.house.app.clone();
        let wish = life.wish("early", who, 2000, "123456");
        assert_eq!(code(app.request_payout(life.house.now(), wish).await), "second_factor_needed");
        life.newly_guarded(who).await;
        assert_eq!(life.claim_payout("early", who, 2000).await, "second_factor_new");
        life.house.pass(REST_MS - 2 * MINUTE);
        assert_eq!(life.claim_payout("early", who, 2000).await, "second_factor_new");
        life.house.pass(MINUTE);
        for (amount, want) in
            [(0, "bad_amount"), (999, "below_least_payout"), (5001, "not_enough_commission")]
        {
            assert_eq!(life.claim_payout("bad", who, amount).await, want, "{amount}");
        }
        let mut nowhere = life.wish("bad", who, 2000, "1");
        nowhere.destination = " ".into();
        assert_eq!(code(app.request_payout(life.house.now(), nowhere).await), "bad_destination");
        let wrong = life.wish("bad", who, 2000, "12345x");
        assert_eq!(code(app.request_payout(life.house.now(), wrong).await), "wrong_code");
        assert_eq!(life.claim_payout("one", who, 2000).await, "ok");
        assert_eq!(life.commission(who).await, 3000, "reserved");
        life.house.pass(MINUTE);
        assert_eq!(life.claim_payout("two", who, 1000).await, "payout_open");
        life.audited_payouts().await;
        let listed = app.list_transfers(life.house.now(), life.who).await.expect("a list");
        assert_eq!(listed, [life.id("one")]);
        let again = app.list_transfers(life.house.now(), life.who).await.expect("a list");
        assert_eq!(again, [], "each is on one list");
        let by_member = SettlePayout {
            who,
            id: life.id("one"),
            to: State::Paid,
            slip: "S-1001".into(),
            reason: String::new(),
        };
        assert_eq!(code(app.settle_payout(life.house.now(), by_member).await), "not_allowed");
        for (to, slip, why, want) in [
            (State::Claim, "", "x", "bad_state"),
            (State::Paid, "abc", "", "no_slip_number"),
            (State::Unknown, "", " ", "no_reason"),
            (State::Unknown, "", "the bank is silent", "ok"),
            (State::Unknown, "", "still silent", "ok"),
            (State::Paid, "s-1001", "", "ok"),
            (State::Paid, "S-1001", "", "ok"),
            (State::Paid, "S-1002", "", "moved"),
            (State::Failed, "", "no such account", "moved"),
        ] {
            assert_eq!(life.settle_payout("one", to, slip, why).await, want, "{to:?} {slip}");
        }
        assert_eq!(life.commission(who).await, 3000, "gone");
        let told = |kind: &str| format!("SELECT count(*) FROM notice WHERE kind = '{kind}'");
        assert_eq!(number(&life.house, told("payout_paid")).await, 1);
        assert_eq!(number(&life.house, told("second_factor_on")).await, 1);
        life.audited_payouts().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payout_that_failed_is_in_the_wallet_again() {
    both(async |house: House| {
        let (mut life, who) = begin(house, 5000).await;
        let app = life.house.app.clone();
        life.guarded(who).await;
        assert_eq!(life.claim_payout("one", who, 2000).await, "ok");
        assert_eq!(life.settle_payout("one", State::Paid, "S-1001", "").await, "ok");
        // with a fee, and it fails: everything comes back
        let terms = Terms { least: 1000, fee: 100 };
        app.set_payout_terms(life.house.now(), life.who, terms).await.expect("terms");
        life.house.pass(MINUTE);
        assert_eq!(life.claim_payout("three", who, 3000).await, "ok");
        assert_eq!(life.settle_payout("three", State::Paid, "S-1001", "").await, "slip_used");
        life.audited_payouts().await;
        assert_eq!(life.settle_payout("three", State::Failed, "", "no such account").await, "ok");
        assert_eq!(life.commission(who).await, 3000);
        let told = "SELECT count(*) FROM notice WHERE kind = 'payout_failed'";
        assert_eq!(number(&life.house, told.into()).await, 1);
        life.house.pass(MINUTE);
        assert_eq!(life.claim_payout("four", who, 3000).await, "ok");
        assert_eq!(life.settle_payout("four", State::Paid, "S-1004", "").await, "ok");
        assert_eq!(life.commission(who).await, 0);
        let of = |account: &str| {
            format!(
                "SELECT CAST(sum(amount) AS bigint) FROM transfer WHERE credit = '{account}'
                AND state = 'posted'"
            )
        };
        assert_eq!(number(&life.house, of("fees")).await, 100);
        assert_eq!(number(&life.house, of("payout:manual")).await, 2000 + 2900);
        let lines = app.wallet(who.community, who.member, None, 9).await.expect("a look").lines;
        let out = lines.iter().filter(|l| matches!(l.what, Moved::PaidOut { reserved: false, .. }));
        assert_eq!(out.map(|l| l.amount()).collect::<Vec<_>>(), [-3000, -2000]);
        life.audited_payouts().await;
        app.seal(life.house.now()).await.expect("seals");
        life.audited_payouts().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once_and_tries_are_counted() {
    both(async |house: House| {
        let (mut life, who) = begin(house, 90_000).await;
        let (app, account) = (life.house.app.clone(), who.account);
        let session = life.session(who).await;
        life.house.pass(11 * MINUTE);
        let old = BeginSecondFactor { account, session, password: None };
        let stale = app.begin_second_factor(life.house.now(), old).await;
        assert_eq!(code(stale), "sign_in_again_first");
        let paper = life.guarded(who).await;
        assert_eq!(paper.iter().collect::<BTreeSet<_>>().len(), 10);
        let typed = life.shown_code(who).await;
        assert_eq!(life.claim_payout("one", who, 1000).await, "ok");
        assert_eq!(life.settle_payout("one", State::Paid, "S-1001", "").await, "ok");
        let wish = life.wish("two", who, 1000, &typed);
        assert_eq!(code(app.request_payout(life.house.now(), wish).await), "wrong_code", "used");
        // a code on paper, as it is printed, works once
        let wish = life.wish("three", who, 1000, &printed(&paper[0]));
        assert_eq!(code(app.request_payout(life.house.now(), wish).await), "ok");
        assert_eq!(life.settle_payout("three", State::Paid, "S-1003", "").await, "ok");
        let wish = life.wish("four", who, 1000, &paper[0]);
        assert_eq!(code(app.request_payout(life.house.now(), wish).await), "wrong_code");
        let page = app.second_factor(life.house.now(), account).await.expect("a look");
        assert_eq!((page.state, page.left, page.secret), (Some(Factor::On), 9, None));
        life.house.pass(MINUTE);
        for n in 0..11 {
            let wish = life.wish("guess", who, 1000, &format!("{n:06}"));
            let got = code(app.request_payout(life.house.now(), wish).await);
            if got != "wrong_code" {
                assert_eq!((n >= 8, got), (true, "too_many_tries"), "{n}");
            }
        }
        assert_eq!(life.claim_payout("five", who, 1000).await, "too_many_tries");
        life.house.pass(16 * MINUTE);
        assert_eq!(life.claim_payout("five", who, 1000).await, "ok");
        let gone = app.remove_second_factor(life.house.now(), who, (paper[0].clone(), None));
        assert_eq!(code(gone.await), "wrong_code");
        let gone = app.remove_second_factor(life.house.now(), who, (paper[1].clone(), None));
        assert_eq!(code(gone.await), "ok");
        assert_eq!(number(&life.house, "SELECT count(*) FROM recovery_code".to_string()).await, 0);
        life.audited_payouts().await;
    })
    .await;
}

/// A hundred requests for one balance in the same moment, with eleven good codes among them.
#[tokio::test(flavor = "multi_thread")]
async fn one_balance_is_paid_out_once() {
    both(async |house: House| {
        let (mut life, who) = begin(house, 5000).await;
        let paper = life.guarded(who).await;
        let typed = life.shown_code(who).await;
        let mut tasks = Vec::new();
        for n in 0..100 {
            let with = paper.get(n).unwrap_or(&typed);
            let wish = life.wish(&format!("p{n}"), who, 5000, with);
            let (app, now) = (life.house.app.clone(), life.house.now());
            tasks.push(tokio::spawn(async move { code(app.request_payout(now, wish).await) }));
        }
        let mut said = Vec::new();
        for task in tasks {
            said.push(task.await.expect("no panic"));
        }
        assert_eq!(said.iter().filter(|s| **s == "ok").count(), 1, "{said:?}");
        let may = ["ok", "payout_open", "not_enough_commission", "wrong_code", "too_many_tries"];
        assert!(said.iter().all(|s| may.contains(s)), "{said:?}");
        assert_eq!(life.commission(who).await, 0);
        let sql = "SELECT count(*) FROM payout".to_string();
        assert_eq!(number(&life.house, sql).await, 1);
        life.audited_payouts().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_leaves_no_destination() {
    both(async |house: House| {
        let (mut life, who) = begin(house, 5000).await;
        life.guarded(who).await;
        assert_eq!(life.claim_payout("one", who, 2000).await, "ok");
        assert_eq!(life.settle_payout("one", State::Paid, "S-1001", "").await, "ok");
        life.house.pass(MINUTE);
        assert_eq!(life.claim_payout("two", who, 2000).await, "ok");
        let app = life.house.app.clone();
        app.close_account(life.house.now(), who.account).await.expect("closed");
        let named = "SELECT count(*) FROM payout WHERE destination <> '' OR payee <> ''";
        assert_eq!(number(&life.house, named.into()).await, 1, "the open one is still needed");
        let left = "SELECT (SELECT count(*) FROM second_factor)
            + (SELECT count(*) FROM recovery_code)";
        assert_eq!(number(&life.house, left.into()).await, 0);
        assert_eq!(life.settle_payout("two", State::Paid, "S-1002", "").await, "ok");
        assert_eq!(number(&life.house, named.into()).await, 0);
        life.audited_payouts().await;
    })
    .await;
}

/// Code | row | part of what it says | the corruption, as in the audit's own story.
const SPOILED: &str = include_str!("payouts_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_payout() {
    both(async |house: House| {
        let (mut life, who) = begin(house, 9000).await;
        life.guarded(who).await;
        assert_eq!(life.claim_payout("paid", who, 2000).await, "ok");
        assert_eq!(life.settle_payout("paid", State::Paid, "S-1001", "").await, "ok");
        let terms = Terms { least: 1000, fee: 100 };
        life.house.app.set_payout_terms(life.house.now(), life.who, terms).await.expect("terms");
        life.house.pass(MINUTE);
        assert_eq!(life.claim_payout("failed", who, 2000).await, "ok");
        assert_eq!(life.settle_payout("failed", State::Failed, "", "no account").await, "ok");
        life.house.pass(MINUTE);
        assert_eq!(life.claim_payout("open", who, 2000).await, "ok");
        life.name("m", who.member.raw());
        life.audited_payouts().await;
        let mut missed = String::new();
        for case in SPOILED.lines().filter(|l| !l.is_empty()) {
            let cell: Vec<&str> = case.splitn(4, " | ").collect();
            let report = life.audit_spoiled(cell[3]).await;
            let row = format!("{} of community {C}", life.spelled(cell[1]));
            let says = life.spelled(cell[2]);
            let hit = |f: &app::audit::Finding| {
                f.check == cell[0] && f.row == row && f.says.contains(&says)
            };
            if !report.findings.iter().any(hit) {
                missed += &format!("{case}\n{}\n", shown(&report));
            }
        }
        assert!(missed.is_empty(), "{:?}\n{missed}", life.house.on);
    })
    .await;
}
