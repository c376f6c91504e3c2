//! What the shop asks for delivery, and how people pay by hand.
use super::tables_catalogue as catalogue;
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts};
use rules::base::{Moment, money, text};
use rules::community::role::Role;
use rules::sale::price::Shipping;

crate::refusals! {
    NotAllowed = "not_allowed",
    BadAmount = "bad_amount",
}

impl App {
    /// `pay_hint` tells buyers where to send a bank or personal transfer: nobody but the owner
    /// says where the money goes.
    pub async fn set_shop(
        &self,
        now: Moment,
        who: Who,
        shipping: Shipping,
        pay_hint: String,
    ) -> Result<(), Stop<Refused>> {
        if who.role != Role::Owner {
            return Err(Refused::NotAllowed.into());
        }
        let fits = |n: i64| (0..=money::MOST).contains(&n);
        if !fits(shipping.fee) || !fits(shipping.free_from) {
            return Err(Refused::BadAmount.into());
        }
        let hint = text::clip(&text::lines(&pay_hint), 500);
        let run = move |tx: &mut Tx<'_>| {
            let (mut w, c) = (Writes::default(), who.community);
            catalogue::set_shop(&mut w, c, shipping, &hint);
            let (subject, actor) = (c.raw(), Some(who.member));
            facts::write(tx, &mut w, c, Fact { kind: "shop_set", subject, actor, body: "{}" });
            tx.run(w)
        };
        self.db.write(now, run).await
    }
}
