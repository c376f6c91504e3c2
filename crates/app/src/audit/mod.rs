//! The audit: the invariants of the books and the shelves, derived once more from the rows alone.
//!
//! It knows the tables and nothing of the verbs that write them: whoever mends a verb does not
//! mend the audit with it. Most checks are one statement that answers with broken rows only; the
//! chains and balances are replayed page by page. All of it looks at one moment of the store.
//!
//! What rows cannot show is not here: that an answered success survived a restart (I15) shows only
//! where its other rows (fact, transfer, hold) are missing.
mod cases;
mod chain;
mod chain_orders;
mod commission;
mod coupons;
mod figures;
mod group_buys;
mod jobs;
mod order_log;
mod orders;
mod packets;
mod payments;
mod payouts;
mod points;
mod refunds;
mod relays;
mod replay;
mod service_pay;
mod shares;
mod spread;
mod stock;
mod tiers;
mod transfers;
mod wallet;
mod webhooks;

use crate::db::{Fault, Rx};
use crate::{App, p};
use rules::base::Moment;
use std::collections::BTreeMap;

/// One broken row: the invariant, the table and key, what was expected and what was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub check: &'static str,
    pub row: String,
    pub says: String,
}

/// What an audit looked at and what it found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Code, name, rows looked at, findings; the findings are all counted, not all listed.
    pub checks: Vec<(&'static str, &'static str, i64, i64)>,
    /// At most [`LISTED`] of each check.
    pub findings: Vec<Finding>,
}

impl Report {
    pub fn clean(&self) -> bool {
        self.checks.iter().all(|(_, _, _, found)| *found == 0)
    }
    fn entry(&mut self, (code, name): Name) -> &mut (&'static str, &'static str, i64, i64) {
        let known = self.checks.iter().position(|c| (c.0, c.1) == (code, name));
        let at = known.unwrap_or_else(|| {
            self.checks.push((code, name, 0, 0));
            self.checks.len() - 1
        });
        &mut self.checks[at]
    }
    fn looked(&mut self, name: Name, rows: i64) {
        self.entry(name).2 += rows;
    }
    /// Counts `n` broken rows more; says how many there were before.
    fn count(&mut self, name: Name, n: i64) -> i64 {
        let entry = self.entry(name);
        entry.3 += n;
        entry.3 - n
    }
    fn list(&mut self, name: Name, c: i64, row: &str, says: String) {
        let row = format!("{row} of community {c}");
        self.findings.push(Finding { check: name.0, row, says });
    }
    fn found(&mut self, name: Name, c: i64, row: &str, says: String) {
        if self.count(name, 1) < LISTED {
            self.list(name, c, row, says);
        }
    }
}

/// Broken rows of one check that are named; the rest are only counted.
pub const LISTED: i64 = 20;
/// Money in suspense for longer than this is unexplained.
pub const UNEXPLAINED_MS: i64 = 3 * 24 * 60 * 60 * 1000;
/// A worker's lease is much shorter; one beyond this keeps its job from everybody.
const LONGEST_LEASE_MS: i64 = 10 * 60 * 1000;

/// The invariant's code and the check's own name.
type Name = (&'static str, &'static str);

/// The second argument of a check's statement; the first is the community.
#[derive(Clone, Copy)]
enum Second {
    None,
    /// No lease ends after this.
    Lease,
    /// No money came into suspense before this.
    Unexplained,
}

/// One statement that answers with the broken rows: the row, what it says, how many there are.
struct Check {
    name: Name,
    /// Counts the rows it looks at.
    over: &'static str,
    broken: &'static str,
    second: Second,
}
const fn check(name: Name, over: &'static str, broken: &'static str) -> Check {
    Check { name, over, broken, second: Second::None }
}

/// The moments that checks compare with.
#[derive(Clone, Copy)]
struct Times {
    lease: Moment,
    unexplained: Moment,
}

/// Whoever has rows: a community that is gone must not hide what is left of it.
const COMMUNITIES: &str = "SELECT id FROM community UNION SELECT community_id FROM transfer
    UNION SELECT community_id FROM balance UNION SELECT community_id FROM chain
    UNION SELECT community_id FROM fact UNION SELECT community_id FROM hold
    UNION SELECT community_id FROM job UNION SELECT community_id FROM orders
    UNION SELECT community_id FROM order_line UNION SELECT community_id FROM payment
    UNION SELECT community_id FROM refund UNION SELECT community_id FROM variant
    UNION SELECT community_id FROM product UNION SELECT community_id FROM team
    UNION SELECT community_id FROM coupon UNION SELECT community_id FROM red_packet ORDER BY 1";
const KNOWN: &str = "SELECT 1 FROM community WHERE id = $1";
const COMMUNITY: Name = ("rows", "rows belong to a community");

