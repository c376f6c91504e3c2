//! Service pay at the desk: what leaders are paid, in which group, and what each list costs.
use super::commission::{rate, typed};
use super::frame::{self, No, Show, Spot, at, money, news, no, see, unfit};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::form::Form;
use crate::reply::Sorry;
use crate::spread::service_words::terms_words;
use crate::ui::{
    Around, Choice, DataTable, Row, SumRow, button, card, card_head, column, data_table,
    empty_state, field, pager, select, sum_list,
};
use crate::who::Here;
use app::community::who::Who;
use app::sale::views_lead::LedGroup;
use app::spread::views_service_pay::{GroupTerms, ServedList};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, Money, id};
use rules::community::role::{Right, Role};
use rules::sale::price;
use rules::spread::service_pay::Terms;

const PAGE: i64 = 50;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    shown(&house, &here, &form, None).await
}

/// What the page says of the terms.
struct Laid {
    community: Terms,
    own: Vec<GroupTerms>,
    groups: Vec<LedGroup>,
}

async fn shown(house: &House, here: &Here, form: &Form, no: Option<No>) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let c = who.community;
    let before = form.id::<id::Campaign>("before");
    let mut lists = house.app.served_lists(c, before, PAGE + 1).await?;
    let longer = lists.len() as i64 > PAGE;
    lists.truncate(PAGE as usize);
    let laid = Laid {
        community: house.app.service_terms(c, None).await?,
        own: house.app.service_of_groups(c).await?,
        groups: house.app.led_groups(c, who.member, true).await?,
    };
    let (waiting, came) = house.app.service_totals(c).await?;
    let url = at(here, "/service");
    let next = lists.last().filter(|_| longer).map(|k| format!("{url}?before={}", k.id));
    let first = before.map(|_| url.clone());
    let body = html! {
        (news(here, no, form.get("done")))
        (totals(here, waiting, came))
        (terms(here, who, form, &laid))
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["每个接龙付了多少", "每個接龍付了多少",
                "What each list costs"]))) }
            @if lists.is_empty() {
                (empty_state(here.pick(["还没有", "還沒有", "None yet"]),
                    here.pick(["定了服务费以后新开的接龙会列在这里",
                        "定了服務費以後新開的接龍會列在這裡",
                        "Lists opened once service pay is set are here."]), None))
            } @else { (data_table(here.lang, &table(here, &lists))) }
            @if next.is_some() || first.is_some() {
                (pager(here.lang, "", first.as_deref(), next.as_deref()))
            }
        }
    };
    let title = here.pick(["团长服务费", "團長服務費", "Service pay"]);
    let page = frame::show(house, here, who, Show::new(Spot::Service, title), body).await?;
    Ok((no.map_or(StatusCode::OK, |n| n.status), page).into_response())
}

fn totals(here: &Here, waiting: i64, came: i64) -> Markup {
    let row = |name: [&'static str; 3], minor| {
        SumRow::new(here.pick(name), html! { (money(here, minor)) })
    };
    let rows = [
        row(["等退货期过", "等退貨期過", "Waiting: days of return"], waiting),
        row(["已到账", "已入帳", "Available"], came),
    ];
    html! {
        section class="card stack" {
            (sum_list(&rows, None))
            p class="note" { (here.pick([
                "服务费付给照看接龙的人，货交到邻居手上才算，不占佣金的合计上限。",
                "服務費付給照看接龍的人，貨交到鄰居手上才算，不佔佣金的合計上限。",
                "Service pay is for the work of a list, earned when goods are handed out. It \
                 stands outside the cap of commission.",
            ])) }
        }
    }
}

fn terms(here: &Here, who: Who, form: &Form, laid: &Laid) -> Markup {
    let all = here.pick(["所有的群", "所有的群", "All groups"]);
    let owner = who.role == Role::Owner;
    card(html! {
        (card_head(here.pick(["规则", "規則", "Terms"])))
        p class="row" {
            span class="grow" { b { (all) } }
            span class="num" { (terms_words(here, laid.community)) }
        }
        @for g in &laid.own { (of_group(here, g, owner)) }
        @if owner { (terms_form(here, form, laid, all)) }
        @else {
            p class="note" { (here.pick(["只有店主能改。", "只有店主能改。",
                "Only the owner can change it."])) }
        }
    })
}

fn of_group(here: &Here, g: &GroupTerms, owner: bool) -> Markup {
    let drop = here.pick(["去掉", "去掉", "Remove"]);
    let name = name_or_gone(here.lang, &g.name);
    html! {
        form class="row" method="post" action=(at(here, "/service")) {
            input type="hidden" name="deed" value="drop";
            input type="hidden" name="group" value=(g.group);
            span class="grow" { b { (name) } }
            span class="num" { (terms_words(here, g.terms)) }
            @if owner { (button(drop).small().submit().label(&format!("{drop}: {name}"))) }
        }
    }
}

