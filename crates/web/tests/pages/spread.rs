//! Sharing: the link, what opens behind it, who is counted, and where one sees it.
use crate::browser::{Browser, Fields};
use crate::sale::{BASE, add, order, peaches};
use crate::town::{GUEST, LIN, MEI, OWNER, Town, town};
use app::p;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use rules::base::Id;
use tower::ServiceExt;

pub const PHONE: &str = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.50";

/// What came back for a link.
pub struct Opened {
    pub status: StatusCode,
    pub to: String,
    pub cookie: String,
    pub body: String,
}
impl Opened {
    pub fn token(&self) -> &str {
        let value = self.cookie.strip_prefix("visitor=").expect("a visitor's cookie");
        value.split(';').next().unwrap_or("")
    }
}

pub async fn open(town: &Town, method: Method, path: &str, headers: &[(&str, &str)]) -> Opened {
    let mut req = Request::builder().method(method).uri(path).header(header::HOST, "kith.test");
    for (name, value) in headers {
        req = req.header(*name, *value);
    }
    let req = req.body(Body::empty()).expect("a request");
    let reply = town.router.clone().oneshot(req).await.expect("an answer");
    let text = |name| {
        let value = reply.headers().get(name).and_then(|v| v.to_str().ok());
        value.unwrap_or("").to_owned()
    };
    let (status, to, cookie) = (reply.status(), text("location"), text("set-cookie"));
    let bytes = to_bytes(reply.into_body(), usize::MAX).await.expect("a body");
    Opened { status, to, cookie, body: String::from_utf8_lossy(&bytes).into_owned() }
}
pub async fn visit(town: &Town, path: &str, cookies: &str) -> Opened {
    open(town, Method::GET, path, &[("user-agent", PHONE), ("cookie", cookies)]).await
}

