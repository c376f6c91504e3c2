//! A list from another chat: pasted, looked at, mended in place, ordered once.
use crate::browser::Fields;
use crate::chain::list;
use crate::town::{LIN, MEI, town};
use axum::http::StatusCode;

const LIST: &str =
    "#接龙\nPeaches on Saturday\n\n1. Tom 2 peaches\n2. Jo 3 plums\n3. 陈姐 A1 13800138000";

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_list_is_mended_in_place_and_ordered_once() {
    let town = town().await;
    let page = list(&town).await;
    let lead = page.replace("/campaigns/", "/lead/");
    let paste = format!("{lead}/paste");
    let (lin, mei) = (town.browser(LIN), town.browser(MEI));
    assert_eq!(mei.get(&paste).await.status, StatusCode::NOT_FOUND);
    assert!(lin.page(&lead).await.text().contains("Paste a list from outside"));
    let nothing = Fields { action: paste.clone(), all: vec![("text".into(), "".into())] };
    let nothing = lin.send(&nothing).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("No line was found"), "{}", nothing.text());
    let empty = Fields { action: paste.clone(), all: vec![("text".into(), "#接龙".into())] };
    let none = lin.send(&empty).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text().contains("No line was found"), "{}", none.text());
    let many: String = (1..=201).map(|k| format!("{k}. Tom 1 peach\n")).collect();
    let long = lin.send(&Fields { all: vec![("text".into(), many)], ..empty.clone() }).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.text().contains("paste it in parts"), "{}", long.text());
    assert!(long.text().contains("201. Tom 1 peach"), "what was typed is kept");
    let all = Fields { action: paste.clone(), all: vec![("text".into(), LIST.into())] };
    let seen = lin.send(&all).await;
    assert!(seen.text().contains("is not on the list"), "{}", seen.text());
    assert!(seen.text().contains("lines to mend: 1"), "{}", seen.text());
    let form = seen.form("form[action$='/paste']").with("phone", "19000000001");
    let form = form.with("act", "order");
    assert_eq!(form.value("line_1"), "Jo 3 plums", "what was typed is kept");
    let no = lin.send(&form).await;
    assert_eq!(
        no.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "nothing is ordered while one is unclear"
    );
    // mended in place, the numbers of the orders stay
    let mended = form.with("line_1", "Jo 3 peaches");
    let bad = lin.send(&mended.clone().with("phone", "12")).await;
    assert!(bad.text().contains("Nothing was ordered"), "{}", bad.text());
    let done = lin.send(&mended).await;
    assert!(done.to.ends_with("?tab=number&done=3"), "{} {}", done.status, done.text());
    let again = lin.send(&mended).await;
    assert_eq!(again.to, done.to, "sent twice");
    // the chat sends its list again with one name more: who is on it already is left out
    let grown = format!("{LIST}\n17. Kim A1\n18. Kim A2 cancelled").replace("plums", "peaches");
    let grown = Fields { all: vec![("text".into(), grown)], ..all };
    let seen = lin.send(&grown).await;
    for words in ["Tom is on the list already: #1", "Line 17", "The name stands above", "cancelled"]
    {
        assert!(seen.text().contains(words), "{words}: {}", seen.text());
    }
    assert_eq!(seen.count("input[type='checkbox'][checked]"), 3, "{}", seen.text());
    assert!(seen.text().contains("Orders: 1, to take ¥39.90; lines to mend: 1"), "{}", seen.text());
    let board = lin.page(&lead).await.text();
    assert!(board.contains("3 orders · 6 units"), "{board}");
    let packs = lin.page(&format!("{lead}?tab=buyer")).await.text();
    for name in ["Tom", "Jo", "陈姐"] {
        assert!(packs.contains(name), "{name}: {packs}");
    }
}
