//! Reviews: who may write them, races, answers, counting.
use crate::content_cast::{C, M, community, leave, line, member, mute, number, product, said};
use app::Stop;
use app::content::forget_member;
use app::db::{Tx, Writes};
use app::trust::follow_up::FollowUp;
use app::trust::hide_review::HideReview;
use app::trust::reply_as_shop::ReplyAsShop;
use app::trust::views::{Cursor, Filter, Histogram};
use app::trust::vote_helpful::VoteHelpful;
use app::trust::write_review::WriteReview;
use rules::base::moment::DAY;
use rules::base::{Id, Lang, id};
use testkit::{House, both};

fn review(house: &House, c: C, by: M, line: Id<id::Line>, stars: i64) -> WriteReview {
    WriteReview {
        community: c,
        by,
        id: house.app.mint(house.now()),
        line,
        stars: Some(stars),
        text: format!("{stars} 星"),
        pictures: Vec::new(),
        anonymous: false,
        imported: false,
    }
}
async fn counters(house: &House, c: C, d: Id<id::Product>) -> (i64, i64, i64) {
    const COUNTS: [&str; 3] = [
        "SELECT review_count FROM product WHERE community_id = $1 AND id = $2",
        "SELECT rating_count FROM product WHERE community_id = $1 AND id = $2",
        "SELECT rating_sum FROM product WHERE community_id = $1 AND id = $2",
    ];
    let args = [c.raw(), d.raw()];
    (
        number(house, COUNTS[0], &args).await,
        number(house, COUNTS[1], &args).await,
        number(house, COUNTS[2], &args).await,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_received() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        let quiet = member(&house, c, "Quiet", "member", "").await;
        let gone = member(&house, c, "Gone", "member", "").await;
        let tea = product(&house, c, "龙井", 100, 1).await;
        let received = line(&house, c, mei, tea, "received").await;
        let completed = line(&house, c, mei, tea, "completed").await;
        let imported = line(&house, c, mei, tea, "completed").await;
        let shipped = line(&house, c, mei, tea, "shipped").await;
        let muted = line(&house, c, quiet, tea, "received").await;
        let left = line(&house, c, gone, tea, "received").await;
        mute(&house, c, quiet).await;
        leave(&house, c, gone).await;
        assert_eq!(house.app.reviewable(c, mei).await.expect("lines").len(), 3);
        let of = |line, by| review(&house, c, by, line, 5);
        let table = [
            (of(received, gone), "not_a_member"),
            (of(left, gone), "not_a_member"),
            (of(received, lin), "no_such_line"),
            (of(muted, quiet), "muted"),
            (of(shipped, mei), "not_received"),
            (WriteReview { stars: None, ..of(received, mei) }, "stars_unfit"),
            (WriteReview { stars: Some(6), ..of(received, mei) }, "stars_unfit"),
            (
                WriteReview { pictures: vec!["x".into(); 10], ..of(received, mei) },
                "too_many_pictures",
            ),
            (of(received, mei), "ok"),
            (of(received, mei), "already_reviewed"),
            (WriteReview { anonymous: true, ..of(completed, mei) }, "ok"),
            (WriteReview { stars: None, imported: true, ..of(imported, mei) }, "ok"),
        ];
        for (x, want) in table {
            let shown = format!("{x:?}");
            assert_eq!(said(house.app.write_review(house.now(), x).await), want, "{shown}");
        }
        assert_eq!(counters(&house, c, tea).await, (3, 2, 10));
        let all = house.app.reviews(c, tea, Some(lin), Filter::Newest, None).await;
        let rows = all.expect("a list").rows;
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1].by, None, "anonymous");
        assert_eq!(rows[2].by.as_ref().map(|b| b.name.as_str()), Some("Mei"));
        assert_eq!((rows[2].choices.as_str(), rows[2].mine), ("大份", false));
        assert!(house.app.reviewable(c, mei).await.expect("lines").is_empty());
        leave(&house, c, mei).await;
        let all = house.app.reviews(c, tea, None, Filter::Helpful, None).await;
        assert_eq!(all.expect("a list").rows.len(), 3, "reviews stay when their writer leaves");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_line_reviewed_by_many_hands_at_once() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let tea = product(&house, c, "龙井", 100, 1).await;
        let received = line(&house, c, mei, tea, "received").await;
        let write = |x: WriteReview| {
            let house = house.clone();
            tokio::spawn(async move { said(house.app.write_review(house.now(), x).await) })
        };
        let all: Vec<_> =
            (0..20).map(|i| write(review(&house, c, mei, received, 1 + i % 5))).collect();
        let mut won = 0;
        for one in all {
            match one.await.expect("no panic").as_str() {
                "ok" => won += 1,
                other => assert_eq!(other, "already_reviewed"),
            }
        }
        assert_eq!(won, 1);
        let (reviews, rated, _) = counters(&house, c, tea).await;
        assert_eq!((reviews, rated), (1, 1));
        // the same form twice at once is one review and two good answers
        let second = line(&house, c, mei, tea, "received").await;
        let form = review(&house, c, mei, second, 4);
        let all: Vec<_> = (0..10).map(|_| write(form.clone())).collect();
        for one in all {
            assert_eq!(one.await.expect("no panic"), "ok");
        }
        assert_eq!(counters(&house, c, tea).await.0, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_answers_and_follow_ups() {
    both(async |house: House| {
        let c = community(&house).await;
        let mei = member(&house, c, "Mei", "member", "").await;
        let lin = member(&house, c, "Lin", "member", "").await;
        let staff = member(&house, c, "Wu", "staff", "orders").await;
        let tea = product(&house, c, "龙井", 100, 1).await;
        let received = line(&house, c, mei, tea, "received").await;
        let x = review(&house, c, mei, received, 5);
        let id = house.app.write_review(house.now(), x).await.expect("a review");
        let vote = move |by, helpful| VoteHelpful { community: c, by, review: id, helpful };
        let out = house.app.vote_helpful(house.now(), vote(mei, true)).await;
        assert_eq!(said(out), "own");
        for helpful in [true, false, true] {
            let all: Vec<_> = (0..20)
                .map(|_| {
                    let house = house.clone();
                    let x = vote(lin, helpful);
                    tokio::spawn(async move { house.app.vote_helpful(house.now(), x).await })
                })
                .collect();
            for one in all {
                let n = one.await.expect("no panic").expect("no refusal");
                assert_eq!(n, i64::from(helpful));
            }
        }
        let reply =
            |by, text: &str| ReplyAsShop { community: c, by, review: id, text: text.into() };
        let answer =
            async |by, text| said(house.app.reply_as_shop(house.now(), reply(by, text)).await);
        assert_eq!(answer(lin, "谢谢").await, "staff_only");
        assert_eq!(answer(staff, " ").await, "text_missing");
        assert_eq!(answer(staff, "谢谢").await, "ok");
        assert_eq!(answer(staff, "谢谢你").await, "ok");
        let inbox = house.app.inbox(c, mei, Lang::Hans, None, None, 10).await.expect("an inbox");
        assert_eq!(inbox.rows.len(), 1, "told of the first answer only");
        assert_eq!(inbox.rows[0].said, "店家回复了你对「龙井」的评价。");
        let follow = |by| FollowUp {
            community: c,
            by,
            review: id,
            text: "喝完了，还是好".into(),
            pictures: Vec::new(),
        };
        let more = async |by| said(house.app.follow_up(house.now(), follow(by)).await);
        assert_eq!(more(lin).await, "no_such_review");
        house.pass(90 * DAY);
        assert_eq!(more(mei).await, "ok");
        assert_eq!(more(mei).await, "already_followed");
        let late = line(&house, c, mei, tea, "received").await;
        let x = review(&house, c, mei, late, 2);
        let second = house.app.write_review(house.now(), x).await.expect("a review");
        house.pass(91 * DAY);
        let too_late = FollowUp { review: second, ..follow(mei) };
        assert_eq!(said(house.app.follow_up(house.now(), too_late).await), "too_late");
        let rows = house.app.reviews(c, tea, Some(lin), Filter::Helpful, None).await;
        let rows = rows.expect("a list").rows;
        assert_eq!((rows[0].id, rows[0].helpful, rows[0].voted), (id, 1, true));
        assert_eq!(rows[0].reply.as_ref().map(|(t, _)| t.as_str()), Some("谢谢你"));
        assert_eq!(rows[0].follow_up.as_ref().map(|f| f.text.as_str()), Some("喝完了，还是好"));
        let low = house.app.reviews(c, tea, None, Filter::Low, None).await.expect("a list").rows;
        assert_eq!(low.iter().map(|r| r.id).collect::<Vec<_>>(), [second]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hiding_words_keeps_stars() {
    both(async |house: House| {
        let c = community(&house).await;
        let staff = member(&house, c, "Wu", "staff", "content").await;
        let tea = product(&house, c, "龙井", 100, 1).await;
        let (mut ids, mut people) = (Vec::new(), Vec::new());
        for i in 0..25 {
            house.pass(1000);
            let by = member(&house, c, &format!("m{i}"), "member", "").await;
            let received = line(&house, c, by, tea, "completed").await;
            let pictures = if i % 5 == 0 { vec!["a.webp".to_string()] } else { Vec::new() };
            let x = WriteReview { pictures, ..review(&house, c, by, received, 1 + i % 5) };
            ids.push(house.app.write_review(house.now(), x).await.expect("a review"));
            people.push(by);
        }
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let page =
                house.app.reviews(c, tea, None, Filter::Newest, cursor).await.expect("a page");
            seen.extend(page.rows.iter().map(|r| r.id));
            match page.next {
                Some(next) => cursor = Cursor::parse(&next.to_string()),
                None => break,
            }
        }
        assert_eq!(seen, ids.iter().copied().rev().collect::<Vec<_>>());
        let hide = |by, reason: &str| HideReview {
            community: c,
            by,
            review: ids[0],
            reason: reason.into(),
        };
        let out = house.app.hide_review(house.now(), hide(people[1], "x")).await;
        assert_eq!(said(out), "staff_only");
        let out = house.app.hide_review(house.now(), hide(staff, "")).await;
        assert_eq!(said(out), "reason_missing");
        for _ in 0..2 {
            house.app.hide_review(house.now(), hide(staff, "骂人")).await.expect("hidden");
        }
        let forgotten = people[1];
        let forget = move |tx: &mut Tx<'_>| {
            let mut w: Writes<crate::content_cast::No> = Writes::default();
            forget_member(&mut w, c, forgotten, tx.now());
            tx.run(w)?;
            Ok::<_, Stop<crate::content_cast::No>>(())
        };
        house.app.database().write(house.now(), forget).await.expect("forgotten");
        let pictured = house.app.reviews(c, tea, None, Filter::Pictures, None).await;
        assert_eq!(pictured.expect("a page").rows.len(), 4, "five, of which one is hidden");
        let h = house.app.histogram(c, tea).await.expect("bars");
        let want = Histogram { stars: [5; 5], count: 25, sum: 75, with_pictures: 4 };
        assert_eq!(h, want, "the histogram counts all");
        assert_eq!(counters(&house, c, tea).await, (25, 25, 75));
        let mine = house.app.my_reviews(c, people[1], None).await.expect("a page").rows;
        assert_eq!((mine.len(), mine[0].text.as_str()), (1, ""), "the words are gone");
    })
    .await;
}