/// Shares by the form of a page; the address of the link.
pub async fn shares(b: &Browser<'_>, page: &str) -> String {
    let form = b.page(page).await.form("form[action$='/share']");
    let reply = b.send(&form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    let sheet = b.page(&reply.to).await;
    let link = scraper::Html::parse_document(&sheet.body);
    let css = scraper::Selector::parse("[data-copy]").expect("a selector");
    let url = link.select(&css).next().and_then(|e| e.attr("data-copy")).expect("a link");
    assert!(sheet.text().contains(url), "the link can be read without script");
    assert_eq!(sheet.count("img.poster[src$='/poster.png'][alt]"), 1, "the poster is a picture");
    url.strip_prefix("https://kith.test").expect("an address of this house").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_shared_and_opened() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (mei, page) = (town.browser(MEI), format!("{BASE}/products/{peach}"));
    let link = shares(&mei, &page).await;
    assert_eq!(shares(&mei, &page).await, link, "the same link again");
    assert_ne!(shares(&town.browser(LIN), &page).await, link, "lin has her own");
    let others = link.replace("/s/", &format!("{BASE}/share/"));
    assert_eq!(town.browser(LIN).get(&others).await.status, StatusCode::NOT_FOUND);
    // strangers are led to the door and come back to the page
    let door = town.stranger().page(&page).await.form("form[action$='/share']");
    let to = town.stranger().send(&door).await.to;
    assert!(to.starts_with("/sign-in?next=/c/peach/products/prd_"), "{to}");
    assert!(town.browser(GUEST).send(&door).await.to.starts_with("/c/peach/join?next="));
    let odd = Fields { action: format!("{BASE}/share"), all: Vec::new() };
    for (kind, thing) in [("", ""), ("product", "grp_0000000000001"), ("cart", "x")] {
        let form = odd.clone().with("kind", kind).with("thing", thing);
        assert_eq!(mei.send(&form).await.status, StatusCode::BAD_REQUEST, "{kind}");
    }
    let none = odd.with("kind", "product").with("thing", "prd_0000000000001");
    assert_eq!(mei.send(&none).await.status, StatusCode::NOT_FOUND);

    let person = visit(&town, &link, "").await;
    assert_eq!((person.status, person.to.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
    for part in ["visitor=", "HttpOnly", "SameSite=Lax", "Max-Age=2592000"] {
        assert!(person.cookie.contains(part), "{part}: {}", person.cookie);
    }
    let again = visit(&town, &link, &format!("visitor={}", person.token())).await;
    assert_eq!(again.token(), person.token(), "one browser, one token");
    let odd = visit(&town, &link, "visitor=<script>").await;
    assert_ne!(odd.token(), "<script>");
    let upper = visit(&town, &link.to_uppercase().replace("/S/", "/s/"), "").await;
    assert_eq!(upper.status, StatusCode::SEE_OTHER, "typed in capitals");
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_get_a_preview_and_do_not_count() {
    let town = town().await;
    let peach = peaches(&town).await;
    let mei = town.browser(MEI);
    let link = shares(&mei, &format!("{BASE}/products/{peach}")).await;
    let machine = [("user-agent", "facebookexternalhit/1.1")];
    let preview = open(&town, Method::GET, &link, &machine).await;
    assert_eq!((preview.status, preview.cookie.as_str()), (StatusCode::OK, ""));
    for part in [
        "<meta property=\"og:title\" content=\"Yangshan peaches\">",
        "content=\"¥39.90 · Rich and fresh, picked on Monday.\"",
        &format!("<meta property=\"og:url\" content=\"https://kith.test{link}\">"),
        &format!(
            "<meta property=\"og:image\" content=\"https://kith.test/look/fruit/{peach}/720\">"
        ),
    ] {
        assert!(preview.body.contains(part), "{part} in {}", preview.body);
    }
    let quiet: [(Method, &[(&str, &str)]); 5] = [
        (Method::GET, &[("user-agent", PHONE), ("sec-fetch-dest", "image")]),
        (Method::HEAD, &[("user-agent", PHONE)]),
        (Method::GET, &[]),
        (Method::GET, &[("user-agent", PHONE), ("sec-purpose", "prefetch")]),
        (Method::GET, &[("user-agent", PHONE), ("sec-gpc", "1")]),
    ];
    for (method, headers) in quiet {
        let reply = open(&town, method, &link, headers).await;
        assert_eq!(reply.cookie, "", "{headers:?}");
        assert!(!reply.status.is_client_error(), "{headers:?}");
    }
    let own = visit(&town, &link, &format!("kith=token-{MEI}")).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "one's own link opens and does not count");
    let reach = town.kith.app.reach_of(crate::town::COMMUNITY, Id::of(MEI)).await.expect("reach");
    assert_eq!(reach.visits, 0);

    let poster = open(&town, Method::GET, &format!("{link}/poster.png"), &[]).await;
    assert_eq!((poster.status, poster.cookie.as_str()), (StatusCode::OK, ""));
    assert!(poster.body.contains("PNG"), "a picture");

    const GONE: &str = "UPDATE product SET state = 'archived' WHERE id = $1";
    town.write(move |tx| Ok(tx.exec(GONE, p![peach]).map(drop)?)).await;
    let gone = visit(&town, &link, "").await;
    assert_eq!((gone.status, gone.cookie.as_str()), (StatusCode::GONE, ""));
    assert!(gone.body.contains("href=\"/c/peach\"") && !gone.body.contains("peaches"));
    let drawn = format!("{link}/poster.png");
    for none in [drawn.as_str(), "/s/zzzzzzzz", "/s/x", "/s/zzzzzzzzz", "/s/zzzzzzzz/poster.png"] {
        assert_eq!(visit(&town, none, "").await.status, StatusCode::NOT_FOUND, "{none}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_came_through_whom() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (mei, zhou) = (town.browser(MEI), town.browser(OWNER));
    let link = shares(&mei, &format!("{BASE}/products/{peach}")).await;
    let token = visit(&town, &link, "").await.token().to_owned();
    // Ken has opened the link, signs in, joins and buys in the same browser
    let ken = Browser { cookie: format!("token-{GUEST}; visitor={token}"), ..town.stranger() };
    let join = ken.page(&format!("{BASE}/join")).await.form("form[action$='/join']");
    let joined = ken.send(&join.with("name", "Ken").with("agreed", "yes")).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text());
    add(&ken, peach, "1").await;
    let at = order(&ken, "sandbox").await;
    let pay = ken.page(&format!("{at}/pay")).await.form("form[action$='/pay/sandbox']");
    ken.send(&pay.with("outcome", "paid")).await;

    let page = mei.page(&format!("{BASE}/me/shares")).await;
    let text = page.text();
    assert!(text.contains("1 looked 1 joined 1 ordered"), "{text}");
    assert!(text.contains("Yangshan peaches") && text.contains("Ken"), "{text}");
    let lin = town.browser(LIN).page(&format!("{BASE}/me/shares")).await;
    assert!(lin.text().contains("Nothing shared yet"), "{}", lin.text());
    let desk = zhou.page(&at.replace("/orders/", "/console/orders/")).await;
    let text = desk.text();
    assert!(text.contains("Credited to Mei") && text.contains("The last link opened"), "{text}");
    let member =
        format!("{BASE}/console/members/{}?view=spread", Id::<rules::base::id::Member>::of(MEI));
    let brought = zhou.page(&member).await;
    assert!(brought.text().contains("Whom they brought"), "{}", brought.text());
    assert_eq!(brought.count("table a[href*='view=spread']"), 1, "Ken");
    // what is given back counts no more
    ken.send(&ken.page(&at).await.form("dialog#cancel form")).await;
    let text = mei.page(&format!("{BASE}/me/shares")).await.text();
    assert!(text.contains("1 looked 1 joined 0 ordered"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_phone_waits_for_a_decision() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (mei, zhou) = (town.browser(MEI), town.browser(OWNER));
    let link = shares(&mei, &format!("{BASE}/products/{peach}")).await;
    // Mei looks at her own link; then Ken joins on her phone
    let token = visit(&town, &link, &format!("kith=token-{MEI}")).await.token().to_owned();
    visit(&town, &link, &format!("visitor={token}")).await;
    let ken = Browser { cookie: format!("token-{GUEST}; visitor={token}"), ..town.stranger() };
    let join = ken.page(&format!("{BASE}/join")).await.form("form[action$='/join']");
    ken.send(&join.with("name", "Ken").with("agreed", "yes")).await;
    let page = zhou.page(&format!("{BASE}/console/spread")).await;
    assert!(page.text().contains("Ken Link of Mei"), "{}", page.text());
    let form = page.form("form[action*='/spread/held/']").with("deed", "bind");
    assert_eq!(zhou.send(&form).await.status, StatusCode::SEE_OTHER);
    let again = zhou.send(&form).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text().contains("decided this already"), "{}", again.text());
    assert_eq!(again.count("form[action*='/spread/held/']"), 0);
    let brought = mei.page(&format!("{BASE}/me/shares")).await;
    assert!(brought.text().contains("People you brought K Ken"), "{}", brought.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_sets_the_terms() {
    let town = town().await;
    let (zhou, page) = (town.browser(OWNER), format!("{BASE}/console/spread"));
    let form = zhou.page(&page).await.form("form[action$='/console/spread']");
    assert_eq!((form.value("mode"), form.value("credit_days")), ("first", "7"));
    let bad = zhou.send(&form.clone().with("credit_days", "91")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text().contains("1 to 90 days"), "{}", bad.text());
    assert_eq!(bad.form("form[action$='/console/spread']").value("credit_days"), "91");
    let good = zhou.send(&form.with("mode", "protect").with("protect_days", "14")).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.text());
    let form = zhou.page(&good.to).await.form("form[action$='/console/spread']");
    assert_eq!((form.value("mode"), form.value("protect_days")), ("protect", "14"));
    assert_eq!(town.browser(MEI).get(&page).await.status, StatusCode::FORBIDDEN);
}
