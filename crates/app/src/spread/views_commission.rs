//! Reads of commission: a member's earnings, the desk's list with its evidence, trees of payees.
use super::tables_commission as tables;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket};
use rules::spread::commission::{Level, Rates, Scope, State, Terms};
use rules::spread::payee_tree::{Paid, Tree, trees as grow};
use std::collections::BTreeSet;

type C = Id<id::Community>;
type Member = Id<id::Member>;

const SUMS: &str =
    "SELECT coalesce(CAST(sum(amount) FILTER (WHERE state = 'pending') AS bigint), 0),
    coalesce(CAST(sum(amount) FILTER (WHERE state = 'frozen') AS bigint), 0),
    coalesce(CAST(sum(amount) FILTER (WHERE available_at IS NOT NULL) AS bigint), 0)
    FROM commission WHERE community_id = $1 AND member_id = $2";
const OWED: &str = "SELECT amount FROM commission_debt WHERE community_id = $1 AND member_id = $2";
const WALLET: &str = "SELECT credits_posted - debits_posted - debits_pending FROM balance
    WHERE community_id = $1 AND account = $2";
const MINE: &str = "SELECT k.id, k.order_id, k.level, k.rate, k.base, k.earned, k.amount, k.state,
    k.at, k.frozen_at, k.available_at, k.wait_days, l.title, k.member_id, ''
    FROM commission k
    JOIN order_line l ON l.community_id = k.community_id AND l.id = k.line_id
    WHERE k.community_id = $1 AND k.member_id = $2 AND k.id < $3 AND k.state <> 'expected'
    ORDER BY k.id DESC LIMIT $4";
const ALL: &str = "SELECT k.id, k.order_id, k.level, k.rate, k.base, k.earned, k.amount, k.state,
    k.at, k.frozen_at, k.available_at, k.wait_days, l.title, k.member_id,
    CASE WHEN m.state = 'active' THEN m.name ELSE '' END, y.reference, l.received_at
    FROM commission k
    JOIN order_line l ON l.community_id = k.community_id AND l.id = k.line_id
    JOIN member m ON m.community_id = k.community_id AND m.id = k.member_id
    LEFT JOIN payment y ON y.community_id = k.community_id AND y.order_id = k.order_id
      AND y.state = 'captured'
    WHERE k.community_id = $1 AND k.id < $2 AND k.state <> 'expected'
    ORDER BY k.id DESC LIMIT $3";
const TOTALS: &str = "SELECT state, count(*), CAST(sum(amount) AS bigint) FROM commission
    WHERE community_id = $1 AND state <> 'expected' GROUP BY state";
const ALL_OWED: &str = "SELECT coalesce(CAST(sum(amount) AS bigint), 0) FROM commission_debt
    WHERE community_id = $1";
const SHARERS: &str = "SELECT count(*) FROM commission_sharer
    WHERE community_id = $1 AND left_at IS NULL";
const RATES: &str = "SELECT r.scope, r.scope_id, r.first_rate, r.second_rate,
    coalesce(p.title, g.name, q.title, '') FROM commission_rate r
    LEFT JOIN product p ON r.scope = 'product' AND p.community_id = r.community_id
      AND p.id = r.scope_id
    LEFT JOIN category g ON r.scope = 'category' AND g.community_id = r.community_id
      AND g.id = r.scope_id
    LEFT JOIN campaign k ON r.scope = 'campaign' AND k.community_id = r.community_id
      AND k.id = r.scope_id
    LEFT JOIN product q ON q.community_id = k.community_id AND q.id = k.product_id
    WHERE r.community_id = $1 ORDER BY r.scope, r.scope_id";
