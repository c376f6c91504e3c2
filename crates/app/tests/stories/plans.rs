//! SQLite's plan of every statement: none reads a whole table, or all of a community, unless it
//! wants all of it.
use crate::statements::all;
use rusqlite::{Connection, params_from_iter};
use testkit::{On, fresh};

/// Statements that read all of a community and may: a piece of their text, and why.
const MAY: &[(&str, &str)] = &[
    ("SELECT id FROM room WHERE community_id = $1 ORDER BY id LIMIT 1", "ends at the first row"),
    ("c.jurisdiction, (SELECT count(*)", "counts the members and groups of a front page"),
    ("FROM tag t WHERE t.community_id = $1", "the list of all tags, a few hundred"),
    ("r.members < r.capacity", "every group may fit; they are ordered by shared tags"),
    ("WHERE community_id = $1 AND role = 'owner'", "for commands of the operator"),
    ("WHERE community_id = $1 AND name = $2", "for the demo's links"),
    ("AND role IN ('owner', 'staff') ORDER BY id", "no index of staff yet: reads all members"),
    ("SELECT count(*) FROM category WHERE", "a few dozen rows"),
    ("FROM category k WHERE k.community_id", "the list of all categories, a few dozen"),
    ("r.admission = 'open' OR s.member_id", "all groups of a community, a few hundred"),
    ("AND by_member = $2 AND group_id IS NOT NULL", "once, when a leader closes her account"),
    ("FROM community WHERE state = 'open'", "the start page and the sitemap name them all"),
    ("FROM spread_terms WHERE community_id = $1", "one row in a community"),
    ("commission_terms", "one row in a community"),
    ("FROM commission_rate r", "the few rates that are not the community's"),
    ("FROM commission_sharer WHERE community_id = $1 AND left_at", "the desk's count of sharers"),
    ("coalesce(CAST(sum(amount) AS bigint), 0) FROM commission_debt", "the few who owe something"),
    ("AND state <> 'expected' GROUP BY state", "the desk's sums of all commissions"),
    ("FROM point_terms WHERE community_id = $1", "one row in a community"),
    ("sum(debt), 0) AS bigint) FROM point_account", "the desk's sum of what is owed"),
    ("count(DISTINCT member_id) FROM point_lot", "the desk's sums of all lots"),
    ("FROM shop WHERE community_id = $1", "one row in a community"),
    ("FROM payout_terms WHERE community_id = $1", "one row in a community"),
    ("FROM leader_floor f", "what the shop lets leaders open: the variants it listed"),
    ("FROM service_pay WHERE community_id = $1", "the desk's sums of all service pay"),
    ("tier_ladder", "one row in a community"),
    ("g.pickup_name <> ''", "every group may have a pick-up point"),
    ("SELECT count(*) FILTER (WHERE state = 'active')", "the console's counts of members"),
    ("SELECT state, count(*) FROM orders", "the console's counts, from an index alone"),
    ("y.state = 'suspense'", "no index of money in suspense yet: reads all payments"),
    ("WHEN debit LIKE 'wallet:%'", "a summary of the whole ledger"),
    ("($2 = '' OR state = $2) ORDER BY due_at", "the console's list of jobs of every state"),
];

fn plan(c: &Connection, sql: &str) -> Vec<String> {
    let mut statement = c
        .prepare(&format!("EXPLAIN QUERY PLAN {}", sql.replace('$', "?")))
        .unwrap_or_else(|e| panic!("{e}: {sql}"));
    let args = vec![1_i64; statement.parameter_count()];
    let steps = statement.query_map(params_from_iter(args), |r| r.get(3)).expect("a plan");
    steps.map(|step| step.expect("a step")).collect()
}

/// Indexes that hold few rows: reading all of one is no harm.
fn partial(c: &Connection) -> Vec<String> {
    const PARTIAL: &str = "SELECT l.name FROM pragma_table_list t JOIN pragma_index_list(t.name) l
        WHERE l.partial";
    let mut statement = c.prepare(PARTIAL).expect("the schema");
    let names = statement.query_map([], |r| r.get(0)).expect("indexes");
    names.map(|name| name.expect("a name")).collect()
}

/// The steps that read a whole table, or all rows of a community.
fn wide<'s>(steps: &'s [String], partial: &[String]) -> Vec<&'s str> {
    // what the statement itself put together before is no table
    let made: Vec<&str> = steps
        .iter()
        .filter_map(|s| s.strip_prefix("MATERIALIZE ").or(s.strip_prefix("CO-ROUTINE ")))
        .collect();
    let whole = |step: &str| match step.strip_prefix("SCAN ") {
        Some(rest) => {
            let name = rest.split(' ').next().unwrap_or("");
            !rest.starts_with("CONSTANT") && !made.contains(&name)
        }
        None => step.contains("(community_id=?)"),
    };
    let few = |step: &str| {
        step.split_once("INDEX ")
            .is_some_and(|(_, rest)| partial.iter().any(|p| rest.split(' ').next() == Some(p)))
    };
    steps.iter().map(String::as_str).filter(|s| whole(s) && !few(s)).collect()
}

#[tokio::test]
async fn every_statement_uses_an_index() {
    let house = fresh(On::Sqlite).await;
    let app::db::At::File(path) = &house.at else { panic!("a file") };
    let c = Connection::open(path).expect("the file");
    let partial = partial(&c);
    let (mut wrong, mut used, mut read) = (Vec::new(), vec![false; MAY.len()], 0);
    for (file, sql) in all() {
        // the audit reads everything, as it should
        if sql.starts_with("INSERT") || file.starts_with("audit/") {
            continue;
        }
        read += 1;
        let text = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        let may = MAY.iter().position(|(piece, _)| text.contains(piece));
        let steps = plan(&c, &sql);
        let wide = wide(&steps, &partial);
        match may {
            Some(may) if !wide.is_empty() => used[may] = true,
            _ if !wide.is_empty() => wrong.push(format!("{file}: {}\n{text}", wide.join("; "))),
            _ => {}
        }
    }
    assert!(read > 150, "the scan found only {read} statements");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let idle = MAY.iter().zip(&used).filter(|(_, used)| !**used).map(|((piece, _), _)| *piece);
    assert_eq!(idle.collect::<Vec<_>>(), Vec::<&str>::new(), "exceptions nobody needs");
}

/// The figures that make the plans: without them the planner reads the whole community.
#[tokio::test]
async fn plans_come_from_the_figures() {
    let house = fresh(On::Sqlite).await;
    let app::db::At::File(path) = &house.at else { panic!("a file") };
    let of_order = "SELECT id FROM refund WHERE community_id = $1 AND order_id = $2";
    let step = || plan(&Connection::open(path).expect("the file"), of_order).join("; ");
    assert!(step().contains("refund_order (community_id=? AND order_id=?)"), "{}", step());
    let c = Connection::open(path).expect("the file");
    c.execute_batch("DELETE FROM sqlite_stat1").expect("no figures");
    let _again = house.another().await;
    assert!(step().contains("refund_order (community_id=? AND order_id=?)"), "{}", step());
}
