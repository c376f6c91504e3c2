//! Webhooks: each fact once to each endpoint, ten tries, two secrets, an end; what the audit sees.
use crate::audit::{Life, shown};
use crate::community::{Village, village};
use crate::content_cast::{self as cast, sql};
use app::community::who::Who;
use app::db::Tx;
use app::reach::Told;
use app::reach::event_body::event_body;
use app::reach::make_webhook::MakeWebhook;
use app::reach::views_webhook::DeliveryRow;
use app::{Refusal, Stop, p};
use gateway::outward::{Answer, Call, Outward};
use rules::base::moment::{DAY, HOUR, MINUTE, SECOND};
use rules::base::{Id, id};
use rules::reach::event::{self, Holds};
use rules::reach::webhook::{Delivery, State};
use std::collections::BTreeSet;
use testkit::{House, both};

fn code<T, R: Refusal>(out: Result<T, Stop<R>>) -> &'static str {
    match out {
        Ok(_) => "ok",
        Err(Stop::Refused(no)) => no.code(),
        Err(Stop::Fault(fault)) => panic!("{fault}"),
    }
}

/// A village whose owner tells another program who joins and leaves the lobby.
struct Post {
    v: Village,
    owner: Who,
}

impl Post {
    async fn of(house: House) -> Post {
        let v = village(house).await;
        let owner = v.house.app.owner_of(v.c).await.expect("a look").expect("the owner");
        Post { v, owner }
    }
    fn cmd(&self, events: &[&str]) -> MakeWebhook {
        MakeWebhook {
            who: self.owner,
            id: self.v.house.app.mint(self.v.house.now()),
            url: "https://example.org/kith".into(),
            events: events.iter().map(|e| e.to_string()).collect(),
        }
    }
    /// Seals first: what happened before is none of the new endpoint's business.
    async fn endpoint(&self, events: &[&str]) -> (Id<id::Webhook>, String) {
        let (app, now, cmd) = (&self.v.house.app, self.v.house.now(), self.cmd(events));
        app.seal(now).await.expect("seals");
        (cmd.id, app.make_webhook(now, cmd.clone()).await.expect("an endpoint"))
    }
    fn outside(&self) -> (Vec<Call>, usize) {
        let Outward::Kept(kept) = &self.v.house.app.gateway.webhooks.outward else {
            panic!("kept")
        };
        let kept = kept.lock().expect("the calls");
        (kept.calls.clone(), kept.script.len())
    }
    fn answers(&self, script: impl IntoIterator<Item = Answer>) {
        let Outward::Kept(kept) = &self.v.house.app.gateway.webhooks.outward else {
            panic!("kept")
        };
        kept.lock().expect("the calls").script.extend(script);
    }
    /// Seals, queues, delivers what is due: how many calls were made.
    async fn round(&self) -> usize {
        let (app, now, before) = (&self.v.house.app, self.v.house.now(), self.outside().0.len());
        app.seal(now).await.expect("seals");
        app.queue_webhooks(now).await.expect("queued");
        app.deliver(now, 1).await.expect("a round");
        self.outside().0.len() - before
    }
    async fn log(&self, id: Id<id::Webhook>) -> Vec<DeliveryRow> {
        self.v.house.app.deliveries(self.v.c, id, None, 100).await.expect("a log")
    }
    async fn audited(&self) {
        let report = self.v.house.app.audit(self.v.house.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", self.v.house.on, shown(&report));
    }
}

fn header<'c>(call: &'c Call, name: &str) -> &'c str {
    call.headers.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v)
}

