//! A backup brought back: the same balances, the same audit, row by row.
use crate::town::{balances, buy, catalogue, found, kith, said, shelves, told};
use app::db::At;
use rules::base::Moment;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};
use testkit::{House, On, fresh};

/// The binary has no other clock.
fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Moment(since.as_millis() as i64)
}

/// What is compared: every check of the audit with its rows, the balances, the shelves.
#[derive(PartialEq, Eq, Debug)]
struct Books {
    audit: String,
    balances: Vec<String>,
    shelves: Vec<String>,
}

async fn books(at: &At, app: &app::App) -> Books {
    let audit = told(kith(at, &["audit", "--json"]));
    Books { audit, balances: balances(app).await, shelves: shelves(app).await }
}

async fn opened(at: &At) -> app::App {
    let place = at.clone();
    let db = tokio::task::spawn_blocking(move || app::Db::open(&place)).await.expect("a thread");
    let folder = tempfile::tempdir().expect("a folder");
    let outward = gateway::outward::Outward::kept();
    let gateway = gateway::Gateway {
        webhooks: gateway::webhooks::Webhooks::new(outward, &[9; 32]),
        second_factor: gateway::second_factor::SecondFactor::new(&[9; 32]),
        payments: gateway::payments::Payments::new(Some(b"test")),
        mail: gateway::mail::Mail::Off,
        files: gateway::files::Files::new(folder.path().into()).expect("a folder"),
    };
    app::App::new(db.expect("a database"), app::Chance::seeded(9), gateway)
}

/// A shop with some trade, sealed and not.
async fn trade(house: &House) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("goods.csv");
    catalogue(&file);
    found(house).await;
    let file = file.to_str().expect("a plain name");
    told(kith(&house.at, &["import", "products", file, "--community", crate::town::SLUG]));
    for n in 0..9 {
        buy(&house.app, now(), n).await;
        if n == 5 {
            house.app.seal(now()).await.expect("a seal");
            while house.app.work(now(), 1).await.expect("work") > 0 {}
        }
    }
}

#[tokio::test]
async fn a_restored_sqlite_file_says_what_the_house_said() {
    let house = fresh(On::Sqlite).await;
    trade(&house).await;
    let before = books(&house.at, &house.app).await;
    assert!(before.audit.contains("\"clean\":true"), "{}", before.audit);
    assert!(before.balances.len() > 2, "{:?}", before.balances);

    let folder = tempfile::tempdir().expect("a folder");
    let name = |n: &str| folder.path().join(n).to_str().expect("a plain name").to_owned();
    // the house is open and goes on: what comes later is not in the copy
    told(kith(&house.at, &["backup", &name("copy.db")]));
    for n in 20..24 {
        buy(&house.app, now(), n).await;
    }
    house.app.seal(now()).await.expect("a seal");
    assert_ne!(books(&house.at, &house.app).await, before);

    let there = At::File(folder.path().join("new/kith.db"));
    told(kith(&there, &["restore", &name("copy.db")]));
    assert_eq!(books(&there, &opened(&there).await).await, before);

    let over = kith(&there, &["restore", &name("copy.db")]).output().expect("a process");
    assert!(!over.status.success() && said(&over).contains("exists already"), "{}", said(&over));
    std::fs::write(name("letter.txt"), "no database").expect("a file");
    let wrong = At::File(folder.path().join("wrong/kith.db"));
    let wrong_kind = kith(&wrong, &["restore", &name("letter.txt")]).output().expect("a process");
    assert!(!wrong_kind.status.success(), "{}", said(&wrong_kind));
    assert!(!folder.path().join("wrong/kith.db").exists(), "half a house was left");
}

fn postgres(program: &str, url: &str, file: &Path, more: &[&str]) {
    let mut command = Command::new(program);
    command.arg("--dbname").arg(url).args(more);
    match program {
        "pg_dump" => command.arg("--format=custom").arg("--file").arg(file),
        _ => command.arg(file),
    };
    told(command);
}

#[tokio::test]
async fn a_restored_postgres_dump_says_what_the_house_said() {
    let house = fresh(On::Postgres).await;
    trade(&house).await;
    let before = books(&house.at, &house.app).await;
    assert!(before.audit.contains("\"clean\":true"), "{}", before.audit);

    let refused = kith(&house.at, &["backup", "nowhere.db"]).output().expect("a process");
    assert!(!refused.status.success() && said(&refused).contains("pg_dump"), "{}", said(&refused));

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("kith.dump");
    let At::Postgres { url, .. } = &house.at else { panic!("an address") };
    postgres("pg_dump", url, &file, &[]);
    let (server, name) = url.rsplit_once(" dbname=").expect("a name");
    let (client, wire) =
        tokio_postgres::connect(&format!("{server} dbname=postgres"), tokio_postgres::NoTls)
            .await
            .expect("PostgreSQL");
    tokio::spawn(wire);
    let back = format!("{name}_back");
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {back}")).await.expect("none");
    client.batch_execute(&format!("CREATE DATABASE {back}")).await.expect("a database");
    let url = format!("{server} dbname={back}");
    postgres("pg_restore", &url, &file, &["--exit-on-error"]);
    let there = At::Postgres { url, connections: 2 };
    let app = opened(&there).await;
    assert_eq!(books(&there, &app).await, before);
    drop(app);
    let gone = format!("DROP DATABASE {back} WITH (FORCE)");
    client.batch_execute(&gone).await.expect("nothing left behind");
}
