//! I2, I3, I5: balances as the transfers give them, beside the stored ones.
use super::{Name, Report};
use crate::db::{Fault, Rx};
use crate::p;
use std::collections::BTreeMap;

const ZERO: Name = ("I2", "all balances add up to zero");
const SAME: Name = ("I3", "stored balances are what the transfers give");
const LIMIT: Name = ("I5", "limited accounts pay out no more than came in");
const SUSPENSE: Name = ("I14", "suspense holds what its payments say");
pub(super) const NAMES: [Name; 4] = [ZERO, SAME, LIMIT, SUSPENSE];

const PAGE: i64 = 2000;
const BALANCES: &str = "SELECT account, debits_pending, debits_posted, credits_pending,
    credits_posted FROM balance WHERE community_id = $1 AND account > $2
    ORDER BY account LIMIT $3";
const SUSPENSE_PAGE: &str = "SELECT id, amount FROM payment
    WHERE community_id = $1 AND state = 'suspense' AND id > $2 ORDER BY id LIMIT $3";

/// A stored transfer, without its place in the chain.
pub(super) struct Transfer {
    pub id: i64,
    pub part: i64,
    pub state: String,
    pub pending_id: Option<i64>,
    pub event: String,
    pub cause: i64,
    pub debit: String,
    pub credit: String,
    pub amount: i64,
}

/// Debits pending, debits posted, credits pending, credits posted.
type Sums = [i128; 4];

#[derive(Default)]
pub(super) struct Replay {
    sealed: BTreeMap<String, Sums>,
    /// What the sealer has not brought forward yet.
    tail: BTreeMap<String, Sums>,
}

/// An account whose balance the verbs keep themselves, at once.
fn limited(account: &str) -> bool {
    let limited = ["redpacket:", "wallet:", "commission:", "service:", "points:"];
    account == "suspense" || limited.iter().any(|start| account.starts_with(start))
}

fn add(sums: &mut BTreeMap<String, Sums>, t: &Transfer) {
    let n = i128::from(t.amount);
    let (pending, posted) = match (t.state.as_str(), t.pending_id) {
        ("pending", _) => (n, 0),
        ("posted", None) => (0, n),
        ("posted", Some(_)) => (-n, n),
        ("voided", _) => (-n, 0),
        _ => return, // no state at all; I1 names it
    };
    for (account, at) in [(&t.debit, 0), (&t.credit, 2)] {
        let sum = match sums.get_mut(account) {
            Some(sum) => sum,
            None => sums.entry(account.clone()).or_default(),
        };
        sum[at] += pending;
        sum[at + 1] += posted;
    }
}

fn told(s: &Sums) -> String {
    format!("debits {}+{}, credits {}+{} (pending+posted)", s[0], s[1], s[2], s[3])
}

impl Replay {
    pub fn sealed(&mut self, t: &Transfer) {
        add(&mut self.sealed, t);
    }
    pub fn unsealed(&mut self, t: &Transfer) {
        add(&mut self.tail, t);
    }
    /// What the stored row of an account has to hold.
    fn due(&mut self) -> BTreeMap<String, Sums> {
        let mut due = std::mem::take(&mut self.sealed);
        for (account, by) in self.tail.iter().filter(|(a, _)| limited(a)) {
            let sum = due.entry(account.clone()).or_default();
            (0..4).for_each(|i| sum[i] += by[i]);
        }
        due
    }
    pub fn compare(mut self, rx: &mut Rx<'_>, report: &mut Report, c: i64) -> Result<(), Fault> {
        let mut due = self.due();
        let (mut all, mut suspense, mut last) = (Sums::default(), 0, String::new());
        loop {
            let page = rx.all(BALANCES, p![c, &last, PAGE], |r| {
                let n = |i| i128::from(r.int(i));
                (r.text(0), [n(1), n(2), n(3), n(4)])
            })?;
            report.looked(ZERO, page.len() as i64);
            report.looked(SAME, page.len() as i64);
            for (account, stored) in &page {
                (0..4).for_each(|i| all[i] += stored[i]);
                let row = format!("balance {account}");
                let want = due.remove(account).unwrap_or_default();
                if *stored != want {
                    let says = format!("it says {}; transfers give {}", told(stored), told(&want));
                    report.found(SAME, c, &row, says);
                }
                if limited(account) {
                    report.looked(LIMIT, 1);
                    let left = stored[3] - stored[1] - stored[0];
                    if left < 0 {
                        let says = format!("{} are left: {}", left, told(stored));
                        report.found(LIMIT, c, &row, says);
                    }
                }
                if account == "suspense" {
                    suspense += stored[3] - stored[1];
                }
            }
            match page.last() {
                Some((account, _)) if page.len() == PAGE as usize => last = account.clone(),
                _ => break,
            }
        }
        for (account, want) in due.iter().filter(|(_, s)| **s != Sums::default()) {
            let says = format!("the row is missing; transfers give {}", told(want));
            report.found(SAME, c, &format!("balance {account}"), says);
        }
        self.zero(report, c, all);
        in_suspense(rx, report, c, suspense)
    }
    /// The stored rows, with what is not brought forward yet, have two equal sides.
    fn zero(&self, report: &mut Report, c: i64, mut all: Sums) {
        for by in self.tail.iter().filter(|(a, _)| !limited(a)).map(|(_, by)| by) {
            (0..4).for_each(|i| all[i] += by[i]);
        }
        for (side, debits, credits) in [("pending", all[0], all[2]), ("posted", all[1], all[3])] {
            if debits != credits {
                let says = format!("{side} debits are {debits}, credits {credits}");
                report.found(ZERO, c, "balance (all accounts)", says);
            }
        }
    }
}

/// Money nobody has explained lies in suspense, payment by payment.
fn in_suspense(rx: &mut Rx<'_>, report: &mut Report, c: i64, stored: i128) -> Result<(), Fault> {
    let (mut sum, mut last) = (0, i64::MIN);
    loop {
        let page = rx.all(SUSPENSE_PAGE, p![c, last, PAGE], |r| (r.int(0), r.int(1)))?;
        report.looked(SUSPENSE, page.len() as i64);
        sum += page.iter().map(|(_, amount)| i128::from(*amount)).sum::<i128>();
        match page.last() {
            Some((id, _)) if page.len() == PAGE as usize => last = *id,
            _ => break,
        }
    }
    if sum != stored {
        let says = format!("its balance is {stored}, the payments in suspense add up to {sum}");
        report.found(SUSPENSE, c, "balance suspense", says);
    }
    Ok(())
}
