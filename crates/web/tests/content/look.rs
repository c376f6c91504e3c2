//! Every page: one h1, a language, no inline style or script, every picture with its words. The
//! pages and what they load are written below `target/pages`, for whoever wants to look at them.
use crate::town::{Answer, BASE, Browser, Town, png};
use rules::base::{Id, id};
use scraper::Selector;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn lawful(name: &str, lang: &str, page: &Answer) {
    assert_eq!(page.status, 200, "{name}");
    assert_eq!(page.find("h1").len(), 1, "{name}: {:?}", page.find("h1"));
    assert_eq!(page.attr("html", "lang"), lang, "{name}");
    assert!(page.find("[style], style, [onclick], [onerror]").is_empty(), "{name}");
    let html = page.page();
    let all = |css: &str| Selector::parse(css).expect("a selector");
    for script in html.select(&all("script")) {
        let json = script.attr("type") == Some("application/ld+json");
        assert!(json || script.attr("src").is_some(), "{name}: an inline script");
    }
    for img in html.select(&all("img")) {
        assert!(img.attr("alt").is_some(), "{name}: {:?}", img.attr("src"));
    }
    let mut ids = BTreeSet::new();
    for e in html.select(&all("[id]")) {
        let id = e.attr("id").unwrap_or("");
        assert!(ids.insert(id.to_string()), "{name}: two #{id}");
    }
    for label in html.select(&all("label[for]")) {
        assert!(ids.contains(label.attr("for").unwrap_or("")), "{name}: a label of nothing");
    }
}

/// Writes a page and everything it shows.
async fn keep(b: &Browser<'_>, name: &str, page: &Answer) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/pages");
    let put = |path: &str, bytes: &[u8]| {
        let file = root.join(path.trim_start_matches('/'));
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, bytes).expect("written");
    };
    put(&format!("{name}.html"), &page.bytes);
    let html = page.page();
    let mut wanted = BTreeSet::new();
    for (css, attr) in [("img", "src"), ("img", "srcset"), ("link", "href"), ("script", "src")] {
        for e in html.select(&Selector::parse(css).expect("a selector")) {
            let all = e.attr(attr).unwrap_or("").split(", ");
            let first = all.filter_map(|part| part.split(' ').next());
            wanted.extend(first.filter(|p| p.starts_with('/')).map(str::to_string));
        }
    }
    for path in wanted {
        put(&path, &b.get(&path).await.bytes);
    }
}

async fn post(b: &Browser<'_>, fields: &[(&str, &str)], shots: &[Vec<u8>]) -> String {
    let path = format!("{BASE}/posts/new");
    let id = b.get(&path).await.attr("input[name=id]", "value");
    let fields: Vec<_> = [("id", id.as_str())].into_iter().chain(fields.iter().copied()).collect();
    let files: Vec<_> = shots.iter().map(|s| ("pictures", s.as_slice())).collect();
    let sent = b.upload(&path, &fields, &files).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    sent.to
}

