//! Writes of commission: terms, rates, who takes part, what each line earned, what is owed.
use crate::db::{Fault, Row, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::spread::commission::{Level, Rates, Scope, State, Terms};

type C = Id<id::Community>;
type Member = Id<id::Member>;

const TERMS: &str = "SELECT is_on, levels, first_rate, second_rate, cap_rate, wait_days,
    second_stopped_at FROM commission_terms WHERE community_id = $1";
const SET_TERMS: &str = "INSERT INTO commission_terms (community_id, is_on, levels, first_rate,
    second_rate, cap_rate, wait_days) VALUES ($1,$2,$3,$4,$5,$6,$7)
    ON CONFLICT (community_id) DO UPDATE SET is_on = $2, levels = $3, first_rate = $4,
    second_rate = $5, cap_rate = $6, wait_days = $7, second_stopped_at = NULL";
const STOP_SECOND: &str = "UPDATE commission_terms SET second_stopped_at = $2
    WHERE community_id = $1 AND second_stopped_at IS NULL";
const SET_RATE: &str = "INSERT INTO commission_rate (community_id, scope, scope_id, first_rate,
    second_rate) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (community_id, scope, scope_id)
    DO UPDATE SET first_rate = $4, second_rate = $5";
const DROP_RATE: &str = "DELETE FROM commission_rate
    WHERE community_id = $1 AND scope = $2 AND scope_id = $3";
/// A category's own rate before its parent's.
const RATES: &str = "SELECT r.scope, r.first_rate, r.second_rate FROM commission_rate r
    LEFT JOIN product p ON p.community_id = r.community_id AND p.id = $2
    LEFT JOIN category g ON g.community_id = p.community_id AND g.id = p.category_id
    WHERE r.community_id = $1 AND CASE r.scope WHEN 'product' THEN r.scope_id = $2
      WHEN 'campaign' THEN r.scope_id = $3
      ELSE r.scope_id = p.category_id OR r.scope_id = g.parent_id END
    ORDER BY CASE WHEN r.scope_id = p.category_id THEN 0 ELSE 1 END";
const SHARER: &str = "SELECT 1 FROM commission_sharer s
    JOIN member m ON m.community_id = s.community_id AND m.id = s.member_id
    WHERE s.community_id = $1 AND s.member_id = $2 AND s.left_at IS NULL AND m.state = 'active'";
const JOIN: &str = "INSERT INTO commission_sharer (community_id, member_id, joined_at)
    VALUES ($1,$2,$3) ON CONFLICT (community_id, member_id) DO UPDATE
    SET left_at = NULL, joined_at = CASE WHEN commission_sharer.left_at IS NULL
      THEN commission_sharer.joined_at ELSE $3 END";
const LEAVE: &str = "UPDATE commission_sharer SET left_at = $3
    WHERE community_id = $1 AND member_id = $2 AND left_at IS NULL";
const EXPECT: &str = "INSERT INTO commission (community_id, id, order_id, line_id, level,
    member_id, buyer_id, via_id, rate, base, counting, total, earned, amount, state, wait_days, at)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,0,0,0,0,0,'expected',$10,$11)";
const OF_ORDER: &str = "SELECT id, line_id, member_id, rate, counting, total, amount, state,
    wait_days, frozen_at FROM commission WHERE community_id = $1 AND order_id = $2 ORDER BY id";
const EARN: &str = "UPDATE commission SET base = $3, counting = $4, total = $5, earned = $6,
    amount = $6, state = $7 WHERE community_id = $1 AND id = $2 AND state = 'expected'";
const FREEZE: &str = "UPDATE commission SET state = 'frozen', frozen_at = $3
    WHERE community_id = $1 AND id = $2 AND state = 'pending'";
const THAW: &str = "UPDATE commission SET state = 'pending', frozen_at = NULL
    WHERE community_id = $1 AND id = $2 AND state = 'frozen'";
const RELEASE: &str = "UPDATE commission SET state = 'available', available_at = $3
    WHERE community_id = $1 AND id = $2 AND state = 'frozen'";
const TAKE_BACK: &str = "UPDATE commission SET amount = amount - $4,
    state = CASE WHEN amount = $4 THEN 'ended' ELSE state END
    WHERE community_id = $1 AND id = $2 AND state = $3 AND amount >= $4";
const OWED: &str = "SELECT amount FROM commission_debt
    WHERE community_id = $1 AND member_id = $2";
const OWE: &str = "INSERT INTO commission_debt (community_id, member_id, amount) VALUES ($1,$2,$3)
    ON CONFLICT (community_id, member_id) DO UPDATE
    SET amount = commission_debt.amount + excluded.amount";
const PAY_OFF: &str = "UPDATE commission_debt SET amount = amount - $3
    WHERE community_id = $1 AND member_id = $2 AND amount >= $3";

