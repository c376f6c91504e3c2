//! The pages of content, trust and reach as a browser without script walks through them.
mod look;
mod town;
mod voices;

use rules::base::{Id, id};
use town::{BASE, Browser, Town, png};

async fn note(b: &Browser<'_>, text: &str) -> String {
    let id = b.get(&format!("{BASE}/posts/new")).await.attr("input[name=id]", "value");
    let path = format!("{BASE}/posts/new");
    let sent = b.upload(&path, &[("id", &id), ("kind", "note"), ("text", text)], &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    sent.to
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_reads() {
    let town = Town::new().await;
    let mei = town.member("梅姐", "member", "").await;
    town.product("武夷岩茶 小罐", "tea", 6800).await;
    let at = note(&town.browser(Some(mei)), "今天的桃子 <script>alert(1)</script>").await;
    let stranger = town.browser(None);
    let home = stranger.get(BASE).await;
    assert_eq!(home.find("h1"), ["桃源里熟客"]);
    assert_eq!(home.find(".good h3"), ["武夷岩茶 小罐"]);
    assert!(home.find(".banner").concat().contains("1 位成员"));
    assert_eq!(home.attr("link[rel=canonical]", "href"), "https://kith.example/c/taoyuanli");
    assert!(home.find("script[type='application/ld+json']")[0].contains("Organization"));
    let feed = stranger.get(&format!("{BASE}/feed")).await;
    assert_eq!(feed.find(".post").len(), 1);
    let post = stranger.get(&at).await;
    assert_eq!(post.find(".prose"), ["今天的桃子 <script>alert(1)</script>"]);
    assert!(!post.text().contains("<script>alert"));
    assert!(post.find("#say-form").is_empty(), "strangers are asked to sign in");
    assert!(post.attr("a.btn", "href").starts_with("/sign-in?next="));
    let new = stranger.get(&format!("{BASE}/posts/new")).await;
    assert_eq!((new.status.as_u16(), new.to.starts_with("/sign-in?next=")), (303, true));
    let atom = stranger.get(&format!("{BASE}/feed.atom")).await;
    assert!(atom.kind.starts_with("application/atom+xml"));
    assert!(atom.text().contains("&lt;script&gt;") && atom.text().contains("<name>梅姐</name>"));
    let map = stranger.get(&format!("{BASE}/sitemap.xml")).await.text();
    assert!(map.contains("/products/prd_") && map.contains(&at), "{map}");
    assert!(stranger.get("/robots.txt").await.text().contains("Disallow: /c/*/inbox"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_posts_comments_and_likes() {
    let town = Town::new().await;
    let mei = town.member("梅姐", "member", "").await;
    let lin = town.member("林一", "member", "").await;
    let tea = town.product("武夷岩茶 小罐", "tea", 6800).await.to_string();
    let b = town.browser(Some(mei));
    let form = b.get(&format!("{BASE}/posts/new")).await;
    let id = form.attr("input[name=id]", "value");
    let fields = [("id", id.as_str()), ("kind", "note"), ("text", "切一个看看"), ("card1", &tea)];
    let path = format!("{BASE}/posts/new");
    let sent = b.upload(&path, &fields, &[("pictures", &png(64, 48, 90))]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let again = b.upload(&path, &fields, &[("pictures", &png(64, 48, 90))]).await;
    assert_eq!(again.to, sent.to, "the same form twice is one post");
    let lin = town.browser(Some(lin));
    let page = lin.get(&sent.to).await;
    let src = page.attr(".pics img", "src");
    assert!(src.ends_with("-64x48/720"), "{src}");
    assert!(lin.get(&src).await.kind.starts_with("image/"), "the picture was kept");
    assert!(page.attr(".pcard", "href").ends_with(&format!("{tea}?from={id}")));
    // like, as a form and as a fragment
    let like = page.attr(".post-acts form", "action");
    assert_eq!(lin.post(&like, &[("on", "yes")]).await.status, 303);
    let liked = Browser { script: true, ..lin }.post(&like, &[("on", "yes")]).await.text();
    assert!(liked.contains("data-op=\"replace\"") && liked.contains("aria-pressed=\"true\""));
    // comment, answer, and the answer as a fragment
    let say = page.attr("#say-form", "action");
    let mint = page.attr("#say-form input[name=id]", "value");
    let said = lin.post(&say, &[("id", &mint), ("text", "真甜 <b>")]).await;
    assert_eq!(said.status, 303, "{}", said.text());
    let empty = lin.post(&say, &[("id", &mint.replace('0', "1")), ("text", " ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.find("#text-e").concat().contains("写一句"), "{}", empty.text());
    let answer = b.get(&format!("{}?answers={mint}", sent.to)).await;
    assert_eq!(answer.attr("#say-form input[name=answers]", "value"), mint);
    let next = answer.attr("#say-form input[name=id]", "value");
    let fields = [("id", next.as_str()), ("answers", &mint), ("text", "明天还有")];
    let steps = Browser { script: true, ..b }.post(&say, &fields).await.text();
    assert!(steps.contains(&format!("data-to=\"#{mint}-answers\"")), "{steps}");
    let page = b.get(&sent.to).await;
    assert_eq!(page.find("#comment-list > .cmt > div > .prose"), ["真甜 <b>"]);
    assert_eq!(page.find(&format!("[id='{mint}-answers'] .prose")), ["明天还有"]);
    // the writer is told, reads it, and the badge goes
    let inbox = b.get(&format!("{BASE}/inbox")).await;
    assert!(inbox.find("main .cell").concat().contains("林一 评论了你的帖子"));
    assert!(inbox.attr("main a.cell", "href").contains("/posts/pst_"));
    assert_eq!(b.get(BASE).await.find(".tabbar .badge"), ["1"]);
    assert_eq!(b.post(&format!("{BASE}/inbox/read"), &[]).await.status, 303);
    assert!(b.get(BASE).await.find(".tabbar .badge").is_empty());
    assert!(b.get(&format!("{BASE}/inbox")).await.find("main .tag").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_stays() {
    let town = Town::new().await;
    let mei = town.member("梅姐", "member", "").await;
    let lin = town.member("林一", "member", "").await;
    let b = town.browser(Some(mei));
    let path = format!("{BASE}/posts/new");
    let id = b.get(&path).await.attr("input[name=id]", "value");
    let link = ("link", "https://example.org/tea");
    let fields = [("id", id.as_str()), ("kind", "link"), ("text", "好看"), link];
    let no = b.upload(&path, &fields, &[("pictures", &png(30, 30, 1))]).await;
    assert_eq!(no.status, 422);
    assert_eq!(no.find("#text"), ["好看"]);
    assert!(no.find("#text-e").concat().contains("20 个字"));
    assert_eq!(no.attr("#link", "value"), link.1);
    let kept = no.attr("input[name=pictures_kept]", "value");
    assert!(kept.ends_with("-30x30"), "the picture was kept: {kept}");
    let odd = b.upload(&path, &[("id", &id), ("text", "x"), ("card_id", "桃子")], &[]).await;
    assert_eq!((odd.status.as_u16(), odd.attr("#card_id", "value")), (422, "桃子".into()));
    let broken = b.upload(&path, &[("id", &id), ("text", "x")], &[("pictures", b"GIF8?")]).await;
    assert_eq!(broken.status, 422);
    assert!(broken.find("#pictures-e").concat().contains("JPEG"), "{}", broken.text());
    let article = "# 春茶\n\n**好** <img src=x onerror=alert(1)> [x](javascript:alert(1))";
    let fields = [("id", id.as_str()), ("kind", "article"), ("title", "春茶"), ("text", article)];
    let sent = b.upload(&path, &fields, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let page = b.get(&sent.to).await;
    assert_eq!(page.find(".prose strong"), ["好"]);
    for bad in [".prose script", ".prose [onerror]", ".prose img", ".prose a[href]"] {
        assert!(page.find(bad).is_empty(), "{bad}");
    }
    let edit = b.get(&format!("{BASE}/posts/{id}/edit")).await;
    assert!(edit.find("#text").concat().starts_with("# 春茶"));
    let version = edit.attr("input[name=version]", "value");
    let fields = [("id", id.as_str()), ("version", &version), ("title", "秋茶"), ("text", "新")];
    let edited = b.upload(&format!("{BASE}/posts/{id}/edit"), &fields, &[]).await;
    assert_eq!(edited.status, 303, "{}", edited.text());
    assert_eq!(b.get(&sent.to).await.find(".prose"), ["新\n"]);
    let other = town.browser(Some(lin));
    assert_eq!(other.get(&format!("{BASE}/posts/{id}/edit")).await.status, 409);
    assert_eq!(other.get(&format!("{BASE}/posts/{id}/end")).await.status, 403);
    let report = format!("{BASE}/posts/{id}/report");
    let mint = other.get(&report).await.attr("input[name=id]", "value");
    assert_eq!(other.post(&report, &[("id", &mint)]).await.status, 422);
    let thanks = other.post(&report, &[("id", &mint), ("reason", "spam")]).await;
    assert!(thanks.find(".empty").concat().contains("谢谢"));
    assert_eq!(b.post(&format!("{BASE}/posts/{id}/end"), &[]).await.status, 303);
    assert_eq!(other.get(&sent.to).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn reviews_from_order_to_answer() {
    let town = Town::new().await;
    let mei = town.member("梅姐", "member", "").await;
    let lin = town.member("林一", "member", "").await;
    let wu = town.member("店主吴", "staff", "content").await;
    let tea = town.product("武夷岩茶 小罐", "tea", 6800).await;
    let (received, shipped) = (
        town.order(mei, tea, "武夷岩茶 小罐", "received").await,
        town.order(mei, tea, "武夷岩茶 小罐", "shipped").await,
    );
    let path = |order: Id<id::Order>| {
        let line: Id<id::Line> = order.as_id();
        format!("{BASE}/orders/{order}/lines/{line}/review")
    };
    let b = town.browser(Some(mei));
    let early = b.get(&path(shipped)).await;
    assert!(early.find(".banner").concat().contains("收到货以后"));
    let form = b.get(&path(received)).await;
    let id = form.attr("input[name=id]", "value");
    let no = b.upload(&path(shipped), &[("id", &id), ("stars", "5")], &[]).await;
    assert_eq!(no.status, 409);
    assert!(no.find(".banner").concat().contains("收到货以后"));
    let no = b.upload(&path(received), &[("id", &id), ("text", "香")], &[]).await;
    assert_eq!((no.status.as_u16(), no.find("#text")), (422, vec!["香".to_string()]));
    let theirs = town.browser(Some(lin)).get(&path(received)).await;
    assert_eq!(theirs.status, 404, "somebody else's order");
    let fields = [("id", id.as_str()), ("stars", "4"), ("text", "香 <i>"), ("anonymous", "on")];
    let sent = b.upload(&path(received), &fields, &[("pictures", &png(40, 40, 7))]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let lin = town.browser(Some(lin));
    let list = lin.get(&sent.to).await;
    assert_eq!(list.find(".rev .pre"), ["香 <i>"]);
    assert!(!list.text().contains("梅姐"), "anonymous shows no name");
    assert_eq!(list.find(".bigname"), ["4.0"]);
    assert_eq!(list.find(".rev .pics img").len(), 1);
    let vote = list.attr("div[id$=-helpful] form", "action");
    let product = tea.to_string();
    let fields = [("product", product.as_str()), ("on", "yes")];
    assert_eq!(lin.post(&vote, &fields).await.status, 303);
    let steps = Browser { script: true, ..lin }.post(&vote, &fields).await.text();
    assert!(steps.contains("有用 1"), "{steps}");
    let own = b.post(&vote, &fields).await;
    assert!(own.text().contains("自己的评价不用自己点"));
    let follow = format!("{BASE}/reviews/{id}/follow");
    let fields = [("product", product.as_str()), ("text", "放久更香")];
    assert_eq!(b.upload(&follow, &fields, &[]).await.status, 303);
    assert!(b.upload(&follow, &fields, &[]).await.text().contains("已经追评过"));
    let reply = format!("{BASE}/reviews/{id}/reply");
    let fields = [("product", product.as_str()), ("text", "谢谢")];
    assert_eq!(lin.post(&reply, &fields).await.find(".error, [id$='-e']").len(), 1);
    let wu = town.browser(Some(wu));
    assert_eq!(wu.post(&reply, &fields).await.status, 303);
    let list = lin.get(&sent.to).await.find(".answer").concat();
    assert!(list.contains("放久更香") && list.contains("店家回复：谢谢"), "{list}");
    let house = web::House::new(town.house.app.clone(), || testkit::NOON, setup());
    let request = axum::http::Request::builder().uri(BASE).body(()).expect("one");
    assert!(section(&house, request, tea).await.contains("放久更香"));
    let hide = format!("{BASE}/reviews/{id}/hide");
    let no = wu.post(&hide, &[("product", &product), ("text", "")]).await;
    assert_eq!(no.status, 422);
    assert_eq!(wu.post(&hide, &[("product", &product), ("text", "广告")]).await.status, 303);
    assert!(lin.get(&sent.to).await.find(".rev").is_empty());
}

fn setup() -> web::Setup {
    web::Setup {
        address: "https://kith.example".into(),
        secure: false,
        show_codes: false,
        development: false,
    }
}

/// What the shop's product page is handed.
async fn section(
    house: &web::House,
    request: axum::http::Request<()>,
    product: Id<id::Product>,
) -> String {
    let asking = house.app.asking(house.now(), Some("taoyuanli".into()), None).await;
    let asking = asking.expect("a read");
    let taste = web::who::Taste::of(request.headers());
    let visit = web::who::Visit {
        place: asking.place.clone(),
        person: None,
        who: None,
        taste,
        lang: rules::base::Lang::Hans,
        now: house.now(),
        path: BASE.into(),
        fragment: false,
        token: None,
    };
    let here = web::who::Here { visit, place: asking.place.expect("the community") };
    web::trust::product_section(house, &here, product).await.into_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn search_knows_both_scripts() {
    let town = Town::new().await;
    let mei = town.member("梅姐", "member", "").await;
    town.product("凤凰单丛 乌龙茶", "tea", 6800).await;
    note(&town.browser(Some(mei)), "乌龙茶怎么泡").await;
    let b = town.browser(None);
    for q in ["乌龙茶", "烏龍茶"] {
        let found = b.get(&format!("{BASE}/search?q={}", web::edge::query_value(q))).await;
        assert_eq!(found.find(".good h3"), ["凤凰单丛 乌龙茶"], "{q}");
        assert_eq!(found.attr("#q", "value"), q);
        assert_eq!(found.find("nav.tabs a"), ["商品 1", "帖子 1"]);
    }
    let posts = b.get(&format!("{BASE}/search?q=%E4%B9%8C%E9%BE%99%E8%8C%B6&tab=posts")).await;
    assert_eq!(posts.find(".post").len(), 1);
    let none = b.get(&format!("{BASE}/search?q=%22%3Cx%3E")).await;
    assert!(none.find(".empty b")[0].contains("没有找到“\"<x>”"));
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_and_tabs_are_kept() {
    let town = Town::new().await;
    let mei = town.member("梅姐", "member", "").await;
    let b = town.browser(Some(mei));
    let path = format!("{BASE}/inbox/choices");
    let before = b.get(&path).await;
    assert!(before.find("input[name='order_paid.mail'][checked]").len() == 1);
    assert!(before.find("input[name='low_stock.mail']").is_empty(), "a staff kind");
    let saved = b.post(&path, &[("mentioned.mail", "on")]).await;
    assert_eq!(saved.status, 303);
    let after = b.get(&saved.to).await;
    assert_eq!(after.find("input.switch[checked]").len(), 1);
    let feed = b.get(&format!("{BASE}/feed?tab=latest")).await;
    assert!(feed.cookies.starts_with("feed=latest; Path=/c/taoyuanli; Max-Age="));
    assert!(b.get(&format!("{BASE}/feed?tab=x%0d%0ay")).await.cookies.is_empty());
    for closed in ["inbox", "inbox/choices", "reviews", "posts/new"] {
        let out = town.browser(None).get(&format!("{BASE}/{closed}")).await;
        assert_eq!(out.status, 303, "{closed}");
    }
}
