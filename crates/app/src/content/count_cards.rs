//! Product cards are counted by post: seen, clicked, ordered.
use super::tables::{self, Touch};
use crate::community::tried;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::throttle;
use rules::content::post::CARDS;

crate::refusals! {
    /// Counting refuses nothing: a card that is not there counts nothing.
    Never = "never",
}

/// For the verb that places an order with a `source_post`, once for each product of the order.
pub fn note_order<R>(
    w: &mut Writes<R>,
    c: Id<id::Community>,
    post: Id<id::Post>,
    product: Id<id::Product>,
) {
    tables::count_card(w, c, post, product, Touch::Ordered);
}

impl App {
    /// Cards a reader was shown.
    pub async fn record_card_views(
        &self,
        now: Moment,
        c: Id<id::Community>,
        post: Id<id::Post>,
        products: Vec<Id<id::Product>>,
    ) -> Result<(), Stop<Refused>> {
        self.count_cards(now, c, post, products, Touch::Seen).await
    }
    /// A member came from a card to its product: counted once a day for each of them, however
    /// often the page is loaded. Strangers are not counted: most of them are programs.
    pub async fn record_card_click(
        &self,
        now: Moment,
        (c, member): (Id<id::Community>, Id<id::Member>),
        post: Id<id::Post>,
        product: Id<id::Product>,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let bucket = format!("card:{c}:{post}:{product}:{member}");
            if !tried(tx, &bucket, throttle::CARD_CLICKS)? {
                return Ok(());
            }
            let mut w = Writes::default();
            tables::count_card(&mut w, c, post, product, Touch::Clicked);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
    async fn count_cards(
        &self,
        now: Moment,
        c: Id<id::Community>,
        post: Id<id::Post>,
        products: Vec<Id<id::Product>>,
        touch: Touch,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            for product in products.iter().take(CARDS) {
                tables::count_card(&mut w, c, post, *product, touch);
            }
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}
