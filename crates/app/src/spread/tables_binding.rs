//! Writes of terms, bindings and attributions, and what their verbs decide by.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::spread::binding::{Mode, Standing, Terms};
use rules::spread::credit::Source;

type C = Id<id::Community>;
type Member = Id<id::Member>;

const TERMS: &str = "SELECT mode, protect_days, credit_days FROM spread_terms
    WHERE community_id = $1";
const SET_TERMS: &str = "INSERT INTO spread_terms (community_id, mode, protect_days, credit_days)
    VALUES ($1,$2,$3,$4) ON CONFLICT (community_id) DO UPDATE
    SET mode = $2, protect_days = $3, credit_days = $4";

const STANDS: &str = "SELECT b.id, b.by_id, b.mode, b.from_at,
    (SELECT max(o.ended_at) FROM orders o WHERE o.community_id = b.community_id
      AND o.member_id = b.member_id AND o.state = 'completed'),
    m.state = 'active'
    FROM binding b JOIN member m ON m.community_id = b.community_id AND m.id = b.by_id
    WHERE b.community_id = $1 AND b.member_id = $2 AND b.ended_at IS NULL";
/// Everybody above a member, to any height: what was seen is not walked again, so it ends.
const ABOVE: &str = "WITH RECURSIVE above (member_id) AS (
      SELECT CAST($2 AS bigint)
      UNION SELECT b.by_id FROM above JOIN binding b ON b.community_id = $1
        AND b.member_id = above.member_id AND b.ended_at IS NULL)
    SELECT member_id FROM above WHERE member_id = $3";
const ADD: &str = "INSERT INTO binding (community_id, id, member_id, by_id, link_id, mode, from_at)
    VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT DO NOTHING";
const END: &str = "UPDATE binding SET ended_at = $3
    WHERE community_id = $1 AND id = $2 AND ended_at IS NULL";
const TURN: &str = "INSERT INTO binding_turn (community_id, turn) VALUES ($1,1)
    ON CONFLICT (community_id) DO UPDATE SET turn = binding_turn.turn + 1 RETURNING turn";
const CREDIT: &str = "INSERT INTO attribution (community_id, order_id, buyer_id, member_id,
    second_id, source, link_id, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)";

pub fn terms(rx: &mut Rx<'_>, c: C) -> Result<Terms, Fault> {
    let found = rx.one(TERMS, p![c], |r| Terms {
        mode: r.word(0, Mode::of),
        protect_days: r.int(1),
        credit_days: r.int(2),
    })?;
    Ok(found.unwrap_or_default())
}
pub fn set_terms<R>(w: &mut Writes<R>, c: C, t: Terms) {
    w.put(SET_TERMS, p![c, t.mode.code(), t.protect_days, t.credit_days]);
}

/// The binding that stands, and whether whoever brought the member is still there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bound {
    pub id: Id<id::Binding>,
    pub standing: Standing,
    pub active: bool,
}
pub fn stands(rx: &mut Rx<'_>, c: C, member: Member) -> Result<Option<Bound>, Fault> {
    rx.one(STANDS, p![c, member], |r| Bound {
        id: r.id(0),
        standing: Standing {
            by: r.id(1),
            mode: r.word(2, Mode::of),
            since: r.moment(3),
            kept: r.opt_moment(4),
        },
        active: r.bool(5),
    })
}
/// Whether `top` is `below` itself or somewhere above it.
pub fn is_above(rx: &mut Rx<'_>, c: C, below: Member, top: Member) -> Result<bool, Fault> {
    Ok(rx.one(ABOVE, p![c, below, top], |_| ())?.is_some())
}
/// From here to the end of the transaction no other one changes bindings of this community: two
/// that looked at the same time could close a circle.
pub fn take_turn(tx: &mut Tx<'_>, c: C) -> Result<(), Fault> {
    tx.exec_one(TURN, p![c], |_| ())?;
    Ok(())
}

pub struct NewBinding {
    pub id: Id<id::Binding>,
    pub member: Member,
    pub by: Member,
    pub link: Id<id::ShareLink>,
    pub mode: Mode,
}
pub fn add<R>(w: &mut Writes<R>, c: C, n: &NewBinding, now: Moment, faster: R) {
    let args = p![c, n.id, n.member, n.by, n.link, n.mode.code(), now];
    w.must(ADD, args, faster);
}
pub fn end<R>(w: &mut Writes<R>, c: C, id: Id<id::Binding>, now: Moment, faster: R) {
    w.must(END, p![c, id, now], faster);
}

/// Whom an order is credited to, as it was when the order was placed.
pub struct Credited {
    pub order: Id<id::Order>,
    pub buyer: Member,
    pub to: Member,
    pub second: Option<Member>,
    pub source: Source,
    pub link: Option<Id<id::ShareLink>>,
}
pub fn credit<R>(w: &mut Writes<R>, c: C, n: &Credited, now: Moment) {
    let args = p![c, n.order, n.buyer, n.to, n.second, n.source.code(), n.link, now];
    w.put(CREDIT, args);
}
