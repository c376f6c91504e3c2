//! Commission on pages: the desk's terms, the programme, the label, earnings, the report; and
//! nothing of it as an offer inside WeChat.
use crate::browser::{Browser, Fields};
use crate::sale::{BASE, add, order, peaches};
use crate::spread::{PHONE, open, shares, visit};
use crate::town::{GUEST, LIN, MEI, OWNER, Town, town};
use axum::http::{Method, StatusCode};

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
    let ken = Browser { cookie: format!("visitor={token}"), ..town.stranger() };
    assert_eq!(ken.page(&page).await.count("#earns"), 0, "nobody takes part yet");
    takes_part(&mei).await;
    assert_eq!(town.stranger().page(&page).await.count("#earns"), 0, "no link led here");
    let told = ken.page(&page).await;
    assert!(told.text().contains("that member earns commission on what you buy"));
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
    // a rate of its own for these peaches, and none any more
    let own = zhou.page(&format!("{BASE}/console/commission")).await.form("form:has(#of)");
    let peaches = peach.to_string();
    let own = zhou.send(&own.with("of", &peaches).with("own_first", "10")).await;
    let with = zhou.page(&own.to).await;
    assert!(with.text().contains("Yangshan peaches Product 10% / 0%"), "{}", with.text());
    let drop = zhou.send(&with.form("form:has(input[value=drop])")).await;
    assert!(!zhou.page(&drop.to).await.text().contains("10% / 0%"));
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
        let paths = paths.chain([format!("{BASE}/products/{peach}"), mine.clone()]);
        for path in paths {
            for agent in [PHONE, "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.40"] {
                let headers = [("user-agent", agent), ("cookie", &b.cookie)];
                let page = open(&town, Method::GET, &path, &headers).await;
                assert_ne!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
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