#[tokio::test(flavor = "multi_thread")]
async fn webhook_hears_of_each_fact_once() {
    both(async |house: House| {
        let post = Post::of(house).await;
        post.v.in_lobby("before").await;
        let (joins, _) = post.endpoint(&["group.joined", "group.left"]).await;
        let (posts, _) = post.endpoint(&["post.published"]).await;
        assert_eq!(post.round().await, 0, "nothing of before");
        let mei = post.v.in_lobby("mei").await;
        assert_eq!((post.round().await, post.round().await), (1, 0));
        let (calls, _) = post.outside();
        let call = &calls[0];
        let body: serde_json::Value = serde_json::from_str(&call.body).expect("JSON");
        assert_eq!(body["type"], "group.joined");
        assert_eq!(body["timestamp"], "2026-03-02T04:00:00Z");
        assert_eq!(body["data"]["id"], post.v.lobby.to_string());
        assert_eq!(body["data"]["member"], mei.to_string());
        assert_eq!(body["data"]["community"], post.v.c.to_string());
        assert!(body["data"].get("invite").is_none(), "there was none: {body}");
        assert!(header(call, "webhook-id").starts_with("fct_"));
        let at = (testkit::NOON.0 / SECOND).to_string();
        assert_eq!(header(call, "webhook-timestamp"), at);
        // several processes at once: one message each
        for n in 0..20 {
            post.v.in_lobby(&format!("m{n}")).await;
        }
        let (app, now) = (post.v.house.app.clone(), post.v.house.now());
        let other = post.v.house.another().await;
        app.seal(now).await.expect("seals");
        let (a, b) = tokio::join!(app.queue_webhooks(now), other.queue_webhooks(now));
        assert_eq!(a.expect("queued") + b.expect("queued"), 20);
        while app.deliver(now, 1).await.expect("a round") > 0 {}
        let calls = post.outside().0;
        let ids: BTreeSet<&str> = calls.iter().map(|c| header(c, "webhook-id")).collect();
        assert_eq!((calls.len(), ids.len()), (21, 21));
        assert_eq!((post.log(joins).await.len(), post.log(posts).await.len()), (21, 0));
        assert!(post.log(joins).await.iter().all(|d| d.state == Delivery::Delivered));
        post.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn webhook_is_tried_ten_times() {
    both(async |house: House| {
        let post = Post::of(house).await;
        let (hook, _) = post.endpoint(&["group.joined"]).await;
        post.v.in_lobby("mei").await;
        let slow = || Answer::Status(429, Some("600".into()));
        let fails = [Answer::Status(500, None), slow(), Answer::Nothing("timeout")];
        let fails = fails.into_iter().chain([Answer::Status(302, None), Answer::Forbidden]);
        post.answers(fails.chain((0..5).map(|_| Answer::Nothing("no_connection"))));
        assert_eq!(post.round().await, 1);
        let hour = |n| n * HOUR;
        // what is waited for before each of the other nine; the second failure asks for more
        let waits = [5 * SECOND, 600 * SECOND, 30 * MINUTE, hour(2), hour(5), hour(10), hour(14)];
        for (n, wait) in waits.into_iter().chain([hour(20), hour(24)]).enumerate() {
            post.v.house.pass(wait - 1);
            assert_eq!(post.round().await, 0, "try {} is not due", n + 2);
            post.audited().await;
            post.v.house.pass(1);
            assert_eq!(post.round().await, 1, "try {}", n + 2);
        }
        let end = post.log(hook).await.remove(0);
        assert_eq!((end.state, end.tries), (Delivery::GaveUp, 10));
        post.v.house.pass(90 * DAY);
        assert_eq!(post.round().await, 0, "nobody asks any more");
        post.audited().await;

        let app = &post.v.house.app;
        let stranger = Who { member: Id::of(5), ..post.owner };
        assert_eq!(
            code(app.replay_delivery(post.v.house.now(), stranger, end.id).await),
            "not_allowed"
        );
        app.replay_delivery(post.v.house.now(), post.owner, end.id).await.expect("again");
        let twice = app.replay_delivery(post.v.house.now(), post.owner, end.id).await;
        assert_eq!(code(twice), "delivery_waits");
        assert_eq!(post.round().await, 1);
        let end = post.log(hook).await.remove(0);
        assert_eq!((end.state, end.tries, end.status), (Delivery::Delivered, 1, Some(200)));
        let calls = post.outside().0;
        let ids: BTreeSet<&str> = calls.iter().map(|c| header(c, "webhook-id")).collect();
        assert_eq!((calls.len(), ids.len()), (11, 1), "always under one number");
        // the try that was cut off before it was written down: the same number once more
        sql(
            &post.v.house,
            "UPDATE webhook_delivery SET state = 'waiting', ended_at = NULL, tries = 0
                WHERE community_id = $1",
            p![post.v.c],
        )
        .await;
        sql(
            &post.v.house,
            "UPDATE job SET state = 'waiting', lease_until = 0 WHERE community_id = $1
                AND kind = 'deliver_webhook'",
            p![post.v.c],
        )
        .await;
        assert_eq!(post.round().await, 1);
        let calls = post.outside().0;
        assert_eq!(header(&calls[10], "webhook-id"), header(&calls[11], "webhook-id"));
        post.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn webhook_has_two_secrets_for_a_day() {
    both(async |house: House| {
        let post = Post::of(house).await;
        let (hook, first) = post.endpoint(&["group.joined"]).await;
        let (app, now) = (post.v.house.app.clone(), post.v.house.now());
        let second = app.turn_webhook(now, post.owner, hook).await.expect("a secret");
        assert_ne!(first, second);
        let signed = async |name: &str| {
            post.v.in_lobby(name).await;
            assert_eq!(post.round().await, 1);
            let call = post.outside().0.pop().expect("a call");
            let message = gateway::webhooks::Message {
                url: "",
                id: header(&call, "webhook-id"),
                at: header(&call, "webhook-timestamp").parse().expect("a number"),
                body: &call.body,
                secrets: &[second.clone(), first.clone()],
            };
            let both = gateway::webhooks::signatures(&message);
            (header(&call, "webhook-signature").to_owned(), both)
        };
        let (sent, both) = signed("mei").await;
        assert_eq!(sent, both, "the new one and the old one");
        post.v.house.pass(DAY);
        let (sent, both) = signed("lin").await;
        assert_eq!(Some(sent.as_str()), both.split(' ').next(), "only the new one");
        post.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn webhook_ends_when_the_receiver_is_gone() {
    both(async |house: House| {
        let post = Post::of(house).await;
        let (hook, _) = post.endpoint(&["group.joined"]).await;
        post.v.in_lobby("mei").await;
        post.answers([Answer::Status(500, None)]);
        post.round().await;
        post.v.in_lobby("lin").await;
        post.answers([Answer::Status(410, None)]);
        assert_eq!(post.round().await, 1);
        let log = post.log(hook).await;
        assert!(log.iter().all(|d| d.state == Delivery::Cancelled), "{log:?}");
        post.v.in_lobby("wu").await;
        post.v.house.pass(DAY);
        assert_eq!(post.round().await, 0, "nothing more");
        assert_eq!(post.log(hook).await.len(), 2);
        let (app, now) = (&post.v.house.app, post.v.house.now());
        assert_eq!(app.webhooks(post.v.c).await.expect("a list")[0].state, State::Gone);
        let again = app.replay_delivery(now, post.owner, log[0].id).await;
        assert_eq!(code(again), "webhook_ended");
        assert_eq!(code(app.turn_webhook(now, post.owner, hook).await), "webhook_ended");
        post.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn webhook_refusals_and_the_end() {
    both(async |house: House| {
        let post = Post::of(house).await;
        let (app, now) = (post.v.house.app.clone(), post.v.house.now());
        let base = post.cmd(&["group.joined"]);
        let staff = cast::member(&post.v.house, post.v.c, "wu", "staff", "orders,money").await;
        let url = |url: &str| MakeWebhook { url: url.into(), ..base.clone() };
        let events = |events: Vec<String>| MakeWebhook { events, ..base.clone() };
        let cases = [
            (MakeWebhook { who: Who { member: staff, ..post.owner }, ..url("x") }, "not_allowed"),
            (url("x"), "bad_address"),
            (url("http://example.org/"), "bad_address_plain"),
            (events(vec!["order.eaten".into()]), "no_such_event"),
            (events(vec![]), "nothing_chosen"),
            (base.clone(), "ok"),
            (base.clone(), "already_made"),
        ];
        for (cmd, says) in cases {
            assert_eq!(code(app.make_webhook(now, cmd.clone()).await), says, "{cmd:?}");
        }
        for _ in 1..10 {
            post.endpoint(&["group.left"]).await;
        }
        let one_more = post.cmd(&["group.joined"]);
        assert_eq!(code(app.make_webhook(now, one_more.clone()).await), "too_many_webhooks");
        post.v.in_lobby("mei").await;
        app.seal(now).await.expect("seals");
        app.queue_webhooks(now).await.expect("queued");
        for _ in 0..2 {
            app.end_webhook(now, post.owner, base.id).await.expect("an end");
        }
        assert_eq!(post.round().await, 0, "what waited is called off");
        assert_eq!(code(app.make_webhook(now, one_more).await), "ok");
        let unknown = app.end_webhook(now, post.owner, Id::of(5)).await;
        assert_eq!(code(unknown), "no_such_webhook");
        post.audited().await;
    })
    .await;
}

/// Kinds of facts that no program outside is told of, and why.
const INSIDE: &str = "
    application_admitted application_declined group_applied — who wants in is the group's business
    comment_hidden comment_removed post_hidden post_removed post_edited review_hidden
    message_removed message_edited message_decided message_reacted — what was taken back
    post_liked post_unliked review_helpful review_not_helpful — too many, and soon undone
    reported report_upheld report_dismissed member_muted member_unmuted member_banned
    member_unbanned role_changed group_role_changed — between people
    community_opened community_closed community_changed group_changed invite_created tags_chosen
    tag_created shop_set relay_begun relay_cancelled spread_terms_set
    commission_terms_set commission_second_stopped service_terms_set floors_set
    service_earned service_taken_back service_available — between a leader and the shop
    tiers_set tier_prices_set
    tier_changed — between a member and the shop
    points_terms_set
    points_changed — a balance is its member's own
    link_created binding_held — a link is its maker's own; what is held is not decided";

/// Every kind of fact in the source is in the catalogue or named above.
#[test]
fn every_fact_is_in_the_catalogue() {
    let mut kinds = BTreeSet::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).expect("a readable file");
            for piece in text.split("kind: \"").skip(1) {
                kinds.insert(piece.split('"').next().unwrap_or("").to_owned());
            }
        }
    }
    let inside: BTreeSet<&str> = INSIDE.split_whitespace().collect();
    let unknown = |k: &&String| event::of_fact(k).is_none() && !inside.contains(k.as_str());
    let lost: Vec<&String> = kinds.iter().filter(unknown).collect();
    assert!(kinds.len() > 30, "the scan found only {}", kinds.len());
    assert!(lost.is_empty(), "neither in the catalogue nor inside: {lost:?}");
}

const FACTS: &str = "SELECT id, kind, subject, actor, body, at FROM fact ORDER BY id";

async fn facts(house: &House) -> Vec<Told> {
    let read = house.app.database().read(|rx| {
        rx.all(FACTS, p![], |r| Told {
            id: r.id(0),
            kind: r.text(1),
            subject: r.int(2),
            actor: r.opt_int(3),
            body: r.text(4),
            at: r.moment(5),
            seq: 1,
        })
    });
    read.await.expect("facts")
}

/// What verbs write and what the catalogue says have the same fields.
#[tokio::test(flavor = "multi_thread")]
async fn facts_have_the_fields_of_their_events() {
    let house = testkit::fresh(testkit::On::Sqlite).await;
    let mut life = Life::begin(house.clone()).await;
    life.live().await;
    let post = Post::of(testkit::fresh(testkit::On::Sqlite).await).await;
    post.v.in_lobby("mei").await;
    let mut seen = BTreeSet::new();
    for told in facts(&house).await.into_iter().chain(facts(&post.v.house).await) {
        let Some(event) = event::of_fact(&told.kind) else { continue };
        let stored: serde_json::Value = serde_json::from_str(&told.body).expect("JSON");
        let stored = stored.as_object().expect("an object");
        let text = event_body(Id::of(7), &told).expect("an event");
        let body: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        for name in stored.keys() {
            assert!(event.fields.iter().any(|(n, _)| n == name), "{}: {name}", event.name);
        }
        for (name, holds) in event.fields {
            let there = body["data"].get(*name).is_some();
            let none = matches!(holds, Holds::Id(_)) && stored.get(*name) == Some(&0.into());
            assert!(there || none, "{}: {name} in {}", event.name, told.body);
        }
        assert!(text.len() < 600, "{text}");
        seen.insert(event.name);
    }
    assert!(seen.len() >= 15, "{seen:?}");
}

fn leaked(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

/// @h is an endpoint with one message delivered, @d, and one that waits, @w.
const SPOILED: &str = include_str!("webhooks_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_webhook() {
    both(async |house: House| {
        let post = Post::of(house).await;
        let (hook, _) = post.endpoint(&["group.joined"]).await;
        post.v.in_lobby("mei").await;
        post.round().await;
        post.v.in_lobby("lin").await;
        post.answers([Answer::Status(500, None)]);
        post.round().await;
        post.audited().await;
        let log = post.log(hook).await;
        let names = [("@h", hook.raw()), ("@w", log[0].id.raw()), ("@d", log[1].id.raw())];
        let spelled = |text: &str| {
            names.iter().fold(text.to_owned(), |t, (name, n)| t.replace(name, &n.to_string()))
        };
        for case in SPOILED.lines().filter(|l| !l.is_empty()) {
            let cell: Vec<&str> = case.splitn(3, " | ").collect();
            let (sql, now) = (leaked(spelled(cell[2])), post.v.house.now());
            let run = move |tx: &mut Tx<'_>| {
                assert!(tx.exec(sql, p![])? > 0, "no row: {sql}");
                Err::<(), _>(Stop::Refused(app::audit::look(tx, now, 3 * DAY)?))
            };
            let report = match post.v.house.app.database().write(now, run).await {
                Err(Stop::Refused(report)) => report,
                other => panic!("{case}: {:?}", other.err()),
            };
            let row = format!("{} of community {}", spelled(cell[0]), post.v.c.raw());
            let hit = report
                .findings
                .iter()
                .any(|x| x.check == "webhooks" && x.row == row && x.says.contains(cell[1]));
            assert!(hit, "{:?} {case}\nwanted {row}\n{}", post.v.house.on, shown(&report));
        }
        post.audited().await;
    })
    .await;
}
