//! Migrations: one text for both databases, forward only, each whole or not at all.
use super::postgres::Pg;
use super::{Fault, Rx, sqlite_sizes};
use rusqlite::Connection;

/// One file of `migrations/`.
pub struct Migration {
    pub number: i64,
    pub name: &'static str,
    pub sql: &'static str,
}

macro_rules! migrations {
    ($($number:literal $name:literal;)*) => {
        /// In order. What a released Kith has run is never edited.
        pub const MIGRATIONS: &[Migration] = &[$(Migration {
            number: $number,
            name: $name,
            sql: include_str!(concat!("../../../../migrations/", $name, ".sql")),
        }),*];
    };
}
migrations! {
    1 "0001_ground";
    2 "0002_people";
    3 "0003_sale";
    4 "0004_rooms";
    5 "0005_content";
    6 "0006_job_gave_up";
    7 "0007_api";
    8 "0008_cases";
    9 "0009_group_buy";
    10 "0010_spread";
    11 "0011_red_packets";
    12 "0012_reach";
    13 "0013_ties";
    14 "0014_binding_held";
    15 "0015_coupons";
    16 "0016_commission";
    17 "0017_wallet";
    18 "0018_payouts";
    19 "0019_chain_order";
    20 "0020_hand_out";
    21 "0021_leading";
    22 "0022_tiers";
    23 "0023_points";
    24 "0024_recommenders";
    25 "0025_refund_of_nothing";
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS migration (number bigint PRIMARY KEY,
    name text NOT NULL)";
const SEEN: &str = "SELECT coalesce(max(number), 0) FROM migration";
const NODE: &str = "UPDATE house SET node = node + 1 RETURNING node";

/// The text as one of the databases reads it: `/*keyed*/` stores a table in its primary key.
fn text(sql: &str, sqlite: bool) -> String {
    sql.replace("/*keyed*/", if sqlite { "WITHOUT ROWID" } else { "" })
}

/// The newest schema the database has been brought to.
pub(super) fn seen(rx: &mut Rx<'_>) -> Result<i64, Fault> {
    Ok(rx.one(SEEN, &[], |r| r.int(0))?.unwrap_or(0))
}

fn newer(seen: i64) -> Result<impl Iterator<Item = &'static Migration>, Fault> {
    let newest = MIGRATIONS.last().map_or(0, |m| m.number);
    if seen > newest {
        return Err(Fault::broken(format!(
            "this database was written by a newer Kith (schema {seen}, this one knows {newest})"
        )));
    }
    Ok(MIGRATIONS.iter().filter(move |m| m.number > seen))
}

/// Brings the file up to date and takes the next node number.
pub(super) fn sqlite(c: &mut Connection) -> Result<i64, Fault> {
    let tx = c.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    tx.execute_batch(LEDGER)?;
    let seen: i64 = tx.query_row(SEEN, [], |r| r.get(0))?;
    for m in newer(seen)? {
        tx.execute_batch(&text(m.sql, true))?;
        tx.execute("INSERT INTO migration (number, name) VALUES (?1, ?2)", (m.number, m.name))?;
    }
    sqlite_sizes::tell(&tx)?;
    let node = tx.query_row(NODE, [], |r| r.get(0))?;
    tx.commit()?;
    Ok(node)
}

/// The same on PostgreSQL; processes that start together wait for each other.
pub(super) fn postgres(pg: &mut Pg) -> Result<i64, Fault> {
    let client = pg.client.clone();
    pg.rt.block_on(async {
        client.batch_execute("BEGIN; SELECT pg_advisory_xact_lock(2004200620)").await?;
        client.batch_execute(LEDGER).await?;
        let seen: i64 = client.query_one(SEEN, &[]).await?.get(0);
        for m in newer(seen)? {
            client.batch_execute(&text(m.sql, false)).await?;
            let insert = "INSERT INTO migration (number, name) VALUES ($1, $2)";
            client.execute(insert, &[&m.number, &m.name]).await?;
        }
        let node: i64 = client.query_one(NODE, &[]).await?.get(0);
        client.batch_execute("COMMIT").await?;
        Ok(node)
    })
}
