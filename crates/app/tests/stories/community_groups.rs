//! Groups: made, changed, joined by their doors, left.
use crate::community::{refusal, village};
use app::community::create_group::{self, CreateGroup};
use app::community::create_invite::{self, CreateInvite};
use app::community::decide_application::{self, DecideApplication};
use app::community::join_group::{self, JoinGroup, Joined};
use app::community::set_group_role::{self, SetGroupRole};
use app::community::update_group::{self, UpdateGroup};
use app::community::{PickUp, leave_group};
use rules::base::Id;
use rules::community::group::{Admission, GroupRole};
use testkit::{House, both};

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_made_and_changed() {
    use create_group::Refused as No;
    both(async |house: House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let mei = v.member("mei").await;
        let slug = Some("baking".to_string());
        let base = CreateGroup { slug, leader: Some(mei), ..v.new_group(Admission::Open, Some(3)) };
        let half = PickUp { name: "3号楼".into(), ..PickUp::default() };
        for (cmd, want) in [
            (CreateGroup { name: "".into(), ..base.clone() }, No::BadName),
            (CreateGroup { slug: Some("桃".into()), ..base.clone() }, No::BadSlug),
            (CreateGroup { purpose: "".into(), ..base.clone() }, No::BadPurpose),
            (CreateGroup { rules: "一".repeat(5001), ..base.clone() }, No::BadRules),
            (CreateGroup { capacity: Some(1), ..base.clone() }, No::BadCapacity),
            (CreateGroup { pickup: half.clone(), ..base.clone() }, No::BadPickUp),
            (CreateGroup { tags: vec![Id::of(1); 11], ..base.clone() }, No::TooManyTags),
            (CreateGroup { by: mei, ..base.clone() }, No::NotAllowed),
            (CreateGroup { leader: Some(Id::of(2)), ..base.clone() }, No::NoSuchLeader),
            (CreateGroup { tags: vec![Id::of(1)], ..base.clone() }, No::NoSuchTag),
        ] {
            assert_eq!(refusal(app.create_group(now, cmd).await), want);
        }
        let group = app.create_group(now, base.clone()).await.expect("a group");
        assert_eq!(app.create_group(now, base.clone()).await.expect("the same"), group);
        let twin = CreateGroup { id: app.mint(now), ..base };
        assert_eq!(refusal(app.create_group(now, twin).await), No::SlugTaken);
        assert_eq!(app.group_by_slug(v.c, "baking").await.expect("a look"), Some(group));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_changes_the_group() {
    use update_group::Refused as Stays;
    both(async |house: House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let mei = v.member("mei").await;
        let base = CreateGroup { leader: Some(mei), ..v.new_group(Admission::Open, Some(3)) };
        let group = app.create_group(now, base).await.expect("a group");
        let half = PickUp { name: "3号楼".into(), ..PickUp::default() };
        let change = UpdateGroup {
            community: v.c,
            by: mei,
            group,
            name: "面包".into(),
            purpose: "老面".into(),
            rules: "".into(),
            notice: "周日开炉".into(),
            admission: Admission::Approval,
            capacity: 2,
            pickup: PickUp { address: "3号楼102".into(), hours: "晚7-9点".into(), ..half },
            slow_seconds: 10,
            keywords: "微信".into(),
            system_off: vec![],
            tags: vec![],
        };
        let lin = v.member("lin").await;
        for (cmd, want) in [
            (UpdateGroup { name: "".into(), ..change.clone() }, Stays::BadName),
            (UpdateGroup { purpose: "".into(), ..change.clone() }, Stays::BadPurpose),
            (UpdateGroup { rules: "一".repeat(5001), ..change.clone() }, Stays::BadRules),
            (UpdateGroup { notice: "一".repeat(1001), ..change.clone() }, Stays::BadNotice),
            (UpdateGroup { capacity: 9999, ..change.clone() }, Stays::BadCapacity),
            (
                UpdateGroup {
                    pickup: PickUp { hours: "x".into(), ..PickUp::default() },
                    ..change.clone()
                },
                Stays::BadPickUp,
            ),
            (UpdateGroup { slow_seconds: -1, ..change.clone() }, Stays::BadSlowMode),
            (UpdateGroup { keywords: "一".repeat(2001), ..change.clone() }, Stays::BadKeywords),
            (UpdateGroup { tags: vec![Id::of(1); 11], ..change.clone() }, Stays::TooManyTags),
            (UpdateGroup { group: Id::of(2), ..change.clone() }, Stays::NoSuchGroup),
            (UpdateGroup { by: lin, ..change.clone() }, Stays::NotAllowed),
            (UpdateGroup { tags: vec![Id::of(1)], ..change.clone() }, Stays::NoSuchTag),
        ] {
            assert_eq!(refusal(app.update_group(now, cmd).await), want);
        }
        for member in [lin, v.owner] {
            app.join_group(now, v.knock(member, group)).await.expect("in");
        }
        let out = app.update_group(now, change.clone()).await;
        assert_eq!(refusal(out), Stays::TooSmall, "three are in");
        app.update_group(now, UpdateGroup { capacity: 3, ..change }).await.expect("changed");
        let page = app.group_page(v.c, group, Some(mei)).await.expect("a look").expect("there");
        assert_eq!((page.card.capacity, page.slow_seconds), (3, 10));
        assert_eq!((page.role, page.leaders[0].member), (Some(GroupRole::Leader), mei));
        let said = app.lines_after(v.c, group, 0).await.expect("lines");
        assert!(said.last().is_some_and(|l| l.body.contains("notice_changed")), "{said:?}");
        let list = app.discover_groups(v.c, Some(lin), None).await.expect("a list");
        assert_eq!(list.iter().map(|g| g.mine).collect::<Vec<_>>(), [false, true]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_want_the_last_seat() {
    both(async |house: House| {
        let v = village(house).await;
        let now = v.house.now();
        let group = v.group(Admission::Open, Some(2)).await;
        let mut people = Vec::new();
        for i in 0..40 {
            people.push(v.member(&format!("p{i}")).await);
        }
        let all: Vec<_> = people
            .into_iter()
            .map(|member| {
                let (app, cmd) = (v.house.app.clone(), v.knock(member, group));
                tokio::spawn(async move { app.join_group(now, cmd).await })
            })
            .collect();
        let mut won = 0;
        for one in all {
            match one.await.expect("no panic") {
                Ok(joined) => {
                    assert_eq!(joined, Joined::In);
                    won += 1;
                }
                out => assert_eq!(refusal(out), join_group::Refused::Full),
            }
        }
        let listed = v.house.app.group_members(v.c, group, None).await.expect("a list");
        assert_eq!((won, v.members_of(group).await, listed.len()), (1, 2, 2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_of_three_uses_for_twenty() {
    use create_invite::Refused as No;
    both(async |house: House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let group = v.group(Admission::Invite, None).await;
        let mei = v.member("mei").await;
        let base = CreateInvite {
            community: v.c,
            by: v.owner,
            id: app.mint(now),
            group,
            uses: 3,
            days: 7,
        };
        for (cmd, want) in [
            (CreateInvite { uses: 0, ..base.clone() }, No::BadTerms),
            (CreateInvite { group: Id::of(2), ..base.clone() }, No::NoSuchGroup),
            (CreateInvite { by: mei, ..base.clone() }, No::NotAllowed),
        ] {
            assert_eq!(refusal(app.create_invite(now, cmd).await), want);
        }
        let code = app.create_invite(now, base.clone()).await.expect("a code");
        assert_eq!(refusal(app.create_invite(now, base).await), No::Twice);
        let with = |member, code: &str| JoinGroup {
            code: Some(code.to_uppercase()),
            ..v.knock(member, group)
        };
        use join_group::Refused as Shut;
        let out = app.join_group(now, v.knock(mei, group)).await;
        assert_eq!(refusal(out), Shut::NeedsCode);
        let out = app.join_group(now, with(mei, "0000000000000000")).await;
        assert_eq!(refusal(out), Shut::BadCode);
        let mut people = Vec::new();
        for i in 0..20 {
            people.push(v.member(&format!("p{i}")).await);
        }
        let all: Vec<_> = people
            .into_iter()
            .map(|member| {
                let (app, cmd) = (app.clone(), with(member, &code));
                tokio::spawn(async move { app.join_group(now, cmd).await })
            })
            .collect();
        let mut won = 0;
        for one in all {
            match one.await.expect("no panic") {
                Ok(_) => won += 1,
                out => assert_eq!(refusal(out), Shut::BadCode),
            }
        }
        assert_eq!((won, v.members_of(group).await), (3, 4));
        let row = &app.invites(v.c, group).await.expect("a list")[0];
        assert_eq!((row.uses, row.most), (3, 3));
        for _ in 0..19 {
            let out = app.join_group(now, with(mei, "1111")).await;
            assert_eq!(refusal(out), Shut::BadCode);
        }
        let out = app.join_group(now, with(mei, "1111")).await;
        assert_eq!(refusal(out), Shut::TooManyTries);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn applications_and_places() {
    use decide_application::Refused as No;
    use join_group::Refused as Shut;
    both(async |house: House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let group = v.group(Admission::Approval, Some(2)).await;
        let (mei, lin) = (v.member("mei").await, v.member("lin").await);
        let base = JoinGroup { words: "想学".into(), ..v.knock(mei, group) };
        for (cmd, want) in [
            (JoinGroup { agreed: false, ..base.clone() }, Shut::NotAgreed),
            (JoinGroup { words: "一".repeat(501), ..base.clone() }, Shut::BadWords),
            (JoinGroup { member: Id::of(2), ..base.clone() }, Shut::NotAMember),
            (JoinGroup { group: Id::of(2), ..base.clone() }, Shut::NoSuchGroup),
        ] {
            assert_eq!(refusal(app.join_group(now, cmd).await), want);
        }
        let first = app.join_group(now, base.clone()).await.expect("applied");
        assert_eq!(app.join_group(now, base).await.expect("still waits"), first);
        let Joined::Waiting(mine) = first else { panic!("waits: {first:?}") };
        let other = app.join_group(now, v.knock(lin, group)).await.expect("applied");
        let Joined::Waiting(other) = other else { panic!("waits: {other:?}") };
        assert_eq!(app.applications(v.c, group).await.expect("a list").len(), 2);
        let decide = |by, application, admit| DecideApplication {
            community: v.c,
            by,
            application,
            admit,
            reason: "".into(),
        };
        let long = DecideApplication { reason: "一".repeat(201), ..decide(v.owner, mine, true) };
        for (cmd, want) in [
            (long, No::BadReason),
            (decide(v.owner, Id::of(2), true), No::Gone),
            (decide(lin, mine, true), No::NotAllowed),
        ] {
            assert_eq!(refusal(app.decide_application(now, cmd).await), want);
        }
        app.decide_application(now, decide(v.owner, mine, true)).await.expect("in");
        let full = app.decide_application(now, decide(v.owner, other, true)).await;
        assert_eq!(refusal(full), No::Full);
        app.decide_application(now, decide(v.owner, other, false)).await.expect("declined");
        let gone = app.decide_application(now, decide(v.owner, other, true)).await;
        assert_eq!(refusal(gone), No::Gone);
        let role = |by, member, role| SetGroupRole { community: v.c, by, group, member, role };
        let out = app.set_group_role(now, role(mei, mei, GroupRole::Council)).await;
        assert_eq!(refusal(out), set_group_role::Refused::NotAllowed);
        let out = app.set_group_role(now, role(v.owner, lin, GroupRole::Council)).await;
        assert_eq!(refusal(out), set_group_role::Refused::NotIn);
        app.set_group_role(now, role(v.owner, mei, GroupRole::Leader)).await.expect("leads");
        let out = app.set_group_role(now, role(mei, v.owner, GroupRole::Member)).await;
        assert_eq!(refusal(out), set_group_role::Refused::NotAllowed, "leaders by staff only");
        app.leave_group(now, v.c, mei, group).await.expect("left");
        let out = app.leave_group(now, v.c, mei, group).await;
        assert_eq!(refusal(out), leave_group::Refused::NotIn);
        assert_eq!(v.members_of(group).await, 1);
    })
    .await;
}