/// A town with something to see on every page.
async fn lived_in(town: &Town) -> (Id<id::Member>, String, Id<id::Product>, Id<id::Order>) {
    let mei = town.member("梅姐", "member", "").await;
    let lin = town.member("林一", "owner", "").await;
    let tea = town.product("武夷岩茶 小罐 50 克", "tea", 6800).await;
    for (title, look, price) in
        [("阳山水蜜桃 五斤装", "fruit", 3990), ("刻字马克杯 可刻 4 个字", "mug", 7900)]
    {
        town.product(title, look, price).await;
    }
    let group: Id<id::Group> = town.house.app.mint(town.house.now());
    town.sql(
        "INSERT INTO room (community_id, id, kind, name, slug, purpose, rules, notice, admission,
            capacity, members, pickup_name, pickup_address, pickup_hours, slow_seconds, keywords,
            system_off, last_change, last_line, created_at) VALUES ($1,$2,'interest','水果群',NULL,
            '一起买水果','','','open',500,12,'南门驿站自提','','',0,'','',0,0,0)",
        app::p![town.c, group],
    )
    .await;
    town.sql(
        "INSERT INTO room_member (community_id, room_id, member_id, role, joined_at, read_seq,
            said_at) VALUES ($1,$2,$3,'member',0,0,0)",
        app::p![town.c, group, mei],
    )
    .await;
    let tag: Id<id::Tag> = town.house.app.mint(town.house.now());
    town.sql(
        "INSERT INTO tag (community_id, id, name, folded, created_at)
        VALUES ($1,$2,'茶','茶',0)",
        app::p![town.c, tag],
    )
    .await;
    let order = town.order(mei, tea, "武夷岩茶 小罐 50 克", "received").await;
    town.order(mei, tea, "手工馄饨 60 只", "ready_for_pickup").await;
    let (b, other) = (town.browser(Some(mei)), town.browser(Some(lin)));
    let long = "第一次喝岩茶，别急着买贵的。\n\n先看火：中火最好入口，足火要放半年。".repeat(4);
    let article = format!("## 看火\n\n{long}\n\n- 中火\n- 足火\n\n> 开水，出汤要快");
    post(&other, &[("kind", "article"), ("title", "岩茶怎么喝"), ("text", &article)], &[]).await;
    let link = "这篇讲怎么看茶底讲得最清楚，照片也拍得好，值得慢慢看";
    post(&other, &[("kind", "link"), ("text", link), ("link", "https://example.org/a")], &[]).await;
    let shots = [png(320, 240, 60), png(240, 320, 160), png(300, 300, 220)];
    let text = "桃子到了，先给大家切一个看看。皮能撕下来，汁水要用碗接。";
    let product = tea.to_string();
    let at = post(&b, &[("kind", "note"), ("text", text), ("card1", &product)], &shots).await;
    for text in ["真甜", "还有吗"] {
        let page = other.get(&at).await;
        let (action, id) =
            (page.attr("#say-form", "action"), page.attr("#say-form input[name=id]", "value"));
        assert_eq!(other.post(&action, &[("id", &id), ("text", text)]).await.status, 303);
        let answer = b.get(&format!("{at}?answers={id}")).await;
        let next = answer.attr("#say-form input[name=id]", "value");
        let fields = [("id", next.as_str()), ("answers", &id), ("text", "明天再到一批")];
        assert_eq!(b.post(&action, &fields).await.status, 303);
    }
    (mei, at, tea, order)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_lawful() {
    let town = Town::new().await;
    let (mei, at, tea, order) = lived_in(&town).await;
    let b = town.browser(Some(mei));
    let line: Id<id::Line> = order.as_id();
    let review = format!("{BASE}/orders/{order}/lines/{line}/review");
    let form = b.get(&review).await;
    keep(&b, "write", &form).await;
    let id = form.attr("input[name=id]", "value");
    let words = "第一泡就很香，盖碗十秒出汤刚刚好。";
    let fields = [("id", id.as_str()), ("stars", "5"), ("text", words)];
    let sent = b.upload(&review, &fields, &[("pictures", &png(200, 150, 30))]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let post_id = b.get(&at).await.attr("article.post", "id");
    let pages = [
        ("home", BASE.to_string()),
        ("feed", format!("{BASE}/feed")),
        ("post", at.clone()),
        ("answering", format!("{at}?answers=cmt_0")),
        ("compose", format!("{BASE}/posts/new")),
        ("edit", format!("{BASE}/posts/{post_id}/edit")),
        ("end", format!("{BASE}/posts/{post_id}/end")),
        ("search", format!("{BASE}/search?q=%E8%8C%B6")),
        ("search-none", format!("{BASE}/search?q=zzzz")),
        ("search-empty", format!("{BASE}/search")),
        ("reviews", format!("{BASE}/products/{tea}/reviews")),
        ("low", format!("{BASE}/products/{tea}/reviews?show=low")),
        ("follow", format!("{BASE}/reviews/{id}/follow?product={tea}")),
        ("mine", format!("{BASE}/reviews")),
        ("reviewed", review.clone()),
        ("inbox", format!("{BASE}/inbox")),
        ("inbox-system", format!("{BASE}/inbox?section=system")),
        ("choices", format!("{BASE}/inbox/choices")),
    ];
    for lang in ["zh-Hans", "zh-Hant", "en"] {
        for (name, path) in &pages {
            let b = Browser { lang, ..b };
            let page = b.get(path).await;
            lawful(name, lang, &page);
            if lang == "zh-Hans" {
                keep(&b, name, &page).await;
            }
            let stranger = Browser { who: None, ..b }.get(path).await;
            if stranger.status == 200 {
                lawful(name, lang, &stranger);
            }
        }
    }
    let shut = b.get(&format!("{BASE}/posts/{post_id}/report")).await;
    lawful("report", "zh-Hans", &shut);
}
