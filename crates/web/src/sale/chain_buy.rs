//! Ordering from a leader's list: what was chosen, who collects it, whether the name is shown.
use super::chain::{inside, runs};
use super::{Shot, chosen, leave, member_or_door, named, own_page, photo, shown_as, sum};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::spread::commission_words::label;
use crate::ui::card::{SumRow, sum_list};
use crate::ui::{
    Around, Choice, Tone, banner, card, field, item_row, price, price_ink, radio_list, switch,
};
use crate::who::Here;
use crate::words::{format, states};
use app::Stop;
use app::community::who::Who;
use app::sale::chains::ChainWish;
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, Refused, To};
use app::sale::start_payment::StartPayment;
use app::sale::views_chain::{ChainPage, OfferRow};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::ledger::Provider;

type Of = Path<(String, String)>;

/// What was put on the steppers: `q_var_… = 2`.
pub(super) fn wanted<'p>(p: &'p ChainPage, form: &Form) -> Vec<(&'p OfferRow, i64)> {
    let qty = |f: &OfferRow| form.int(&format!("q_{}", f.variant)).unwrap_or(0);
    p.offers.iter().map(|f| (f, qty(f))).filter(|(_, n)| *n > 0).collect()
}

/// Nothing was put on the steppers, or something that is no quantity.
fn unreadable(p: &ChainPage, form: &Form) -> Option<Refused> {
    let typed = |f: &OfferRow| form.get(&format!("q_{}", f.variant)).to_owned();
    let bad = |text: &String| !text.is_empty() && !text.parse().is_ok_and(|n: i64| n >= 0);
    if p.offers.iter().map(typed).any(|t| bad(&t)) {
        return Some(Refused::BadQuantity);
    }
    wanted(p, form).is_empty().then_some(Refused::NothingChosen)
}

pub(super) fn total(lines: &[(&OfferRow, i64)]) -> i64 {
    lines.iter().fold(0, |sum: i64, (f, n)| sum.saturating_add(f.price.saturating_mul(*n)))
}

/// `GET …/campaigns/{campaign}/order?q_…=`: the bill.
pub async fn bill(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let id: Id<id::Campaign> = named(&id)?;
    let list = format!("{}/campaigns/{id}", here.base());
    let query: Vec<String> = form
        .pairs()
        .filter(|(k, _)| k.starts_with("q_"))
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    let back = format!("{list}/order?{}", query.join("&"));
    let who = match member_or_door(&here, &back) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let p = inside(&house, &here, id).await?.ok_or(Sorry::NotFound)?;
    if !runs(&here, &p) {
        return Ok(leave(&here, &list));
    }
    if let Some(refused) = unreadable(&p, &form) {
        let label = label(&house, &here, &headers).await?;
        return Ok(super::chain::refused(&house, &here, (&p, &label), (&form, refused)));
    }
    let last = house.app.checkout(who.community, who.member).await?.last.unwrap_or_default();
    let mut typed = form.clone();
    typed.put("order", &house.app.mint::<id::Order>(here.now).to_string());
    typed.put("payment", &house.app.mint::<id::Payment>(here.now).to_string());
    typed.put("name", &last.0);
    typed.put("phone", &last.1);
    typed.put("named", "on");
    let label = label(&house, &here, &headers).await?;
    Ok(page(&house, &here, (&p, &label), &typed, None))
}

