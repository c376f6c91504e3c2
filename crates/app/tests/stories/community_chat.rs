//! Talking: lines, changes, cursors, what waits, what is taken down, closing an account.
use crate::community::{Village, account, refusal, village};
use app::community::approve_waiting::{self, ApproveWaiting};
use app::community::delete_message::{self, DeleteMessage};
use app::community::edit_message::{self, EditMessage};
use app::community::mute_member::MuteMember;
use app::community::post_message::{PostMessage, Posted, Refused};
use app::community::react::{self, React};
use app::community::update_group::UpdateGroup;
use app::community::views_chat::Line;
use app::community::{PickUp, close_account};
use rules::base::moment::{MINUTE, SECOND};
use rules::base::{Id, id};
use rules::community::group::Admission;
use rules::community::message::{Emoji, LineState, MessageKind, SystemLine};
use testkit::both;

fn line(v: &Village, member: Id<id::Member>, text: &str) -> PostMessage {
    PostMessage {
        community: v.c,
        member,
        group: v.lobby,
        id: v.house.app.mint(v.house.now()),
        text: text.into(),
        product: None,
        reply_to: None,
    }
}
pub async fn says(v: &Village, member: Id<id::Member>, text: &str) -> (Id<id::Message>, Posted) {
    let cmd = line(v, member, text);
    let id = cmd.id;
    (id, v.house.app.post_message(v.house.now(), cmd).await.expect("said"))
}
async fn after(v: &Village, cursor: i64) -> Vec<Line> {
    v.house.app.lines_after(v.c, v.lobby, cursor).await.expect("lines")
}
fn settings(v: &Village) -> UpdateGroup {
    UpdateGroup {
        community: v.c,
        by: v.owner,
        group: v.lobby,
        name: "大厅".into(),
        purpose: "聊天".into(),
        rules: "".into(),
        notice: "".into(),
        admission: Admission::Open,
        capacity: 500,
        pickup: PickUp::default(),
        slow_seconds: 0,
        keywords: "".into(),
        system_off: vec![],
        tags: vec![],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_said_once_and_in_order() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let (mei, lin) = (v.in_lobby("mei").await, v.in_lobby("lin").await);
        let outside = v.member("outside").await;
        let long = "一".repeat(2001);
        for (cmd, want) in [
            (line(&v, mei, " "), Refused::Empty),
            (line(&v, mei, &long), Refused::TooLong),
            (line(&v, Id::of(2), "x"), Refused::NotAMember),
            (line(&v, outside, "x"), Refused::NotIn),
            (PostMessage { group: Id::of(2), ..line(&v, mei, "x") }, Refused::NotIn),
            (PostMessage { reply_to: Some(Id::of(2)), ..line(&v, mei, "x") }, Refused::NoSuchReply),
        ] {
            assert_eq!(refusal(app.post_message(now, cmd).await), want);
        }
        let cursor = app.newest_change(v.c, v.lobby).await.expect("a number");
        let cmd = line(&v, mei, "今天有馒头吗");
        let all: Vec<_> = (0..20)
            .map(|_| {
                let (app, cmd) = (app.clone(), cmd.clone());
                tokio::spawn(async move { app.post_message(now, cmd).await })
            })
            .collect();
        let mut seqs = Vec::new();
        for one in all {
            seqs.push(one.await.expect("no panic").expect("said").seq);
        }
        seqs.dedup();
        assert_eq!(seqs.len(), 1, "twenty times is once, and all hear the same number");
        let stolen = PostMessage { id: cmd.id, ..line(&v, lin, "mine") };
        assert_eq!(refusal(app.post_message(now, stolen).await), Refused::NotIn);
        let answer =
            PostMessage { reply_to: Some(cmd.id), product: Some(Id::of(77)), ..line(&v, lin, "") };
        app.post_message(now, answer).await.expect("a card may go without words");
        let lines = after(&v, cursor).await;
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].name.as_str(), lines[0].body.as_str()), ("mei", "今天有馒头吗"));
        let reply = lines[1].reply.as_ref().expect("an answer");
        assert_eq!((reply.name.as_str(), reply.clip.as_str()), ("mei", "今天有馒头吗"));
        assert_eq!((lines[1].kind, lines[1].product), (MessageKind::Product, Some(Id::of(77))));
        let mine = app.my_groups(v.c, mei).await.expect("a list");
        assert_eq!((mine[0].unread, mine[0].members), (1, 3));
        let last = mine[0].last.as_ref().expect("a last line");
        assert_eq!((last.name.as_str(), last.kind), ("lin", MessageKind::Product));
        app.set_read(now, v.c, mei, v.lobby, lines[1].seq).await.expect("read");
        app.set_read(now, v.c, mei, v.lobby, 1).await.expect("never back");
        app.set_read(now, v.c, mei, v.lobby, 999_999).await.expect("never beyond");
        says(&v, lin, "好吃").await;
        assert_eq!(app.my_groups(v.c, mei).await.expect("a list")[0].unread, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_come_again() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let app = &v.house.app;
        let (mei, lin) = (v.in_lobby("mei").await, v.in_lobby("lin").await);
        let (first, posted) = says(&v, mei, "一").await;
        let (second, _) = says(&v, lin, "二").await;
        let cursor = app.newest_change(v.c, v.lobby).await.expect("a number");
        assert!(after(&v, cursor).await.is_empty());
        let edit = |member, message, text: &str| EditMessage {
            community: v.c,
            member,
            message,
            text: text.into(),
        };
        let now = v.house.now();
        let outside = v.member("outside").await;
        for (cmd, want) in [
            (edit(mei, Id::of(2), "x"), edit_message::Refused::NoSuchLine),
            (edit(outside, first, "x"), edit_message::Refused::NotIn),
            (edit(lin, first, "x"), edit_message::Refused::NotAllowed),
            (edit(mei, first, ""), edit_message::Refused::Empty),
            (edit(mei, first, &"一".repeat(2001)), edit_message::Refused::TooLong),
            (edit(mei, first, "https://example.org"), edit_message::Refused::NeedsIntroduction),
        ] {
            assert_eq!(refusal(app.edit_message(now, cmd).await), want);
        }
        app.edit_message(now, edit(mei, first, "一斤")).await.expect("edited");
        let again = after(&v, cursor).await;
        assert_eq!(again.len(), 1, "an old line comes again");
        assert_eq!((again[0].id, again[0].seq), (first, posted.seq));
        assert!(again[0].edited && again[0].body == "一斤" && again[0].changed_seq > cursor);
        let late = v.house.pass(5 * MINUTE);
        assert_eq!(
            refusal(app.edit_message(late, edit(mei, first, "两斤")).await),
            edit_message::Refused::TooLate
        );
        let face = |member, emoji| React { community: v.c, member, message: first, emoji };
        assert_eq!(
            refusal(app.react(late, face(outside, Emoji::Like)).await),
            react::Refused::NotIn
        );
        assert!(app.react(late, face(lin, Emoji::Like)).await.expect("on"));
        assert!(app.react(late, face(mei, Emoji::Like)).await.expect("on"));
        assert!(app.react(late, face(lin, Emoji::Flower)).await.expect("on"));
        assert!(!app.react(late, face(lin, Emoji::Like)).await.expect("off"));
        let cursor = again[0].changed_seq;
        let again = after(&v, cursor).await;
        assert_eq!(again.len(), 1);
        let mut faces = again[0].reactions.clone();
        faces.sort_unstable();
        assert_eq!(faces, [(Emoji::Like, 1), (Emoji::Flower, 1)]);
        let delete =
            |by, message| DeleteMessage { community: v.c, by, message, reason: "骂人".into() };
        let out = app.delete_message(late, delete(lin, first)).await;
        assert_eq!(refusal(out), delete_message::Refused::NotAllowed);
        app.delete_message(late, delete(mei, first)).await.expect("taken back");
        app.delete_message(late, delete(mei, first)).await.expect("twice is once");
        app.delete_message(late, delete(v.owner, second)).await.expect("taken down");
        let out = app.react(late, face(lin, Emoji::Like)).await;
        assert_eq!(refusal(out), react::Refused::NoSuchLine);
        let marks = after(&v, again[0].changed_seq).await;
        let states: Vec<_> = marks.iter().map(|l| (l.state, l.body.as_str())).collect();
        assert_eq!(states, [(LineState::Removed, ""), (LineState::Hidden, "")]);
        let log = app.list_audit_log(v.c, None).await.expect("a log");
        assert_eq!((log.len(), log[0].reason.as_str()), (1, "骂人"), "one's own is not logged");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_and_keywords_wait() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let (mei, lin) = (v.in_lobby("mei").await, v.in_lobby("lin").await);
        let rules = UpdateGroup { keywords: "微信\n".into(), ..settings(&v) };
        app.update_group(now, rules).await.expect("set");
        let cursor = app.newest_change(v.c, v.lobby).await.expect("a number");
        let (bare, posted) = says(&v, mei, "https://example.org/a").await;
        assert_eq!(posted.state, LineState::Waiting);
        let (word, _) = says(&v, mei, "加微信").await;
        let (_, leader) = says(&v, v.owner, "https://example.org/b").await;
        assert_eq!(leader.state, LineState::Shown, "the leader answers for it");
        assert_eq!(after(&v, cursor).await.len(), 1, "others do not see what waits");
        let own = app.waiting_lines(v.c, v.lobby, Some(mei)).await.expect("lines");
        assert_eq!(own.iter().map(|l| l.id).collect::<Vec<_>>(), [bare, word]);
        assert!(app.waiting_lines(v.c, v.lobby, Some(lin)).await.expect("lines").is_empty());
        let decide = |by, message, show| ApproveWaiting { community: v.c, by, message, show };
        let out = app.approve_waiting(now, decide(lin, bare, true)).await;
        assert_eq!(refusal(out), approve_waiting::Refused::NotAllowed);
        app.approve_waiting(now, decide(v.owner, bare, true)).await.expect("shown");
        app.approve_waiting(now, decide(v.owner, word, false)).await.expect("declined");
        let out = app.approve_waiting(now, decide(v.owner, bare, true)).await;
        assert_eq!(refusal(out), approve_waiting::Refused::NoSuchLine);
        let lines = after(&v, cursor).await;
        assert_eq!(lines.len(), 2, "the declined one never shows");
        assert_eq!(lines[1].id, bare);
        assert!(lines[1].seq > leader.seq, "it takes its place at the end");
        let (plain, _) = says(&v, mei, "平常").await;
        let edit =
            EditMessage { community: v.c, member: mei, message: plain, text: "微信".into() };
        assert_eq!(refusal(app.edit_message(now, edit).await), edit_message::Refused::Keyword);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_mode_and_mutes() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let app = &v.house.app;
        let mei = v.in_lobby("mei").await;
        let slow = UpdateGroup {
            slow_seconds: 30,
            system_off: vec![SystemLine::MemberJoined],
            ..settings(&v)
        };
        app.update_group(v.house.now(), slow).await.expect("set");
        let (first, _) = says(&v, mei, "一").await;
        let out = app.post_message(v.house.pass(29 * SECOND), line(&v, mei, "二")).await;
        assert_eq!(refusal(out), Refused::TooFast);
        says(&v, v.owner, "leaders").await;
        says(&v, v.owner, "do not wait").await;
        v.house.pass(SECOND);
        let now = v.house.now();
        let all: Vec<_> = (0..6)
            .map(|i| {
                let (app, cmd) = (app.clone(), line(&v, mei, &format!("{i}")));
                tokio::spawn(async move { app.post_message(now, cmd).await })
            })
            .collect();
        let mut won = 0;
        for one in all {
            won += usize::from(one.await.expect("no panic").is_ok());
        }
        assert_eq!(won, 1, "slow mode holds against six at once");
        let before = app.newest_change(v.c, v.lobby).await.expect("a number");
        v.in_lobby("lin").await;
        let newest = app.newest_change(v.c, v.lobby).await.expect("a number");
        assert_eq!(before, newest, "this system line is off here");
        let until = Some(now.plus_days(1));
        let mute =
            MuteMember { community: v.c, by: v.owner, member: mei, until, reason: "广告".into() };
        app.mute_member(now, mute.clone()).await.expect("muted");
        let later = v.house.pass(MINUTE);
        let out = app.post_message(later, line(&v, mei, "三")).await;
        assert_eq!(refusal(out), Refused::Muted);
        let face = React { community: v.c, member: mei, message: first, emoji: Emoji::Like };
        assert_eq!(refusal(app.react(later, face).await), react::Refused::Muted);
        app.mute_member(later, MuteMember { until: None, ..mute }).await.expect("unmuted");
        says(&v, mei, "三").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_misses_nothing_while_all_talk() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (v.house.app.clone(), v.house.now());
        let mut people = vec![v.owner];
        for i in 0..7 {
            people.push(v.in_lobby(&format!("p{i}")).await);
        }
        let start = app.newest_change(v.c, v.lobby).await.expect("a number");
        let (c, lobby) = (v.c, v.lobby);
        let talkers: Vec<_> = people
            .into_iter()
            .map(|member| {
                let cmds: Vec<_> = (0..12).map(|i| line(&v, member, &format!("{i}"))).collect();
                let app = app.clone();
                tokio::spawn(async move {
                    for cmd in cmds {
                        let message = cmd.id;
                        app.post_message(now, cmd).await.expect("said");
                        let text = "edited".into();
                        let edit = EditMessage { community: c, member, message, text };
                        app.edit_message(now, edit).await.expect("edited");
                    }
                })
            })
            .collect();
        let reader = tokio::spawn({
            let app = app.clone();
            async move {
                let (mut cursor, mut seen) = (start, std::collections::HashMap::new());
                for _ in 0..2000 {
                    for l in app.lines_after(c, lobby, cursor).await.expect("lines") {
                        assert!(l.changed_seq > cursor, "in order");
                        cursor = l.changed_seq;
                        seen.insert(l.id, l.body);
                    }
                    if seen.len() == 96 && seen.values().all(|body| body == "edited") {
                        return true;
                    }
                    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                }
                false
            }
        });
        for talker in talkers {
            talker.await.expect("no panic");
        }
        assert!(reader.await.expect("no panic"), "96 lines, each seen with its last words");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_opens_at_the_first_unread_line() {
    both(async |house: testkit::House| {
        let v = village(house).await;
        let app = &v.house.app;
        let mei = v.in_lobby("mei").await;
        for i in 0..100 {
            says(&v, v.owner, &format!("{i}")).await;
        }
        let open = app.lines_around_unread(v.c, v.lobby, mei).await.expect("a page");
        let first = open.first_unread.expect("something is new");
        let at = open.lines.iter().position(|l| l.seq == first).expect("it is there");
        assert_eq!((open.lines[at].kind, open.more), (MessageKind::System, true), "joined");
        assert_eq!(open.lines[at + 1].body, "0");
        let last = open.lines.last().expect("lines").seq;
        assert_eq!(open.cursor, app.newest_change(v.c, v.lobby).await.expect("a number"));
        let now = v.house.now();
        app.set_read(now, v.c, mei, v.lobby, open.cursor).await.expect("read");
        let open = app.lines_around_unread(v.c, v.lobby, mei).await.expect("a page");
        assert_eq!((open.first_unread, open.more, open.lines.len()), (None, false, 60));
        assert_eq!(open.lines[59].body, "99");
        let older = app.lines_before(v.c, v.lobby, open.lines[0].seq).await.expect("lines");
        assert_eq!(older.last().expect("lines").body, "39");
        assert!(older[0].seq < last);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_an_account_takes_the_words() {
    use close_account::Refused as No;
    both(async |house: testkit::House| {
        let v = village(house).await;
        let (app, now) = (&v.house.app, v.house.now());
        let (mei, lin) = (v.in_lobby("mei").await, v.in_lobby("lin").await);
        let (first, _) = says(&v, mei, "我的话").await;
        says(&v, mei, "还有").await;
        let answer = PostMessage { reply_to: Some(first), ..line(&v, lin, "好") };
        app.post_message(now, answer).await.expect("said");
        let cursor = app.newest_change(v.c, v.lobby).await.expect("a number");
        let owner = account(&v.house, "owner").await;
        assert_eq!(refusal(app.close_account(now, owner).await), No::Owner);
        let hers = account(&v.house, "mei").await;
        let session = app.open_session_for(now, hers, "phone").await.expect("in");
        app.close_account(now, hers).await.expect("closed");
        assert_eq!(refusal(app.close_account(now, hers).await), No::NoSuchAccount);
        let asking = app.asking(now, None, Some(session.token)).await.expect("a look");
        assert!(asking.person.is_none());
        assert!(app.identities(hers).await.expect("a list").is_empty());
        let marks = after(&v, cursor).await;
        assert_eq!(marks.len(), 2, "live readers see both go");
        assert!(
            marks
                .iter()
                .all(|l| l.state == LineState::Removed && l.body.is_empty() && l.name.is_empty())
        );
        let all = after(&v, 0).await;
        let answer = all.iter().find(|l| l.body == "好").expect("it stays");
        assert_eq!(
            answer.reply.as_ref().map(|r| (r.name.as_str(), r.clip.as_str())),
            Some(("", ""))
        );
        assert_eq!(v.members_of(v.lobby).await, 2, "the seat is free");
        let card = app.member_card(v.c, mei, None).await.expect("a look").expect("the row stays");
        assert_eq!(card.row.name, "");
        assert_ne!(account(&v.house, "mei").await, hers, "the address is a new person's");
        app.seal(now).await.expect("sealed");
    })
    .await;
}
