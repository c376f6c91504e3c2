//! Handing out at the pick-up point, on the leader's phone: a code, a name in large type, done.
use super::{Shot, chosen, handout_undo, leave, member_or_door, own_page, photo, shown_as};
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::{
    Tab, Tone, banner, button, card, card_head, empty_state, field, icon_s, pick_row, tabs, thumb,
};
use crate::who::Here;
use crate::words::{Lang, Say};
use app::Stop;
use app::community::who::Who;
use app::sale::hand_out;
use app::sale::views::{OrderRow, PickupPoint};
use app::sale::views_lead::Given;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::group::GroupRole;
use rules::community::role::Right;
use rules::sale::line::State as Stand;
use rules::sale::order::{Delivery, read_pickup_code};

/// Orders looked through at once when no point is chosen.
const PAGE: i64 = 200;

/// What the leader asked for.
pub(super) struct Asked {
    group: Option<Id<id::Group>>,
    code: String,
    /// The list of goods that have not arrived yet.
    packing: bool,
    /// What was just handed out, or taken back.
    pub done: Option<Id<id::HandOut>>,
}

impl Asked {
    pub fn of(form: &Form) -> Asked {
        let packing = form.get("tab") == "packing";
        let code = form.get("code").to_owned();
        Asked { group: form.id("group"), code, packing, done: form.id("done") }
    }
    pub fn address(&self, here: &Here, more: &str) -> String {
        let group = self.group.map(|g| format!("group={g}&")).unwrap_or_default();
        format!("{}/handout?{group}{more}", here.base())
    }
}

