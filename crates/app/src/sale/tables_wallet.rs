//! Writes of what an order takes from a wallet and a refund puts back, and their reads.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket};
use rules::sale::wallet::{self, Part};

type C = Id<id::Community>;

/// What one bucket gave for an order.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    pub part: Part,
    /// The number of the order's group of transfers.
    pub transfer: Id<id::Transfer>,
    pub at: Moment,
}

/// Whose money, under which group of transfers, since when.
#[derive(Clone, Copy)]
pub struct Group {
    pub transfer: Id<id::Transfer>,
    pub member: Id<id::Member>,
    pub at: Moment,
}

/// Commission that is owed back is not there to be spent.
const LEFT: &str = "SELECT credits_posted - debits_posted - debits_pending
      - CASE WHEN $4 = 'commission' THEN coalesce((SELECT d.amount FROM commission_debt d
        WHERE d.community_id = $1 AND d.member_id = $3), 0) ELSE 0 END
    FROM balance WHERE community_id = $1 AND account = $2";
const SPENT: &str = "SELECT bucket, amount, returned, transfer_id, at FROM order_wallet
    WHERE community_id = $1 AND order_id = $2 ORDER BY bucket";
const TOTAL: &str = "SELECT total FROM orders WHERE community_id = $1 AND id = $2";
const SPEND: &str = "INSERT INTO order_wallet (community_id, order_id, bucket, transfer_id,
    member_id, amount, returned, at) VALUES ($1,$2,$3,$4,$5,$6,0,$7)";
const RETURN: &str = "UPDATE order_wallet SET returned = returned + $4
    WHERE community_id = $1 AND order_id = $2 AND bucket = $3 AND returned + $4 <= amount";
const RETURNED: &str = "INSERT INTO refund_wallet (community_id, refund_id, bucket, transfer_id,
    member_id, amount, at) VALUES ($1,$2,$3,$4,$5,$6,$7)";

/// What a member's wallet holds, bucket by bucket.
pub fn held(rx: &mut Rx<'_>, c: C, member: Id<id::Member>) -> Result<Vec<(Bucket, i64)>, Fault> {
    let mut out = Vec::with_capacity(Bucket::ALL.len());
    for bucket in Bucket::ALL {
        let account = Account::Wallet(member, *bucket).name();
        let args = p![c, account.as_ref(), member, bucket.code()];
        let left = rx.one(LEFT, args, |r| r.int(0).max(0))?;
        out.push((*bucket, left.unwrap_or(0)));
    }
    Ok(out)
}
pub fn spent(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Vec<Spent>, Fault> {
    let mut all = rx.all(SPENT, p![c, order], |r| Spent {
        part: Part { bucket: r.word(0, Bucket::of), amount: r.int(1), returned: r.int(2) },
        transfer: r.id(3),
        at: r.moment(4),
    })?;
    all.sort_by_key(|s| s.part.bucket);
    Ok(all)
}
/// Of an order: how much was paid with money that may earn others a commission, and its total.
pub fn earning_share(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<(i64, i64), Fault> {
    let total = rx.one(TOTAL, p![c, order], |r| r.int(0))?.unwrap_or(0);
    let parts: Vec<Part> = spent(rx, c, order)?.iter().map(|s| s.part).collect();
    Ok((wallet::counting(total, &parts), total))
}

pub fn spend<R>(
    w: &mut Writes<R>,
    c: C,
    order: Id<id::Order>,
    g: Group,
    (bucket, amount): (Bucket, i64),
) {
    w.put(SPEND, p![c, order, bucket.code(), g.transfer, g.member, amount, g.at]);
}
/// Counts what goes back into a bucket; never more than came out of it.
pub fn give_back<R>(
    w: &mut Writes<R>,
    c: C,
    (order, refund): (Id<id::Order>, Id<id::Refund>),
    g: Group,
    (bucket, amount): (Bucket, i64),
    too_much: R,
) {
    w.must(RETURN, p![c, order, bucket.code(), amount], too_much);
    w.put(RETURNED, p![c, refund, bucket.code(), g.transfer, g.member, amount, g.at]);
}
