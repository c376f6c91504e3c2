//! Commission on pages: the desk's terms, the programme, the label, earnings, the report; and
//! nothing of it as an offer inside WeChat.
use crate::browser::{Browser, Fields};
use crate::sale::{BASE, add, addressed, order, peaches, ship};
use crate::spread::{PHONE, open, shares, visit};
use crate::town::{GUEST, LIN, MEI, OWNER, Town, town};
use axum::http::{Method, StatusCode};
use rules::base::{Id, id};
use testkit::NOON;

const TERMS: &str = "form:has(input[value=terms])";

async fn turned_on(town: &Town) {
    let (zhou, page) = (town.browser(OWNER), format!("{BASE}/console/commission"));
    let form = zhou.page(&page).await.form(TERMS);
    assert_eq!((form.value("first"), form.value("cap"), form.value("wait_days")), ("5", "30", "7"));
    let bad = zhou.send(&form.clone().with("first", "a lot").with("on", "on")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text().contains("such as 5 or 2.5"), "{}", bad.text());
    assert_eq!(bad.form(TERMS).value("first"), "a lot", "what was typed stays");
    let bad = zhou.send(&form.clone().with("cap", "60")).await;
    assert!(bad.text().contains("The cap is 1 to 50 percent"), "{}", bad.text());
    let cut = form.clone().with("levels", "2").with("first", "25").with("second", "5.01");
    let cut = zhou.send(&cut).await;
    assert_eq!(cut.status, StatusCode::UNPROCESSABLE_ENTITY, "the cap would cut it");
    assert!(cut.text().contains("Together the rates are above the cap"), "{}", cut.text());
    let good = zhou.send(&form.with("on", "on").with("first", "7.5")).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.text());
    assert_eq!(zhou.page(&good.to).await.form(TERMS).value("first"), "7.5");
}

