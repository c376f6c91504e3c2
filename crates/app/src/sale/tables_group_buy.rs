//! Writes of campaigns, teams and seats, and the reads their verbs decide by.
//!
//! Who touches several of these rows takes the campaign first, then the team, so that two verbs
//! never wait for each other.
use crate::db::{Fault, Row, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::sale::group_buy::{
    Buyer, CampaignState, Late, Offered, Price, SeatState, Team as TeamFacts, TeamState, Terms,
    WhoMay,
};

type C = Id<id::Community>;
type M = Id<id::Member>;

#[derive(Clone, Debug)]
pub struct Campaign {
    pub id: Id<id::Campaign>,
    pub product: Id<id::Product>,
    pub group: Option<Id<id::Group>>,
    /// Who opened it.
    pub by: M,
    pub size: i64,
    pub fill: i64,
    pub life_hours: i64,
    pub offered: Offered,
}

#[derive(Clone, Debug)]
pub struct Team {
    pub id: Id<id::Team>,
    pub campaign: Id<id::Campaign>,
    pub leader: M,
    pub needed: i64,
    pub facts: TeamFacts,
}

#[derive(Clone, Debug)]
pub struct Seat {
    pub order: Id<id::Order>,
    pub team: Id<id::Team>,
    pub campaign: Id<id::Campaign>,
    pub member: M,
    pub late: Late,
    pub state: SeatState,
    pub refund: Id<id::Refund>,
}

const INSERT: &str = "INSERT INTO campaign (community_id, id, kind, product_id, group_id, title,
    story, size, fill, life_hours, starts_at, ends_at, most, per_member, opens, joins, taken,
    last_number, state, by_member, created_at)
    VALUES ($1,$2,'group_buy',$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,0,0,'open',$16,$17)
    ON CONFLICT DO NOTHING";
const PRICE: &str = "INSERT INTO campaign_price (community_id, campaign_id, variant_id, price,
    leader_price) VALUES ($1,$2,$3,$4,$5)";
const CLOSE: &str = "UPDATE campaign SET state = 'closed', closed_at = $3
    WHERE community_id = $1 AND id = $2 AND state = 'open'";
const ALONE: &str = "UPDATE campaign SET taken = taken WHERE community_id = $1 AND id = $2";
const CAMPAIGN: &str = "SELECT id, product_id, group_id, size, fill, life_hours, state, starts_at,
    ends_at, most, taken, per_member, opens, joins, by_member FROM campaign
    WHERE community_id = $1 AND id = $2 AND kind = 'group_buy'";
const PRICE_OF: &str = "SELECT c.price, c.leader_price, v.price FROM campaign_price c
    JOIN variant v ON v.community_id = c.community_id AND v.id = c.variant_id
    WHERE c.community_id = $1 AND c.campaign_id = $2 AND c.variant_id = $3";
const TAKE: &str = "UPDATE campaign SET taken = taken + 1 WHERE community_id = $1 AND id = $2
    AND state = 'open' AND (most = 0 OR taken < most)";
const GIVE: &str = "UPDATE campaign SET taken = taken - 1 WHERE community_id = $1 AND id = $2
    AND taken > 0";
const NUMBER: &str = "UPDATE campaign SET last_number = last_number + 1
    WHERE community_id = $1 AND id = $2 RETURNING last_number";
const TEAM: &str = "SELECT id, campaign_id, leader_id, needed, state, deadline, size, held, members
    FROM team WHERE community_id = $1 AND id = $2";
const OPEN_TEAM: &str = "INSERT INTO team (community_id, id, campaign_id, leader_id, size, needed,
    held, members, unsettled, state, opened_at, deadline)
    VALUES ($1,$2,$3,$4,$5,$6,1,0,0,'open',$7,$8)";
const HOLD: &str = "UPDATE team SET held = held + 1 WHERE community_id = $1 AND id = $2
    AND state = 'open' AND deadline > $3 AND members > 0 AND held + members < size";
const UNHOLD: &str = "UPDATE team SET held = held - 1 WHERE community_id = $1 AND id = $2
    AND held > 0";
const JOIN: &str = "UPDATE team SET held = held - 1, members = members + 1,
    unsettled = unsettled + 1 WHERE community_id = $1 AND id = $2 AND state = 'open'
    AND deadline > $3 AND held > 0";
