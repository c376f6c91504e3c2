//! Relays: one text into several groups, each once, whatever happens in between.
use crate::audit::shown;
use crate::community::{Village, village};
use crate::content_cast::sql;
use app::community::mute_member::MuteMember;
use app::community::who::Who;
use app::db::Tx;
use app::reach::relay_message::{RelayMessage, To};
use app::reach::views_relay::RelayTo;
use app::{Refusal, Stop, p};
use rules::base::moment::{DAY, HOUR, MINUTE};
use rules::base::{Id, Moment, id};
use rules::community::group::{Admission, GroupRole};
use rules::community::message::MessageKind;
use rules::reach::relay::State;
use testkit::{House, both};

fn code<T, R: Refusal>(out: Result<T, Stop<R>>) -> &'static str {
    match out {
        Ok(_) => "ok",
        Err(Stop::Refused(no)) => no.code(),
        Err(Stop::Fault(fault)) => panic!("{fault}"),
    }
}

/// A village with three groups beside the lobby; Lin leads the first two.
struct Town {
    v: Village,
    owner: Who,
    lin: Who,
    groups: Vec<Id<id::Group>>,
}

impl Town {
    async fn of(house: House) -> Town {
        let v = village(house).await;
        let owner = v.house.app.owner_of(v.c).await.expect("a look").expect("the owner");
        let lin = v.in_lobby("lin").await;
        let mut groups = Vec::new();
        for n in 0..3 {
            let leader = (n < 2).then_some(lin);
            let cmd = v.new_group(Admission::Open, None);
            let cmd = app::community::create_group::CreateGroup { leader, ..cmd };
            groups.push(v.house.app.create_group(v.house.now(), cmd).await.expect("a group"));
        }
        let account = crate::content_cast::number(
            &v.house,
            "SELECT account_id FROM member WHERE community_id = $1 AND id = $2",
            &[v.c.raw(), lin.raw()],
        )
        .await;
        let lin = v.house.app.who_of(v.c, Id::of(account)).await.expect("a look").expect("lin");
        Town { v, owner, lin, groups }
    }
    fn now(&self) -> Moment {
        self.v.house.now()
    }
    fn to(&self, n: usize) -> To {
        To { group: self.groups[n], text: String::new(), at: None }
    }
    fn cmd(&self, who: Who, to: Vec<To>) -> RelayMessage {
        let id = self.v.house.app.mint(self.now());
        RelayMessage { who, id, text: "明早九点到货".into(), link: String::new(), to }
    }
    async fn send(&self, cmd: &RelayMessage) -> &'static str {
        code(self.v.house.app.relay_message(self.now(), cmd.clone()).await)
    }
    async fn stands(&self, cmd: &RelayMessage) -> Vec<RelayTo> {
        let found = self.v.house.app.relay(self.v.c, cmd.who.member, cmd.id).await;
        found.expect("a look").expect("the relay").1
    }
    /// What was said in a group by people.
    async fn said(&self, n: usize) -> Vec<String> {
        let lines = self.v.house.app.lines_after(self.v.c, self.groups[n], 0).await.expect("lines");
        let lines = lines.into_iter().filter(|l| l.kind == MessageKind::Text);
        lines.map(|l| l.body).collect()
    }
    async fn work(&self) -> usize {
        self.v.house.app.work(self.now(), 1).await.expect("a round")
    }
    async fn audited(&self) {
        let report = self.v.house.app.audit(self.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", self.v.house.on, shown(&report));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn relay_says_it_once_in_each_group() {
    both(async |house: House| {
        let t = Town::of(house).await;
        let own = To { text: "给你们留了两箱".into(), ..t.to(1) };
        let later = To { at: Some(t.now().plus(HOUR)), ..t.to(2) };
        let link = "https://kith.test/c/x/posts/y".to_owned();
        let cmd = RelayMessage { link, ..t.cmd(t.owner, vec![t.to(0), own, later]) };
        assert_eq!((t.send(&cmd).await, t.send(&cmd).await), ("ok", "ok"), "sent twice, one relay");
        t.audited().await;
        // two workers at one moment, on one queue
        let other = t.v.house.another().await;
        let (a, b) = tokio::join!(t.v.house.app.work(t.now(), 1), other.work(t.now(), 2));
        assert_eq!(a.expect("a round") + b.expect("a round"), 2);
        assert_eq!(t.said(0).await, ["明早九点到货\nhttps://kith.test/c/x/posts/y"]);
        assert_eq!(t.said(1).await, ["给你们留了两箱\nhttps://kith.test/c/x/posts/y"]);
        assert!(t.said(2).await.is_empty(), "not its time yet");
        let states: Vec<State> = t.stands(&cmd).await.iter().map(|d| d.state).collect();
        assert_eq!(states, [State::Sent, State::Sent, State::Queued]);
        t.audited().await;
        // the house was killed after the line and asks again: the line is there
        sql(
            &t.v.house,
            "UPDATE job SET state = 'waiting', lease_until = 0, attempts = 1
                WHERE community_id = $1 AND kind = 'send_relay'",
            p![t.v.c],
        )
        .await;
        t.v.house.pass(HOUR);
        assert_eq!(t.work().await, 3);
        for n in 0..3 {
            assert_eq!(t.said(n).await.len(), 1, "group {n}");
        }
        assert_eq!(t.work().await, 0);
        t.audited().await;
    })
    .await;
}

/// A worker dies with its lease: another one takes the job over when that has run out.
#[tokio::test(flavor = "multi_thread")]
async fn relay_outlives_its_worker() {
    both(async |house: House| {
        let t = Town::of(house).await;
        let cmd = t.cmd(t.owner, vec![t.to(0), t.to(1)]);
        assert_eq!(t.send(&cmd).await, "ok");
        sql(
            &t.v.house,
            "UPDATE job SET lease_by = 9, lease_until = $2, attempts = 1
                WHERE community_id = $1 AND kind = 'send_relay'",
            p![t.v.c, t.now().plus(30_000)],
        )
        .await;
        assert_eq!(t.work().await, 0, "somebody has it");
        t.v.house.pass(30_000);
        assert_eq!(t.work().await, 2);
        assert_eq!((t.said(0).await.len(), t.said(1).await.len()), (1, 1));
        t.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn relay_refusals_in_their_order() {
    both(async |house: House| {
        let t = Town::of(house).await;
        let mei = t.v.in_lobby("mei").await;
        let mei = Who { member: mei, ..t.lin };
        let base = t.cmd(t.lin, vec![t.to(0)]);
        let far = To { at: Some(t.now().plus(31 * DAY)), ..t.to(0) };
        let gone = To { group: Id::of(5), ..t.to(0) };
        let many = (0..51).map(|_| t.to(0)).collect();
        let cases = [
            (
                RelayMessage { who: Who { member: Id::of(5), ..t.lin }, ..base.clone() },
                "not_allowed",
            ),
            (RelayMessage { to: vec![], ..base.clone() }, "nothing_chosen"),
            (RelayMessage { to: vec![t.to(0), t.to(0)], ..base.clone() }, "too_many_groups"),
            (RelayMessage { to: many, ..base.clone() }, "too_many_groups"),
            (RelayMessage { to: vec![gone], ..base.clone() }, "no_such_group"),
            (RelayMessage { to: vec![t.to(0), t.to(2)], ..base.clone() }, "not_your_group"),
            (RelayMessage { who: mei, ..base.clone() }, "not_your_group"),
            (RelayMessage { text: " ".into(), ..base.clone() }, "empty"),
            (RelayMessage { text: "一".repeat(2001), ..base.clone() }, "line_too_long"),
            (RelayMessage { to: vec![far], ..base.clone() }, "bad_time"),
            (base.clone(), "ok"),
            (RelayMessage { who: t.owner, ..base.clone() }, "id_taken"),
        ];
        for (cmd, says) in cases {
            assert_eq!(t.send(&cmd).await, says, "{cmd:?}");
        }
        let others = t.v.house.app.relay(t.v.c, t.owner.member, base.id).await.expect("a look");
        assert!(others.is_none(), "a relay is its writer's");
        t.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn relay_fails_with_a_reason_and_gives_up() {
    both(async |house: House| {
        let t = Town::of(house).await;
        let later = |n: usize| To { at: Some(t.now().plus(MINUTE)), ..t.to(n) };
        let cmd = t.cmd(t.lin, vec![later(0), later(1)]);
        assert_eq!(t.send(&cmd).await, "ok");
        let mute = |until| MuteMember {
            community: t.v.c,
            by: t.v.owner,
            member: t.lin.member,
            until,
            reason: "too loud".into(),
        };
        let app = &t.v.house.app;
        app.mute_member(t.now(), mute(Some(t.now().plus(3 * MINUTE / 2)))).await.expect("muted");
        assert_eq!(t.send(&t.cmd(t.lin, vec![t.to(0)])).await, "muted");
        t.v.house.pass(MINUTE);
        assert_eq!(t.work().await, 2);
        let failed = t.stands(&cmd).await;
        assert!(
            failed.iter().all(|d| d.state == State::Failed && d.reason == "muted"),
            "{failed:?}"
        );
        t.audited().await;
        // the mute has ended, and Lin leads one of the two no more
        let role = app::community::set_group_role::SetGroupRole {
            community: t.v.c,
            by: t.v.owner,
            group: t.groups[1],
            member: t.lin.member,
            role: GroupRole::Member,
        };
        let second = t.v.in_lobby("wu").await;
        app.join_group(t.now(), t.v.knock(second, t.groups[1])).await.expect("in");
        let lead = app::community::set_group_role::SetGroupRole {
            member: second,
            role: GroupRole::Leader,
            ..role.clone()
        };
        app.set_group_role(t.now(), lead).await.expect("a leader");
        app.set_group_role(t.now(), role).await.expect("no leader");
        t.v.house.pass(MINUTE);
        assert_eq!(t.work().await, 2);
        let ended: Vec<(State, String)> =
            t.stands(&cmd).await.into_iter().map(|d| (d.state, d.reason)).collect();
        let want = [(State::Sent, String::new()), (State::GaveUp, "not_allowed".to_owned())];
        assert_eq!(ended, want);
        assert_eq!((t.said(0).await.len(), t.said(1).await.len()), (1, 0));
        t.audited().await;

        let queued = t.cmd(t.owner, vec![To { at: Some(t.now().plus(HOUR)), ..t.to(2) }]);
        assert_eq!(t.send(&queued).await, "ok");
        let strangers = app.cancel_relay(t.now(), t.lin, queued.id).await;
        assert_eq!(code(strangers), "no_such_relay");
        app.cancel_relay(t.now(), t.owner, queued.id).await.expect("taken back");
        t.v.house.pass(2 * HOUR);
        t.work().await;
        assert_eq!(t.stands(&queued).await[0].state, State::Cancelled);
        assert!(t.said(2).await.is_empty());
        t.audited().await;
    })
    .await;
}

fn leaked(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_relay() {
    const SPOILED: &str = include_str!("relays_cases.txt");
    both(async |house: House| {
        let t = Town::of(house).await;
        let later = To { at: Some(t.now().plus(HOUR)), ..t.to(1) };
        let cmd = t.cmd(t.owner, vec![t.to(0), later]);
        assert_eq!(t.send(&cmd).await, "ok");
        t.work().await;
        t.audited().await;
        let stands = t.stands(&cmd).await;
        let names = [("@s", stands[0].id.raw()), ("@q", stands[1].id.raw())];
        let spelled = |text: &str| {
            names.iter().fold(text.to_owned(), |t, (name, n)| t.replace(name, &n.to_string()))
        };
        for case in SPOILED.lines().filter(|l| !l.is_empty()) {
            let cell: Vec<&str> = case.splitn(3, " | ").collect();
            let (sql, now) = (leaked(spelled(cell[2])), t.now());
            let run = move |tx: &mut Tx<'_>| {
                assert!(tx.exec(sql, p![])? > 0, "no row: {sql}");
                Err::<(), _>(Stop::Refused(app::audit::look(tx, now, 3 * DAY)?))
            };
            let report = match t.v.house.app.database().write(now, run).await {
                Err(Stop::Refused(report)) => report,
                other => panic!("{case}: {:?}", other.err()),
            };
            let row = format!("{} of community {}", spelled(cell[0]), t.v.c.raw());
            let hit = report
                .findings
                .iter()
                .any(|x| x.check == "relays" && x.row == row && x.says.contains(cell[1]));
            assert!(hit, "{:?} {case}\nwanted {row}\n{}", t.v.house.on, shown(&report));
        }
        t.audited().await;
    })
    .await;
}
