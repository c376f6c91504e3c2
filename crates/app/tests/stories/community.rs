//! Living together: opening, joining, roles, tags, groups and their doors.
use app::Stop;
use app::community::change_community::ChangeCommunity;
use app::community::create_group::CreateGroup;
use app::community::create_invite::CreateInvite;
use app::community::decide_application::DecideApplication;
use app::community::edit_member::EditMember;
use app::community::join_community::JoinCommunity;
use app::community::join_group::{JoinGroup, Joined};
use app::community::open_community::{OpenCommunity, Opened};
use app::community::restrain_member::{BanMember, MuteMember};
use app::community::set_group_role::SetGroupRole;
use app::community::set_role::SetRole;
use app::community::sign_in_with_code::SignInWithCode;
use app::community::tags::{ChooseTags, CreateTag};
use app::community::update_group::UpdateGroup;
use app::community::{
    PickUp, change_community, create_group, create_invite, decide_application, edit_member,
    join_community, join_group, leave_community, leave_group, open_community, restrain_member,
    set_group_role, set_role, tags, update_group,
};
use rules::base::{Currency, Id, Lang, id};
use rules::community::contact::ContactKind;
use rules::community::group::{Admission, GroupKind, GroupRole};
use rules::community::open::Jurisdiction;
use rules::community::role::{Right, Role};
use testkit::{House, both};

