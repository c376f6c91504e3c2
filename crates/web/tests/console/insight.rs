//! Buyers in the console: the page, the API and the exported log tell the same.
use crate::world::{BASE, C, World, world};
use app::db::Tx;
use app::learning::insight::date::{DAY, day_text};
use app::learning::insight::read::read;
use app::learning::insight::{Analysis, Asked, Unit, analyse};
use app::{Refusal, Stop, p};
use axum::body::Body;
use axum::http::Request;
use rules::base::{Id, id};
use serde_json::Value;
use testkit::NOON;

#[derive(Clone, Copy, Debug)]
pub struct Never;
impl Refusal for Never {
    fn code(self) -> &'static str {
        "never"
    }
}

const ACCOUNT: &str = "INSERT INTO account (id, name, lang, state, created_at)
    VALUES ($1,$2,'zh-Hans','active',$3)";
const MEMBER: &str = "INSERT INTO member (community_id, id, account_id, name, bio, role, rights,
    state, joined_at) VALUES ($1,$2,$2,$3,'','member','','active',$4)";
const ORDER: &str =
    "INSERT INTO orders (community_id, id, member_id, state, goods, shipping, total,
    refunded, delivery, pickup_text, pickup_code, recipient, phone, region, street, note, provider,
    placed_at, pay_until, paid_at)
    VALUES ($1,$2,$3,'completed',$4,800,$5,$6,'ship','','','','','','','','manual',$7,$7,$8)";
const LINE: &str = "INSERT INTO order_line (community_id, id, order_id, position, product_id,
    variant_id, title, choices, look, unit_price, qty, amount, state, refunded, refunded_qty,
    member_id, reviewed)
    VALUES ($1,$2,$2,0,1,1,'桃','','fruit',$3,1,$3,'completed',$4,0,$5,FALSE)";

/// An order as it stands long after: who, how many days ago, its goods and what went back.
#[derive(Clone, Copy)]
pub struct Bought {
    pub member: i64,
    pub ago: i64,
    pub goods: i64,
    pub back: i64,
    pub paid: bool,
}

pub async fn history(world: &World, people: i64, orders: Vec<Bought>) {
    let write = move |tx: &mut Tx<'_>| {
        for k in 0..people {
            let name = format!("买家{k}");
            tx.exec(ACCOUNT, p![100 + k, &name, NOON])?;
            tx.exec(MEMBER, p![C, 100 + k, &name, NOON])?;
        }
        for (k, o) in orders.iter().enumerate() {
            let (number, at) = (1_000 + k as i64, NOON.plus_days(-o.ago));
            let paid = o.paid.then_some(at);
            let total = o.goods + 800;
            tx.exec(ORDER, p![C, number, o.member, o.goods, total, o.back, at, paid])?;
            tx.exec(LINE, p![C, number, o.goods, o.back, o.member])?;
        }
        Ok::<_, Stop<Never>>(())
    };
    world.kit.app.database().write(NOON, write).await.expect("rows");
}

/// Sixty buyers, each at a rate of their own, who leave after a repeat with a chance of their own.
fn town() -> Vec<Bought> {
    // any seed does; this one has a model for both figures
    let mut state = 46_u64;
    let mut dice = |most: i64| {
        let (times, plus) = (6_364_136_223_846_793_005, 1_442_695_040_888_963_407);
        state = state.wrapping_mul(times).wrapping_add(plus);
        (state >> 33) as i64 % most
    };
    let mut out = vec![];
    for k in 0..60 {
        let (rate, leaves) = (1 + dice(8) * dice(8), dice(60));
        let (mut ago, mut first) = (200 - dice(90), true);
        while ago > 0 {
            let goods = 2_000 + (k * 130) % 5_000 + dice(1_500);
            out.push(Bought { member: 100 + k, ago, goods, back: 0, paid: true });
            if !first && dice(100) < leaves {
                break;
            }
            first = false;
            ago -= 1 + dice(rate) + dice(3 * rate) * dice(2);
        }
    }
    out
}

async fn exported(world: &World) -> Analysis {
    let file = world.get(11, &format!("{BASE}/insight/orders.csv")).await;
    let reading = read(file.text.as_bytes(), &Default::default(), |_| {}).expect("a log");
    let today = NOON.0 / 1_000 / DAY;
    analyse(&reading.log, Asked { until: Some(today), unit: Unit::Day }).expect("orders")
}

