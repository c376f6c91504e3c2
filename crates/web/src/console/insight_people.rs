//! Key people: who others come and buy through, how much of all orders that is; and one of them.
use super::frame::{self, Show, Spot, at, money, when};
use super::insight_tabs::{export_link, insight_tabs, share, table_file};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::form::named;
use crate::reply::Sorry;
use crate::ui::{
    DataTable, Kpi, LineChart, Person, Row, Size, avatar, button, card, card_flush, card_head,
    chart_line, column, data_table, empty_state, kpi,
};
use crate::who::Here;
use crate::words::format::number;
use app::learning::key_people::{Key, KeyPeople, LedTo};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;

/// People of the list, points of the curve, lines of one person; the file has everybody.
const MOST: usize = 50;
const POINTS: usize = 30;
const LINES: usize = 50;

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let who = here.may(Right::Insight)?;
    let all = house.app.key_people(who.community).await?;
    let body = html! {
        (insight_tabs(&here, "/people"))
        @if all.people.is_empty() {
            (empty_state(here.pick(["还没有成员", "還沒有成員", "No members yet"]), "", None))
        } @else {
            div class="cols -three -stretch" { (tops(&here, &all)) }
            (card(curve(&here, &all)))
            (card_flush(ranking(&here, &all)))
        }
    };
    let note = here.pick([
        "得分：被依靠、在人与人之间、带来的净额，三样的平均",
        "得分：被依靠、在人與人之間、帶來的淨額，三樣的平均",
        "Score: the mean of being leaned on, standing between people, and net sales led to",
    ]);
    let title = here.pick(["关键人", "關鍵人", "Key people"]);
    let show = Show { note: Some(note), ..Show::new(Spot::Insight, title) };
    frame::show(&house, &here, who, show, body).await
}

fn tops(here: &Here, all: &KeyPeople) -> Markup {
    let part = |of: u32| share((all.orders > 0).then(|| f64::from(of) / f64::from(all.orders)));
    let fifth = all.people.len().div_ceil(5);
    let by_fifth = all.curve.get(fifth.saturating_sub(1)).copied().filter(|_| all.orders > 0);
    let leading = all.people.iter().filter(|k| k.is.orders > 0).count();
    let credited = format!("{}/{}", number(all.credited.into()), number(all.orders.into()));
    let fifth =
        here.pick(["{n} 人", "{n} 人", "people: {n}"]).replace("{n}", &number(fifth as i64));
    let parts = [
        (
            ["有人带来的订单", "有人帶來的訂單", "Orders somebody led to"],
            part(all.credited),
            credited,
        ),
        (
            ["带来过订单的人", "帶來過訂單的人", "Who led to orders"],
            number(leading as i64),
            String::new(),
        ),
        (
            ["前两成的人带来的订单", "前兩成的人帶來的訂單", "Led to by the first fifth"],
            share(by_fifth),
            fifth,
        ),
    ];
    html! { @for (name, value, note) in &parts {
        (kpi(here.lang, &Kpi { name: here.pick(*name), value, delta: None, note, trend: &[] }))
    } }
}

fn curve(here: &Here, all: &KeyPeople) -> Markup {
    let leading = all.people.iter().filter(|k| k.is.orders > 0).count();
    let shown = &all.curve[..leading.min(POINTS)];
    let labels: Vec<String> = (1..=shown.len()).map(|n| n.to_string()).collect();
    let values: Vec<i64> = shown.iter().map(|s| (1_000.0 * s).round() as i64).collect();
    let title = here.pick([
        "前几位一共带来多少订单",
        "前幾位一共帶來多少訂單",
        "Share of all orders that the first so many led to",
    ]);
    let total = all.curve.last().copied().unwrap_or(0.0);
    let most = all.curve.iter().position(|s| *s >= 0.8 * total).map_or(0, |k| k + 1);
    let says = here
        .pick([
            "按带来的订单从多到少排。全部订单的 {total} 是成员带来的，其中八成来自前 {most} 位。",
            "按帶來的訂單從多到少排。全部訂單的 {total} 是成員帶來的，其中八成來自前 {most} 位。",
            "By orders led to, the most first. Members led to {total} of all orders; four fifths \
             of these came through the first {most}.",
        ])
        .replace("{total}", &share((all.orders > 0).then_some(total)))
        .replace("{most}", &number(most as i64));
    let chart = LineChart {
        title,
        sentence: &says,
        labels: &labels,
        values: &values,
        compare: &[],
        format: &|n| format!("{:.1}%", n as f64 / 10.0),
        area: true,
    };
    html! { (card_head(title)) (chart_line(here.lang, &chart)) }
}

