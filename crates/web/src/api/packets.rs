//! Red packets and wallets.
use super::ask::{Ask, Nothing};
use super::caller::{Caller, named};
use super::chat::readable;
use super::shapes::{Listed, Made, Money, Onward, Problem, id_in, time, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::spread::open_packet::OpenPacket;
use app::spread::take_packet::TakePacket;
use app::spread::views_packet::{Luck, PacketPage};
use app::spread::views_wallet::{Moved, WalletLine};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Currency, Id, id};
use rules::community::role::Right;
use rules::community::scope::Scope;
use rules::spread::packet::{Needs, Split};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct NewPacket {
    /// The sum in the smallest unit, at most 5,000,000.
    #[schema(example = 8800)]
    total: i64,
    /// 1 to 500; a share holds 1 to 50,000 of the smallest unit.
    #[schema(example = 10)]
    slots: i64,
    /// `equal` or `lucky`.
    #[serde(default = "lucky")]
    split: String,
    /// `member`, `day` (in the group for 24 hours) or `buyer`.
    #[serde(default = "member")]
    needs: String,
    /// Hours until what is left goes back, 1 to 72.
    #[serde(default = "day")]
    hours: i64,
    #[serde(default)]
    #[schema(max_length = 40)]
    wish: String,
}
fn lucky() -> String {
    Split::Lucky.code().into()
}
fn member() -> String {
    Needs::Member.code().into()
}
const fn day() -> i64 {
    24
}

#[derive(Serialize, ToSchema)]
pub struct RedPacket {
    #[schema(example = "pkt_06d4zq0n8g008")]
    id: String,
    group: String,
    /// Who opened it for the shop.
    by: String,
    wish: String,
    split: String,
    needs: String,
    total: Money,
    slots: i64,
    taken: i64,
    given: Money,
    /// `open`, `finished` (all taken) or `expired` (the rest went back).
    state: String,
    /// SHA-256 of the seed, told from the beginning.
    seed_hash: String,
    /// Told once nobody can take any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
    /// Every share in the order in which they are taken; told together with the seed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    drawn: Vec<i64>,
    /// What the caller took.
    #[serde(skip_serializing_if = "Option::is_none")]
    mine: Option<Share>,
    /// The newest first.
    shares: Vec<Share>,
    at: String,
    until: String,
}
#[derive(Serialize, ToSchema)]
pub struct Share {
    member: String,
    name: String,
    slot: i64,
    amount: Money,
    at: String,
}

fn share(l: &Luck, currency: Currency) -> Share {
    Share {
        member: l.member.to_string(),
        name: l.name.clone(),
        slot: l.slot,
        amount: Money::of(l.amount, currency),
        at: time(l.at),
    }
}

fn packet(page: PacketPage, currency: Currency, me: Id<id::Member>) -> RedPacket {
    let mine = page.of(me).map(|l| share(l, currency));
    let shares = page.luck.iter().map(|l| share(l, currency)).collect();
    let p = page.packet;
    RedPacket {
        id: p.id.to_string(),
        group: p.group.to_string(),
        by: p.by.to_string(),
        wish: p.wish,
        split: p.split.code().into(),
        needs: p.needs.code().into(),
        total: Money::of(p.total, currency),
        slots: p.slots,
        taken: p.taken,
        given: Money::of(p.given, currency),
        state: p.state.code().into(),
        seed_hash: p.seed_hash,
        seed: p.seed,
        drawn: page.drawn,
        mine,
        shares,
        at: time(p.at),
        until: time(p.until),
    }
}

/// Open a red packet in a group
#[utoipa::path(post, path = "/api/v1/communities/{community}/groups/{group}/red-packets",
    tag = "Red packets", operation_id = "open_red_packet", request_body = NewPacket,
    params(("community" = String, Path), ("group" = String, Path)),
    responses((status = 201, body = Made), (status = "4XX", body = Problem)))]
pub async fn open_red_packet(
    State(house): State<House>,
    caller: Caller,
    Path((_, group)): Path<(String, String)>,
    ask: Ask<NewPacket>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WritePayments, Right::Money)?;
    let (b, group) = (&ask.body, named(&group)?);
    let split = Split::of(&b.split).ok_or_else(|| unknown_word("split", &b.split))?;
    let needs = Needs::of(&b.needs).ok_or_else(|| unknown_word("needs", &b.needs))?;
    let open = async |number| {
        let id = app::calls::numbered(number);
        let (total, slots, hours, wish) = (b.total, b.slots, b.hours, b.wish.clone());
        let cmd = OpenPacket { who, id, group, split, total, slots, needs, hours, wish };
        house.app.open_packet(caller.now, cmd).await?;
        Ok(Made { id: id.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, open).await
}

async fn found(
    house: &House,
    caller: &Caller,
    scope: Scope,
    wanted: &str,
) -> Result<(RedPacket, Id<id::RedPacket>), Sorry> {
    let who = caller.member(scope)?;
    let (place, id) = (caller.place()?, named::<id::RedPacket>(wanted)?);
    let page = house.app.packet_page(place.id, id).await?.ok_or(Sorry::NotFound)?;
    if !who.rights.may(Right::Money) {
        readable(house, caller, &page.packet.group.to_string()).await?;
    }
    Ok((packet(page, place.currency, who.member), id))
}

/// One red packet
#[utoipa::path(get, path = "/api/v1/communities/{community}/red-packets/{packet}",
    tag = "Red packets", operation_id = "get_red_packet",
    params(("community" = String, Path), ("packet" = String, Path)),
    responses((status = 200, body = RedPacket), (status = "4XX", body = Problem)))]