pub async fn api(world: &World, what: &str) -> Value {
    let request = Request::get(format!("/api/v1/communities/peach/insight/{what}"))
        .header("authorization", "Bearer token-11");
    let answer = world.ask(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    serde_json::from_str(&answer.text).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_says_what_the_exported_log_says() {
    let world = world().await;
    history(&world, 60, town()).await;
    let log = exported(&world).await;
    let rfm = log.rfm.as_ref().expect("enough buyers");
    let model = log.bg_nbd.as_ref().expect("a model of this town");

    let page = world.get(11, &format!("{BASE}/insight")).await;
    assert_eq!(page.status.as_u16(), 200, "{}", page.text);
    let expected = format!("{:.0}", log.expected_orders().expect("a model"));
    let again = 100.0 * f64::from(log.repeat.by_order) / 60.0;
    let gone = log.gone().expect("a model").to_string();
    let tops = ["60".to_string(), format!("{again:.0}%"), expected, gone];
    assert_eq!(page.texts(".kpi-v"), tops);
    assert!(log.gone() > Some(0), "some stopped long ago");
    let grid: Vec<String> = rfm.grid.iter().flatten().map(u32::to_string).collect();
    assert_eq!(page.texts("table.heat td a b"), grid);
    let shown: Vec<String> = log
        .cohorts
        .iter()
        .flat_map(|c| (1..c.kept.len()).map(|k| c.share(k).expect("seen")))
        .map(|s| format!("{:.0}%", 100.0 * s))
        .collect();
    let cells = page.texts("#cohorts td[class^=h]");
    assert_eq!(cells, shown);
    assert!(page.texts("details.twin td").contains(&format!("{:.4}", model.alpha)));
    assert!(!page.text.contains("id=\"no-bg-nbd\""));

    // each cell leads to its people, and the file of buyers has the same scores
    let file = world.get(11, &format!("{BASE}/insight/buyers.csv")).await.text;
    for held in &rfm.cells {
        let path = format!("{BASE}/insight/cells/{}", held.cell.code());
        let people = world.get(11, &path).await.texts("table.grid tbody tr").len();
        assert_eq!(people, held.customers as usize, "{path}");
        let in_file = file.lines().filter(|l| l.contains(&format!(",{},", held.cell.code())));
        assert_eq!(in_file.count(), held.customers as usize, "{path}");
    }
    let told = api(&world, "rfm").await;
    assert_eq!(told["customers"], 60);
    let of = |code: &str| {
        let cells = told["cells"].as_array().expect("cells").iter();
        cells.filter(|c| c["cell"] == code).map(|c| c["customers"].as_u64()).next().flatten()
    };
    for held in &rfm.cells {
        assert_eq!(of(held.cell.code()), Some(held.customers.into()));
    }
    assert_eq!(told["probably_gone"].as_u64(), log.gone().map(u64::from));
    let told = api(&world, "cohorts").await;
    assert_eq!(told["cohorts"][0]["kept"][0], log.cohorts[0].size());
    let file = world.get(11, &format!("{BASE}/insight/cohorts.csv")).await.text;
    assert_eq!(file.lines().count(), log.cohorts.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_kept_orders_of_others_count() {
    let world = world().await;
    let good = Bought { member: 100, ago: 10, goods: 5_000, back: 0, paid: true };
    let all = vec![
        good,
        Bought { back: 2_000, ..good },
        Bought { back: 5_000, ..good },
        Bought { paid: false, ..good },
        // the owner and staff buy from themselves
        Bought { member: 11, ..good },
        Bought { member: 12, ..good },
    ];
    history(&world, 1, all).await;
    let file = world.get(11, &format!("{BASE}/insight/orders.csv")).await.text;
    let buyer = Id::<id::Member>::of(100);
    let day = day_text(NOON.plus_days(-10).0 / 1_000 / DAY);
    let order = |k: i64| Id::<id::Order>::of(1_000 + k);
    let row = |k: i64, amount: &str| format!("{buyer},{},{day} 12:00:00,{amount}\r\n", order(k));
    let head = "\u{feff}customer,order,date,amount\r\n";
    assert_eq!(file, format!("{head}{}{}", row(0, "50.00"), row(1, "30.00")));
    // one buyer is too few for fifths and for a model, and the page says so
    let page = world.get(11, &format!("{BASE}/insight")).await;
    assert_eq!(page.texts(".kpi-v"), ["1", "100%", "–", "–"]);
    assert_eq!(page.attr("#no-bg-nbd", "data-code"), "too_few");
    let told = api(&world, "rfm").await;
    assert_eq!((&told["no_model"], &told["customers"]), (&"too_few".into(), &1.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_leaves_the_page_says_so() {
    let world = world().await;
    // everybody keeps coming, each at their own pace, until yesterday
    let mut all = vec![];
    for k in 0..40_i64 {
        let every = 5 + (k * k) % 37;
        let mut ago = 1 + (k * 5) % every;
        while ago < 180 {
            let goods = 3_000 + (k * 97) % 800 + ago;
            all.push(Bought { member: 100 + k, ago, goods, back: 0, paid: true });
            ago += every;
        }
    }
    history(&world, 40, all).await;
    let page = world.get(11, &format!("{BASE}/insight")).await;
    assert_eq!(page.attr("#no-bg-nbd", "data-code"), "nobody_leaves");
    assert_eq!(page.texts(".kpi-v")[3], "–");
    let told = api(&world, "rfm").await;
    assert_eq!(told["no_model"], "nobody_leaves");
    assert!(told["expected_orders"].as_f64() > Some(0.0));
    assert!(told["probably_gone"].is_null());
}
