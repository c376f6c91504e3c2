//! What whoever watches the house is told.
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use rules::base::{Id, Moment};
use std::net::SocketAddr;
use testkit::{House, NOON, both};
use tower::ServiceExt;

const NEAR: &str = "127.0.0.1:40000";
const FAR: &str = "203.0.113.9:40000";

fn router(house: &House, clock: fn() -> Moment, token: Option<&str>) -> Router {
    let setup = web::Setup {
        address: "https://kith.test".into(),
        secure: false,
        show_codes: false,
        development: false,
    };
    let house = web::House::new(house.app.clone(), clock, setup);
    web::routes::router(house.watched_with(token.map(str::to_owned)))
}

async fn ask(router: &Router, from: &str, path: &str, head: &[(&str, &str)]) -> (u16, String) {
    let mut req = Request::get(path).header("host", "kith.test");
    for (name, value) in head {
        req = req.header(*name, *value);
    }
    let mut req = req.body(Body::empty()).expect("a request");
    let from: SocketAddr = from.parse().expect("an address");
    req.extensions_mut().insert(ConnectInfo(from));
    let reply = router.clone().oneshot(req).await.expect("an answer");
    let status = reply.status().as_u16();
    let body = to_bytes(reply.into_body(), usize::MAX).await.expect("a body");
    (status, String::from_utf8_lossy(&body).into_owned())
}

/// The value of a line without labels.
fn number(text: &str, name: &str) -> i64 {
    let line = text.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(' '));
    let line = line.unwrap_or_else(|| panic!("no {name} in {text}"));
    line.parse().expect("a number")
}

#[tokio::test]
async fn it_is_ready_while_the_worker_works_and_the_schema_is_ours() {
    both(|house| async move {
        let web = router(&house, || NOON, None);
        let told = async |web: &Router| {
            let (status, body) = ask(web, FAR, "/readyz", &[]).await;
            let at: serde_json::Value = serde_json::from_str(&body).expect("JSON");
            assert_eq!(at["ready"], status == StatusCode::OK, "{body}");
            let word = |name: &str| at[name].as_str().unwrap_or("").to_owned();
            (status, [word("database"), word("schema"), word("worker")].join(", "))
        };
        assert_eq!(told(&web).await, (503, "answers, current, silent".into()));
        house.app.work(NOON, 1).await.expect("a round");
        assert_eq!(told(&web).await, (200, "answers, current, alive".into()));
        let later = router(&house, || NOON.plus(61_000), None);
        assert_eq!(told(&later).await, (503, "answers, current, silent".into()));
        let newer = |tx: &mut app::db::Tx<'_>| {
            tx.exec("INSERT INTO migration (number, name) VALUES (1000, 'of tomorrow')", &[])?;
            Ok::<_, app::Stop<No>>(())
        };
        house.app.database().write(NOON, newer).await.expect("a newer schema");
        assert_eq!(told(&web).await, (503, "answers, of another version, alive".into()));
        assert_eq!(ask(&web, FAR, "/healthz", &[]).await, (200, "ok".into()));
    })
    .await;
}

#[tokio::test]
async fn it_is_not_ready_while_the_database_is_away() {
    let house = testkit::fresh(testkit::On::Postgres).await;
    let app::db::At::Postgres { url, .. } = &house.at else { panic!("an address") };
    let web = router(&house, || NOON, None);
    house.app.work(NOON, 1).await.expect("a round");
    assert_eq!(ask(&web, FAR, "/readyz", &[]).await.0, 200);
    let (server, name) = url.rsplit_once(" dbname=").expect("a name");
    let server = format!("{server} dbname=postgres");
    let (client, wire) =
        tokio_postgres::connect(&server, tokio_postgres::NoTls).await.expect("PostgreSQL");
    tokio::spawn(wire);
    client.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("gone");
    let (status, body) = ask(&web, FAR, "/readyz", &[]).await;
    assert_eq!(status, 503, "{body}");
    assert!(body.contains("\"database\":\"away\""), "{body}");
}

