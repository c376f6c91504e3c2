//! An order's life at the desk, and the file of orders.
use crate::world::{BASE, C, World, world};
use app::sale::capture::Capture;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use rules::base::{Id, id};
use testkit::NOON;

async fn paid(world: &World) -> Id<id::Order> {
    let product = world.shop().await;
    let order = world.order(product, "梅姐").await;
    let page = world.get(11, &format!("{BASE}/orders/{order}")).await;
    let confirm = format!("form[action='{BASE}/orders/{order}/confirm'] input[name=payment]");
    let payment = page.value(&confirm);
    let act = format!("{BASE}/orders/{order}/confirm");
    let answer = world.post(11, &act, &[("payment", &payment)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    order
}

async fn net(world: &World, account: &str) -> i64 {
    let all = world.kit.app.balances(C).await.expect("balances");
    let (debits, credits) = all.iter().fold((0, 0), |s, b| (s.0 + b.debits, s.1 + b.credits));
    assert_eq!(debits, credits, "the books balance");
    all.iter().find(|b| b.account == account).map_or(0, |b| b.debits - b.credits)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_unit_goes_back_and_the_books_add_up() {
    let world = world().await;
    let order = paid(&world).await;
    let at = format!("{BASE}/orders/{order}");
    // three at 39.90, one at 75.00, delivery 8.00
    assert_eq!(net(&world, "clearing:manual").await, 3 * 3990 + 7500 + 800);

    let page = world.get(11, &at).await;
    let (refund, field) = (page.value("#refund input[name=id]"), page.attr("input.qty", "name"));
    let refused = world
        .post(11, &format!("{at}/refund"), &[("id", &refund), (&field, "4"), ("reason", "坏了")])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.value(&format!("input[name={field}]")), "4", "what was typed stays");
    assert_eq!(refused.value("input[name=reason]"), "坏了");
    assert_eq!(refused.value("#refund input[name=id]"), refund, "under the same number");
    let odd = world.post(11, &format!("{at}/refund"), &[("id", &refund), (&field, "两")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);

    let fields = [("id", refund.as_str()), (field.as_str(), "1"), ("reason", "坏了一箱")];
    let asked = world.post(11, &format!("{at}/refund"), &fields).await;
    assert_eq!(asked.status, StatusCode::OK, "what would go back is shown first");
    let told = asked.texts("#sure").join(" ");
    assert!(told.contains("梅姐") && told.contains("¥39.90"), "{told}");
    assert!(told.contains("由你转给买家"), "{told}");
    assert_eq!(asked.value("#sure input[name=sure]"), "3990");
    let page = world.get(11, &at).await;
    assert!(!page.texts("#money").join(" ").contains("39.90"), "nothing is written yet");
    // another sum than the one that was seen is shown again
    let stale = [&fields[..], &[("sure", "100")]].concat();
    let asked = world.post(11, &format!("{at}/refund"), &stale).await;
    assert_eq!(asked.value("#sure input[name=sure]"), "3990");
    let fields = [&fields[..], &[("sure", "3990")]].concat();
    for _ in 0..2 {
        // sent twice, it is one refund
        let done = world.post(11, &format!("{at}/refund"), &fields).await;
        assert_eq!(
            (done.status, done.location.as_str()),
            (StatusCode::SEE_OTHER, &*format!("{at}?done=refunded"))
        );
    }
    let page = world.get(11, &at).await;
    assert!(page.texts("#money").join(" ").contains("−¥39.90"), "{:?}", page.texts("#money"));
    let list = world.get(11, &format!("{BASE}/ledger/refunds")).await;
    assert!(list.texts("tbody tr").join(" ").contains("¥39.90"));
    assert_eq!(net(&world, "refunds").await, 0, "not paid back yet");

    let slip = [("refund", refund.as_str()), ("slip", ""), ("back", "refunds")];
    let none = world.post(11, &format!("{at}/settle"), &slip).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "a slip is asked for");
    let slip = [("refund", refund.as_str()), ("slip", "T-2"), ("back", "refunds")];
    let done = world.post(11, &format!("{at}/settle"), &slip).await;
    assert_eq!(done.location, format!("{BASE}/ledger/refunds?done=settled"));
    assert_eq!(net(&world, "refunds").await, 3990);
    assert_eq!(net(&world, "clearing:manual").await, 3 * 3990 + 7500 + 800 - 3990);

    // the page prints what it sums
    let page = world.get(11, &at).await;
    let foot = page.texts("tfoot td");
    assert_eq!(foot.len(), 3, "{foot:?}");
    assert_eq!(foot[1], foot[2], "debits and credits of one order");
    let drill = world.get(11, &format!("{BASE}/ledger/{order}")).await;
    let entries = drill.texts("table.-journal tbody.entry");
    assert!(entries.iter().any(|e| e.contains("退款")), "{entries:?}");
    let left = page.texts("td .note.neg").join(" ");
    assert!(left.contains("×1"), "{left}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_shipped_from_the_list() {
    let world = world().await;
    let order = paid(&world).await;
    let (list, id) = (format!("{BASE}/orders"), order.to_string());
    let none = world.post(11, &list, &[("do", "ship")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.texts(".banner").join("").contains("勾选"), "nothing ticked");
    let ready = world.post(11, &list, &[("do", "ready"), ("order", &id)]).await;
    let told = world.get(11, &ready.location).await;
    assert!(told.texts(".banner").join("").contains("完成 0 单，1 单没有动"), "it is no pick-up");
    let ship = world.post(11, &list, &[("do", "ship"), ("order", &id)]).await;
    assert_eq!(ship.location, format!("{BASE}/orders/ship?order={id}"));
    let fields = [("order", id.as_str()), ("carrier", ""), ("tracking", "SF009")];
    let bare = world.post(11, &format!("{list}/ship"), &fields).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bare.value("input[name=tracking]"), "SF009");
    let fields = [("order", id.as_str()), ("carrier", "顺丰"), ("tracking", "SF009")];
    let done = world.post(11, &format!("{list}/ship"), &fields).await;
    assert!(done.location.contains("did=1&left=0"), "{}", done.location);
    let page = world.get(11, &format!("{BASE}/orders/{order}")).await;
    let told = page.texts("dl.kv").join(" ");
    assert!(told.contains("顺丰 SF009"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_orders_holds_no_formulas() {
    let world = world().await;
    let product = world.shop().await;
    let bad = world.order(product, "=HYPERLINK(\"http://x\")").await;
    world.order(product, "+86 梅").await;
    let file = world.get(11, &format!("{BASE}/orders.csv")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.text.starts_with("\u{feff}订单,"), "{}", file.text);
    let rows: Vec<&str> = file.text.trim_end().split("\r\n").collect();
    assert_eq!(rows.len(), 1 + 4, "a head, two lines of each order: {rows:?}");
    assert!(file.text.contains(",\"'=HYPERLINK(\"\"http://x\"\")\","), "{}", file.text);
    assert!(file.text.contains(",\"'+86 梅\","));
    for row in &rows {
        for cell in row.split(',') {
            let cell = cell.trim_start_matches('"');
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
    let none = world.get(11, &format!("{BASE}/orders.csv?view=to_pack")).await;
    assert_eq!(none.text.trim_end().split("\r\n").count(), 1, "only the head");
    let one = world.get(11, &format!("{BASE}/orders.csv?order={bad}")).await;
    assert_eq!(one.text.trim_end().split("\r\n").count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_found() {
    let world = world().await;
    let product = world.shop().await;
    let order = world.order(product, "何小满").await;
    world.order(product, "周_周").await;
    // search | rows
    let table = [
        ("何小满", 1),
        ("小", 1),
        ("梅姐", 2),
        ("_", 1),
        ("%", 0),
        ("138001", 2),
        (&order.to_string(), 1),
        ("' OR 1=1 --", 0),
    ];
    for (query, rows) in table {
        let path = format!("{BASE}/orders?q={}", web::edge::query_value(query));
        let page = world.get(11, &path).await;
        assert_eq!(page.texts("tbody tr").len(), rows, "{query}");
        assert_eq!(page.value("#q"), query);
    }
    let tabs = world.get(11, &format!("{BASE}/orders?view=to_pay")).await.texts(".views a");
    assert!(tabs.contains(&"全部 2".to_string()), "{tabs:?}");
    assert!(tabs.contains(&"待付款 2".to_string()) && tabs.contains(&"备货中 0".to_string()));
    assert!(tabs.contains(&"待成团、待截单 0".to_string()), "{tabs:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_answers_while_one_types() {
    let world = world().await;
    let product = world.shop().await;
    world.order(product, "何小满").await;
    let request = Request::get(format!("{BASE}/orders?q=nobody"))
        .header("cookie", "kith=token-11")
        .header("x-fragment", "1");
    let reply = world.ask(request.body(Body::empty()).expect("a request")).await;
    assert!(reply.text.starts_with("<template data-op=\"replace\" data-to=\"#grid\">"));
    assert!(reply.text.contains("这里没有订单") && !reply.text.contains("<html"));
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_fits_nothing_is_given_back() {
    let world = world().await;
    let product = world.shop().await;
    let order = world.order(product, "梅姐").await;
    let page = world.kit.app.order_page(C, order).await.expect("a read").expect("there");
    let payment = page.payments[0].id;
    let arrived = Capture {
        community: C,
        payment,
        reference: "B-77".into(),
        amount: 100,
        currency_fits: true,
        spare: world.kit.app.mint(NOON),
    };
    world.kit.app.take_payment(NOON, arrived).await.expect("kept apart");
    let home = world.get(11, BASE).await;
    assert_eq!(home.texts("#todo .tag").last().map(String::as_str), Some("¥1.00"));
    let list = world.get(11, &format!("{BASE}/ledger/suspense")).await;
    assert!(list.texts("tbody tr").join(" ").contains("B-77"), "{:?}", list.texts("tbody tr"));
    let drill = list.attr("tbody td:nth-child(5) a", "href");
    assert!(world.get(11, &drill).await.texts("dl.kv").join(" ").contains("付款"));
    let act = list.attr("form[action*='/suspense/']", "action");
    let id = payment.to_string();
    let bare = world.post(11, &act, &[("payment", &id), ("slip", "")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = world.post(11, &act, &[("payment", &id), ("slip", "T-9")]).await;
    assert_eq!(done.location, format!("{BASE}/ledger/suspense?done=settled"));
    assert_eq!((net(&world, "suspense").await, net(&world, "clearing:manual").await), (0, 0));
    let home = world.get(11, BASE).await;
    assert_eq!(home.texts("#todo .tag").last().map(String::as_str), Some("¥0.00"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pending_money_is_shown_apart() {
    let world = world().await;
    let product = world.shop().await;
    world.order(product, "梅姐").await;
    let page = world.get(11, &format!("{BASE}/ledger")).await;
    let feet = page.texts("tfoot tr");
    assert_eq!(feet[0], "合计 ¥0.00 ¥0.00 ¥202.70 ¥0.00", "of all accounts");
    assert_eq!(feet[1], "本页已过账合计 ¥0.00 ¥0.00");
    assert_eq!(feet[2], "本页待过账分录（不算在内） ¥202.70 ¥202.70");
    assert!(!page.texts("tbody.entry.-quiet").is_empty());
    world.paid(product, "周周").await;
    let page = world.get(11, &format!("{BASE}/ledger")).await;
    assert!(page.texts("tfoot tr")[0].contains("¥202.70 ¥0.00"), "{:?}", page.texts("tfoot tr"));
}
