//! Spread: K by week with its parts, the time of a turn, who came through whom, what links led to.
use super::frame::{self, ORDER, Show, Spot, may_any, money};
use super::insight_tabs::{export_link, insight_tabs, share, table_file};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::reply::Sorry;
use crate::ui::{
    DataTable, Kpi, LineChart, Node, Row, card, card_flush, card_head, chart_line, chart_tree,
    column, data_table, data_twin, kpi,
};
use crate::who::Here;
use crate::words::format::{number, span};
use crate::words::insight as words;
use app::community::who::Who;
use app::learning::growth::{Cascade, Growth};
use app::learning::insight::cascade::{k_by_generation, widths};
use app::learning::insight::date::day_text;
use app::learning::insight::growth::{Week, monday, sum};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::spread::link;
use std::collections::HashMap;

/// Weeks of the chart, points of the drawing, links of the list; the files have all.
const WEEKS: usize = 26;
const POINTS: usize = 160;
const LINKS: usize = 30;

async fn figures(house: &House, here: &Here) -> Result<Growth, Sorry> {
    let who = here.may(Right::Insight)?;
    Ok(house.app.growth(here.now, who.community, here.zone()).await?)
}

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let who = here.may(Right::Insight)?;
    let g = figures(&house, &here).await?;
    let body = html! {
        (insight_tabs(&here, "/spread"))
        div class="cols -four -stretch" { (tops(&here, &g)) }
        (card(weekly(&here, &g)))
        (card(tree(&here, &g)))
        (card_flush(links(&here, who, &g)))
    };
    let note = here.pick([
        "K = 每位活跃成员发出的邀请 × 邀请变成有效成员的比例",
        "K = 每位活躍成員發出的邀請 × 邀請變成有效成員的比例",
        "K = invitations an active member × effective members an invitation",
    ]);
    let title = here.pick(["播传力", "播傳力", "Spread"]);
    let show = Show { note: Some(note), ..Show::new(Spot::Insight, title) };
    frame::show(&house, &here, who, show, body).await
}

fn settled(g: &Growth) -> Vec<Week> {
    let all: Vec<Week> = g.weeks.iter().filter(|w| !w.young).copied().collect();
    all[all.len().saturating_sub(WEEKS)..].to_vec()
}
fn three(x: Option<f64>) -> String {
    x.map_or("–".into(), |x| format!("{x:.3}"))
}

fn tops(here: &Here, g: &Growth) -> Markup {
    let all = sum(&settled(g));
    let weeks = here.pick(["满 5 周的各周合计", "滿 5 週的各週合計", "weeks older than five"]);
    let cycle = g.cycle.map_or("–".into(), |ms| span(here.lang, ms));
    let turn = here.pick([
        "从加入到带来的人加入",
        "從加入到帶來的人加入",
        "from joining to whom one brings",
    ]);
    let parts = [
        (["K", "K", "K"], three(all.k()), weeks),
        (
            ["每位活跃成员的邀请", "每位活躍成員的邀請", "Invitations an active member"],
            three(all.invited()),
            weeks,
        ),
        (
            ["邀请变成有效成员", "邀請變成有效成員", "Invitations to effective members"],
            share(all.conversion()),
            weeks,
        ),
        (["转一圈要多久", "轉一圈要多久", "A turn takes"], cycle, turn),
    ];
    html! { @for (name, value, note) in &parts {
        (kpi(here.lang, &Kpi { name: here.pick(*name), value, delta: None, note, trend: &[] }))
    } }
}

