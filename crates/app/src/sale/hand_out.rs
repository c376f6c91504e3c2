//! At the pick-up point: a code is shown, the goods change hands. What was handed out by a code is
//! taken back as what was handed out from a list is.
use super::tables_handout as handouts;
use super::{hand_over, tables};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::sale::order::read_pickup_code;

crate::refusals! {
    BadCode = "bad_code",
    NoSuchCode = "no_such_code",
    NotAllowed = "not_allowed",
    OtherWithThisId = "id_used_for_another_hand_out",
    NothingReady = "nothing_to_hand_out",
    Moved = "moved",
}

impl App {
    /// Returns the order whose goods were handed out. `id` was minted into the form: sending it
    /// twice is one hand-out, and undoing takes it.
    pub async fn hand_out(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::HandOut>,
        code: String,
    ) -> Result<Id<id::Order>, Stop<Refused>> {
        self.db.write(now, move |tx| hand(tx, who, id, &code)).await
    }
}

fn hand(
    tx: &mut Tx<'_>,
    who: Who,
    id: Id<id::HandOut>,
    typed: &str,
) -> Result<Id<id::Order>, Stop<Refused>> {
    let c = who.community;
    let code = read_pickup_code(typed).ok_or(Refused::BadCode)?;
    let order = match tables::order_by_code(tx, c, &code)? {
        Some(order) => tables::order_alone(tx, c, order)?,
        None => None,
    };
    // the first of two has closed the code
    if let Some(before) = handouts::hand_out(tx, c, id)? {
        let same = before.by == who.member && before.code == code;
        return if same { Ok(before.order) } else { Err(Refused::OtherWithThisId.into()) };
    }
    let order = order.ok_or(Refused::NoSuchCode)?;
    let leads = match order.group {
        Some(group) => tables::leads(tx, c, group, who.member)?,
        None => false,
    };
    if !who.rights.may(Right::Orders) && !leads {
        // who may not hand out does not learn which codes are open
        return Err(Refused::NoSuchCode.into());
    }

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let given = hand_over::Given { id, by: who.member, collected_by: "", code: &code };
    let otherwise = (Refused::OtherWithThisId, Refused::Moved);
    if !hand_over::give(tx, &mut w, c, &order, &given, otherwise)? {
        return Err(Refused::NothingReady.into());
    }
    tx.run(w)?;
    Ok(order.id)
}
