//! The goods lie at the pick-up point: the buyer gets a code.
use super::{tables, tell};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, community, facts};
use rules::base::{Id, Moment, id};
use rules::community::message::SystemLine;
use rules::community::role::Right;
use rules::reach::notice::Kind;
use rules::sale::line::{State, order_state};
use rules::sale::order::{Delivery, pickup_code};

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchOrder = "no_such_order",
    IsShipped = "order_is_shipped",
    NothingReady = "nothing_to_hand_out",
    NoFreeCode = "no_free_code",
    Moved = "moved",
}

/// Codes drawn before the transaction; one that an open order has is passed over.
const DRAWS: usize = 8;

impl App {
    /// Returns the code.
    pub async fn mark_ready(
        &self,
        now: Moment,
        who: Who,
        order: Id<id::Order>,
    ) -> Result<String, Stop<Refused>> {
        let codes: Vec<String> = (0..DRAWS).map(|_| pickup_code(self.chance.number())).collect();
        self.db.write(now, move |tx| ready(tx, who, order, &codes)).await
    }
}

fn ready(
    tx: &mut Tx<'_>,
    who: Who,
    id: Id<id::Order>,
    codes: &[String],
) -> Result<String, Stop<Refused>> {
    let (c, now) = (who.community, tx.now());
    let order = tables::order_alone(tx, c, id)?.ok_or(Refused::NoSuchOrder)?;
    let Some(group) = order.group.filter(|_| order.delivery == Delivery::Pickup) else {
        return Err(Refused::IsShipped.into());
    };
    if !who.rights.may(Right::Orders) && !tables::leads(tx, c, group, who.member)? {
        return Err(Refused::NotAllowed.into());
    }
    let mut states = order.states();
    let mut w = Writes::default();
    for (i, line) in order.lines.iter().enumerate() {
        if line.state == State::ToFulfil {
            tables::move_line(&mut w, c, line, State::ReadyForPickup, now, Refused::Moved);
            states[i] = State::ReadyForPickup;
        }
    }
    if states == order.states() {
        return Err(Refused::NothingReady.into());
    }
    let mut free = None;
    for code in codes {
        if tables::order_by_code(tx, c, code)?.is_none() {
            free = Some(code);
            break;
        }
    }
    let code = free.ok_or(Refused::NoFreeCode)?;
    tables::set_code(&mut w, c, id, code);
    tables::move_order(&mut w, c, &order, order_state(&states), now, Refused::Moved);
    let (subject, actor) = (id.raw(), Some(who.member));
    facts::write(tx, &mut w, c, Fact { kind: "order_ready", subject, actor, body: "{}" });
    let told = (Kind::OrderReady, Some(who.member));
    tell::buyer(tx, &mut w, c, &order, told, &[("code", code)])?;
    let arrived = SystemLine::OrderArrived;
    community::post_system_line_seldom(tx, &mut w, c, group, arrived, "{}")?;
    tx.run(w)?;
    Ok(code.clone())
}
