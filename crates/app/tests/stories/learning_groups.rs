//! Who came into a group and went, what was said and answered, and what the figures say of it.
use crate::learning::{Town, town, zone};
use crate::spread::Member;
use app::community::post_message::PostMessage;
use app::community::react::React;
use app::learning::groups::{GroupNow, GroupWeeks};
use app::learning::insight::health::health;
use rules::base::moment::{DAY, HOUR};
use rules::base::{Id, id};
use rules::community::message::Emoji;
use testkit::{House, both};

async fn says(t: &Town, by: Member, to: Option<Id<id::Message>>) -> Id<id::Message> {
    let (v, now) = (&t.s.v, t.s.v.house.now());
    let id = v.house.app.mint(now);
    let line = PostMessage {
        community: v.c,
        member: by,
        group: v.lobby,
        id,
        text: "好".into(),
        product: None,
        reply_to: to,
    };
    v.house.app.post_message(now, line).await.expect("said");
    id
}
async fn comes(t: &Town, m: Member) {
    let v = &t.s.v;
    v.house.app.join_group(v.house.now(), v.knock(m, v.lobby)).await.expect("in");
}
async fn lobby(t: &Town) -> GroupNow {
    let v = &t.s.v;
    let all = v.house.app.groups_figures(v.house.now(), v.c, zone()).await.expect("figures");
    all.into_iter().find(|g| g.group == v.lobby).expect("the lobby")
}
async fn by_week(t: &Town) -> GroupWeeks {
    let v = &t.s.v;
    let found = v.house.app.group_figures(v.house.now(), v.c, v.lobby, zone()).await;
    found.expect("figures").expect("the lobby")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_as_deep_as_its_members_talk() {
    both(async |house: House| {
        let t = town(house).await;
        // Ben said hello and Ann answered; she had brought him. The owner counts for nothing.
        let f = lobby(&t).await.now;
        assert_eq!((f.members, f.joins, f.leaves), (2, 2, 0));
        assert_eq!((f.said, f.speakers, f.answers, f.gini), (2, 2, 1, Some(0.0)));
        assert_eq!((f.opened, f.answered, f.soon, f.first_answer), (1, 1, 1, Some(0)));
        assert_eq!(f.standing, [0, 1, 1, 0]);
        assert_eq!(health(&f), None, "two are no crowd");
        // to the owner's words: another line, and no answer to a member
        let v = &t.s.v;
        let owners = says(&t, v.owner, None).await;
        says(&t, t.ann, Some(owners)).await;
        let f = lobby(&t).await.now;
        assert_eq!((f.said, f.answers, f.opened), (3, 1, 1));
        // a like makes Dan one who was there; what he does from outside does not
        let emoji = Emoji::ALL[0];
        comes(&t, t.dan).await;
        let app = &v.house.app;
        let like = React { community: v.c, member: t.dan, message: owners, emoji };
        app.react(v.house.now(), like).await.expect("liked");
        let f = lobby(&t).await.now;
        assert_eq!((f.monthly, f.speakers, f.standing), (3, 2, [0, 2, 1, 0]), "Ben brought Dan");
        // unanswered for a day
        says(&t, t.ben, None).await;
        v.house.pass(DAY + HOUR);
        let f = lobby(&t).await.now;
        assert_eq!((f.opened, f.answered), (2, 1));
        let late = v.house.pass(31 * DAY);
        let f = lobby(&t).await.now;
        assert_eq!((f.members, f.monthly, f.standing), (3, 0, [0, 0, 0, 3]), "at {late:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_is_gone_from_then_on() {
    both(async |house: House| {
        let t = town(house).await;
        let v = &t.s.v;
        let app = &v.house.app;
        comes(&t, t.dan).await;
        v.house.pass(7 * DAY);
        app.leave_group(v.house.now(), v.c, t.ben, v.lobby).await.expect("out");
        let f = lobby(&t).await.now;
        assert_eq!((f.members, f.joins, f.leaves), (2, 3, 1));
        assert_eq!(f.said, 1, "what Ben said left with him");
        v.house.pass(7 * DAY);
        comes(&t, t.ben).await;
        app.leave_community(v.house.now(), v.c, t.dan).await.expect("out");
        let now = lobby(&t).await;
        assert_eq!((now.now.members, now.now.joins, now.now.leaves), (2, 4, 2));
        assert_eq!(now.now.said, 2, "and came back with him");
        let all = by_week(&t).await;
        assert_eq!(all.now, now.now, "the page of one says what the table says");
        let sizes: Vec<u32> = all.weeks.iter().map(|w| w.then.members).collect();
        assert_eq!(sizes, now.before, "{all:?}");
        let moved = all.weeks.iter().fold((0, 0), |(a, b), w| (a + w.joins, b + w.leaves));
        assert_eq!((sizes.first(), sizes.last(), moved), (Some(&3), Some(&2), (4, 2)));
        // of another community there is no such group
        let other = app.group_figures(v.house.now(), Id::of(1), v.lobby, zone()).await;
        assert_eq!(other.expect("a look"), None);
    })
    .await;
}
