//! One's points: how many there are, what is on the way, when each lot ends, and every change.
use super::points_words::{kind, points, release, rules_of, signed, title, until};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    Head, Page, SumRow, Tone, Top, banner, card_head, cell_of, empty_state, pager, rules, sum_list,
};
use crate::who::Here;
use crate::words::format;
use app::loyalty::views_points::{ChangeRow, LotRow, Points, WaitingRow};
use axum::extract::State;
use maud::{Markup, Render, html};
use rules::base::{Money, id};
use rules::loyalty::points::value;

const PAGE: usize = 50;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let before = form.id::<id::PointChange>("before");
    let of = (who.community, who.member);
    let p = house.app.points(here.now, of, before, PAGE as i64 + 1).await?;
    let title = title(&here).to_string();
    let top = Top::Bar {
        title: title.clone(),
        sub: None,
        back: Some(format!("{}/me", here.base())),
        end: None,
    };
    let head = Head { private: true, ..Head::default() };
    let page = Page { title, top, head, ..here.page() };
    Ok(page.render(html! {
        @if !p.terms.on {
            (banner(here.pick([
                "这家店现在不发积分，也不能抵扣；已有的照原来的日期保留。",
                "這家店現在不發點數，也不能折抵；已有的照原來的日期保留。",
                "This shop gives no points at present and takes none; what there is stays until \
                 its day.",
            ]), Tone::Gold))
        }
        @if before.is_none() {
            (has(&here, &p))
            @if !p.waiting.is_empty() { (waiting(&here, &p.waiting)) }
            @if !p.lots.is_empty() { (lots(&here, &p.lots)) }
        }
        (changes(&here, &p.changes, before.is_some()))
    }))
}

fn has(here: &Here, p: &Points) -> Markup {
    let balance = p.balance();
    let worth = Money::new(value(balance, p.terms.worth), here.place.currency);
    let row = |words: [&'static str; 3], n: i64| {
        SumRow::new(here.pick(words), html! { (points(here.lang, n)) })
    };
    let mut rows = Vec::new();
    if p.expected() > 0 {
        rows.push(row(["在路上", "在路上", "On the way"], p.expected()));
    }
    if p.held() > 0 {
        rows.push(row(
            ["待付款的订单留着", "待付款的訂單留著", "Kept for unpaid orders"],
            p.held(),
        ));
    }
    let lines = rules_of(here, p.terms);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    html! {
        section class="card stack" id="points" {
            p class="sub" { (here.pick(["可以用", "可以用", "To use"])) }
            p class="t1 num" { (points(here.lang, balance)) }
            @if p.terms.on && worth.minor > 0 {
                p class="note" { "≈ " (format::money(worth)) }
            }
            @if p.debt > 0 {
                p class="note neg" { (here.pick([
                    "退款扣回的比剩下的多，差的从以后得到的里先扣",
                    "退款扣回的比剩下的多，差的從以後得到的裡先扣",
                    "More was taken back with refunds than was left; what you earn next makes up \
                     for it first.",
                ])) }
            }
            @if !rows.is_empty() { (sum_list(&rows, None)) }
            @if p.terms.on {
                (rules(here.pick(["积分怎么算", "點數怎麼算", "How points work"]), &lines))
            }
        }
    }
}

fn waiting(here: &Here, all: &[WaitingRow]) -> Markup {
    let heading = here.pick(["在路上", "在路上", "On the way"]);
    html! {
        section class="card -flush" {
            div class="cell" { (card_head(heading)) }
            @for x in all {
                @let note = match x.due {
                    Some(due) => until_then(here, due),
                    None => release(here, x.release),
                };
                (line(here, x.goods.clone(), &note,
                    points(here.lang, x.points), x.order.map(|o| format!("/orders/{o}"))))
            }
        }
    }
}

fn until_then(here: &Here, due: rules::base::Moment) -> String {
    let day = format::date(here.lang, due, here.now, &here.zone());
    match here.lang {
        crate::words::Lang::En => format!("can be used from {day}"),
        crate::words::Lang::Hans => format!("{day}起能用"),
        crate::words::Lang::Hant => format!("{day}起能用"),
    }
}

fn line(here: &Here, what: String, note: &str, n: String, to: Option<String>) -> Markup {
    let cell = cell_of(html! { (what) }).note(note).end(html! { b class="num" { (n) } });
    match to {
        Some(to) => cell.to(&format!("{}{to}", here.base())).render(),
        None => cell.render(),
    }
}

fn lots(here: &Here, all: &[LotRow]) -> Markup {
    let heading = here.pick(["什么时候到期", "什麼時候到期", "When they end"]);
    html! {
        section class="card -flush" id="lots" {
            div class="cell" { (card_head(heading)) }
            @for x in all {
                @let since = format::date(here.lang, x.since, here.now, &here.zone());
                @let from = match x.order {
                    Some(_) => x.goods.clone(),
                    None => here.pick(["店家给的", "店家給的", "Given by the shop"]).to_string(),
                };
                @let kept = (x.held > 0).then(|| format!(" · {} {}",
                    here.pick(["留着", "留著", "kept"]), points(here.lang, x.held)));
                @let note = format!("{since} · {from}{}", kept.unwrap_or_default());
                (line(here, until(here, x.end), &note, points(here.lang, x.free),
                    x.order.map(|o| format!("/orders/{o}"))))
            }
        }
    }
}

fn changes(here: &Here, all: &[ChangeRow], later: bool) -> Markup {
    let (shown, more) = match all.get(PAGE) {
        Some(_) => (&all[..PAGE], true),
        None => (all, false),
    };
    let url = format!("{}/me/points", here.base());
    let next = shown.last().filter(|_| more).map(|x| format!("{url}?before={}", x.id));
    let first = later.then(|| url.clone());
    html! {
        section class="card -flush" id="changes" {
            div class="cell" { (card_head(here.pick(["明细", "明細", "Every change"]))) }
            @if shown.is_empty() {
                (empty_state(here.pick(["还没有积分", "還沒有點數", "No points yet"]),
                    here.pick(["付款后就能看到这单能得多少", "付款後就能看到這單能得多少",
                        "What an order earns shows here once it is paid."]), None))
            }
            @for x in shown {
                @let when = format::day_time(here.lang, x.at, here.now, &here.zone());
                @let of = match x.order {
                    Some(_) => x.goods.clone(),
                    None => x.reason.clone(),
                };
                @let note = if of.is_empty() { when } else { format!("{of} · {when}") };
                (line(here, kind(here, x).to_string(), &note, signed(here.lang, x.points),
                    x.order.map(|o| format!("/orders/{o}"))))
            }
            @if next.is_some() || first.is_some() {
                (pager(here.lang, "", first.as_deref(), next.as_deref()))
            }
        }
    }
}
