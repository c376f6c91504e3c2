//! Members at the desk: found, looked at, given a role, muted, banned.
use crate::world::{BASE, C, world};
use axum::http::StatusCode;
use rules::base::{Id, id};

fn mei() -> String {
    Id::<id::Member>::of(13).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_listed_and_found() {
    let world = world().await;
    let product = world.shop().await;
    world.paid(product, "梅姐").await;
    let list = world.get(11, &format!("{BASE}/members")).await;
    let rows = list.texts("tbody tr");
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[0].contains("梅姐") && rows[0].contains("¥202.70"), "{rows:?}");
    // what is asked | rows
    let table = [
        ("?q=%E6%A2%85", 1),
        ("?among=staff", 2),
        ("?among=muted", 0),
        ("?among=all&last=never", 2),
        ("?last=month", 1),
        ("?before=mem_0000000000001", 0),
    ];
    for (query, rows) in table {
        let page = world.get(11, &format!("{BASE}/members{query}")).await;
        assert_eq!(page.texts("tbody tr").len(), rows, "{query}");
    }
    let tabs = list.texts(".views a");
    assert!(tabs.contains(&"在社群里 3".to_string()), "{tabs:?}");
    let file = world.get(11, &list.attr(".chead a[href*='.csv']", "href")).await;
    let lines: Vec<&str> = file.text.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[0].starts_with("\u{feff}成员,名字,"), "{lines:?}");
    assert!(lines[1].contains(",梅姐,成员,在社群里,") && lines[1].contains(",1,202.70,0.00,"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_looked_at_from_all_sides() {
    let world = world().await;
    let product = world.shop().await;
    let order = world.paid(product, "梅姐").await;
    world.give_one_back(order).await;
    let at = format!("{BASE}/members/{}", mei());
    let page = world.get(11, &at).await;
    let told = page.texts("dl.kv").join(" ");
    for part in ["付款 ¥202.70", "退款 ¥39.90", "净消费 ¥162.80", "付过的订单 1 单"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    let past = page.texts("ol.tl").join(" ");
    assert!(past.contains("下单"), "{past}");
    let orders = world.get(11, &format!("{at}?view=orders")).await;
    assert_eq!(orders.texts("tbody tr").len(), 1);
    assert!(orders.texts("tbody tr")[0].contains(&order.to_string()));
    let none = world.get(11, &format!("{BASE}/members/mem_0000000000009")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_what_their_rights_allow() {
    let world = world().await;
    let product = world.shop().await;
    world.paid(product, "梅姐").await;
    let role = format!("{BASE}/members/{}/role", Id::<id::Member>::of(12));
    let none = world.post(11, &role, &[("role", "staff"), ("reason", "x")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "staff with nothing to do");
    assert_eq!(none.value("#role-why"), "x");
    let fields = [("role", "staff"), ("right", "members"), ("reason", "看群")];
    let done = world.post(11, &role, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    // now 12 looks after members, and sees nobody's orders
    let list = world.get(12, &format!("{BASE}/members?last=month")).await;
    assert_eq!(list.texts("tbody tr").len(), 3, "what was bought is not asked");
    assert!(!list.text.contains("202.70") && !list.text.contains("净消费"));
    let file = world.get(12, &format!("{BASE}/members.csv")).await;
    assert!(!file.text.contains("202.70"));
    let at = format!("{BASE}/members/{}", mei());
    let page = world.get(12, &format!("{at}?view=orders")).await;
    assert!(!page.text.contains("202.70"));
    assert!(page.texts("form[action$='/role']").is_empty(), "roles are the owner's");
    let refused = world.post(12, &format!("{at}/role"), &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // a plain member sees nothing of it
    for path in ["", "/mute", "/ban", "/role"] {
        let sent = world.post(13, &format!("{at}{path}"), &fields).await;
        assert!(!sent.status.is_success() && !sent.status.is_redirection(), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_muted_and_banned_with_a_reason() {
    let world = world().await;
    let at = format!("{BASE}/members/{}", mei());
    let mute = format!("{at}/mute");
    let bare = world.post(11, &mute, &[("days", "30"), ("reason", " ")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bare.value("select[name=days] option[selected]"), "30", "what was chosen stays");
    let odd = world.post(11, &mute, &[("days", "x"), ("reason", "广告")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(odd.value("#mute-why"), "广告");
    let done = world.post(11, &mute, &[("days", "7"), ("reason", "广告")]).await;
    assert_eq!(done.location, format!("{at}?done=muted"));
    let page = world.get(11, &at).await;
    assert!(page.texts("dl.kv").join(" ").contains("禁言到"));
    assert!(page.texts(".tag").contains(&"禁言中".to_string()));
    let free = [("days", "7"), ("reason", "说清楚了"), ("free", "on")];
    let done = world.post(11, &mute, &free).await;
    assert_eq!(done.location, format!("{at}?done=unmuted"));
    let ban = format!("{at}/ban");
    let done = world.post(11, &ban, &[("banned", "on"), ("reason", "诈骗")]).await;
    assert_eq!(done.location, format!("{at}?done=banned"));
    let page = world.get(11, &at).await;
    assert!(page.texts("form[action$='/mute']").is_empty(), "nobody to mute");
    assert_eq!(
        world.get(11, &format!("{BASE}/members?among=banned")).await.texts("tbody tr").len(),
        1
    );
    let done = world.post(11, &ban, &[("banned", "off"), ("reason", "弄错了")]).await;
    assert_eq!(done.location, format!("{at}?done=unbanned"));
    let log = world.kit.app.list_audit_log(C, None).await.expect("a log");
    let what: Vec<&str> = log.iter().map(|l| l.what.as_str()).collect();
    assert_eq!(what, ["ban_member", "ban_member", "mute_member", "mute_member"]);
}
