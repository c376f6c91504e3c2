//! Funnel, spread and key people in the console: pages, files and API tell the same.
use crate::insight::{Bought, Never, api, history};
use crate::world::{BASE, C, World, world};
use app::db::Tx;
use app::{Stop, p};
use rules::base::{Id, id};
use testkit::NOON;

const LINK: &str = "INSERT INTO share_link (community_id, id, code, member_id, kind, thing_id, at)
    VALUES ($1,500,'abcdefgh',100,'post',1,$2)";
const VISIT: &str = "INSERT INTO visit (community_id, id, link_id, visitor, channel, at)
    VALUES ($1,$2,500,$3,'wechat',$4)";
const SEEN: &str = "INSERT INTO visitor_member (community_id, visitor, member_id, at)
    VALUES ($1,'v1',101,$2)";
const BOUND: &str = "INSERT INTO binding (community_id, id, member_id, by_id, link_id, mode,
    from_at) VALUES ($1,700,101,100,500,'first',$2)";
const LED: &str = "INSERT INTO attribution (community_id, order_id, buyer_id, member_id, source,
    link_id, at) VALUES ($1,1000,101,100,'link',500,$2)";

/// 101 came through 100's link and bought; 102 bought twice; somebody looked and went.
async fn town() -> World {
    let world = world().await;
    let one = |member, ago| Bought { member, ago, goods: 5_000, back: 0, paid: true };
    let back = Bought { back: 5_000, ..one(103, 3) };
    history(&world, 4, vec![one(101, -1), one(102, -1), one(102, -3), back, one(11, -1)]).await;
    let write = move |tx: &mut Tx<'_>| {
        tx.exec(LINK, p![C, NOON])?;
        for (k, visitor) in ["v1", "v2"].into_iter().enumerate() {
            tx.exec(VISIT, p![C, 600 + k as i64, visitor, NOON.plus_minutes(-60)])?;
        }
        tx.exec(SEEN, p![C, NOON])?;
        tx.exec(BOUND, p![C, NOON])?;
        tx.exec(LED, p![C, NOON])?;
        Ok::<_, Stop<Never>>(())
    };
    world.kit.app.database().write(NOON, write).await.expect("rows");
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn the_funnel_is_a_page_a_file_and_an_answer() {
    let world = town().await;
    let page = world.get(11, &format!("{BASE}/insight/funnel")).await;
    let people = |page: &crate::world::Answer| page.texts("#steps tbody td:nth-of-type(1)");
    assert_eq!(people(&page), ["2", "5", "0", "2", "1", "1"], "{}", page.text);
    assert_eq!(page.texts("#steps tbody td:nth-of-type(4)")[4], "2 天", "from order to order");
    assert_eq!(page.texts("#by-source tbody th").len(), 3);
    let post = page.texts("#by-source tbody tr:nth-of-type(2) td");
    assert_eq!(post[..6], ["2", "1", "0", "1", "0", "0"]);
    let part = world.get(11, &format!("{BASE}/insight/funnel?source=post")).await;
    assert_eq!(people(&part), ["2", "1", "0", "1", "0", "0"]);
    assert!(page.texts("#talk p")[0].contains("37"), "nobody is judged yet");
    let file = world.get(11, &format!("{BASE}/insight/funnel.csv")).await.text;
    assert_eq!(file.lines().count(), 1 + 5 + 1);
    let told = api(&world, "funnel").await;
    let steps: Vec<_> = told["steps"].as_array().expect("steps").iter().collect();
    let got: Vec<_> = steps.iter().map(|s| s["people"].to_string()).collect();
    assert_eq!(got, people(&page));
    assert_eq!(steps[4]["median_seconds"], 2 * 86_400);
    assert_eq!(told["too_soon"], 5);
    assert_eq!(api(&world, "funnel?source=direct").await["steps"][1]["people"], 4);
    assert_eq!(api(&world, "funnel?cohort=2026-02").await["steps"][1]["people"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn spread_is_drawn_and_counted() {
    let world = town().await;
    let page = world.get(11, &format!("{BASE}/insight/spread")).await;
    assert_eq!(page.texts("#tree circle").len(), 2, "{}", page.text);
    assert_eq!(page.attr("#tree circle:last-of-type", "data-tip"), "买家1");
    // one link: two opened it, one joined, one order
    assert_eq!(page.texts("#weeks tbody tr:first-of-type td")[1..3], ["2", "1"]);
    let row = page.texts("table.grid.-cards tbody tr:first-of-type td");
    assert_eq!(row[1..], ["2", "1", "1", "¥50.00", "1", "1", "2", "1"]);
    let told = api(&world, "spread").await;
    assert_eq!(told["weeks"][0]["invitations"], 2);
    assert_eq!(told["weeks"][0]["effective"], 1, "the order is completed");
    let weeks = world.get(11, &format!("{BASE}/insight/weeks.csv")).await.text;
    assert!(weeks.contains("2026-03-02,"), "{weeks}");
    let links = world.get(11, &format!("{BASE}/insight/links.csv")).await.text;
    assert_eq!(links.lines().count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn key_people_stand_in_order_with_what_they_led_to() {
    let world = town().await;
    let page = world.get(11, &format!("{BASE}/insight/people")).await;
    let names = page.texts("table.grid.-cards a.who");
    assert_eq!(names.len(), 5, "{}", page.text);
    assert!(names[0].ends_with("1. 买家0"), "{names:?}");
    assert_eq!(page.texts(".kpi-v")[..2], ["33%", "1"]);
    let first: Id<id::Member> = Id::of(100);
    let path = format!("{BASE}/insight/people/{first}");
    assert_eq!(page.attr("table.grid.-cards a.who", "href"), path);
    let one = world.get(11, &path).await;
    assert_eq!(one.texts(".kpi-v")[1..3], ["¥50.00", "1"], "{}", one.text);
    assert!(one.texts("table.grid.-cards td").contains(&"有效成员".to_string()));
    let owner: Id<id::Member> = Id::of(11);
    let none = world.get(11, &format!("{BASE}/insight/people/{owner}")).await;
    assert_eq!(none.status.as_u16(), 404, "staff are not among them");
    let told = api(&world, "key-people?limit=2").await;
    assert_eq!(told["people"][0]["member"], first.to_string());
    assert_eq!(told["people"][0]["net_sales"]["amount"], 5_000);
    assert_eq!((&told["orders"], &told["credited"]), (&3.into(), &1.into()));
    let file = world.get(11, &format!("{BASE}/insight/people.csv")).await.text;
    assert_eq!(file.lines().count(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn stages_and_segments_are_counted_and_lead_to_their_members() {
    let world = town().await;
    let page = world.get(11, &format!("{BASE}/insight")).await;
    // 101 and 102 bought for 50 yuan; 13, 100 and 103, whose order went back, have nothing
    assert_eq!(page.texts("#stages .bars b"), ["3", "2", "0", "0"], "{}", page.text);
    assert_eq!(page.texts("#segments .bars b"), ["0", "0", "0", "1", "0", "1"]);
    let people = async |query: &str| {
        let list = world.get(11, &format!("{BASE}/members?{query}")).await;
        list.texts("table.grid a.who")
    };
    assert_eq!(people("segment=fan").await.len(), 1);
    assert!(people("segment=fan").await[0].ends_with("买家2"));
    assert_eq!(people("stage=entry&segment=one_time").await.len(), 1);
    assert_eq!(people("stage=high").await.len(), 0);
    let fan: Id<id::Member> = Id::of(102);
    let one = world.get(11, &format!("{BASE}/members/{fan}")).await;
    assert!(one.texts("a[href*='segment=fan']").contains(&"铁粉".to_string()), "{}", one.text);
    // no right over orders: nobody's purchases, nobody's class
    let file = world.get(11, &format!("{BASE}/members.csv?segment=fan")).await.text;
    assert_eq!(file.lines().count(), 2);
}