fn ranking<'a>(here: &Here, all: &'a KeyPeople) -> Markup {
    let row = |(k, one): (usize, &'a Key)| {
        let (name, href) = (
            name_or_gone(here.lang, &one.name),
            at(here, &format!("/insight/people/{}", one.member)),
        );
        let cells = vec![
            html! { a class="who" href=(href) {
                (avatar(Person::new(one.member.raw(), name), Size::Xs)) (k + 1) ". " (name)
            } },
            html! { (format!("{:.1}", one.is.score)) },
            html! { (money(here, one.is.sales)) },
            html! { (number(one.is.orders.into())) },
            html! { (number(one.is.brought.into())) },
            html! { (format!("{:.1}", one.is.downstream)) },
            html! { (format!("{:.4}", one.is.rank)) },
            html! { (format!("{:.0}", one.is.between)) },
        ];
        Row { id: format!("k{}", one.member), key: "", name: &one.name, cells }
    };
    let caption = here.pick(["谁撑起了社群", "誰撐起了社群", "Who carries the community"]);
    let table = DataTable {
        caption,
        columns: vec![
            column(here.pick(["成员", "成員", "Member"])).grow(),
            column(here.pick(["得分", "得分", "Score"])).number(),
            column(here.pick(["带来的净额", "帶來的淨額", "Net sales led to"])).number(),
            column(here.pick(["带来的订单", "帶來的訂單", "Orders led to"])).number(),
            column(here.pick(["带来的人", "帶來的人", "Brought"])).number(),
            column(here.pick(["往下的有效成员", "往下的有效成員", "Downstream"])).number(),
            column("PageRank").number().optional(),
            column(here.pick(["在中间", "在中間", "Between"])).number().optional(),
        ],
        rows: all.people.iter().take(MOST).enumerate().map(row).collect(),
        pick: None,
        foot: None,
    };
    html! {
        div class="cell" { div class="grow" {
            (card_head(caption))
            p class="sub" { (export_link(here, "/insight/people.csv")) }
        } }
        (data_table(here.lang, &table))
    }
}

/// Everybody with their figures.
pub async fn file(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let who = here.may(Right::Insight)?;
    let all = house.app.key_people(who.community).await?;
    let heads = [
        "place",
        "member",
        "score",
        "pagerank",
        "betweenness",
        "net_sales",
        "orders",
        "brought",
        "downstream",
    ];
    let row = |(k, one): (usize, &Key)| {
        vec![
            (k + 1).to_string(),
            one.member.to_string(),
            format!("{:.4}", one.is.score),
            format!("{:.8}", one.is.rank),
            format!("{:.4}", one.is.between),
            rules::base::Money::new(one.is.sales, here.place.currency).decimal(),
            one.is.orders.to_string(),
            one.is.brought.to_string(),
            format!("{:.4}", one.is.downstream),
        ]
    };
    let rows = all.people.iter().enumerate().map(row).collect();
    Ok(table_file(&here, "key-people", &heads, rows))
}

pub async fn one(
    State(house): State<House>,
    here: Here,
    Path((_, member)): Path<(String, String)>,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Insight)?;
    let member: Id<id::Member> = named(&member)?;
    let led = house.app.led_to(who.community, member).await?.ok_or(Sorry::NotFound)?;
    let sees = who.rights.may(Right::Members);
    let body = html! {
        div class="cols -four -stretch" { (one_tops(&here, &led)) }
        (card(sums(&here, &led)))
        div class="cols" {
            (card_flush(brought(&here, &led, sees)))
            (card_flush(sales(&here, &led, sees)))
        }
    };
    let title = name_or_gone(here.lang, &led.key.name).to_string();
    let above = [(here.pick(["关键人", "關鍵人", "Key people"]), "/insight/people")];
    let href = at(&here, &format!("/members/{member}"));
    let word = here.pick(["成员页", "成員頁", "Member"]);
    let actions = sees.then(|| html! { (button(word).to(&href)) });
    let show = Show { above: &above, actions, ..Show::new(Spot::Insight, &title) };
    frame::show(&house, &here, who, show, body).await
}

