//! Random orders, payments, cancels, refunds, parcels and receipts beside a model that only adds
//! and subtracts. In the end the books and the shelves are the model's, and the audit is clean.
//!
//! `KITH_RANDOM="seed operations"` plays another run; a failure prints the seed that replays it.
use crate::content_cast::{number, said};
use crate::random_model::Shelf;
use crate::random_play::Play;
use rules::base::moment::{DAY, HOUR};
use testkit::On;

const SEED: u64 = 1_772_424;
const OPERATIONS: usize = 400;

impl Play {
    /// Everything that was begun comes to its end, by hand where the provider refused.
    async fn end(&mut self) {
        for _ in 0..6 {
            self.time(HOUR).await;
        }
        for refund in self.refunds.clone() {
            const STATE: &str = "SELECT count(*) FROM refund WHERE community_id = $1 AND id = $2
                AND state = 'by_hand'";
            if number(&self.house, STATE, &[self.c.raw(), refund.raw()]).await == 1 {
                let slip = format!("slip {}", refund.raw());
                let now = self.house.now();
                let out = self.house.app.settle_refund_by_hand(now, self.owner, refund, slip);
                assert_eq!(said(out.await), "ok");
                self.count("settled by hand");
            }
        }
        let late: Vec<_> = self.orders.iter().filter_map(|o| o.payment).map(|(p, _)| p).collect();
        for payment in late {
            const STATE: &str = "SELECT count(*) FROM payment WHERE community_id = $1 AND id = $2
                AND state = 'suspense'";
            if number(&self.house, STATE, &[self.c.raw(), payment.raw()]).await == 1 {
                let (now, slip) = (self.house.now(), "by hand".to_string());
                let out = self.house.app.return_by_hand(now, self.owner, payment, slip);
                assert_eq!(said(out.await), "ok");
                self.count("returned by hand");
            }
        }
        self.time(11 * DAY).await;
        self.time(40 * DAY).await;
        self.house.app.seal(self.house.now()).await.expect("a seal");
    }
    async fn compared(&self) {
        for ((variant, _), shelf) in self.variants.iter().zip(&self.shelves) {
            const SHELF: [&str; 5] = [
                "SELECT on_hand FROM variant WHERE community_id = $1 AND id = $2",
                "SELECT held FROM variant WHERE community_id = $1 AND id = $2",
                "SELECT sold FROM variant WHERE community_id = $1 AND id = $2",
                "SELECT written_off FROM variant WHERE community_id = $1 AND id = $2",
                "SELECT received FROM variant WHERE community_id = $1 AND id = $2",
            ];
            let mut there = [0; 5];
            for (n, sql) in there.iter_mut().zip(SHELF) {
                *n = number(&self.house, sql, &[self.c.raw(), variant.raw()]).await;
            }
            let [on_hand, held, sold, written_off, received] = there;
            assert_eq!(Shelf { on_hand, held, sold, written_off, received }, *shelf);
        }
        let m = &self.money;
        let stored = self.house.app.balances(self.c).await.expect("balances");
        let of = |account: &str| {
            let row = stored.iter().find(|b| b.account == account);
            row.map_or((0, 0, 0), |b| (b.debits, b.credits, b.pending))
        };
        let wanted = [
            ("receivable", (m.captured, m.captured, 0)),
            ("sales", (0, m.goods, 0)),
            ("shipping_income", (0, m.fees, 0)),
            ("refunds", (m.refunded, 0, 0)),
            ("suspense", (m.late, m.late, 0)),
            ("clearing:sandbox", (m.outside + m.late, m.paid_back + m.late, 0)),
            ("wallet", (m.spent, m.gifts + m.refunded - m.paid_back, 0)),
            ("redpacket", (m.gifts, m.gifts, 0)),
        ];
        for (account, figures) in wanted {
            assert_eq!(of(account), figures, "{account}: {m:?}");
        }
        let wallet = self.house.app.wallet(self.c, self.buyer.member, None, 0).await;
        assert_eq!(wallet.expect("a look").total(), m.purse, "{m:?}");
        let report = self.house.app.audit(self.house.now()).await.expect("an audit");
        assert!(report.clean(), "{:#?}", report.findings);
    }
}

async fn story(on: On) {
    let asked = std::env::var("KITH_RANDOM").unwrap_or_default();
    let mut words = asked.split(' ').filter_map(|w| w.parse::<u64>().ok());
    let seed = words.next().unwrap_or(SEED);
    let most = words.next().map_or(OPERATIONS, |n| n as usize);
    // shown by the test program when it fails
    println!("KITH_RANDOM=\"{seed} {most}\" on {on:?}");
    let mut play = Play::new(on, seed).await;
    for _ in 0..most {
        play.step().await;
    }
    play.end().await;
    println!("{:?}", play.did);
    play.compared().await;
    let often = [
        "captured",
        "refunded",
        "shipped",
        "received",
        "cancelled paid",
        "ended unpaid",
        "gift",
        "from the wallet",
        "back into the wallet",
    ];
    for what in often.into_iter().filter(|_| most >= OPERATIONS) {
        assert!(play.did.get(what).is_some_and(|n| *n > 2), "{what} hardly happened");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_the_books_are_the_models() {
    story(On::Sqlite).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn on_postgres_the_books_are_the_models() {
    story(On::Postgres).await;
}
