//! A leader enters an order for a neighbour and takes the cash: it is paid at once, and the shop
//! gets the money from the leader.
use super::capture;
use super::chains::ChainWish;
use super::owed::FromWallet;
use super::place_order::{self, PlaceOrder, Placed, Refused, To};
use super::{tables, tables_chain as chains, tables_handout as handouts, tables_money as money};
use crate::community::tables_audit_log::{self as audit_log, Deed};
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::{App, Stop, p};
use rules::base::{Id, Moment, id};
use rules::community::role::{Right, Rights, Role};
use rules::ledger::Provider;

#[derive(Clone, Debug)]
pub struct OnBehalf {
    /// The leader, or staff at the pick-up point.
    pub who: Who,
    pub member: Id<id::Member>,
    /// Minted into the form, both: sending it twice is one order with one payment.
    pub id: Id<id::Order>,
    pub payment: Id<id::Payment>,
    pub campaign: Id<id::Campaign>,
    pub lines: Vec<(Id<id::Variant>, i64)>,
    pub recipient: String,
    pub phone: String,
    pub note: String,
    pub named: bool,
}

const IN_GROUP: &str = "SELECT 1 FROM room_member WHERE community_id = $1 AND room_id = $2
    AND member_id = $3";

impl App {
    pub async fn order_on_behalf(&self, now: Moment, o: OnBehalf) -> Result<Placed, Stop<Refused>> {
        let again = o.clone();
        match self.db.write(now, move |tx| order(tx, &o)).await {
            // the same order was faster by a moment: look again, and give its answer
            Err(Stop::Refused(Refused::OtherOrderWithThisId)) => {
                self.db.write(now, move |tx| order(tx, &again)).await
            }
            out => out,
        }
    }
    /// The shop has the cash a leader took until `seen`, the moment the page said how much it is.
    pub async fn take_leader_cash(
        &self,
        now: Moment,
        who: Who,
        leader: Id<id::Member>,
        seen: Moment,
    ) -> Result<u64, Stop<super::capture::Refused>> {
        if !who.rights.may(Right::Money) {
            return Err(super::capture::Refused::NotAllowed.into());
        }
        self.db.write(now, move |tx| take_cash(tx, who, leader, seen)).await
    }
}

fn take_cash(
    tx: &mut Tx<'_>,
    who: Who,
    leader: Id<id::Member>,
    seen: Moment,
) -> Result<u64, Stop<super::capture::Refused>> {
    let c = who.community;
    let all = handouts::cash_taken(tx, c, (leader, who.member), seen)?;
    if all.is_empty() {
        return Ok(0);
    }
    let mut w = Writes::default();
    let became = format!("{} orders, {}", all.len(), all.iter().sum::<i64>());
    let (actor, what, subject) = (who.member, "take_leader_cash", leader.raw());
    let deed = Deed { actor, what, subject, was: "", became: &became, reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    tx.run(w)?;
    Ok(all.len() as u64)
}

pub(super) fn order(tx: &mut Tx<'_>, o: &OnBehalf) -> Result<Placed, Stop<Refused>> {
    let (c, by) = (o.who.community, o.who.member);
    let chain = chains::chain(tx, c, o.campaign)?.ok_or(Refused::NoSuchCampaign)?;
    // who does not tend the group's lists does not learn what it has
    if !o.who.rights.may(Right::Orders) && !tables::leads(tx, c, chain.group, by)? {
        return Err(Refused::NoSuchCampaign.into());
    }
    tx.one(IN_GROUP, p![c, chain.group, o.member], |_| ())?.ok_or(Refused::NotAMember)?;
    let buyer = who::member_is(tx, c, o.member)?.ok_or(Refused::NotAMember)?;
    let buyer = Who { role: Role::Member, rights: Rights::NONE, ..buyer };
    let (recipient, phone) = (o.recipient.clone(), o.phone.clone());
    let placing = PlaceOrder {
        who: buyer,
        id: o.id,
        lines: o.lines.clone(),
        to: To::Pickup { group: chain.group, recipient, phone },
        note: o.note.clone(),
        provider: Provider::Manual,
        expected: None,
        source: None,
        seat: None,
        coupon: None,
        points: 0,
        wallet: FromWallet::Nothing,
        chain: Some(ChainWish { campaign: o.campaign, named: o.named, by: Some(by) }),
    };
    let before = tables::order(tx, c, o.id)?.is_some();
    let placed = place_order::place(tx, &placing)?;
    if before {
        return Ok(placed);
    }

    // after this point it must succeed, unless another was faster
    let twice = Refused::OtherOrderWithThisId;
    let mut w = Writes::default();
    let (now, slip) = (tx.now(), format!("CASH {}", o.payment));
    let (payment, provider) = ((o.payment, o.id), Provider::Manual);
    money::start(&mut w, c, payment, provider, placed.total, now, twice);
    money::give_proof(&mut w, c, o.payment, (&slip, ""), twice);
    handouts::insert_cash(&mut w, c, payment, (by, placed.total), now);
    tx.run(w)?;
    capture::cash(tx, c, (o.id, o.payment), (&slip, by)).map_err(|s| s.map(|_| twice))?;
    Ok(placed)
}
