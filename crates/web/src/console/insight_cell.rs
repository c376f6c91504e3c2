//! The people of one RFM cell, the most to be expected of first.
use super::frame::{self, Show, Spot, at};
use super::insight::{about, figures};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::reply::Sorry;
use crate::ui::{
    DataTable, Person, Row, Size, avatar, card_flush, column, data_table, empty_state,
};
use crate::who::Here;
use crate::words::format::{count, number};
use crate::words::insight as words;
use app::learning::insight::Analysis;
use app::learning::insight::rfm::Cell;
use axum::extract::{Path, State};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use std::collections::HashMap;

/// So many are shown; the file of buyers has all.
const MOST: usize = 200;

type Names = HashMap<Id<id::Member>, String>;

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, code)): Path<(String, String)>,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Insight)?;
    let cell = Cell::of_code(&code).ok_or(Sorry::NotFound)?;
    let all = figures(&house, &here).await?;
    let mut people = all.as_ref().map(|a| people(a, cell)).unwrap_or_default();
    let found = people.len();
    people.truncate(MOST);
    let names: Names = match &all {
        Some(all) => names(&house, who.community, all, &people).await?,
        None => Names::new(),
    };
    let shown = count(here.lang, found as i64, ["人", "人"], ["member", "members"]);
    let body = match &all {
        Some(all) if found > 0 => html! {
            p class="sub" { (here.pick(words::meaning(cell))) " " (shown) }
            (card_flush(data_table(here.lang, &table(&here, all, &people, &names))))
        },
        _ => empty_state(
            here.pick(["现在没有人在这一格", "現在沒有人在這一格", "Nobody is here now"]),
            here.pick(words::meaning(cell)),
            None,
        ),
    };
    let above = [(here.pick(["买家洞察", "買家洞察", "Buyers"]), "/insight")];
    let title = here.pick(words::cell(cell));
    let show = Show { above: &above, ..Show::new(Spot::Insight, title) };
    frame::show(&house, &here, who, show, body).await
}

/// Their places among the customers, the most orders expected first.
fn people(all: &Analysis, cell: Cell) -> Vec<usize> {
    let Some(rfm) = &all.rfm else { return vec![] };
    let mut out: Vec<usize> =
        (0..all.names.len()).filter(|k| rfm.scores[*k].cell == cell).collect();
    let expected = |k: &usize| all.outlook[*k].orders.unwrap_or(0.0);
    out.sort_by(|a, b| expected(b).total_cmp(&expected(a)));
    out
}

/// The name of a customer of the log: a member's number.
fn member(all: &Analysis, k: usize) -> Id<id::Member> {
    Id::parse(&all.names[k]).unwrap_or(Id::of(0))
}

async fn names(
    house: &House,
    c: Id<id::Community>,
    all: &Analysis,
    people: &[usize],
) -> Result<Names, Sorry> {
    let mut out = Names::new();
    for k in people {
        let id = member(all, *k);
        let row = house.app.names_from(c, id, 1).await?;
        out.extend(row.into_iter().filter(|(found, _)| *found == id));
    }
    Ok(out)
}

fn table<'a>(here: &Here, all: &'a Analysis, people: &[usize], names: &'a Names) -> DataTable<'a> {
    let sees = here.may(Right::Members).is_ok();
    let row = |k: &usize| {
        let (c, o, id) = (&all.customers[*k], &all.outlook[*k], member(all, *k));
        let name = name_or_gone(here.lang, names.get(&id).map_or("", String::as_str));
        let person = html! { (avatar(Person::new(id.raw(), name), Size::Xs)) (name) };
        let days = all.rfm.as_ref().map_or(0, |rfm| rfm.scores[*k].recency);
        let cells = vec![
            html! {
                @if sees {
                    a href=(at(here, &format!("/members/{id}"))) class="who" { (person) }
                } @else { span class="who" { (person) } }
            },
            html! { (number(days)) },
            html! { (number(c.orders.into())) },
            html! { (about(here, c.total)) },
            html! { (o.orders.map_or("–".into(), |n| format!("{n:.2}"))) },
            html! { (o.alive.map_or("–".into(), |p| format!("{:.0}%", 100.0 * p))) },
        ];
        Row { id: format!("m{id}"), key: "", name, cells }
    };
    DataTable {
        caption: here.pick(["买家", "買家", "Buyers"]),
        columns: vec![
            column(here.pick(["成员", "成員", "Member"])).grow(),
            column(here.pick(["几天没买", "幾天沒買", "Days since"])).number(),
            column(here.pick(["订单", "訂單", "Orders"])).number(),
            column(here.pick(["消费", "消費", "Spent"])).number(),
            column(here.pick(["90 天预计", "90 天預計", "Expected, 90 days"])).number(),
            column(here.pick(["还在的可能", "還在的可能", "Chance to return"])).number(),
        ],
        rows: people.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}
