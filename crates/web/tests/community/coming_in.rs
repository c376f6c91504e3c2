//! Signing in, joining, and the first page after it.
use crate::browser::world;
use axum::http::StatusCode;

#[tokio::test]
async fn a_code_a_name_and_back_to_where_one_was() {
    let w = world(false).await;
    let mut b = w.browser();
    let next = "/open?x=1";
    let page = b.get("/sign-in?next=/open%3Fx%3D1").await;
    assert_eq!((page.status, page.field("next").as_str()), (StatusCode::OK, next));
    let wrong = b.post("/sign-in", &[("contact", "nobody@"), ("next", next)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.field("contact"), "nobody@");
    assert!(wrong.has("请填手机号或邮箱"));
    let sent = b.post("/sign-in", &[("contact", "mei@example.org"), ("next", next)]).await;
    assert_eq!(sent.to(), "/sign-in/code");
    let asks = b.get("/sign-in/code").await;
    let code = shown(&asks.text);
    let other = if code == "000000" { "111111" } else { "000000" };
    let wrong = b.post("/sign-in/code", &[("code", other)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("验证码不对") && wrong.has("mei@example.org") && wrong.has(other));
    let in_ = b.post("/sign-in/code", &[("code", &code)]).await;
    assert_eq!(in_.to(), "/sign-in/name?next=/open%3Fx%3D1");
    let cookie = in_
        .headers
        .get_all("set-cookie")
        .iter()
        .find_map(|c| c.to_str().ok().filter(|c| c.starts_with("kith=")));
    let cookie = cookie.expect("a session");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(cookie.contains("Path=/") && cookie.contains("Max-Age=15552000"), "{cookie}");
    let named = b.post("/sign-in/name", &[("name", "梅姐"), ("next", next)]).await;
    assert_eq!(named.to(), next);
    assert!(b.get("/").await.has("梅姐"));
    assert_eq!(b.post("/sign-out", &[]).await.to(), "/");
    assert!(!b.get("/").await.has("梅姐"));
}

fn shown(text: &str) -> String {
    let at = text.find("验证码是 ").expect("the code is shown");
    text[at..].chars().filter(char::is_ascii_digit).take(6).collect()
}

#[tokio::test]
async fn a_code_works_only_in_its_browser() {
    let w = world(false).await;
    let (mut mine, mut theirs) = (w.browser(), w.browser());
    mine.post("/sign-in", &[("contact", "mei@example.org")]).await.to();
    let code = shown(&mine.get("/sign-in/code").await.text);
    theirs.cookies.insert("coming".into(), mine.cookies["coming"].clone());
    let out = theirs.post("/sign-in/code", &[("code", &code)]).await;
    assert!(out.status.is_client_error() && out.has("浏览器"), "{}", out.status);
    assert!(!theirs.cookies.contains_key("kith"));
}

#[tokio::test]
async fn passwords_and_no_way_out_of_the_house() {
    let w = world(false).await;
    w.person("老周", 1).await;
    let mut b = w.browser();
    let fields = [("contact", "person1@example.org"), ("password", "a long quiet lake")];
    let wrong = b.post("/sign-in/password", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.field("contact"), "person1@example.org");
    assert!(wrong.has("账号或密码不对") && !wrong.has("quiet lake"));
    for evil in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let mut b = w.browser();
        let fields = [
            ("contact", "person1@example.org"),
            ("password", "a long quiet river"),
            ("next", evil),
        ];
        assert_eq!(b.post("/sign-in/password", &fields).await.to(), "/", "{evil}");
    }
}

#[tokio::test]
async fn entering_by_address_is_for_development_only() {
    for development in [true, false] {
        let w = world(development).await;
        let p = w.person("老周", 1).await;
        let mut b = w.browser();
        let out = b.get(&format!("/enter/{}?to=//evil.example", p.token)).await;
        if development {
            assert_eq!(out.to(), "/");
            assert_eq!(b.cookies["kith"], p.token);
            assert_eq!(b.get("/enter/nonsense?to=/").await.status, StatusCode::NOT_FOUND);
        } else {
            assert_eq!(out.status, StatusCode::NOT_FOUND);
            assert!(b.cookies.is_empty());
        }
    }
}

#[tokio::test]
async fn tags_change_what_a_newcomer_sees_first() {
    let w = world(false).await;
    let owner = w.person("老周", 1).await;
    let c = w.community(&owner).await;
    let (tea, books) = (w.tag(&c, "茶").await, w.tag(&c, "读书").await);
    w.group(&c, "茶友群", vec![tea]).await;
    w.group(&c, "读书群", vec![books]).await;
    let mut first = Vec::new();
    for (n, tag) in [(2, Some(tea.to_string())), (3, Some(books.to_string())), (4, None)] {
        let p = w.person("小满", n).await;
        let mut b = w.signed_in(&p);
        let page = b.get("/c/peach/join").await;
        assert!(page.has("不发广告") && page.field("name") == "小满");
        // without the yes nothing happens, and the tags stay chosen
        let tag = tag.as_deref();
        let mut fields = vec![("name", "小满")];
        fields.extend(tag.map(|t| ("tags", t)));
        let no = b.post("/c/peach/join", &fields).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(no.has("勾选同意"));
        fields.push(("agreed", "yes"));
        if tag.is_none() {
            fields.push(("skip", "1"));
        }
        let welcome = b.post("/c/peach/join", &fields).await;
        assert_eq!(welcome.to(), "/c/peach/welcome");
        let page = b.get("/c/peach/welcome").await;
        assert_eq!(page.status, StatusCode::OK);
        let order = ["茶友群", "读书群"].map(|g| page.text.find(g).unwrap_or(usize::MAX));
        first.push((order[0] < order[1], page.has("个共同标签")));
        assert!(order.iter().any(|at| *at < usize::MAX), "something is shown");
    }
    // from the middle of a purchase: it is the main way on, whatever else is done here
    let p = w.person("阿禾", 5).await;
    let mut b = w.signed_in(&p);
    let seat = "/c/peach/checkout?campaign=cmp_1&qty=1";
    let tea_id = tea.to_string();
    let fields = [("name", "阿禾"), ("agreed", "yes"), ("next", seat), ("tags", &*tea_id)];
    let to = b.post("/c/peach/join", &fields).await.to().to_string();
    let page = b.get(&to).await;
    let on = format!("href=\"{}\"", seat.replace('&', "&amp;"));
    assert!(page.has("继续参团") && page.has(&on), "{}", page.text);
    let welcome = to.strip_prefix("/c/peach").expect("a page of the community");
    assert!(page.has(&format!("name=\"next\" value=\"{to}\"")), "joining a group: {}", page.text);
    let change = format!("/c/peach/me/tags?next={}", web::edge::query_value(welcome));
    assert!(page.has(&format!("href=\"{change}\"")), "{}", page.text);
    let form = b.get(&change).await.field("next");
    assert_eq!(b.post("/c/peach/me/tags", &[("next", &*form), ("tags", &*tea_id)]).await.to(), to);
    assert_eq!((first[0], first[1]), ((true, true), (false, true)));
    assert!(!first[2].1, "who skipped is told of no common tags");
}
