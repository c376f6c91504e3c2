//! An import that was killed and is run again ends where one that nobody disturbed ends.
use crate::town::{PRODUCTS, catalogue, found, kith, products, said, shelves, told};
use std::process::Stdio;
use testkit::{House, On, fresh};

fn import(house: &House, file: &str) -> std::process::Command {
    kith(&house.at, &["import", "products", file, "--community", crate::town::SLUG])
}

/// Kills the import without warning once some products are there, and not all; tells how many.
async fn killed_midway(house: &House, file: &str) -> i64 {
    let mut child = import(house, file).stdout(Stdio::null()).spawn().expect("a process");
    loop {
        let seen = products(&house.app).await;
        if seen >= 100 {
            break;
        }
        let ended = child.try_wait().expect("a look at the process");
        assert!(ended.is_none(), "the import ended by itself with {seen} products: {ended:?}");
    }
    child.kill().expect("SIGKILL");
    let out = child.wait_with_output().expect("its end");
    assert!(!out.status.success(), "killed too late: {}", said(&out));
    products(&house.app).await
}

async fn story(on: On) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("goods.csv");
    catalogue(&file);
    let file = file.to_str().expect("a plain name");
    let (calm, hurt) = (fresh(on).await, fresh(on).await);
    for house in [&calm, &hurt] {
        found(house).await;
    }
    told(import(&calm, file));
    let wanted = shelves(&calm.app).await;
    assert!(wanted.len() > PRODUCTS * 6, "only {} lines", wanted.len());

    let there = killed_midway(&hurt, file).await;
    let all = PRODUCTS as i64;
    assert!((100..all).contains(&there), "{on:?}: {there} of {all} when it was killed");
    let second = told(import(&hurt, file));
    // what was on its way to PostgreSQL may have arrived after the count
    let same = second.lines().find_map(|l| l.split(", ").nth(2)?.strip_suffix(" as before"));
    let same: i64 = same.and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{second}"));
    assert!((there..all).contains(&same), "{on:?}: {there} were there, {second}");
    assert!(second.contains(&format!("{} added, 0 changed", all - same)), "{second}");
    assert_eq!(shelves(&hurt.app).await, wanted, "{on:?}");

    let third = told(import(&hurt, file));
    assert!(third.contains(&format!("0 added, 0 changed, {all} as before")), "{third}");
    assert_eq!(shelves(&hurt.app).await, wanted, "{on:?}");
    let audit = told(kith(&hurt.at, &["audit"]));
    assert!(!audit.contains("BROKEN"), "{on:?}: {audit}");
}

#[tokio::test]
async fn on_sqlite_a_killed_import_goes_on_where_it_was() {
    story(On::Sqlite).await;
}
#[tokio::test]
async fn on_postgres_a_killed_import_goes_on_where_it_was() {
    story(On::Postgres).await;
}
