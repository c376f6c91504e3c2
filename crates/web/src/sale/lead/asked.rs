//! Deeds of a leader that cannot be taken back: what they would do is shown first.
use super::super::{own_page, shown_as, sum};
use super::board::told;
use super::{Led, Of, led};
use crate::House;
use crate::ask::{self, Ask};
use crate::form::Form;
use crate::reply::Sorry;
use crate::who::Here;
use crate::words::{Lang, format};
use app::Stop;
use app::sale::short_delivery::{GoesWithout, ShortDelivery};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::sale::chain;

const CLOSE: &str = "close";

fn question(
    here: &Here,
    led: &Led,
    form: &Form,
    (deed, title, seen, yes): (&str, &str, &str, &str),
    body: Markup,
) -> Response {
    let (to, back) = (led.path(here, deed), led.path(here, ""));
    let frame = own_page(here, &led.page.row.title, back.clone());
    let ask = Ask { to: &to, back: &back, title, seen, yes };
    shown_as(StatusCode::OK, &frame, ask::ask(here, &ask, form, body))
}

pub async fn close(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let k = &led.page.row;
    // what is closed already is for the verb to say
    if chain::takes(k.state, k.cut_off, here.now) && !ask::said(&form, CLOSE) {
        let title = here.pick(["现在截单？", "現在截單？", "Close now?"]);
        let yes = here.pick(["现在截单", "現在截單", "Close now"]);
        return Ok(question(&here, &led, &form, ("/close", title, CLOSE, yes), ends(&here, &led)));
    }
    let out = house.app.close_chain(here.now, led.who, k.id).await;
    told(&house, &here, &led, out.map(|()| k.last_number)).await
}

fn ends(here: &Here, led: &Led) -> Markup {
    let k = &led.page.row;
    let raised = format::money(sum(here, k.raised));
    let n = format::count(here.lang, k.last_number, ["单", "單"], ["order", "orders"]);
    let stands = match here.lang {
        Lang::En => format!("{n}, {raised}."),
        Lang::Hans => format!("已有 {n}，{raised}。"),
        Lang::Hant => format!("已有 {n}，{raised}。"),
    };
    html! {
        p { b { (stands) } }
        @if k.raised < k.minimum {
            p { b { (here.pick([
                "还没到起送金额：现在截单，所有人都会退款。",
                "還沒到起送金額：現在截單，所有人都會退款。",
                "It is below its minimum: closing now refunds everybody.",
            ])) } }
        }
        p class="sub" { (here.pick([
            "截单后不能再打开，没付款的单子放掉。",
            "截單後不能再打開，沒付款的單子放掉。",
            "It cannot be opened again. Unpaid orders end.",
        ])) }
    }
}

pub async fn short(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let number: Id<id::Refund> = form.must_id("id")?;
    let cmd = ShortDelivery {
        who: led.who,
        id: number.raw(),
        campaign: led.page.row.id,
        variant: form.must_id("variant")?,
        qty: form.int("qty").unwrap_or(0),
    };
    let back = match house.app.weigh_short(here.now, cmd).await {
        Ok(back) => back,
        Err(Stop::Refused(r)) => return told(&house, &here, &led, Err(Stop::Refused(r))).await,
        Err(Stop::Fault(fault)) => return Err(fault.into()),
    };
    let seen = seen(&back);
    if !back.is_empty() && !ask::said(&form, &seen) {
        let title = here.pick(["退给他们？", "退給他們？", "Give this back?"]);
        let yes = here.pick(["退款", "退款", "Refund"]);
        let body = without(&house, &here, &led, &back).await?;
        return Ok(question(&here, &led, &form, ("/short", title, &seen, yes), body));
    }
    let out = house.app.short_delivery(here.now, cmd).await;
    told(&house, &here, &led, out).await
}

/// Who goes without, as one word: others than those who were seen are shown again.
fn seen(back: &[GoesWithout]) -> String {
    let one = |b: &GoesWithout| format!("{}:{}", b.order, b.amount);
    back.iter().map(one).collect::<Vec<_>>().join(",")
}

async fn without(
    house: &House,
    here: &Here,
    led: &Led,
    back: &[GoesWithout],
) -> Result<Markup, Sorry> {
    let rows = house.app.chain_board(led.who.community, led.page.row.id).await?;
    let total: i64 = back.iter().map(|b| b.amount).sum();
    let all = back.iter().filter_map(|b| Some((b, rows.iter().find(|r| r.order == b.order)?)));
    Ok(html! {
        ul {
            @for (b, row) in all {
                li class="pick" {
                    span class="no" { "#" (row.number) }
                    span class="grow" { (row.recipient) " ×" (b.qty) }
                    span class="num" { (format::money(sum(here, b.amount))) }
                }
            }
        }
        p { (here.pick(["合计 ", "合計 ", "Together "]))
            b class="num" { (format::money(sum(here, total))) } }
        p class="sub" { (here.pick([
            "最后下单的人先少。退了不能再改。",
            "最後下單的人先少。退了不能再改。",
            "Who ordered last goes without first. This cannot be taken back.",
        ])) }
    })
}