impl App {
    /// Audits the whole store at one moment.
    pub async fn audit(&self, now: Moment) -> Result<Report, Fault> {
        self.audit_within(now, UNEXPLAINED_MS).await
    }
    /// The same, with another patience for money in suspense.
    pub async fn audit_within(&self, now: Moment, unexplained: i64) -> Result<Report, Fault> {
        self.db.read(move |rx| look(rx, now, unexplained)).await
    }
}

/// The audit of what `rx` sees; inside a transaction that is also what it has not committed.
pub fn look(rx: &mut Rx<'_>, now: Moment, unexplained: i64) -> Result<Report, Fault> {
    let unexplained = now.plus(unexplained.saturating_neg());
    let times = Times { lease: now.plus(LONGEST_LEASE_MS), unexplained };
    let mut report = Report::default();
    name_all(&mut report);
    for c in rx.all(COMMUNITIES, p![], |r| r.int(0))? {
        report.looked(COMMUNITY, 1);
        if rx.one(KNOWN, p![c], |_| ())?.is_none() {
            report.found(COMMUNITY, c, "rows", "there is no such community".into());
        }
        chain::transfers(rx, &mut report, c)?;
        chain::facts(rx, &mut report, c)?;
        let mut counts = Counts::new();
        if run(rx, &mut report, &mut counts, c, &figures::CHECK, times)? > 0 {
            // sums over them would overflow, and one failed statement ends the look
            let says = "the checks that add up were left out for this community";
            report.list(figures::CHECK.name, c, "figures", says.into());
            continue;
        }
        for check in all() {
            run(rx, &mut report, &mut counts, c, check, times)?;
        }
        packets::draws(rx, &mut report, c)?;
        commission::shares(rx, &mut report, c)?;
        service_pay::shares(rx, &mut report, c)?;
        points::shares(rx, &mut report, c)?;
        order_log::order_log(rx, &mut report, c)?;
    }
    Ok(report)
}

fn all() -> impl Iterator<Item = &'static Check> {
    let shelves: &[&[Check]] = &[
        &transfers::CHECKS,
        &orders::CHECKS,
        &payments::CHECKS,
        &refunds::CHECKS,
        &wallet::CHECKS,
        &payouts::CHECKS,
        &cases::CHECKS,
        &stock::CHECKS,
        &group_buys::CHECKS,
        &chain_orders::CHECKS,
        &coupons::CHECKS,
        &tiers::CHECKS,
        &points::CHECKS,
        &jobs::CHECKS,
        &spread::CHECKS,
        &commission::CHECKS,
        &service_pay::CHECKS,
        &packets::CHECKS,
        &webhooks::CHECKS,
        &relays::CHECKS,
    ];
    shelves.iter().copied().flatten()
}

/// Every check stands in the report, also that of an empty store.
fn name_all(report: &mut Report) {
    let replayed = [COMMUNITY].into_iter().chain(replay::NAMES).chain(chain::NAMES);
    let replayed = replayed.chain(packets::NAMES).chain(commission::NAMES);
    let replayed = replayed.chain(service_pay::NAMES).chain(points::NAMES);
    let replayed = replayed.chain(order_log::NAMES);
    let asked = [&figures::CHECK].into_iter().chain(all()).map(|c| c.name);
    for name in replayed.chain(asked) {
        report.looked(name, 0);
    }
}

/// How many rows a statement counted: many checks look at the same ones.
type Counts = BTreeMap<&'static str, i64>;

/// Runs one check on one community; says how many broken rows it has there.
fn run(
    rx: &mut Rx<'_>,
    report: &mut Report,
    counts: &mut Counts,
    c: i64,
    check: &Check,
    times: Times,
) -> Result<i64, Fault> {
    let rows = match counts.get(check.over) {
        Some(known) => *known,
        None => rx.one(check.over, p![c], |r| r.int(0))?.unwrap_or(0),
    };
    counts.insert(check.over, rows);
    report.looked(check.name, rows);
    let read = |r: crate::db::Row<'_>| {
        let text = |i| r.opt_text(i).unwrap_or_else(|| "?".into());
        (text(0), text(1), r.int(2))
    };
    let broken = match check.second {
        Second::None => rx.all(check.broken, p![c], read)?,
        Second::Lease => rx.all(check.broken, p![c, times.lease], read)?,
        Second::Unexplained => rx.all(check.broken, p![c, times.unexplained], read)?,
    };
    let found = broken.first().map_or(0, |b| b.2);
    let before = report.count(check.name, found);
    for (row, says, _) in broken.into_iter().take((LISTED - before).max(0) as usize) {
        report.list(check.name, c, &row, says);
    }
    Ok(found)
}