pub async fn get_red_packet(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<RedPacket>, Sorry> {
    Ok(Json(found(&house, &caller, Scope::ReadChat, &wanted).await?.0))
}

/// Take a share
///
/// Once for each member: asked again, it answers what was taken.
#[utoipa::path(post, path = "/api/v1/communities/{community}/red-packets/{packet}/take",
    tag = "Red packets", operation_id = "take_red_packet",
    params(("community" = String, Path), ("packet" = String, Path)),
    responses((status = 200, body = Share), (status = "4XX", body = Problem)))]
pub async fn take_red_packet(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let (_, id) = found(&house, &caller, Scope::WriteChat, &wanted).await?;
    let who = caller.member(Scope::WriteChat)?;
    let take = async |_| {
        house.app.take_packet(caller.now, TakePacket { who, packet: id }).await?;
        let (page, _) = found(&house, &caller, Scope::WriteChat, &wanted).await?;
        page.mine.ok_or(Sorry::NotFound)
    };
    ask.once(&house, &caller, StatusCode::OK, take).await
}

#[derive(Serialize, ToSchema)]
pub struct Wallet {
    total: Money,
    /// Part by part: money goes back to the part it came from.
    buckets: Vec<Bucket>,
    /// What came in and went out, the newest first.
    lines: Listed<Line>,
}
#[derive(Serialize, ToSchema)]
pub struct Bucket {
    /// `red_packet` or `commission`.
    bucket: String,
    amount: Money,
}
#[derive(Serialize, ToSchema)]
#[schema(as = WalletLine)]
pub struct Line {
    #[schema(example = "trf_06d4zq0n8g008")]
    id: String,
    /// `red_packet`, `commission`, `service`, `paid`, `returned` or `paid_out`.
    kind: String,
    /// Below zero: it went out.
    amount: Money,
    /// The parts of the wallet it touched.
    parts: Vec<Bucket>,
    /// The red packet it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    red_packet: Option<String>,
    /// The order it paid, or came back from.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
    at: String,
}

fn bucket((b, n): &(rules::ledger::Bucket, i64), currency: Currency) -> Bucket {
    Bucket { bucket: b.code().into(), amount: Money::of(*n, currency) }
}

fn line(l: WalletLine, currency: Currency) -> Line {
    let (kind, red_packet, order) = match &l.what {
        Moved::Packet { packet, .. } => ("red_packet", Some(packet.to_string()), None),
        Moved::Paid { order, .. } => ("paid", None, Some(order.to_string())),
        Moved::Returned { order, .. } => ("returned", None, Some(order.to_string())),
        Moved::Earned { .. } => ("commission", None, None),
        Moved::Served { .. } => ("service", None, None),
        Moved::PaidOut { .. } => ("paid_out", None, None),
    };
    Line {
        id: l.id.to_string(),
        kind: kind.into(),
        amount: Money::of(l.amount(), currency),
        parts: l.parts.iter().map(|p| bucket(p, currency)).collect(),
        red_packet,
        order,
        at: time(l.at),
    }
}

/// The caller's wallet
#[utoipa::path(get, path = "/api/v1/communities/{community}/wallet", tag = "Red packets",
    operation_id = "get_wallet", params(("community" = String, Path), Onward),
    responses((status = 200, body = Wallet), (status = "4XX", body = Problem)))]
pub async fn get_wallet(
    State(house): State<House>,
    caller: Caller,
    Query(on): Query<Onward>,
) -> Result<Json<Wallet>, Sorry> {
    let (who, place) = (caller.member(Scope::ReadOrders)?, caller.place()?);
    let before = on.after.as_deref().map(|a| id_in("after", a)).transpose()?;
    let most = on.most();
    let wallet = house.app.wallet(place.id, who.member, before, most + 1).await?;
    let currency = place.currency;
    let total = Money::of(wallet.total(), currency);
    let buckets = wallet.buckets.iter().map(|b| bucket(b, currency)).collect();
    let lines =
        Listed::cut(wallet.lines, most as usize, |l| l.id.to_string(), |l| line(l, currency));
    Ok(Json(Wallet { total, buckets, lines }))
}
