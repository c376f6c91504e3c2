//! Posts, comments, likes, cards and the feed.
use crate::content_cast::{C, M, community, leave, member, mute, number, product, said};
use app::content::bookmark_post::BookmarkPost;
use app::content::comment::CommentPost;
use app::content::create_post::CreatePost;
use app::content::edit_post::EditPost;
use app::content::end_comment::EndComment;
use app::content::end_post::EndPost;
use app::content::feed::{Cursor, Of, Order};
use app::content::like_post::LikePost;
use app::content::views::PostPage;
use app::content::{Reader, forget_member, note_order};
use app::db::{Tx, Writes};
use app::{Stop, p};
use rules::base::{Id, Lang, id};
use rules::content::post::{Kind, State};
use testkit::{House, both};

fn note(house: &House, c: C, by: M, text: &str) -> CreatePost {
    CreatePost {
        community: c,
        by,
        id: house.app.mint(house.now()),
        kind: Kind::Note,
        group: None,
        groups: Vec::new(),
        title: String::new(),
        text: text.into(),
        link: String::new(),
        pictures: Vec::new(),
        cards: Vec::new(),
        tags: Vec::new(),
        mentions: Vec::new(),
        lang: Lang::Hans,
        publish: true,
    }
}
async fn posted(house: &House, x: CreatePost) -> Id<id::Post> {
    house.app.create_post(house.now(), x).await.expect("a post").id
}
fn reader(member: M) -> Reader {
    Reader { member: Some(member), ..Reader::default() }
}
async fn page(house: &House, c: C, id: Id<id::Post>, r: Reader) -> Option<PostPage> {
    house.app.post_page(c, &id.to_string(), r, None).await.expect("a read")
}
fn like(c: C, by: M, post: Id<id::Post>, liked: bool) -> LikePost {
    LikePost { community: c, by, post, groups: Vec::new(), liked }
}
fn words(house: &House, c: C, by: M, post: Id<id::Post>, text: &str) -> CommentPost {
    CommentPost {
        community: c,
        by,
        id: house.app.mint(house.now()),
        post,
        answers: None,
        groups: Vec::new(),
        text: text.into(),
        mentions: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_from_draft_to_gone() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        let staff = member(&house, c, "Wu", "staff", "content").await;
        let tea = product(&house, c, "明前龙井", 8800, 3).await;
        let article = CreatePost {
            kind: Kind::Article,
            title: "How we choose tea".into(),
            text: "# 龙井\n\n**明前** <script>".into(),
            cards: vec![tea],
            pictures: vec!["ab/cd.webp".into()],
            publish: false,
            ..note(&house, c, mei, "")
        };
        let first = house.app.create_post(house.now(), article.clone()).await.expect("a draft");
        assert_eq!(first.slug, "how-we-choose-tea");
        let again = house.app.create_post(house.now(), article.clone()).await.expect("the same");
        assert_eq!(again, first, "the same form twice");
        assert!(page(&house, c, first.id, reader(lin)).await.is_none(), "a draft is private");
        assert_eq!(house.app.drafts(c, mei).await.expect("drafts").len(), 1);
        let mut edit = EditPost {
            community: c,
            by: mei,
            id: first.id,
            version: 1,
            kind: Kind::Article,
            title: article.title.clone(),
            text: "# 龙井\n\n**雨前**".into(),
            link: String::new(),
            pictures: Vec::new(),
            cards: vec![tea],
            tags: Vec::new(),
            mentions: Vec::new(),
            publish: true,
        };
        let not_mine = EditPost { by: lin, ..edit.clone() };
        assert_eq!(said(house.app.edit_post(house.now(), not_mine).await), "not_yours");
        assert_eq!(house.app.edit_post(house.now(), edit.clone()).await.expect("edited"), 2);
        assert_eq!(house.app.edit_post(house.now(), edit.clone()).await.expect("twice"), 2);
        edit.text = "另一种".into();
        assert_eq!(said(house.app.edit_post(house.now(), edit).await), "changed_meanwhile");
        let old = "SELECT count(*) FROM post_revision WHERE community_id = $1 AND post_id = $2";
        assert_eq!(number(&house, old, &[c.raw(), first.id.raw()]).await, 1);
        let seen = house.app.post_page(c, "how-we-choose-tea", reader(lin), None).await;
        let seen = seen.expect("a read").expect("published");
        assert_eq!(seen.post.html.trim(), "<h2>龙井</h2>\n<p><strong>雨前</strong></p>");
        assert_eq!((seen.post.author.name.as_str(), seen.source), ("Mei", None));
        let card = &seen.post.cards[0];
        assert_eq!(
            (card.title.as_str(), card.price, card.in_stock),
            ("明前龙井", Some((8800, 8800)), true)
        );
        let second = CreatePost { id: house.app.mint(house.now()), ..article };
        let second = house.app.create_post(house.now(), second).await.expect("the same title");
        assert_eq!(second.slug, second.id.to_string(), "the address was taken");
        let end =
            |by, reason: &str| EndPost { community: c, by, id: first.id, reason: reason.into() };
        assert_eq!(said(house.app.end_post(house.now(), end(lin, "x")).await), "not_yours");
        assert_eq!(said(house.app.end_post(house.now(), end(staff, " ")).await), "reason_missing");
        let hidden = house.app.end_post(house.now(), end(staff, "广告")).await;
        assert_eq!(hidden.expect("hidden"), State::Hidden);
        assert_eq!(said(house.app.end_post(house.now(), end(staff, "广告")).await), "ok");
        assert_eq!(said(house.app.end_post(house.now(), end(mei, "")).await), "ended");
        assert!(page(&house, c, first.id, reader(lin)).await.is_none());
        let mine = page(&house, c, first.id, reader(mei)).await.expect("the writer sees it");
        assert_eq!(mine.reason.as_deref(), Some("广告"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_post() {
    both(async |house: House| {
        let c = community(&house).await;
        let elsewhere = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let gone = member(&house, c, "Gone", "member", "").await;
        let quiet = member(&house, c, "Quiet", "member", "").await;
        let foreign = product(&house, elsewhere, "别家的茶", 1, 1).await;
        leave(&house, c, gone).await;
        mute(&house, c, quiet).await;
        let base = || note(&house, c, mei, "你好");
        let group: Id<id::Group> = house.app.mint(house.now());
        let table = [
            (note(&house, c, gone, "x"), "not_a_member"),
            (note(&house, elsewhere, mei, "x"), "not_a_member"),
            (note(&house, c, quiet, "x"), "muted"),
            (CreatePost { kind: Kind::Announcement, ..base() }, "staff_only"),
            (CreatePost { group: Some(group), ..base() }, "not_in_group"),
            (note(&house, c, mei, " "), "text_missing"),
            (
                CreatePost { kind: Kind::Link, link: "https://a.cn".into(), ..base() },
                "introduction_too_short",
            ),
            (CreatePost { pictures: vec!["../x".into()], ..base() }, "no_such_picture"),
            (CreatePost { pictures: vec!["a b".into()], ..base() }, "no_such_picture"),
            (CreatePost { cards: vec![foreign], ..base() }, "no_such_product"),
            (base(), "ok"),
        ];
        for (x, want) in table {
            let shown = format!("{:?} {:?}", x.kind, x.by);
            assert_eq!(said(house.app.create_post(house.now(), x).await), want, "{shown}");
        }
        let x = base();
        let theirs = member(&house, c, "Lin", "member", "").await;
        posted(&house, x.clone()).await;
        let taken = CreatePost { by: theirs, ..x };
        assert_eq!(said(house.app.create_post(house.now(), taken).await), "id_taken");
        let count = "SELECT count(*) FROM fact WHERE community_id = $1 AND kind = 'post_published'";
        assert_eq!(number(&house, count, &[c.raw()]).await, 2, "refusals leave nothing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_likes_at_once_are_one() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        let post = posted(&house, note(&house, c, mei, "新茶到了")).await;
        for liked in [true, false, true] {
            let all: Vec<_> = (0..20)
                .map(|_| {
                    let house = house.clone();
                    tokio::spawn(async move {
                        house.app.like_post(house.now(), like(c, lin, post, liked)).await
                    })
                })
                .collect();
            for one in all {
                let n = one.await.expect("no panic").expect("no refusal");
                assert_eq!(n, i64::from(liked), "everybody gets the winner's answer");
            }
        }
        let seen = page(&house, c, post, reader(lin)).await.expect("a page").post;
        assert_eq!((seen.likes, seen.liked), (1, true));
        let rows = "SELECT count(*) FROM post_like WHERE community_id = $1 AND post_id = $2";
        assert_eq!(number(&house, rows, &[c.raw(), post.raw()]).await, 1);
        let keep = |kept| BookmarkPost { community: c, by: lin, post, groups: Vec::new(), kept };
        for kept in [true, true] {
            house.app.bookmark_post(house.now(), keep(kept)).await.expect("kept");
        }
        let kept = house.app.bookmarks(c, reader(lin), None).await.expect("a list");
        assert_eq!((kept.len(), kept[0].bookmarks), (1, 1));
        house.app.bookmark_post(house.now(), keep(false)).await.expect("let go");
        assert!(house.app.bookmarks(c, reader(lin), None).await.expect("a list").is_empty());
        mute(&house, c, lin).await;
        let out = house.app.like_post(house.now(), like(c, lin, post, true)).await;
        assert_eq!(said(out), "muted");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_nest_once_and_are_counted() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        let staff = member(&house, c, "Wu", "staff", "content").await;
        let post = posted(&house, note(&house, c, mei, "新茶到了")).await;
        let first = words(&house, c, lin, post, "多少钱？看 https://a.cn/x");
        // the same form ten times at once
        let all: Vec<_> = (0..10)
            .map(|_| {
                let (house, x) = (house.clone(), first.clone());
                tokio::spawn(async move { house.app.comment(house.now(), x).await })
            })
            .collect();
        for one in all {
            assert_eq!(said(one.await.expect("no panic")), "ok");
        }
        let answer =
            CommentPost { answers: Some(first.id), ..words(&house, c, mei, post, "八十八") };
        house.app.comment(house.now(), answer.clone()).await.expect("an answer");
        let deeper = CommentPost { answers: Some(answer.id), ..words(&house, c, lin, post, "好") };
        house.app.comment(house.now(), deeper.clone()).await.expect("beside it");
        let seen = page(&house, c, post, reader(mei)).await.expect("a page");
        assert_eq!(seen.post.comments, 3);
        assert_eq!((seen.comments.len(), seen.comments[0].answers.len()), (1, 2));
        assert!(seen.comments[0].html.contains("<a href=\"https://a.cn/x\""));
        let blank = words(&house, c, lin, post, "\u{200b}");
        assert_eq!(said(house.app.comment(house.now(), blank).await), "text_missing");
        let nowhere = CommentPost {
            answers: Some(house.app.mint(house.now())),
            ..words(&house, c, lin, post, "x")
        };
        assert_eq!(said(house.app.comment(house.now(), nowhere).await), "no_such_comment");
        let end = |by, id, reason: &str| EndComment { community: c, by, id, reason: reason.into() };
        let out = house.app.end_comment(house.now(), end(mei, first.id, "")).await;
        assert_eq!(said(out), "not_yours");
        for _ in 0..2 {
            let out = house.app.end_comment(house.now(), end(staff, first.id, "骂人")).await;
            assert_eq!(said(out), "ok");
        }
        house.app.end_comment(house.now(), end(lin, deeper.id, "")).await.expect("removed");
        let seen = page(&house, c, post, reader(mei)).await.expect("a page");
        assert_eq!(seen.post.comments, 1);
        assert_eq!(seen.comments[0].html, "", "its place stays for the answer");
        assert_eq!(seen.comments[0].answers.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_in_two_orders() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        let group: Id<id::Group> = house.app.mint(house.now());
        let tag: Id<id::Tag> = house.app.mint(house.now());
        let mut ids = Vec::new();
        for i in 0..45 {
            house.pass(60_000);
            let mut x = note(&house, c, mei, &format!("第 {i} 条"));
            if i == 43 {
                (x.group, x.groups) = (Some(group), vec![group]);
            }
            if i == 20 {
                x.tags = vec![tag];
            }
            ids.push(posted(&house, x).await);
        }
        for by in [mei, lin] {
            let loved = like(c, by, ids[30], true);
            house.app.like_post(house.now(), loved).await.expect("a like");
        }
        let all = async |order, r: &Reader| {
            let (mut out, mut cursor) = (Vec::new(), None);
            loop {
                let (of, r) = (Of::Community, r.clone());
                let feed = house.app.feed(house.now(), c, of, order, r, cursor).await;
                let feed = feed.expect("a page");
                out.extend(feed.posts.iter().map(|p| p.id));
                match feed.next {
                    Some(next) => cursor = Cursor::parse(&next.to_string()),
                    None => return out,
                }
            }
        };
        let stranger = Reader::default();
        let mut open: Vec<_> = ids.iter().copied().rev().collect();
        open.remove(1); // the group's own
        assert_eq!(all(Order::Latest, &stranger).await, open);
        let inside = Reader { groups: vec![group], ..reader(lin) };
        assert_eq!(all(Order::Latest, &inside).await.len(), 45);
        let ranked = all(Order::Ranked, &stranger).await;
        assert_eq!((ranked[0], ranked.len()), (ids[30], 44), "what is liked comes first");
        let mut same = ranked.clone();
        same.sort();
        let mut want = open.clone();
        want.sort();
        assert_eq!(same, want, "no post twice, none missing");
        let mine = all(Order::Ranked, &Reader { tags: vec![tag], ..reader(lin) }).await;
        let place = |list: &[Id<id::Post>], id| list.iter().position(|x| *x == id);
        assert!(place(&mine, ids[20]) < place(&ranked, ids[20]), "a shared tag lifts");
        let feed = house.app.feed(house.now(), c, Of::Group(group), Order::Latest, inside, None);
        assert_eq!(feed.await.expect("a page").posts.len(), 1);
        let feed = house.app.feed(house.now(), c, Of::Member(lin), Order::Latest, stranger, None);
        assert!(feed.await.expect("a page").posts.is_empty());
        let hidden = page(&house, c, ids[43], reader(lin)).await;
        assert!(hidden.is_none(), "not of the group");
        let out = house.app.like_post(house.now(), like(c, lin, ids[43], true)).await;
        assert_eq!(said(out), "no_such_post");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_are_counted_by_post() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let (tea, cup) =
            (product(&house, c, "茶", 100, 0).await, product(&house, c, "杯", 200, 1).await);
        let x = CreatePost { cards: vec![cup, tea], ..note(&house, c, mei, "配套") };
        let post = posted(&house, x).await;
        for _ in 0..3 {
            let seen = house.app.record_card_views(house.now(), c, post, vec![tea, cup]);
            seen.await.expect("counted");
        }
        for _ in 0..2 {
            let clicked = house.app.record_card_click(house.now(), (c, mei), post, tea);
            clicked.await.expect("counted once a day");
        }
        let order = move |tx: &mut Tx<'_>| {
            let mut w: Writes<crate::content_cast::No> = Writes::default();
            note_order(&mut w, c, post, tea);
            tx.run(w)
        };
        house.app.database().write(house.now(), order).await.expect("an order");
        let seen = page(&house, c, post, reader(mei)).await.expect("a page");
        let of = |id| seen.counts.iter().find(|x| x.product == id).expect("counted");
        let (t, k) = (of(tea), of(cup));
        assert_eq!((t.views, t.clicks, t.orders, k.views, k.clicks), (3, 1, 1, 3, 0));
        let shown: Vec<_> = seen.post.cards.iter().map(|d| (d.id, d.in_stock)).collect();
        assert_eq!(shown, [(cup, true), (tea, false)], "in the writer's order");
        let about = house.app.posts_about(c, tea, Reader::default(), 5).await.expect("a list");
        assert_eq!(about.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_leaves_no_words() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        let own = posted(&house, note(&house, c, lin, "我的秘方普洱")).await;
        let post = posted(&house, note(&house, c, mei, "新茶到了")).await;
        for text in ["一", "二"] {
            let x = words(&house, c, lin, post, text);
            house.app.comment(house.now(), x).await.expect("a comment");
        }
        let kept = words(&house, c, mei, post, "三");
        house.app.comment(house.now(), kept).await.expect("a comment");
        let found = house.app.search_posts(c, "普洱", reader(mei), 5).await.expect("a search");
        assert_eq!(found.len(), 1);
        let forget = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            forget_member(&mut w, c, lin, tx.now());
            tx.run(w)?;
            Ok::<_, Stop<crate::content_cast::No>>(())
        };
        house.app.database().write(house.now(), forget).await.expect("forgotten");
        assert!(page(&house, c, own, reader(mei)).await.is_none());
        let seen = page(&house, c, post, reader(mei)).await.expect("a page");
        assert_eq!((seen.post.comments, seen.comments.len()), (1, 1));
        let found = house.app.search_posts(c, "普洱", reader(mei), 5).await.expect("a search");
        assert!(found.is_empty());
        const WORDS: &str = "SELECT count(*) FROM comment
            WHERE community_id = $1 AND member_id = $2 AND text <> ''";
        assert_eq!(number(&house, WORDS, &[c.raw(), lin.raw()]).await, 0);
        let rows = house.app.database().read(move |rx| {
            rx.all("SELECT id FROM post WHERE community_id = $1", p![c], |r| r.int(0))
        });
        assert_eq!(rows.await.expect("rows").len(), 2, "rows stay");
    })
    .await;
}
