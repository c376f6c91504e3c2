//! Members as the console finds them, and one of them from all sides.
use crate::community::{Village, village};
use crate::content_cast::sql;
use app::community::choose_tags::ChooseTags;
use app::community::create_invite::CreateInvite;
use app::community::create_tag::CreateTag;
use app::community::join_group::{JoinGroup, Joined};
use app::community::mute_member::MuteMember;
use app::community::set_group_role::SetGroupRole;
use app::community::views_members::{Among, Bought, FindMembers, LastOrder};
use app::p;
use rules::base::{Id, Moment, id};
use rules::community::group::{Admission, GroupRole};
use testkit::both;

/// An order as it lies there after its payment, or before.
async fn order(
    v: &Village,
    member: Id<id::Member>,
    (total, refunded): (i64, i64),
    paid: Option<Moment>,
) {
    let id: Id<id::Order> = v.house.app.mint(v.house.now());
    sql(
        &v.house,
        "INSERT INTO orders (community_id, id, member_id, state, goods, shipping, total, refunded,
            delivery, pickup_text, pickup_code, recipient, phone, region, street, note, provider,
            placed_at, pay_until, paid_at)
            VALUES ($1,$2,$3,'completed',$4,0,$4,$5,'ship','','','','','','','','manual',0,0,$6)",
        p![v.c, id, member, total, refunded, paid],
    )
    .await;
}

fn names(found: &[app::community::views_members::FoundMember]) -> Vec<&str> {
    found.iter().map(|f| f.row.name.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_found_by_what_they_are_and_bought() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let mei = v.in_lobby("mei").await;
        let lin = v.member("lin_1").await;
        let ken = v.member("ken").await;
        let tag: Id<id::Tag> = app.mint(now);
        let new = CreateTag { community: v.c, by: v.owner, id: tag, name: "茶友".into() };
        app.create_tag(now, new).await.expect("a tag");
        let choose = ChooseTags { community: v.c, member: lin, tags: vec![tag] };
        app.choose_tags(now, choose).await.expect("chosen");
        let mute = MuteMember {
            community: v.c,
            by: v.owner,
            member: ken,
            until: Some(now.plus_days(1)),
            reason: "广告".into(),
        };
        app.mute_member(now, mute).await.expect("muted");
        let leads = SetGroupRole {
            community: v.c,
            by: v.owner,
            group: v.lobby,
            member: mei,
            role: GroupRole::Council,
        };
        app.set_group_role(now, leads).await.expect("council");
        // mei bought a hundred days ago and yesterday, lin forty days ago; ken never paid
        order(&v, mei, (5000, 0), Some(now.plus_days(-100))).await;
        order(&v, mei, (3000, 1000), Some(now.plus_days(-1))).await;
        order(&v, lin, (900, 0), Some(now.plus_days(-40))).await;
        order(&v, ken, (700, 0), None).await;

        let base = FindMembers { most: 10, ..FindMembers::default() };
        let among = |a| FindMembers { among: Some(a), ..base.clone() };
        let last = |l| FindMembers { last: Some(l), ..base.clone() };
        let query = |q: &str| FindMembers { query: q.into(), ..base.clone() };
        for (find, want) in [
            (base.clone(), vec!["ken", "lin_1", "mei", "owner"]),
            (among(Among::Staff), vec!["owner"]),
            (among(Among::Leaders), vec!["mei", "owner"]),
            (among(Among::Muted), vec!["ken"]),
            (among(Among::Banned), vec![]),
            (last(LastOrder::Month), vec!["mei"]),
            (last(LastOrder::Quarter), vec!["lin_1"]),
            (last(LastOrder::Longer), vec![]),
            (last(LastOrder::Never), vec!["ken", "owner"]),
            (query("IN_"), vec!["lin_1"]),
            (query("%"), vec![]),
            (query(&mei.to_string()), vec!["mei"]),
            (FindMembers { tag: Some(tag), ..base.clone() }, vec!["lin_1"]),
            (FindMembers { group: Some(v.lobby), ..base.clone() }, vec!["mei", "owner"]),
            (FindMembers { before: Some(lin), ..base.clone() }, vec!["mei", "owner"]),
            (FindMembers { most: 1, ..base.clone() }, vec!["ken"]),
        ] {
            let found = app.find_members(now, v.c, find.clone()).await.expect("a list");
            assert_eq!(names(&found), want, "{find:?}");
        }
        let found = app.find_members(now, v.c, query("mei")).await.expect("a list");
        let bought =
            Bought { orders: 2, paid: 8000, refunded: 1000, last: Some(now.plus_days(-1)) };
        assert_eq!(found[0].bought, bought);
        let counts = app.member_counts(now, v.c).await.expect("counts");
        assert_eq!((counts.active, counts.staff, counts.muted, counts.banned), (4, 1, 1, 0));
        let other = app.find_members(now, Id::of(1), base).await.expect("a list");
        assert!(other.is_empty(), "another community's members");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_from_all_sides() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let mei = v.member("mei").await;
        let group = v.group(Admission::Invite, None).await;
        let invite = CreateInvite {
            community: v.c,
            by: v.owner,
            id: app.mint(now),
            group,
            uses: 1,
            days: 7,
        };
        let code = app.create_invite(now, invite).await.expect("a code");
        let knock = JoinGroup { code: Some(code), ..v.knock(mei, group) };
        assert_eq!(app.join_group(now, knock).await.expect("in"), Joined::In);
        order(&v, mei, (3000, 1000), Some(now)).await;
        let mute = |until| MuteMember {
            community: v.c,
            by: v.owner,
            member: mei,
            until,
            reason: "广告".into(),
        };
        app.mute_member(now, mute(Some(now.plus_days(1)))).await.expect("muted");
        app.mute_member(now, mute(None)).await.expect("speaks");

        let talk = "INSERT INTO fact (community_id, id, kind, subject, actor, body, at)
            VALUES ($1,$2,'message_posted',$2,$3,'{}',0)";
        let said: Id<id::Fact> = app.mint(now);
        sql(&v.house, talk, p![v.c, said, mei]).await;

        let sides = app.member_sides(v.c, mei).await.expect("a look").expect("there");
        assert_eq!(sides.brought_by, Some((v.owner, "owner".to_string())), "whose code it was");
        assert_eq!(sides.groups, vec![(group, "烘焙".to_string(), GroupRole::Member)]);
        assert_eq!((sides.bought.orders, sides.bought.paid, sides.posts), (1, 3000, 0));
        let facts = app.member_facts(v.c, mei, None, 10).await.expect("facts");
        let kinds: Vec<&str> = facts.iter().map(|f| f.kind.as_str()).collect();
        let want = ["member_unmuted", "member_muted", "group_joined", "member_joined"];
        assert_eq!(kinds, want, "newest first, each once, and no small talk");
        assert_eq!(facts[0].by.as_deref(), Some("owner"));
        assert_eq!(facts[3].by, None, "her own deed");
        let older = app.member_facts(v.c, mei, Some(facts[1].id), 1).await.expect("facts");
        assert_eq!(older.len(), 1);
        assert_eq!(older[0].kind, "group_joined");
        assert!(app.member_sides(Id::of(1), mei).await.expect("a look").is_none());
    })
    .await;
}
