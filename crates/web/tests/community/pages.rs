//! The other pages open, in every language; kept under `target/pages` for looking at.
use crate::browser::{keep, world};
use axum::http::StatusCode;

#[tokio::test]
async fn opening_a_community_and_looking_around() {
    let w = world(false).await;
    let owner = w.person("老周", 1).await;
    let mut b = w.signed_in(&owner);
    let form = b.get("/open").await;
    keep("open", &form);
    let id = form.field("id");
    let mut fields = vec![
        ("id", id.as_str()),
        ("name", "桃源里熟客"),
        ("slug", "console"),
        ("purpose", "一起吃点好的"),
        ("rules", "互相尊重"),
        ("zone", "Asia/Shanghai"),
        ("currency", "CNY"),
        ("jurisdiction", "CN"),
        ("language", "zh-Hans"),
    ];
    let wrong = b.post("/open", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.field("name") == "桃源里熟客" && wrong.has("网址用小写字母"));
    fields[2] = ("slug", "peach");
    assert_eq!(b.post("/open", &fields).await.to(), "/c/peach/welcome");
    let new = b.get("/c/peach/groups/new").await;
    let id = new.field("id");
    let group = [
        ("id", id.as_str()),
        ("name", "水果群"),
        ("kind", "product"),
        ("purpose", "看见好水果说一声"),
        ("admission", "approval"),
        ("capacity", "200"),
        ("place", "南门驿站"),
        ("address", "桃源路 1 号"),
        ("hours", "每天 9:00–20:00"),
    ];
    let url = b.post("/c/peach/groups/new", &group).await.to().to_string();
    assert_eq!(url, format!("/c/peach/groups/{id}"));
    let page = b.get(&format!("{url}/door")).await;
    let code = b
        .post(
            &format!("{url}/door/invite"),
            &[("id", &page.field("id")), ("uses", "2"), ("days", "7")],
        )
        .await;
    assert!(code.has("只显示这一次"));
    let newcomer = w.person("小满", 2).await;
    let mut n = w.signed_in(&newcomer);
    n.post("/c/peach/join", &[("name", "小满"), ("agreed", "yes")]).await.to();
    let asks = n.post(&format!("{url}/join"), &[("agreed", "yes"), ("words", "爱吃桃")]).await;
    assert_eq!(asks.to(), url);
    assert!(n.get(&url).await.has("等团长看"));
    let door = b.get(&format!("{url}/door")).await;
    assert!(door.has("爱吃桃"));
    let application = door.field("application");
    let yes = [("application", application.as_str()), ("admit", "yes")];
    b.post(&format!("{url}/door/decide"), &yes).await.to();
    assert!(n.get(&format!("{url}/chat")).await.has("小满加入了"));
    keep("landing", &b.get("/").await);
    keep("groups", &n.get("/c/peach/groups").await);
    keep("group", &n.get(&url).await);
    keep("door", &b.get(&format!("{url}/door")).await);
}

#[tokio::test]
async fn every_page_opens_in_every_language() {
    let w = world(false).await;
    let owner = w.person("老周", 1).await;
    let c = w.community(&owner).await;
    let tea = w.tag(&c, "茶友").await;
    w.tag(&c, "读书").await;
    w.group(&c, "茶友群", vec![tea]).await;
    let p = w.person("小满", 2).await;
    let mut stranger = w.signed_in(&p);
    keep("sign_in", &w.browser().get("/sign-in?next=/c/peach/join").await);
    let mut fresh = w.browser();
    fresh.post("/sign-in", &[("contact", "+44 7700 900123")]).await.to();
    keep("code", &fresh.get("/sign-in/code").await);
    keep("join", &stranger.get("/c/peach/join").await);
    let member = w.member(&c, &p, Some(c.group)).await;
    let chat = format!("/c/peach/groups/{}/chat", c.group);
    let mut b = w.signed_in(&owner);
    for text in ["桃子今早五点摘的，车在路上。", "明早九点到南门，先到先取。"]
    {
        let id = b.get(&chat).await.field("id");
        b.post(&chat, &[("id", &id), ("text", text)]).await.to();
    }
    let page = stranger.get(&chat).await;
    assert!(page.has("id=\"unread\""), "the first unread line is marked");
    assert!(page.has("-same"), "lines of one author hang together");
    let id = page.field("id");
    stranger.post(&chat, &[("id", &id), ("text", "@老周 能帮放冰柜吗？")]).await.to();
    keep("chat", &stranger.get(&chat).await);
    keep("welcome", &stranger.get("/c/peach/welcome").await);
    keep("me", &stranger.get("/c/peach/me").await);
    keep("about", &stranger.get("/c/peach/about").await);
    keep("line", &stranger.get(&format!("/c/peach/groups/{}/lines/{id}", c.group)).await);
    let paths = [
        "/".to_string(),
        "/open".into(),
        "/c/peach/welcome".into(),
        "/c/peach/about".into(),
        "/c/peach/groups".into(),
        format!("/c/peach/groups/{}", c.group),
        format!("/c/peach/groups/{}/members", c.group),
        format!("/c/peach/groups/{}/edit", c.group),
        format!("/c/peach/groups/{}/door", c.group),
        chat.clone(),
        "/c/peach/groups/new".into(),
        "/c/peach/me".into(),
        "/c/peach/me/edit".into(),
        "/c/peach/me/tags".into(),
        "/c/peach/me/account".into(),
        "/c/peach/me/leave".into(),
        "/c/peach/me/close".into(),
        format!("/c/peach/members/{member}"),
    ];
    for lang in ["zh-Hans", "zh-Hant", "en"] {
        b.post("/preferences", &[("lang", lang), ("theme", "dark"), ("text", "xl")]).await.to();
        for path in &paths {
            let page = b.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{lang} {path}");
            let head = format!("<html lang=\"{lang}\"");
            assert!(page.has(&head) && page.has("data-theme=\"dark\" data-text=\"xl\""), "{path}");
            assert_eq!(page.text.matches("<h1").count(), 1, "{path}");
        }
    }
}

#[tokio::test]
async fn leaving_and_closing_ask_twice() {
    let w = world(false).await;
    let owner = w.person("老周", 1).await;
    let c = w.community(&owner).await;
    let p = w.person("小满", 2).await;
    w.member(&c, &p, Some(c.group)).await;
    let mut b = w.signed_in(&p);
    let once = b.post("/c/peach/me/leave", &[]).await;
    assert_eq!(once.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(b.post("/c/peach/me/leave", &[("sure", "yes")]).await.to(), "/");
    assert_eq!(b.get("/c/peach/me").await.status, StatusCode::FORBIDDEN);
    let mut o = w.signed_in(&owner);
    let stays = o.post("/c/peach/me/close", &[("sure", "yes")]).await;
    assert_eq!(stays.status, StatusCode::CONFLICT);
    assert!(stays.has("还是一个社群的店主"));
    b.post("/c/peach/join", &[("name", "小满"), ("agreed", "yes")]).await.to();
    assert_eq!(b.post("/c/peach/me/close", &[("sure", "yes")]).await.to(), "/");
    assert!(!b.cookies.contains_key("kith"));
}
