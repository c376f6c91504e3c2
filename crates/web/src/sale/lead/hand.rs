//! Handing out a list: find who stands there, tap, undo. With script, taps work without a network
//! and are sent when it is back; without, they are forms.
use super::super::{leave, own_page, shown_as};
use super::hand_row::{Shown, row};
use super::{Led, Of, led, queue, status};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::{Tone, banner, button, card, card_head, empty_state, field};
use crate::who::Here;
use crate::words::Lang;
use app::sale::hand_over::{HandOver, Refused};
use app::sale::views_board::BoardRow;
use app::sale::views_lead::Handed;
use app::{Refusal, Stop};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::id;
use rules::sale::chain;
use rules::sale::line::State as Stand;

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    shown(&house, &here, &led, form.get("q"), None).await
}

async fn shown(
    house: &House,
    here: &Here,
    led: &Led,
    query: &str,
    refused: Option<Refused>,
) -> Result<Response, Sorry> {
    let (c, k) = (led.who.community, &led.page.row);
    let rows = house.app.chain_board(c, k.id).await?;
    let handed = house.app.handed(c, k.id).await?;
    let title = here.pick(["交货", "交貨", "Hand out"]);
    let mut frame = own_page(here, title, led.path(here, ""));
    let has = |r: &&BoardRow, s: Stand| r.lines.iter().any(|l| l.state == s);
    let ready: Vec<&BoardRow> = rows.iter().filter(|r| has(r, Stand::ReadyForPickup)).collect();
    let gone: Vec<(&BoardRow, &Handed)> = handed
        .iter()
        .filter_map(|h| Some((rows.iter().find(|r| r.order == h.order)?, h)))
        .collect();
    let all = ready.len() + gone.len();
    let sub = match here.lang {
        Lang::En => format!("{} of {all} collected", gone.len()),
        Lang::Hans => format!("已取 {} / {all}", gone.len()),
        Lang::Hant => format!("已取 {} / {all}", gone.len()),
    };
    frame.top = crate::ui::Top::Bar {
        title: title.to_string(),
        sub: Some(sub),
        back: Some(led.path(here, "")),
        end: None,
    };
    let found: Vec<&&BoardRow> = ready.iter().filter(|r| matches(r, query)).collect();
    let gone: Vec<_> = gone.into_iter().filter(|(r, _)| matches(r, query)).collect();
    let body = html! {
        @if let Some(r) = refused { (banner(said(r, here.lang), Tone::Danger)) }
        (queue(here, html! {
            (search(here, led, query))
            @if found.is_empty() && !query.is_empty() && !gone.is_empty() {
                p class="note" role="status" { (here.pick([
                    "已经交过了，在下面",
                    "已經交過了，在下面",
                    "Handed over already: see below.",
                ])) }
            } @else if found.is_empty() { (nobody(here, query)) }
            @else {
                (card(html! { ul {
                    @for r in &found {
                        (row(here, led, r, &Shown::Ready {
                            id: house.app.mint::<id::HandOut>(here.now) }))
                    }
                } }))
            }
            @if !gone.is_empty() {
                (card(html! {
                    (card_head(here.pick(["已经交了", "已經交了", "Handed over"])))
                    ul { @for (r, h) in &gone {
                        @let may = chain::may_undo(h.at, here.now);
                        (row(here, led, r, &Shown::Gone { handed: h, may }))
                    } }
                }))
            }
        }))
    };
    Ok(shown_as(refused.map_or(StatusCode::OK, |r| status(Refusal::code(r))), &frame, body))
}

/// By number, code, the phone's last digits, or a part of the name.
fn matches(r: &BoardRow, query: &str) -> bool {
    let q = query.trim().trim_start_matches('#').replace([' ', '-'], "");
    if q.is_empty() {
        return true;
    }
    let name = format!("{} {}", r.recipient, r.name).to_lowercase();
    r.number.to_string() == q
        || r.code == q
        || (q.len() >= 4 && r.phone.replace([' ', '-'], "").ends_with(&q))
        || name.replace(' ', "").contains(&q.to_lowercase())
}

fn search(here: &Here, led: &Led, query: &str) -> Markup {
    let label = here.pick([
        "取件码、跟团号、名字或手机后四位",
        "取件碼、跟團號、名字或手機後四碼",
        "Code, number, name or last digits of the phone",
    ]);
    html! {
        form class="card" method="get" action=(led.path(here, "/handout")) data-find {
            (field::text("q", label, query).most(40))
            (button(here.pick(["找", "找", "Find"])).block().submit())
        }
    }
}

fn nobody(here: &Here, query: &str) -> Markup {
    match query.is_empty() {
        true => empty_state(
            here.pick(["现在没有要交的货", "現在沒有要交的貨", "Nothing to hand out"]),
            here.pick([
                "标为到货后会出现在这里",
                "標為到貨後會出現在這裡",
                "Orders appear here once their goods arrived.",
            ]),
            None,
        ),
        false => empty_state(
            here.pick(["没有找到", "沒有找到", "Nobody found"]),
            here.pick(["换个名字或号码试试", "換個名字或號碼試試", "Try another name or number."]),
            None,
        ),
    }
}

/// A phone that sends what it kept asks for words alone.
fn wants_words(headers: &HeaderMap) -> bool {
    headers.get("x-queue").is_some()
}

async fn answer(
    house: &House,
    here: &Here,
    led: &Led,
    headers: &HeaderMap,
    out: Result<(), Stop<Refused>>,
) -> Result<Response, Sorry> {
    match out {
        Ok(()) if wants_words(headers) => Ok(StatusCode::NO_CONTENT.into_response()),
        Ok(()) => Ok(leave(here, &led.path(here, "/handout"))),
        Err(Stop::Refused(r)) if wants_words(headers) => {
            Ok((status(Refusal::code(r)), said(r, here.lang)).into_response())
        }
        Err(Stop::Refused(r)) => shown(house, here, led, "", Some(r)).await,
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

pub async fn hand(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let cmd = HandOver {
        who: led.who,
        id: form.must_id("id")?,
        order: form.must_id("order")?,
        collected_by: form.get("collected_by").to_owned(),
    };
    let out = house.app.hand_over(here.now, cmd).await;
    answer(&house, &here, &led, &headers, out).await
}

pub async fn undo(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let out = house.app.undo_hand_over(here.now, led.who, form.must_id("id")?).await;
    answer(&house, &here, &led, &headers, out).await
}
