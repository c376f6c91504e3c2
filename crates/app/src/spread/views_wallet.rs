//! Reads of a member's wallet: what it holds, part by part, and where each sum came from and went.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket};

type C = Id<id::Community>;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wallet {
    /// Minor units of each part.
    pub buckets: Vec<(Bucket, i64)>,
    /// What came in and went out, the newest first.
    pub lines: Vec<WalletLine>,
}

/// One movement: a group of transfers that touched the wallet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WalletLine {
    /// The number of its transfers.
    pub id: Id<id::Transfer>,
    /// What each part got, or gave (below zero); parts it did not touch are left out.
    pub parts: Vec<(Bucket, i64)>,
    pub at: Moment,
    pub what: Moved,
}

/// Why it moved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Moved {
    Packet {
        packet: Id<id::RedPacket>,
        wish: String,
        group_name: String,
    },
    /// Towards an order; reserved until that is paid.
    Paid {
        order: Id<id::Order>,
        /// The first of its goods.
        goods: String,
        reserved: bool,
    },
    /// Back from an order.
    Returned {
        order: Id<id::Order>,
        goods: String,
    },
    /// Commission of a line somebody bought came, or was taken back.
    Earned {
        title: String,
    },
    /// Pay for serving a list of this title came, or was taken back.
    Served {
        list: String,
    },
    /// On its way out by a transfer, or gone.
    PaidOut {
        payout: Id<id::Payout>,
        reserved: bool,
    },
}

impl Wallet {
    pub fn total(&self) -> i64 {
        self.buckets.iter().map(|(_, amount)| amount).sum()
    }
}
impl WalletLine {
    pub fn amount(&self) -> i64 {
        self.parts.iter().map(|(_, amount)| amount).sum()
    }
}

/// Commission that is owed back is not there to be spent.
const LEFT: &str = "SELECT credits_posted - debits_posted - debits_pending
      - CASE WHEN $4 = 'commission' THEN coalesce((SELECT d.amount FROM commission_debt d
        WHERE d.community_id = $1 AND d.member_id = $3), 0) ELSE 0 END
    FROM balance WHERE community_id = $1 AND account = $2";
const PACKETS: &str = "SELECT s.id, s.amount, s.taken_at, k.id, k.wish, g.name
    FROM red_packet_slot s
    JOIN red_packet k ON k.community_id = s.community_id AND k.id = s.packet_id
    JOIN room g ON g.community_id = k.community_id AND g.id = k.room_id
    WHERE s.community_id = $1 AND s.member_id = $2 AND s.id < $3 ORDER BY s.id DESC LIMIT $4";
/// What an unpaid order had reserved and gave back whole is no movement.
const PAID: &str = "SELECT w.transfer_id, w.at, w.order_id, o.state,
      CAST(sum(CASE WHEN w.bucket = 'red_packet' THEN w.amount ELSE 0 END) AS bigint),
      CAST(sum(CASE WHEN w.bucket = 'commission' THEN w.amount ELSE 0 END) AS bigint),
      (SELECT l.title FROM order_line l WHERE l.community_id = $1 AND l.order_id = w.order_id
        ORDER BY l.position LIMIT 1)
    FROM order_wallet w
    JOIN orders o ON o.community_id = w.community_id AND o.id = w.order_id
    WHERE w.community_id = $1 AND w.member_id = $2 AND w.transfer_id < $3
      AND o.state NOT IN ('cancelled', 'closed_unpaid')
    GROUP BY w.transfer_id, w.at, w.order_id, o.state ORDER BY w.transfer_id DESC LIMIT $4";
const RETURNED: &str = "SELECT w.transfer_id, w.at, f.order_id, '',
      CAST(sum(CASE WHEN w.bucket = 'red_packet' THEN w.amount ELSE 0 END) AS bigint),
      CAST(sum(CASE WHEN w.bucket = 'commission' THEN w.amount ELSE 0 END) AS bigint),
      (SELECT l.title FROM order_line l WHERE l.community_id = $1 AND l.order_id = f.order_id
        ORDER BY l.position LIMIT 1)
    FROM refund_wallet w
    JOIN refund f ON f.community_id = w.community_id AND f.id = w.refund_id
    WHERE w.community_id = $1 AND w.member_id = $2 AND w.transfer_id < $3
    GROUP BY w.transfer_id, w.at, f.order_id ORDER BY w.transfer_id DESC LIMIT $4";

/// Found through the member's own commissions: transfers have no index by account.
const EARNED: &str = "SELECT t.id, t.at, l.title,
      CASE WHEN t.credit = $5 THEN t.amount ELSE -t.amount END
    FROM commission k
    JOIN transfer t ON t.community_id = k.community_id AND t.cause = k.id
      AND t.event IN ('commission_available', 'commission_taken_back')
      AND (t.credit = $5 OR t.debit = $5)
    JOIN order_line l ON l.community_id = k.community_id AND l.id = k.line_id
    WHERE k.community_id = $1 AND k.member_id = $2 AND k.available_at IS NOT NULL AND t.id < $3
    ORDER BY t.id DESC LIMIT $4";

