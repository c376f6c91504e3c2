//! The board of a group buy: by product, by neighbour, by team. What comes to the group's own point
//! stands apart from what goes elsewhere, and from what still waits for its team.
use super::super::{Shot, own_page, photo, shown, sum};
use super::buys::{self, LedOne, led};
use super::{Of, board, lists};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    Tab, Tone, banner, button, card, card_head, countdown, empty_state, pick_row, tabs, tag, thumb,
};
use crate::who::Here;
use crate::words::{Lang, format, states};
use app::sale::views_board::BoardRow;
use app::sale::views_buy_board::{Fate, SeatedRow, SeatedTeam};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::sale::group_buy::TeamState;
use rules::sale::line::State as Stand;

const TABS: [(&str, [&str; 3]); 3] = [
    ("product", ["按商品", "按商品", "By product"]),
    ("buyer", ["按人", "按人", "By neighbour"]),
    ("team", ["按团", "按團", "By team"]),
];

/// The orders of a group buy, by where they go.
#[derive(Default)]
struct Sorted {
    here: Vec<BoardRow>,
    elsewhere: Vec<BoardRow>,
    waits: Vec<BoardRow>,
}

fn sorted(rows: &[SeatedRow]) -> Sorted {
    let mut out = Sorted::default();
    // what was given back whole after its team was complete comes to nobody
    for s in rows.iter().filter(|s| s.row.units() > 0) {
        match s.fate() {
            Fate::Comes if s.here => out.here.push(s.row.clone()),
            Fate::Comes => out.elsewhere.push(s.row.clone()),
            Fate::Waits => out.waits.push(s.row.clone()),
            Fate::Gone => {}
        }
    }
    out
}

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
    let k = &led.buy.row;
    let rows = house.app.buy_board(led.who.community, k.id).await?;
    let all = sorted(&rows);
    let mut frame = own_page(&here, &k.title, format!("{}/lead/buys", here.base()));
    frame.top = crate::ui::Top::Bar {
        title: k.title.clone(),
        sub: Some(coming(&here, &all)),
        back: Some(format!("{}/lead/buys", here.base())),
        end: None,
    };
    frame.bar = bar(&here, &led, &all.here);
    let on = TABS.iter().position(|(code, _)| *code == form.get("tab")).unwrap_or(0);
    let hrefs = TABS.map(|(code, _)| led.path(&here, &format!("?tab={code}")));
    let items: Vec<Tab> = TABS
        .iter()
        .zip(&hrefs)
        .enumerate()
        .map(|(i, ((_, words), href))| Tab::new(here.pick(*words), href, i == on))
        .collect();
    let closed = here.pick(["已经关闭", "已經關閉", "It is closed."]);
    let body = html! {
        @if form.get("done") == "1" && !buys::running(&here, &led.buy) {
            (banner(closed, Tone::Green))
        }
        (stands(&here, &led))
        (tabs(here.pick(["看板", "看板", "Board"]), &items, true))
        @if rows.is_empty() {
            (empty_state(here.pick(["还没有人付款", "還沒有人付款", "Nobody has paid yet"]), "", None))
        } @else if on == 2 {
            (by_team(&here, &rows))
        } @else {
            (parted(&here, &led, &all, on == 1))
        }
    };
    Ok(shown(&frame, body))
}

/// `3 orders · 4 units come`.
fn coming(here: &Here, all: &Sorted) -> String {
    let sure = || all.here.iter().chain(&all.elsewhere);
    let (orders, units) = (sure().count(), sure().map(BoardRow::units).sum::<i64>());
    let kept = sure().map(|r| r.total - r.refunded).sum::<i64>();
    let money = format::money(sum(here, kept));
    match here.lang {
        Lang::En => format!("Complete: {orders} orders · {units} units · {money}"),
        Lang::Hans => format!("成团 {orders} 单 · {units} 件 · {money}"),
        Lang::Hant => format!("成團 {orders} 單 · {units} 件 · {money}"),
    }
}

fn stands(here: &Here, led: &LedOne) -> Markup {
    let seen = format!("{}/campaigns/{}", here.base(), led.buy.row.id);
    let open = buys::running(here, &led.buy);
    card(html! {
        div class="row -wrap" {
            (buys::state(here, &led.buy))
            @if open {
                span class="note" { (here.pick(["剩 ", "剩 ", "closes in "]))
                    (countdown(here.lang, led.buy.row.ends, here.now)) }
            }
            span class="end" { a class="more" href=(seen) {
                (here.pick(["邻居看到的", "鄰居看到的", "What neighbours see"])) } }
        }
        p class="note" { (buys::teams(here, &led.buy)) }
        @if led.may_close(here) {
            (button(here.pick(["提前关闭", "提前關閉", "Close early"])).small()
                .to(&led.path(here, "/close")))
        }
    })
}

