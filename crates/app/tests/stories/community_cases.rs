//! What waits for a decision: posts, comments and reviews that were reported, lines, applications;
//! the log of it all; and jobs that are asked for again.
use crate::community::{Village, refusal, village};
use crate::community_chat::says;
use crate::content_cast::{line, number, product, sql};
use app::community::decide_report::{self, DecideReport};
use app::community::join_group::{JoinGroup, Joined};
use app::community::report::Report;
use app::community::retry_job::{self, RetryJob};
use app::community::set_role::SetRole;
use app::community::views_log::{DoneTo, FindDeeds};
use app::content::comment::CommentPost;
use app::content::create_post::CreatePost;
use app::jobs::Kind as Job;
use app::p;
use app::trust::write_review::WriteReview;
use rules::base::{Id, Lang, id};
use rules::community::group::Admission;
use rules::community::moderation::{ReportReason, Reported};
use rules::community::role::{Right, Role};
use rules::content::post::Kind;
use testkit::both;

type M = Id<id::Member>;

async fn staff(v: &Village, name: &str, right: Right) -> M {
    let member = v.member(name).await;
    let cmd = SetRole {
        community: v.c,
        by: v.owner,
        member,
        role: Role::Staff,
        rights: vec![right],
        reason: String::new(),
    };
    v.house.app.set_role(v.house.now(), cmd).await.expect("staff");
    member
}
async fn reports(v: &Village, member: M, kind: Reported, subject: i64) -> Id<id::Report> {
    let id = v.house.app.mint(v.house.now());
    let cmd = Report {
        community: v.c,
        member,
        id,
        kind,
        subject,
        reason: ReportReason::Fraud,
        words: "假的".into(),
    };
    v.house.app.report(v.house.now(), cmd).await.expect("reported");
    id
}
async fn post(v: &Village, by: M) -> Id<id::Post> {
    let cmd = CreatePost {
        community: v.c,
        by,
        id: v.house.app.mint(v.house.now()),
        kind: Kind::Note,
        group: None,
        groups: Vec::new(),
        title: "便宜货".into(),
        text: "加我微信".into(),
        link: String::new(),
        pictures: Vec::new(),
        cards: Vec::new(),
        tags: Vec::new(),
        mentions: Vec::new(),
        lang: Lang::Hans,
        publish: true,
    };
    v.house.app.create_post(v.house.now(), cmd).await.expect("a post").id
}
async fn comment(v: &Village, by: M, post: Id<id::Post>) -> Id<id::Comment> {
    let id = v.house.app.mint(v.house.now());
    let cmd = CommentPost {
        community: v.c,
        by,
        id,
        post,
        answers: None,
        groups: Vec::new(),
        text: "我也卖".into(),
        mentions: Vec::new(),
    };
    v.house.app.comment(v.house.now(), cmd).await.expect("a comment");
    id
}
async fn review(v: &Village, by: M) -> Id<id::Review> {
    let tea = product(&v.house, v.c, "龙井", 100, 5).await;
    let line = line(&v.house, v.c, by, tea, "received").await;
    let id = v.house.app.mint(v.house.now());
    let cmd = WriteReview {
        community: v.c,
        by,
        id,
        line,
        stars: Some(1),
        text: "都来我家买".into(),
        pictures: Vec::new(),
        anonymous: true,
        imported: false,
    };
    v.house.app.write_review(v.house.now(), cmd).await.expect("a review");
    id
}

const POST: &str = "SELECT count(*) FROM post
    WHERE community_id = $1 AND id = $2 AND state = 'hidden' AND reason = '骗人'";
const COMMENT: &str = "SELECT count(*) FROM comment
    WHERE community_id = $1 AND id = $2 AND state = 'hidden' AND reason = '骗人'";
const REVIEW: &str = "SELECT count(*) FROM review
    WHERE community_id = $1 AND id = $2 AND state = 'hidden' AND reason = '骗人'";
