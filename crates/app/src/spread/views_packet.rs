//! Reads of red packets: the card in a talk, the page, the shop's list.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::spread::packet::{Needs, Split, State};

type C = Id<id::Community>;
type Number = Id<id::RedPacket>;

/// A packet as everybody in its group may see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Packet {
    pub id: Number,
    pub group: Id<id::Group>,
    pub group_name: String,
    pub by: Id<id::Member>,
    pub by_name: String,
    pub wish: String,
    pub split: Split,
    pub needs: Needs,
    pub total: i64,
    pub slots: i64,
    pub taken: i64,
    pub given: i64,
    /// The digest of the seed, told from the beginning.
    pub seed_hash: String,
    /// The seed itself, once nobody can take any more.
    pub seed: Option<String>,
    pub state: State,
    pub at: Moment,
    pub until: Moment,
    pub ended_at: Option<Moment>,
}

impl Packet {
    /// Open, and its time is not over.
    pub fn runs(&self, now: Moment) -> bool {
        self.state == State::Open && now < self.until
    }
}

/// Somebody's luck.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Luck {
    pub slot: i64,
    pub member: Id<id::Member>,
    /// Empty: they closed their account.
    pub name: String,
    pub amount: i64,
    pub at: Moment,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PacketPage {
    pub packet: Packet,
    /// Who took a slot, the newest first.
    pub luck: Vec<Luck>,
    /// What every slot held, in their order; nothing while somebody can still take one.
    pub drawn: Vec<i64>,
}

impl PacketPage {
    pub fn of(&self, member: Id<id::Member>) -> Option<&Luck> {
        self.luck.iter().find(|l| l.member == member)
    }
    /// The largest amount that was taken, the earliest of them: told when all are taken.
    pub fn luckiest(&self) -> Option<&Luck> {
        let tells = self.packet.state == State::Finished && self.packet.split == Split::Lucky;
        let by_luck = |l: &&Luck| (l.amount, -l.slot);
        self.luck.iter().max_by_key(by_luck).filter(|_| tells && self.luck.len() > 1)
    }
}

const PACKET: &str =
    "SELECT k.id, k.room_id, g.name, k.by_member, m.name, k.wish, k.split, k.needs,
    k.total, k.slots, k.taken, k.given, k.seed_hash, k.seed, k.state, k.at, k.until_at, k.ended_at
    FROM red_packet k
    JOIN room g ON g.community_id = k.community_id AND g.id = k.room_id
    LEFT JOIN member m ON m.community_id = k.community_id AND m.id = k.by_member
    WHERE k.community_id = $1 AND k.id = $2";
const PACKETS: &str = "SELECT k.id, k.room_id, g.name, k.by_member, m.name, k.wish, k.split,
    k.needs, k.total, k.slots, k.taken, k.given, k.seed_hash, k.seed, k.state, k.at, k.until_at,
    k.ended_at FROM red_packet k
    JOIN room g ON g.community_id = k.community_id AND g.id = k.room_id
    LEFT JOIN member m ON m.community_id = k.community_id AND m.id = k.by_member
    WHERE k.community_id = $1 AND k.id < $2 ORDER BY k.id DESC LIMIT $3";
const LUCK: &str = "SELECT s.slot, s.member_id, m.name, s.amount, s.taken_at
    FROM red_packet_slot s
    LEFT JOIN member m ON m.community_id = s.community_id AND m.id = s.member_id
    WHERE s.community_id = $1 AND s.packet_id = $2 AND s.member_id IS NOT NULL
    ORDER BY s.slot DESC";
const DRAWN: &str = "SELECT amount FROM red_packet_slot
    WHERE community_id = $1 AND packet_id = $2 ORDER BY slot";

fn packet(r: Row<'_>) -> Packet {
    let state = r.word(14, State::of);
    Packet {
        id: r.id(0),
        group: r.id(1),
        group_name: r.text(2),
        by: r.id(3),
        by_name: r.opt_text(4).unwrap_or_default(),
        wish: r.text(5),
        split: r.word(6, Split::of),
        needs: r.word(7, Needs::of),
        total: r.int(8),
        slots: r.int(9),
        taken: r.int(10),
        given: r.int(11),
        seed_hash: r.text(12),
        seed: (state != State::Open).then(|| r.text(13)),
        state,
        at: r.moment(15),
        until: r.moment(16),
        ended_at: r.opt_moment(17),
    }
}
fn luck(r: Row<'_>) -> Luck {
    Luck {
        slot: r.int(0),
        member: r.id(1),
        name: r.opt_text(2).unwrap_or_default(),
        amount: r.int(3),
        at: r.moment(4),
    }
}
fn page(rx: &mut Rx<'_>, c: C, id: Number) -> Result<Option<PacketPage>, Fault> {
    let Some(packet) = rx.one(PACKET, p![c, id], packet)? else { return Ok(None) };
    let drawn = match packet.state {
        State::Open => Vec::new(),
        _ => rx.all(DRAWN, p![c, id], |r| r.int(0))?,
    };
    Ok(Some(PacketPage { packet, luck: rx.all(LUCK, p![c, id], luck)?, drawn }))
}

impl App {
    /// Whoever shows it checks that the reader is in the group, or looks after the money.
    pub async fn packet_page(&self, c: C, id: Number) -> Result<Option<PacketPage>, Fault> {
        self.db.read(move |rx| page(rx, c, id)).await
    }
    /// The packets of some lines of a talk.
    pub async fn packets_of(&self, c: C, ids: Vec<Number>) -> Result<Vec<Packet>, Fault> {
        self.db
            .read(move |rx| {
                let mut out = Vec::new();
                for id in ids {
                    out.extend(rx.one(PACKET, p![c, id], packet)?);
                }
                Ok(out)
            })
            .await
    }
    /// The shop's packets, the newest first.
    pub async fn packets(
        &self,
        c: C,
        before: Option<Number>,
        most: i64,
    ) -> Result<Vec<Packet>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(PACKETS, p![c, before, most], packet)).await
    }
}