pub fn refusal<T: std::fmt::Debug, R: std::fmt::Debug>(out: Result<T, Stop<R>>) -> R {
    match out {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// A community with its owner, and people who join it.
pub struct Village {
    pub house: House,
    pub c: Id<id::Community>,
    pub owner: Id<id::Member>,
    pub lobby: Id<id::Group>,
}
pub async fn account(house: &House, name: &str) -> Id<id::Account> {
    let ask = app::community::request_code::RequestCode {
        kind: ContactKind::Email,
        target: format!("{name}@example.org"),
        browser: name.into(),
        address: name.into(),
    };
    let sent = house.app.request_code(house.now(), ask).await.expect("a code");
    let cmd = SignInWithCode {
        sign_in: sent.sign_in,
        code: sent.code,
        browser: name.into(),
        name: name.into(),
        lang: Lang::Hans,
        agent: "".into(),
    };
    house.app.sign_in_with_code(house.now(), cmd).await.expect("in").account
}
pub fn opening(house: &House, account: Id<id::Account>) -> OpenCommunity {
    OpenCommunity {
        id: house.app.mint(house.now()),
        account,
        name: "桃园里".into(),
        slug: "taoyuanli".into(),
        purpose: "楼下邻居一起买好东西".into(),
        rules: "好好说话".into(),
        lang: Lang::Hans,
        currency: Currency::Cny,
        zone: "Asia/Shanghai".into(),
        jurisdiction: Jurisdiction::Cn,
        theme: "".into(),
        first_group: "大厅".into(),
    }
}
pub async fn village(house: House) -> Village {
    let owner = account(&house, "owner").await;
    let opened = house.app.open_community(house.now(), opening(&house, owner)).await;
    let Opened { community: c, member: owner, group: lobby, .. } = opened.expect("opened");
    Village { house, c, owner, lobby }
}
impl Village {
    pub async fn member(&self, name: &str) -> Id<id::Member> {
        let account = account(&self.house, name).await;
        let cmd = self.joining(account, name);
        self.house.app.join_community(self.house.now(), cmd).await.expect("joined")
    }
    pub fn joining(&self, account: Id<id::Account>, name: &str) -> JoinCommunity {
        JoinCommunity { community: self.c, account, name: name.into(), tags: vec![], agreed: true }
    }
    pub fn knock(&self, member: Id<id::Member>, group: Id<id::Group>) -> JoinGroup {
        JoinGroup { community: self.c, member, group, agreed: true, code: None, words: "".into() }
    }
    pub async fn in_lobby(&self, name: &str) -> Id<id::Member> {
        let member = self.member(name).await;
        let out = self.house.app.join_group(self.house.now(), self.knock(member, self.lobby));
        assert_eq!(out.await.expect("in"), Joined::In);
        member
    }
    pub fn new_group(&self, admission: Admission, capacity: Option<i64>) -> CreateGroup {
        CreateGroup {
            community: self.c,
            by: self.owner,
            id: self.house.app.mint(self.house.now()),
            kind: GroupKind::Interest,
            name: "烘焙".into(),
            slug: None,
            purpose: "一起烤面包".into(),
            rules: "".into(),
            admission,
            capacity,
            pickup: PickUp::default(),
            leader: None,
            tags: vec![],
        }
    }
    pub async fn group(&self, admission: Admission, capacity: Option<i64>) -> Id<id::Group> {
        let cmd = self.new_group(admission, capacity);
        self.house.app.create_group(self.house.now(), cmd).await.expect("a group")
    }
    pub async fn members_of(&self, group: Id<id::Group>) -> i64 {
        let page = self.house.app.group_page(self.c, group, None).await.expect("a look");
        page.expect("there").card.members
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_community_opens_once() {
    use open_community::Refused as No;
    both(async |house: House| {
        let (app, now) = (&house.app, house.now());
        let owner = account(&house, "mei").await;
        let base = opening(&house, owner);
        for (cmd, want) in [
            (OpenCommunity { name: "".into(), ..base.clone() }, No::BadName),
            (OpenCommunity { slug: "console".into(), ..base.clone() }, No::BadSlug),
            (OpenCommunity { purpose: " ".into(), ..base.clone() }, No::BadPurpose),
            (OpenCommunity { rules: " ".into(), ..base.clone() }, No::BadRules),
            (OpenCommunity { zone: "Moon/Base".into(), ..base.clone() }, No::BadZone),
            (OpenCommunity { theme: "red".into(), ..base.clone() }, No::BadTheme),
            (OpenCommunity { first_group: "".into(), ..base.clone() }, No::BadGroupName),
            (OpenCommunity { account: Id::of(5), ..base.clone() }, No::NoSuchAccount),
        ] {
            assert_eq!(refusal(app.open_community(now, cmd).await), want);
        }
        let all: Vec<_> = (0..8)
            .map(|_| {
                let (app, cmd) = (app.clone(), base.clone());
                tokio::spawn(async move { app.open_community(now, cmd).await })
            })
            .collect();
        let mut opened = Vec::new();
        for one in all {
            opened.push(one.await.expect("no panic").expect("the winner's answer"));
        }
        assert!(opened.windows(2).all(|w| w[0] == w[1]), "one form, one community");
        let other = OpenCommunity { id: app.mint(now), ..base };
        assert_eq!(refusal(app.open_community(now, other).await), No::SlugTaken);
        let about = app.about(opened[0].community).await.expect("a look").expect("open");
        assert_eq!((about.members, about.groups), (1, 1));
        let mine = app.my_communities(owner).await.expect("a list");
        assert_eq!((mine.len(), mine[0].role), (1, Role::Owner));
        let place = app.place("taoyuanli").await.expect("a look").expect("there");
        assert_eq!(place.zone, "Asia/Shanghai");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn joining_and_leaving() {
    use join_community::Refused as No;
    both(async |house: House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let mei = account(&v.house, "mei").await;
        let base = v.joining(mei, "阿梅");
        for (cmd, want) in [
            (JoinCommunity { agreed: false, ..base.clone() }, No::NotAgreed),
            (JoinCommunity { name: "客服".into(), ..base.clone() }, No::BadName),
            (JoinCommunity { tags: vec![Id::of(3)], ..base.clone() }, No::NoSuchTag),
            (JoinCommunity { tags: vec![Id::of(3); 21], ..base.clone() }, No::TooManyTags),
            (JoinCommunity { community: Id::of(3), ..base.clone() }, No::NoSuchCommunity),
        ] {
            assert_eq!(refusal(app.join_community(now, cmd).await), want);
        }
        let all: Vec<_> = (0..8)
            .map(|_| {
                let (app, cmd) = (app.clone(), base.clone());
                tokio::spawn(async move { app.join_community(now, cmd).await })
            })
            .collect();
        let mut ids = Vec::new();
        for one in all {
            ids.push(one.await.expect("no panic").expect("joined"));
        }
        assert!(ids.windows(2).all(|w| w[0] == w[1]), "a member once");
        let member = ids[0];
        app.join_group(now, v.knock(member, v.lobby)).await.expect("in");
        assert_eq!(v.members_of(v.lobby).await, 2);
        app.leave_community(now, v.c, member).await.expect("left");
        assert_eq!(v.members_of(v.lobby).await, 1, "the seat is free");
        let gone = app.leave_community(now, v.c, member).await;
        assert_eq!(refusal(gone), leave_community::Refused::NotAMember);
        let stays = app.leave_community(now, v.c, v.owner).await;
        assert_eq!(refusal(stays), leave_community::Refused::OwnerStays);
        assert_eq!(app.join_community(now, base).await.expect("back"), member);
        let edit =
            |name: &str, bio: String| EditMember { community: v.c, member, name: name.into(), bio };
        let out = app.edit_member(now, edit("", "".into())).await;
        assert_eq!(refusal(out), edit_member::Refused::BadName);
        let out = app.edit_member(now, edit("梅", "一".repeat(301))).await;
        assert_eq!(refusal(out), edit_member::Refused::BadBio);
        app.edit_member(now, edit("梅姐", "爱烤面包".into())).await.expect("edited");
        let card = app.member_card(v.c, member, None).await.expect("a look").expect("there");
        assert_eq!((card.row.name.as_str(), card.bio.as_str()), ("梅姐", "爱烤面包"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_mutes_and_bans_are_logged() {
    use restrain_member::Refused as No;
    both(async |house: House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let (staff, mei) = (v.member("staff").await, v.in_lobby("mei").await);
        let role = |by, member, role| SetRole {
            community: v.c,
            by,
            member,
            role,
            rights: vec![Right::Members],
            reason: "helps".into(),
        };
        let out = app.set_role(now, role(mei, staff, Role::Staff)).await;
        assert_eq!(refusal(out), set_role::Refused::NotAllowed);
        let out = app.set_role(now, role(v.owner, v.owner, Role::Member)).await;
        assert_eq!(refusal(out), set_role::Refused::NotOneself);
        let out = app.set_role(now, role(v.owner, Id::of(4), Role::Staff)).await;
        assert_eq!(refusal(out), set_role::Refused::NoSuchMember);
        app.set_role(now, role(v.owner, staff, Role::Staff)).await.expect("staff now");
        let mute = |by, member, days: i64, reason: &str| MuteMember {
            community: v.c,
            by,
            member,
            until: Some(now.plus_days(days)),
            reason: reason.into(),
        };
        for (cmd, want) in [
            (mute(staff, mei, 1, " "), No::BadReason),
            (mute(staff, mei, 0, "why"), No::BadEnd),
            (mute(staff, mei, 400, "why"), No::BadEnd),
            (mute(mei, staff, 1, "why"), No::NotAllowed),
            (mute(staff, Id::of(4), 1, "why"), No::NoSuchMember),
            (mute(staff, v.owner, 1, "why"), No::NotThem),
        ] {
            assert_eq!(refusal(app.mute_member(now, cmd).await), want);
        }
        app.mute_member(now, mute(staff, mei, 1, "广告")).await.expect("muted");
        let ban = |banned| BanMember {
            community: v.c,
            by: staff,
            member: mei,
            banned,
            reason: "again".into(),
        };
        app.ban_member(now, ban(true)).await.expect("banned");
        assert_eq!(v.members_of(v.lobby).await, 1);
        let back = account(&v.house, "mei").await;
        let out = app.join_community(now, v.joining(back, "mei")).await;
        assert_eq!(refusal(out), join_community::Refused::Banned);
        app.ban_member(now, ban(false)).await.expect("lifted");
        assert_eq!(refusal(app.ban_member(now, ban(false)).await), No::NoSuchMember);
        assert_eq!(app.join_community(now, v.joining(back, "mei")).await.expect("back"), mei);
        app.set_role(now, role(v.owner, staff, Role::Owner)).await.expect("handed over");
        let out = app.set_role(now, role(v.owner, mei, Role::Staff)).await;
        assert_eq!(refusal(out), set_role::Refused::NotAllowed, "staff now");
        let log = app.list_audit_log(v.c, None).await.expect("a log");
        let what: Vec<&str> = log.iter().map(|l| l.what.as_str()).collect();
        assert_eq!(what, ["set_role", "ban_member", "ban_member", "mute_member", "set_role"]);
        assert_eq!((log[3].reason.as_str(), log[3].subject), ("广告", mei.raw()));
        assert_eq!((log[4].was.as_str(), log[4].became.as_str()), ("member", "staff members"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_community_changes_and_closes() {
    use change_community::Refused as No;
    both(async |house: House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let mei = v.member("mei").await;
        let base = ChangeCommunity {
            community: v.c,
            by: v.owner,
            name: "桃园".into(),
            purpose: "新的".into(),
            story: "从前".into(),
            rules: "好".into(),
            theme: "#112233".into(),
        };
        for (cmd, want) in [
            (ChangeCommunity { name: "".into(), ..base.clone() }, No::BadName),
            (ChangeCommunity { purpose: "".into(), ..base.clone() }, No::BadPurpose),
            (ChangeCommunity { story: "一".repeat(10_001), ..base.clone() }, No::BadStory),
            (ChangeCommunity { rules: "".into(), ..base.clone() }, No::BadRules),
            (ChangeCommunity { theme: "x".into(), ..base.clone() }, No::BadTheme),
            (ChangeCommunity { by: mei, ..base.clone() }, No::NotAllowed),
        ] {
            assert_eq!(refusal(app.change_community(now, cmd).await), want);
        }
        app.change_community(now, base).await.expect("changed");
        let about = app.about(v.c).await.expect("a look").expect("open");
        assert_eq!((about.name.as_str(), about.story.as_str()), ("桃园", "从前"));
        assert_eq!(refusal(app.close_community(now, v.c, mei).await), No::NotAllowed);
        app.close_community(now, v.c, v.owner).await.expect("closed");
        assert_eq!(refusal(app.close_community(now, v.c, v.owner).await), No::Gone);
        assert!(app.place("taoyuanli").await.expect("a look").is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_bring_what_fits() {
    both(async |house: House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let (mei, lin) = (v.member("mei").await, v.member("lin").await);
        let tag =
            |by, name: &str| CreateTag { community: v.c, by, id: app.mint(now), name: name.into() };
        assert_eq!(refusal(app.create_tag(now, tag(mei, "烘焙")).await), tags::Refused::NotAllowed);
        assert_eq!(refusal(app.create_tag(now, tag(v.owner, "#")).await), tags::Refused::BadName);
        let (baking, fruit) = (tag(v.owner, "#Baking"), tag(v.owner, "水果"));
        app.create_tag(now, baking.clone()).await.expect("made");
        app.create_tag(now, baking.clone()).await.expect("the same form again");
        app.create_tag(now, fruit.clone()).await.expect("made");
        let out = app.create_tag(now, tag(v.owner, "bak ing")).await;
        assert_eq!(refusal(out), tags::Refused::Taken);
        let choose = |member, tags: &[Id<id::Tag>]| ChooseTags {
            community: v.c,
            member,
            tags: tags.to_vec(),
        };
        let out = app.choose_tags(now, choose(mei, &[Id::of(9)])).await;
        assert_eq!(refusal(out), tags::Refused::NoSuchTag);
        let out = app.choose_tags(now, choose(mei, &[baking.id; 21])).await;
        assert_eq!(refusal(out), tags::Refused::TooMany);
        let out = app.choose_tags(now, choose(Id::of(9), &[])).await;
        assert_eq!(refusal(out), tags::Refused::NotAMember);
        let nothing_shared = app.suggestions(v.c, mei).await.expect("a look");
        assert_eq!(nothing_shared.groups[0].0, v.lobby, "the lobby is better than nothing");
        app.choose_tags(now, choose(mei, &[baking.id, fruit.id])).await.expect("chosen");
        app.choose_tags(now, choose(mei, &[baking.id])).await.expect("chosen again");
        app.choose_tags(now, choose(lin, &[baking.id])).await.expect("chosen");
        assert_eq!(app.member_tags(v.c, mei).await.expect("a list"), [baking.id]);
        let group =
            CreateGroup { tags: vec![baking.id, fruit.id], ..v.new_group(Admission::Open, None) };
        let group = app.create_group(now, group).await.expect("a group");
        let fits = app.suggestions(v.c, mei).await.expect("a look");
        assert_eq!(fits.groups.iter().map(|g| g.0).collect::<Vec<_>>(), [group]);
        assert_eq!(fits.people.iter().map(|p| p.0).collect::<Vec<_>>(), [lin]);
        let counts = app.community_tags(v.c).await.expect("a list");
        let counts: Vec<_> = counts.iter().map(|t| (t.name.as_str(), t.members)).collect();
        assert_eq!(counts, [("Baking", 2), ("水果", 0)]);
    })
    .await;
}

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
        use update_group::Refused as Stays;
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
