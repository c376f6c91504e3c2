//! A list pasted from a chat outside: each line with what was understood, mended in place, then
//! ordered at once. Nothing is ordered while a line is unclear.
use super::super::{leave, shown_as};
use super::paste_view::{Before, Seen, empty, frame, page};
use super::{Led, Of, led, status};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::who::Here;
use app::Stop;
use app::sale::import_list::{At, ImportList, Pasted};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::id;
use rules::sale::pasted::{self, Row};
use rules::sale::pasted_lines::LINES;
use rules::sale::pasted_words::Good;

/// One line on its way: what stands in its field, and the numbers its order will have.
pub(super) struct Line {
    /// Its number in the chat outside, where it has one.
    pub number: String,
    pub text: String,
    pub id: String,
    pub payment: String,
    /// She leaves it out.
    pub skip: bool,
    pub row: Row,
}

fn goods(led: &Led) -> Vec<Good> {
    led.page.offers.iter().map(|f| Good::new(&f.title, &f.choices.join(" "))).collect()
}

/// The pasted text as lines with fresh numbers, or the lines of the page before with theirs.
fn lines(house: &House, here: &Here, led: &Led, form: &Form) -> Vec<Line> {
    let list = goods(led);
    if form.has("text") {
        let all = pasted::people(form.raw("text"), &list);
        // one more than can be, to tell so
        let line = |(number, text): (Option<u32>, String)| Line {
            number: number.map(|n| n.to_string()).unwrap_or_default(),
            id: house.app.mint::<id::Order>(here.now).to_string(),
            payment: house.app.mint::<id::Payment>(here.now).to_string(),
            skip: false,
            row: pasted::read(&text, &list),
            text,
        };
        return all.into_iter().take(LINES + 1).map(line).collect();
    }
    let one = |k: usize| {
        let of = |name: &str| form.get(&format!("{name}_{k}")).to_owned();
        form.has(&format!("id_{k}")).then(|| Line {
            number: of("number"),
            id: of("id"),
            payment: of("payment"),
            skip: of("skip") == "on",
            row: pasted::read(&of("line"), &list),
            text: of("line"),
        })
    };
    (0..LINES).map_while(one).collect()
}

/// Who of outside is on the list already, each with the running number: a chat sends its list
/// again with every name that was added.
async fn before(house: &House, led: &Led) -> Result<Before, Sorry> {
    let rows = house.app.chain_board(led.who.community, led.page.row.id).await?;
    let rows = rows.into_iter().filter(|r| r.outside && r.units() > 0);
    Ok(rows.map(|r| (r.recipient, r.order.to_string(), r.number)).collect())
}

pub async fn form(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
) -> Result<Response, Sorry> {
    match led(&house, &here, &id).await? {
        Ok(led) => Ok(shown_as(StatusCode::OK, &frame(&here, &led), empty(&here, &led, None))),
        Err(door) => Ok(door),
    }
}

pub async fn send(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let mut all = lines(&house, &here, &led, &form);
    if all.is_empty() || all.len() > LINES {
        let none = empty(&here, &led, Some((form.raw("text"), all.len())));
        return Ok(shown_as(StatusCode::UNPROCESSABLE_ENTITY, &frame(&here, &led), none));
    }
    let phone = match form.has("phone") {
        true => form.get("phone").to_owned(),
        false => own_phone(&house, &led).await?,
    };
    let before = before(&house, &led).await?;
    if form.has("text") {
        all.iter_mut().for_each(|l| l.skip = before.iter().any(|(name, ..)| *name == l.row.name));
    }
    let clear = |l: &Line| l.skip || l.row.wrong.is_none();
    let seen = Seen { all: &all, before: &before, phone: &phone };
    if form.get("act") != "order" {
        return Ok(page(&here, &led, &seen, None));
    }
    if !all.iter().all(clear) || all.iter().all(|l| l.skip) {
        let why = here.pick([
            "还有看不懂的行：改好，或者勾上「这行不要」",
            "還有看不懂的行：改好，或者勾上「這行不要」",
            "Some lines are not clear yet: mend them or leave them out.",
        ]);
        return Ok(page(&here, &led, &seen, Some((None, why, 422))));
    }
    order(&house, &here, &led, &seen).await
}

/// What the leader called herself last time on an order.
async fn own_phone(house: &House, led: &Led) -> Result<String, Sorry> {
    let all = house.app.neighbours(led.who.community, led.page.row.group).await?;
    let mine = all.into_iter().find(|n| n.member == led.who.member);
    Ok(mine.map(|n| n.phone).unwrap_or_default())
}

async fn order(house: &House, here: &Here, led: &Led, seen: &Seen<'_>) -> Result<Response, Sorry> {
    let wanted: Vec<(usize, &Line)> =
        seen.all.iter().enumerate().filter(|(_, l)| !l.skip).collect();
    let one = |l: &Line| {
        let lines = l.row.goods.iter().map(|(k, n)| (led.page.offers[*k].variant, *n));
        Some(Pasted {
            id: rules::base::Id::parse(&l.id)?,
            payment: rules::base::Id::parse(&l.payment)?,
            name: l.row.name.clone(),
            phone: if l.row.phone.is_empty() { seen.phone.to_owned() } else { l.row.phone.clone() },
            note: l.row.note.clone(),
            lines: lines.collect(),
        })
    };
    let orders: Option<Vec<Pasted>> = wanted.iter().map(|(_, l)| one(l)).collect();
    let orders = orders.ok_or(Sorry::Malformed)?;
    let cmd = ImportList { who: led.who, campaign: led.page.row.id, orders };
    match house.app.import_list(here.now, cmd).await {
        Ok(placed) => {
            let to = led.path(here, &format!("?tab=number&done={}", placed.len()));
            Ok(leave(here, &to))
        }
        Err(Stop::Refused(At { order, why })) => {
            let at = wanted.get(order).map(|(k, _)| *k);
            let code = status(why.code()).as_u16();
            Ok(page(here, led, seen, Some((at, said(why, here.lang), code))))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}
