//! Commission at the desk: whether sharers are thanked and how, rates of their own, and every sum
//! with what proves it.
use super::coupons::categories_and_goods;
use super::frame::{self, No, Show, Spot, at, money, news, no, see, unfit, when};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::form::Form;
use crate::reply::Sorry;
use crate::spread::commission_words::{percent, state_tone, state_words};
use crate::ui::field::number as number_field;
use crate::ui::{
    Around, Choice, DataTable, Row, SumRow, Tone, banner, button, card, card_head, choice_chips,
    column, data_table, empty_state, field, pager, select, sum_list, switch, tag,
};
use crate::who::Here;
use crate::words::format::number;
use app::community::who::Who;
use app::spread::views_commission::{Evidence, OwnRate, Programme};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Currency, Id, id};
use rules::community::role::Right;
use rules::sale::price;
use rules::spread::commission::{Level, Rates, Scope, State as Stand, Terms, in_force};

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
    let p = house.app.programme(who.community).await?;
    let before = form.id::<id::Commission>("before");
    let mut rows = house.app.commissions(who.community, before, PAGE + 1).await?;
    let longer = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let url = at(here, "/commission");
    let next = rows.last().filter(|_| longer).map(|e| format!("{url}?before={}", e.line.id));
    let first = before.map(|_| url.clone());
    let body = html! {
        (news(here, refused, form.get("done")))
        @if let Some(since) = p.stopped {
            (banner(&format!("{} ({})", here.pick([
                "有一棵三级、三十人以上的分佣关系，第二级已停付",
                "有一棵三級、三十人以上的分佣關係，第二級已停付",
                "A tree of three levels and thirty people has grown; the second level is not paid",
            ]), when(here, since)), Tone::Danger))
        }
        (sums(here, &p))
        (terms(here, form, &p))
        (own_rates(house, here, form, &p).await?)
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["每一笔", "每一筆", "Sum by sum"]))) }
            @if rows.is_empty() {
                (empty_state(here.pick(["还没有佣金", "還沒有佣金", "No commission yet"]),
                    here.pick(["加入计划的成员带来订单后，列在这里", "加入計畫的成員帶來訂單後，列在這裡",
                        "Orders that members of the programme lead to are listed here."]), None))
            } @else { (data_table(here.lang, &table(here, who, &rows))) }
            @if next.is_some() || first.is_some() {
                (pager(here.lang, "", first.as_deref(), next.as_deref()))
            }
        }
    };
    let title = here.pick(["佣金", "佣金", "Commission"]);
    let actions = html! {
        (button(here.pick(["合规报告", "合規報告", "Compliance"])).small()
            .to(&at(here, "/commission/compliance")))
        (button(here.pick(["团长服务费", "團長服務費", "Service pay"])).small()
            .to(&at(here, "/service")))
    };
    let show = Show { actions: Some(actions), ..Show::new(Spot::Commission, title) };
    frame::show(house, here, who, show, body).await
}

fn sums(here: &Here, p: &Programme) -> Markup {
    let of = |state: Stand| p.totals.iter().find(|t| t.0 == state).map_or(0, |t| t.2);
    let row = |name: [&'static str; 3], minor| {
        SumRow::new(here.pick(name), html! { (money(here, minor)) })
    };
    let rows = [
        row(["等收货", "等收貨", "Pending"], of(Stand::Pending)),
        row(["冻结中", "凍結中", "Frozen"], of(Stand::Frozen)),
        row(["已到账", "已入帳", "Available"], of(Stand::Available)),
    ];
    html! {
        section class="card stack" {
            (sum_list(&rows, None))
            p class="note" {
                (number(p.sharers)) " " (here.pick(["人加入", "人加入", "take part"]))
                @if p.owed > 0 {
                    " · " (here.pick(["待扣", "待扣", "owed back"])) " " (money(here, p.owed))
                }
            }
        }
    }
}

pub(super) fn typed(rate: i64) -> String {
    percent(rate).trim_end_matches('%').to_string()
}
/// A percent as people type it, in basis points.
pub(super) fn rate(text: &str) -> Option<i64> {
    price::price(text.trim_end_matches('%'), Currency::Cny)
}