#[tokio::test]
async fn the_numbers_are_for_this_machine_or_for_who_knows_the_token() {
    let house = testkit::fresh(testkit::On::Sqlite).await;
    let open = router(&house, || NOON, None);
    let shut = router(&house, || NOON, Some("s3cret"));
    let empty = router(&house, || NOON, Some(""));
    let passed_on = [("x-forwarded-for", "198.51.100.7")];
    let right = [("authorization", "Bearer s3cret")];
    let wrong = [("authorization", "Bearer s3cre")];
    let cases: [(&Router, &str, &[(&str, &str)], u16); 8] = [
        (&open, NEAR, &[], 200),
        (&open, "[::1]:4000", &[], 200),
        (&open, FAR, &[], 404),
        (&open, NEAR, &passed_on, 404),
        (&shut, NEAR, &[], 404),
        (&shut, FAR, &right, 200),
        (&shut, FAR, &wrong, 404),
        (&empty, FAR, &[("authorization", "Bearer ")], 404),
    ];
    for (web, from, head, status) in cases {
        assert_eq!(ask(web, from, "/metrics", head).await.0, status, "{from} {head:?}");
    }
}

#[tokio::test]
async fn the_numbers_count_requests_by_route_and_tell_nothing_of_people() {
    both(|house| async move {
        let web = router(&house, || NOON, None);
        let before = ask(&web, NEAR, "/metrics", &[]).await.1;
        for path in ["/c/secret-place/members/mem_0000000000001", "/no/such/page?q=alice", "/"] {
            ask(&web, FAR, path, &[]).await;
        }
        house.app.work(NOON, 1).await.expect("a round");
        let after = ask(&web, NEAR, "/metrics", &[]).await.1;
        for name in ["kith_db_verbs_total", "kith_db_commits_total"] {
            assert_eq!(number(&after, name) - number(&before, name), 1, "{name}");
        }
        for name in ["kith_db_commits_failed_total", "kith_db_verbs_waiting", "kith_jobs_due"] {
            assert_eq!(number(&after, name), 0, "{name}");
        }
        assert_eq!(number(&after, "kith_live_streams_open"), 0);
        let counted = |route: &str, status: &str| {
            after.lines().any(|l| {
                l.starts_with("kith_http_requests_total{")
                    && l.contains(&format!("route=\"{route}\""))
                    && l.contains(&format!("status=\"{status}\""))
            })
        };
        assert!(counted("/c/{community}/members/{member}", "404"), "{after}");
        assert!(counted("none", "404") && counted("/", "200"), "{after}");
        assert!(after.contains("kith_http_request_duration_seconds_bucket{"), "{after}");
        for private in ["secret-place", "mem_0", "alice"] {
            assert!(!after.contains(private), "{private} in {after}");
        }
    })
    .await;
}

#[tokio::test]
async fn jobs_that_are_due_and_that_gave_up_are_counted() {
    both(|house| async move {
        let jobs = |tx: &mut app::db::Tx<'_>| {
            for (subject, due, state) in
                [(1, -5000, "waiting"), (2, 60_000, "waiting"), (3, -9000, "gave_up")]
            {
                const JOB: &str = "INSERT INTO job (community_id, kind, subject, due_at,
                    lease_until, lease_by, attempts, state, reason)
                    VALUES (7, 'send_mail', $1, $2, 0, 0, 0, $3, '')";
                tx.exec(JOB, app::p![Id::<()>::of(subject), NOON.plus(due), state])?;
            }
            Ok::<_, app::Stop<No>>(())
        };
        house.app.database().write(NOON, jobs).await.expect("jobs");
        let text = ask(&router(&house, || NOON, None), NEAR, "/metrics", &[]).await.1;
        assert_eq!(number(&text, "kith_jobs_due"), 1);
        assert_eq!(number(&text, "kith_jobs_late_milliseconds"), 5000);
        assert_eq!(number(&text, "kith_jobs_given_up"), 1);
    })
    .await;
}

#[derive(Clone, Copy, Debug)]
struct No;
impl app::Refusal for No {
    fn code(self) -> &'static str {
        "no"
    }
}