/// The terms, and since when the second level is not paid because of a tree that is too large.
pub fn terms(rx: &mut Rx<'_>, c: C) -> Result<(Terms, Option<Moment>), Fault> {
    let read = |r: Row<'_>| {
        let levels = Level::of(r.int(1)).unwrap_or(Level::First);
        let rates = Rates { first: r.int(2), second: r.int(3) };
        let terms = Terms { on: r.bool(0), levels, rates, cap: r.int(4), wait_days: r.int(5) };
        (terms, r.opt_moment(6))
    };
    Ok(rx.one(TERMS, p![c], read)?.unwrap_or_default())
}
pub fn set_terms<R>(w: &mut Writes<R>, c: C, t: Terms) {
    let (levels, rates) = (t.levels.number(), t.rates);
    w.put(SET_TERMS, p![c, t.on, levels, rates.first, rates.second, t.cap, t.wait_days]);
}
pub fn stop_second<R>(w: &mut Writes<R>, c: C, now: Moment) {
    w.put(STOP_SECOND, p![c, now]);
}

/// A rate of its own, or none any more.
pub fn set_rate<R>(w: &mut Writes<R>, c: C, (scope, of): (Scope, i64), rates: Option<Rates>) {
    match rates {
        Some(r) => w.put(SET_RATE, p![c, scope.code(), of, r.first, r.second]),
        None => w.put(DROP_RATE, p![c, scope.code(), of]),
    }
}
pub fn rates(
    rx: &mut Rx<'_>,
    c: C,
    product: Id<id::Product>,
    campaign: Option<Id<id::Campaign>>,
) -> Result<Vec<(Scope, Rates)>, Fault> {
    let campaign = campaign.map_or(0, Id::raw);
    rx.all(RATES, p![c, product, campaign], |r| {
        (r.word(0, Scope::of), Rates { first: r.int(1), second: r.int(2) })
    })
}

/// Whether a member takes part and is still here.
pub fn takes_part(rx: &mut Rx<'_>, c: C, member: Member) -> Result<bool, Fault> {
    Ok(rx.one(SHARER, p![c, member], |_| ())?.is_some())
}
pub fn join<R>(w: &mut Writes<R>, c: C, member: Member, now: Moment) {
    w.put(JOIN, p![c, member, now]);
}
pub fn leave<R>(w: &mut Writes<R>, c: C, member: Member, now: Moment) {
    w.put(LEAVE, p![c, member, now]);
}

pub struct NewCommission {
    pub id: Id<id::Commission>,
    pub order: Id<id::Order>,
    pub line: Id<id::Line>,
    pub level: Level,
    pub member: Member,
    pub buyer: Member,
    pub via: Option<Member>,
    pub rate: i64,
    pub wait_days: i64,
}
pub fn expect<R>(w: &mut Writes<R>, c: C, n: &NewCommission, now: Moment) {
    let level = n.level.number();
    let args =
        p![c, n.id, n.order, n.line, level, n.member, n.buyer, n.via, n.rate, n.wait_days, now];
    w.put(EXPECT, args);
}

/// One commission as its verbs see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Commission {
    pub id: Id<id::Commission>,
    pub line: Id<id::Line>,
    pub member: Member,
    pub rate: i64,
    /// How much of the order's total was money that earns.
    pub counting: (i64, i64),
    pub amount: i64,
    pub state: State,
    pub wait_days: i64,
    pub frozen_at: Option<Moment>,
}
pub fn of_order(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Vec<Commission>, Fault> {
    rx.all(OF_ORDER, p![c, order], |r| Commission {
        id: r.id(0),
        line: r.id(1),
        member: r.id(2),
        rate: r.int(3),
        counting: (r.int(4), r.int(5)),
        amount: r.int(6),
        state: r.word(7, State::of),
        wait_days: r.int(8),
        frozen_at: r.opt_moment(9),
    })
}
/// The payment came: what the line was paid with and what that earns.
pub fn earn<R>(
    w: &mut Writes<R>,
    c: C,
    id: Id<id::Commission>,
    (base, counting, amount): (i64, (i64, i64), i64),
    moved: R,
) {
    let state = if amount > 0 { State::Pending } else { State::Ended };
    w.must(EARN, p![c, id, base, counting.0, counting.1, amount, state.code()], moved);
}
pub fn freeze<R>(w: &mut Writes<R>, c: C, id: Id<id::Commission>, now: Moment, moved: R) {
    w.must(FREEZE, p![c, id, now], moved);
}
pub fn thaw<R>(w: &mut Writes<R>, c: C, id: Id<id::Commission>, moved: R) {
    w.must(THAW, p![c, id], moved);
}
pub fn release<R>(w: &mut Writes<R>, c: C, id: Id<id::Commission>, now: Moment, moved: R) {
    w.must(RELEASE, p![c, id, now], moved);
}
pub fn take_back<R>(w: &mut Writes<R>, c: C, k: &Commission, sum: i64, moved: R) {
    w.must(TAKE_BACK, p![c, k.id, k.state.code(), sum], moved);
}

pub fn owed(rx: &mut Tx<'_>, c: C, member: Member) -> Result<i64, Fault> {
    Ok(rx.one(OWED, p![c, member], |r| r.int(0))?.unwrap_or(0))
}
pub fn owe<R>(w: &mut Writes<R>, c: C, member: Member, sum: i64) {
    w.put(OWE, p![c, member, sum]);
}
pub fn pay_off<R>(w: &mut Writes<R>, c: C, member: Member, sum: i64, moved: R) {
    w.must(PAY_OFF, p![c, member, sum], moved);
}
