//! A payout from the second factor to the desk and the statement, without script.
use crate::browser::{Browser, Fields};
use crate::sale::BASE;
use crate::town::{COMMUNITY, MEI, OWNER, Town, town};
use app::Stop;
use app::db::Tx;
use app::p;
use axum::http::StatusCode;
use rules::base::{Id, Moment, id};
use rules::community::second_factor::{REST_MS, step};
use testkit::NOON;

/// Commission out of nothing, for a page that pays it out.
async fn earned(town: &Town, amount: i64) {
    let plant = move |tx: &mut Tx<'_>| {
        const BALANCE: &str = "INSERT INTO balance (community_id, account, debits_pending,
            debits_posted, credits_pending, credits_posted) VALUES ($1,$2,0,0,0,$3)";
        let account = format!("wallet:{MEI}:commission");
        Ok::<_, Stop<()>>(tx.exec(BALANCE, p![COMMUNITY, &account, amount])?)
    };
    town.kith.app.database().write(NOON, plant).await.expect("a balance");
}

/// Her second factor is as old as one that opens payouts.
async fn rested(town: &Town) {
    let age = move |tx: &mut Tx<'_>| {
        const AGE: &str = "UPDATE second_factor SET since = since - $1";
        Ok::<_, Stop<()>>(tx.exec(AGE, p![REST_MS])?)
    };
    town.kith.app.database().write(NOON, age).await.expect("days");
}

/// What the app on Mei's phone shows.
async fn code(town: &Town, at: Moment) -> String {
    const FACTOR: &str = "SELECT m.account_id, f.version FROM member m
        JOIN second_factor f ON f.account_id = m.account_id
        WHERE m.community_id = $1 AND m.id = $2";
    let member: Id<id::Member> = Id::of(MEI);
    let read = move |rx: &mut app::db::Rx<'_>| {
        rx.one(FACTOR, p![COMMUNITY, member], |r| (r.int(0), r.int(1)))
    };
    let found = town.kith.app.database().read(read).await.expect("a look");
    let (account, version) = found.expect("a second factor");
    town.kith.app.gateway.second_factor.code(account, version, step(at))
}