fn weekly(here: &Here, g: &Growth) -> Markup {
    let from = g.weeks.len().saturating_sub(WEEKS);
    let shown = &g.weeks[from..];
    let label = |w: &Week| {
        let mark = if w.young { "*" } else { "" };
        format!("{}{mark}", &day_text(monday(w.week))[5..])
    };
    let labels: Vec<String> = shown.iter().map(label).collect();
    let mille = |w: &Week| w.k().map_or(0, |k| (1_000.0 * k).round() as i64);
    let values: Vec<i64> = shown.iter().map(mille).collect();
    let title = here.pick(["每周的 K", "每週的 K", "K by week"]);
    let sentence = here.pick([
        "一位活跃成员在这一周的邀请最后带来几位有效成员。带 * 的周还会变：邀请要等第一单过了退款期。",
        "一位活躍成員在這一週的邀請最後帶來幾位有效成員。帶 * 的週還會變：邀請要等第一單過了退款期。",
        "Effective members that an active member's invitations of the week led to. Weeks with * \
         may still grow: a first order has to be past its refund window.",
    ]);
    let chart = LineChart {
        title,
        sentence,
        labels: &labels,
        values: &values,
        compare: &[],
        format: &|n| format!("{:.3}", n as f64 / 1_000.0),
        area: true,
    };
    let heads = [
        here.pick(["周一", "週一", "Monday"]),
        here.pick(["活跃成员", "活躍成員", "Active members"]),
        here.pick(["邀请", "邀請", "Invitations"]),
        here.pick(["加入", "加入", "Joined"]),
        here.pick(["有效成员", "有效成員", "Effective members"]),
        here.pick(["邀请/活跃", "邀請/活躍", "Invitations/active"]),
        here.pick(["有效/邀请", "有效/邀請", "Effective/invitation"]),
        "K",
    ];
    let row = |w: &Week| {
        let mut cells = vec![label(w)];
        cells.extend([w.active, w.invitations, w.joined, w.effective].map(|n| number(n.into())));
        cells.extend([three(w.invited()), three(w.conversion()), three(w.k())]);
        cells
    };
    let rows: Vec<Vec<String>> = shown.iter().rev().map(row).collect();
    html! {
        (card_head(title))
        (chart_line(here.lang, &chart))
        div id="weeks" { (data_twin(here.lang, &heads, &rows)) }
        p class="sub" { (export_link(here, "/insight/weeks.csv")) }
    }
}

/// The largest trees, until the drawing is full.
fn tree(here: &Here, g: &Growth) -> Markup {
    let title = here.pick(["谁带来了谁", "誰帶來了誰", "Who brought whom"]);
    let all = widths(&g.trees);
    let people: u64 = all.iter().sum();
    let brought: u64 = all.iter().skip(1).sum();
    let says = here
        .pick([
            "{trees} 棵树，{people} 人，其中 {brought} 人是别人带来的，最深 {depth} 代。",
            "{trees} 棵樹，{people} 人，其中 {brought} 人是別人帶來的，最深 {depth} 代。",
            "Trees: {trees}, people: {people}, brought by somebody: {brought}, deepest generation: \
             {depth}.",
        ])
        .replace("{trees}", &number(g.trees.len() as i64))
        .replace("{people}", &number(people as i64))
        .replace("{brought}", &number(brought as i64))
        .replace("{depth}", &all.len().saturating_sub(1).to_string());
    let heads = [
        here.pick(["代", "代", "Generation"]),
        here.pick(["人数", "人數", "People"]),
        here.pick(["K（比上一代）", "K（比上一代）", "K (to the one before)"]),
    ];
    let k = k_by_generation(&all);
    let row = |(d, n): (usize, &u64)| {
        let k = d.checked_sub(1).and_then(|d| k.get(d)).copied();
        vec![d.to_string(), number(*n as i64), three(k)]
    };
    let rows: Vec<Vec<String>> = all.iter().enumerate().map(row).collect();
    let nodes = nodes(here, g);
    html! {
        (card_head(title))
        div id="tree" {
            @if nodes.is_empty() {
                p class="sub" { (here.pick(["还没有人带来过别人。", "還沒有人帶來過別人。",
                    "Nobody has brought anybody yet."])) }
            } @else {
                (chart_tree(title, &says, &nodes))
                @if (nodes.len() as u64) < people {
                    p class="sub" { (here.pick(["只画了最大的几棵。", "只畫了最大的幾棵。",
                        "Only the largest are drawn."])) }
                }
                (data_twin(here.lang, &heads, &rows))
            }
        }
    }
}

fn nodes(here: &Here, g: &Growth) -> Vec<Node> {
    let mut below: HashMap<u64, Vec<u64>> = HashMap::new();
    for (member, by) in &g.brought {
        below.entry(by.raw() as u64).or_default().push(member.raw() as u64);
    }
    let name = |raw: u64| {
        let id: Id<id::Member> = Id::of(raw as i64);
        name_or_gone(here.lang, g.names.get(&id).map_or("", String::as_str)).to_string()
    };
    let mut out: Vec<Node> = vec![];
    for tree in &g.trees {
        if !out.is_empty() && out.len() + tree.size as usize > POINTS {
            break;
        }
        let (from, mut met) = (out.len(), vec![tree.root]);
        out.push(Node { name: name(tree.root), parent: None });
        let mut at = 0;
        while at < met.len() && out.len() < POINTS {
            for one in below.get(&met[at]).into_iter().flatten() {
                if out.len() < POINTS {
                    out.push(Node { name: name(*one), parent: Some(from + at) });
                    met.push(*one);
                }
            }
            at += 1;
        }
    }
    out
}

