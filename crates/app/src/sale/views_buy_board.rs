//! What a leader reads of the group buys of her group: all of them in a list, and of one the paid
//! seats with their goods.
use super::views_board::{BoardRow, lines_of};
use super::views_group_buy::{CampaignRow, row};
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::sale::group_buy::{SeatState, TeamState};

type C = Id<id::Community>;
type M = Id<id::Member>;

/// A group buy of a group.
#[derive(Clone, Debug)]
pub struct LedBuy {
    pub row: CampaignRow,
    pub group: Id<id::Group>,
    pub group_name: String,
    /// Who opened it.
    pub by: M,
    pub by_name: String,
    /// Teams that somebody has paid for and that still fill, and the people in them.
    pub filling: i64,
    pub waiting: i64,
    /// Teams that are complete.
    pub filled: i64,
}

/// A paid seat, with its order as a board shows it.
#[derive(Clone, Debug)]
pub struct SeatedRow {
    pub row: BoardRow,
    pub state: SeatState,
    /// It is collected at the group's own point. Of others the leader learns who, not where or by
    /// which number they are called.
    pub here: bool,
    pub team: SeatedTeam,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SeatedTeam {
    pub id: Id<id::Team>,
    pub state: TeamState,
    pub size: i64,
    pub members: i64,
    pub deadline: Moment,
}

/// What a paid seat means to who waits for the goods.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Its team is complete.
    Comes,
    /// Its team still fills.
    Waits,
    /// It was given up, or its team failed.
    Gone,
}

impl SeatedRow {
    pub fn fate(&self) -> Fate {
        match (self.state, self.team.state) {
            (SeatState::Kept, _) | (SeatState::Confirmed, TeamState::Filled) => Fate::Comes,
            (SeatState::Confirmed, TeamState::Open) => Fate::Waits,
            _ => Fate::Gone,
        }
    }
}

const OF_GROUP: &str = "SELECT k.id, k.product_id, k.title, p.look, (SELECT i.picture
      FROM product_picture i WHERE i.community_id = k.community_id AND i.product_id = k.product_id
      ORDER BY i.position LIMIT 1), (SELECT min(c.price) FROM campaign_price c
      WHERE c.community_id = k.community_id AND c.campaign_id = k.id), k.size, k.starts_at,
    k.ends_at, k.state, k.taken, k.most, k.group_id, g.name, k.by_member, m.name,
    (SELECT count(*) FROM team t WHERE t.community_id = k.community_id AND t.campaign_id = k.id
      AND t.state = 'open' AND t.members > 0),
    (SELECT CAST(coalesce(sum(t.members), 0) AS bigint) FROM team t
      WHERE t.community_id = k.community_id AND t.campaign_id = k.id AND t.state = 'open'),
    (SELECT count(*) FROM team t WHERE t.community_id = k.community_id AND t.campaign_id = k.id
      AND t.state = 'filled')
    FROM campaign k JOIN product p ON p.community_id = k.community_id AND p.id = k.product_id
    JOIN room g ON g.community_id = k.community_id AND g.id = k.group_id
    JOIN member m ON m.community_id = k.community_id AND m.id = k.by_member
    WHERE k.community_id = $1 AND k.group_id = $2 AND k.kind = 'group_buy'
    ORDER BY k.id DESC LIMIT $3";
const ONE: &str = "SELECT k.id, k.product_id, k.title, p.look, (SELECT i.picture
      FROM product_picture i WHERE i.community_id = k.community_id AND i.product_id = k.product_id
      ORDER BY i.position LIMIT 1), (SELECT min(c.price) FROM campaign_price c
      WHERE c.community_id = k.community_id AND c.campaign_id = k.id), k.size, k.starts_at,
    k.ends_at, k.state, k.taken, k.most, k.group_id, g.name, k.by_member, m.name,
    (SELECT count(*) FROM team t WHERE t.community_id = k.community_id AND t.campaign_id = k.id
      AND t.state = 'open' AND t.members > 0),
    (SELECT CAST(coalesce(sum(t.members), 0) AS bigint) FROM team t
      WHERE t.community_id = k.community_id AND t.campaign_id = k.id AND t.state = 'open'),
    (SELECT count(*) FROM team t WHERE t.community_id = k.community_id AND t.campaign_id = k.id
      AND t.state = 'filled')
    FROM campaign k JOIN product p ON p.community_id = k.community_id AND p.id = k.product_id
    JOIN room g ON g.community_id = k.community_id AND g.id = k.group_id
    JOIN member m ON m.community_id = k.community_id AND m.id = k.by_member
    WHERE k.community_id = $1 AND k.id = $2 AND k.kind = 'group_buy'";
