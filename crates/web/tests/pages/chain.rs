//! A leader's list from the form that opens it to the goods in hand, without script.
use crate::browser::{Browser, Fields};
use crate::sale::{BASE, peaches};
use crate::town::{COMMUNITY, LIN, MEI, OWNER, Town, town};
use app::p;
use axum::http::StatusCode;
use rules::base::moment::{DAY, HOUR};
use rules::base::{Id, id};
use testkit::NOON;

const ROOM: &str = "INSERT INTO room (community_id, id, kind, name, purpose, rules, notice,
    admission, capacity, members, pickup_name, pickup_address, pickup_hours, slow_seconds,
    keywords, system_off, last_change, last_line, created_at) VALUES ($1, 70, 'interest',
    'South Gate', '', '', '', 'open', 500, 0, 'The kiosk', 'No. 3', '', 0, '', '', 0, 0, 0)";
const ROOM_MEMBER: &str = "INSERT INTO room_member (community_id, room_id, member_id, role,
    joined_at, read_seq, said_at) VALUES ($1, 70, $2, $3, 0, 0, 0)";

/// Lin leads the group at the south gate; Mei is in it.
pub async fn gate(town: &Town) {
    town.write(|tx| {
        tx.exec(ROOM, p![COMMUNITY])?;
        tx.exec(ROOM_MEMBER, p![COMMUNITY, LIN, "leader"])?;
        tx.exec(ROOM_MEMBER, p![COMMUNITY, MEI, "member"])?;
        Ok(())
    })
    .await;
}

/// Lin opens a list of peaches by the form; the page for neighbours comes back.
pub async fn list(town: &Town) -> String {
    gate(town).await;
    let product = peaches(town).await;
    let shop = town.kith.app.product(COMMUNITY, product, false).await;
    let variant = shop.expect("a read").expect("peaches").variants[0].id.to_string();
    let lin = town.browser(LIN);
    assert!(lin.page(&format!("{BASE}/lead")).await.text().contains("Open a chain order"));
    let page = lin.page(&format!("{BASE}/lead/new")).await;
    assert!(page.text().contains("South Gate · The kiosk"), "{}", page.text());
    let form = page.form("form#open").with("title", "Peaches on Saturday");
    let empty = lin.send(&form.clone()).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", empty.text());
    assert!(empty.text().contains("Choose at least one thing"), "{}", empty.text());
    // looking for goods keeps what was typed and ticked
    let form = form.with("variant", &variant);
    let found = lin.send(&form.clone().with("q", "peach").with("find", "1")).await;
    assert_eq!(found.form("form#open").value("title"), "Peaches on Saturday");
    let none = lin.send(&form.clone().with("q", "xylophone").with("find", "1")).await;
    assert!(none.text().contains("Nothing found"), "{}", none.text());
    let opened = lin.send(&form).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
    opened.to
}

/// The name of the first product's number.
fn stepper(form: &Fields) -> String {
    let found = form.all.iter().find(|(name, _)| name.starts_with("q_"));
    found.expect("something to order").0.clone()
}

