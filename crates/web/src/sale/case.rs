//! After the sale: the buyer asks for money back for some lines, and sees how it was answered.
use super::order::visible;
use super::{Shot, chosen, leave, member_or_door, own_page, photo, private, shown_as, sum};
use crate::House;
use crate::form::Form;
use crate::loyalty::points_words::with_a_refund;
use crate::reply::{Sorry, said, status_of};
use crate::ui::{
    Around, Choice, Icon, PicturePicker, Tone, banner, button, card, card_flush, card_head, cell,
    field, item_row, picture_picker, radio_list, stepper, tag,
};
use crate::who::Here;
use crate::words::{Lang, format, states};
use app::Stop;
use app::community::who::Who;
use app::pictures;
use app::sale::ask_refund::{AskRefund, Refused};
use app::sale::views::{LineRow, OrderPage};
use app::sale::views_case::CaseRow;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::sale::case::{LONGEST, PICTURES, Reason, State as Stand, may_ask};
use rules::sale::refund::Refundable;

type Which = Path<(String, String)>;

/// What the buyer typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    id: Option<Id<id::Case>>,
    qty: Vec<(Id<id::Line>, i64)>,
    reason: Option<Reason>,
    words: String,
    pictures: Vec<String>,
    wrong: Option<Wrong>,
    /// What a refund would do to points.
    points: Option<String>,
}
#[derive(Clone, Copy)]
enum Wrong {
    Form(Refused),
    Picture(pictures::Refused),
}

/// Lines for which money may be asked back now.
fn askable(order: &OrderPage) -> Vec<&LineRow> {
    let may = |l: &&LineRow| {
        let of = Refundable {
            qty: l.qty,
            amount: l.amount,
            refunded_qty: l.refunded_qty,
            refunded: l.refunded,
        };
        may_ask(l.state, of)
    };
    order.row.lines.iter().filter(may).collect()
}

