//! Members as a CSV file, written page by page as they are read.
use super::export::{MARK, cell, sent, stamp};
use super::frame;
use super::members::{asked, class, sees_orders};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::who::Here;
use crate::words::deeds;
use app::Fault;
use app::community::views_members::{FindMembers, FoundMember};
use app::learning::segments::Class;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use futures_util::stream;
use rules::base::{Id, Money, id};
use rules::community::role::Membership;
use rules::loyalty::stage::Bounds;

/// Members of one read.
const CHUNK: i64 = 200;

/// What is still to be written.
enum Left {
    Head,
    After(Option<Id<id::Member>>),
    Nothing,
}

pub async fn file(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let (sale, community) = (sees_orders(who), who.community);
    let mut find = asked(&form, CHUNK);
    let mut class = class(&form);
    if !sale {
        (find.last, class) = (None, Class::default());
    }
    let bounds = Bounds::of(here.place.currency);
    let name = format!("members-{}.csv", here.place.slug);
    let rows = stream::try_unfold(Left::Head, move |left| {
        let (house, here, find) = (house.clone(), here.clone(), find.clone());
        async move {
            let before = match left {
                Left::Nothing => return Ok::<_, Fault>(None),
                Left::Head => {
                    return Ok(Some((Bytes::from(head(&here, sale)), Left::After(None))));
                }
                Left::After(before) => before,
            };
            // a member's number names one member: there is no second page
            let one = Id::<id::Member>::parse(&find.query).is_some();
            let find = FindMembers { before, ..find };
            let found = house.app.find_of_class(here.now, community, find, (class, bounds)).await?;
            let last = found.last().filter(|_| found.len() as i64 == CHUNK && !one);
            let next = last.map_or(Left::Nothing, |m| Left::After(Some(m.row.member)));
            let text: String = found.iter().map(|m| row(&here, m, sale)).collect();
            Ok(Some((Bytes::from(text), next)))
        }
    });
    Ok(sent(&name, rows))
}

fn head(here: &Here, sale: bool) -> String {
    const NAMES: [[&str; 3]; 5] = [
        ["成员", "成員", "member"],
        ["名字", "名字", "name"],
        ["角色", "角色", "role"],
        ["状态", "狀態", "state"],
        ["加入", "加入", "joined"],
    ];
    const BOUGHT: [[&str; 3]; 4] = [
        ["付过的订单", "付過的訂單", "paid orders"],
        ["付款", "付款", "paid"],
        ["退款", "退款", "refunded"],
        ["上次买", "上次買", "last bought"],
    ];
    let bought = BOUGHT.iter().take(if sale { 4 } else { 0 });
    let names: Vec<String> = NAMES.iter().chain(bought).map(|n| cell(here.pick(*n))).collect();
    format!("{MARK}{}\r\n", names.join(","))
}

fn row(here: &Here, m: &FoundMember, sale: bool) -> String {
    let amount = |minor: i64| Money::new(minor, here.place.currency).decimal();
    let state = here.pick(match m.row.state {
        Membership::Active => ["在社群里", "在社群裡", "active"],
        Membership::Left => ["已离开", "已離開", "left"],
        Membership::Banned => ["已移出", "已移出", "banned"],
        Membership::Closed => ["已注销", "已註銷", "closed"],
    });
    let mut cells = vec![
        m.row.member.to_string(),
        m.row.name.clone(),
        deeds::role(here.lang, m.row.role).to_string(),
        state.to_string(),
        stamp(here, m.row.joined_at),
    ];
    if sale {
        let b = m.bought;
        let last = b.last.map(|at| stamp(here, at)).unwrap_or_default();
        cells.extend([b.orders.to_string(), amount(b.paid), amount(b.refunded), last]);
    }
    let cells: Vec<String> = cells.iter().map(|c| cell(c)).collect();
    format!("{}\r\n", cells.join(","))
}
