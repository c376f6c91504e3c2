//! Reads of campaigns, their teams and who sits in them.
use super::views_catalogue::parted;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::sale::group_buy::{CampaignState, SeatState, TeamState, WhoMay};

type C = Id<id::Community>;
type M = Id<id::Member>;

/// A campaign in a list.
#[derive(Clone, Debug)]
pub struct CampaignRow {
    pub id: Id<id::Campaign>,
    pub product: Id<id::Product>,
    pub title: String,
    pub look: String,
    pub picture: Option<String>,
    /// The lowest price in a team.
    pub price: i64,
    pub size: i64,
    pub starts: Moment,
    pub ends: Moment,
    pub state: CampaignState,
    pub taken: i64,
    pub most: i64,
    /// The open team that is nearest to full.
    pub nearest: Option<TeamRow>,
}

#[derive(Clone, Debug)]
pub struct TeamRow {
    pub id: Id<id::Team>,
    pub state: TeamState,
    pub size: i64,
    pub needed: i64,
    pub held: i64,
    pub members: i64,
    pub deadline: Moment,
    /// Those who paid, first the one who paid first; at most as many as are drawn.
    pub faces: Vec<(M, String)>,
}

impl TeamRow {
    pub fn missing(&self) -> i64 {
        (self.size - self.members).max(0)
    }
    pub fn has_room(&self, now: Moment) -> bool {
        self.state == TeamState::Open && self.deadline > now && self.held + self.members < self.size
    }
}

#[derive(Clone, Debug)]
pub struct PriceRow {
    pub variant: Id<id::Variant>,
    pub choices: Vec<String>,
    pub price: i64,
    pub leader: i64,
    pub alone: i64,
    pub on_hand: i64,
    pub listed: bool,
}

/// One paid seat of a campaign.
#[derive(Clone, Debug)]
pub struct Joined {
    pub number: i64,
    pub member: M,
    pub name: String,
    pub qty: i64,
    pub choices: Vec<String>,
    pub at: Moment,
}

/// A member's own seat.
#[derive(Clone, Copy, Debug)]
pub struct Mine {
    pub team: Id<id::Team>,
    pub order: Id<id::Order>,
    pub state: SeatState,
}

#[derive(Clone, Debug)]
pub struct CampaignPage {
    pub row: CampaignRow,
    pub story: String,
    pub brief: String,
    pub group: Option<Id<id::Group>>,
    pub fill: i64,
    pub life_hours: i64,
    pub per_member: i64,
    pub opens: WhoMay,
    pub joins: WhoMay,
    pub prices: Vec<PriceRow>,
    /// Open teams with members, the nearest to full first.
    pub teams: Vec<TeamRow>,
    pub joined: Vec<Joined>,
    /// How many are in; `joined` has the latest of them. Numbers are not taken back.
    pub in_all: i64,
    pub mine: Option<Mine>,
}

/// The seat of an order, for the pages of the order.
#[derive(Clone, Debug)]
pub struct SeatRow {
    pub campaign: Id<id::Campaign>,
    pub team: Id<id::Team>,
    pub state: SeatState,
    pub number: i64,
    /// Where a payment that came late went.
    pub next: Option<Id<id::Order>>,
    pub missing: i64,
    pub deadline: Moment,
    pub team_state: TeamState,
}

const LIST: &str = "SELECT k.id, k.product_id, k.title, p.look, (SELECT i.picture
      FROM product_picture i WHERE i.community_id = k.community_id AND i.product_id = k.product_id
      ORDER BY i.position LIMIT 1), (SELECT min(c.price) FROM campaign_price c
      WHERE c.community_id = k.community_id AND c.campaign_id = k.id), k.size, k.starts_at,
    k.ends_at, k.state, k.taken, k.most
    FROM campaign k JOIN product p ON p.community_id = k.community_id AND p.id = k.product_id
    WHERE k.community_id = $1 AND k.kind = 'group_buy' AND k.state = 'open' AND k.ends_at > $2
    AND k.starts_at <= $2
    ORDER BY k.ends_at, k.id LIMIT $3";