fn terms_form(here: &Here, form: &Form, laid: &Laid, all: &str) -> Markup {
    let currency = here.place.currency;
    let kept = |name: &str, now: String| match form.has(name) {
        true => form.get(name).to_string(),
        false => now,
    };
    let pct = kept("rate", typed(laid.community.rate));
    let flat = kept("flat", Money::new(laid.community.flat, currency).decimal());
    let keys: Vec<String> = laid.groups.iter().map(|g| g.id.to_string()).collect();
    let chosen = form.get("group");
    let groups: Vec<Choice> = keys
        .iter()
        .zip(&laid.groups)
        .map(|(key, g)| Choice::new(key, &g.name, chosen == key))
        .collect();
    html! {
        form method="post" action=(at(here, "/service")) class="stack" {
            input type="hidden" name="deed" value="terms";
            (select(Around::new("group", here.pick(["哪个群", "哪個群", "Group"])), Some(all),
                &groups))
            div class="fields" {
                (field::text("rate", here.pick(["商品实付的百分之几（%）",
                    "商品實付的百分之幾（%）", "Of the goods (%)"]), &pct).most(6))
                (field::money("flat", here.pick(["每交一单", "每交一單",
                    "For each order handed out"]), &flat, currency))
            }
            p class="note" { (here.pick([
                "填 0 就是没有。只对以后新开的接龙起作用；已经开的按开的时候。店主自己开的、\
                 不管这个群的人开的接龙不付；团长自己的单子不算。",
                "填 0 就是沒有。只對以後新開的接龍起作用；已經開的按開的時候。店主自己開的、\
                 不管這個群的人開的接龍不付；團長自己的單子不算。",
                "0 is nothing. For lists to come; those that are open keep what they promised. \
                 Lists that you open yourself, or somebody who does not tend the group, pay \
                 nobody; a leader's own orders do not count.",
            ])) }
            div class="row" { (button(here.pick(["保存", "儲存", "Save"])).primary().submit()) }
        }
    }
}

fn table<'a>(here: &'a Here, lists: &'a [ServedList]) -> DataTable<'a> {
    let row = |k: &'a ServedList| Row {
        name: &k.title,
        cells: vec![
            html! {
                a href={ (here.base()) "/campaigns/" (k.id) } { (k.title) } " "
                span class="note" { (k.group_name) }
            },
            html! { (name_or_gone(here.lang, &k.leader)) },
            html! { (terms_words(here, k.terms)) },
            html! { (k.orders) },
            html! { (money(here, k.waiting)) },
            html! { (money(here, k.available)) },
        ],
        ..Row::default()
    };
    DataTable {
        caption: here.pick(["每个接龙付了多少", "每個接龍付了多少", "What each list costs"]),
        columns: vec![
            column(here.pick(["接龙", "接龍", "List"])).grow(),
            column(here.pick(["团长", "團長", "Leader"])),
            column(here.pick(["规则", "規則", "Terms"])).optional(),
            column(here.pick(["已交单数", "已交單數", "Orders"])).number(),
            column(here.pick(["等退货期", "等退貨期", "Waiting"])).number(),
            column(here.pick(["已到账", "已入帳", "Available"])).number(),
        ],
        rows: lists.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

const NOT_A_NUMBER: [&str; 3] = [
    "请填数字，比如 2.5（百分数）和 1.00（金额）",
    "請填數字，例如 2.5（百分數）和 1.00（金額）",
    "Enter numbers, such as 2.5 (percent) and 1.00 (money).",
];

pub async fn save(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let group: Option<Id<id::Group>> = match form.get("group") {
        "" => None,
        _ => Some(form.must_id("group")?),
    };
    let sum = |name: &str| match form.get(name) {
        "" => Some(0),
        typed => price::price(typed, here.place.currency),
    };
    let asked = match form.get("deed") {
        "drop" => Some(None),
        _ => rate(form.get("rate")).zip(sum("flat")).map(|(rate, flat)| Some(Terms { rate, flat })),
    };
    let refused = match asked {
        None => unfit(&here, NOT_A_NUMBER),
        Some(terms) => match house.app.set_service(here.now, who, group, terms).await {
            Ok(()) => return Ok(see(&at(&here, "/service?done=saved"))),
            Err(stop) => no(&here, stop)?,
        },
    };
    shown(&house, &here, &form, Some(refused)).await
}