const SEATED: &str = "SELECT s.number, s.order_id, s.member_id, m.name, o.recipient, o.phone,
    o.state, o.total, o.refunded, o.note, o.pickup_code, s.joined_at, s.state, t.id, t.state,
    t.size, t.members, t.deadline,
    coalesce(o.delivery = 'pickup' AND o.group_id = k.group_id, false)
    FROM seat s JOIN orders o ON o.community_id = s.community_id AND o.id = s.order_id
    JOIN team t ON t.community_id = s.community_id AND t.id = s.team_id
    JOIN campaign k ON k.community_id = s.community_id AND k.id = s.campaign_id
    JOIN member m ON m.community_id = s.community_id AND m.id = s.member_id
    WHERE s.community_id = $1 AND s.campaign_id = $2 AND s.number > 0 ORDER BY s.number";
const LINES: &str =
    "SELECT s.order_id, l.id, l.product_id, l.variant_id, l.title, l.choices, l.qty,
    l.refunded_qty, l.amount - l.refunded, l.state, l.look FROM seat s
    JOIN order_line l ON l.community_id = s.community_id AND l.order_id = s.order_id
    WHERE s.community_id = $1 AND s.campaign_id = $2 AND s.number > 0
    ORDER BY s.order_id, l.position";

/// The newest of a group that are shown.
const SHOWN: i64 = 30;

fn led(r: Row<'_>) -> LedBuy {
    LedBuy {
        group: r.id(12),
        group_name: r.text(13),
        by: r.id(14),
        by_name: r.text(15),
        filling: r.int(16),
        waiting: r.int(17),
        filled: r.int(18),
        row: row(r),
    }
}

fn seated(r: Row<'_>) -> SeatedRow {
    let here = r.bool(18);
    let own = |text: String| if here { text } else { String::new() };
    let name = r.text(3);
    SeatedRow {
        row: BoardRow {
            number: r.int(0),
            order: r.id(1),
            member: r.id(2),
            recipient: if here { r.text(4) } else { name.clone() },
            name,
            phone: own(r.text(5)),
            state: r.word(6, rules::sale::line::State::of),
            total: r.int(7),
            refunded: r.int(8),
            note: own(r.text(9)),
            code: own(r.text(10)),
            at: r.moment(11),
            by: None,
            outside: false,
            lines: Vec::new(),
        },
        state: r.word(12, SeatState::of),
        here,
        team: SeatedTeam {
            id: r.id(13),
            state: r.word(14, TeamState::of),
            size: r.int(15),
            members: r.int(16),
            deadline: r.moment(17),
        },
    }
}

impl App {
    /// The newest group buys of a group, whatever became of them.
    pub async fn buys_of(&self, c: C, group: Id<id::Group>) -> Result<Vec<LedBuy>, Fault> {
        self.db.read(move |rx| rx.all(OF_GROUP, p![c, group, SHOWN], led)).await
    }
    /// One that belongs to a group.
    pub async fn led_buy(&self, c: C, id: Id<id::Campaign>) -> Result<Option<LedBuy>, Fault> {
        self.db.read(move |rx| rx.one(ONE, p![c, id], led)).await
    }
    /// Every seat that was paid, by its number, with the lines of its order.
    pub async fn buy_board(&self, c: C, id: Id<id::Campaign>) -> Result<Vec<SeatedRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let mut rows = rx.all(SEATED, p![c, id], seated)?;
            let mut lines = lines_of(rx, LINES, c, id)?;
            for s in &mut rows {
                s.row.lines = lines.remove(&s.row.order).unwrap_or_default();
            }
            Ok(rows)
        };
        self.db.read(read).await
    }
}
