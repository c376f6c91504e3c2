//! Reads of a member's wallet: what it holds, part by part, and where each sum came from.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket};

type C = Id<id::Community>;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wallet {
    /// Minor units of each part.
    pub buckets: Vec<(Bucket, i64)>,
    /// What came in, the newest first.
    pub lines: Vec<WalletLine>,
}

/// A sum that came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WalletLine {
    /// The number of its transfer.
    pub id: Id<id::Transfer>,
    pub bucket: Bucket,
    pub amount: i64,
    pub at: Moment,
    pub packet: Id<id::RedPacket>,
    pub wish: String,
    pub group_name: String,
}

impl Wallet {
    pub fn total(&self) -> i64 {
        self.buckets.iter().map(|(_, amount)| amount).sum()
    }
}

const LEFT: &str = "SELECT credits_posted - debits_posted - debits_pending FROM balance
    WHERE community_id = $1 AND account = $2";
const LINES: &str = "SELECT s.id, s.amount, s.taken_at, k.id, k.wish, g.name
    FROM red_packet_slot s
    JOIN red_packet k ON k.community_id = s.community_id AND k.id = s.packet_id
    JOIN room g ON g.community_id = k.community_id AND g.id = k.room_id
    WHERE s.community_id = $1 AND s.member_id = $2 AND s.id < $3 ORDER BY s.id DESC LIMIT $4";

fn line(r: Row<'_>) -> WalletLine {
    WalletLine {
        id: r.id(0),
        bucket: Bucket::RedPacket,
        amount: r.int(1),
        at: r.moment(2),
        packet: r.id(3),
        wish: r.text(4),
        group_name: r.text(5),
    }
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
        let left = rx.one(LEFT, p![c, account.as_ref()], |r| r.int(0))?;
        buckets.push((*bucket, left.unwrap_or(0)));
    }
    Ok(Wallet { buckets, lines: rx.all(LINES, p![c, member, before, most], line)? })
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
