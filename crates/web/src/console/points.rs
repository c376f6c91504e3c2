//! Points at the desk: whether they are given, how many, what they are worth, when they come and
//! end; how many are outstanding, and every change.
use super::frame::{self, No, Show, Spot, at, money, news, no, see, unfit, when};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::form::Form;
use crate::loyalty::points_words::{expiry, kind, points, release, signed, title};
use crate::reply::Sorry;
use crate::ui::field::{self, number as number_field};
use crate::ui::{
    Around, Choice, DataTable, Row, SumRow, button, card, card_head, choice_chips, column,
    data_table, empty_state, pager, sum_list, switch,
};
use crate::who::Here;
use crate::words::format::number;
use app::loyalty::views_points::{NamedChange, Totals};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Money, id};
use rules::community::role::Right;
use rules::loyalty::points::{Expiry, Release, Terms, value};
use rules::sale::price;

const PAGE: i64 = 50;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    shown(&house, &here, &form, None).await
}

async fn shown(
    house: &House,
    here: &Here,
    form: &Form,
    refused: Option<No>,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let c = who.community;
    let (t, totals) = (house.app.points_terms(c).await?, house.app.points_totals(c).await?);
    let before = form.id::<id::PointChange>("before");
    // points tell of purchases
    let sees = super::members::sees_orders(who);
    let mut rows = match sees {
        true => house.app.point_changes(c, before, PAGE + 1).await?,
        false => Vec::new(),
    };
    let longer = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let url = at(here, "/points");
    let next = rows.last().filter(|_| longer).map(|x| format!("{url}?before={}", x.row.id));
    let first = before.map(|_| url.clone());
    let people = frame::may_any(who, frame::PEOPLE);
    let orders = frame::may_any(who, frame::ORDERS);
    let body = html! {
        (news(here, refused, form.get("done")))
        (sums(here, t, totals))
        (terms(here, form, t))
        @if sees { section class="card -flush" {
            div class="cell" { (card_head(here.pick(["每一笔", "每一筆", "Every change"]))) }
            @if rows.is_empty() {
                (empty_state(here.pick(["还没有积分", "還沒有點數", "No points yet"]),
                    here.pick(["打开以后，成员付款就有", "打開以後，成員付款就有",
                        "Turned on, members get them with what they buy."]), None))
            } @else { (data_table(here.lang, &table(here, &rows, (people, orders)))) }
            @if next.is_some() || first.is_some() {
                (pager(here.lang, "", first.as_deref(), next.as_deref()))
            }
        } }
    };
    frame::show(house, here, who, Show::new(Spot::Points, title(here)), body).await
}

fn sums(here: &Here, t: Terms, totals: Totals) -> Markup {
    let row = |words: [&'static str; 3], n: i64| {
        SumRow::new(here.pick(words), html! { (points(here.lang, n)) })
    };
    let all = totals.free + totals.held;
    let mut rows = vec![
        row(["成员手里", "成員手裡", "Members have"], all),
        row(
            ["其中待付款订单留着", "其中待付款訂單留著", "of these kept for unpaid orders"],
            totals.held,
        ),
        row(["在路上", "在路上", "On the way"], totals.waiting),
    ];
    if totals.owed > 0 {
        rows.push(row(["待扣", "待扣", "Owed back"], totals.owed));
    }
    let worth = money(here, value(all, t.worth));
    html! {
        section class="card stack" id="totals" {
            (sum_list(&rows, None))
            p class="note" {
                (number(totals.members)) " " (here.pick(["人有过", "人有過", "members had some"]))
                " · " (here.pick(["全部用掉要少收", "全部用掉要少收", "all of them would take off"]))
                " " (worth)
            }
        }
    }
}

fn chosen_release(form: &Form, t: Terms) -> String {
    if form.has("release") { form.get("release").into() } else { t.release.code().into() }
}

fn terms(here: &Here, form: &Form, t: Terms) -> Markup {
    let kept = |name: &str, now: String| match form.has(name) {
        true => form.get(name).to_string(),
        false => now,
    };
    let cur = here.place.currency;
    let rate = kept("rate", t.rate.to_string());
    let worth = kept("worth", Money::new(t.worth, cur).decimal());
    let cap = kept("cap", t.cap.to_string());
    let (on_code, end_code) = (chosen_release(form, t), kept("expiry", t.expiry.code().into()));
    let release_days = kept("release_days", t.release.days().max(1).to_string());
    let days = match t.expiry {
        Expiry::Rolling { days } | Expiry::Inactivity { days } => days,
        _ => 365,
    };
    let days = kept("expiry_days", days.to_string());
    let day = match t.expiry {
        Expiry::FixedDay { month, day } => format!("{month}-{day}"),
        _ => "12-31".into(),
    };
    let day = kept("expiry_day", day);
    let on = if form.has("on") { form.all("on").any(|v| v == "on") } else { t.on };
    let come = |n: &'static str, words| Choice::new(n, here.pick(words), on_code == n);
    let end = |n: &'static str, words| Choice::new(n, here.pick(words), end_code == n);
    card(html! {
        (card_head(here.pick(["规则", "規則", "Terms"])))
        form method="post" action=(at(here, "/points")) class="stack" id="terms" {
            (switch("on", here.pick(["给成员积分", "給成員點數", "Give members points"]),
                Some(here.pick([
                    "默认关闭。得到的积分按得到那天的规则到账和到期；关掉以后不再发也不能抵扣，已有的保留。",
                    "預設關閉。得到的點數按得到那天的規則入帳和到期；關掉以後不再發也不能折抵，已有的保留。",
                    "Off by default. Points come and end by the terms of the day they were earned. \
                     Turned off, none are given or used, and what members have stays.",
                ])), on))
            div class="fields" {
                (number_field("rate", here.pick(["商品每付 100 元得几分", "商品每付 100 元得幾點",
                    "Points for every 100 paid for goods"]), &rate).range(1, 10_000))
                (field::money("worth", here.pick(["100 分抵多少钱", "100 點折抵多少錢",
                    "100 points take off"]), &worth, cur))
                (number_field("cap", here.pick(["一单最多抵（%）", "一單最多折抵（%）",
                    "At most of an order (%)"]), &cap).range(1, 90))
            }
            (choice_chips(Around::new("release", here.pick(["什么时候能用", "什麼時候能用",
                "When they come"])), &[
                come("at_payment", ["付款后", "付款後", "With the payment"]),
                come("on_receipt", ["收货后", "收貨後", "With receipt"]),
                come("after_receipt", ["收货几天后", "收貨幾天後", "Days after receipt"])], false))
            (choice_chips(Around::new("expiry", here.pick(["什么时候过期", "什麼時候到期",
                "When they end"])), &[
                end("never", ["不过期", "不到期", "Never"]),
                end("rolling", ["可用后几天", "可用後幾天", "Days after they came"]),
                end("fixed_day", ["每年一天", "每年一天", "On a day of the year"]),
                end("inactivity", ["几天没买", "幾天沒買", "Days without an order"])], false))
            (days_of(here, [&release_days, &days, &day]))
            p class="note" { (here.pick(["现在的规则：", "現在的規則：", "Now: "]))
                (release(here, t.release)) (here.pick(["；", "；", " "])) (expiry(here, t.expiry)) }
            div class="row" {
                (button(here.pick(["保存", "儲存", "Save"])).primary().submit())
            }
        }
    })
}