/// Orders so many and pays; returns the order's address.
pub async fn buy(b: &Browser<'_>, list: &str, qty: &str, named: bool) -> String {
    let page = b.page(list).await;
    let form = page.form("form#list");
    let name = stepper(&form);
    let query = form.with(&name, qty).encoded();
    let bill = b.page(&format!("{list}/order?{query}")).await;
    let form = bill.form("form#buy").with("name", "Mei").with("phone", "190 0000 0001");
    let form = form.with("provider", "sandbox");
    let form = if named { form } else { form.with("named", "off") };
    let reply = b.send(&form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    let order = reply.to.strip_suffix("/pay").expect("the payment page").to_owned();
    let page = b.page(&format!("{order}/pay")).await;
    b.send(&page.form("form[action$='/pay/sandbox']").with("outcome", "paid")).await;
    order
}

/// The cut-off comes.
pub async fn closed(town: &Town) {
    while town.kith.app.work(NOON.plus(3 * DAY), 1).await.expect("work") > 0 {}
}

#[tokio::test(flavor = "multi_thread")]
async fn neighbours_order_from_a_leaders_list() {
    let town = town().await;
    let page = list(&town).await;
    let (mei, stranger) = (town.browser(MEI), town.stranger());
    let order = buy(&mei, &page, "2", true).await;
    let seen = mei.page(&order).await.text();
    assert!(seen.contains("#1") && seen.contains("On the list"), "{seen}");
    buy(&mei, &page, "1", false).await;
    let owner = town.browser(OWNER);
    let seen = owner.page(&page).await;
    assert!(seen.text().contains("On the list (2)"), "{}", seen.text());
    assert!(seen.text().contains("A neighbour") && seen.text().contains("Mei"));
    assert!(!stranger.page(&page).await.text().contains("Mei"), "strangers do not read names");
    assert!(mei.page(&page).await.text().contains("You are number 2."));
    assert!(stranger.page(&format!("{BASE}/campaigns")).await.text().contains("Saturday"));
    let live = owner.get(&format!("{page}/live?poll=1")).await;
    assert!(live.fragment && live.body.contains("#2"), "{}", live.body);
    let paid = mei.page(&format!("{order}/pay")).await;
    assert!(paid.text().contains("#1"), "the number that was promised: {}", paid.text());
    // nothing chosen, or no number: the letter again, with a word and what was typed
    let none = mei.get(&format!("{page}/order")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", none.text());
    assert!(none.text().contains("Nothing is chosen yet"), "{}", none.text());
    let name = stepper(&none.form("form#list"));
    let odd = mei.get(&format!("{page}/order?{name}=abc")).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.text().contains("Choose 1 to 999 of each"), "{}", odd.text());
    let bill = mei.page(&format!("{page}/order?{name}=3")).await.text();
    assert!(bill.contains("Collect at The kiosk") && bill.contains("Arrives"), "{bill}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_stays_without_a_pick_up_point() {
    let town = town().await;
    gate(&town).await;
    town.write(|tx| {
        tx.exec("UPDATE room SET pickup_name = '' WHERE community_id = $1", p![COMMUNITY])?;
        Ok(())
    })
    .await;
    let lin = town.browser(LIN);
    let page = lin.page(&format!("{BASE}/lead/new")).await;
    let kept = lin.send(&page.form("form#open").with("title", "Peaches")).await;
    assert_eq!(kept.status, StatusCode::NOT_FOUND, "{}", kept.text());
    assert_eq!(kept.form("form#open").value("title"), "Peaches");
    assert!(kept.text().contains("pick-up point"), "{}", kept.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaders_pages_are_for_who_leads_the_group() {
    let town = town().await;
    let page = list(&town).await;
    let lead = page.replace("/campaigns/", "/lead/");
    for path in ["", "/sheet", "/sheet.xlsx", "/handout", "/behalf"] {
        let reply = town.browser(MEI).get(&format!("{lead}{path}")).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        let reply = town.browser(LIN).get(&format!("{lead}{path}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
    }
    let none = town.browser(MEI).get(&format!("{BASE}/lead")).await;
    assert_eq!(none.status, StatusCode::FORBIDDEN);
}

/// What each paid, and what of it is cash.
async fn sums(town: &Town, lead: &str) {
    let lin = town.browser(LIN);
    let buyers = lin.page(&format!("{lead}?tab=buyer")).await.text();
    assert!(buyers.contains("#1 #2 #3") && buyers.contains("×4"), "{buyers}");
    assert!(buyers.contains("¥159.60 of it cash ¥39.90"), "{buyers}");
    let numbers = lin.page(&format!("{lead}?tab=number")).await;
    assert!(numbers.text().contains("¥79.80") && numbers.text().contains("¥39.90 cash"));
    assert_eq!(numbers.count("a.no"), 0, "the page of an order is its buyer's");
    let numbers = town.browser(OWNER).page(&format!("{lead}?tab=number")).await;
    assert_eq!(numbers.count("a.no[href*='/orders/']"), 3, "and of the shop");
}

/// Who has their goods is found too.
async fn gone_are_found(lin: &Browser<'_>, lead: &str) {
    let gone = lin.page(&format!("{lead}/handout?q=%231")).await;
    assert_eq!(gone.count("li.hand[data-gone]"), 1, "found among those who have theirs");
    assert!(gone.text().contains("Handed over already"), "{}", gone.text());
    assert!(!gone.text().contains("Nobody found"), "{}", gone.text());
    let other = lin.page(&format!("{lead}/handout?q=%237")).await;
    assert_eq!(other.count("li.hand"), 0);
    assert!(other.text().contains("Nobody found"), "{}", other.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_packs_hands_out_and_takes_back() {
    let town = town().await;
    let page = list(&town).await;
    let lead = page.replace("/campaigns/", "/lead/");
    let (mei, lin) = (town.browser(MEI), town.browser(LIN));
    let first = buy(&mei, &page, "2", true).await;
    let second = buy(&mei, &page, "1", true).await;
    // one more for a neighbour who pays cash
    let form = lin.page(&format!("{lead}/behalf")).await.form("form#behalf");
    let name = stepper(&form);
    let form = form.with("member", &Id::<id::Member>::of(MEI).to_string());
    let empty = lin.send(&form.clone()).await;
    assert!(empty.text().contains("Nothing is chosen"), "{}", empty.text());
    let sent = lin.send(&form.clone().with(&name, "1")).await;
    assert!(sent.to.ends_with("/behalf?done=3"), "{} {}", sent.status, sent.text());
    let again = lin.send(&form.with(&name, "1")).await;
    assert!(again.to.ends_with("/behalf?done=3"), "sent twice is once");
    let bench = lin.page(&format!("{BASE}/lead")).await.text();
    assert!(bench.contains("Cash to hand over"), "{bench}");
    assert!(bench.contains("Which orders #3 Mei Peaches on Saturday ¥39.90"), "{bench}");
    assert!(mei.page(&format!("{BASE}/inbox")).await.text().contains("Lin ordered for you"));
    let early = lin.send(&Fields { action: format!("{lead}/arrived"), all: Vec::new() }).await;
    assert!(early.text().contains("after the cut-off"), "{}", early.text());
    closed(&town).await;
    let board = lin.page(&lead).await;
    assert!(board.text().contains("3 orders · 4 units"), "{}", board.text());
    sums(&town, &lead).await;
    // one unit is missing: who ordered last gets it back
    let short = board.form("form[action$='/short']").with("qty", "1");
    let asked = lin.send(&short).await;
    assert!(asked.text().contains("#3 Mei ×1 ¥39.90"), "{}", asked.text());
    assert!(lin.page(&lead).await.text().contains("3 orders · 4 units"), "nothing is done yet");
    let short = asked.form("#sure form");
    let told = lin.send(&short).await;
    assert!(told.to.ends_with("?done=1"), "{}", told.text());
    lin.send(&short).await;
    let sheet = lin.page(&format!("{lead}/sheet")).await.text();
    assert!(sheet.contains("To buy") && sheet.contains("To deliver"), "{sheet}");
    let arrived = lin.send(&board.form("form[action$='/arrived']")).await;
    assert!(arrived.to.ends_with("?done=2"), "{}", arrived.text());
    let hand = lin.page(&format!("{lead}/handout?q=%231")).await;
    assert_eq!(hand.count("li.hand"), 1, "found by the number");
    let form = hand.form("form.hand-form").with("collected_by", "Old Li");
    lin.send(&form).await;
    assert!(mei.page(&first).await.text().contains("You have it"));
    let hand = lin.page(&format!("{lead}/handout")).await;
    assert!(hand.text().contains("collected by Old Li"), "{}", hand.text());
    gone_are_found(&lin, &lead).await;
    lin.send(&hand.form("form.undo-form:not([hidden])")).await;
    assert!(mei.page(&first).await.text().contains("Ready to collect"));
    // a phone that sends what it kept is answered in words
    let old = lin.send(&form).await;
    assert_eq!(old.status, StatusCode::SEE_OTHER, "a tap that comes again changes nothing");
    assert!(mei.page(&first).await.text().contains("Ready to collect"));
    let code = mei.page(&second).await;
    assert!(code.text().contains("Ready to collect"));
    // the shop gets the cash
    let owner = town.browser(OWNER);
    let bench = owner.page(&format!("{BASE}/lead")).await;
    owner.send(&bench.form("form[action$='/lead/cash']")).await;
    assert!(!lin.page(&format!("{BASE}/lead")).await.text().contains("Cash to hand over"));
    let report = town.kith.app.audit(NOON.plus(3 * DAY + HOUR)).await.expect("an audit");
    assert!(report.clean(), "{:?}", report.findings);
}

/// The list of a closed group is behind the group's door, as its chat is: on its page, on the
/// pages that name lists, and behind a link.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_groups_list_is_its_own() {
    const TITLE: &str = "Peaches on Saturday";
    const CLOSED: &str = "UPDATE room SET admission = 'invite' WHERE community_id = $1 AND id = 70";
    let town = town().await;
    let page = list(&town).await;
    let group = format!("{BASE}/groups/{}", Id::<id::Group>::of(70));
    let (stranger, guest) = (town.stranger(), town.browser(crate::town::GUEST));
    for path in [&page, &group, &format!("{BASE}/campaigns"), &BASE.to_string()] {
        assert!(stranger.page(path).await.text().contains(TITLE), "open: {path}");
    }
    let app = &town.kith.app;
    let list: Id<id::Campaign> = Id::parse(page.rsplit('/').next().expect("an id")).expect("an id");
    let (kind, thing) = (rules::spread::link::Shown::Campaign, list.raw());
    let share = app::spread::create_share_link::CreateShareLink {
        community: COMMUNITY,
        by: Id::of(MEI),
        kind,
        thing,
        visitor: None,
    };
    let code = app.create_share_link(NOON, share).await.expect("a link");
    let shown = async || app.share_link(&code).await.expect("a read").expect("a link");
    assert_eq!(shown().await.thing.expect("a thing").title, TITLE);
    town.write(|tx| {
        tx.exec(CLOSED, p![COMMUNITY])?;
        Ok(())
    })
    .await;
    for b in [&stranger, &guest] {
        let sent = b.get(&page).await;
        assert_eq!((sent.status, &sent.to), (StatusCode::SEE_OTHER, &group));
        assert!(!b.get(&format!("{page}/live?poll=1")).await.body.contains("joins"));
        for path in [&group, &format!("{BASE}/campaigns"), &BASE.to_string()] {
            assert!(!b.page(path).await.text().contains(TITLE), "closed: {path}");
        }
    }
    let thing = shown().await.thing.expect("the group");
    assert_eq!((thing.title.as_str(), thing.price), ("South Gate", None));
    let (lin, mei, owner) = (town.browser(LIN), town.browser(MEI), town.browser(OWNER));
    for b in [&lin, &mei, &owner] {
        assert!(b.page(&page).await.text().contains(TITLE), "its own, and who serves it");
        assert!(b.page(&format!("{BASE}/campaigns")).await.text().contains(TITLE));
    }
    let form = mei.page(&page).await.form("form#list");
    let one = stepper(&form);
    let query = form.with(&one, "1").encoded();
    let bill = mei.page(&format!("{page}/order?{query}")).await.form("form#buy");
    town.write(|tx| {
        const OUT: &str = "DELETE FROM room_member WHERE community_id = $1 AND member_id = $2";
        tx.exec(OUT, p![COMMUNITY, MEI])?;
        Ok(())
    })
    .await;
    assert_eq!(mei.get(&page).await.to, group, "she has left");
    assert_eq!(mei.get(&format!("{page}/order?{query}")).await.status, StatusCode::NOT_FOUND);
    let late = mei.send(&bill.with("name", "Mei").with("phone", "190 0000 0001")).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND, "{}", late.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_closed_early_only_by_who_means_it() {
    let town = town().await;
    let page = list(&town).await;
    let lead = page.replace("/campaigns/", "/lead/");
    let (mei, lin) = (town.browser(MEI), town.browser(LIN));
    buy(&mei, &page, "2", true).await;
    let board = lin.page(&lead).await;
    let asked = lin.send(&board.form("form[action$='/close']")).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
    assert!(asked.text().contains("1 order, ¥79.80."), "{}", asked.text());
    assert!(!asked.text().contains("refunds everybody"), "{}", asked.text());
    assert_eq!(lin.page(&lead).await.count("form[action$='/close']"), 1, "it is still open");
    let done = lin.send(&asked.form("#sure form")).await;
    assert!(done.to.ends_with("?done=1"), "{}", done.text());
    assert_eq!(lin.page(&lead).await.count("form[action$='/close']"), 0);
}
