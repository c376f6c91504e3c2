//! A red packet from the console to the wallet, without script and with it.
use crate::browser::Browser;
use crate::town::{COMMUNITY, LIN, MEI, OWNER, Town, town};
use app::community::PickUp;
use app::community::create_group::CreateGroup;
use app::community::join_group::JoinGroup;
use axum::http::StatusCode;
use rules::base::{Id, id};
use rules::community::group::{Admission, GroupKind};
use testkit::NOON;

const BASE: &str = "/c/peach";

/// A group with the owner and Mei in it.
pub async fn group(town: &Town) -> Id<id::Group> {
    let app = &town.kith.app;
    let pickup = PickUp { name: String::new(), address: String::new(), hours: String::new() };
    let create = CreateGroup {
        community: COMMUNITY,
        by: Id::of(OWNER),
        id: app.mint(NOON),
        kind: GroupKind::Interest,
        name: "Fruit".into(),
        slug: None,
        purpose: "To eat fruit.".into(),
        rules: String::new(),
        admission: Admission::Open,
        capacity: None,
        pickup,
        leader: None,
        tags: Vec::new(),
    };
    let group = create.id;
    app.create_group(NOON, create).await.expect("a group");
    let (member, words) = (Id::of(MEI), String::new());
    let join = JoinGroup { community: COMMUNITY, member, group, agreed: true, code: None, words };
    app.join_group(NOON, join).await.expect("in");
    group
}

#[tokio::test(flavor = "multi_thread")]
async fn a_packet_from_the_console_to_the_wallet() {
    let town = town().await;
    let group = group(&town).await.to_string();
    let (zhou, mei, lin) = (town.browser(OWNER), town.browser(MEI), town.browser(LIN));
    let form = zhou.page(&format!("{BASE}/console/packets/new")).await;
    let form = form.form("form[action$='/packets/new']").with("group", &group);
    let form = form.with("wish", "Have a peach");
    for (total, slots, says) in [
        ("a lot", "3", "Enter an amount such as"),
        ("0.02", "3", "a cent for every share"),
        ("1600", "3", "A share holds at most"),
        ("10", "0", "1 to 500 shares"),
    ] {
        let bad = zhou.send(&form.clone().with("total", total).with("slots", slots)).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{total} / {slots}");
        assert!(bad.text().contains(says), "{}", bad.text());
        let kept = bad.form("form[action$='/packets/new']");
        assert_eq!((kept.value("total"), kept.value("wish")), (total, "Have a peach"));
    }
    let form = form.with("total", "10").with("slots", "3");
    let sent = zhou.send(&form).await;
    assert_eq!((sent.status, zhou.send(&form).await.to), (StatusCode::SEE_OTHER, sent.to.clone()));
    let list = zhou.page(&sent.to).await;
    assert_eq!(list.body.matches("0 / 3").count(), 1, "sent twice, opened once: {}", list.text());

    let chat = mei.page(&format!("{BASE}/groups/{group}/chat")).await;
    assert!(chat.text().contains("3 shares · ¥10.00 in all · no purchase needed"));
    let at = format!("{BASE}/packets/{}", form.value("id"));
    assert_eq!(chat.count(&format!("a.rp[href='{at}']")), 1, "{}", chat.body);
    assert_eq!(lin.get(&at).await.status, StatusCode::NOT_FOUND, "not in the group");
    let page = mei.page(&at).await;
    assert!(page.text().contains("No purchase needed"), "{}", page.text());
    assert_eq!(page.count("red-packet[data-open]"), 0);
    let tap = page.form("form[action$='/take']");
    assert_eq!(mei.send(&tap).await.to, at);
    let open = mei.page(&at).await;
    assert_eq!((open.count("red-packet[data-open] .env-amt"), open.count(".luck li")), (1, 1));
    assert!(open.text().contains("1 of 3 taken") && !open.text().contains("Here is the seed"));
    let again = Browser { script: true, ..town.browser(MEI) }.send(&tap).await;
    assert!(again.fragment && again.body.contains("data-to=\"#packet\""), "{}", again.body);
    let staff = zhou.send(&tap).await;
    assert_eq!(staff.status, StatusCode::CONFLICT);
    assert!(staff.text().contains("owner and staff take none"), "{}", staff.text());

    let wallet = mei.page(&format!("{BASE}/wallet")).await;
    assert_eq!(wallet.count(&format!("a[href='{at}']")), 1, "each line has its source");
    assert!(wallet.text().contains("Choose it at checkout to pay with it"), "{}", wallet.text());
    let ledger = zhou.page(&format!("{BASE}/console/ledger")).await;
    for words in ["Promotion", "In red packets", "Members' wallets", "Red packet taken"] {
        assert!(ledger.text().contains(words), "{words}: {}", ledger.text());
    }
}

/// With three languages a page says the same thing three times.
#[tokio::test(flavor = "multi_thread")]
async fn a_packet_in_every_language() {
    let town = town().await;
    let group = group(&town).await.to_string();
    let form = town.browser(OWNER).page(&format!("{BASE}/console/packets/new")).await;
    let form = form.form("form[action$='/packets/new']").with("group", &group);
    let form = form.with("total", "10").with("slots", "3");
    assert_eq!(town.browser(OWNER).send(&form).await.status, StatusCode::SEE_OTHER);
    let at = format!("{BASE}/packets/{}", form.value("id"));
    for (lang, says, sum) in [
        ("zh-Hans", "Zhou的红包", "共 ¥10.00"),
        ("zh-Hant", "Zhou的紅包", "共 ¥10.00"),
        ("en", "A red packet from Zhou", "¥10.00 in all"),
    ] {
        let b = Browser { lang, ..town.browser(MEI) };
        assert!(b.page(&at).await.text().contains(says), "{lang}");
        let chat = b.page(&format!("{BASE}/groups/{group}/chat")).await;
        assert!(chat.text().contains(sum), "{lang}: {}", chat.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_too_new_reads_from_when_on() {
    let town = town().await;
    let group = group(&town).await.to_string();
    let (zhou, mei) = (town.browser(OWNER), town.browser(MEI));
    for (hours, says) in [("48", "You can take a share from"), ("2", "when it will be over")] {
        let form = zhou.page(&format!("{BASE}/console/packets/new")).await;
        let form = form.form("form[action$='/packets/new']").with("group", &group);
        let form = form.with("total", "10").with("slots", "3").with("needs", "day");
        let sent = zhou.send(&form.clone().with("hours", hours)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let page = mei.page(&format!("{BASE}/packets/{}", form.value("id"))).await;
        assert_eq!(page.count("form[action$='/take']"), 0, "no button that says no");
        assert!(page.text().contains(says), "{}", page.text());
    }
}
