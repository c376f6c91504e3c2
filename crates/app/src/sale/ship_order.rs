//! Send what is paid: a parcel with carrier and number, lines on their way.
use super::{tables, tell};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts, jobs};
use rules::base::{Id, Moment, id, text};
use rules::community::role::Right;
use rules::reach::notice::Kind;
use rules::sale::line::{State, order_state};
use rules::sale::order::{Delivery, RECEIVED_AFTER_DAYS};

#[derive(Clone, Debug)]
pub struct ShipOrder {
    pub who: Who,
    pub parcel: Id<id::Parcel>,
    pub order: Id<id::Order>,
    /// Empty: all lines that wait.
    pub lines: Vec<Id<id::Line>>,
    pub carrier: String,
    pub tracking: String,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchOrder = "no_such_order",
    IsPickedUp = "order_is_picked_up",
    NoCarrier = "no_carrier",
    NothingToShip = "nothing_to_ship",
    Moved = "moved",
}

impl App {
    pub async fn ship_order(&self, now: Moment, s: ShipOrder) -> Result<(), Stop<Refused>> {
        if !s.who.rights.may(Right::Orders) {
            return Err(Refused::NotAllowed.into());
        }
        self.db.write(now, move |tx| ship(tx, &s)).await
    }
}

fn ship(tx: &mut Tx<'_>, s: &ShipOrder) -> Result<(), Stop<Refused>> {
    let (c, now) = (s.who.community, tx.now());
    let order = tables::order_alone(tx, c, s.order)?.ok_or(Refused::NoSuchOrder)?;
    if order.delivery != Delivery::Ship {
        return Err(Refused::IsPickedUp.into());
    }
    let carrier = text::clip(&text::line(&s.carrier), 40);
    let tracking = text::clip(&text::line(&s.tracking), 60);
    if carrier.is_empty() {
        return Err(Refused::NoCarrier.into());
    }
    let mut states = order.states();
    let mut w = Writes::default();
    let mut shipped = 0;
    for (i, line) in order.lines.iter().enumerate() {
        let chosen = s.lines.is_empty() || s.lines.contains(&line.id);
        if chosen && line.state == State::ToFulfil {
            tables::move_line(&mut w, c, line, State::Shipped, now, Refused::Moved);
            states[i] = State::Shipped;
            shipped += 1;
        }
    }
    if shipped == 0 {
        return Err(Refused::NothingToShip.into());
    }
    tables::move_order(&mut w, c, &order, order_state(&states), now, Refused::Moved);
    let number = (s.parcel, s.order);
    tables::insert_parcel(&mut w, c, number, (&carrier, &tracking), now, s.who.member);
    let due = now.plus_days(RECEIVED_AFTER_DAYS);
    jobs::afresh(&mut w, c, jobs::Kind::ReceiveShipped, s.order.raw(), due);
    let body = format!("{{\"parcel\":\"{}\",\"lines\":{shipped}}}", s.parcel);
    let (subject, actor) = (s.order.raw(), Some(s.who.member));
    facts::write(tx, &mut w, c, Fact { kind: "order_shipped", subject, actor, body: &body });
    let told = (Kind::OrderShipped, Some(s.who.member));
    tell::buyer(tx, &mut w, c, &order, told, &[("tracking", &tracking)])?;
    tx.run(w)
}