const LEAVE: &str = "UPDATE team SET members = members - 1, unsettled = unsettled - 1,
    leader_id = $3, state = $4, ended_at = $5
    WHERE community_id = $1 AND id = $2 AND state = 'open' AND members > 0";
const END: &str = "UPDATE team SET state = $3, ended_at = $4
    WHERE community_id = $1 AND id = $2 AND state = 'open' AND members = $5";
const SETTLED: &str = "UPDATE team SET unsettled = unsettled - 1,
    state = CASE WHEN state = 'failing' AND unsettled = 1 THEN 'failed' ELSE state END
    WHERE community_id = $1 AND unsettled > 0 AND id = (SELECT s.team_id FROM seat s
      WHERE s.community_id = $1 AND s.order_id = $2 AND s.state = $3)";
const SEAT: &str = "INSERT INTO seat (community_id, order_id, team_id, campaign_id, member_id,
    number, late, state, refund_id, at) VALUES ($1,$2,$3,$4,$5,0,$6,'held',$7,$8)
    ON CONFLICT DO NOTHING";
const SEAT_OF: &str = "SELECT order_id, team_id, campaign_id, member_id, late, state, refund_id
    FROM seat WHERE community_id = $1 AND order_id = $2";
const SEATED: &str = "UPDATE seat SET state = 'confirmed', number = $3, joined_at = $4
    WHERE community_id = $1 AND order_id = $2 AND state = 'held'";
const MOVE: &str = "UPDATE seat SET state = $4
    WHERE community_id = $1 AND order_id = $2 AND state = $3";
const NEXT: &str = "UPDATE seat SET state = 'moved', next_order = $3
    WHERE community_id = $1 AND order_id = $2 AND state = 'released'";
const CONFIRMED: &str = "SELECT order_id, member_id FROM seat
    WHERE community_id = $1 AND team_id = $2 AND state = 'confirmed' ORDER BY number";
const MINE: &str = "SELECT count(*) FROM seat WHERE community_id = $1 AND campaign_id = $2
    AND member_id = $3 AND state IN ('held', 'confirmed', 'kept')";
const IN_TEAM: &str = "SELECT 1 FROM seat WHERE community_id = $1 AND team_id = $2
    AND member_id = $3 AND state IN ('held', 'confirmed')";
const BOUGHT: &str = "SELECT 1 FROM orders WHERE community_id = $1 AND member_id = $2
    AND paid_at IS NOT NULL LIMIT 1";
const HAS_TIER: &str = "SELECT 1 FROM member_tier x
    JOIN tier t ON t.community_id = x.community_id AND t.id = x.tier_id
    WHERE x.community_id = $1 AND x.member_id = $2 AND t.state = 'open'";
const LEADS: &str = "SELECT 1 FROM room_member WHERE community_id = $1 AND member_id = $2
    AND role IN ('leader', 'council') LIMIT 1";
/// The fullest team first, then the one that ends first.
const ROOM: &str = "SELECT t.id, t.campaign_id, t.leader_id, t.needed, t.state, t.deadline, t.size,
    t.held, t.members FROM team t
    WHERE t.community_id = $1 AND t.campaign_id = $2 AND t.state = 'open' AND t.deadline > $3
      AND t.members > 0 AND t.held + t.members < t.size
      AND NOT EXISTS (SELECT 1 FROM seat s WHERE s.community_id = $1 AND s.team_id = t.id
        AND s.member_id = $4 AND s.state IN ('held', 'confirmed'))
    ORDER BY CASE WHEN t.id = $5 THEN 0 ELSE 1 END, t.size - t.members, t.deadline, t.id LIMIT 1";

pub struct NewCampaign<'a> {
    pub id: Id<id::Campaign>,
    pub product: Id<id::Product>,
    pub group: Option<Id<id::Group>>,
    pub terms: &'a Terms,
    pub by: M,
    pub at: Moment,
}

pub fn insert_campaign<R>(w: &mut Writes<R>, c: C, n: &NewCampaign<'_>, taken: R) {
    let t = n.terms;
    let args = p![
        c,
        n.id,
        n.product,
        n.group,
        &t.title,
        &t.story,
        t.size,
        t.fill,
        t.life_hours,
        t.starts,
        t.ends,
        t.most,
        t.per_member,
        t.opens.code(),
        t.joins.code(),
        n.by,
        n.at
    ];
    w.must(INSERT, args, taken);
}
pub fn insert_price<R>(
    w: &mut Writes<R>,
    c: C,
    campaign: Id<id::Campaign>,
    variant: Id<id::Variant>,
    p: Price,
) {
    w.put(PRICE, p![c, campaign, variant, p.price, p.leader]);
}
pub fn close<R>(w: &mut Writes<R>, c: C, id: Id<id::Campaign>, at: Moment, not_open: R) {
    w.must(CLOSE, p![c, id, at], not_open);
}

