//! Reports: made once a person, decided once for all.
use crate::community::{refusal, village};
use crate::community_chat::says;
use app::community::decide_report::{self, DecideReport};
use app::community::report::{self, Report};
use rules::base::Id;
use rules::community::message::LineState;
use rules::community::moderation::{ReportReason, Reported};
use testkit::both;

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_decided_once_for_all() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let (mei, lin) = (v.in_lobby("mei").await, v.in_lobby("lin").await);
        let outside = v.member("outside").await;
        let (bad, _) = says(&v, mei, "骗人的东西").await;
        let base = Report {
            community: v.c,
            member: lin,
            id: app.mint(now),
            kind: Reported::Message,
            subject: bad.raw(),
            reason: ReportReason::Fraud,
            words: "".into(),
        };
        use decide_report::Refused as Stays;
        use report::Refused as No;
        for (cmd, want) in [
            (Report { words: "一".repeat(501), ..base.clone() }, No::BadWords),
            (Report { member: Id::of(2), ..base.clone() }, No::NotAMember),
            (Report { subject: 2, ..base.clone() }, No::NoSuchThing),
            (Report { member: outside, ..base.clone() }, No::NoSuchThing),
            (Report { kind: Reported::Member, ..base.clone() }, No::NoSuchThing),
        ] {
            assert_eq!(refusal(app.report(now, cmd).await), want);
        }
        app.report(now, base.clone()).await.expect("reported");
        app.report(now, Report { id: app.mint(now), ..base.clone() }).await.expect("once");
        let too = Report { id: app.mint(now), member: v.owner, ..base.clone() };
        app.report(now, too).await.expect("reported");
        let queue = app.reports(v.c, None).await.expect("a queue");
        assert_eq!((queue.len(), queue[0].times), (2, 2));
        let decide = |by, uphold| DecideReport {
            community: v.c,
            by,
            report: base.id,
            uphold,
            note: "骗".into(),
        };
        assert_eq!(refusal(app.decide_report(now, decide(lin, true)).await), Stays::NotAllowed);
        app.decide_report(now, decide(v.owner, true)).await.expect("decided");
        let again = app.decide_report(now, decide(v.owner, true)).await;
        assert_eq!(refusal(again), Stays::Gone);
        assert!(app.reports(v.c, None).await.expect("a queue").is_empty());
        let (_, line) = app.one_line(v.c, bad).await.expect("a look").expect("there");
        assert_eq!((line.state, line.body.as_str()), (LineState::Hidden, ""));
        for i in 0..20 {
            let cmd = Report {
                id: app.mint(now),
                kind: Reported::Post,
                subject: i,
                member: outside,
                ..base.clone()
            };
            app.report(now, cmd).await.expect("reported");
        }
        let many = Report { id: app.mint(now), member: outside, kind: Reported::Post, ..base };
        assert_eq!(refusal(app.report(now, many).await), No::TooMany);
    })
    .await;
}
