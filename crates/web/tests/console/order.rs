//! Order in the house: what was reported, groups, the log, jobs that are stuck.
use crate::world::{BASE, C, World, world};
use app::community::join_group::JoinGroup;
use app::community::report::Report;
use app::content::create_post::CreatePost;
use axum::http::StatusCode;
use rules::base::{Id, Lang, id};
use rules::community::moderation::{ReportReason, Reported};
use rules::content::post::Kind;
use testkit::NOON;

async fn post(world: &World) -> Id<id::Post> {
    let cmd = CreatePost {
        community: C,
        by: Id::of(13),
        id: world.kit.app.mint(NOON),
        kind: Kind::Note,
        group: None,
        groups: Vec::new(),
        title: "便宜货".into(),
        text: "加我<b>微信</b>".into(),
        link: String::new(),
        pictures: Vec::new(),
        cards: Vec::new(),
        tags: Vec::new(),
        mentions: Vec::new(),
        lang: Lang::Hans,
        publish: true,
    };
    world.kit.app.create_post(NOON, cmd).await.expect("a post").id
}
async fn reported(world: &World, subject: i64) -> Id<id::Report> {
    let id = world.kit.app.mint(NOON);
    let cmd = Report {
        community: C,
        member: Id::of(12),
        id,
        kind: Reported::Post,
        subject,
        reason: ReportReason::Fraud,
        words: "骗人的".into(),
    };
    world.kit.app.report(NOON, cmd).await.expect("reported");
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_decided_and_its_author_muted() {
    let world = world().await;
    let post = post(&world).await;
    let report = reported(&world, post.raw()).await;
    let at = format!("{BASE}/moderation");
    let page = world.get(11, &at).await;
    let case = page.texts(&format!("#{report}")).join(" ");
    for part in ["帖子", "便宜货", "加我<b>微信</b>", "梅姐", "欺诈", "骗人的", "发货员"]
    {
        assert!(case.contains(part), "{part} in {case}");
    }
    let nav = page.texts("nav.nav a").join(" ");
    assert!(nav.contains("审核 1"), "what waits is counted: {nav}");
    let act = format!("{at}/reports/{report}");
    let bare = world.post(11, &act, &[("do", "hide"), ("note", ""), ("mute", "")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let bare = world.post(11, &act, &[("do", "hide"), ("note", " "), ("mute", "30")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bare.value("select[name=mute] option[selected]"), "30", "what was chosen stays");
    let refused = world.post(12, &act, &[("do", "hide"), ("note", "骗人")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "packing orders is not moderating");
    let done = world.post(11, &act, &[("do", "hide"), ("note", "骗人"), ("mute", "7")]).await;
    assert_eq!(done.location, format!("{at}?done=upheld"), "{}", done.text);
    let empty = world.get(11, &done.location).await;
    assert!(empty.text.contains("都处理完了") && empty.text.contains("举报成立"));
    let member = Id::<id::Member>::of(13);
    let muted = world.get(11, &format!("{BASE}/members/{member}")).await;
    assert!(muted.texts("dl.kv").join(" ").contains("禁言到"));
    let seen = world.get(12, &format!("/c/peach/posts/{post}")).await;
    assert!(!seen.text.contains("加我"), "it is hidden");
    let again = world.post(11, &act, &[("do", "keep"), ("note", "")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "decided once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_made_led_and_opened() {
    let world = world().await;
    let at = format!("{BASE}/groups");
    let none = world.get(11, &at).await;
    assert!(none.text.contains("还没有群"));
    let page = world.get(11, &format!("{at}/new")).await;
    let id = page.value("input[name=id]");
    let mut fields = vec![
        ("id", id.as_str()),
        ("name", "烘焙"),
        ("kind", "interest"),
        ("purpose", ""),
        ("rules", "不发广告"),
        ("admission", "approval"),
        ("capacity", "50"),
    ];
    let refused = world.post(11, &format!("{at}/new"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.value("#name"), "烘焙", "what was typed stays");
    fields[3] = ("purpose", "一起烤面包");
    let done = world.post(11, &format!("{at}/new"), &fields).await;
    let group = format!("{at}/{id}");
    assert_eq!(done.location, format!("{group}?done=saved"), "{}", done.text);
    let rows = world.get(11, &at).await.texts("tbody tr");
    assert!(rows[0].contains("烘焙") && rows[0].contains("主理人"), "{rows:?}");

    // changed; a size below its members is refused with what was typed
    let edit = world.get(11, &group).await;
    assert_eq!(edit.value("#name"), "烘焙");
    fields.push(("notice", "周六开炉"));
    fields.push(("slow", "0"));
    fields[6] = ("capacity", "x");
    let refused = world.post(11, &group, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    fields[6] = ("capacity", "60");
    let done = world.post(11, &group, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);

    // somebody applies, is let in from the moderation page, and leads from then on
    let group_id: Id<id::Group> = Id::parse(&id).expect("an id");
    let (community, member) = (C, Id::of(13));
    let knock = JoinGroup {
        community,
        member,
        group: group_id,
        agreed: true,
        code: None,
        words: "我会烤".into(),
    };
    world.kit.app.join_group(NOON, knock).await.expect("applied");
    let queue = world.get(11, &format!("{BASE}/moderation")).await;
    assert!(queue.text.contains("我会烤"));
    let act = queue.attr("form[action*='/applications/']", "action");
    let done = world.post(11, &act, &[("do", "admit"), ("reason", "")]).await;
    assert!(done.location.ends_with("done=admitted"), "{}", done.text);
    let mei = Id::<id::Member>::of(13).to_string();
    let role = format!("{group}/role");
    let done = world.post(11, &role, &[("member", &mei), ("role", "leader")]).await;
    assert_eq!(done.location, format!("{group}?done=role"));
    let odd = Id::<id::Member>::of(12).to_string();
    let refused = world.post(11, &role, &[("member", &odd), ("role", "leader")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "not in the group");
    let page = world.get(11, &group).await;
    let code = page.value("form[action$='/invite'] input[name=id]");
    let made = [("id", code.as_str()), ("uses", "5"), ("days", "7")];
    let shown = world.post(11, &format!("{group}/invite"), &made).await;
    assert_eq!(shown.texts(".banner b.mono")[0].len(), 16, "the code, this once");
    let list = world.get(11, &at).await.texts("tbody tr");
    assert!(list[0].contains("2 /60"), "{list:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_who_did_what() {
    let world = world().await;
    let mei = Id::<id::Member>::of(13);
    let mute = format!("{BASE}/members/{mei}/mute");
    world.post(11, &mute, &[("days", "7"), ("reason", "<广告>")]).await;
    let role = format!("{BASE}/members/{mei}/role");
    world.post(11, &role, &[("role", "staff"), ("right", "content"), ("reason", "")]).await;
    let page = world.get(11, &format!("{BASE}/audit-log")).await;
    let rows = page.texts("tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].contains("改社群角色") && rows[0].contains("成员 → 管理成员（内容）"));
    assert!(rows[1].contains("禁言") && rows[1].contains("梅姐") && rows[1].contains("<广告>"));
    // what is asked | rows
    let table = [
        ("?what=mute_member", 1),
        ("?what=no_such_verb", 2),
        ("?by=mem_000000000000b", 2),
        ("?by=mem_000000000000d", 0),
        ("?before=aud_0000000000001", 0),
    ];
    for (query, n) in table {
        let page = world.get(11, &format!("{BASE}/audit-log{query}")).await;
        assert_eq!(page.texts("tbody tr").len(), n, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stuck_job_has_its_button() {
    let world = world().await;
    let product = world.shop().await;
    let order = world.order(product, "梅姐").await;
    world.give_up(order.raw()).await;
    let jobs = format!("{BASE}/jobs?state=gave_up");
    let page = world.get(11, &jobs).await;
    assert_eq!(page.texts("tbody tr").len(), 1);
    let kind = page.value("form[action$='/jobs/retry'] input[name=kind]");
    let subject = page.value("form[action$='/jobs/retry'] input[name=subject]");
    let fields = [("kind", kind.as_str()), ("subject", subject.as_str())];
    let retry = format!("{BASE}/jobs/retry");
    let stranger = world.post(13, &retry, &fields).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    let done = world.post(11, &retry, &fields).await;
    assert_eq!(done.location, format!("{BASE}/jobs?done=again"), "{}", done.text);
    assert!(world.get(11, &jobs).await.texts("tbody tr").is_empty());
    let late = world.post(11, &retry, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.texts(".banner").join("").contains("没有卡住"));
}