const COMMENTS: &str = "SELECT comments FROM post WHERE community_id = $1 AND id = $2";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_reported_with_reason_is_hidden() {
    use decide_report::Refused as No;
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let (mei, lin) = (v.in_lobby("mei").await, v.in_lobby("lin").await);
        let content = staff(&v, "content", Right::Content).await;
        let people = staff(&v, "people", Right::Members).await;
        let (good, bad) = (post(&v, mei).await, post(&v, mei).await);
        let (words, stars) = (comment(&v, mei, good).await, review(&v, mei).await);
        let all = [
            (Reported::Post, bad.raw(), POST),
            (Reported::Comment, words.raw(), COMMENT),
            (Reported::Review, stars.raw(), REVIEW),
        ];
        let decide = |by, report, uphold, note: &str| DecideReport {
            community: v.c,
            by,
            report,
            uphold,
            note: note.into(),
        };
        for (kind, subject, hidden) in all {
            let id = reports(&v, lin, kind, subject).await;
            reports(&v, v.owner, kind, subject).await;
            let out = app.decide_report(now, decide(people, id, true, "骗人")).await;
            assert_eq!(refusal(out), No::NotAllowed, "members are not content: {kind:?}");
            let out = app.decide_report(now, decide(content, id, true, " ")).await;
            assert_eq!(refusal(out), No::ReasonMissing, "{kind:?}");
            assert_eq!(number(&v.house, hidden, &[v.c.raw(), subject]).await, 0);
            app.decide_report(now, decide(content, id, true, "骗人")).await.expect("decided");
            assert_eq!(number(&v.house, hidden, &[v.c.raw(), subject]).await, 1, "{kind:?}");
            let out = app.decide_report(now, decide(content, id, true, "骗人")).await;
            assert_eq!(refusal(out), No::Gone);
        }
        assert_eq!(number(&v.house, COMMENTS, &[v.c.raw(), good.raw()]).await, 0, "it is counted");
        let told = app.inbox(v.c, lin, Lang::Hans, None, None, 50).await.expect("an inbox");
        let told = told.rows.iter().filter(|n| n.said.contains("骗人")).count();
        assert_eq!(told, 3, "who reported hears of it");
        // kept: it stays as it is
        let id = reports(&v, lin, Reported::Post, good.raw()).await;
        app.decide_report(now, decide(content, id, false, "")).await.expect("dismissed");
        assert_eq!(number(&v.house, POST, &[v.c.raw(), good.raw()]).await, 0);
        // reported while its writer took it away: the decision stands, there is nothing to hide
        let id = reports(&v, people, Reported::Post, bad.raw()).await;
        app.decide_report(now, decide(content, id, true, "又来")).await.expect("decided");
        assert_eq!(number(&v.house, POST, &[v.c.raw(), bad.raw()]).await, 1, "the first reason");
        assert!(app.cases(v.c).await.expect("cases").is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_shows_what_was_said_and_by_whom() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let app = &v.house.app;
        let (mei, lin) = (v.in_lobby("mei").await, v.in_lobby("lin").await);
        says(&v, lin, "今天有鱼吗").await;
        let (bad, _) = says(&v, mei, "加我微信买鱼").await;
        let first = reports(&v, lin, Reported::Message, bad.raw()).await;
        reports(&v, v.owner, Reported::Message, bad.raw()).await;
        let stars = review(&v, mei).await;
        reports(&v, lin, Reported::Review, stars.raw()).await;
        reports(&v, lin, Reported::Post, 77).await;
        reports(&v, lin, Reported::Member, mei.raw()).await;
        let cases = app.cases(v.c).await.expect("cases");
        let kinds: Vec<Reported> = cases.iter().map(|x| x.kind).collect();
        let want = [Reported::Message, Reported::Review, Reported::Post, Reported::Member];
        assert_eq!(kinds, want, "one case a thing, the oldest first");
        assert_eq!((cases[0].id, cases[0].voices.len()), (first, 2));
        assert_eq!(cases[0].voices[0].words, "假的");
        let what = cases[0].what.as_ref().expect("a message");
        assert_eq!((what.text.as_str(), what.state.as_str()), ("加我微信买鱼", "shown"));
        assert_eq!(what.before, [("lin".to_string(), "今天有鱼吗".to_string())]);
        assert_eq!(what.author, Some((mei, "mei".to_string())));
        assert_eq!(cases[0].group.as_ref().map(|g| g.0), Some(v.lobby));
        let what = cases[1].what.as_ref().expect("a review");
        assert_eq!((what.title.as_str(), what.anonymous), ("龙井", true));
        assert!(cases[2].what.is_none(), "there is no such post");
        assert_eq!(app.cases(Id::of(1)).await.expect("cases").len(), 0);
        assert_eq!(app.to_do(v.c).await.expect("counts").moderation, 5);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_listed_with_who_waits() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let mei = v.in_lobby("mei").await;
        let group = v.group(Admission::Approval, Some(9)).await;
        let knock = JoinGroup { words: "我会烤".into(), ..v.knock(mei, group) };
        let asked = app.join_group(now, knock).await.expect("asked");
        assert!(matches!(asked, Joined::Waiting(_)), "{asked:?}");
        says(&v, mei, "在吗").await;
        let list = app.list_groups(now, v.c, None, 10).await.expect("a list");
        assert_eq!((list[0].id, list[1].id), (group, v.lobby), "the newest first");
        assert_eq!((list[0].applied, list[0].capacity, list[0].leaders), (1, 9, 1));
        assert_eq!(list[0].leader, Some((v.owner, "owner".to_string())));
        assert_eq!(list[1].last, Some(now));
        let older = app.list_groups(now, v.c, Some(group), 10).await.expect("a list");
        assert_eq!(older.len(), 1);
        let applied = app.all_applications(v.c).await.expect("applications");
        assert_eq!((applied.len(), applied[0].0.words.as_str()), (1, "我会烤"));
        assert_eq!((applied[0].1, applied[0].2.as_str()), (group, "烘焙"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stuck_job_is_asked_for_once_more() {
    use retry_job::Refused as No;
    const JOB: &str = "INSERT INTO job (community_id, kind, subject, due_at, lease_until, lease_by,
        attempts, state, reason) VALUES ($1,$2,$3,0,5,5,12,$4,'down')";
    const AGAIN: &str = "SELECT count(*) FROM job WHERE community_id = $1 AND subject = $2
        AND state = 'waiting' AND attempts = 0 AND lease_by = 0 AND reason = ''";
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let orders = staff(&v, "orders", Right::Orders).await;
        let money = staff(&v, "money", Right::Money).await;
        for (kind, subject, state) in [
            ("settle_refund", 31, "gave_up"),
            ("release_unpaid", 32, "gave_up"),
            ("send_mail", 33, "done"),
        ] {
            sql(&v.house, JOB, p![v.c, kind, subject, state]).await;
        }
        let retry = |by, kind, subject| RetryJob { community: v.c, by, kind, subject };
        for (cmd, want) in [
            (retry(Id::of(2), Job::SettleRefund, 31), No::NotAllowed),
            (retry(orders, Job::SettleRefund, 31), No::NotAllowed),
            (retry(money, Job::ReleaseUnpaid, 32), No::NotAllowed),
            (retry(v.owner, Job::SettleRefund, 9), No::NoSuchJob),
            (retry(v.owner, Job::SendMail, 33), No::NotStuck),
        ] {
            assert_eq!(refusal(app.retry_job(now, cmd).await), want, "{cmd:?}");
        }
        app.retry_job(now, retry(money, Job::SettleRefund, 31)).await.expect("again");
        assert_eq!(number(&v.house, AGAIN, &[v.c.raw(), 31]).await, 1);
        let out = app.retry_job(now, retry(money, Job::SettleRefund, 31)).await;
        assert_eq!(refusal(out), No::NotStuck, "once is enough");
        let log = app.find_deeds(v.c, FindDeeds { most: 9, ..FindDeeds::default() }).await;
        let log = log.expect("a log");
        assert_eq!((log[0].row.what.as_str(), log[0].row.actor), ("retry_job", money));
        let (was, became) = (log[0].row.was.as_str(), log[0].row.became.as_str());
        assert_eq!((was, became, log[0].row.subject), ("gave_up", "waiting", 31));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_asked_by_person_and_deed() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let app = &v.house.app;
        let people = staff(&v, "people", Right::Members).await;
        let group = v.group(Admission::Open, None).await;
        let base = FindDeeds { most: 10, ..FindDeeds::default() };
        let all = app.find_deeds(v.c, base.clone()).await.expect("a log");
        let whats: Vec<&str> = all.iter().map(|d| d.row.what.as_str()).collect();
        assert_eq!(whats, ["create_group", "set_role"], "newest first");
        assert_eq!(all[0].to, Some(DoneTo::Group(group, "烘焙".into())));
        assert_eq!(all[1].to, Some(DoneTo::Member(people, "people".into())));
        for (find, n) in [
            (FindDeeds { by: Some(v.owner), ..base.clone() }, 2),
            (FindDeeds { by: Some(people), ..base.clone() }, 0),
            (FindDeeds { what: "set_role".into(), ..base.clone() }, 1),
            (FindDeeds { before: Some(all[0].row.id), ..base.clone() }, 1),
            (FindDeeds { most: 1, ..base.clone() }, 1),
        ] {
            let found = app.find_deeds(v.c, find.clone()).await.expect("a log");
            assert_eq!(found.len(), n, "{find:?}");
        }
        assert!(app.find_deeds(Id::of(1), base).await.expect("a log").is_empty());
    })
    .await;
}
