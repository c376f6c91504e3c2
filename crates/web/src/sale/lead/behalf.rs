//! Ordering for a neighbour: whose it is, what, and the cash is taken.
use super::super::chain_buy::{total, wanted};
use super::super::{leave, own_page, shown_as, sum};
use super::{Led, Of, led, status};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::{Around, Choice, Tone, banner, card, card_head, field, select, stepper, switch};
use crate::who::Here;
use crate::words::{Lang, format};
use app::Stop;
use app::sale::order_on_behalf::OnBehalf;
use app::sale::place_order::Refused;
use app::sale::views_lead::Neighbour;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};

pub async fn form(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let mut typed = form.clone();
    fresh(&house, &here, &mut typed);
    page(&house, &here, &led, &typed, None).await
}

fn fresh(house: &House, here: &Here, typed: &mut Form) {
    typed.put("id", &house.app.mint::<id::Order>(here.now).to_string());
    typed.put("payment", &house.app.mint::<id::Payment>(here.now).to_string());
}

async fn page(
    house: &House,
    here: &Here,
    led: &Led,
    t: &Form,
    refused: Option<Refused>,
) -> Result<Response, Sorry> {
    let (k, c) = (&led.page.row, led.who.community);
    let mut all = house.app.neighbours(c, k.group).await?;
    all.retain(|n| n.member != led.who.member);
    let title = here.pick(["代邻居下单", "幫鄰居下單", "Order for a neighbour"]);
    let mut frame = own_page(here, title, led.path(here, ""));
    frame.bar = Some(html! {
        p class="note grow" { (here.pick(["收了现金再下单", "收了現金再下單",
            "Take the cash, then order"])) }
        button class="btn -primary" type="submit" form="behalf" {
            (here.pick(["收了现金，下单", "收了現金，下單", "Cash taken, order"]))
        }
    });
    let of = |name: &str| match refused {
        Some(Refused::BadRecipient) => name == "name",
        Some(Refused::BadPhone) => name == "phone",
        Some(Refused::NotAMember) => name == "member",
        _ => false,
    };
    let error = |name: &str| refused.filter(|_| of(name)).map(|r| said(r, here.lang));
    let fields = ["name", "phone", "member"];
    let done = t.int("done");
    let body = html! {
        @if let Some(r) = refused.filter(|_| !fields.iter().any(|f| of(f))) {
            (banner(said(r, here.lang), Tone::Danger))
        } @else if let Some(n) = done {
            (banner(&match here.lang {
                Lang::En => format!("Ordered: number {n}. The neighbour has been told."),
                Lang::Hans => format!("下好了，{n} 号。已经通知邻居。"),
                Lang::Hant => format!("下好了，{n} 號。已經通知鄰居。"),
            }, Tone::Green))
        }
        form id="behalf" class="stack -l" method="post" action=(led.path(here, "/behalf")) {
            input type="hidden" name="id" value=(t.get("id"));
            input type="hidden" name="payment" value=(t.get("payment"));
            (card(who(here, &all, t, error)))
            (card(html! {
                (card_head(here.pick(["要什么", "要什麼", "What"])))
                ul { @for f in &led.page.offers {
                    @let left = f.left().clamp(0, 999);
                    @let name = format!("{} {}", f.title, f.choices.join(" "));
                    @let key = format!("q_{}", f.variant);
                    li class="pick" {
                        div class="grow" {
                            p class="t3" { (name.trim()) }
                            p class="note" { (format::money(sum(here, f.price))) }
                        }
                        (stepper(here.lang, &key, t.int(&key).unwrap_or(0).clamp(0, left), 0, left,
                            name.trim()))
                    }
                } }
                @let now = total(&wanted(&led.page, t));
                @if now > 0 {
                    p class="note" { (here.pick(["要收 ", "要收 ", "To take "]))
                        (format::money(sum(here, now))) }
                }
            }))
        }
    };
    let code = refused.map_or(StatusCode::OK, |r| status(r.code()));
    Ok(shown_as(code, &frame, body))
}

fn who(
    here: &Here,
    all: &[Neighbour],
    t: &Form,
    error: impl Fn(&str) -> Option<&'static str>,
) -> Markup {
    let p = |all| here.pick(all);
    let keys: Vec<String> = all.iter().map(|n| n.member.to_string()).collect();
    let names: Vec<String> = all
        .iter()
        .map(|n| match n.phone.get(n.phone.len().saturating_sub(4)..) {
            Some(last) if !last.is_empty() => format!("{} · {last}", n.name),
            _ => n.name.clone(),
        })
        .collect();
    let choices: Vec<Choice> = keys
        .iter()
        .zip(&names)
        .map(|(key, name)| Choice::new(key, name, t.get("member") == key))
        .collect();
    let around = Around::new("member", p(["替谁下单", "幫誰下單", "For whom"]));
    html! {
        (select(around.error(error("member")), Some(p(["请选", "請選", "Choose"])), &choices))
        (field::text("name", p(["取货人（空着就用上次的）", "取貨人（空著就用上次的）",
            "Who collects (empty: as last time)"]), t.get("name")).error(error("name")).most(40))
        (field::phone("phone", p(["手机号（空着就用上次的）", "手機號碼（空著就用上次的）",
            "Phone (empty: as last time)"]), t.get("phone")).error(error("phone")).most(20))
        (field::text("note", p(["留言", "留言", "Note"]), t.get("note")).most(300))
        (switch("named", p(["名字给邻居看", "名字給鄰居看", "Neighbours see the name"]), None,
            t.all("named").any(|v| v == "on")))
    }
}

pub async fn order(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let (order, payment) = (form.must_id::<id::Order>("id")?, form.must_id("payment")?);
    let c = led.who.community;
    let member: Option<Id<id::Member>> = form.id("member");
    let all = house.app.neighbours(c, led.page.row.group).await?;
    let known = all.iter().find(|n| Some(n.member) == member);
    let lines: Vec<_> = wanted(&led.page, &form).iter().map(|(f, n)| (f.variant, *n)).collect();
    let or_known = |name: &str, known: Option<&String>| match form.get(name) {
        "" => known.cloned().unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let out = match known {
        None => Err(Stop::Refused(Refused::NotAMember)),
        Some(_) if lines.is_empty() => Err(Stop::Refused(Refused::NothingChosen)),
        Some(known) => {
            let cmd = OnBehalf {
                who: led.who,
                member: known.member,
                id: order,
                payment,
                campaign: led.page.row.id,
                lines,
                recipient: or_known(
                    "name",
                    Some(&known.recipient).filter(|r| !r.is_empty()).or(Some(&known.name)),
                ),
                phone: or_known("phone", Some(&known.phone)),
                note: form.raw("note").to_owned(),
                named: form.all("named").any(|v| v == "on"),
            };
            house.app.order_on_behalf(here.now, cmd).await
        }
    };
    match out {
        Ok(placed) => {
            let place = house.app.place_of(c, placed.order).await?;
            let n = place.map_or(0, |p| p.number);
            Ok(leave(&here, &led.path(&here, &format!("/behalf?done={n}"))))
        }
        Err(Stop::Refused(r)) => page(&house, &here, &led, &form, Some(r)).await,
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}
