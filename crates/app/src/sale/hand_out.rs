//! At the pick-up point: a code is shown, the goods change hands.
use super::receive;
use super::tables;
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::sale::line::State;
use rules::sale::order::read_pickup_code;

crate::refusals! {
    BadCode = "bad_code",
    NoSuchCode = "no_such_code",
    NotAllowed = "not_allowed",
    NothingReady = "nothing_to_hand_out",
    Moved = "moved",
}

impl App {
    /// Returns the order whose goods were handed out.
    pub async fn hand_out(
        &self,
        now: Moment,
        who: Who,
        code: String,
    ) -> Result<Id<id::Order>, Stop<Refused>> {
        self.db.write(now, move |tx| hand(tx, who, &code)).await
    }
}

fn hand(tx: &mut Tx<'_>, who: Who, typed: &str) -> Result<Id<id::Order>, Stop<Refused>> {
    let c = who.community;
    let code = read_pickup_code(typed).ok_or(Refused::BadCode)?;
    let id = tables::order_by_code(tx, c, &code)?.ok_or(Refused::NoSuchCode)?;
    let order = tables::order_alone(tx, c, id)?.ok_or(Refused::NoSuchCode)?;
    let leads = match order.group {
        Some(group) => tables::leads(tx, c, group, who.member)?,
        None => false,
    };
    if !who.rights.may(Right::Orders) && !leads {
        // who may not hand out does not learn which codes are open
        return Err(Refused::NoSuchCode.into());
    }
    let mut w = Writes::default();
    let by = Some(who.member);
    if !receive::write(tx, &mut w, c, &order, &[State::ReadyForPickup], by, Refused::Moved)? {
        return Err(Refused::NothingReady.into());
    }
    tables::set_code(&mut w, c, id, "");
    tx.run(w)?;
    Ok(id)
}