fn links<'a>(here: &Here, who: Who, g: &'a Growth) -> Markup {
    let sums = may_any(who, ORDER);
    let row = |x: &'a Cascade| {
        let owner = g.names.get(&x.link.member).map_or("", String::as_str);
        let kind = here.pick(words::shown(x.link.kind));
        let mut cells = vec![
            html! {
                a href={ (here.base()) (link::page(x.link.kind, x.link.thing)) } { (kind) }
                " · " (name_or_gone(here.lang, owner))
            },
            html! { (number(x.visitors.into())) },
            html! { (number(x.joined.into())) },
            html! { (number(x.orders.into())) },
        ];
        if sums {
            cells.push(html! { (money(here, x.net)) });
        }
        cells.extend(
            [x.links, x.depth, x.reached, x.joined_below].map(|n| html! { (number(n.into())) }),
        );
        Row { id: format!("l{}", x.link.id), key: "", name: owner, cells }
    };
    let mut columns = vec![
        column(here.pick(["链接", "連結", "Link"])).grow(),
        column(here.pick(["打开", "開啟", "Opened by"])).number(),
        column(here.pick(["加入", "加入", "Joined"])).number(),
        column(here.pick(["订单", "訂單", "Orders"])).number(),
    ];
    if sums {
        columns.push(column(here.pick(["净额", "淨額", "Net"])).number());
    }
    columns.extend([
        column(here.pick(["连同再分享", "連同再分享", "Links in all"])).number(),
        column(here.pick(["几层", "幾層", "Deep"])).number(),
        column(here.pick(["共触达", "共觸達", "Reached in all"])).number(),
        column(here.pick(["共加入", "共加入", "Joined in all"])).number(),
    ]);
    let caption = here.pick(["每个链接走了多远", "每個連結走了多遠", "How far each link went"]);
    let table = DataTable {
        caption,
        columns,
        rows: g.links.iter().take(LINKS).map(row).collect(),
        pick: None,
        foot: None,
    };
    html! {
        div class="cell" { div class="grow" {
            (card_head(caption))
            p class="sub" { (export_link(here, "/insight/links.csv")) }
        } }
        @if !table.rows.is_empty() { (data_table(here.lang, &table)) }
    }
}

/// K by week.
pub async fn weeks(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let g = figures(&house, &here).await?;
    let heads = [
        "week",
        "active",
        "invitations",
        "joined",
        "effective",
        "invitations_per_active",
        "conversion",
        "k",
        "still_growing",
    ];
    let row = |w: &Week| {
        let mut cells = vec![day_text(monday(w.week))];
        cells.extend([w.active, w.invitations, w.joined, w.effective].map(|n| n.to_string()));
        let number = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x:.6}"));
        cells.extend([w.invited(), w.conversion(), w.k()].map(number));
        cells.push(u8::from(w.young).to_string());
        cells
    };
    Ok(table_file(&here, "weeks", &heads, g.weeks.iter().map(row).collect()))
}

/// What each link led to.
pub async fn link_file(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let g = figures(&house, &here).await?;
    let heads = [
        "link",
        "member",
        "kind",
        "thing",
        "parent",
        "visitors",
        "joined",
        "orders",
        "net",
        "links_in_all",
        "depth",
        "reached_in_all",
        "joined_in_all",
    ];
    let row = |x: &Cascade| {
        let mut cells = vec![
            x.link.id.to_string(),
            x.link.member.to_string(),
            x.link.kind.code().to_string(),
            link::name(x.link.kind, x.link.thing),
            x.link.parent.map_or(String::new(), |p| p.to_string()),
        ];
        cells.extend([x.visitors, x.joined, x.orders].map(|n| n.to_string()));
        cells.push(rules::base::Money::new(x.net, here.place.currency).decimal());
        cells.extend([x.links, x.depth, x.reached, x.joined_below].map(|n| n.to_string()));
        cells
    };
    Ok(table_file(&here, "links", &heads, g.links.iter().map(row).collect()))
}