async fn takes_part(b: &Browser<'_>) {
    let page = b.page(&format!("{BASE}/programme")).await;
    assert!(page.text().contains("never a third"), "the law in short: {}", page.text());
    let join = page.form("form[action$='/programme']").with("deed", "join");
    assert_eq!(b.send(&join).await.to, format!("{BASE}/me/earnings"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_earns_and_everybody_is_told() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (mei, zhou) = (town.browser(MEI), town.browser(OWNER));
    let page = format!("{BASE}/products/{peach}");
    let link = shares(&mei, &page).await;
    let off = mei.page(&format!("{BASE}/programme")).await;
    assert!(off.text().contains("No commission at present"), "{}", off.text());
    turned_on(&town).await;
    let token = visit(&town, &link, "").await.token().to_owned();
    let ken = Browser { cookie: format!("nobody; visitor={token}"), ..town.stranger() };
    assert_eq!(ken.page(&page).await.count("#earns"), 0, "nobody takes part yet");
    takes_part(&mei).await;
    assert_eq!(town.stranger().page(&page).await.count("#earns"), 0, "no link led here");
    let told = ken.page(&page).await;
    assert!(told.text().contains("that member earns commission"), "{}", told.text());
    let preview = open(&town, Method::GET, &link, &[("user-agent", "facebookexternalhit")]).await;
    assert!(preview.body.contains("分享者得佣金") || preview.body.contains("earns commission"));

    let ken = Browser { cookie: format!("token-{GUEST}; visitor={token}"), ..town.stranger() };
    let join = ken.page(&format!("{BASE}/join")).await.form("form[action$='/join']");
    ken.send(&join.with("name", "Ken").with("agreed", "yes")).await;
    add(&ken, peach, "1").await;
    let at = order(&ken, "sandbox").await;
    let pay = ken.page(&format!("{at}/pay")).await.form("form[action$='/pay/sandbox']");
    ken.send(&pay.with("outcome", "paid")).await;

    let earned = mei.page(&format!("{BASE}/me/earnings")).await.text();
    // 7.5 % of 39.90 is 2.99
    assert!(earned.contains("Yangshan peaches") && earned.contains("¥2.99"), "{earned}");
    assert!(earned.contains("Pending") && !earned.contains("Ken"), "{earned}");
    let desk = zhou.page(&format!("{BASE}/console/commission")).await;
    assert!(
        desk.text().contains("Mei") && desk.text().contains("¥39.90 × 7.5%"),
        "{}",
        desk.text()
    );
    let file = zhou.page(&format!("{BASE}/console/commission.csv")).await.body;
    assert!(file.contains(",Mei,") && file.contains("ord_") && file.lines().count() == 2, "{file}");
    let report = zhou.page(&format!("{BASE}/console/commission/compliance")).await.text();
    assert!(report.contains("Nobody was paid through others"), "{report}");
    the_days_pass(&town, (&ken, &at), peach).await;
    // a rate of its own for these peaches, and none any more
    let own = zhou.page(&format!("{BASE}/console/commission")).await.form("form:has(#of)");
    let peaches = peach.to_string();
    let found = own.clone().with("q", "peach").with("own_first", "10").with("find", "1");
    let found = zhou.send(&found).await.form("form:has(#of)");
    assert_eq!((found.value("q"), found.value("own_first")), ("peach", "10"), "kept");
    let none = zhou.send(&own.clone().with("q", "anvil").with("find", "1")).await;
    assert!(none.text().contains("No product on sale was found."), "{}", none.text());
    assert!(none.text().contains("Left empty it is 0 %"), "{}", none.text());
    let most = zhou.send(&own.clone().with("of", &peaches).with("own_first", "31")).await;
    assert!(most.text().contains("Together the rates are above the cap"), "{}", most.text());
    let own = zhou.send(&own.with("of", &peaches).with("own_first", "10")).await;
    let with = zhou.page(&own.to).await;
    assert!(with.text().contains("Yangshan peaches Product 10% / 0%"), "{}", with.text());
    let drop = zhou.send(&with.form("form:has(input[value=drop])")).await;
    assert!(!zhou.page(&drop.to).await.text().contains("10% / 0%"));
}

/// Ken receives and reviews; the days of return pass, Mei spends what she earned, and then Ken's
/// peaches go back after all.
async fn the_days_pass(town: &Town, (ken, at): (&Browser<'_>, &str), peach: Id<id::Product>) {
    let (mei, zhou) = (town.browser(MEI), town.browser(OWNER));
    let sums = async || mei.page(&format!("{BASE}/me/earnings")).await.text();
    ship(town, at).await;
    ken.send(&ken.page(at).await.form("dialog#receive form")).await;
    let reviews = ken.page(&format!("{BASE}/reviews")).await;
    let review = reviews.href("a[href$='/review']").expect("a way to review");
    let review = ken.page(&review).await.form("form[action$='/review']");
    let review = review.with("stars", "5").with("text", "Sweet as promised, and Mei was right.");
    assert_eq!(ken.send(&review).await.status, StatusCode::SEE_OTHER);
    assert!(sums().await.contains("Frozen: days of return ¥2.99"), "{}", sums().await);
    let app = &town.kith.app;
    for days in [14, 15, 16] {
        while app.work(NOON.plus_days(days), 1).await.expect("work") > 0 {}
    }
    assert!(sums().await.contains("Available"), "{}", sums().await);
    let wallet = mei.page(&format!("{BASE}/wallet")).await.text();
    assert!(wallet.contains("Commission · Came in") && wallet.contains("+¥2.99"), "{wallet}");
    // spent at checkout
    add(&mei, peach, "1").await;
    let page = mei.page(&format!("{BASE}/checkout?way=ship")).await;
    assert!(page.text().contains("Use my balance: ¥2.99"), "{}", page.text());
    let form = addressed(page.form("form#checkout")).with("street", "3 Plum Lane");
    let placed = mei.send(&form.with("wallet", "yes").with("provider", "sandbox")).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    let pay = mei.page(&placed.to).await.form("form[action$='/pay/sandbox']");
    mei.send(&pay.with("outcome", "paid")).await;
    assert!(sums().await.contains("To use now ¥ 0 .00"), "{}", sums().await);
    // Ken's order goes back: what Mei spent already is owed
    let desk = zhou.page(&at.replace("/orders/", "/console/orders/")).await;
    let form = desk.form("form[action$='/refund']");
    let line =
        form.all.iter().find(|(name, _)| name.starts_with("qty_")).expect("a line").0.clone();
    let asked = zhou.send(&form.with(&line, "1")).await;
    assert!(asked.text().contains("To Ken Amount ¥39.90"), "{}", asked.text());
    let refunded = zhou.send(&asked.form("#sure form")).await;
    assert_eq!(refunded.status, StatusCode::SEE_OTHER, "{}", refunded.text());
    let text = sums().await;
    assert!(text.contains("Owed: ¥2.99") && text.contains("Taken back"), "{text}");
}

/// What would be an offer for sharing.
const OFFERS: [&str; 4] =
    ["/programme\"", "Agree and take part", "Terms of commission", "佣金计划"];

#[tokio::test(flavor = "multi_thread")]
async fn inside_wechat_nothing_is_offered_for_sharing() {
    let town = town().await;
    let peach = peaches(&town).await;
    turned_on(&town).await;
    let (mei, lin) = (town.browser(MEI), town.browser(LIN));
    takes_part(&mei).await;
    let link = shares(&mei, &format!("{BASE}/products/{peach}")).await;
    let mine = link.replace("/s/", &format!("{BASE}/share/"));
    let pages = [
        "",
        "/shop",
        "/me",
        "/me/shares",
        "/me/earnings",
        "/programme",
        "/wallet",
        "/me/coupons",
        "/groups",
        "/orders",
        "/cart",
        "/about",
        "/inbox",
        "/campaigns",
        "/feed",
    ];
    for (b, whose) in [(&mei, "takes part"), (&lin, "does not")] {
        let paths = pages.iter().map(|p| format!("{BASE}{p}"));
        let paths = paths.chain([format!("{BASE}/products/{peach}")]);
        let paths = paths.chain((whose == "takes part").then(|| mine.clone()));
        for path in paths {
            for agent in [PHONE, "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.40"] {
                let cookie = format!("kith={}; lang=en", b.cookie);
                let headers = [("user-agent", agent), ("cookie", cookie.as_str())];
                let page = open(&town, Method::GET, &path, &headers).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                for offer in OFFERS {
                    assert!(!page.body.contains(offer), "{whose}: {offer} on {path}");
                }
            }
        }
    }
    // the same pages elsewhere do offer it: the check above sees what it looks for
    let plain = lin.page(&format!("{BASE}/me/earnings")).await;
    assert!(plain.body.contains("/programme\""), "{}", plain.body);
    let form = Fields { action: format!("{BASE}/programme"), all: Vec::new() };
    assert_eq!(lin.send(&form.with("deed", "x")).await.status, StatusCode::BAD_REQUEST);
}
