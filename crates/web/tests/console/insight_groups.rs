//! Groups in the console: table, one group, files, definitions and API tell the same.
use crate::insight::{Never, api, history};
use crate::world::{BASE, C, World, world};
use app::db::Tx;
use app::{Stop, p};
use rules::base::{Id, id};
use testkit::NOON;

const ROOM: &str = "INSERT INTO room (community_id, id, kind, name, purpose, rules, notice,
    admission, capacity, members, pickup_name, pickup_address, pickup_hours, slow_seconds,
    keywords, system_off, last_change, last_line, created_at)
    VALUES ($1,$2,'interest',$3,'','','','open',500,$4,'','','',0,'','',0,0,$5)";
const SEAT: &str = "INSERT INTO room_member (community_id, room_id, member_id, role, joined_at,
    read_seq, said_at) VALUES ($1,$2,$3,'member',$4,0,0)";
const LINE: &str = "INSERT INTO message (community_id, room_id, seq, id, changed_seq, member_id,
    kind, body, reply_to, reactions, state, at)
    VALUES ($1,$2,$3,$4,$3,$5,'text','好',$6,'','shown',$7)";

/// Eight buyers, six of them and the owner in a tea group for twenty days; two talk. Nobody is in
/// the other one.
async fn town() -> World {
    let world = world().await;
    history(&world, 8, vec![]).await;
    let write = move |tx: &mut Tx<'_>| {
        let since = NOON.plus_days(-20);
        tx.exec(ROOM, p![C, 800, "茶友", 7, since])?;
        tx.exec(ROOM, p![C, 801, "空屋", 0, since])?;
        for member in [11, 100, 101, 102, 103, 104, 105] {
            tx.exec(SEAT, p![C, 800, member, since])?;
        }
        let none: Option<i64> = None;
        let day = |n: i64| NOON.plus_days(n - 20);
        tx.exec(LINE, p![C, 800, 1, 901, 100, none, day(2)])?;
        tx.exec(LINE, p![C, 800, 2, 902, 101, Some(901), day(2).plus_minutes(90)])?;
        tx.exec(LINE, p![C, 800, 3, 903, 100, none, day(17)])?;
        tx.exec(LINE, p![C, 800, 4, 904, 11, Some(903), day(17).plus_minutes(5)])?;
        Ok::<_, Stop<Never>>(())
    };
    world.kit.app.database().write(NOON, write).await.expect("rows");
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_stand_in_a_table_sorted_as_asked() {
    let world = town().await;
    let page = world.get(11, &format!("{BASE}/insight/groups")).await;
    let names = |page: &crate::world::Answer| page.texts("table.grid tbody td:first-child a");
    assert_eq!(names(&page), ["茶友", "空屋"], "{}", page.text);
    let row = page.texts("table.grid tbody tr:first-of-type td");
    // three lines of two members; the owner's answer is none
    let want = ["6", "6", "0", "2", "7%", "0.5", "33%", "0.17", "33%", "90 分钟", "84"];
    assert_eq!(row[1..], want);
    assert_eq!(
        page.attr("th[aria-sort='descending'] a", "href").rsplit('?').next(),
        Some("sort=members&up=1")
    );
    let up = world.get(11, &format!("{BASE}/insight/groups?sort=members&up=1")).await;
    assert_eq!(names(&up), ["空屋", "茶友"]);
    // who has no such figure stands last, whichever way
    for way in ["", "&up=1"] {
        let page = world.get(11, &format!("{BASE}/insight/groups?sort=gini{way}")).await;
        assert_eq!(names(&page), ["茶友", "空屋"]);
    }
    let file = world.get(11, &format!("{BASE}/insight/groups.csv")).await.text;
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0].split(',').count(), lines[1].split(',').count());
    let told = api(&world, "groups").await;
    assert_eq!(told["groups"][0]["now"]["lines"], 3);
    assert_eq!(told["groups"][0]["now"]["first_answer_seconds"], 5_400);
    assert!(told["groups"][1]["now"].get("health").is_none(), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_group_is_drawn_week_by_week() {
    let world = town().await;
    let tea: Id<id::Group> = Id::of(800);
    let page = world.get(11, &format!("{BASE}/insight/groups/{tea}")).await;
    assert_eq!(page.texts(".kpi-v")[..3], ["84", "6", "2"], "{}", page.text);
    // alive 2/6, returning (3 days in 21)/2, voices 2/6, even 1 - 1/6, one of two answered
    assert_eq!(page.texts("#parts .bars b"), ["67", "36", "100", "100", "100", "100"]);
    assert_eq!(page.texts("#weeks tbody tr").len(), 4);
    assert!(page.texts("#standing rect").len() >= 4);
    let standing = page.texts("#standing table tbody tr:last-of-type td");
    assert_eq!(standing, ["0", "0", "2", "4"]);
    let to = page.attr("#parts ~ p a", "href");
    let page = world.get(11, to.split('#').next().unwrap_or("")).await;
    let chapter = to.rsplit('#').next().unwrap_or("");
    assert!(page.texts(&format!("section#{chapter}"))[0].contains("Gini"), "{to}");
    let file = world.get(11, &format!("{BASE}/insight/groups/{tea}/weeks.csv")).await.text;
    assert_eq!(file.lines().count(), 1 + 4);
    let told = api(&world, &format!("groups/{tea}")).await;
    assert_eq!(told["weeks"].as_array().map(Vec::len), Some(4));
    assert_eq!(told["now"]["parts"]["staying"], 100.0);
    let none: Id<id::Group> = Id::of(5);
    let gone = world.get(11, &format!("{BASE}/insight/groups/{none}")).await;
    assert_eq!(gone.status.as_u16(), 404);
}