const ALL: &str = "SELECT k.id, k.product_id, k.title, p.look, (SELECT i.picture
      FROM product_picture i WHERE i.community_id = k.community_id AND i.product_id = k.product_id
      ORDER BY i.position LIMIT 1), (SELECT min(c.price) FROM campaign_price c
      WHERE c.community_id = k.community_id AND c.campaign_id = k.id), k.size, k.starts_at,
    k.ends_at, k.state, k.taken, k.most
    FROM campaign k JOIN product p ON p.community_id = k.community_id AND p.id = k.product_id
    WHERE k.community_id = $1 AND k.id < $2 AND k.kind = 'group_buy'
    ORDER BY k.id DESC LIMIT $3";
const OF_PRODUCT: &str = "SELECT id FROM campaign WHERE community_id = $1 AND product_id = $2
    AND kind = 'group_buy' AND state = 'open' AND starts_at <= $3 AND ends_at > $3
    ORDER BY CASE WHEN group_id IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 1";
const PAGE: &str = "SELECT k.id, k.product_id, k.title, p.look, (SELECT i.picture
      FROM product_picture i WHERE i.community_id = k.community_id AND i.product_id = k.product_id
      ORDER BY i.position LIMIT 1), (SELECT min(c.price) FROM campaign_price c
      WHERE c.community_id = k.community_id AND c.campaign_id = k.id), k.size, k.starts_at,
    k.ends_at, k.state, k.taken, k.most, k.story, p.brief, k.group_id, k.fill, k.life_hours,
    k.per_member, k.opens, k.joins
    FROM campaign k JOIN product p ON p.community_id = k.community_id AND p.id = k.product_id
    WHERE k.community_id = $1 AND k.id = $2 AND k.kind = 'group_buy'";
const PRICES: &str = "SELECT v.id, v.choices, c.price, c.leader_price, v.price, v.on_hand,
    v.state = 'listed' AND p.state = 'listed' FROM campaign_price c
    JOIN variant v ON v.community_id = c.community_id AND v.id = c.variant_id
    JOIN product p ON p.community_id = v.community_id AND p.id = v.product_id
    WHERE c.community_id = $1 AND c.campaign_id = $2 ORDER BY v.position";
const TEAMS: &str = "SELECT id, state, size, needed, held, members, deadline FROM team
    WHERE community_id = $1 AND campaign_id = $2 AND state = 'open' AND deadline > $3
    AND members > 0 ORDER BY size - members, deadline, id LIMIT $4";
const TEAM: &str = "SELECT id, state, size, needed, held, members, deadline FROM team
    WHERE community_id = $1 AND campaign_id = $2 AND id = $3";
const ENDED: &str = "SELECT id, state, size, needed, held, members, deadline FROM team
    WHERE community_id = $1 AND campaign_id = $2 ORDER BY id DESC LIMIT 100";
const FACES: &str = "SELECT s.member_id, m.name FROM seat s
    JOIN member m ON m.community_id = s.community_id AND m.id = s.member_id
    WHERE s.community_id = $1 AND s.team_id = $2 AND s.number > 0
    AND s.state IN ('confirmed', 'kept') ORDER BY s.number LIMIT 20";
const JOINED: &str = "SELECT s.number, s.member_id, m.name, s.joined_at,
    (SELECT CAST(sum(l.qty) AS bigint) FROM order_line l WHERE l.community_id = s.community_id
      AND l.order_id = s.order_id),
    (SELECT l.choices FROM order_line l WHERE l.community_id = s.community_id
      AND l.order_id = s.order_id ORDER BY l.position LIMIT 1)
    FROM seat s JOIN member m ON m.community_id = s.community_id AND m.id = s.member_id
    WHERE s.community_id = $1 AND s.campaign_id = $2 AND s.number > 0 AND s.number < $3
    AND s.state IN ('confirmed', 'kept') ORDER BY s.number DESC LIMIT $4";
