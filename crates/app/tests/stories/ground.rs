//! The ground floor: transactions, races, snapshots, wake hints.
use app::db::{Tx, Writes};
use app::{Refusal, Stop, p};
use testkit::{House, both};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum No {
    Gone,
    Second,
}
impl Refusal for No {
    fn code(self) -> &'static str {
        "no"
    }
}

const PUT: &str = "INSERT INTO hold (community_id, id, what, subject, qty, until_at, state)
    VALUES (1, $1, 'stock', 1, $2, 0, 'held') ON CONFLICT DO NOTHING";
const TAKE: &str = "UPDATE hold SET qty = qty - $2
    WHERE community_id = 1 AND id = $1 AND qty > $2";
const LEFT: &str = "SELECT qty FROM hold WHERE id = $1 AND community_id = 1";

async fn left(house: &House, id: i64) -> Option<i64> {
    let read = house.app.database().read(move |rx| rx.one(LEFT, p![id], |r| r.int(0)));
    read.await.expect("a read")
}
async fn put(house: &House, id: i64, qty: i64) {
    let write = move |tx: &mut Tx<'_>| Ok::<_, Stop<No>>(tx.exec(PUT, p![id, qty])?);
    house.app.database().write(house.now(), write).await.expect("a write");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_batch_leaves_nothing() {
    both(async |house: House| {
        put(&house, 1, 5).await;
        let out: Result<(), Stop<No>> = house
            .app
            .database()
            .write(house.now(), |tx| {
                let mut w = Writes::default();
                w.put(PUT, p![2, 7]);
                w.must(TAKE, p![1, 9], No::Gone);
                w.must(TAKE, p![99, 1], No::Second);
                tx.run(w)
            })
            .await;
        assert!(matches!(out, Err(Stop::Refused(No::Gone))), "the first in order: {out:?}");
        assert_eq!((left(&house, 1).await, left(&house, 2).await), (Some(5), None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_a_fault_and_undone() {
    both(async |house: House| {
        let out: Result<(), Stop<No>> = house
            .app
            .database()
            .write(house.now(), |tx| {
                tx.exec(PUT, p![3, 7])?;
                let empty = tx.all(LEFT, p![3_000_000], |r| r.int(0))?;
                assert_eq!(empty.len(), 1, "this verb is broken on purpose");
                Ok(())
            })
            .await;
        assert!(matches!(out, Err(Stop::Fault(_))));
        assert_eq!(left(&house, 3).await, None);
        put(&house, 3, 1).await;
        assert_eq!(left(&house, 3).await, Some(1), "the engine goes on");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_statement_poisons() {
    both(async |house: House| {
        const TWICE: &str =
            "INSERT INTO hold (community_id, id, what, subject, qty, until_at, state)
            VALUES (1, 4, 'stock', 1, 1, 0, 'held')";
        let out: Result<u64, Stop<No>> = house
            .app
            .database()
            .write(house.now(), |tx| {
                tx.exec(TWICE, p![])?;
                assert!(tx.exec(TWICE, p![]).is_err(), "the same key");
                Ok(tx.exec(PUT, p![5, 1])?)
            })
            .await;
        assert!(matches!(out, Err(Stop::Fault(app::Fault::Poisoned))), "{out:?}");
        assert_eq!(left(&house, 4).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_takers_of_ten() {
    both(async |house: House| {
        put(&house, 6, 11).await;
        let takers: Vec<_> = (0..100)
            .map(|_| {
                let house = house.clone();
                tokio::spawn(async move {
                    let take = |tx: &mut Tx<'_>| {
                        let mut w = Writes::default();
                        w.must(TAKE, p![6, 1], No::Gone);
                        tx.run(w)
                    };
                    house.app.database().write(house.now(), take).await.is_ok()
                })
            })
            .collect();
        let mut won = 0;
        for taker in takers {
            won += usize::from(taker.await.expect("no panic"));
        }
        assert_eq!((won, left(&house, 6).await), (10, Some(1)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wakes_come_after_the_commit() {
    both(async |house: House| {
        let other = house.another().await;
        let mut here = house.app.database().wakes();
        let mut there = other.database().wakes();
        tokio::time::sleep(std::time::Duration::from_millis(300)).await; // LISTEN is on its way
        let say = |tx: &mut Tx<'_>| {
            tx.exec(PUT, p![7, 1])?;
            tx.wake(1, 42);
            Ok::<_, Stop<No>>(())
        };
        house.app.database().write(house.now(), say).await.expect("a write");
        let heard = tokio::time::timeout(std::time::Duration::from_secs(3), here.recv()).await;
        assert_eq!(heard.expect("in time").expect("open").topic, 42);
        if house.on == testkit::On::Postgres {
            let heard = tokio::time::timeout(std::time::Duration::from_secs(3), there.recv());
            let heard = heard.await.expect("the other process hears it too");
            assert_eq!(heard.expect("open").topic, 42);
        }
    })
    .await;
}