/// What the page is made of.
struct Seen {
    points: Vec<PickupPoint>,
    /// Orders of the chosen list.
    rows: Vec<OrderRow>,
    /// The order the typed code belongs to.
    found: Option<OrderRow>,
    /// The number of a hand-out made from this page.
    id: Id<id::HandOut>,
    done: Option<Given>,
    refused: Option<(StatusCode, &'static str)>,
}

pub async fn handout(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let asked = Asked::of(&form);
    let mut seen = look(&house, &here, who, &asked).await?;
    if !asked.code.is_empty() && seen.found.is_none() {
        let no = match read_pickup_code(&asked.code) {
            Some(_) => hand_out::Refused::NoSuchCode,
            None => hand_out::Refused::BadCode,
        };
        seen.refused = Some((status(no.code()), said(no, here.lang)));
    }
    Ok(page(&here, &asked, &seen))
}

/// The goods change hands.
pub async fn hand(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &format!("{}/handout", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let asked = Asked::of(&form);
    let id = form.must_id("id")?;
    match house.app.hand_out(here.now, who, id, asked.code.clone()).await {
        Ok(_) => Ok(leave(&here, &asked.address(&here, &format!("done={id}")))),
        Err(stop) => refuse(&house, &here, who, &asked, stop).await,
    }
}

/// The goods lie at the point: the buyer gets a code.
pub async fn ready(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &format!("{}/handout", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let asked = Asked { packing: true, ..Asked::of(&form) };
    match house.app.mark_ready(here.now, who, form.must_id("order")?).await {
        Ok(_) => Ok(leave(&here, &asked.address(&here, "tab=packing"))),
        Err(stop) => refuse(&house, &here, who, &asked, stop).await,
    }
}

pub(super) async fn refuse<R: Say>(
    house: &House,
    here: &Here,
    who: Who,
    asked: &Asked,
    stop: Stop<R>,
) -> Result<Response, Sorry> {
    let no = match stop {
        Stop::Refused(no) => no,
        Stop::Fault(fault) => return Err(fault.into()),
    };
    let mut seen = look(house, here, who, asked).await?;
    seen.refused = Some((status(no.code()), said(no, here.lang)));
    Ok(page(here, asked, &seen))
}

fn status(code: &str) -> StatusCode {
    StatusCode::from_u16(status_of(code)).unwrap_or(StatusCode::CONFLICT)
}

/// The points this member looks after: all of them with the right to orders, else the groups
/// they lead or help to run. Handing out itself is decided by the verb.
async fn points_of(house: &House, here: &Here, who: Who) -> Result<Vec<PickupPoint>, Sorry> {
    let mut points = house.app.checkout(here.place.id, who.member).await?.points;
    if !who.rights.may(Right::Orders) {
        let mine = house.app.my_groups(here.place.id, who.member).await?;
        let tends = |role| matches!(role, GroupRole::Leader | GroupRole::Council);
        points.retain(|p| mine.iter().any(|g| g.id == p.group && tends(g.role)));
        if points.is_empty() {
            return Err(Sorry::NotAllowed);
        }
    }
    Ok(points)
}

async fn look(house: &House, here: &Here, who: Who, asked: &Asked) -> Result<Seen, Sorry> {
    let c = here.place.id;
    let stand = if asked.packing { Stand::ToFulfil } else { Stand::ReadyForPickup };
    let points = points_of(house, here, who).await?;
    let all = who.rights.may(Right::Orders);
    let mut rows = match asked.group {
        None if all => house.app.orders(c, Some(stand), None, PAGE).await?,
        group => {
            let mut rows = Vec::new();
            for p in points.iter().filter(|p| group.is_none_or(|g| g == p.group)) {
                rows.extend(house.app.orders_at(c, p.group, stand).await?);
            }
            rows
        }
    };
    rows.retain(|r| r.delivery == Delivery::Pickup);
    let found = match read_pickup_code(&asked.code) {
        Some(code) if all => by_code(house, here, &code).await?,
        Some(code) => {
            let mut found = None;
            for p in &points {
                let ready = house.app.orders_at(c, p.group, Stand::ReadyForPickup).await?;
                found = found.or(ready.into_iter().find(|r| r.pickup_code == code));
            }
            found
        }
        None => None,
    };
    let done = handout_undo::given(house, who, asked).await?;
    let id = house.app.mint(here.now);
    Ok(Seen { points, rows, found, id, done, refused: None })
}

/// The open order with this code, wherever it lies.
async fn by_code(house: &House, here: &Here, code: &str) -> Result<Option<OrderRow>, Sorry> {
    let mut before = None;
    loop {
        let ready = Some(Stand::ReadyForPickup);
        let rows = house.app.orders(here.place.id, ready, before, PAGE).await?;
        before = rows.last().map(|r| r.id);
        let all = rows.len() < PAGE as usize;
        if let Some(found) = rows.into_iter().find(|r| r.pickup_code == code) {
            return Ok(Some(found));
        }
        if all {
            return Ok(None);
        }
    }
}

fn page(here: &Here, asked: &Asked, seen: &Seen) -> Response {
    let title = here.pick(["交货", "交貨", "Hand out"]);
    let mut page = own_page(here, title, here.base());
    page.bar = seen.found.as_ref().map(|row| give_bar(here, asked, row, seen.id));
    let body = html! {
        @if let Some((_, why)) = seen.refused { (banner(why, Tone::Danger)) }
        @if let Some(given) = &seen.done {
            (handout_undo::told(here, asked, given, seen.refused.is_some()))
        }
        @match &seen.found {
            Some(row) => (person(here, asked, row)),
            None => {
                (code_form(here, asked))
                (points(here, asked, &seen.points))
                (lists(here, asked))
                (waiting(here, asked, &seen.rows))
            }
        }
    };
    shown_as(seen.refused.map_or(StatusCode::OK, |r| r.0), &page, body)
}

pub(super) fn group_field(asked: &Asked) -> Markup {
    html! { @if let Some(g) = asked.group { input type="hidden" name="group" value=(g); } }
}

fn code_form(here: &Here, asked: &Asked) -> Markup {
    let label = here.pick(["取件码", "取件碼", "Pick-up code"]);
    html! {
        form class="card" method="get" action={ (here.base()) "/handout" } {
            (group_field(asked))
            (field::code("code", label, &asked.code).most(9))
            (button(here.pick(["查一下", "查一下", "Look it up"])).primary().block().submit())
        }
    }
}

fn points(here: &Here, asked: &Asked, all: &[PickupPoint]) -> Markup {
    let href = |g: Option<Id<id::Group>>| {
        let tab = if asked.packing { "tab=packing" } else { "" };
        Asked { group: g, code: String::new(), packing: false, done: None }.address(here, tab)
    };
    html! {
        @if !all.is_empty() {
            nav class="chips" aria-label=(here.pick(["自提点", "自取點", "Pick-up points"])) {
                a class="chip" href=(href(None))
                    aria-current=[asked.group.is_none().then_some("page")] {
                    (here.pick(["全部", "全部", "All"]))
                }
                @for p in all {
                    @let on = asked.group == Some(p.group);
                    a class="chip" href=(href(Some(p.group))) aria-current=[on.then_some("page")] {
                        (p.name)
                    }
                }
            }
        }
    }
}

fn lists(here: &Here, asked: &Asked) -> Markup {
    let (ready, packing) = (asked.address(here, ""), asked.address(here, "tab=packing"));
    let items = [
        Tab::new(here.pick(["待取", "待取", "To collect"]), &ready, !asked.packing),
        Tab::new(here.pick(["等到货", "等到貨", "To arrive"]), &packing, asked.packing),
    ];
    tabs(here.pick(["清单", "清單", "Lists"]), &items, false)
}

fn pieces(row: &OrderRow) -> i64 {
    row.lines.iter().map(|l| l.qty - l.refunded_qty).sum()
}

fn waiting(here: &Here, asked: &Asked, rows: &[OrderRow]) -> Markup {
    if rows.is_empty() {
        return empty_state(
            here.pick(["都办完了", "都辦完了", "Nothing waits"]),
            here.pick(["有新的会出现在这里", "有新的會出現在這裡", "New ones show up here."]),
            None,
        );
    }
    card(html! {
        ul { @for row in rows { (waiting_row(here, asked, row)) } }
    })
}

fn waiting_row(here: &Here, asked: &Asked, row: &OrderRow) -> Markup {
    let what: Vec<String> =
        row.lines.iter().map(|l| format!("{} ×{}", l.title, l.qty - l.refunded_qty)).collect();
    let end = match asked.packing {
        true => html! {
            form method="post" action={ (here.base()) "/handout/ready" } {
                (group_field(asked))
                input type="hidden" name="order" value=(row.id);
                (button(here.pick(["到货", "到貨", "Arrived"])).small().submit())
            }
        },
        false => {
            let code = format!("code={}", query_value(&row.pickup_code));
            html! { (button(here.pick(["交付", "交付", "Hand over"])).small()
            .to(&asked.address(here, &code))) }
        }
    };
    pick_row(html! {}, &row.recipient, &what.join("、"), end)
}

/// Whose goods these are, large enough to read across a counter.
fn person(here: &Here, asked: &Asked, row: &OrderRow) -> Markup {
    let shots: Vec<Shot> = row.lines.iter().map(Shot::of_line).collect();
    let other = asked.address(here, "");
    html! {
        div class="slots" aria-hidden="true" { @for d in row.pickup_code.chars() { i { (d) } } }
        p class="sr" { (here.pick(["取件码 ", "取件碼 ", "Code "])) (row.pickup_code) }
        (card(html! {
            p class="bigname" { (row.recipient) }
            p class="sub" { (row.buyer) " · " (row.pickup_text) }
            hr;
            ul {
                @for (l, shot) in row.lines.iter().zip(&shots) {
                    @let n = l.qty - l.refunded_qty;
                    (pick_row(thumb(&photo(shot), 40), &l.title, &chosen(&l.choices),
                        html! { span class="pick-n" { "×" (n) } }))
                }
            }
        }))
        (card(html! {
            (card_head(here.pick(["不是这一单？", "不是這一單？", "Not this one?"])))
            (button(here.pick(["换一个取件码", "換一個取件碼", "Another code"])).block().to(&other))
        }))
    }
}

fn give_bar(here: &Here, asked: &Asked, row: &OrderRow, id: Id<id::HandOut>) -> Markup {
    let n = pieces(row);
    let words = match here.lang {
        Lang::Hans => format!("交给{}，共 {n} 件", row.recipient),
        Lang::Hant => format!("交給{}，共 {n} 件", row.recipient),
        Lang::En => format!("Hand {n} to {}", row.recipient),
    };
    html! {
        form class="row grow" method="post" action={ (here.base()) "/handout" } {
            (group_field(asked))
            input type="hidden" name="id" value=(id);
            input type="hidden" name="code" value=(row.pickup_code);
            button class="btn -primary grow" type="submit" {
                (icon_s(crate::ui::Icon::Check)) (words)
            }
        }
    }
}