const IN_ALL: &str = "SELECT count(*) FROM seat WHERE community_id = $1 AND campaign_id = $2
    AND number > 0 AND state IN ('confirmed', 'kept')";
const MINE: &str = "SELECT team_id, order_id, state FROM seat WHERE community_id = $1
    AND campaign_id = $2 AND member_id = $3 AND state IN ('held', 'confirmed', 'kept')
    ORDER BY order_id DESC LIMIT 1";
const SEAT: &str = "SELECT s.campaign_id, s.team_id, s.state, s.number, s.next_order,
    t.size - t.members, t.deadline, t.state FROM seat s
    JOIN team t ON t.community_id = s.community_id AND t.id = s.team_id
    WHERE s.community_id = $1 AND s.order_id = $2";

pub(super) fn row(r: Row<'_>) -> CampaignRow {
    CampaignRow {
        id: r.id(0),
        product: r.id(1),
        title: r.text(2),
        look: r.text(3),
        picture: r.opt_text(4),
        price: r.opt_int(5).unwrap_or(0),
        size: r.int(6),
        starts: r.moment(7),
        ends: r.moment(8),
        state: r.word(9, CampaignState::of),
        taken: r.int(10),
        most: r.int(11),
        nearest: None,
    }
}
fn team_row(r: Row<'_>) -> TeamRow {
    TeamRow {
        id: r.id(0),
        state: r.word(1, TeamState::of),
        size: r.int(2),
        needed: r.int(3),
        held: r.int(4),
        members: r.int(5),
        deadline: r.moment(6),
        faces: Vec::new(),
    }
}
fn with_faces(rx: &mut Rx<'_>, c: C, mut teams: Vec<TeamRow>) -> Result<Vec<TeamRow>, Fault> {
    for team in &mut teams {
        team.faces = rx.all(FACES, p![c, team.id], |r| (r.id(0), r.text(1)))?;
    }
    Ok(teams)
}
fn open_teams(
    rx: &mut Rx<'_>,
    c: C,
    campaign: Id<id::Campaign>,
    now: Moment,
    most: i64,
) -> Result<Vec<TeamRow>, Fault> {
    let teams = rx.all(TEAMS, p![c, campaign, now, most], team_row)?;
    with_faces(rx, c, teams)
}

/// How many open teams a page names.
const TEAMS_SHOWN: i64 = 12;
pub const JOINED_SHOWN: i64 = 20;