const PRODUCT: &str = "SELECT 1 FROM product WHERE community_id = $1 AND id = $2";
const CAMPAIGN: &str = "SELECT 1 FROM campaign WHERE community_id = $1 AND id = $2";
const CATEGORY: &str = "SELECT 1 FROM category WHERE community_id = $1 AND id = $2";
/// Who was paid for what those whom they had brought bought, or led to. Neighbours who show things
/// to each other stand beside each other: that makes no tree.
const PAID: &str = "SELECT DISTINCT k.member_id, coalesce(k.via_id, k.buyer_id) FROM commission k
    WHERE k.community_id = $1 AND k.available_at IS NOT NULL AND EXISTS (SELECT 1 FROM binding b
      WHERE b.community_id = k.community_id AND b.member_id = coalesce(k.via_id, k.buyer_id)
      AND b.by_id = k.member_id)";
const PAYEES: &str = "SELECT DISTINCT member_id FROM commission
    WHERE community_id = $1 AND available_at IS NOT NULL";
const NAMES: &str = "SELECT id, CASE WHEN state = 'active' THEN name ELSE '' END FROM member
    WHERE community_id = $1 AND id IN (SELECT member_id FROM commission WHERE community_id = $1
      AND available_at IS NOT NULL)";

/// One commission on a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub id: Id<id::Commission>,
    pub order: Id<id::Order>,
    pub level: Level,
    /// Basis points.
    pub rate: i64,
    pub base: i64,
    pub earned: i64,
    /// What of it was not taken back.
    pub amount: i64,
    pub state: State,
    pub at: Moment,
    pub frozen_at: Option<Moment>,
    pub available_at: Option<Moment>,
    pub wait_days: i64,
    /// What was bought.
    pub title: String,
    pub member: Member,
    /// Empty for who has gone; on a member's own list always.
    pub name: String,
}

fn line(r: &Row<'_>) -> Line {
    Line {
        id: r.id(0),
        order: r.id(1),
        level: Level::of(r.int(2)).unwrap_or(Level::First),
        rate: r.int(3),
        base: r.int(4),
        earned: r.int(5),
        amount: r.int(6),
        state: r.word(7, State::of),
        at: r.moment(8),
        frozen_at: r.opt_moment(9),
        available_at: r.opt_moment(10),
        wait_days: r.int(11),
        title: r.text(12),
        member: r.id(13),
        name: r.text(14),
    }
}

/// What one member earned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Earnings {
    pub takes_part: bool,
    pub terms: Terms,
    pub pending: i64,
    pub frozen: i64,
    /// All that ever became available and was not taken back.
    pub came: i64,
    /// In the wallet now, less what is owed.
    pub in_wallet: i64,
    pub owed: i64,
    pub lines: Vec<Line>,
}

fn earnings(
    rx: &mut Rx<'_>,
    c: C,
    member: Member,
    (before, most): (i64, i64),
) -> Result<Earnings, Fault> {
    let sums = rx.one(SUMS, p![c, member], |r| (r.int(0), r.int(1), r.int(2)))?;
    let (pending, frozen, came) = sums.unwrap_or_default();
    let wallet = Account::Wallet(member, Bucket::Commission).name();
    let in_wallet = rx.one(WALLET, p![c, wallet.as_ref()], |r| r.int(0))?.unwrap_or(0);
    let owed = rx.one(OWED, p![c, member], |r| r.int(0))?.unwrap_or(0);
    Ok(Earnings {
        takes_part: tables::takes_part(rx, c, member)?,
        terms: tables::terms(rx, c)?.0,
        pending,
        frozen,
        came,
        in_wallet: (in_wallet - owed).max(0),
        owed,
        lines: rx.all(MINE, p![c, member, before, most], |r| line(&r))?,
    })
}

/// A line of the desk's list with what proves it: the payment's number, the day of receipt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    pub line: Line,
    pub payment: Option<String>,
    pub received_at: Option<Moment>,
}

/// A rate of its own, and what it is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnRate {
    pub scope: Scope,
    pub of: i64,
    pub rates: Rates,
    pub title: String,
}

