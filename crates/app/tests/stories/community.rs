//! Living together: opening, joining, roles, tags.
use app::Stop;
use app::community::ban_member::{self, BanMember};
use app::community::change_community::{self, ChangeCommunity};
use app::community::choose_tags::{self, ChooseTags};
use app::community::create_group::CreateGroup;
use app::community::create_tag::{self, CreateTag};
use app::community::edit_member::{self, EditMember};
use app::community::join_community::{self, JoinCommunity};
use app::community::join_group::{JoinGroup, Joined};
use app::community::mute_member::{self, MuteMember};
use app::community::open_community::{self, OpenCommunity, Opened};
use app::community::set_role::{self, SetRole};
use app::community::sign_in_with_code::SignInWithCode;
use app::community::{PickUp, close_community, leave_community};
use rules::base::{Currency, Id, Lang, id};
use rules::community::contact::ContactKind;
use rules::community::group::{Admission, GroupKind};
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
        target: format!("x{name}@example.org"),
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
        let nameless = account(&house, "").await;
        let cmd = OpenCommunity { account: nameless, ..base.clone() };
        assert_eq!(refusal(app.open_community(now, cmd).await), No::Nameless);
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
    use mute_member::Refused as No;
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
        let out = app.ban_member(now, BanMember { reason: "".into(), ..ban(true) }).await;
        assert_eq!(refusal(out), ban_member::Refused::BadReason);
        let out = app.ban_member(now, BanMember { by: mei, ..ban(true) }).await;
        assert_eq!(refusal(out), ban_member::Refused::NotAllowed);
        let out = app.ban_member(now, BanMember { member: v.owner, ..ban(true) }).await;
        assert_eq!(refusal(out), ban_member::Refused::NotThem);
        let out = app.ban_member(now, ban(false)).await;
        assert_eq!(refusal(out), ban_member::Refused::NoSuchMember);
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
        use close_community::Refused as Stays;
        assert_eq!(refusal(app.close_community(now, v.c, mei).await), Stays::NotAllowed);
        app.close_community(now, v.c, v.owner).await.expect("closed");
        assert_eq!(refusal(app.close_community(now, v.c, v.owner).await), Stays::Gone);
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
        assert_eq!(
            refusal(app.create_tag(now, tag(mei, "烘焙")).await),
            create_tag::Refused::NotAllowed
        );
        assert_eq!(
            refusal(app.create_tag(now, tag(v.owner, "#")).await),
            create_tag::Refused::BadName
        );
        let (baking, fruit) = (tag(v.owner, "#Baking"), tag(v.owner, "水果"));
        app.create_tag(now, baking.clone()).await.expect("made");
        app.create_tag(now, baking.clone()).await.expect("the same form again");
        app.create_tag(now, fruit.clone()).await.expect("made");
        let out = app.create_tag(now, tag(v.owner, "bak ing")).await;
        assert_eq!(refusal(out), create_tag::Refused::Taken);
        let choose = |member, tags: &[Id<id::Tag>]| ChooseTags {
            community: v.c,
            member,
            tags: tags.to_vec(),
        };
        let out = app.choose_tags(now, choose(mei, &[Id::of(9)])).await;
        assert_eq!(refusal(out), choose_tags::Refused::NoSuchTag);
        let out = app.choose_tags(now, choose(mei, &[baking.id; 21])).await;
        assert_eq!(refusal(out), choose_tags::Refused::TooMany);
        let out = app.choose_tags(now, choose(Id::of(9), &[])).await;
        assert_eq!(refusal(out), choose_tags::Refused::NotAMember);
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