fn terms(here: &Here, form: &Form, p: &Programme) -> Markup {
    let t = p.terms;
    let kept = |name: &str, now: String| match form.has(name) {
        true => form.get(name).to_string(),
        false => now,
    };
    let first = kept("first", typed(t.rates.first));
    let second = kept("second", typed(t.rates.second));
    let (cap, wait) = (kept("cap", typed(t.cap)), kept("wait_days", t.wait_days.to_string()));
    let levels = kept("levels", t.levels.number().to_string());
    let on = if form.has("on") { form.all("on").any(|v| v == "on") } else { t.on };
    let choice = |n: &'static str, words| Choice::new(n, here.pick(words), levels == n);
    let percents = |name: &'static str, label: [&'static str; 3], value: &str| {
        field::text(name, here.pick(label), value).most(6).render()
    };
    card(html! {
        (card_head(here.pick(["规则", "規則", "Terms"])))
        form method="post" action=(at(here, "/commission")) class="stack" {
            input type="hidden" name="deed" value="terms";
            (switch("on", here.pick(["给分享者佣金", "給分享者佣金", "Thank sharers with commission"]),
                Some(here.pick([
                    "默认关闭。只对以后的订单起作用；已经下的单按下单时的比例。",
                    "預設關閉。只對以後的訂單起作用；已經下的單按下單時的比例。",
                    "Off by default. For orders to come; those placed keep their rates.",
                ])), on))
            (choice_chips(Around::new("levels", here.pick(["几级", "幾級", "Levels"])), &[
                choice("1", ["一级：分享者", "一級：分享者", "One: the sharer"]),
                choice("2", ["两级：再加带来分享者的人", "兩級：再加帶來分享者的人",
                    "Two: and who brought them"])], false))
            div class="fields" {
                (percents("first", ["分享者（%）", "分享者（%）", "The sharer (%)"], &first))
                (percents("second", ["第二级（%）", "第二級（%）", "Second level (%)"], &second))
                (percents("cap", ["合计上限（%）", "合計上限（%）", "Together at most (%)"], &cap))
                (number_field("wait_days", here.pick(["收货后几天可用", "收貨後幾天可用",
                    "Days after receipt"]), &wait).range(0, 60))
            }
            p class="note" { (here.pick([
                "没有第三级；退货期没过、售后没结束，不会到账。会员费、充值、运费没有佣金。",
                "沒有第三級；退貨期沒過、售後沒結束，不會入帳。會員費、儲值、運費沒有佣金。",
                "There is no third level. Nothing is released within the days of return or while a \
                 case is open. Membership fees, top-ups and delivery earn nothing.",
            ])) }
            div class="row" {
                (button(here.pick(["保存", "儲存", "Save"])).primary().submit())
            }
        }
    })
}

async fn own_rates(
    house: &House,
    here: &Here,
    form: &Form,
    p: &Programme,
) -> Result<Markup, Sorry> {
    let query = rules::base::text::clip(form.get("q"), 80);
    let keys = categories_and_goods(house, here, &query).await?;
    let goods = keys.iter().any(|(k, _)| Id::<id::Product>::parse(k).is_some());
    let of = form.get("of");
    let things: Vec<Choice> = keys.iter().map(|(k, name)| Choice::new(k, name, k == of)).collect();
    Ok(card(html! {
        (card_head(here.pick(["另定比例", "另定比例", "Rates of their own"])))
        p class="note" { (here.pick([
            "商品优先于拼团，拼团优先于分类，分类优先于上面的规则。",
            "商品優先於團購，團購優先於分類，分類優先於上面的規則。",
            "A product's decides before a group buy's, that before a category's, that before the \
             terms above.",
        ])) }
        @for r in &p.rates { (own_rate(here, p.terms, r)) }
        form method="post" action=(at(here, "/commission")) class="stack" {
            input type="hidden" name="deed" value="rate";
            // Enter in a field sends the first button: it must save, not search
            button class="sr" type="submit" tabindex="-1" aria-hidden="true" {}
            (field::search("q", here.pick(["商品名或货号", "商品名或貨號", "Title or SKU"]), &query)
                .most(80))
            div class="row" {
                (button(here.pick(["找商品", "找商品", "Find products"])).small()
                    .value("find", "1"))
            }
            @if !query.is_empty() && !goods { p class="note" role="status" { (here.pick([
                "没有找到在售的商品，换个词试试",
                "沒有找到上架中的商品，換個詞試試",
                "No product on sale was found. Try another word.",
            ])) } }
            (select(Around::new("of", here.pick(["分类或商品", "分類或商品", "Category or product"])),
                Some(here.pick(["请选", "請選", "Choose"])), &things))
            div class="fields" {
                (field::text("own_first", here.pick(["分享者（%）", "分享者（%）",
                    "The sharer (%)"]), form.get("own_first")).most(6))
                (field::text("own_second", here.pick(["第二级（%）", "第二級（%）",
                    "Second level (%)"]), form.get("own_second")).most(6)
                    .hint(here.pick(["留空就是 0%，不会按上面的规则付",
                        "留空就是 0%，不會按上面的規則付",
                        "Left empty it is 0 %, not the rate of the terms above."])))
            }
            div class="row" {
                (button(here.pick(["加上", "加上", "Add"])).submit())
            }
        }
    }))
}

/// The number of what it is for, as forms name it.
fn key(r: &OwnRate) -> String {
    match r.scope {
        Scope::Product => Id::<id::Product>::of(r.of).to_string(),
        Scope::Campaign => Id::<id::Campaign>::of(r.of).to_string(),
        Scope::Category => Id::<id::Category>::of(r.of).to_string(),
    }
}