fn one_tops(here: &Here, led: &LedTo) -> Markup {
    let place =
        here.pick(["第 {n} 位", "第 {n} 位", "place {n}"]).replace("{n}", &led.place.to_string());
    let orders = here
        .pick(["{n} 单", "{n} 單", "orders: {n}"])
        .replace("{n}", &number(led.key.is.orders.into()));
    let down = here
        .pick(["往下的有效成员 {n}", "往下的有效成員 {n}", "downstream: {n}"])
        .replace("{n}", &format!("{:.1}", led.key.is.downstream));
    let followers = here
        .pick(["{n} 人关注", "{n} 人關注", "followers: {n}"])
        .replace("{n}", &number(led.followers.into()));
    let parts = [
        (["得分", "得分", "Score"], format!("{:.1}", led.key.is.score), place),
        (["带来的净额", "帶來的淨額", "Net sales led to"], money(here, led.key.is.sales), orders),
        (["带来的人", "帶來的人", "Brought"], number(led.key.is.brought.into()), down),
        (["别人的回复", "別人的回覆", "Answers by others"], number(led.answers.into()), followers),
    ];
    html! { @for (name, value, note) in &parts {
        (kpi(here.lang, &Kpi { name: here.pick(*name), value, delta: None, note, trend: &[] }))
    } }
}

fn sums(here: &Here, led: &LedTo) -> Markup {
    let title = here.pick(["一共带来的净额", "一共帶來的淨額", "Net sales led to, in all"]);
    let labels: Vec<String> = led.sums.iter().map(|(at, _)| when(here, *at)).collect();
    let values: Vec<i64> = led.sums.iter().map(|(_, sum)| *sum).collect();
    let says = here
        .pick([
            "{n} 单算在这位成员名下。",
            "{n} 單算在這位成員名下。",
            "Orders credited to them: {n}.",
        ])
        .replace("{n}", &number(led.sales.len() as i64));
    let chart = LineChart {
        title,
        sentence: &says,
        labels: &labels,
        values: &values,
        compare: &[],
        format: &|n| money(here, n),
        area: true,
    };
    html! { (card_head(title)) (chart_line(here.lang, &chart)) }
}

fn brought<'a>(here: &Here, led: &'a LedTo, sees: bool) -> Markup {
    let row = |(m, stays): &'a (app::learning::views_record::Joined, bool)| {
        let name = name_or_gone(here.lang, &m.name);
        let stays = if *stays {
            here.pick(["有效成员", "有效成員", "effective"])
        } else {
            here.pick(["还没有", "還沒有", "not yet"])
        };
        let href = at(here, &format!("/members/{}", m.id));
        let cells = vec![
            html! { @if sees { a href=(href) { (name) } } @else { (name) } },
            html! { (when(here, m.at)) },
            html! { (stays) },
        ];
        Row { id: format!("b{}", m.id), key: "", name: &m.name, cells }
    };
    let caption = here.pick(["带来的人", "帶來的人", "Brought"]);
    let table = DataTable {
        caption,
        columns: vec![
            column(here.pick(["成员", "成員", "Member"])).grow(),
            column(here.pick(["加入", "加入", "Joined"])),
            column(here.pick(["留下了吗", "留下了嗎", "Stayed"])),
        ],
        rows: led.brought.iter().take(LINES).map(row).collect(),
        pick: None,
        foot: None,
    };
    listed(here, caption, &table)
}

fn sales<'a>(here: &Here, led: &'a LedTo, sees: bool) -> Markup {
    let row = |(s, buyer): &'a (app::learning::views_record::Sale, String)| {
        let name = name_or_gone(here.lang, buyer);
        let href = at(here, &format!("/members/{}", s.member));
        let cells = vec![
            html! { @if sees { a href=(href) { (name) } } @else { (name) } },
            html! { (when(here, s.paid_at)) },
            html! { (money(here, s.net)) },
        ];
        Row { id: format!("s{}", s.id), key: "", name: buyer, cells }
    };
    let caption = here.pick(["带来的订单", "帶來的訂單", "Orders led to"]);
    let table = DataTable {
        caption,
        columns: vec![
            column(here.pick(["买家", "買家", "Buyer"])).grow(),
            column(here.pick(["付款", "付款", "Paid"])),
            column(here.pick(["净额", "淨額", "Net"])).number(),
        ],
        rows: led.sales.iter().take(LINES).map(row).collect(),
        pick: None,
        foot: None,
    };
    listed(here, caption, &table)
}

fn listed(here: &Here, caption: &str, table: &DataTable<'_>) -> Markup {
    html! {
        div class="cell" { (card_head(caption)) }
        @if table.rows.is_empty() {
            div class="cell" { p class="sub" { (here.pick(["还没有", "還沒有", "None yet"])) } }
        } @else { (data_table(here.lang, table)) }
    }
}
