//! Writes of red packets, and the reads their verbs decide by.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::spread::packet::{Needs, Plan, State};

type C = Id<id::Community>;
type Packet = Id<id::RedPacket>;
type Member = Id<id::Member>;

const OPEN: &str = "INSERT INTO red_packet (community_id, id, room_id, by_member, wish, split,
    needs, total, slots, taken, given, seed, seed_hash, return_id, state, at, until_at)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,0,0,$10,$11,$12,'open',$13,$14) ON CONFLICT DO NOTHING";
const SLOT: &str = "INSERT INTO red_packet_slot (community_id, packet_id, slot, id, amount)
    VALUES ($1,$2,$3,$4,$5)";
const PACKET: &str = "SELECT room_id, by_member, needs, state
    FROM red_packet WHERE community_id = $1 AND id = $2";
const MINE: &str = "SELECT slot, amount, taken_at FROM red_packet_slot
    WHERE community_id = $1 AND packet_id = $2 AND member_id = $3";
const JOINED: &str = "SELECT joined_at FROM room_member
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3";
const BOUGHT: &str = "SELECT 1 FROM orders
    WHERE community_id = $1 AND member_id = $2 AND paid_at IS NOT NULL LIMIT 1";
/// Whoever takes the next number holds the packet's row until the commit.
const NEXT: &str = "UPDATE red_packet SET taken = taken + 1,
    given = given + (SELECT s.amount FROM red_packet_slot s WHERE s.community_id = $1
      AND s.packet_id = $2 AND s.slot = red_packet.taken + 1),
    state = CASE WHEN taken + 1 = slots THEN 'finished' ELSE state END,
    ended_at = CASE WHEN taken + 1 = slots THEN CAST($3 AS bigint) ELSE ended_at END
    WHERE community_id = $1 AND id = $2 AND state = 'open' AND taken < slots AND until_at > $3
    RETURNING taken, state";
const TAKE: &str = "UPDATE red_packet_slot SET member_id = $4, taken_at = $5
    WHERE community_id = $1 AND packet_id = $2 AND slot = $3 AND member_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM red_packet_slot o WHERE o.community_id = $1
        AND o.packet_id = $2 AND o.member_id = $4)
    RETURNING id, amount";
const END: &str = "UPDATE red_packet SET state = 'expired', ended_at = $3
    WHERE community_id = $1 AND id = $2 AND state = 'open' AND until_at <= $3
    RETURNING total - given, return_id, room_id";

/// A packet as its verbs see it.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub group: Id<id::Group>,
    pub by: Member,
    pub needs: Needs,
    pub state: State,
}

pub struct NewPacket<'a> {
    pub id: Packet,
    pub group: Id<id::Group>,
    pub by: Member,
    pub wish: &'a str,
    pub plan: Plan,
    pub needs: Needs,
    pub seed: &'a str,
    pub seed_hash: &'a str,
    pub until: Moment,
    /// What each slot holds, in their order.
    pub amounts: &'a [i64],
}

pub fn open<R>(tx: &Tx<'_>, w: &mut Writes<R>, c: C, n: &NewPacket<'_>, twice: R) {
    let back: Id<id::Transfer> = tx.mint();
    let (split, needs, plan) = (n.plan.split.code(), n.needs.code(), n.plan);
    let (total, slots, now) = (plan.total(), plan.slots(), tx.now());
    let args = p![
        c,
        n.id,
        n.group,
        n.by,
        n.wish,
        split,
        needs,
        total,
        slots,
        n.seed,
        n.seed_hash,
        back,
        now,
        n.until
    ];
    w.must(OPEN, args, twice);
    for (slot, amount) in (1_i64..).zip(n.amounts) {
        let transfer: Id<id::Transfer> = tx.mint();
        w.put(SLOT, p![c, n.id, slot, transfer, *amount]);
    }
}
pub fn packet(rx: &mut Rx<'_>, c: C, id: Packet) -> Result<Option<Known>, Fault> {
    rx.one(PACKET, p![c, id], |r| Known {
        group: r.id(0),
        by: r.id(1),
        needs: r.word(2, Needs::of),
        state: r.word(3, State::of),
    })
}
/// What this member took already: the slot, its amount, when.
pub fn mine(
    rx: &mut Rx<'_>,
    c: C,
    id: Packet,
    member: Member,
) -> Result<Option<(i64, i64, Moment)>, Fault> {
    rx.one(MINE, p![c, id, member], |r| (r.int(0), r.int(1), r.moment(2)))
}
pub fn joined(
    rx: &mut Rx<'_>,
    c: C,
    group: Id<id::Group>,
    member: Member,
) -> Result<Option<Moment>, Fault> {
    rx.one(JOINED, p![c, group, member], |r| r.moment(0))
}
pub fn bought(rx: &mut Rx<'_>, c: C, member: Member) -> Result<bool, Fault> {
    Ok(rx.one(BOUGHT, p![c, member], |_| ())?.is_some())
}
/// The number of the next free slot, if the packet is open; and whether it is the last one.
pub fn next(tx: &mut Tx<'_>, c: C, id: Packet) -> Result<Option<(i64, bool)>, Fault> {
    let now = tx.now();
    let finished = |state| state == State::Finished;
    tx.exec_one(NEXT, p![c, id, now], |r| (r.int(0), finished(r.word(1, State::of))))
}
/// The slot is theirs: the number of its transfer and its amount. `None`: they have one already.
pub fn take(
    tx: &mut Tx<'_>,
    c: C,
    (id, slot): (Packet, i64),
    member: Member,
) -> Result<Option<(Id<id::Transfer>, i64)>, Fault> {
    let now = tx.now();
    tx.exec_one(TAKE, p![c, id, slot, member, now], |r| (r.id(0), r.int(1)))
}
/// Ends what is over: the rest, the number of its transfer, the group.
pub fn end(
    tx: &mut Tx<'_>,
    c: C,
    id: Packet,
) -> Result<Option<(i64, Id<id::Transfer>, Id<id::Group>)>, Fault> {
    let now = tx.now();
    tx.exec_one(END, p![c, id, now], |r| (r.int(0), r.id(1), r.id(2)))
}