pub async fn place(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let id: Id<id::Campaign> = named(&id)?;
    let who = match member_or_door(&here, &format!("{}/campaigns/{id}", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let order = form.must_id::<id::Order>("order")?;
    let p = inside(&house, &here, id).await?.ok_or(Sorry::NotFound)?;
    if let Some(visitor) = crate::spread::visitor(&headers) {
        // links that were opened before signing in count for this order
        let known = house.app.known_visitor(here.now, who, visitor).await;
        known.unwrap_or_else(|stop| tracing::warn!(?stop, "links were not counted"));
    }
    let out = match order_of(who, order, &p, &form) {
        Ok(o) => house.app.place_order(here.now, o).await,
        Err(refused) => Err(refused.into()),
    };
    match out {
        Ok(placed) => pay_next(&house, &here, who, placed.order, &form).await,
        Err(Stop::Refused(r)) => {
            let label = label(&house, &here, &headers).await?;
            Ok(page(&house, &here, (&p, &label), &form, Some(r)))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

fn order_of(
    who: Who,
    id: Id<id::Order>,
    p: &ChainPage,
    form: &Form,
) -> Result<PlaceOrder, Refused> {
    let lines: Vec<_> = wanted(p, form).iter().map(|(f, n)| (f.variant, *n)).collect();
    if lines.is_empty() {
        return Err(Refused::NothingChosen);
    }
    let (recipient, phone) = (form.get("name").to_owned(), form.get("phone").to_owned());
    let named = form.all("named").any(|v| v == "on");
    Ok(PlaceOrder {
        who,
        id,
        lines,
        to: To::Pickup { group: p.row.group, recipient, phone },
        note: form.raw("note").to_owned(),
        provider: Provider::of(form.get("provider")).ok_or(Refused::ProviderNotHere)?,
        expected: form.int("expected"),
        source: None,
        seat: None,
        coupon: None,
        points: 0,
        wallet: FromWallet::Nothing,
        chain: Some(ChainWish { campaign: p.row.id, named, by: None }),
    })
}

/// The order stands; the attempt to pay it begins.
async fn pay_next(
    house: &House,
    here: &Here,
    who: Who,
    order: Id<id::Order>,
    form: &Form,
) -> Result<Response, Sorry> {
    if let (Some(provider), Some(id)) =
        (Provider::of(form.get("provider")), form.id::<id::Payment>("payment"))
    {
        let start = StartPayment { who, id, order, provider };
        match house.app.start_payment(here.now, start).await {
            Ok(_) | Err(Stop::Refused(_)) => {}
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(leave(here, &format!("{}/orders/{order}/pay", here.base())))
}

fn page(
    house: &House,
    here: &Here,
    (p, label): (&ChainPage, &Markup),
    form: &Form,
    refused: Option<Refused>,
) -> Response {
    let list = format!("{}/campaigns/{}", here.base(), p.row.id);
    let lines = wanted(p, form);
    let all = total(&lines);
    let title = here.pick(["确认跟团", "確認跟團", "Your order"]);
    let mut frame = own_page(here, title, list.clone());
    frame.bar = Some(html! {
        p class="note grow" { (here.pick(["付款后给跟团号", "付款後給跟團號",
            "You get your number when you pay"])) }
        button class="btn -primary" type="submit" form="buy" {
            (here.pick(["付", "付", "Pay"])) " " (format::money(sum(here, all)))
        }
    });
    let of = |name: &str| match refused {
        Some(Refused::BadRecipient) => name == "name",
        Some(Refused::BadPhone) => name == "phone",
        _ => false,
    };
    let error = |name: &str| refused.filter(|_| of(name)).map(|r| said(r, here.lang));
    let status = refused.map_or(200, |r| status_of(r.code()));
    let body = html! {
        @if let Some(r) = refused.filter(|_| !of("name") && !of("phone")) {
            (banner(said(r, here.lang), Tone::Danger))
        }
        form id="buy" class="stack -l" method="post" action={ (list) "/order" } {
            @for name in ["order", "payment"] {
                input type="hidden" name=(name) value=(form.get(name));
            }
            input type="hidden" name="expected" value=(all);
            @for (f, n) in &lines {
                input type="hidden" name={ "q_" (f.variant) } value=(n);
            }
            (card(handed_out(here, p)))
            (card(person(here, form, error)))
            (goods(here, &lines))
            (label)
            (paying(house, here, form))
            (card(sum_list(&[], Some(&SumRow::new(here.pick(["应付", "應付", "To pay"]),
                price(sum(here, all)))))))
        }
    };
    shown_as(StatusCode::from_u16(status).unwrap_or(StatusCode::CONFLICT), &frame, body)
}

/// Where and when the goods are.
fn handed_out(here: &Here, p: &ChainPage) -> Markup {
    let at = format::day_time(here.lang, p.row.arrives, here.now, &here.zone());
    let at = if p.hours.is_empty() { at } else { format!("{at} · {}", p.hours) };
    sum_list(
        &[
            SumRow::new(here.pick(["取货", "取貨", "Collect at"]), html! { (p.pickup) }),
            SumRow::new(here.pick(["到货", "到貨", "Arrives"]), html! { (at) }),
        ],
        None,
    )
}

fn person(here: &Here, form: &Form, error: impl Fn(&str) -> Option<&'static str>) -> Markup {
    html! {
        (field::text("name", here.pick(["取货人", "取貨人", "Who collects"]), form.get("name"))
            .error(error("name")).autofill("name").most(40))
        (field::phone("phone", here.pick(["手机号", "手機號碼", "Phone"]), form.get("phone"))
            .error(error("phone")).most(20))
        (field::text("note", here.pick(["留言", "留言", "Note"]), form.get("note")).most(300))
        (switch("named", here.pick(["名字给邻居看", "名字給鄰居看", "Neighbours see my name"]),
            Some(here.pick(["关掉就显示「匿名邻居」", "關掉就顯示「匿名鄰居」",
                "Off: the list says “A neighbour”"])),
            form.all("named").any(|v| v == "on")))
    }
}

fn goods(here: &Here, lines: &[(&OfferRow, i64)]) -> Markup {
    let shots: Vec<Shot> = lines.iter().map(|(f, _)| Shot::of_offer(f)).collect();
    card(html! {
        @for ((f, n), shot) in lines.iter().zip(&shots) {
            @let note = match f.choices.is_empty() {
                true => format!("×{n}"),
                false => format!("{} ×{n}", chosen(&f.choices)),
            };
            (item_row(&photo(shot), &f.title, &note,
                price_ink(sum(here, f.price.saturating_mul(*n)))))
        }
    })
}

fn paying(house: &House, here: &Here, form: &Form) -> Markup {
    let all: Vec<Provider> =
        Provider::ALL.iter().copied().filter(|p| house.app.pays_by(*p)).collect();
    let on = Provider::of(form.get("provider")).or(all.first().copied());
    let choices: Vec<(Choice, Option<&str>)> = all
        .iter()
        .map(|p| (Choice::new(p.code(), states::provider(here.lang, *p), Some(*p) == on), None))
        .collect();
    card(radio_list(
        Around::new("provider", here.pick(["支付方式", "付款方式", "Pay with"])),
        &choices,
    ))
}
