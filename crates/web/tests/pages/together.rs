//! Buying together, from the form at the desk to the full team, without script.
use crate::browser::{Browser, Fields};
use crate::sale::{BASE, peaches};
use crate::town::{LIN, MEI, OWNER, Town, town};
use axum::http::StatusCode;
use rules::base::{Id, id};
use testkit::NOON;

/// The owner opens a group buy of two at 35.00, 33.00 for who opens a team.
pub async fn campaign(town: &Town) -> String {
    let product = peaches(town).await;
    let owner = town.browser(OWNER);
    let list = owner.page(&format!("{BASE}/console/campaigns/new")).await;
    assert!(list.text().contains("Yangshan peaches"));
    let found = list.form("main form[method=get]").with("q", "peach").encoded();
    let found = owner.page(&format!("{BASE}/console/campaigns/new?{found}")).await;
    assert!(found.text().contains("Yangshan peaches"), "{}", found.text());
    assert_eq!(found.value("main input[name=q]").as_deref(), Some("peach"), "kept");
    let none = owner.page(&format!("{BASE}/console/campaigns/new?q=anvil")).await;
    assert!(none.text().contains("No product on sale was found."), "{}", none.text());
    assert!(!none.text().contains("Yangshan peaches"), "{}", none.text());
    let desk = owner.page(&format!("{BASE}/console/products/{product}")).await;
    assert_eq!(desk.count(&format!("a[href$='/campaigns/new?product={product}']")), 1);
    let page = owner.page(&format!("{BASE}/console/campaigns/new?product={product}")).await;
    let shop = town.kith.app.product(crate::town::COMMUNITY, product, false).await;
    let variant = shop.expect("a read").expect("peaches").variants[0].id;
    let form = page.form("main form[method=post]").with("size", "2");
    let (price, leader) = (format!("price_{variant}"), format!("leader_{variant}"));
    let dear = owner.send(&form.clone().with(&price, "400.00")).await;
    assert_eq!(dear.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(dear.text().contains("at most what it costs alone"), "{}", dear.text());
    assert!(dear.body.contains("400.00"), "what was typed stays");
    let opened = owner.send(&form.with(&price, "35.00").with(&leader, "33.00")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
    let desk = owner.page(&opened.to).await;
    assert!(desk.text().contains("Nobody has opened a team"));
    opened.to.replace("/console", "")
}

fn seat(form: Fields) -> Fields {
    let form = form.with("name", "Mei").with("phone", "190 0000 0001");
    form.with("province", "上海市").with("district", "黄浦区").with("street", "3 Plum Lane")
}

/// From the group buy's page to the payment; returns the order's address.
pub async fn take(b: &Browser<'_>, page: &str) -> String {
    let page = b.page(page).await;
    let form = page.form("form#seat");
    let query = form.encoded();
    let team = page.value("button[form=seat][name=team]");
    let team = team.map(|t| format!("&team={t}")).unwrap_or_default();
    let checkout = b.page(&format!("{BASE}/checkout?{}{team}", query)).await;
    let reply = b.send(&seat(checkout.form("form#checkout")).with("provider", "sandbox")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    reply.to.strip_suffix("/pay").expect("the payment page").to_owned()
}

pub async fn pay(b: &Browser<'_>, order: &str) {
    let page = b.page(&format!("{order}/pay")).await;
    b.send(&page.form("form[action$='/pay/sandbox']").with("outcome", "paid")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_neighbours_make_a_team() {
    let town = town().await;
    let page = campaign(&town).await;
    let stranger = town.stranger();
    let seen = stranger.page(&page).await;
    assert!(seen.text().contains("Open the first team: 2 people make it."), "{}", seen.text());
    assert!(stranger.page(&format!("{BASE}/campaigns")).await.text().contains("Yangshan peaches"));
    let (mei, lin) = (town.browser(MEI), town.browser(LIN));
    let first = take(&mei, &page).await;
    assert!(mei.page(&page).await.text().contains("A seat is kept for you"));
    assert!(!stranger.page(&page).await.text().contains("to go"), "unpaid teams are not shown");
    pay(&mei, &first).await;
    let order = mei.page(&first).await;
    assert!(order.text().contains("1 more to go. You are number 1."), "{}", order.text());
    let seen = stranger.page(&page).await;
    assert!(seen.text().contains("1 to go"), "{}", seen.text());
    assert!(!seen.text().contains("Mei"), "strangers do not read names");
    let live = lin.get(&format!("{page}/live?poll=1")).await;
    assert!(live.fragment && live.body.contains("Mei"), "{}", live.body);
    let second = take(&lin, &page).await;
    pay(&lin, &second).await;
    assert!(stranger.page(&page).await.text().contains("Open the first team"), "all are full");
    while town.kith.app.work(NOON, 1).await.expect("work") > 0 {}
    for (b, order, number) in [(&mei, &first, 1), (&lin, &second, 2)] {
        let text = b.page(order).await.text();
        let says = format!("The team is complete. You are number {number}.");
        assert!(text.contains(&says) && text.contains("Being packed"), "{text}");
    }
    let desk = town.browser(OWNER).page(&page.replace("/campaigns", "/console/campaigns")).await;
    assert!(desk.text().contains("Filled 1"), "{}", desk.text());
    let order: Id<id::Order> = Id::parse(first.rsplit('/').next().unwrap_or("")).expect("an id");
    let total = town.kith.app.order_page(crate::town::COMMUNITY, order).await;
    let row = total.expect("a read").expect("an order").row;
    assert_eq!(row.total, 3300 + 800, "who opens a team pays less");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_the_team_full_is_shown_other_ways() {
    let town = town().await;
    let page = campaign(&town).await;
    let (mei, lin) = (town.browser(MEI), town.browser(LIN));
    let first = take(&mei, &page).await;
    pay(&mei, &first).await;
    let seen = lin.page(&page).await;
    let team = seen.value("button[form=seat][name=team]").expect("a team to join");
    let form = seen.form("form#seat");
    let query = form.encoded();
    let checkout = lin.page(&format!("{BASE}/checkout?{}&team={team}", query)).await;
    assert!(checkout.text().contains("Members see your name in the team."));
    // what is wrong with the form is no reason to send anybody elsewhere
    let bad = seat(checkout.form("form#checkout")).with("phone", "call me");
    let bad = lin.send(&bad).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!bad.text().contains("Open a team of your own"), "{}", bad.text());
    // the owner is faster by a moment
    let owner = town.browser(OWNER);
    take(&owner, &format!("{page}?team={team}")).await;
    let reply = lin.send(&seat(checkout.form("form#checkout")).with("provider", "sandbox")).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    let text = reply.text();
    assert!(text.contains("The last seat has just been taken"), "{text}");
    assert!(text.contains("Open a team of your own"), "{text}");
    assert!(reply.body.contains("3 Plum Lane"), "what was typed stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_is_not_counted() {
    let town = town().await;
    let page = campaign(&town).await;
    let (mei, lin) = (town.browser(MEI), town.browser(LIN));
    let first = take(&mei, &page).await;
    pay(&mei, &first).await;
    mei.send(&mei.page(&first).await.form("dialog#cancel form")).await;
    let second = take(&lin, &page).await;
    pay(&lin, &second).await;
    let seen = lin.page(&page).await;
    // numbers are not given twice: hers is the second, and she is alone
    assert!(seen.text().contains("#2") && seen.text().contains("Who is in (1)"), "{}", seen.text());
    assert_eq!(seen.count("details.rules summary svg"), 1, "the rules look as if they opened");
}
