//! What the forms of an order's page do.
use super::frame::{self, No, at, no, see, unfit};
use super::order;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::who::Here;
use crate::words::Say;
use app::Stop;
use app::sale::cancel_order::CancelOrder;
use app::sale::ship_order::ShipOrder;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use rules::base::{Id, id};
use rules::community::role::Right;

type Of = Path<(String, String)>;
type Answer = Result<Response, Sorry>;

pub(super) fn order_of(text: &str) -> Result<Id<id::Order>, Sorry> {
    Id::parse(text).ok_or(Sorry::NotFound)
}

/// Back to the page: with what was done, or with the sentence and the fields as typed.
pub(super) async fn after<T, R: Say>(
    house: &House,
    here: &Here,
    order: &str,
    form: &Form,
    (did, done): (Result<T, Stop<R>>, &str),
) -> Answer {
    match did {
        Ok(_) => match form.get("back") {
            list @ ("proofs" | "refunds") => {
                Ok(see(&at(here, &format!("/ledger/{list}?done={done}"))))
            }
            _ => Ok(see(&at(here, &format!("/orders/{order}?done={done}")))),
        },
        Err(stop) => {
            let no = no(here, stop)?;
            again(house, here, order, form, no).await
        }
    }
}

pub(super) async fn again(house: &House, here: &Here, order: &str, form: &Form, no: No) -> Answer {
    let page = order::shown(house, here, order, form, Some(no)).await?;
    Ok((no.status, page).into_response())
}

pub async fn ship(
    State(house): State<House>,
    here: Here,
    Path((_, order)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::ORDERS)?;
    let lines: Vec<Id<id::Line>> = form.all("line").filter_map(Id::parse).collect();
    if form.has("choose") && lines.is_empty() {
        let says = ["请勾选包裹里的商品", "請勾選包裹裡的商品", "Tick what is in this parcel."];
        return again(&house, &here, &order, &form, unfit(&here, says)).await;
    }
    let ship = ShipOrder {
        who,
        parcel: form.must_id("parcel")?,
        order: order_of(&order)?,
        lines,
        carrier: form.get("carrier").to_string(),
        tracking: form.get("tracking").to_string(),
    };
    let did = house.app.ship_order(here.now, ship).await;
    after(&house, &here, &order, &form, (did, "shipped")).await
}

pub async fn ready(
    State(house): State<House>,
    here: Here,
    Path((_, order)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::ORDERS)?;
    let did = house.app.mark_ready(here.now, who, order_of(&order)?).await;
    after(&house, &here, &order, &form, (did, "ready")).await
}

pub async fn cancel(
    State(house): State<House>,
    here: Here,
    Path((_, order)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::ORDERS)?;
    let cancel = CancelOrder { who, order: order_of(&order)?, refund: form.must_id("refund")? };
    let did = house.app.cancel_order(here.now, cancel).await;
    after(&house, &here, &order, &form, (did, "cancelled")).await
}

pub async fn confirm(
    State(house): State<House>,
    here: Here,
    Path((_, order)): Of,
    form: Form,
) -> Answer {
    let who = here.may(Right::Money)?;
    let did = house.app.confirm_proof(here.now, who, form.must_id("payment")?).await;
    after(&house, &here, &order, &form, (did, "confirmed")).await
}

pub async fn refuse(
    State(house): State<House>,
    here: Here,
    Path((_, order)): Of,
    form: Form,
) -> Answer {
    let who = here.may(Right::Money)?;
    let (payment, why) = (form.must_id("payment")?, form.get("reason").to_string());
    let did = house.app.refuse_proof(here.now, who, payment, why).await;
    after(&house, &here, &order, &form, (did, "refused")).await
}

pub async fn settle(
    State(house): State<House>,
    here: Here,
    Path((_, order)): Of,
    form: Form,
) -> Answer {
    let who = here.may(Right::Money)?;
    let (refund, slip) = (form.must_id("refund")?, form.get("slip").to_string());
    let did = house.app.settle_refund_by_hand(here.now, who, refund, slip).await;
    after(&house, &here, &order, &form, (did, "settled")).await
}
