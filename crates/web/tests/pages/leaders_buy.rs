//! A leader's group buy: what the shop lets leaders open, and the one page that opens it.
use crate::chain::gate;
use crate::sale::{BASE, peaches};
use crate::town::{LIN, MEI, OWNER, town};
use axum::http::StatusCode;

const FLOORS: &str = "form[method=post]:has(input[name=size])";

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_opens_a_group_buy_on_her_phone() {
    let town = town().await;
    gate(&town).await;
    let peach = peaches(&town).await;
    let (owner, lin) = (town.browser(OWNER), town.browser(LIN));
    let none = lin.page(&format!("{BASE}/lead/buy")).await.text();
    assert!(none.contains("The shop has not opened this yet"), "{none}");
    let desk = format!("{BASE}/console/campaigns/leaders?product={peach}");
    let form = owner.page(&desk).await.form(FLOORS);
    let (name, _) =
        form.all.iter().find(|(n, _)| n.starts_with("lowest_")).expect("a variant").clone();
    let bad = owner.send(&form.clone().with(&name, "cheap").with("size", "4")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = bad.form(FLOORS);
    assert_eq!((kept.value(&name), kept.value("size")), ("cheap", "4"), "what was typed stays");
    let good = owner.send(&form.with(&name, "1.00").with("size", "3")).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.text());
    // the only product there is needs no choosing
    assert_eq!(lin.page(&format!("{BASE}/lead")).await.count("a[href$='/lead/buy']"), 1);
    let form = lin.page(&format!("{BASE}/lead/buy")).await.form("form#open");
    let price = name.replace("lowest_", "price_");
    assert_eq!((form.value("size"), form.value(&price)), ("3", "1.00"));
    let low = lin.send(&form.clone().with(&price, "0.99").with("title", "Together")).await;
    assert_eq!(low.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(low.text().contains("between the shop's lowest"), "{}", low.text());
    let kept = low.form("form#open");
    assert_eq!((kept.value(&price), kept.value("title")), ("0.99", "Together"));
    let few = lin.send(&form.clone().with("size", "2")).await;
    assert!(few.text().contains("as many people as the shop says"), "{}", few.text());
    let opened = lin.send(&form.with("title", "Together")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
    let page = lin.page(&opened.to).await;
    assert!(page.text().contains("Together"), "{}", page.text());
    assert!(page.count("form[action$='/share']") > 0, "with its share button");
    let mei = town.browser(MEI);
    assert_eq!(mei.get(&format!("{BASE}/lead/buy")).await.status, StatusCode::FORBIDDEN);
}
