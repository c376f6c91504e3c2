//! The inbox, choices, and letters.
use crate::content_cast::{C, M, No, community, leave, mail_of, member, said};
use app::content::comment::CommentPost;
use app::content::create_post::CreatePost;
use app::db::{Tx, Writes};
use app::reach::views::Unread;
use app::reach::{Notice, notify, notify_staff};
use gateway::mail::Mail;
use rules::base::{Id, Lang, id};
use rules::community::role::Right;
use rules::content::post;
use rules::reach::notice::{Channel, Kind, Section};
use testkit::{House, both};

const PAID: Notice<'_> = Notice {
    kind: Kind::OrderPaid,
    subject: 7,
    actor: None,
    args: &[("title", "龙井 2 份"), ("amount", "¥88.00")],
};

async fn tell(house: &House, c: C, member: M, n: Notice<'static>) {
    let verb = move |tx: &mut Tx<'_>| {
        let mut w: Writes<No> = Writes::default();
        notify(tx, &mut w, c, member, n)?;
        tx.run(w)
    };
    house.app.database().write(house.now(), verb).await.expect("told");
}
fn letters(house: &House) -> Vec<gateway::mail::Letter> {
    match &house.app.gateway.mail {
        Mail::Kept(list) => list.lock().expect("a list").clone(),
        _ => panic!("tests keep their letters"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn told_read_and_counted() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        let mut wakes = house.app.database().wakes();
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        for _ in 0..3 {
            tell(&house, c, mei, PAID).await;
        }
        let heard = tokio::time::timeout(std::time::Duration::from_secs(3), wakes.recv()).await;
        assert_eq!(heard.expect("in time").expect("open").topic, mei.raw(), "her account");
        let by_lin = Notice {
            kind: Kind::Mentioned,
            subject: 9,
            actor: Some(lin),
            args: &[("title", "春茶")],
        };
        tell(&house, c, mei, by_lin).await;
        tell(&house, c, lin, by_lin).await; // one's own doing
        let unread = house.app.unread(c, mei).await.expect("a badge");
        assert_eq!(unread, Unread { orders: 3, community: 1, system: 0 });
        assert_eq!(house.app.unread(c, lin).await.expect("a badge").all(), 0);
        let page = house.app.inbox(c, mei, Lang::Hant, None, None, 3).await.expect("a page");
        assert_eq!(page.rows[0].said, "Lin 在「春茶」裡提到了你。");
        let rest = house.app.inbox(c, mei, Lang::Hant, None, page.next, 3).await.expect("a page");
        assert_eq!((page.rows.len(), rest.rows.len(), rest.next), (3, 1, None));
        let first = rest.rows[0].id;
        assert_eq!(said(house.app.mark_read(house.now(), c, lin, first).await), "no_such_notice");
        for _ in 0..2 {
            assert_eq!(said(house.app.mark_read(house.now(), c, mei, first).await), "ok");
        }
        assert_eq!(house.app.unread(c, mei).await.expect("a badge").orders, 2);
        let orders = Some(Section::Orders);
        house.app.mark_all_read(house.now(), c, mei, orders).await.expect("read");
        assert_eq!(house.app.unread(c, mei).await.expect("a badge").all(), 1);
        house.app.mark_all_read(house.now(), c, mei, None).await.expect("read");
        assert_eq!(house.app.unread(c, mei).await.expect("a badge").all(), 0);
        leave(&house, c, mei).await;
        tell(&house, c, mei, PAID).await;
        tell(&house, c, mei, Notice { actor: Some(lin), ..by_lin }).await;
        let unread = house.app.unread(c, mei).await.expect("a badge");
        let of_her_order = Unread { orders: 1, community: 0, system: 0 };
        assert_eq!(unread, of_her_order, "she left, her money did not");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_go_where_they_are_wanted() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        mail_of(&house, mei, "mei@example.org").await;
        tell(&house, c, mei, PAID).await;
        tell(&house, c, lin, PAID).await; // has no address
        let social = Notice { kind: Kind::GroupApproved, args: &[("group", "茶")], ..PAID };
        tell(&house, c, mei, social).await; // no letter unless chosen
        assert_eq!(house.app.work(house.now(), 1).await.expect("a round"), 1);
        assert_eq!(house.app.work(house.now(), 1).await.expect("a round"), 0, "once");
        let sent = letters(&house);
        assert_eq!((sent.len(), sent[0].to.as_str()), (1, "mei@example.org"));
        let want =
            "[茶友社] Your payment of ¥88.00 arrived: 龙井 2 份. Your order shows what comes next.";
        assert_eq!(sent[0].subject, want);
        let choices = vec![
            (Kind::OrderPaid, Channel::Mail, false),
            (Kind::OrderPaid, Channel::InApp, false),
            (Kind::GroupApproved, Channel::Mail, true),
            (Kind::GroupApproved, Channel::InApp, false),
        ];
        let out = house.app.choose_notices(house.now(), c, mei, choices.clone()).await;
        assert_eq!(said(out), "ok");
        let nobody: M = house.app.mint(house.now());
        let out = house.app.choose_notices(house.now(), c, nobody, choices).await;
        assert_eq!(said(out), "not_a_member");
        let shown = house.app.notice_choices(c, mei, false).await.expect("choices");
        let staff = house.app.notice_choices(c, mei, true).await.expect("choices");
        let kinds = |staff: bool| Kind::ALL.iter().filter(|k| staff || !k.for_staff()).count();
        assert_eq!((shown.len(), staff.len()), (2 * kinds(false), 2 * kinds(true)));
        let off = shown.iter().filter(|x| x.kind == Kind::OrderPaid && !x.wanted);
        assert_eq!(off.count(), 2);
        let before = house.app.unread(c, mei).await.expect("a badge");
        tell(&house, c, mei, PAID).await;
        tell(&house, c, mei, social).await;
        assert_eq!(house.app.unread(c, mei).await.expect("a badge"), before, "by letter only");
        house.app.work(house.now(), 1).await.expect("a round");
        assert_eq!(letters(&house).len(), 2);
        // off in the meantime: the job ends without a letter
        tell(&house, c, mei, social).await;
        let stop = vec![(Kind::GroupApproved, Channel::Mail, false)];
        house.app.choose_notices(house.now(), c, mei, stop).await.expect("chosen");
        let mut quiet = house.app.clone();
        assert_eq!(quiet.work(house.now(), 1).await.expect("a round"), 1);
        assert_eq!(letters(&house).len(), 2);
        let again = vec![(Kind::GroupApproved, Channel::Mail, true)];
        house.app.choose_notices(house.now(), c, mei, again).await.expect("chosen");
        tell(&house, c, mei, social).await;
        quiet.gateway.mail = Mail::Off;
        assert_eq!(quiet.work(house.now(), 1).await.expect("a round"), 1);
        assert_eq!(house.app.work(house.now(), 1).await.expect("a round"), 0, "it is done");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_hear_what_they_may_do_something_about() {
    both(async |house: House| {
        let c = community(&house).await;
        let owner = member(&house, c, "Owner", "owner", "").await;
        let packer = member(&house, c, "Packer", "staff", "orders").await;
        let writer = member(&house, c, "Writer", "staff", "content").await;
        let low =
            Notice {
                kind: Kind::LowStock, subject: 3, actor: None, args: &[("product", "煎锅")]
            };
        let placed = Notice { kind: Kind::OrderPlaced, actor: Some(packer), ..low };
        for n in [low, low, placed] {
            let verb = move |tx: &mut Tx<'_>| {
                let mut w: Writes<No> = Writes::default();
                notify_staff(tx, &mut w, c, Right::Orders, n)?;
                tx.run(w)
            };
            house.app.database().write(house.now(), verb).await.expect("told");
        }
        let count = async |m| house.app.unread(c, m).await.expect("a badge").system;
        assert_eq!(count(owner).await, 2, "low stock once while unread, and the order");
        assert_eq!(count(packer).await, 1, "not of their own order");
        assert_eq!(count(writer).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn talk_tells_the_right_people_once() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        let bo = member(&house, c, "Bo", "member", "").await;
        let post: Id<id::Post> = house.app.mint(house.now());
        let x = CreatePost {
            community: c,
            by: mei,
            id: post,
            kind: post::Kind::Note,
            group: None,
            groups: Vec::new(),
            title: "春茶".into(),
            text: "新茶到了".into(),
            link: String::new(),
            pictures: Vec::new(),
            cards: Vec::new(),
            tags: Vec::new(),
            mentions: vec![lin, lin, mei, house.app.mint(house.now())],
            lang: Lang::Hans,
            publish: true,
        };
        house.app.create_post(house.now(), x).await.expect("a post");
        let say = |by, answers, mentions| CommentPost {
            community: c,
            by,
            id: house.app.mint(house.now()),
            post,
            answers,
            groups: Vec::new(),
            text: "好".into(),
            mentions,
        };
        let first = say(lin, None, vec![mei, bo]);
        house.app.comment(house.now(), first.clone()).await.expect("a comment");
        let answer = say(mei, Some(first.id), vec![lin]);
        house.app.comment(house.now(), answer).await.expect("an answer");
        let kinds = async |m| {
            let page = house.app.inbox(c, m, Lang::En, None, None, 10).await.expect("a page");
            page.rows.iter().map(|r| r.kind.code()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(kinds(mei).await, "post_commented");
        assert_eq!(kinds(lin).await, "comment_replied mentioned");
        assert_eq!(kinds(bo).await, "mentioned");
    })
    .await;
}