/// What is written down is shown before; the member sees nothing of it until then.
async fn paid(zhou: &Browser<'_>, mei: &Browser<'_>, settle: Fields) {
    let unsure = settle.clone().with("to", "unknown").with("reason", "no answer");
    let unsure = zhou.send(&unsure).await;
    let told = zhou.page(&unsure.to).await.text();
    assert!(told.contains("Written down as not sure"), "that can be changed: {told}");
    let failed = settle.clone().with("to", "failed").with("reason", "closed account");
    let asked = zhou.send(&failed).await;
    assert!(asked.text().contains("Write it down as failed?"), "{}", asked.text());
    assert!(asked.text().contains("closed account"), "{}", asked.text());
    let asked = zhou.send(&settle).await;
    assert_eq!(asked.status, StatusCode::OK, "it asks first: {}", asked.text());
    assert!(asked.text().contains("=Mei · Bank 62"), "{}", asked.text());
    assert!(asked.text().contains("¥20.00 · SLIP-20"), "{}", asked.text());
    assert!(!mei.page(&format!("{BASE}/payouts")).await.text().contains("SLIP-20"), "not yet");
    let done = zhou.send(&asked.form("#sure form")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let told = zhou.page(&done.to).await.text();
    assert!(told.contains("Written down as paid out."), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn commission_is_paid_out() {
    let town = town().await;
    earned(&town, 5000).await;
    let (mei, zhou) = (town.browser(MEI), town.browser(OWNER));
    let page = mei.page(&format!("{BASE}/payouts")).await;
    assert!(page.text().contains("¥ 50 .00"), "{}", page.text());
    assert_eq!(page.count("form[action$='/payouts']"), 0, "not without a second factor");
    let to = page.href("main a[href$='/me/second-factor']").expect("the way there");

    let off = mei.page(&to).await;
    mei.send(&off.form("form[action$='/begin']")).await;
    let setup = mei.page(&to).await;
    assert_eq!(setup.count("img[src$='/code.png'][width='240']"), 1, "{}", setup.body);
    let secret = setup.text();
    assert!(secret.split(' ').any(|w| w.len() == 32), "the secret as text: {secret}");
    let drawn = mei.get(&format!("{to}/code.png")).await;
    assert_eq!((drawn.status, &drawn.body.as_bytes()[..0]), (StatusCode::OK, &b""[..]));
    let form = setup.form("form[action$='/confirm']");
    let wrong = mei.send(&form.clone().with("code", "000000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    // the step before is still good, and leaves the present one for the payout
    let before = code(&town, NOON.plus(-30_000)).await;
    let on = mei.send(&form.with("code", &before)).await;
    assert_eq!(on.status, StatusCode::OK, "{}", on.text());
    assert_eq!(on.count("#recovery code"), 10);
    assert_eq!(mei.page(&to).await.count("#recovery"), 0, "shown this once");

    let page = mei.page(&format!("{BASE}/payouts")).await;
    assert!(page.text().contains("Payouts open:"), "{}", page.text());
    assert_eq!(page.count("main form[action$='/payouts']"), 0, "it rests first");
    rested(&town).await;
    let page = mei.page(&format!("{BASE}/payouts")).await;
    let form = page.form("main form[action$='/payouts']");
    assert_eq!(form.value("amount"), "50.00");
    let form = form.with("amount", "20.00").with("payee", "=Mei").with("destination", "Bank 62");
    let wrong = mei.send(&form.clone().with("code", "123")).await;
    assert!(wrong.text().contains("code is wrong or was used"), "{}", wrong.text());
    assert_eq!(wrong.form("main form[action$='/payouts']").value("payee"), "=Mei", "kept");
    let asked = mei.send(&form.with("code", &code(&town, NOON).await)).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    let page = mei.page(&format!("{BASE}/payouts")).await;
    assert!(page.text().contains("Waits for the transfer"), "{}", page.text());
    assert_eq!(page.count("main form[action$='/payouts']"), 0, "one at a time");

    let desk = zhou.page(&format!("{BASE}/console/payouts")).await;
    assert!(desk.text().contains("Bank 62"), "{}", desk.text());
    let list = zhou.send(&desk.form("form[action$='/payouts/list']")).await;
    assert!(list.body.contains("\"'=Mei\",Bank 62,20.00"), "no formula: {}", list.body);
    let desk = zhou.page(&format!("{BASE}/console/payouts")).await;
    assert_eq!(desk.count("form[action$='/payouts/list']"), 0, "each is on one list");
    let settle = desk.form("form[action$='/settle']").with("to", "paid");
    let none = zhou.send(&settle.clone().with("slip", "")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    paid(&zhou, &mei, settle.with("slip", "SLIP-20")).await;
    let page = mei.page(&format!("{BASE}/payouts")).await;
    assert!(page.text().contains("SLIP-20") && page.text().contains("Paid"), "{}", page.text());
    let statement = mei.page(&format!("{BASE}/payouts/statement?quarter=2026-1")).await;
    assert!(statement.text().contains("Quarter 1 of 2026"), "{}", statement.text());
    assert!(statement.text().contains("SLIP-20"), "{}", statement.text());
    let file = mei.get(&format!("{BASE}/payouts/statement.csv?quarter=2026-1")).await;
    assert!(file.body.contains(",SLIP-20,20.00,0.00,20.00"), "{}", file.body);
    let none = mei.page(&format!("{BASE}/payouts/statement?quarter=2025-4")).await;
    assert!(none.text().contains("Nothing was paid out"), "{}", none.text());
    let wallet = mei.page(&format!("{BASE}/wallet")).await;
    assert!(wallet.text().contains("Paid out"), "{}", wallet.text());
}