pub(super) fn open(order: &OrderPage) -> Option<&CaseRow> {
    order.cases.iter().find(|k| k.state == Stand::Open)
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Which,
) -> Result<Response, Sorry> {
    let (_, order) = match own(&house, &here, &id).await? {
        Ok(own) => own,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let points = points_note(&house, &here, &order).await?;
    let typed = Typed { id: Some(house.app.mint(here.now)), points, ..Typed::default() };
    Ok(render(&here, &order, &typed, StatusCode::OK))
}

async fn points_note(
    house: &House,
    here: &Here,
    order: &OrderPage,
) -> Result<Option<String>, Sorry> {
    let p = house.app.points_of_order(here.place.id, order.row.id).await?;
    Ok(with_a_refund(here, &p))
}

/// The buyer and the order; staff ask nothing of themselves here.
async fn own(
    house: &House,
    here: &Here,
    id: &str,
) -> Result<Result<(Who, OrderPage), String>, Sorry> {
    let who = match member_or_door(here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(Err(door)),
    };
    let order = visible(house, here, who, id).await?;
    match order.row.member == who.member {
        true => Ok(Ok((who, order))),
        false => Err(Sorry::NotFound),
    }
}

pub async fn ask(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let (who, order) = match own(&house, &here, &id).await? {
        Ok(own) => own,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let (c, number) = (order.row.id, form.must_id("id")?);
    let (pictures, bad) = private::store(&house, c, &form, ("pictures", PICTURES)).await?;
    // a number nobody can read is more than there is: the law says so
    let qty = |v: &str| if v.is_empty() { 0 } else { v.parse().unwrap_or(i64::MAX) };
    let lines = form.pairs().filter_map(|(name, value)| {
        let line = Id::parse(name.strip_prefix("qty_")?)?;
        Some((line, qty(value.trim())))
    });
    let mut typed = Typed {
        id: Some(number),
        qty: lines.collect(),
        reason: Reason::of(form.get("reason")),
        words: form.raw("words").to_string(),
        pictures,
        wrong: bad.map(Wrong::Picture),
        points: points_note(&house, &here, &order).await?,
    };
    if typed.wrong.is_none() {
        let ask = AskRefund {
            who,
            id: number,
            order: c,
            lines: typed.qty.clone(),
            reason: typed.reason,
            words: typed.words.clone(),
            pictures: typed.pictures.clone(),
        };
        match house.app.ask_refund(here.now, ask).await {
            Ok(()) => return Ok(leave(&here, &format!("{}/orders/{c}#case", here.base()))),
            Err(Stop::Refused(no)) => typed.wrong = Some(Wrong::Form(no)),
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    let code = match typed.wrong {
        Some(Wrong::Form(no)) => no.code(),
        _ => "picture_",
    };
    let status = StatusCode::from_u16(status_of(code)).unwrap_or(StatusCode::CONFLICT);
    Ok(render(&here, &order, &typed, status))
}

pub async fn withdraw(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let (who, order) = match own(&house, &here, &id).await? {
        Ok(own) => own,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let case = form.must_id("case")?;
    match house.app.withdraw_case(here.now, who, order.row.id, case).await {
        // answered a moment ago: the page says how
        Ok(()) | Err(Stop::Refused(Refused::Answered)) => {
            Ok(leave(&here, &format!("{}/orders/{}#case", here.base(), order.row.id)))
        }
        Err(Stop::Refused(_)) => Err(Sorry::NotFound),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

fn render(here: &Here, order: &OrderPage, typed: &Typed, status: StatusCode) -> Response {
    let title = here.pick(["申请退款", "申請退款", "Ask for a refund"]);
    let back = format!("{}/orders/{}", here.base(), order.row.id);
    let mut page = own_page(here, title, back.clone());
    page.modules = &["picker.js"];
    let lines = askable(order);
    let closed = match (open(order), lines.is_empty()) {
        (Some(_), _) => Some(Refused::AlreadyAsked),
        (None, true) => Some(Refused::BadLine),
        (None, false) => None,
    };
    let body = match closed {
        Some(no) => html! {
            (banner(said(no, here.lang), Tone::Gold))
            (button(here.pick(["看订单", "看訂單", "See the order"])).block().to(&back))
        },
        None => form(here, &format!("{back}/refund"), &lines, typed),
    };
    shown_as(status, &page, body)
}

fn form(here: &Here, action: &str, lines: &[&LineRow], typed: &Typed) -> Markup {
    let no = typed.wrong.and_then(|w| match w {
        Wrong::Form(no) => Some(no),
        Wrong::Picture(_) => None,
    });
    let at = |of: &[Refused]| no.filter(|no| of.contains(no)).map(|no| said(no, here.lang));
    let (of_words, of_picture) = (
        [Refused::WordsMissing, Refused::TextTooLong],
        [Refused::TooManyPictures, Refused::NoSuchPicture],
    );
    let pictured = match typed.wrong {
        Some(Wrong::Picture(no)) => Some(said(no, here.lang)),
        _ => at(&of_picture),
    };
    let placed = [at(&of_words), pictured, at(&[Refused::BadReason])];
    let top = no.filter(|_| placed.iter().all(Option::is_none)).map(|no| said(no, here.lang));
    let send = here.pick(["提交申请", "送出申請", "Send the request"]);
    html! {
        form class="stack" method="post" action=(action) enctype="multipart/form-data" {
            @if let Some(id) = typed.id { input type="hidden" name="id" value=(id); }
            @if let Some(says) = top { (banner(says, Tone::Danger)) }
            (goods(here, lines, typed))
            (card(reasons(here, typed.reason, at(&[Refused::BadReason]))))
            (card(html! {
                (field::textarea("words", here.pick(["说明", "說明", "What happened"]), &typed.words)
                    .error(at(&of_words)).most(LONGEST as u32)
                    .placeholder(here.pick(["说清楚一点，处理会更快", "說清楚一點，處理會更快",
                        "A few words help the shop answer soon"])))
                (private::kept(here, "pictures", &typed.pictures))
                (picture_picker(&PicturePicker {
                    lang: here.lang,
                    id: "pictures",
                    name: "pictures",
                    label: here.pick(["图片（可不传）", "圖片（可不傳）", "Pictures (optional)"]),
                    most: (PICTURES - typed.pictures.len().min(PICTURES)) as u32,
                    kept: &[],
                    error: pictured,
                }))
                p class="note" { (here.pick(["图片只有你和店家能看到", "圖片只有你和店家能看到",
                    "Only you and the shop see them"])) }
            }))
            (button(send).primary().block().submit())
            p class="note center" { (here.pick([
                "店家同意后，钱按付款的方式退回",
                "店家同意後，錢依付款的方式退回",
                "If the shop agrees, the money goes back the way it came",
            ])) }
            @if let Some(points) = &typed.points { p class="note center" { (points) } }
        }
    }
}

fn goods(here: &Here, lines: &[&LineRow], typed: &Typed) -> Markup {
    let shots: Vec<Shot> = lines.iter().map(|l| Shot::of_line(l)).collect();
    let alone = lines.len() == 1;
    card(html! {
        (card_head(here.pick(["退哪些，退几件", "退哪些，退幾件", "Which, and how many"])))
        @for (l, shot) in lines.iter().zip(&shots) {
            @let left = l.qty - l.refunded_qty;
            // one line only: most likely all of it
            @let first = if alone { left } else { 0 };
            @let qty = typed.qty.iter().find(|(id, _)| *id == l.id).map_or(first, |(_, n)| *n);
            @let name = format!("qty_{}", l.id);
            @let paid = format::money(sum(here, l.amount));
            @let note = chosen(&[l.choices.clone(), vec![format!("{paid} ×{}", l.qty)]].concat());
            (item_row(&photo(shot), &l.title, &note,
                stepper(here.lang, &name, qty.clamp(0, left), 0, left, &l.title)))
        }
    })
}

fn reasons(here: &Here, on: Option<Reason>, error: Option<&str>) -> Markup {
    let all = Reason::ALL.iter().map(|r| {
        let choice = Choice::new(r.code(), states::case_reason(here.lang, *r), on == Some(*r));
        (choice, None)
    });
    let all: Vec<(Choice, Option<&str>)> = all.collect();
    radio_list(Around::new("reason", here.pick(["为什么", "為什麼", "Why"])).error(error), &all)
}

/// On the order's page: how the questions stand, and the way to ask one.
pub fn section(here: &Here, order: &OrderPage, mine: bool) -> Markup {
    let may = mine && open(order).is_none() && !askable(order).is_empty();
    let ask = format!("{}/orders/{}/refund", here.base(), order.row.id);
    html! {
        @if !order.cases.is_empty() {
            section class="card" id="case" {
                (card_head(here.pick(["退款申请", "退款申請", "Refund requests"])))
                @for k in &order.cases { (row(here, order, k, mine)) }
            }
        }
        @if may {
            (card_flush(cell(here.pick(["申请退款", "申請退款", "Ask for a refund"]))
                .lead(Icon::Redo).to(&ask).render()))
        }
    }
}

fn row(here: &Here, order: &OrderPage, k: &CaseRow, mine: bool) -> Markup {
    let colon = if here.lang == Lang::En { ": " } else { "：" };
    let label = here.pick(["图片", "圖片", "Picture"]);
    let back = format!("{}/orders/{}/refund/withdraw", here.base(), order.row.id);
    html! {
        div class="stack -s" {
            div class="row" {
                b class="num" { (format::money(sum(here, k.amount))) }
                span class="grow" { (states::case_reason(here.lang, k.reason)) }
                (tag(states::case_state(here.lang, k.state), states::case_tone(k.state)))
            }
            @if !k.words.is_empty() { p class="pre" { (k.words) } }
            (private::shown(here, order.row.id, &k.pictures, label))
            @if !k.answer.is_empty() {
                p class="answer" {
                    b { (here.pick(["店家", "店家", "The shop"])) (colon) } (k.answer)
                }
            }
            p class="note" {
                (format::day_time(here.lang, k.at, here.now, &here.zone()))
                @if k.state == Stand::Open {
                    " · " (here.pick(["店家会尽快答复", "店家會盡快答覆", "The shop will answer soon"]))
                }
            }
            @if mine && k.state == Stand::Open {
                form method="post" action=(back) {
                    input type="hidden" name="case" value=(k.id);
                    (button(here.pick(["撤回申请", "撤回申請", "Withdraw it"])).small().submit())
                }
            }
        }
    }
}