fn own_rate(here: &Here, terms: Terms, r: &OwnRate) -> Markup {
    let kind = here.pick(match r.scope {
        Scope::Product => ["商品", "商品", "Product"],
        Scope::Campaign => ["拼团", "團購", "Group buy"],
        Scope::Category => ["分类", "分類", "Category"],
    });
    let drop = here.pick(["去掉", "去掉", "Remove"]);
    // a cap that came down later cuts it
    let paid = in_force(terms, r.rates);
    html! {
        form class="row" method="post" action=(at(here, "/commission")) {
            input type="hidden" name="deed" value="drop";
            input type="hidden" name="of" value=(key(r));
            span class="grow" { b { (name_or_gone(here.lang, &r.title)) } " "
                span class="note" {
                    (kind)
                    @if paid != r.rates {
                        " · " (here.pick(["按规则实付 ", "依規則實付 ", "paid under the terms "]))
                        (percent(paid.first)) " / " (percent(paid.second))
                    }
                } }
            span class="num" { (percent(r.rates.first)) " / " (percent(r.rates.second)) }
            (button(drop).small().submit().label(&format!("{drop}: {}", r.title)))
        }
    }
}

fn table<'a>(here: &'a Here, who: Who, rows: &'a [Evidence]) -> DataTable<'a> {
    let orders = frame::may_any(who, frame::ORDERS);
    let row = |e: &'a Evidence| {
        let l = &e.line;
        let order = at(here, &format!("/orders/{}", l.order));
        let name = name_or_gone(here.lang, &l.name);
        Row {
            name: &l.title,
            cells: vec![
                html! {
                    b { (name) } " " span class="note" { (l.title) }
                },
                html! { (money(here, l.base)) " × " (percent(l.rate)) },
                html! { (money(here, l.amount)) },
                html! { (tag(state_words(here.lang, l.state), state_tone(l.state))) },
                html! {
                    @if orders { a class="mono" href=(order) { (l.order) } }
                    @else { span class="mono" { (l.order) } }
                },
                html! { span class="mono" { (e.payment.as_deref().unwrap_or("–")) } },
                html! { (e.received_at.map_or("–".into(), |t| when(here, t))) },
            ],
            ..Row::default()
        }
    };
    DataTable {
        caption: here.pick(["佣金", "佣金", "Commission"]),
        columns: vec![
            column(here.pick(["给谁", "給誰", "To"])).grow(),
            column(here.pick(["基数 × 比例", "基數 × 比例", "Base × rate"])).number(),
            column(here.pick(["佣金", "佣金", "Sum"])).number(),
            column(here.pick(["状态", "狀態", "State"])),
            column(here.pick(["订单", "訂單", "Order"])),
            column(here.pick(["支付", "支付", "Payment"])).optional(),
            column(here.pick(["收货", "收貨", "Received"])).optional(),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

/// None when a number was not typed as one.
fn asked(form: &Form) -> Option<Terms> {
    Some(Terms {
        on: form.all("on").any(|v| v == "on"),
        levels: Level::of(form.int("levels")?)?,
        rates: Rates { first: rate(form.get("first"))?, second: rate(form.get("second"))? },
        cap: rate(form.get("cap"))?,
        wait_days: form.int("wait_days")?,
    })
}

fn thing(key: &str) -> Option<(Scope, i64)> {
    let product = Id::<id::Product>::parse(key).map(|p| (Scope::Product, p.raw()));
    let campaign = Id::<id::Campaign>::parse(key).map(|k| (Scope::Campaign, k.raw()));
    let category = Id::<id::Category>::parse(key).map(|k| (Scope::Category, k.raw()));
    product.or(campaign).or(category)
}

const NOT_A_NUMBER: [&str; 3] = [
    "比例和天数请填数字，比如 5 或 2.5",
    "比例和天數請填數字，例如 5 或 2.5",
    "Enter rates and days as numbers, such as 5 or 2.5.",
];

pub async fn save(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    if form.has("find") {
        return Ok(shown(&house, &here, &form, None).await?.into_response());
    }
    let refused = match form.get("deed") {
        "terms" => match asked(&form) {
            Some(terms) => match house.app.set_commission(here.now, who, terms).await {
                Ok(()) => return Ok(see(&at(&here, "/commission?done=saved"))),
                Err(stop) => no(&here, stop)?,
            },
            None => unfit(&here, NOT_A_NUMBER),
        },
        deed => {
            let of = thing(form.get("of"));
            let first = rate(form.get("own_first"));
            let second =
                Some(form.get("own_second")).filter(|t| !t.is_empty()).map_or(Some(0), rate);
            let rates = match deed {
                "drop" => Some(None),
                _ => first.zip(second).map(|(first, second)| Some(Rates { first, second })),
            };
            match (of, rates) {
                (Some(of), Some(rates)) => {
                    match house.app.set_commission_rate(here.now, who, of, rates).await {
                        Ok(()) => return Ok(see(&at(&here, "/commission?done=saved"))),
                        Err(stop) => no(&here, stop)?,
                    }
                }
                _ => unfit(&here, NOT_A_NUMBER),
            }
        }
    };
    let page = shown(&house, &here, &form, Some(refused)).await?;
    Ok((refused.status, page).into_response())
}
