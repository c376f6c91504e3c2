//! Writes of service pay: terms, what a list promises, what each hand-out earned.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::spread::service_pay::{State, Terms};

type C = Id<id::Community>;
type Member = Id<id::Member>;
type Group = Id<id::Group>;

/// The group's own terms before the community's.
const TERMS: &str = "SELECT rate, flat FROM service_terms
    WHERE community_id = $1 AND group_id IN (0, $2) ORDER BY group_id DESC LIMIT 1";
const OWN: &str = "SELECT rate, flat FROM service_terms
    WHERE community_id = $1 AND group_id = $2";
const SET: &str = "INSERT INTO service_terms (community_id, group_id, rate, flat)
    VALUES ($1,$2,$3,$4) ON CONFLICT (community_id, group_id) DO UPDATE SET rate = $3, flat = $4";
const DROP: &str = "DELETE FROM service_terms WHERE community_id = $1 AND group_id = $2";
const GROUP: &str = "SELECT 1 FROM room WHERE community_id = $1 AND id = $2";
const PROMISE: &str = "INSERT INTO list_service (community_id, campaign_id, leader_id, rate, flat,
    wait_days) VALUES ($1,$2,$3,$4,$5,$6)";
const PROMISED: &str = "SELECT s.campaign_id, s.leader_id, s.rate, s.flat, s.wait_days
    FROM chain_place p
    JOIN list_service s ON s.community_id = p.community_id AND s.campaign_id = p.campaign_id
    WHERE p.community_id = $1 AND p.order_id = $2";
const OF_ORDER: &str = "SELECT v.id, v.line_id, v.member_id, v.amount, v.state, v.wait_days,
    v.frozen_at, s.rate, s.flat FROM service_pay v
    JOIN list_service s ON s.community_id = v.community_id AND s.campaign_id = v.campaign_id
    WHERE v.community_id = $1 AND v.order_id = $2 ORDER BY v.id";
const EARN: &str = "INSERT INTO service_pay (community_id, id, order_id, line_id, campaign_id,
    member_id, base, earned, amount, state, wait_days, frozen_at)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$8,'frozen',$9,$10) ON CONFLICT DO NOTHING";
const AGAIN: &str = "UPDATE service_pay SET base = $3, earned = $4, amount = $4, state = 'frozen',
    frozen_at = $5, available_at = NULL WHERE community_id = $1 AND id = $2 AND state = 'ended'";
const RELEASE: &str = "UPDATE service_pay SET state = 'available', available_at = $3
    WHERE community_id = $1 AND id = $2 AND state = 'frozen'";
const TAKE_BACK: &str = "UPDATE service_pay SET amount = amount - $4,
    state = CASE WHEN amount = $4 THEN 'ended' ELSE state END
    WHERE community_id = $1 AND id = $2 AND state = $3 AND amount >= $4";

/// What leaders of a group are promised for a list that opens now.
pub fn terms(rx: &mut Rx<'_>, c: C, group: Group) -> Result<Terms, Fault> {
    let read = |r: crate::db::Row<'_>| Terms { rate: r.int(0), flat: r.int(1) };
    Ok(rx.one(TERMS, p![c, group], read)?.unwrap_or_default())
}
/// Those of a group alone, or of the community (no group).
pub fn own_terms(rx: &mut Rx<'_>, c: C, group: Option<Group>) -> Result<Option<Terms>, Fault> {
    let read = |r: crate::db::Row<'_>| Terms { rate: r.int(0), flat: r.int(1) };
    rx.one(OWN, p![c, group.map_or(0, Id::raw)], read)
}
/// None: the group has none of its own any more.
pub fn set_terms<R>(w: &mut Writes<R>, c: C, group: Option<Group>, terms: Option<Terms>) {
    let group = group.map_or(0, Id::raw);
    match terms {
        Some(t) => w.put(SET, p![c, group, t.rate, t.flat]),
        None => w.put(DROP, p![c, group]),
    }
}
pub fn group_exists(rx: &mut Rx<'_>, c: C, group: Group) -> Result<bool, Fault> {
    Ok(rx.one(GROUP, p![c, group], |_| ())?.is_some())
}

/// What a list promises whoever opened it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Promise {
    pub campaign: Id<id::Campaign>,
    pub leader: Member,
    pub terms: Terms,
    /// Commission's wait on the day the list opened.
    pub wait_days: i64,
}
pub fn promise<R>(w: &mut Writes<R>, c: C, p: &Promise) {
    let t = p.terms;
    w.put(PROMISE, p![c, p.campaign, p.leader, t.rate, t.flat, p.wait_days]);
}
/// Of the list an order stands on; none when there is no list, or no pay.
pub fn promised(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Option<Promise>, Fault> {
    rx.one(PROMISED, p![c, order], |r| Promise {
        campaign: r.id(0),
        leader: r.id(1),
        terms: Terms { rate: r.int(2), flat: r.int(3) },
        wait_days: r.int(4),
    })
}

/// One sum as its verbs see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ServicePay {
    pub id: Id<id::ServicePay>,
    /// None: the flat sum of the order.
    pub line: Option<Id<id::Line>>,
    pub member: Member,
    pub amount: i64,
    pub state: State,
    pub wait_days: i64,
    pub frozen_at: Moment,
    /// Of its list.
    pub terms: Terms,
}
pub fn of_order(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Vec<ServicePay>, Fault> {
    rx.all(OF_ORDER, p![c, order], |r| ServicePay {
        id: r.id(0),
        line: Some(r.id(1)).filter(|line: &Id<id::Line>| line.raw() > 0),
        member: r.id(2),
        amount: r.int(3),
        state: r.word(4, State::of),
        wait_days: r.int(5),
        frozen_at: r.moment(6),
        terms: Terms { rate: r.int(7), flat: r.int(8) },
    })
}

/// What of which sum a hand-out earned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Earned {
    pub id: Id<id::ServicePay>,
    pub order: Id<id::Order>,
    pub line: Option<Id<id::Line>>,
    /// What was paid for the goods and kept; nothing for the flat sum.
    pub base: i64,
    pub amount: i64,
}
pub fn earn<R>(w: &mut Writes<R>, c: C, p: &Promise, e: &Earned, now: Moment, moved: R) {
    let line = e.line.map_or(0, Id::raw);
    let args = p![c, e.id, e.order, line, p.campaign, p.leader, e.base, e.amount, p.wait_days, now];
    w.must(EARN, args, moved);
}
/// It had been taken back whole.
pub fn earn_again<R>(w: &mut Writes<R>, c: C, e: &Earned, now: Moment, moved: R) {
    w.must(AGAIN, p![c, e.id, e.base, e.amount, now], moved);
}
pub fn release<R>(w: &mut Writes<R>, c: C, id: Id<id::ServicePay>, now: Moment, moved: R) {
    w.must(RELEASE, p![c, id, now], moved);
}
pub fn take_back<R>(w: &mut Writes<R>, c: C, v: &ServicePay, sum: i64, moved: R) {
    w.must(TAKE_BACK, p![c, v.id, v.state.code(), sum], moved);
}