const SERVED: &str = "SELECT t.id, t.at, c.title,
      CASE WHEN t.credit = $5 THEN t.amount ELSE -t.amount END
    FROM service_pay v
    JOIN transfer t ON t.community_id = v.community_id AND t.cause = v.id
      AND t.event IN ('service_available', 'service_taken_back')
      AND (t.credit = $5 OR t.debit = $5)
    JOIN campaign c ON c.community_id = v.community_id AND c.id = v.campaign_id
    WHERE v.community_id = $1 AND v.member_id = $2 AND t.id < $3
    ORDER BY t.id DESC LIMIT $4";

/// One that failed is in the wallet again: no movement.
const PAID_OUT: &str = "SELECT id, asked_at, state, amount FROM payout
    WHERE community_id = $1 AND member_id = $2 AND id < $3 AND state <> 'failed'
    ORDER BY id DESC LIMIT $4";

fn packet(r: Row<'_>) -> WalletLine {
    WalletLine {
        id: r.id(0),
        parts: vec![(Bucket::RedPacket, r.int(1))],
        at: r.moment(2),
        what: Moved::Packet { packet: r.id(3), wish: r.text(4), group_name: r.text(5) },
    }
}
/// Columns 4 and 5, in the order of the buckets.
fn parts(r: &Row<'_>, sign: i64) -> Vec<(Bucket, i64)> {
    let both = [(Bucket::RedPacket, r.int(4)), (Bucket::Commission, r.int(5))];
    both.into_iter().filter(|(_, n)| *n != 0).map(|(b, n)| (b, sign * n)).collect()
}
fn goods(r: &Row<'_>) -> String {
    r.opt_text(6).unwrap_or_default()
}
fn paid(r: Row<'_>) -> WalletLine {
    let reserved = r.text(3) == "awaiting_payment";
    let what = Moved::Paid { order: r.id(2), goods: goods(&r), reserved };
    WalletLine { id: r.id(0), parts: parts(&r, -1), at: r.moment(1), what }
}
fn returned(r: Row<'_>) -> WalletLine {
    let what = Moved::Returned { order: r.id(2), goods: goods(&r) };
    WalletLine { id: r.id(0), parts: parts(&r, 1), at: r.moment(1), what }
}

fn paid_out(r: Row<'_>) -> WalletLine {
    let what = Moved::PaidOut { payout: r.id(0), reserved: r.text(2) != "paid" };
    WalletLine { id: r.id(0), parts: vec![(Bucket::Commission, -r.int(3))], at: r.moment(1), what }
}

fn earned(r: Row<'_>) -> WalletLine {
    let parts = vec![(Bucket::Commission, r.int(3))];
    WalletLine { id: r.id(0), parts, at: r.moment(1), what: Moved::Earned { title: r.text(2) } }
}

fn served(r: Row<'_>) -> WalletLine {
    let parts = vec![(Bucket::Commission, r.int(3))];
    WalletLine { id: r.id(0), parts, at: r.moment(1), what: Moved::Served { list: r.text(2) } }
}

fn wallet(
    rx: &mut Rx<'_>,
    c: C,
    member: Id<id::Member>,
    (before, most): (i64, i64),
) -> Result<Wallet, Fault> {
    let mut buckets = Vec::new();
    for bucket in Bucket::ALL {
        let account = Account::Wallet(member, *bucket).name();
        let args = p![c, account.as_ref(), member, bucket.code()];
        let left = rx.one(LEFT, args, |r| r.int(0).max(0))?;
        buckets.push((*bucket, left.unwrap_or(0)));
    }
    let mut lines = Vec::new();
    if most > 0 {
        lines.extend(rx.all(PACKETS, p![c, member, before, most], packet)?);
        lines.extend(rx.all(PAID, p![c, member, before, most], paid)?);
        lines.extend(rx.all(RETURNED, p![c, member, before, most], returned)?);
        lines.extend(rx.all(PAID_OUT, p![c, member, before, most], paid_out)?);
        let account = Account::Wallet(member, Bucket::Commission).name();
        let args = p![c, member, before, most, account.as_ref()];
        lines.extend(rx.all(EARNED, args, earned)?);
        lines.extend(rx.all(SERVED, args, served)?);
        lines.sort_by_key(|l| std::cmp::Reverse(l.id.raw()));
        lines.truncate(most as usize);
    }
    Ok(Wallet { buckets, lines })
}

impl App {
    pub async fn wallet(
        &self,
        c: C,
        member: Id<id::Member>,
        before: Option<Id<id::Transfer>>,
        most: i64,
    ) -> Result<Wallet, Fault> {
        let page = (before.map_or(i64::MAX, Id::raw), most);
        self.db.read(move |rx| wallet(rx, c, member, page)).await
    }
}