impl App {
    /// Open campaigns, those that end first first, each with its nearest team.
    pub async fn open_campaigns(
        &self,
        now: Moment,
        c: C,
        most: i64,
    ) -> Result<Vec<CampaignRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let mut rows = rx.all(LIST, p![c, now, most], row)?;
            for k in &mut rows {
                k.nearest = open_teams(rx, c, k.id, now, 1)?.pop();
            }
            Ok(rows)
        };
        self.db.read(read).await
    }
    /// Every campaign, the newest first; `before` goes on from the last one of a page.
    pub async fn campaigns(
        &self,
        c: C,
        before: Option<Id<id::Campaign>>,
        most: i64,
    ) -> Result<Vec<CampaignRow>, Fault> {
        let before = before.map_or(i64::MAX, |id| id.raw());
        self.db.read(move |rx| rx.all(ALL, p![c, before, most], row)).await
    }
    /// The newest open campaign of a product.
    pub async fn campaign_of_product(
        &self,
        now: Moment,
        c: C,
        product: Id<id::Product>,
    ) -> Result<Option<CampaignPage>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let id = rx.one(OF_PRODUCT, p![c, product, now], |r| r.id(0))?;
            match id {
                Some(id) => page(rx, now, c, id, None),
                None => Ok(None),
            }
        };
        self.db.read(read).await
    }
    pub async fn campaign_page(
        &self,
        now: Moment,
        c: C,
        id: Id<id::Campaign>,
        member: Option<M>,
    ) -> Result<Option<CampaignPage>, Fault> {
        self.db.read(move |rx| page(rx, now, c, id, member)).await
    }
    /// One team of a campaign, open or not.
    pub async fn team_of(
        &self,
        c: C,
        campaign: Id<id::Campaign>,
        team: Id<id::Team>,
    ) -> Result<Option<TeamRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let found = rx.one(TEAM, p![c, campaign, team], team_row)?;
            Ok(with_faces(rx, c, found.into_iter().collect())?.pop())
        };
        self.db.read(read).await
    }
    /// The newest teams in whatever state, for the console.
    pub async fn teams(&self, c: C, campaign: Id<id::Campaign>) -> Result<Vec<TeamRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let teams = rx.all(ENDED, p![c, campaign], team_row)?;
            with_faces(rx, c, teams)
        };
        self.db.read(read).await
    }
    /// Paid seats with numbers below `before`, the newest first.
    pub async fn joined(
        &self,
        c: C,
        campaign: Id<id::Campaign>,
        before: i64,
    ) -> Result<Vec<Joined>, Fault> {
        self.db.read(move |rx| joined(rx, c, campaign, before)).await
    }
    pub async fn seat_of(&self, c: C, order: Id<id::Order>) -> Result<Option<SeatRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.one(SEAT, p![c, order], |r| SeatRow {
                campaign: r.id(0),
                team: r.id(1),
                state: r.word(2, SeatState::of),
                number: r.int(3),
                next: r.opt_id(4),
                missing: r.int(5),
                deadline: r.moment(6),
                team_state: r.word(7, TeamState::of),
            })
        };
        self.db.read(read).await
    }
}

fn joined(
    rx: &mut Rx<'_>,
    c: C,
    campaign: Id<id::Campaign>,
    before: i64,
) -> Result<Vec<Joined>, Fault> {
    rx.all(JOINED, p![c, campaign, before, JOINED_SHOWN], |r| Joined {
        number: r.int(0),
        member: r.id(1),
        name: r.text(2),
        at: r.moment(3),
        qty: r.opt_int(4).unwrap_or(0),
        choices: r.opt_text(5).map(|t| parted(&t)).unwrap_or_default(),
    })
}

fn page(
    rx: &mut Rx<'_>,
    now: Moment,
    c: C,
    id: Id<id::Campaign>,
    member: Option<M>,
) -> Result<Option<CampaignPage>, Fault> {
    let found = rx.one(PAGE, p![c, id], |r| CampaignPage {
        story: r.text(12),
        brief: r.text(13),
        group: r.opt_id(14),
        fill: r.int(15),
        life_hours: r.int(16),
        per_member: r.int(17),
        opens: r.word(18, WhoMay::of),
        joins: r.word(19, WhoMay::of),
        row: row(r),
        prices: Vec::new(),
        teams: Vec::new(),
        joined: Vec::new(),
        in_all: 0,
        mine: None,
    })?;
    let Some(mut page) = found else { return Ok(None) };
    page.prices = rx.all(PRICES, p![c, id], |r| PriceRow {
        variant: r.id(0),
        choices: parted(&r.text(1)),
        price: r.int(2),
        leader: r.int(3),
        alone: r.int(4),
        on_hand: r.int(5),
        listed: r.bool(6),
    })?;
    page.teams = open_teams(rx, c, id, now, TEAMS_SHOWN)?;
    page.row.nearest = page.teams.first().cloned();
    page.joined = joined(rx, c, id, i64::MAX)?;
    page.in_all = rx.one(IN_ALL, p![c, id], |r| r.int(0))?.unwrap_or(0);
    if let Some(member) = member {
        page.mine = rx.one(MINE, p![c, id, member], |r| Mine {
            team: r.id(0),
            order: r.id(1),
            state: r.word(2, SeatState::of),
        })?;
    }
    Ok(Some(page))
}