/// Terms and sums for the desk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Programme {
    pub terms: Terms,
    /// Since when the second level is not paid because of a tree.
    pub stopped: Option<Moment>,
    pub rates: Vec<OwnRate>,
    pub sharers: i64,
    /// State, how many, how much.
    pub totals: Vec<(State, i64, i64)>,
    pub owed: i64,
}

fn programme(rx: &mut Rx<'_>, c: C) -> Result<Programme, Fault> {
    let (terms, stopped) = tables::terms(rx, c)?;
    let rates = rx.all(RATES, p![c], |r| OwnRate {
        scope: r.word(0, Scope::of),
        of: r.int(1),
        rates: Rates { first: r.int(2), second: r.int(3) },
        title: r.text(4),
    })?;
    let totals = rx.all(TOTALS, p![c], |r| (r.word(0, State::of), r.int(1), r.int(2)))?;
    let count = |n: Option<i64>| n.unwrap_or(0);
    Ok(Programme {
        terms,
        stopped,
        rates,
        sharers: count(rx.one(SHARERS, p![c], |r| r.int(0))?),
        totals,
        owed: count(rx.one(ALL_OWED, p![c], |r| r.int(0))?),
    })
}

/// The trees of those who were paid, the largest first.
pub(super) fn trees(rx: &mut Rx<'_>, c: C) -> Result<Vec<Tree>, Fault> {
    let edges = rx.all(PAID, p![c], |r| Paid { above: r.int(0), below: r.int(1) })?;
    let payees: BTreeSet<i64> = rx.all(PAYEES, p![c], |r| r.int(0))?.into_iter().collect();
    Ok(grow(&edges, &payees))
}
pub(super) fn exists(rx: &mut Rx<'_>, c: C, (scope, of): (Scope, i64)) -> Result<bool, Fault> {
    let sql = match scope {
        Scope::Product => PRODUCT,
        Scope::Campaign => CAMPAIGN,
        Scope::Category => CATEGORY,
    };
    Ok(rx.one(sql, p![c, of], |_| ())?.is_some())
}

/// The trees and the names of those in them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payees {
    pub trees: Vec<Tree>,
    pub names: Vec<(i64, String)>,
}

impl App {
    pub async fn earnings(
        &self,
        c: C,
        member: Member,
        before: Option<Id<id::Commission>>,
        most: i64,
    ) -> Result<Earnings, Fault> {
        let page = (before.map_or(i64::MAX, Id::raw), most);
        self.db.read(move |rx| earnings(rx, c, member, page)).await
    }
    pub async fn commission_terms(&self, c: C) -> Result<Terms, Fault> {
        self.db.read(move |rx| Ok(tables::terms(rx, c)?.0)).await
    }
    /// Whether this member earns by what their links lead to: then every page says so.
    pub async fn earns(&self, c: C, member: Member) -> Result<bool, Fault> {
        self.db
            .read(move |rx| Ok(tables::terms(rx, c)?.0.on && tables::takes_part(rx, c, member)?))
            .await
    }
    pub async fn programme(&self, c: C) -> Result<Programme, Fault> {
        self.db.read(move |rx| programme(rx, c)).await
    }
    pub async fn commissions(
        &self,
        c: C,
        before: Option<Id<id::Commission>>,
        most: i64,
    ) -> Result<Vec<Evidence>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        let read = |r: Row<'_>| Evidence {
            line: line(&r),
            payment: r.opt_text(15),
            received_at: r.opt_moment(16),
        };
        self.db.read(move |rx| rx.all(ALL, p![c, before, most], read)).await
    }
    /// Who was paid through whom.
    pub async fn payees(&self, c: C) -> Result<Payees, Fault> {
        self.db
            .read(move |rx| {
                let names = rx.all(NAMES, p![c], |r| (r.int(0), r.text(1)))?;
                Ok(Payees { trees: trees(rx, c)?, names })
            })
            .await
    }
}