/// What is to be done at the point, if anything is.
fn bar(here: &Here, led: &LedOne, rows: &[BoardRow]) -> Option<Markup> {
    let has = |s: Stand| rows.iter().any(|r| r.lines.iter().any(|l| l.state == s));
    let at = format!("{}/handout?group={}", here.base(), led.buy.group);
    let (arrive, collect) = (has(Stand::ToFulfil), has(Stand::ReadyForPickup));
    (arrive || collect).then(|| {
        html! {
            @if arrive {
                a class={ "btn grow" @if !collect { " -primary" } } href={ (at) "&tab=packing" } {
                    (here.pick(["标到货", "標到貨", "Mark arrived"]))
                }
            }
            @if collect {
                a class="btn -primary grow" href=(at) { (here.pick(["交货", "交貨", "Hand out"])) }
            }
        }
    })
}

/// By product or by neighbour: what comes here, what goes elsewhere, what is not sure yet.
fn parted(here: &Here, led: &LedOne, all: &Sorted, buyers: bool) -> Markup {
    let one = |rows: &[BoardRow]| match buyers {
        true => board::by_buyer(here, &lists::packs(rows)),
        false => by_product(here, led, rows),
    };
    let p = |words| here.pick(words);
    html! {
        @if !all.here.is_empty() {
            (part(p(["到我们自提点", "到我們自取點", "Comes to our point"]), one(&all.here)))
        }
        @if !all.elsewhere.is_empty() {
            (part(p(["寄走或在别处取", "寄走或在別處取", "Sent, or collected elsewhere"]),
                one(&all.elsewhere)))
        }
        @if !all.waits.is_empty() {
            (part(p(["还没成团", "還沒成團", "Team not complete yet"]), one(&all.waits)))
        }
        @if all.here.is_empty() && all.elsewhere.is_empty() && all.waits.is_empty() {
            (empty_state(p(["没有要到的货", "沒有要到的貨", "Nothing is to come"]),
                p(["没成团的都退款了", "沒成團的都退款了",
                    "Who was in a team that did not fill gets the money back."]), None))
        }
    }
}

fn part(title: &str, body: Markup) -> Markup {
    html! { div class="sect" { h2 class="t2" { (title) } } (body) }
}

fn by_product(here: &Here, led: &LedOne, rows: &[BoardRow]) -> Markup {
    let shot = Shot::of_campaign(&led.buy.row);
    let all = lists::bought(rows);
    card(html! {
        ul { @for b in all.iter().filter(|b| b.units > 0) {
            (pick_row(thumb(&photo(&shot), 64), &b.name, &format::money(sum(here, b.amount)),
                html! { span class="pick-n" { (b.units) span class="note" {
                    (here.pick([" 件", " 件", ""])) } } }))
        } }
    })
}

/// The teams in the order of their first seat.
fn by_team(here: &Here, rows: &[SeatedRow]) -> Markup {
    let mut teams: Vec<(SeatedTeam, Vec<&SeatedRow>)> = Vec::new();
    for s in rows {
        match teams.iter_mut().find(|(t, _)| t.id == s.team.id) {
            Some((_, seats)) => seats.push(s),
            None => teams.push((s.team, vec![s])),
        }
    }
    html! { @for (team, seats) in &teams { (one_team(here, team, seats)) } }
}

fn one_team(here: &Here, t: &SeatedTeam, seats: &[&SeatedRow]) -> Markup {
    let (words, tone) = match t.state {
        TeamState::Open => (["还在拼", "還在湊", "Filling"], Tone::Accent),
        TeamState::Filled => (["成团", "成團", "Complete"], Tone::Green),
        TeamState::Failing => (["退款中", "退款中", "Being refunded"], Tone::Gold),
        TeamState::Failed => (["没成团", "沒成團", "Not complete"], Tone::Plain),
    };
    card(html! {
        (card_head(&format!("{}/{}", t.members, t.size)))
        p class="row" {
            (tag(here.pick(words), tone))
            @if t.state == TeamState::Open {
                span class="note" { (here.pick(["剩 ", "剩 ", "ends in "]))
                    (countdown(here.lang, t.deadline, here.now)) }
            }
        }
        ul { @for s in seats { (seat(here, s)) } }
    })
}

fn seat(here: &Here, s: &SeatedRow) -> Markup {
    let row = &s.row;
    html! {
        li class="pick" {
            span class="no" { "#" (row.number) }
            div class="grow" {
                p class="t3" { (row.recipient) " " span class="note" { (row.phone) } }
                p class="note" {
                    (lists::row_items(row))
                    @if !s.here {
                        " · " (here.pick(["寄走或在别处取", "寄走或在別處取", "elsewhere"]))
                    }
                }
                @if !row.note.is_empty() { p class="note" { "“" (row.note) "”" } }
            }
            (tag(states::order_state(here.lang, row.state), states::order_tone(row.state)))
        }
    }
}
