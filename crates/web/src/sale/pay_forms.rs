//! The forms of the payment page: another way to pay, the demo provider, the slip of a transfer.
use super::pay::{Told, own_order, page};
use super::{leave, member_or_door, private};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::who::Here;
use app::Stop;
use app::sale::give_proof::GiveProof;
use app::sale::start_payment::{self, StartPayment};
use app::sale::views::OrderPage;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Id, id};
use rules::ledger::Provider;

fn status(code: &str) -> StatusCode {
    StatusCode::from_u16(status_of(code)).unwrap_or(StatusCode::CONFLICT)
}

fn pay_page(here: &Here, order: &OrderPage) -> String {
    format!("{}/orders/{}/pay", here.base(), order.row.id)
}

/// The payment named in the form, if it belongs to this order.
fn payment_of(form: &Form, order: &OrderPage) -> Result<Id<id::Payment>, Sorry> {
    let id = form.must_id::<id::Payment>("payment")?;
    order.payments.iter().any(|p| p.id == id).then_some(id).ok_or(Sorry::NotFound)
}

pub async fn start(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let order = own_order(&house, &here, who, &id).await?;
    let payment = form.must_id("payment")?;
    let out = match Provider::of(form.get("provider")) {
        Some(provider) => {
            let start = StartPayment { who, id: payment, order: order.row.id, provider };
            house.app.start_payment(here.now, start).await
        }
        None => Err(Stop::Refused(start_payment::Refused::ProviderNotHere)),
    };
    match out {
        Ok(_) => Ok(leave(&here, &pay_page(&here, &order))),
        Err(Stop::Refused(r)) => {
            let told = Told { refused: Some(said(r, here.lang)), ..Told::default() };
            page(&house, &here, &order, told, status(r.code())).await
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

/// A button of the demo provider: its signed news goes the way of every callback.
pub async fn sandbox(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let order = own_order(&house, &here, who, &id).await?;
    let payment = payment_of(&form, &order)?;
    let outcome = form.get("outcome");
    let (paid, times) = match outcome {
        "paid" => (true, 1),
        "twice" => (true, 2),
        "failed" => (false, 1),
        _ => return Err(Sorry::Malformed),
    };
    for _ in 0..times {
        match house.app.sandbox_pay(here.now, here.place.id, payment, paid).await {
            Ok(_) => {}
            Err(Stop::Refused(r)) => {
                let told = Told { refused: Some(said(r, here.lang)), ..Told::default() };
                return page(&house, &here, &order, told, status(r.code())).await;
            }
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    let told = if outcome == "twice" { "?told=twice" } else { "" };
    Ok(leave(&here, &format!("{}{told}", pay_page(&here, &order))))
}

/// The buyer says it is transferred and gives the slip's number.
pub async fn proof(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let order = own_order(&house, &here, who, &id).await?;
    let payment = payment_of(&form, &order)?;
    let slip = form.get("slip").to_owned();
    let (pictures, bad) = private::store(&house, order.row.id, &form, ("picture", 1)).await?;
    if let Some(no) = bad {
        let picture_error = Some(said(no, here.lang));
        let told = Told { slip: &slip, picture_error, ..Told::default() };
        return page(&house, &here, &order, told, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let picture = pictures.first().cloned().unwrap_or_default();
    let given = GiveProof { who, payment, slip: slip.clone(), picture };
    match house.app.give_proof(here.now, given).await {
        Ok(()) => Ok(leave(&here, &pay_page(&here, &order))),
        Err(Stop::Refused(r)) => {
            let slip_error = Some(said(r, here.lang));
            let told = Told { slip: &slip, slip_error, picture: &pictures, ..Told::default() };
            page(&house, &here, &order, told, status(r.code())).await
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}
