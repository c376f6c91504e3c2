//! A voice's badge and the numbers behind it: nobody sees them before she agreed, everybody after.
use crate::town::{BASE, Town};
use axum::body::Body;
use axum::http::Request;
use rules::base::{Id, id};
use serde_json::Value;
use tower::ServiceExt;

const CAME: &str = "UPDATE order_line SET received_at = 1 WHERE community_id = $1 AND id = $2";
const LED: &str =
    "INSERT INTO attribution (community_id, order_id, buyer_id, member_id, source, at)
    VALUES ($1,$2,$3,$4,'link',0)";

/// What a program of this member is told: the status, and the answer.
async fn api(town: &Town, who: Id<id::Member>, path: &str) -> (u16, Value) {
    let request = Request::get(format!("/api/v1/communities/taoyuanli/{path}"))
        .header("authorization", format!("Bearer {who}"));
    let request = request.body(Body::empty()).expect("a request");
    let answer = town.router.clone().oneshot(request).await.expect("an answer");
    let status = answer.status().as_u16();
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (status, serde_json::from_slice(&bytes).expect("JSON"))
}

#[tokio::test(flavor = "multi_thread")]
async fn advice_is_shown_on_its_tag_to_whom_she_agreed() {
    let town = Town::new().await;
    let [ann, ben] =
        [town.member("安姐", "member", "").await, town.member("阿本", "member", "").await];
    let tea = town.product("武夷岩茶 小罐", "tea", 6800).await;
    let tag: Id<id::Tag> = town.house.app.mint(town.house.now());
    let tagged = "INSERT INTO thing_tag (community_id, kind, thing_id, tag_id)
        VALUES ($1,'product',$2,$3)";
    let new = "INSERT INTO tag (community_id, id, name, folded, created_at)
        VALUES ($1,$2,'喝茶','喝茶',0)";
    town.sql(new, app::p![town.c, tag]).await;
    town.sql(tagged, app::p![town.c, tea, tag]).await;
    for _ in 0..6 {
        let order = town.order(ben, tea, "武夷岩茶 小罐", "received").await;
        town.sql(CAME, app::p![town.c, order]).await;
        town.sql(LED, app::p![town.c, order, ben, ann]).await;
    }
    let own = town.order(ann, tea, "武夷岩茶 小罐", "received").await;
    let (hers, his) = (town.browser(Some(ann)), town.browser(Some(ben)));
    let line: Id<id::Line> = Id::of(own.raw());
    let to = format!("{BASE}/orders/{own}/lines/{line}/review");
    let form = hers.get(&to).await;
    let review = form.attr("input[name=id]", "value");
    let sent = hers.upload(&to, &[("id", &review), ("stars", "5"), ("text", "好茶")], &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());

    let page = format!("{BASE}/members/{ann}");
    let record = format!("{page}/record");
    let voices = format!("{BASE}/voices/{tag}");
    assert_eq!(his.get(&record).await.status, 404, "she did not agree");
    assert_eq!(his.get(&page).await.find("#badges a"), Vec::<String>::new());
    assert!(his.get(&voices).await.find("#voices li").is_empty());
    let me = hers.get(&format!("{BASE}/me/record")).await;
    assert!(me.find("#record li")[0].contains("6 单里 6 单留下"), "{}", me.text());
    let (program, of_tag) = (format!("members/{ann}/record"), format!("tags/{tag}/voices"));
    let (_, own) = api(&town, ann, &program).await;
    assert_eq!((&own["shown"], &own["tags"][0]["advice"]["orders"]), (&false.into(), &6.into()));
    assert_eq!(api(&town, ben, &program).await.0, 404);
    assert_eq!(api(&town, ben, &of_tag).await.1["voices"], Value::Array(vec![]));
    let agree = [("what", "record"), ("given", "yes"), ("next", &format!("{BASE}/me/record"))];
    let sent = hers.post(&format!("{BASE}/me/consent"), &agree).await;
    assert_eq!((sent.status.as_u16(), sent.to), (303, format!("{BASE}/me/record")));

    let (_, told) = api(&town, ben, &program).await;
    assert_eq!(told["tags"][0]["advice"]["badge"], true, "{told}");
    assert_eq!(api(&town, ben, &of_tag).await.1["voices"][0]["member"], ann.to_string());
    let badge = his.get(&page).await;
    assert_eq!(badge.find("#badges a"), ["靠谱推荐 · 喝茶"]);
    assert_eq!(badge.attr("#badges a", "href"), record);
    let numbers = his.get(&record).await.find("#record li");
    assert!(numbers[0].contains("九成把握在 65–99%"), "{numbers:?}");
    assert!(his.get(&voices).await.find("#voices li")[0].contains("安姐"));
    for shown in [format!("{BASE}/products/{tea}"), format!("{BASE}/products/{tea}/reviews")] {
        let beside = his.get(&shown).await.find(".rev a[href$='/record']");
        assert_eq!(beside, ["靠谱推荐 · 喝茶"], "{shown}");
    }
    let english = crate::town::Browser { lang: "en", ..his };
    assert!(english.get(&record).await.find("#record li")[0].contains("6 of 6 orders kept"));
    // taken back: gone at once
    hers.post(&format!("{BASE}/me/consent"), &[("what", "record"), ("given", "no")]).await;
    assert_eq!(his.get(&record).await.status, 404);
    assert!(his.get(&page).await.find("#badges a").is_empty());
}
