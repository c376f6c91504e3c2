//! Settings of the shop: what delivery costs, how people pay by hand.
use super::frame::{self, No, Show, Spot, at, news, no, see, unfit};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::field::{Field, money, textarea};
use crate::ui::{button, card, card_head};
use crate::who::Here;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::Money;
use rules::community::role::{Right, Role};
use rules::sale::price::{self, Shipping};

/// The fields as they stand: stored, or typed and refused.
struct Fields {
    fee: String,
    free_from: String,
    hint: String,
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Orders)?;
    let (shipping, hint) = house.app.shop(who.community).await?;
    let amount = |minor| Money::new(minor, here.place.currency).decimal();
    let free_from = match shipping.free_from {
        0 => String::new(),
        minor => amount(minor),
    };
    let fields = Fields { fee: amount(shipping.fee), free_from, hint };
    shown(&house, &here, &fields, None, form.get("done")).await
}

/// As it stands, for who may not change it.
fn locked(field: Field<'_>, owner: bool) -> Field<'_> {
    if owner { field } else { field.disabled() }
}

async fn shown(
    house: &House,
    here: &Here,
    f: &Fields,
    no: Option<No>,
    done: &str,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Orders)?;
    let cur = here.place.currency;
    let free = here.pick([
        "商品满这么多就免运费；空着就不免",
        "商品滿這麼多就免運費；空著就不免",
        "Goods worth this much are sent free. Leave it empty for never.",
    ]);
    let pay = here.pick([
        "买家选“转账”时看到：户名、账号，或收款码在哪里",
        "買家選「轉帳」時看到：戶名、帳號，或收款碼在哪裡",
        "Buyers who pay by transfer see this: name, account number, where to send it.",
    ]);
    let owner = who.role == Role::Owner;
    let only = ["只有主理人能改", "只有主理人能改", "Only the owner changes these."];
    let body = html! {
        (news(here, no, done))
        @if !owner { p class="note" { (here.pick(only)) } }
        form method="post" action=(at(here, "/settings")) class="stack -l" {
            (card(html! {
                (card_head(here.pick(["运费", "運費", "Delivery"])))
                div class="fields" {
                    (locked(money("fee", here.pick(["每单运费", "每單運費", "Fee for each order"]),
                        &f.fee, cur), owner))
                    (locked(money("free_from", here.pick(["免运费从", "免運費從", "Free from"]),
                        &f.free_from, cur).hint(free), owner))
                }
            }))
            (card(html! {
                (card_head(here.pick(["转账付款", "轉帳付款", "Payment by transfer"])))
                (locked(textarea("hint", here.pick(["怎么转给你", "怎麼轉給你", "Where to send it"]),
                    &f.hint).most(500).hint(pay), owner))
            }))
            @if owner { div class="row" {
                (button(here.pick(["保存", "儲存", "Save"])).primary().submit())
            } }
        }
    };
    let keys = here.pick(["接口密钥", "介面金鑰", "API keys"]);
    let hooks = here.pick(["网络回调", "網路回呼", "Webhooks"]);
    let actions = owner.then(|| {
        html! {
            (button(hooks).to(&at(here, "/settings/webhooks")).render())
            (button(keys).to(&at(here, "/settings/keys")).render())
        }
    });
    let title = here.pick(["设置", "設定", "Settings"]);
    let show = Show { actions, ..Show::new(Spot::Settings, title) };
    frame::show(house, here, who, show, body).await
}

pub async fn save(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Orders)?;
    let typed = |name: &str| form.get(name).to_string();
    let fields = Fields { fee: typed("fee"), free_from: typed("free_from"), hint: typed("hint") };
    let read = |text: &str| match text {
        "" => Some(0),
        text => price::price(text, here.place.currency),
    };
    let refused = match (read(&fields.fee), read(&fields.free_from)) {
        (Some(fee), Some(free_from)) => {
            let shipping = Shipping { fee, free_from };
            match house.app.set_shop(here.now, who, shipping, fields.hint.clone()).await {
                Ok(()) => return Ok(see(&at(&here, "/settings?done=saved"))),
                Err(stop) => no(&here, stop)?,
            }
        }
        _ => unfit(
            &here,
            [
                "金额请填数字，例如 8 或 8.50",
                "金額請填數字，例如 8 或 8.50",
                "Enter an amount such as 8 or 8.50.",
            ],
        ),
    };
    let page = shown(&house, &here, &fields, Some(refused), "").await?;
    Ok((refused.status, page).into_response())
}