fn read_campaign(r: Row<'_>) -> Campaign {
    let state = r.word(6, CampaignState::of);
    Campaign {
        id: r.id(0),
        product: r.id(1),
        group: r.opt_id(2),
        by: r.id(14),
        size: r.int(3),
        fill: r.int(4),
        life_hours: r.int(5),
        offered: Offered {
            open: state == CampaignState::Open,
            starts: r.moment(7),
            ends: r.moment(8),
            most: r.int(9),
            taken: r.int(10),
            per_member: r.int(11),
            opens: r.word(12, WhoMay::of),
            joins: r.word(13, WhoMay::of),
        },
    }
}
fn read_team(r: Row<'_>) -> Team {
    Team {
        id: r.id(0),
        campaign: r.id(1),
        leader: r.id(2),
        needed: r.int(3),
        facts: TeamFacts {
            state: r.word(4, TeamState::of),
            deadline: r.moment(5),
            size: r.int(6),
            held: r.int(7),
            members: r.int(8),
        },
    }
}

/// The campaign for a verb that gives or takes seats: such verbs come one after the other, so what
/// they read after this is what the others left.
pub fn campaign_alone(
    tx: &mut Tx<'_>,
    c: C,
    id: Id<id::Campaign>,
) -> Result<Option<Campaign>, Fault> {
    lock(tx, c, id)?;
    tx.one(CAMPAIGN, p![c, id], read_campaign)
}
/// Whether there is such a campaign; nobody else changes it before this transaction ends.
pub fn lock(tx: &mut Tx<'_>, c: C, id: Id<id::Campaign>) -> Result<bool, Fault> {
    Ok(tx.exec(ALONE, p![c, id])? > 0)
}
/// The running number of a paid seat or order.
pub fn next_number(tx: &mut Tx<'_>, c: C, campaign: Id<id::Campaign>) -> Result<i64, Fault> {
    let number = tx.exec_one(NUMBER, p![c, campaign], |r| r.int(0))?;
    number.ok_or_else(|| Fault::broken("a number without its campaign"))
}
pub fn price_of(
    rx: &mut Rx<'_>,
    c: C,
    campaign: Id<id::Campaign>,
    variant: Id<id::Variant>,
) -> Result<Option<Price>, Fault> {
    rx.one(PRICE_OF, p![c, campaign, variant], |r| Price {
        price: r.int(0),
        leader: r.int(1),
        alone: r.int(2),
    })
}
pub fn team(rx: &mut Rx<'_>, c: C, id: Id<id::Team>) -> Result<Option<Team>, Fault> {
    rx.one(TEAM, p![c, id], read_team)
}
/// A team with room for this member; the preferred one if it has.
pub fn team_with_room(
    rx: &mut Rx<'_>,
    c: C,
    (campaign, preferred): (Id<id::Campaign>, Id<id::Team>),
    member: M,
    now: Moment,
) -> Result<Option<Team>, Fault> {
    rx.one(ROOM, p![c, campaign, now, member, preferred], read_team)
}
/// What the law asks of a buyer; `leads` without the rights of staff.
pub fn buyer(
    rx: &mut Rx<'_>,
    c: C,
    campaign: Id<id::Campaign>,
    team: Option<Id<id::Team>>,
    member: M,
) -> Result<Buyer, Fault> {
    let in_this_team = match team {
        Some(team) => rx.one(IN_TEAM, p![c, team, member], |_| ())?.is_some(),
        None => false,
    };
    Ok(Buyer {
        leads: rx.one(LEADS, p![c, member], |_| ())?.is_some(),
        has_tier: rx.one(HAS_TIER, p![c, member], |_| ())?.is_some(),
        bought_before: rx.one(BOUGHT, p![c, member], |_| ())?.is_some(),
        seats: rx.one(MINE, p![c, campaign, member], |r| r.int(0))?.unwrap_or(0),
        in_this_team,
    })
}
pub fn seat(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Option<Seat>, Fault> {
    rx.one(SEAT_OF, p![c, order], |r| Seat {
        order: r.id(0),
        team: r.id(1),
        campaign: r.id(2),
        member: r.id(3),
        late: r.word(4, Late::of),
        state: r.word(5, SeatState::of),
        refund: r.id(6),
    })
}
/// Paid seats of a team that still counts or has to be settled, in the order they were paid.
pub fn confirmed(
    rx: &mut Rx<'_>,
    c: C,
    team: Id<id::Team>,
) -> Result<Vec<(Id<id::Order>, M)>, Fault> {
    rx.all(CONFIRMED, p![c, team], |r| (r.id(0), r.id(1)))
}

/// One of the campaign's places, and the seat itself.
pub fn insert_seat<R>(w: &mut Writes<R>, c: C, s: &Seat, at: Moment, all_taken: R, twice: R) {
    w.must(TAKE, p![c, s.campaign], all_taken);
    w.must(SEAT, p![c, s.order, s.team, s.campaign, s.member, s.late.code(), s.refund, at], twice);
}
pub fn open_team<R>(w: &mut Writes<R>, c: C, t: &Team, now: Moment) {
    let f = &t.facts;
    w.put(OPEN_TEAM, p![c, t.id, t.campaign, t.leader, f.size, t.needed, now, f.deadline]);
}
pub fn hold_seat<R>(w: &mut Writes<R>, c: C, team: Id<id::Team>, now: Moment, full: R) {
    w.must(HOLD, p![c, team, now], full);
}
/// Paid: the seat counts and gets its number. None when the team takes nobody any more.
pub fn join(tx: &mut Tx<'_>, c: C, s: &Seat) -> Result<Option<i64>, Fault> {
    let now = tx.now();
    if tx.exec(JOIN, p![c, s.team, now])? == 0 {
        return Ok(None);
    }
    let number = next_number(tx, c, s.campaign)?;
    if tx.exec(SEATED, p![c, s.order, number, now])? != 1 {
        return Err(Fault::broken("a held place without its seat"));
    }
    Ok(Some(number))
}
/// An unpaid seat goes back.
pub fn release<R: Copy>(w: &mut Writes<R>, c: C, s: &Seat, moved: R) {
    w.must(GIVE, p![c, s.campaign], moved);
    w.must(UNHOLD, p![c, s.team], moved);
    w.must(MOVE, p![c, s.order, "held", "released"], moved);
}
/// A paid seat is given up while the team is open. `next`: who leads then; nobody: the team ends.
pub fn leave<R: Copy>(
    w: &mut Writes<R>,
    c: C,
    (s, t): (&Seat, &Team),
    next: Option<M>,
    now: Moment,
    moved: R,
) {
    let leader = next.unwrap_or(t.leader);
    let (state, ended) = match next {
        Some(_) => (TeamState::Open, None),
        None => (TeamState::Failed, Some(now)),
    };
    w.must(GIVE, p![c, s.campaign], moved);
    w.must(LEAVE, p![c, s.team, leader, state.code(), ended], moved);
    w.must(MOVE, p![c, s.order, "confirmed", "left"], moved);
}
/// The team is full, or its deadline came.
pub fn end_team<R>(w: &mut Writes<R>, c: C, t: &Team, to: TeamState, now: Moment, moved: R) {
    w.must(END, p![c, t.id, to.code(), now, t.facts.members], moved);
}
/// One member of an ended team is served: by the goods, or by a refund that gives the place back.
pub fn settle<R: Copy>(w: &mut Writes<R>, c: C, s: &Seat, to: SeatState, moved: R) {
    if to != SeatState::Kept {
        w.must(GIVE, p![c, s.campaign], moved);
    }
    w.must(MOVE, p![c, s.order, s.state.code(), to.code()], moved);
    if to != SeatState::Refunding {
        w.put(SETTLED, p![c, s.order, to.code()]);
    }
}
/// The refund of a failed team's member is paid or parked; for other orders this touches nothing.
pub fn refund_ended<R>(w: &mut Writes<R>, c: C, order: Id<id::Order>) {
    w.put(SETTLED, p![c, order, SeatState::Refunding.code()]);
    w.put(MOVE, p![c, order, "refunding", "refunded"]);
}
pub fn moved_on<R>(w: &mut Writes<R>, c: C, from: Id<id::Order>, to: Id<id::Order>, moved: R) {
    w.must(NEXT, p![c, from, to], moved);
}
