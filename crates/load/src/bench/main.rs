//! Measures the order verb beside its floor, in one run on one machine.
//!
//! The floor is a raw loop of the very statements the verb sent, prepared once, 64 orders to a
//! commit, with the same pragmas, on a copy of the same file. Both commit to the disk.
mod cost;
mod floor;

use anyhow::{Context, Result};
use app::App;
use cost::{Cost, Watch};
use load::shop::{self, Shop};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// As the server has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CALLERS: usize = 64;
const PRODUCTS: usize = 200;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let mut number = |or: usize| args.next().map_or(Ok(or), |a| a.parse::<usize>());
    let usage = "usage: bench [orders in a round] [rounds]";
    let (orders, rounds) = (number(8000).context(usage)?, number(5).context(usage)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(place_order(orders.max(CALLERS), rounds.max(1)))
}

async fn place_order(orders: usize, rounds: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    let (seed, copy) = (path("seed.db"), path("copy.db"));
    let shop = {
        let app = shop::open(&seed).await?;
        let shop = shop::fill(&app, PRODUCTS, CALLERS).await?;
        app.database().copy_to(&copy)?;
        Arc::new(shop)
    };

    std::fs::copy(&copy, path("said.db"))?;
    let app = shop::open(&path("said.db")).await?;
    app::db::record(true);
    run(&app, &shop, orders).await?;
    let said = floor::orders(app::db::record(false));
    anyhow::ensure!(said.len() == orders, "{} of {orders} orders were recorded", said.len());
    drop(app);

    println!(
        "place_order, SQLite, {CALLERS} callers, {PRODUCTS} products, {orders} orders a round"
    );
    let counted: usize = said.iter().map(|(s, _)| s.len()).sum();
    let own: usize = said.iter().map(|(_, own)| own).sum();
    let each = |n: usize| n as f64 / orders as f64;
    println!(
        "statements an order: verb {:.2} and {:.2} of its savepoint, floor {:.2}",
        each(counted),
        each(own),
        each(counted)
    );
    let said: Vec<_> = said.into_iter().map(|(s, _)| s).collect();
    let (mut verbs, mut floors, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=rounds {
        let file = path(&format!("verb{round}.db"));
        std::fs::copy(&copy, &file)?;
        let verb = verb(&file, &shop, orders).await?;
        let file = path(&format!("floor{round}.db"));
        std::fs::copy(&copy, &file)?;
        let floor = floor::replay(&file, &said)?;
        let ratio = verb.rate() / floor.rate();
        println!("  round {round}: verb {verb}; floor {floor}; {:.0} %", ratio * 100.0);
        verbs.push(verb.rate());
        floors.push(floor.rate());
        ratios.push(ratio * 100.0);
    }
    println!("verb   {} orders/s", cost::spread(&mut verbs));
    println!("floor  {} orders/s", cost::spread(&mut floors));
    println!("ratio  {} %", cost::spread(&mut ratios));
    Ok(())
}

async fn verb(file: &Path, shop: &Arc<Shop>, orders: usize) -> Result<Cost> {
    let app = shop::open(file).await?;
    let watch = Watch::start();
    run(&app, shop, orders).await?;
    Ok(watch.stop(orders))
}

/// Every caller has one order under way until all are placed.
async fn run(app: &App, shop: &Arc<Shop>, orders: usize) -> Result<()> {
    let next = Arc::new(AtomicUsize::new(0));
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (app, shop, next) = (app.clone(), shop.clone(), next.clone());
            tokio::spawn(async move {
                while next.fetch_add(1, Relaxed) < orders {
                    shop.order(&app, caller).await?;
                }
                anyhow::Ok(())
            })
        })
        .collect();
    for caller in callers {
        caller.await??;
    }
    Ok(())
}
