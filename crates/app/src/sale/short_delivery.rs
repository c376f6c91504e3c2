//! Fewer units came than were ordered: who ordered last gets the money back for what is missing.
use super::refund_order::{self, Giving};
use super::tables_handout::{self as handouts, Ordered};
use super::{tables, tables_chain as chains};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::sale::line::State;
use rules::sale::refund::worth;

#[derive(Clone, Copy, Debug)]
pub struct ShortDelivery {
    pub who: Who,
    /// Minted into the form: sending it twice gives nothing back twice.
    pub id: i64,
    pub campaign: Id<id::Campaign>,
    pub variant: Id<id::Variant>,
    /// How many units are missing.
    pub qty: i64,
}

/// One order's part of what is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GoesWithout {
    pub order: Id<id::Order>,
    pub qty: i64,
    pub amount: i64,
}

crate::refusals! {
    NoSuchCampaign = "no_such_campaign",
    OtherWithThisId = "id_used_for_another_shortage",
    BadQuantity = "bad_quantity",
    /// The leader's own order is among those that get money back: somebody else has to say so.
    OwnOrder = "own_order_is_short",
    Moved = "moved",
}

impl App {
    /// Returns the orders that got something back.
    pub async fn short_delivery(
        &self,
        now: Moment,
        s: ShortDelivery,
    ) -> Result<i64, Stop<Refused>> {
        self.db.write(now, move |tx| short(tx, &s)).await
    }
    /// Who would get money back, and how much; nobody when it was written down before.
    pub async fn weigh_short(
        &self,
        now: Moment,
        s: ShortDelivery,
    ) -> Result<Vec<GoesWithout>, Stop<Refused>> {
        self.db.write(now, move |tx| weighed(tx, &s)).await
    }
}

/// Who ordered last goes without first.
fn shares(lines: &[Ordered], mut missing: i64) -> Option<Vec<(Ordered, i64)>> {
    let mut out = Vec::new();
    for line in lines {
        let qty = line.kept.min(missing);
        if qty > 0 {
            out.push((*line, qty));
            missing -= qty;
        }
    }
    (missing == 0 && !out.is_empty()).then_some(out)
}

/// Whose units are missing; none when this was written down before.
fn decided(
    tx: &mut Tx<'_>,
    s: &ShortDelivery,
) -> Result<Option<Vec<(Ordered, i64)>>, Stop<Refused>> {
    let (c, by) = (s.who.community, s.who.member);
    let chain = chains::chain_alone(tx, c, s.campaign)?.ok_or(Refused::NoSuchCampaign)?;
    let staff = s.who.rights.may(Right::Orders);
    if !staff && !tables::leads(tx, c, chain.group, by)? {
        return Err(Refused::NoSuchCampaign.into());
    }
    if let Some(before) = handouts::short_of(tx, c, s.id)? {
        let same = before == (s.campaign, s.variant, s.qty);
        return if same { Ok(None) } else { Err(Refused::OtherWithThisId.into()) };
    }
    let lines = handouts::ordered(tx, c, s.campaign, s.variant)?;
    let shares = shares(&lines, s.qty).ok_or(Refused::BadQuantity)?;
    if !staff && shares.iter().any(|(line, _)| line.member == by) {
        return Err(Refused::OwnOrder.into());
    }
    Ok(Some(shares))
}

fn weighed(tx: &mut Tx<'_>, s: &ShortDelivery) -> Result<Vec<GoesWithout>, Stop<Refused>> {
    let mut out = Vec::new();
    for (line, qty) in decided(tx, s)?.unwrap_or_default() {
        let order = tables::order(tx, s.who.community, line.order)?.ok_or(Refused::Moved)?;
        let of = order.lines.iter().find(|l| l.id == line.line).ok_or(Refused::Moved)?;
        let amount = worth(of.refundable(), qty).map_err(|_| Refused::Moved)?;
        out.push(GoesWithout { order: line.order, qty, amount });
    }
    Ok(out)
}

fn short(tx: &mut Tx<'_>, s: &ShortDelivery) -> Result<i64, Stop<Refused>> {
    let (c, now, by) = (s.who.community, tx.now(), s.who.member);
    let what = (s.campaign, s.variant, s.qty);
    let Some(shares) = decided(tx, s)? else { return Ok(0) };

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    handouts::insert_short(&mut w, c, (s.id, by), what, now, Refused::OtherWithThisId);
    tx.run(w)?;
    for (line, qty) in &shares {
        let order = tables::order_alone(tx, c, line.order)?.ok_or(Refused::Moved)?;
        // it may have been handed out while this waited
        let here = order.lines.iter().find(|l| l.id == line.line).map(|l| l.state);
        if !matches!(here, Some(State::ToFulfil | State::ReadyForPickup)) {
            return Err(Refused::Moved.into());
        }
        let giving = Giving {
            community: c,
            by: Some(by),
            id: tx.mint(),
            lines: vec![(line.line, *qty)],
            shipping: false,
            // what did not come goes on no shelf
            restock: false,
            reason: "short_delivery".into(),
        };
        refund_order::refund(tx, &giving, &order).map_err(|s| s.map(|_| Refused::Moved))?;
    }
    Ok(shares.len() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kept: &[i64], missing: i64, want: Option<&[i64]>) {
        let one = |kept| {
            let (order, line, member) = (Id::of(1), Id::of(1), Id::of(1));
            Ordered { order, line, member, kept }
        };
        let lines: Vec<Ordered> = kept.iter().map(|k| one(*k)).collect();
        let got = shares(&lines, missing).map(|s| s.iter().map(|(_, n)| *n).collect::<Vec<_>>());
        assert_eq!(got.as_deref(), want, "{kept:?} {missing}");
    }

    #[test]
    fn who_ordered_last_goes_without_first() {
        check(&[2, 1, 3], 1, Some(&[1]));
        check(&[2, 1, 3], 2, Some(&[2]));
        check(&[2, 1, 3], 4, Some(&[2, 1, 1]));
        check(&[2, 1, 3], 6, Some(&[2, 1, 3]));
        check(&[2, 1, 3], 7, None);
        check(&[2], 0, None);
        check(&[], 1, None);
        check(&[2], -1, None);
    }
}
