//! What a refund gives back and where it goes, by one law: told before anybody decides, and then
//! what the refund itself is made of.
use super::owed;
use super::refund_order::{Giving, RefundOrder, Refused, Share, shares, shipping_left};
use super::tables::{self, Order};
use super::tables_money::{self as money, Payment};
use crate::db::Tx;
use crate::{App, Stop};
use rules::base::Moment;
use rules::community::role::Right;
use rules::ledger::Provider;
use rules::sale::wallet::Back;

pub(super) struct Weighed<'a> {
    pub payment: Payment,
    pub shares: Vec<Share<'a>>,
    pub shipping: i64,
    pub amount: i64,
    pub back: Back,
}

pub(super) fn weigh<'a>(
    tx: &mut Tx<'_>,
    r: &Giving,
    order: &'a Order,
) -> Result<Weighed<'a>, Stop<Refused>> {
    let payment = money::captured(tx, r.community, order.id)?.ok_or(Refused::NotPaid)?;
    let shares = shares(order, r)?;
    let shipping = if r.shipping { shipping_left(order) } else { 0 };
    let amount = shares.iter().map(|s| s.amount).sum::<i64>() + shipping;
    if shares.is_empty() && amount == 0 {
        return Err(Refused::NothingChosen.into());
    }
    let back = owed::back(tx, r.community, order, amount)?.ok_or(Refused::MoreThanPaid)?;
    Ok(Weighed { payment, shares, shipping, amount, back })
}

/// What would go back, and by which way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WouldGive {
    pub amount: i64,
    /// The part that goes to the buyer's wallet.
    pub wallet: i64,
    /// The rest goes by the way it came.
    pub provider: Provider,
}

impl App {
    /// What this refund would give back; none when it is written down already.
    pub async fn weigh_refund(
        &self,
        now: Moment,
        r: RefundOrder,
    ) -> Result<Option<WouldGive>, Stop<Refused>> {
        if !r.who.rights.may(Right::Orders) {
            return Err(Refused::NotAllowed.into());
        }
        let run = move |tx: &mut Tx<'_>| {
            let c = r.who.community;
            if money::refund(tx, c, r.id)?.is_some() {
                return Ok(None);
            }
            let order = tables::order(tx, c, r.order)?.ok_or(Refused::NoSuchOrder)?;
            let w = weigh(tx, &Giving::from(&r), &order)?;
            let (amount, wallet, provider) = (w.amount, w.back.wallet(), w.payment.provider);
            Ok(Some(WouldGive { amount, wallet, provider }))
        };
        self.db.write(now, run).await
    }
}