/// Those of the rules that are chosen show; a browser that cannot tell shows all, and the others
/// are not read. They have no bounds: what is hidden could not be corrected.
fn days_of(here: &Here, [receipt, lasting, yearly]: [&str; 3]) -> Markup {
    html! {
        div class="fields" {
            div class="-receipt" {
                (number_field("release_days", here.pick(["收货后几天", "收貨後幾天",
                    "Days after receipt"]), receipt).hint("1–60"))
            }
            div class="-lasting" {
                (number_field("expiry_days", here.pick(["有效天数", "有效天數",
                    "Days until they end"]), lasting).hint("30–1825"))
            }
            div class="-yearly" {
                (field::text("expiry_day", here.pick(["每年哪天（月-日）", "每年哪天（月-日）",
                    "Day of the year (month-day)"]), yearly).most(5))
            }
        }
    }
}

fn table<'a>(
    here: &'a Here,
    rows: &'a [NamedChange],
    (people, orders): (bool, bool),
) -> DataTable<'a> {
    let row = |x: &'a NamedChange| {
        let name = name_or_gone(here.lang, &x.name);
        let member = at(here, &format!("/members/{}", x.member));
        let order = x.row.order.map(|o| (o, at(here, &format!("/orders/{o}"))));
        Row {
            name,
            cells: vec![
                html! { @if people { a href=(member) { b { (name) } } } @else { b { (name) } } },
                html! { (kind(here, &x.row)) },
                html! { (signed(here.lang, x.row.points)) },
                html! {
                    @match order {
                        Some((o, href)) if orders => { a class="mono" href=(href) { (o) } }
                        Some((o, _)) => { span class="mono" { (o) } }
                        None => { (x.row.reason) }
                    }
                },
                html! { (when(here, x.row.at)) },
            ],
            ..Row::default()
        }
    };
    DataTable {
        caption: title(here),
        columns: vec![
            column(here.pick(["成员", "成員", "Member"])).grow(),
            column(here.pick(["什么", "什麼", "What"])),
            column(title(here)).number(),
            column(here.pick(["订单或原因", "訂單或原因", "Order or reason"])),
            column(here.pick(["时间", "時間", "When"])).optional(),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

/// None when a number was not typed as one.
fn asked(form: &Form, here: &Here) -> Option<Terms> {
    let release = match form.get("release") {
        code @ "after_receipt" => Release::of(code, form.int("release_days")?)?,
        code => Release::of(code, 0)?,
    };
    let number = match form.get("expiry") {
        "never" => 0,
        "fixed_day" => {
            let (month, day) = form.get("expiry_day").split_once('-')?;
            let (month, day): (i64, i64) = (month.trim().parse().ok()?, day.trim().parse().ok()?);
            let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
            fits.then_some(month * 100 + day)?
        }
        _ => form.int("expiry_days")?,
    };
    Some(Terms {
        on: form.all("on").any(|v| v == "on"),
        rate: form.int("rate")?,
        worth: price::price(form.get("worth"), here.place.currency)?,
        cap: form.int("cap")?,
        release,
        expiry: Expiry::of(form.get("expiry"), number)?,
    })
}

const NOT_A_NUMBER: [&str; 3] = [
    "请填数字；固定日期写成月-日，比如 12-31",
    "請填數字；固定日期寫成月-日，例如 12-31",
    "Enter numbers; a day of the year as month-day, such as 12-31.",
];

pub async fn save(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let refused = match asked(&form, &here) {
        Some(terms) => match house.app.set_points(here.now, who, terms).await {
            Ok(()) => return Ok(see(&at(&here, "/points?done=saved"))),
            Err(stop) => no(&here, stop)?,
        },
        None => unfit(&here, NOT_A_NUMBER),
    };
    let page = shown(&house, &here, &form, Some(refused)).await?;
    Ok((refused.status, page).into_response())
}
