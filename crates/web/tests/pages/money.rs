//! Paying: transfers, callbacks of a provider, and the goods that change hands after it.
use crate::chain::gate;
use crate::sale::{BASE, add, order, peaches};
use crate::town::{LIN, MEI, OWNER, town};
use app::p;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use ring::hmac;
use rules::base::{Id, id};
use testkit::NOON;

fn signed(body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"test");
    hmac::sign(&key, body.as_bytes()).as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_is_told_by_its_slip() {
    let town = town().await;
    let peach = peaches(&town).await;
    let mei = town.browser(MEI);
    add(&mei, peach, "1").await;
    let at = order(&mei, "manual").await;
    let pay = mei.page(&format!("{at}/pay")).await;
    assert!(pay.text().contains("Bank of Kith 0042"), "{}", pay.text());
    let form = pay.form("form[action$='/pay/proof']");
    let bad = mei.send(&form.clone().with("slip", "x")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bad.form("form[action$='/pay/proof']").value("slip"), "x");
    let cancel = mei.page(&at).await.form("dialog#cancel form");
    let good = mei.send(&form.with("slip", "TX-2026-77")).await;
    assert!(mei.page(&good.to).await.text().contains("The shop is checking"));
    let page = mei.page(&at).await;
    assert_eq!(page.count("dialog#cancel, .bar .btn"), 0, "neither to cancel nor to pay");
    let reply = mei.send(&cancel).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.text().contains("Your transfer is being checked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn callbacks_are_signed_and_counted_once() {
    let town = town().await;
    let peach = peaches(&town).await;
    let mei = town.browser(MEI);
    add(&mei, peach, "1").await;
    let at = order(&mei, "sandbox").await;
    let pay = mei.page(&format!("{at}/pay")).await;
    let payment = pay.form("form[action$='/pay/sandbox']").value("payment").to_owned();
    let payment = Id::<id::Payment>::parse(&payment).expect("a payment").raw();
    let community = crate::town::COMMUNITY.raw();
    let told = |payment: i64, minor: i64| {
        format!("{community}\n{payment}\nref-1\n{minor}\nCNY\npaid\n{}", NOON.0)
    };
    let provider = town.stranger();
    let post = async |body: String, signature: String| {
        let header = [("x-kith-signature", signature.as_str())];
        provider.ask(Method::POST, "/callbacks/sandbox", Body::from(body), &header).await
    };
    let good = told(payment, 4790);
    let table = [
        (good.clone(), String::new(), 401, "bad_signature"),
        (good.clone(), signed("other"), 401, "bad_signature"),
        (told(99, 4790), signed(&told(99, 4790)), 404, "no_such_payment"),
        ("nonsense".into(), signed("nonsense"), 400, "bad_callback"),
        (good.clone(), signed(&good), 200, "captured"),
        (good.clone(), signed(&good), 200, "known"),
    ];
    for (body, signature, status, word) in table {
        let reply = post(body, signature).await;
        assert_eq!(reply.status.as_u16(), status, "{word}: {}", reply.body);
        assert!(reply.body.contains(word), "{word}: {}", reply.body);
    }
    let huge = "x".repeat(20_000);
    let signature = signed(&huge);
    assert_eq!(post(huge, signature).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(mei.page(&at).await.text().contains("Being packed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_change_hands_for_a_code() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (mei, zhou) = (town.browser(MEI), town.browser(OWNER));
    add(&mei, peach, "3").await;
    let at = order(&mei, "sandbox").await;
    let pay = mei.page(&format!("{at}/pay")).await.form("form[action$='/pay/sandbox']");
    mei.send(&pay.with("outcome", "paid")).await;
    // as if it had been ordered to a pick-up point
    const TO_POINT: &str = "UPDATE orders SET delivery = 'pickup', group_id = 5,
        pickup_text = 'South Gate' WHERE member_id = $1";
    town.write(|tx| Ok(tx.exec(TO_POINT, p![MEI]).map(drop)?)).await;

    let list = zhou.page(&format!("{BASE}/handout?tab=packing")).await;
    let arrived = zhou.send(&list.form("form[action$='/handout/ready']")).await;
    assert_eq!(arrived.to, format!("{BASE}/handout?tab=packing"));
    let page = mei.page(&at).await;
    assert_eq!(page.count(".ticket-code"), 1, "{}", page.text());
    let shown = scraper::Html::parse_document(&page.body);
    let css = scraper::Selector::parse(".ticket-code").expect("a selector");
    let code: String = shown.select(&css).flat_map(|e| e.text()).collect();

    let wrong = zhou.get(&format!("{BASE}/handout?code=12345")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("six digits"));
    let other = if code == "000 000" { "111111" } else { "000000" };
    let wrong = zhou.get(&format!("{BASE}/handout?code={other}")).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    let typed = code.replace(' ', "+");
    let found = zhou.page(&format!("{BASE}/handout?code={typed}")).await;
    assert!(found.text().contains("Hand 3 to Mei"), "{}", found.text());
    let form = found.form(".bar form");
    let given = zhou.send(&form).await;
    let page = zhou.page(&given.to).await;
    assert!(page.text().contains("Handed over to Mei"), "{}", page.text());
    assert!(page.text().contains("Yangshan peaches") && page.text().contains("×3"));
    assert!(mei.page(&at).await.text().contains("You have it"));
    assert_eq!(zhou.send(&form).await.to, given.to, "sent twice is once");
    // a mistake: one tap, for who tends the point
    let undo = page.form("form[action$='/handout/undo']");
    assert_eq!(mei.send(&undo).await.status, StatusCode::FORBIDDEN);
    gate(&town).await;
    assert_eq!(town.browser(LIN).send(&undo).await.status, StatusCode::NOT_FOUND, "not her point");
    assert!(mei.page(&at).await.text().contains("You have it"));
    let back = zhou.send(&undo).await;
    assert_eq!(back.to, given.to);
    let page = zhou.page(&back.to).await;
    assert!(page.text().contains("Taken back: Mei has not collected it."), "{}", page.text());
    assert_eq!(page.count("form[action$='/handout/undo']"), 0);
    assert_eq!(zhou.send(&undo).await.status, StatusCode::SEE_OTHER, "sent twice is once");
    assert_eq!(zhou.send(&form).await.to, given.to, "the old tap changes nothing");
    assert!(mei.page(&at).await.text().contains("Ready to collect"));
    // the code is good once more, until the minutes are over
    let found = zhou.page(&format!("{BASE}/handout?code={typed}")).await;
    let given = zhou.send(&found.form(".bar form")).await;
    let page = zhou.page(&given.to).await;
    const LONG_AGO: &str = "UPDATE hand_out SET at = at - 900000 WHERE undone_at IS NULL";
    town.write(|tx| Ok(tx.exec(LONG_AGO, p![]).map(drop)?)).await;
    let late = zhou.send(&page.form("form[action$='/handout/undo']")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("After 15 minutes"), "{}", late.text());
    assert_eq!(late.count("form[action$='/handout/undo']"), 0);
    assert!(mei.page(&at).await.text().contains("You have it"));
    let other = town.browser(LIN).page(&given.to).await;
    assert!(!other.text().contains("Mei"), "{}", other.text());
}
